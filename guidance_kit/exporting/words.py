"""What readers are told of a block or part: its label, in words."""

from __future__ import annotations

from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState

_ADAPTED = {Label.CONTEXT: "Adapted to local context by {by}", Label.MEANING: "Changed in meaning by {by}"}


def owner(edition: Edition) -> str:
    """Return the name that stands behind an edition's own words."""
    return edition.overlay.publisher or edition.title


def item_label(edition: Edition, state: ComposedItem) -> str:
    """Return the label of an item, such as ``National wording with a local note``."""
    if state.label is Label.LOCAL:
        return _local(edition, state)
    return _label(state.label, owner(edition), details=state.with_details, noted=state.with_note)


def part_label(edition: Edition, part: PartState) -> str:
    """Return the label of one part of an item."""
    if part.label is Label.LOCAL:
        return f"Local wording ({owner(edition)})"
    return _label(part.label, owner(edition), details=bool(part.facts), noted=bool(part.notes))


def replaced_title(edition: Edition, state: ComposedItem) -> str:
    """Return the title of the national item that a local one replaces; empty if it replaces none."""
    target = state.added.instead_of if state.added else ""
    return edition.base.by_id[target].title if target else ""


def _local(edition: Edition, state: ComposedItem) -> str:
    words = f"Local item ({owner(edition)})"
    title = replaced_title(edition, state)
    return f'{words}; replaces national item "{title}"' if title else words


def _label(label: Label, by: str, *, details: bool, noted: bool) -> str:
    words = _ADAPTED.get(label, "National wording").format(by=by)
    extras = [words for given, words in ((details, "local details"), (noted, "a local note")) if given]
    if label in _ADAPTED:
        extras = ["a local note"] if noted else []
        return f"{words}, with a local note" if extras else words
    return f"{words} with {' and '.join(extras)}" if extras else words
