"""Local facts: which are declared, and which values given to them are good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from guidance_kit.composing.targets import Targets
from guidance_kit.model.ancestry import Locked
from guidance_kit.model.changes import FACT
from guidance_kit.model.fact_values import value_fault
from guidance_kit.model.facts import Fact
from guidance_kit.model.overlay import FactValue
from guidance_kit.problems import nearest


def declared(targets: Targets) -> Mapping[str, Fact]:
    """Return the facts by id, national ones first; a local one with the id of a national one is a problem."""
    facts = {fact.id: fact for fact in targets.base.facts}
    for fact in targets.overlay.facts:
        if fact.id in facts:
            words = f'The fact "{fact.id}" is already declared by the national guidance.'
            targets.say("duplicate-id", words, "Give your fact another id.", fact.origin)
        facts.setdefault(fact.id, fact)
    return facts


def given(targets: Targets, facts: Mapping[str, Fact]) -> Iterator[FactValue]:
    """Give the values that are good for their facts, each trimmed."""
    for op in targets.once(targets.overlay.values, lambda op: (op.fact, op.item), "A value for this"):
        if not _has_item(targets, op):
            continue
        fact = facts.get(op.fact)
        if fact is None:
            near = nearest(op.fact, facts) or f"{targets.command('facts')} lists them."
            words = f'There is no fact "{op.fact}".'
            fate = targets.base.changes.fate(f"{FACT}{op.fact}")
            if fate:
                words = f'The fact "{op.fact}" was withdrawn in {fate.release}. {fate.why}'.strip()
                near = f"Put it in the attic: {targets.command('accept', f'{FACT}{op.fact}')} --attic"
            targets.say("unknown-fact", words, near, op.origin)
            continue
        inherited = targets.base.ancestry.locked.get(op.fact) if targets.base.ancestry else None
        fault = value_fault(fact, op.value)
        if inherited:
            words = f'The value of "{op.fact}" is fixed by {inherited.by}. {inherited.reason}'.strip()
            ask = f" Questions: {inherited.contact}" if inherited.contact else ""
            targets.say("fact-locked", words, f"Delete this line.{ask}", op.origin)
        elif fault:
            targets.say("bad-fact", f'The value of "{op.fact}" {fault[0]}', fault[1], op.origin)
        else:
            yield attrs.evolve(op, value=op.value.strip())


def _has_item(targets: Targets, op: FactValue) -> bool:
    """Return whether the item that a value is for exists; one for the whole edition is for none."""
    return targets.present(op.item, op.origin) if op.item else True


def locked(targets: Targets, facts: Mapping[str, Fact]) -> dict[str, Locked]:
    """Return the facts that are fixed for editions based on this one: those fixed before, and by this one."""
    found = dict(targets.base.ancestry.locked) if targets.base.ancestry else {}
    overlay = targets.overlay
    for op in targets.once(overlay.locks, lambda op: op.fact, "A lock on this fact"):
        if op.fact not in facts:
            near = nearest(op.fact, facts) or f"{targets.command('facts')} lists them."
            targets.say("unknown-fact", f'There is no fact "{op.fact}".', near, op.origin)
            continue
        by = overlay.publisher or overlay.title
        found.setdefault(op.fact, Locked(op.fact, op.reason, by, overlay.contact))
    return found
