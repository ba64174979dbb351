"""``[[leave_out]]``: an item that an edition does not carry, and why."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.composing.fixed import demand
from guidance_kit.editing.blocks import one_line
from guidance_kit.editing.done import Done, Edit, answering
from guidance_kit.editing.making import made
from guidance_kit.editing.manifest import with_omission
from guidance_kit.editing.subject import Subject, find_item, open_edition
from guidance_kit.problems import typed


@answering
def write_omission(root: Path, item: str, reason: str = "") -> Done:
    """Write in the manifest that an item is left out; a reason that somebody gave is never replaced."""
    return made(root, lambda: plan_omission(root, item, reason))


def plan_omission(root: Path, item: str, reason: str = "") -> Edit:
    """Return the edit that :func:`write_omission` makes."""
    subject = open_edition(root)
    found = find_item(subject, item)
    reason = one_line(reason)
    old = next((one for one in subject.overlay.leave_out if subject.means(one.item) == found.id), None)
    if old and reason in ("", old.reason):
        words = f"{found.id} is left out already. Nothing was written."
        return Edit(Done(words, old.origin, changed=False))
    if old and old.reason:
        words = f'"{found.id}" is left out already, with another reason: {old.reason}'
        raise subject.refusal("would-overwrite", words, "Change the reason there, by hand.", old.origin)
    instead = next((one for one in subject.overlay.adds if subject.means(one.instead_of) == found.id), None)
    if instead:
        words = f'"{found.title}" ({found.id}) is not shown: "{instead.item.id}" stands in its place.'
        hint = "To leave it out with nothing in its place, take the line :instead-of: out there."
        raise subject.refusal("would-overwrite", f"{words} Nothing was written.", hint, instead.origin)
    if found.must_appear:
        words, ask = demand(subject.base, found)
        hint = f"You can add a note: guidance-kit note {typed(root)} {found.id}{ask}"
        raise subject.refusal("required-item", f"{words}. Nothing was written.", hint)
    text = with_omission(subject.manifest_text(), found.id, reason, subject.means)
    then = "" if reason else 'A release needs the reason: add reason = "..." there.'
    hidden = _hidden(subject, found.id)
    then = "\n".join(line for line in (then, hidden) if line)
    message = f'Left out {found.id} ("{found.title}").'
    return subject.save_manifest(text, message, then)


def _hidden(subject: Subject, item: str) -> str:
    """Return what of the edition's own is not shown any more with an item; empty if there is nothing."""
    adapted = (
        f"your adaptation at {one.origin}"
        for one in subject.overlay.adaptations
        if subject.means(one.item) == item
    )
    notes = (f"your note at {one.origin}" for one in subject.overlay.notes if subject.means(one.item) == item)
    found = [*adapted, *notes]
    return f"Not shown either, while it is left out: {', '.join(found)}." if found else ""
