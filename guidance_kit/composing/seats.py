"""Where an edition's own items stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from guidance_kit.composing.operations import Operations
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library, Section
from guidance_kit.model.overlay import PAGES, Add
from guidance_kit.model.page import Page


@attrs.frozen
class Seat:
    """Where a local item stands: in the place of another block, after the blocks of a page, or on its own.

    ``contents`` is the page whose contents list names its own page; empty where it shares one.
    """

    add: Add
    page: str
    contents: str = ""
    instead: str = ""

    @property
    def shared(self) -> bool:
        """Whether it stands on a page with others."""
        return not self.contents


def seats_of(
    base: Library, operations: Operations, local: Collection[str], taken: Collection[str]
) -> Iterator[Seat]:
    """Give the seat of each local item that is not written on a local page.

    ``local`` are the names of local pages, ``taken`` those of national pages whose place one takes.
    """
    used = {page.name for page in base.pages} | set(local)
    for add in operations.adds:
        if add.page.path.startswith(PAGES) or add.item.id in add.page.holders:
            continue
        old = base.page_of[add.instead_of].name if add.instead_of else ""
        if old and old not in taken:
            yield Seat(add, old, instead=add.instead_of)
            continue
        section = _section(base, operations, add.item)
        index = section_index(base, section.id) if section else None
        if index and index.items and index.name not in taken:
            yield Seat(add, index.name)
        else:
            name = _name(add.item, section, used)
            used.add(name)
            yield Seat(add, name, index.name if index else "index")


def section_index(base: Library, section: str) -> Page | None:
    """Return the page that opens a section."""
    by_name = {page.name: page for page in base.pages}
    return by_name.get(f"{section}/index") or by_name.get(section)


def _section(base: Library, operations: Operations, item: Item) -> Section | None:
    """Return the section an item belongs to: where it was put, or the first of its kind."""
    put = operations.puts.get(item.id)
    if put:
        return next((section for section in base.sections if section.id == put.section), None)
    return next((section for section in base.sections if section.kind == item.kind), None)


def _name(item: Item, section: Section | None, used: Collection[str]) -> str:
    """Return the name of an item's own page: one that no other page has."""
    folder = f"{section.id}/" if section else ""
    name = f"{folder}{item.slug}"
    if name in used:
        name = f"{folder}{item.space}-{item.slug}"
    while name in used:
        name += "-2"
    return name
