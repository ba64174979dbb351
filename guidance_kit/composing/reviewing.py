"""What readers see while nobody has looked at a change of national text beneath local words.

Rules of composing, section 8: the local words and a notice; for a change that is about safety, the national
words first; or the national words alone, where an edition asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from guidance_kit.composing.operations import Operations
from guidance_kit.model.edition import ComposedItem, PartState
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Adapt, Note, Overlay
from guidance_kit.model.review import Review, Stale

Held = Mapping[tuple[str, str], Adapt]
_TITLE = "our wording before the national text changed, now under review"


def with_national(overlay: Overlay, operations: Operations, review: Review) -> Operations:
    """Return the operations in which the national item stands again where a safety change is to be read.

    So it does where an edition shows the national text while anything is under review. The item that replaces
    it stands beside it until somebody has looked.
    """
    shown = {
        name for name, one in review.items.items() if one.safety or overlay.when_stale == "show-national"
    }
    adds = tuple(
        attrs.evolve(add, instead_of="", beside=add.instead_of) if add.item.id in shown else add
        for add in operations.adds
    )
    return attrs.evolve(operations, adds=adds)


def without_held(
    base: Library, overlay: Overlay, operations: Operations, review: Review
) -> tuple[Operations, Held]:
    """Return the operations without the adaptations that readers do not see in their place, and those.

    Where the change is about safety, the local words follow the national ones in a note. Words that nobody
    has edited yet are the older national ones, and stand nowhere.
    """
    held = {
        (op.item, op.part): op
        for op in operations.adaptations.values()
        if (stale := review.adaptations.get(f"{op.item}#{op.part}"))
        and (stale.safety or stale.unedited or overlay.when_stale == "show-national")
    }
    if not held:
        return operations, held
    kept = {key: op for key, op in operations.adaptations.items() if key not in held}
    notes = [
        _note(overlay, op)
        for (item, part), op in held.items()
        if _noted(review.adaptations[f"{item}#{part}"]) and part in base.by_id[item].parts
    ]
    every = tuple(sorted((*operations.notes, *notes), key=lambda note: note.id))
    return attrs.evolve(operations, adaptations=kept, notes=every), held


def _noted(stale: Stale) -> bool:
    return stale.safety and not stale.unedited


def under_review(state: ComposedItem, review: Review, held: Held) -> ComposedItem:
    """Return the state of an item with what is still to be looked at in it."""
    parts = tuple(_part(state, part, review, held) for part in state.parts)
    stale = review.items.get(state.item.id)
    stale = stale or next((review.notes[note.id] for note in state.notes if note.id in review.notes), None)
    if stale is None and all(one is other for one, other in zip(parts, state.parts, strict=True)):
        return state
    return attrs.evolve(state, parts=parts, stale=stale)


def _part(state: ComposedItem, part: PartState, review: Review, held: Held) -> PartState:
    key = (state.item.id, part.key)
    stale = review.adaptations.get("#".join(key)) if part.adapted or key in held else None
    stale = stale or next((review.notes[note.id] for note in part.notes if note.id in review.notes), None)
    if stale is None:
        return part
    return attrs.evolve(part, stale=stale, held=None if stale.unedited else held.get(key))


def _note(overlay: Overlay, op: Adapt) -> Note:
    slug = op.item.rpartition(":")[2]
    return Note(
        id=f"{overlay.id}:under-review-{slug}-{op.part}",
        item=op.item,
        part=op.part,
        title=_TITLE,
        text=op.text,
        first_line=op.first_line,
        origin=op.origin,
    )
