"""What readers are told of a block or part: its label, in words."""

from __future__ import annotations

import attrs

from guidance_kit.model.ancestry import Layer
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.layers import adder
from guidance_kit.model.review import Stale

_ADAPTED = {Label.CONTEXT: "Adapted to local context by {by}", Label.MEANING: "Changed in meaning by {by}"}


@attrs.frozen
class Before:
    """What earlier editions did to words: which last changed them, and which have notes beside them."""

    layer: Layer | None
    noters: tuple[str, ...]


def owner(edition: Edition) -> str:
    """Return the name that stands behind an edition's own words."""
    return edition.overlay.publisher or edition.title


def item_label(edition: Edition, state: ComposedItem) -> str:
    """Return the label of an item, such as ``National wording with a local note``.

    What is under review in it, or in a part of it, is said at the end.
    """
    if state.label is Label.LOCAL:
        words = _local(edition, state)
    else:
        by, before = owner(edition), Before(layer_of(state), _noters(state, *state.parts))
        words = _label(state.label, by, before, details=state.with_details, noted=state.with_note)
    return with_review(words, gravest(state))


def part_label(edition: Edition, part: PartState) -> str:
    """Return the label of one part of an item, and whether it is under review."""
    return with_review(part_wording(edition, part), part.stale)


def part_wording(edition: Edition, part: PartState) -> str:
    """Return the label of one part of an item alone: whose words they are."""
    if part.label is Label.LOCAL:
        return f"Local wording ({owner(edition)})"
    details, noted = bool(part.facts), bool(part.notes)
    if part.label is Label.REGIONAL and part.layer and part.layer.words == Label.LOCAL:
        return _extended(f"Local wording ({part.layer.by})", details=details, noted=noted)
    before = Before(part.layer, _noters(part))
    return _label(part.label, owner(edition), before, details=details, noted=noted)


def gravest(state: ComposedItem) -> Stale | None:
    """Return the change that an item is under review for: one about safety first, then the latest."""
    found = [one for one in (state.stale, *(part.stale for part in state.parts)) if one]
    return max(found, key=lambda one: (one.safety, one.on), default=None)


def layer_of(state: ComposedItem) -> Layer | None:
    """Return the earlier edition whose words an item holds, where it bears its label for them."""
    held = [part.layer for part in state.parts if part.layer and part.label is state.label]
    whole = [state.layer] if state.layer else []
    if state.label is Label.REGIONAL:
        return max((*whole, *held), key=_weight, default=None)
    worded = [one for one in whole if one.words != Label.NOTED]  # beside a note the words are the core's
    return max(held or worded, key=_weight, default=None)


def replaced(state: ComposedItem) -> str:
    """Return the id of the item that a local one replaces, or is to replace; empty if none."""
    return (state.added.instead_of or state.added.beside) if state.added else ""


def replaced_title(edition: Edition, state: ComposedItem) -> str:
    """Return the title of the item that a local one replaces, or is to; empty if there is none."""
    target = replaced(state)
    return edition.base.by_id[target].title if target else ""


def _noters(*noted: ComposedItem | PartState) -> tuple[str, ...]:
    """Return the earlier editions that have a note beside something, each once."""
    found: dict[str, None] = {}
    for one in noted:
        by = [one.layer.by] if one.layer and one.layer.words == Label.NOTED else []
        found |= dict.fromkeys((*by, *one.noters))
    return tuple(found)


def _weight(layer: Layer) -> int:
    word = _word(layer)
    return word.rank if word else 0


def _word(layer: Layer) -> Label | None:
    return next((label for label in Label if label == layer.words), None)


def _local(edition: Edition, state: ComposedItem) -> str:
    words = f"Local item ({owner(edition)})"
    title = replaced_title(edition, state)
    does = "is to replace" if state.added and state.added.beside else "replaces"
    by = adder(edition.base, replaced(state))
    whose = f"an item of {by}," if by else "national item"
    return f'{words}; {does} {whose} "{title}"' if title else words


def _label(label: Label, by: str, before: Before, *, details: bool, noted: bool) -> str:
    layer = before.layer
    if label in _ADAPTED:
        words = _ADAPTED[label].format(by=by) + (_from(layer) if layer else "")
        return f"{words}, with a local note" if noted else words
    if label is Label.REGIONAL and layer:
        if layer.words == Label.NOTED:
            return _extended(_noted(before.noters, ours=noted), details=details, noted=False)
        words = f"{'Local item' if layer.words == Label.LOCAL else 'Regional wording'} ({layer.by})"
        return _extended(words, details=details, noted=noted)
    return _extended("National wording", details=details, noted=noted)


def _noted(names: tuple[str, ...], *, ours: bool) -> str:
    """Return the label of national words with notes of earlier editions beside them, and maybe ours."""
    notes = "local notes" if ours or len(names) > 1 else "a local note"
    whose = " and ".join(f"one of {name}" if ours else name for name in names)
    return f"National wording with {notes} ({whose})"


def _from(layer: Layer) -> str:
    """Return whose words were adapted; that those say something else than the national ones is not hidden."""
    changed = ", who changed its meaning" if layer.words == Label.MEANING else ""
    return f" from {layer.by}{changed}"


def _extended(words: str, *, details: bool, noted: bool) -> str:
    """Return the words of a label with what else is local in what it is of."""
    extras = [said for given, said in ((details, "local details"), (noted, "a local note")) if given]
    joint = ", with" if words.startswith("National wording with") else " with"
    return f"{words}{joint} {' and '.join(extras)}" if extras else words


def with_review(words: str, stale: Stale | None) -> str:
    """Return the words of a label with what is under review at their end."""
    return f"{words} - under review: {stale.said}" if stale else words
