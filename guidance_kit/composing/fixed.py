"""Wording that is fixed: why it cannot be changed, and which notes stand beside it. And who asks for an item.

Readers are told that such notes are no part of it.
"""

from __future__ import annotations

from guidance_kit.model.item import Item
from guidance_kit.model.layers import fixer, requirer
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Note


def stands_by_fixed(item: Item, note: Note) -> bool:
    """Return whether a note stands beside wording that is fixed: that of its part, or any of the item's."""
    keys = (note.part,) if note.part else ("title", *item.parts)
    return any(item.protection_of(key).fixed for key in keys)


def refusal(base: Library, item: Item, part: str) -> tuple[str, str]:
    """Return why the fixed words of a part cannot be changed, and whom to ask; nobody about the core's."""
    before = fixer(base, item, part)
    if before is None:
        return f'"{item.title}" is {item.protection_of(part).wording} and cannot be changed.', ""
    by, contact = before
    words = f'"{item.title}" is fixed by {by}, whose edition this one is based on, and cannot be changed.'
    return words, _ask(contact)


def demand(base: Library, item: Item) -> tuple[str, str]:
    """Return that an item must appear, and whom to ask; nobody if the core says so."""
    before = requirer(base, item)
    words = f'"{item.title}" ({item.id}) must appear in every edition'
    return (f"{words} based on that of {before[0]}", _ask(before[1])) if before else (words, "")


def _ask(contact: str) -> str:
    return f"\n    Questions: {contact}" if contact else ""
