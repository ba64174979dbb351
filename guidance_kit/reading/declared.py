"""What a folder declares beside its pages: facts in ``facts.toml``, sources in ``references.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import attrs

from guidance_kit.model.fact_values import value_fault
from guidance_kit.model.facts import Fact
from guidance_kit.model.item import SLUG, SLUG_RULE
from guidance_kit.model.references import Reference
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.files import read_json, read_text, read_toml
from guidance_kit.reading.tables import extra_keys, read_rows


def read_facts(path: Path, space: str) -> tuple[tuple[Fact, ...], list[Problem]]:
    """Return the facts declared in a ``facts.toml`` (none if there is no file), and every problem."""
    if not path.exists():
        return (), []
    table, problems = read_toml(path)
    if problems:
        return (), problems
    text = read_text(path)[0]
    facts: dict[str, Fact] = {}
    problems += extra_keys(table, ("fact",), path, text)
    rows, faults = read_rows(Fact, table, "fact", str(path), text)
    problems += faults
    for fact, place in rows:
        problems += _fact_faults(fact, place, facts)
        facts.setdefault(fact.id, attrs.evolve(fact, space=space, origin=place))
    return tuple(facts.values()), problems


def read_references(path: Path) -> tuple[tuple[Reference, ...], list[Problem]]:
    """Return the sources of a CSL JSON file (none if there is no file), and every problem."""
    if not path.exists():
        return (), []
    again = "Export it again from your reference manager as CSL JSON."
    value, problems = read_json(path, again)
    if problems:
        return (), problems
    place = Place(str(path))
    if not isinstance(value, list):
        return (), [Problem("json-syntax", "This file is not a list of sources.", again, place)]
    found: dict[str, Reference] = {}
    for at, entry in enumerate(value, 1):
        problem = _reference_fault(entry, at, place, found)
        if problem:
            problems.append(problem)
        else:
            words = json.dumps(entry, ensure_ascii=False, sort_keys=True)
            found[entry["id"]] = Reference(entry["id"], words, place)
    return tuple(found.values()), problems


def _fact_faults(fact: Fact, place: Place, facts: Mapping[str, Fact]) -> list[Problem]:
    problems = []
    if not SLUG.fullmatch(fact.id):
        hint = f"{SLUG_RULE}."
        problems.append(Problem("bad-id", f'"{fact.id}" is not an id for a fact.', hint, place))
    if fact.id in facts:
        words = f'The fact "{fact.id}" is already declared at {facts[fact.id].origin}.'
        problems.append(Problem("duplicate-id", words, "Keep one of them.", place))
    for what, value in (("default", fact.default), ("example", fact.example)):
        fault = value_fault(fact, value) if value else None
        if fault:
            words = f'The {what} of the fact "{fact.id}" {fault[0]}'
            problems.append(Problem("bad-fact", words, fault[1], place))
    return problems


def _reference_fault(entry: object, at: int, place: Place, found: Mapping[str, Reference]) -> Problem | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"]:
        return Problem("missing-key", f"Source number {at} has no id.", 'Add "id": "..."', place)
    if not isinstance(entry.get("title"), str):
        words = f'The source "{entry["id"]}" has no title.'
        return Problem("missing-key", words, 'Add "title": "..."', place)
    if entry["id"] in found:
        words = f'The source "{entry["id"]}" stands here twice.'
        return Problem("duplicate-id", words, "Keep one of them.", place)
    return None
