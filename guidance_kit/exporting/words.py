"""What readers are told of a block or part: its label, in words."""

from __future__ import annotations

from guidance_kit.model.ancestry import Layer
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.layers import adder
from guidance_kit.model.review import Stale

_ADAPTED = {Label.CONTEXT: "Adapted to local context by {by}", Label.MEANING: "Changed in meaning by {by}"}
#: What is said of words that an earlier edition last changed, by the word of its own label.
_REGIONAL = {
    Label.NOTED: "National wording with a local note ({by})",
    Label.LOCAL: "Local item ({by})",
}


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
        by, layer = owner(edition), layer_of(state)
        words = _label(state.label, by, layer, details=state.with_details, noted=state.with_note)
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
    return _label(part.label, owner(edition), part.layer, details=details, noted=noted)


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


def layer_words(layer: Layer) -> str:
    """Return what is said of words that an earlier edition last changed."""
    word = _word(layer)
    said = _REGIONAL.get(word) if word else None
    return (said or "Regional wording ({by})").format(by=layer.by)


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


def _label(label: Label, by: str, layer: Layer | None, *, details: bool, noted: bool) -> str:
    if label in _ADAPTED:
        words = _ADAPTED[label].format(by=by) + (_from(layer) if layer else "")
        return f"{words}, with a local note" if noted else words
    if label is Label.REGIONAL and layer:
        theirs = noted and _word(layer) is Label.NOTED
        words = f"National wording with local notes (one of {layer.by})" if theirs else layer_words(layer)
        return _extended(words, details=details, noted=noted and not theirs)
    return _extended("National wording", details=details, noted=noted)


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
