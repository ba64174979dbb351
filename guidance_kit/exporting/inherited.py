"""What earlier editions changed in an edition that is based on another: a section of *differences*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guidance_kit.exporting.local_pages import in_place_of, local_pages, own_pages
from guidance_kit.exporting.readable import escaped
from guidance_kit.exporting.told import did, link, page_link, part_title, reason
from guidance_kit.model.ancestry import Layer
from guidance_kit.model.edition import ComposedItem, Edition


def inherited(edition: Edition) -> Iterator[str]:
    """Give what an earlier edition changed in what readers get here."""
    before = edition.base.ancestry
    if before is None:
        return
    rows = [row for state in edition.composed for row in _changed_before(state, before.under_review)]
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


def _changed_before(state: ComposedItem, under_review: Mapping[str, str]) -> Iterator[str]:
    if state.layer:
        yield f"- {link(state)}: {_by(state.layer)}"
    for part in state.parts:
        target = f"{state.item.id}#{part.key}"
        open_ = f" {_not_yet(under_review[target])}" if target in under_review else ""
        if (part.layer and part.layer != state.layer) or open_:
            said = _by(part.layer) if part.layer else "national wording."
            yield f"- {link(state)}, {escaped(part_title(state.item, part.key).lower())}: {said}{open_}"


def _by(layer: Layer) -> str:
    return f"{escaped(did(layer))}."


def _not_yet(why: str) -> str:
    said = f" {reason(why)}" if why.strip() else ""
    return f"The national text changed since, and this has not been reviewed there yet.{said}"
