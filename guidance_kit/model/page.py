"""A page: its text as a person wrote it, and the pieces found in it, in order."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import attrs

from guidance_kit.model.changes import PAGE
from guidance_kit.model.fingerprint import fingerprint, part_fingerprints
from guidance_kit.model.item import Item, Span
from guidance_kit.model.text import lines_of, plain

#: Lines that say nothing of their own: headings, labels, comments and breaks.
_FURNITURE = re.compile(r"(#{1,6}(\s.*)?|\([^()]+\)=|%.*|\+{3}.*|-{3,}|={3,})?")


#: The pages that are made for an edition: what differs, what is left out, the local facts, and what is new.
DIFFERENCES, LEFT_OUT, FACTS_USED, NEWS = "differences", "left-out", "facts-used", "whats-changed"
#: The names of pages that nobody may write, since they are made: those and Sphinx's own.
MADE = frozenset((DIFFERENCES, LEFT_OUT, FACTS_USED, NEWS, "search", "genindex"))


@attrs.frozen
class Contents:
    """A ``{toctree}`` of a page: the lines of its entries, and the page names they hold.

    ``entries`` are pairs of the line (from 0) and the page name relative to the source's root, without
    its suffix.
    """

    span: Span
    entries: tuple[tuple[int, str], ...]


@attrs.frozen
class Aside:
    """A local note that stands in an item of a page: its id, whoever says it, its title, its text, its lines.

    ``by`` is empty where the page does not say it.
    """

    id: str
    by: str
    title: str
    text: str = attrs.field(repr=False)
    span: Span


@attrs.frozen
class Page:
    """One Markdown page of a library or of an edition's ``local/pages``.

    ``path`` is relative to its source's root, with forward slashes. ``items`` holds the top-level blocks
    in order; ``nested`` those that stand inside another block; ``operations`` where an edition's changes to
    other pages are written; ``asides`` are the notes in items. All prose is what no block covers.
    """

    path: str
    text: str = attrs.field(repr=False)
    items: tuple[Item, ...] = ()
    nested: tuple[Item, ...] = ()
    contents: tuple[Contents, ...] = ()
    operations: tuple[Span, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def name(self) -> str:
        """The path without its suffix: what Sphinx calls the document."""
        return self.path.removesuffix(".md")

    def item_at(self, line: int) -> str:
        """Return the id of the innermost item whose block holds a line; empty if none does."""
        around = [one for one in (*self.items, *self.nested) if line in one.lines.block]
        return max(around, key=lambda one: one.lines.block.start).id if around else ""

    @property
    def lines(self) -> list[str]:
        """The text in lines, each with its own line ending."""
        return lines_of(self.text)

    @property
    def has_prose(self) -> bool:
        """Whether anything stands on the page that blocks, headings and front matter do not hold."""
        return bool(self.prose_outside(item.lines.block for item in self.items))

    @property
    def prose(self) -> str:
        """The text without the blocks on it."""
        return "".join(self.lines_without((*(item.lines.block for item in self.items), *self.operations)))

    def lines_without(self, spans: Iterable[Span]) -> list[str]:
        """Return the lines of the text, those in some spans empty, so that the others keep their numbers."""
        lines = self.lines
        for span in spans:
            lines[span.start : span.end] = [""] * (span.end - span.start)
        return lines

    def prose_outside(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Return the lines (from 0) that say something of their own, outside some blocks."""
        lines = plain(self.text).split("\n")
        lines[: front_matter(lines)] = [""] * front_matter(lines)
        for span in spans:
            lines[span.start : span.end] = [""] * (span.end - span.start)
        return tuple(at for at, line in enumerate(lines) if not _FURNITURE.fullmatch(line.strip()))

    @functools.cached_property
    def print(self) -> str:
        """The fingerprint of what stands on it outside its items."""
        lines = self.lines
        for item in self.items:
            span = item.lines.block
            lines[span.start : span.end] = [f"({item.id})=\n", *[""] * (span.end - span.start - 1)]
        return fingerprint("".join(lines))

    @functools.cached_property
    def prints(self) -> Mapping[str, str]:
        """The fingerprint of each target on it (see :mod:`guidance_kit.model.changes`), by target."""
        found = {f"{PAGE}{self.name}": self.print}
        for item in (*self.items, *self.nested):
            found |= {f"{item.id}#{key}": value for key, value in part_fingerprints(item).items()}
        return found

    @functools.cached_property
    def holders(self) -> Mapping[str, str]:
        """For each item that stands inside another item, the outermost that holds it, by full id."""
        found: dict[str, str] = {}
        outer: Item | None = None
        blocks = (*self.items, *self.nested) if self.nested else ()
        for item in sorted(blocks, key=lambda i: (i.lines.block.start, -i.lines.block.end)):
            if outer and item.lines.block.start in outer.lines.block:
                found[item.id] = outer.id
            else:
                outer = item
        return found


def front_matter(lines: list[str]) -> int:
    """Return how many lines at the top of a page are its front matter."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((at + 1 for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)


def in_reading_order(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages in the order of the contents lists, from ``index``; the others after, by path."""
    by_name = {page.name: page for page in pages}
    order: dict[str, Page] = {}
    waiting = ["index", *by_name][::-1]
    while waiting:
        page = by_name.get(waiting.pop())
        if page and page.name not in order:
            order[page.name] = page
            names = [name for contents in page.contents for _, name in contents.entries]
            waiting.extend(reversed(names))
    return tuple(order.values())
