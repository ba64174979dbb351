"""``ancestry.json``: what a library that is somebody's edition tells those who build on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.model.ancestry import Ancestry, Given, Layer, LocalPage, Locked, Omitted
from guidance_kit.model.item import Item
from guidance_kit.model.page import Page
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.files import read_json

ANCESTRY = "ancestry.json"


def read_ancestry(path: Path) -> tuple[Ancestry | None, list[Problem]]:
    """Return the account in an ``ancestry.json`` (None if there is no file), and every problem."""
    if not path.exists():
        return None, []
    value, problems = read_json(path)
    if problems:
        return None, problems
    try:
        return _ancestry(value), []
    except (KeyError, TypeError, AttributeError, ValueError):
        words = "This file does not hold the account of an edition."
        hint = "Take the file again from the edition it came with."
        return None, [Problem("json-syntax", words, hint, Place(str(path)))]


def _ancestry(value: Mapping[str, Any]) -> Ancestry:
    if value["format"] != 1:
        raise ValueError
    head = {key: str(value["edition"].get(key, "")) for key in ("id", "title", "publisher", "contact")}
    return Ancestry(
        **head,
        layers={key: Layer(**one) for key, one in value["layers"].items()},
        values=tuple(Given(**one) for one in value["values"]),
        locked={one["fact"]: Locked(**one) for one in value["locked"]},
        left_out={key: Omitted(**one) for key, one in value["left_out"].items()},
        redirects={str(key): str(one) for key, one in value["redirects"].items()},
        under_review={str(key): str(one) for key, one in value["under_review"].items()},
        national={str(key): str(one) for key, one in value.get("national", {}).items()},
        reviewers={str(key): (str(by), str(at)) for key, (by, at) in value.get("reviewers", {}).items()},
        put_off={str(key): dt.date.fromisoformat(one) for key, one in value.get("put_off", {}).items()},
        noted={str(key): tuple(map(str, some)) for key, some in value.get("noted", {}).items()},
        made_from=tuple(map(str, value.get("made_from", ()))),
        pages={str(key): LocalPage(**one) for key, one in value.get("pages", {}).items()},
        protections={
            str(key): next(word for word in Protection if word == one)
            for key, one in value["protections"].items()
        },
        protectors={str(key): (str(by), str(at)) for key, (by, at) in value.get("protectors", {}).items()},
    )


def with_protections(page: Page, protections: Mapping[str, Protection]) -> Page:
    """Return a page whose items have, beside their own, the protections that an edition added."""
    if not protections:
        return page
    return attrs.evolve(
        page,
        items=tuple(_protected(item, protections) for item in page.items),
        nested=tuple(_protected(item, protections) for item in page.nested),
    )


def _protected(item: Item, protections: Mapping[str, Protection]) -> Item:
    whole = protections.get(item.id, Protection.OPEN).joined(item.protection)
    parts = {
        target.partition("#")[2]: word
        for target, word in protections.items()
        if target.startswith(f"{item.id}#")
    }
    words = {**item.part_protections}
    words |= {key: word.joined(words.get(key, Protection.OPEN)) for key, word in parts.items()}
    said = tuple(f"{key}: {word}" for key, word in words.items())
    if (whole, said) == (item.protection, item.protected_parts):
        return item
    return attrs.evolve(item, protection=whole, protected_parts=said)
