"""Which notes stand beside wording that is fixed: readers are told that they are no part of it."""

from __future__ import annotations

from guidance_kit.model.item import Item
from guidance_kit.model.overlay import Note


def stands_by_fixed(item: Item, note: Note) -> bool:
    """Return whether a note stands beside wording that is fixed: that of its part, or any of the item's."""
    keys = (note.part,) if note.part else ("title", *item.parts)
    return any(item.protection_of(key).fixed for key in keys)
