"""``{adapt}``: a part of a national item in local words, to begin with its national text."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.composing.fixed import refusal
from guidance_kit.editing.blocks import block, free_name, slug, standing
from guidance_kit.editing.done import Done, Edit, answering
from guidance_kit.editing.making import made
from guidance_kit.editing.subject import find_item, find_part, open_edition, split_target, unseen
from guidance_kit.editing.writing import begin
from guidance_kit.model.layers import whose
from guidance_kit.model.vocabulary import AdaptKind
from guidance_kit.problems import Place, typed

_LATER = ("approved-by", "approved-on", "review-by")


@answering
def write_adaptation(
    root: Path, item: str, part: str = "", *, kind: AdaptKind = AdaptKind.CONTEXT, reason: str = ""
) -> Done:
    """Write a block with the national text of a part, for a person to change; once a part."""
    return made(root, lambda: plan_adaptation(root, item, part, kind=kind, reason=reason))


def plan_adaptation(
    root: Path, item: str, part: str = "", *, kind: AdaptKind = AdaptKind.CONTEXT, reason: str = ""
) -> Edit:
    """Return the edit that :func:`write_adaptation` makes."""
    subject = open_edition(root)
    item, part = split_target(item, part)
    found = find_item(subject, item)
    if not part:
        words = f'Say which part of "{item}" to adapt.'
        hint = f"It has: title, {', '.join(found.parts)}."
        raise subject.refusal("unknown-target", words, hint)
    key = find_part(subject, found, part)
    for old in standing(subject):
        if old.name == "adapt" and (old.item, old.part) == (found.id, key):
            words = f"{found.id}#{key} is adapted already: edit it there. Nothing was written."
            then = "Write its reason there too." if reason else ""
            return Edit(Done(words, old.place, changed=False, then=then))
    if found.protection_of(key).fixed:
        words, ask = refusal(subject.base, found, key)
        hint = f"You can add a note after it: guidance-kit note {typed(root)} {found.id}{ask}"
        raise subject.refusal("fixed-wording", f"{words} Nothing was written.", hint)
    national = found.title if key == "title" else found.parts.get(key, "")
    options = [("kind", str(kind)), ("reason", reason), *((name, "") for name in _LATER)]
    name = free_name(subject, "adaptations", slug(found.slug, key))
    changes = begin(root, name, block("adapt", f"{found.id}#{key}", options, national))
    there = whose(subject.base, f"{found.id}#{key}")
    then = f"Change the words in that file; until you do, readers see {there}."
    if not national:
        then = "The national item has no such part: write your words in that file."
    message, then = (
        f"Wrote {found.id}#{key}, ready for your words.",
        f"{unseen(subject, found)} {then}".strip(),
    )
    return Edit(Done(message, Place(str(root / name), 1), then=then), changes)
