"""Whose a page is that is not the national one: this edition's own, or an earlier edition's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guidance_kit.exporting.readable import escaped
from guidance_kit.exporting.words import owner
from guidance_kit.model.ancestry import LocalPage
from guidance_kit.model.edition import Edition
from guidance_kit.model.overlay import PAGES
from guidance_kit.model.page import Page


def local_pages(edition: Edition) -> dict[str, LocalPage]:
    """Return the pages that readers get and that are not national, by name."""
    found = {**_earlier(edition), **own_pages(edition)}
    return {name: found[name] for name in sorted(found) if name in edition.page_by_name}


def own_pages(edition: Edition) -> dict[str, LocalPage]:
    """Return the pages of an edition's own that readers get, by name, with whose place each takes."""
    before, theirs = _earlier(edition), {page.name for page in edition.base.pages}
    return {
        name: LocalPage(
            owner(edition), (before[name].by if name in before else "") if name in theirs else None
        )
        for name in sorted(_own(edition))
        if name in edition.page_by_name
    }


def pages_to_label(edition: Edition) -> dict[str, LocalPage]:
    """Return the local pages that say whose they are; items have labels of their own, and need no other."""
    written = {**{page.name: page for page in edition.base.pages}, **_own(edition)}
    return {
        name: one
        for name, one in local_pages(edition).items()
        if one.instead is not None or _says_something(written[name])
    }


def in_place_of(page: LocalPage, shown: Callable[[str], str] = escaped) -> str:
    """Return in the place of whose page a local one stands, as the end of a sentence; empty if of none."""
    if page.instead is None:
        return ""
    return (
        f", in place of the page of {shown(page.instead)}"
        if page.instead
        else ", in place of the national page"
    )


def _own(edition: Edition) -> dict[str, Page]:
    return {page.name.removeprefix(PAGES): page for page in edition.overlay.pages}


def _earlier(edition: Edition) -> Mapping[str, LocalPage]:
    return edition.base.ancestry.pages if edition.base.ancestry else {}


def _says_something(page: Page) -> bool:
    """Return whether there is more on a page than items."""
    return bool(page.prose_outside((*(item.lines.block for item in page.items), *page.operations)))
