"""What earlier editions changed in an edition that is based on another: a section of *differences*."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.exporting.local_pages import in_place_of, local_pages, own_pages
from guidance_kit.exporting.readable import escaped
from guidance_kit.exporting.told import did, link, noted_by, page_link, part_title, reason
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.edition import ComposedItem, Edition


def inherited(edition: Edition) -> Iterator[str]:
    """Give what an earlier edition changed in what readers get here."""
    before = edition.base.ancestry
    if before is None:
        return
    rows = [row for state in edition.composed for row in _changed_before(state, before)]
    rows += _pages_before(edition)
    yield f"## What was changed before, by {escaped(before.name)} or earlier"
    yield ""
    if not rows:
        yield "Nothing in this edition was changed before."
    yield from rows


def _pages_before(edition: Edition) -> Iterator[str]:
    ours = own_pages(edition)
    for name, page in local_pages(edition).items():
        if name not in ours:
            yield f"- The page {page_link(name)}: by {escaped(page.by)}{in_place_of(page)}."


def _changed_before(state: ComposedItem, before: Ancestry) -> Iterator[str]:
    under_review = before.under_review
    if state.layer:
        yield f"- {link(state)}: {_by(state.layer)}{_noted(before, state.item.id)}"
    for part in state.parts:
        target = f"{state.item.id}#{part.key}"
        open_ = f" {_not_yet(under_review[target])}" if target in under_review else ""
        if state.layer_alone(part) or open_:
            said = _by(part.layer) if part.layer else "national wording."
            said += f"{_noted(before, target)}{open_}"
            yield f"- {link(state)}, {escaped(part_title(state.item, part.key).lower())}: {said}"


def _by(layer: Layer) -> str:
    return f"{escaped(did(layer))}."


def _noted(before: Ancestry, target: str) -> str:
    said = noted_by(before, target)
    return f" {escaped(said[:1].upper() + said[1:])}." if said else ""


def _not_yet(why: str) -> str:
    said = f" {reason(why)}" if why.strip() else ""
    return f"The national text changed since, and this has not been reviewed there yet.{said}"
