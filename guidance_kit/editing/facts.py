"""``[facts]`` and ``[[fact_for]]``: values of local facts."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.editing.done import Done, Edit, answering
from guidance_kit.editing.making import made
from guidance_kit.editing.manifest import with_fact, with_fact_for
from guidance_kit.editing.subject import (
    Subject,
    called_now,
    find_fact,
    find_item,
    find_own,
    open_edition,
)
from guidance_kit.model.fact_values import value_fault
from guidance_kit.model.overlay import FactValue


@answering
def write_fact(root: Path, name: str, value: str, *, item: str = "") -> Done:
    """Write the value of a fact in the manifest: for the edition, or in one item only."""
    return made(root, lambda: plan_fact(root, name, value, item=item))


def plan_fact(root: Path, name: str, value: str, *, item: str = "") -> Edit:
    """Return the edit that :func:`write_fact` makes."""
    subject = open_edition(root)
    fact = find_fact(subject, name)
    name, value = fact.id, value.strip()
    locked = subject.base.ancestry.locked.get(name) if subject.base.ancestry else None
    if locked:
        words = f'"{name}" is fixed by {locked.by} for every edition based on theirs. {locked.reason}'
        hint = f"Nothing was written. Ask {locked.contact or locked.by}."
        raise subject.refusal("fact-locked", words.strip(), hint)
    fault = value_fault(fact, value)
    if fault:
        raise subject.refusal("bad-fact", f'The value of "{name}" {fault[0]}', fault[1])
    target = (find_own(subject, item) or find_item(subject, item)).id if item else ""
    old = next((one for one in subject.overlay.values if _about(subject, one) == (name, target)), None)
    if old and old.value == value:
        return Edit(Done(f'{name} is "{value}" already. Nothing was written.', old.origin, changed=False))
    text = subject.manifest_text()
    key = old.fact if old else name  # the line may bear the name that the fact had before
    new = with_fact_for(text, target, key, value, subject.means) if target else with_fact(text, key, value)
    was = f' It was "{old.value}".' if old else ""
    where = f" in {target}" if target else ""
    then = "" if target else _elsewhere(subject, name, value)
    return subject.save_manifest(new, f'{name} is now "{value}"{where}.{was}', then)


def _about(subject: Subject, one: FactValue) -> tuple[str, str]:
    """Return the fact and the item that a value is for, by the names that they have now."""
    return called_now(subject, one.fact), subject.means(one.item) if one.item else ""


def _elsewhere(subject: Subject, name: str, value: str) -> str:
    """Return in which items another value stands, so that nobody takes the new one to be everywhere."""
    before = subject.base.ancestry.values if subject.base.ancestry else ()
    found = {one.item: one.value for one in before if one.fact == name and one.item}
    found |= {one.item: one.value for one in subject.overlay.values if one.fact == name and one.item}
    others = [f'"{one}" in {item}' for item, one in sorted(found.items()) if one != value]
    return f"A value of its own stands: {', '.join(others)}." if others else ""
