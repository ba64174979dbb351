"""The contents lists (``{toctree}``) of composed pages: drop what is gone, add what is new, arrange."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import attrs

from guidance_kit.composing.lines import Edit, Line, ending_of
from guidance_kit.model.item import Span
from guidance_kit.model.overlay import Arrange
from guidance_kit.model.page import Contents, Page

Order = Callable[[Iterable[str]], list[str]]


@attrs.frozen
class Plan:
    """What is to happen to the contents lists of all pages.

    ``gone`` are page names that no list keeps; ``moved`` those that only the lists of their new section keep;
    ``added`` are page names by the page whose last list takes them; ``order`` arranges the lists of a page.
    """

    gone: Collection[str]
    moved: Collection[str]
    added: Mapping[str, Sequence[str]]
    order: Mapping[str, Order]

    def after(self, page: Page, old: Sequence[str], *, last: bool) -> list[str]:
        """Return the names of a list as they shall be."""
        names = [name for name in old if name not in self.gone and name not in self.moved]
        if last:
            names.extend(name for name in self.added.get(page.name, ()) if name not in names)
        order = self.order.get(page.name)
        return order(names) if order else names


def arranged(names: Iterable[str], arrange: Arrange, items_of: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the names with those listed first at the start and those listed last at the end.

    ``items_of`` gives the items that a name stands for. A permutation: nothing is dropped or added.
    """
    rank = {item: at - len(arrange.first) for at, item in enumerate(arrange.first)}
    rank |= {item: at + 1 for at, item in enumerate(arrange.last)}

    def place(name: str) -> int:
        ranks = [rank[item] for item in items_of(name) if item in rank]
        return min((r for r in ranks if r < 0), default=max(ranks, default=0))

    return sorted(names, key=place)


def edited(page: Page, lines: Sequence[Line], plan: Plan) -> tuple[list[Edit], tuple[Contents, ...]]:
    """Return the edits to a page's contents lists, and what the lists hold afterwards."""
    if not page.contents:
        names = plan.after(page, (), last=True)
        return ([_new(page, lines, names)], (_held(names),)) if names else ([], ())
    edits: list[Edit] = []
    contents: list[Contents] = []
    for at, one in enumerate(page.contents):
        old = [name for _, name in one.entries]
        new = plan.after(page, old, last=at == len(page.contents) - 1)
        contents.append(_held(new))
        if new != old:
            edits.append(_edit(page, lines, one, new))
    return edits, tuple(contents)


def _held(names: Iterable[str]) -> Contents:
    return Contents(Span(0, 0), tuple((0, name) for name in names))


def _edit(page: Page, lines: Sequence[Line], one: Contents, new: Sequence[str]) -> Edit:
    if not new:
        return Edit(one.span.start, one.span.end)
    written = {name: lines[at] for at, name in one.entries}
    like = lines[one.entries[0][0]] if one.entries else lines[one.span.end - 1]
    indent = like.text[: len(like.text) - len(like.text.lstrip())]
    fresh = [
        written.get(name) or attrs.evolve(like, text=f"{indent}{_relative(page, name)}{ending_of(lines)}")
        for name in new
    ]
    numbers = [at for at, _ in one.entries]
    first, stop = (min(numbers), max(numbers) + 1) if numbers else (one.span.end - 1, one.span.end - 1)
    return Edit(first, stop, tuple(fresh))


def _new(page: Page, lines: Sequence[Line], names: Sequence[str]) -> Edit:
    """Return a contents list at the end of a page that has none."""
    texts = ["", "```{toctree}", *(_relative(page, name) for name in names), "```"]
    like = lines[-1] if lines else Line("", "", page.path, 1)
    end = ending_of(lines)
    made = tuple(attrs.evolve(like, text=text + end, item="", inert=False) for text in texts)
    return Edit(len(lines), len(lines), made, (9, 9, ""))


def _relative(page: Page, name: str) -> str:
    return posixpath.relpath(name, posixpath.dirname(page.path) or ".")
