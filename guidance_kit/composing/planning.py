"""What happens to whole pages and to the lists that name them, before any page is composed."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from guidance_kit.composing.choosing import Choice
from guidance_kit.composing.contents import Order, Plan, arranged
from guidance_kit.composing.operations import Operations
from guidance_kit.composing.seats import Seat, seats_of, section_index
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import PAGES, Arrange, Overlay
from guidance_kit.model.page import Page
from guidance_kit.problems import Place, Problem


@attrs.frozen
class Layout:
    """Which pages there are and where items stand on them.

    ``local`` are the local pages by their path in the edition, ``gone`` the names of national pages that are
    not there, ``where`` the page of each item by name, ``seats`` those of local items outside local pages.
    """

    local: Mapping[str, Page]
    gone: Collection[str]
    seats: tuple[Seat, ...]
    where: Mapping[str, str]
    plan: Plan

    @functools.cached_property
    def on_page(self) -> Mapping[str, list[str]]:
        """The items on each page, by its name."""
        found: dict[str, list[str]] = defaultdict(list)
        for item, page in self.where.items():
            found[page].append(item)
        return found


def lay_out(
    base: Library, overlay: Overlay, operations: Operations, choice: Choice
) -> tuple[Layout, list[Problem]]:
    """Return the layout of an edition, and every problem met."""
    problems: list[Problem] = []
    local = {page.path.removeprefix(PAGES): page for page in overlay.pages}
    for page in base.pages:
        held = _held(page, choice)
        if page.path in local and held:
            place = _place(overlay, local.pop(page.path))
            words = f'This page would take the place of a national page that holds "{held[0]}".'
            hint = "Give the page another name, or leave those items out first."
            problems.append(Problem("page-holds-items", words, hint, place))
    taken = {page.name for page in base.pages if page.path in local}
    names = {path.removesuffix(".md") for path in local}
    seats = tuple(seats_of(base, operations, names, taken))
    seated = {seat.page for seat in seats}
    emptied = {page.name for page in base.pages if _emptied(page, choice) and page.name not in seated}
    where = _where(base, local, operations, choice, seats)
    gone = emptied - taken
    planner = _Planner(base, operations, where, problems)
    plan = planner.plan(gone, seats, local.values())
    return Layout(local, gone | taken, seats, where, plan), problems


def _held(page: Page, choice: Choice) -> list[str]:
    return [item.id for item in (*page.items, *page.nested) if item.id not in choice.out]


def _emptied(page: Page, choice: Choice) -> bool:
    return bool(page.items) and not _held(page, choice) and not page.has_prose


def _place(overlay: Overlay, page: Page) -> Place:
    root = f"{overlay.root}/" if overlay.root else ""
    return Place(f"{root}local/{page.path}", 1)


def _where(
    base: Library,
    local: Mapping[str, Page],
    operations: Operations,
    choice: Choice,
    seats: Iterable[Seat],
) -> dict[str, str]:
    where = {name: page.name for name, page in base.page_of.items() if name not in choice.out}
    there = {page.path: path.removesuffix(".md") for path, page in local.items()}
    good = {add.item.id for add in operations.adds}
    for add in operations.adds:
        if add.page.path in there and add.page.holders.get(add.item.id, add.item.id) in good:
            where[add.item.id] = there[add.page.path]
    where |= {seat.add.item.id: seat.page for seat in seats}
    for add in operations.adds:
        holder = add.page.holders.get(add.item.id, "")
        if add.item.id not in where and holder in where:
            where[add.item.id] = where[holder]
    return where


class _Planner:
    """Plans the contents lists."""

    def __init__(
        self,
        base: Library,
        operations: Operations,
        where: Mapping[str, str],
        problems: list[Problem],
    ) -> None:
        self.base, self.operations = base, operations
        self.where, self.problems = where, problems
        self.by_name = {page.name: page for page in base.pages}

    def plan(self, gone: Collection[str], seats: Iterable[Seat], local: Iterable[Page]) -> Plan:
        added: dict[str, list[str]] = defaultdict(list)
        for seat in seats:
            if not seat.shared:
                added[seat.contents].append(seat.page)
        moved = dict(self._moves())
        for page, new in moved.items():
            for names in added.values():
                if page in names:
                    names.remove(page)
            added[new].append(page)
        pages = tuple(local)
        for name in self._unlisted(pages):
            if name not in moved:
                added["index"].append(name)
        order = {}
        for arrange in self.operations.arrangements.values():
            index = section_index(self.base, arrange.section)
            if index:
                order[index.name] = _order(arrange, self.where)
            self._misplaced(arrange, index, added, moved)
        return Plan(gone, moved.keys(), added, order)

    def _moves(self) -> Iterator[tuple[str, str]]:
        """Give the pages that were put into another section, each with the page that is to list it."""
        crowd = Counter(self.where.values())
        for item, put in sorted(self.operations.puts.items()):
            page = self.where.get(item)
            if page is None:
                continue
            index = section_index(self.base, put.section)
            if index is None:
                words = f'The section "{put.section}" has no page that could list "{item}".'
                self._say(words, f"The national guidance would need {put.section}/index.md.", put.origin)
            elif page == index.name or self._lists(index, page):
                continue
            elif crowd[page] > 1 or (page in self.by_name and self.by_name[page].has_prose):
                words = f'"{item}" stands on a page with other text and cannot be moved.'
                self._say(words, "Arrange its section instead.", put.origin)
            else:
                yield page, index.name

    def _lists(self, index: Page, page: str) -> bool:
        return any(name == page for contents in index.contents for _, name in contents.entries)

    def _say(self, words: str, hint: str, place: Place) -> None:
        self.problems.append(Problem("bad-value", words, hint, place))

    def _unlisted(self, local: tuple[Page, ...]) -> Iterator[str]:
        """Give the local pages that no contents list names and that take no other page's place."""
        pages = (*self.base.pages, *local)
        named = {name.removeprefix(PAGES) for page in pages for c in page.contents for _, name in c.entries}
        for page in sorted(local, key=lambda page: page.path):
            name = page.name.removeprefix(PAGES)
            if name not in named and name not in self.by_name and name != "index":
                yield name

    def _misplaced(
        self,
        arrange: Arrange,
        index: Page | None,
        added: Mapping[str, list[str]],
        moved: Mapping[str, str],
    ) -> None:
        """Tell of items that are arranged in a section where they do not stand."""
        listed = set(added.get(index.name, ())) | {index.name} if index else set()
        if index:
            names = {name for contents in index.contents for _, name in contents.entries}
            listed |= {name for name in names if moved.get(name, index.name) == index.name}
        for item in (*arrange.first, *arrange.last):
            if item in self.where and self.where[item] not in listed:
                words = f'"{item}" does not stand in the section "{arrange.section}".'
                hint = "Arrange it in its own section, or place it in this one."
                self.problems.append(Problem("unknown-target", words, hint, arrange.origin))


def _order(arrange: Arrange, where: Mapping[str, str]) -> Order:
    items: dict[str, list[str]] = defaultdict(list)
    for item, page in where.items():
        items[page].append(item)

    def order(names: Iterable[str]) -> list[str]:
        return arranged(names, arrange, lambda name: items.get(name, ()))

    return order
