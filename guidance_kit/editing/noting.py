"""``{local-note}``: local words beside a national item or part."""

from __future__ import annotations

from pathlib import Path

import attrs

from guidance_kit.editing.blocks import Standing, block, free_name, one_line, slug, standing
from guidance_kit.editing.done import Done, Edit, answering
from guidance_kit.editing.making import made
from guidance_kit.editing.subject import (
    Subject,
    find_item,
    find_part,
    open_edition,
    split_target,
    unseen,
)
from guidance_kit.editing.writing import begin
from guidance_kit.model.item import SLUG_RULE, Item
from guidance_kit.problems import Place
from guidance_kit.reading.fields import full_id, is_slug


@attrs.frozen(kw_only=True)
class NewNote:
    """What a person may say of a note at once: its id, its title, its text."""

    id: str = ""
    title: str = ""
    text: str = ""


@answering
def write_note(root: Path, item: str, part: str = "", note: NewNote | None = None) -> Done:
    """Write a block for a note beside an item or part; the same note once."""
    return made(root, lambda: plan_note(root, item, part, note))


def plan_note(root: Path, item: str, part: str = "", note: NewNote | None = None) -> Edit:
    """Return the edit that :func:`write_note` makes."""
    note = note or NewNote()
    subject = open_edition(root)
    item, part = split_target(item, part)
    found = find_item(subject, item)
    key = _part(subject, found, part)
    blocks = [old for old in standing(subject) if old.name == "local-note"]
    own = note.id or _free_id(subject, slug(found.slug, key, "note"), (found.id, key), blocks)
    if not is_slug(own):
        hint = f"{SLUG_RULE}: two-homes-note."
        raise subject.refusal("bad-id", f'"{own}" cannot be the id of a note.', hint)
    for old in blocks:
        if old.id == full_id(own, subject.overlay.id):
            return Edit(_there(subject, note, own, old, (found.id, key)))
    target = f"{found.id}#{key}" if key else found.id
    path = free_name(subject, "notes", own)
    text = note.text.strip()
    head = f"{target} {one_line(note.title)}".strip()
    changes = begin(root, path, block("local-note", head, [("id", own)], text))
    then = "" if text else "Write your words in that file; until you do, check says that the note is empty."
    then = f"{unseen(subject, found)} {then}".strip()
    return Edit(
        Done(f"Wrote the note {own} beside {target}.", Place(str(root / path), 1), then=then), changes
    )


def _part(subject: Subject, item: Item, name: str) -> str:
    """Return the key of the part beside which a note can stand; empty for the item as a whole."""
    if not name:
        return ""
    key = find_part(subject, item, name)
    adapted = any((one.item, one.part) == (item.id, key) for one in subject.overlay.adaptations)
    if key == "title" or key in item.parts or adapted:
        return key
    words = f'"{item.id}" has no text in its part "{key}", so no note can stand beside it.'
    raise subject.refusal("unknown-target", words, f"It has: {', '.join(item.parts)}.")


def _there(subject: Subject, note: NewNote, name: str, old: Standing, target: tuple[str, str]) -> Done:
    if (old.item, old.part) == target:
        texts = {one.text.strip() for one in subject.overlay.notes if one.id == old.id}
        if note.text.strip() and note.text.strip() not in texts:
            words = f"The note {name} is there already, and says something else. Nothing was written."
            hint = "Edit it there, or give this one another id with --id."
            raise subject.refusal("would-overwrite", words, hint, old.place)
        words = f"The note {name} is there already: edit it there. Nothing was written."
        return Done(words, old.place, changed=False)
    words = f'A note with the id "{name}" stands beside something else.'
    raise subject.refusal("duplicate-id", words, "Give this one another id with --id.", old.place)


def _free_id(subject: Subject, wanted: str, target: tuple[str, str], blocks: list[Standing]) -> str:
    """Return an id for a note: the one it would have, unless a note beside something else has that."""
    taken = {old.id: (old.item, old.part) for old in blocks}
    name, number = wanted, 1
    while taken.get(full_id(name, subject.overlay.id), target) != target:
        number += 1
        name = f"{wanted[:55]}-{number}"
    return name
