"""The pages of an edition: national ones with local words spliced in, and local ones."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from guidance_kit.composing.choosing import Choice
from guidance_kit.composing.contents import arranged, edited
from guidance_kit.composing.fences import prefix_of, raised
from guidance_kit.composing.lines import (
    Edit,
    Line,
    apply,
    ending_of,
    lines_of_page,
    order_of,
    relined,
    text_of,
)
from guidance_kit.composing.notices import notice
from guidance_kit.composing.operations import Operations
from guidance_kit.composing.parts import Said, Writer, titled
from guidance_kit.composing.planning import Layout
from guidance_kit.composing.seats import Seat
from guidance_kit.composing.words import Wording
from guidance_kit.model.changes import PAGE
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import PAGES, Arrange, Overlay
from guidance_kit.model.page import Contents, Page
from guidance_kit.model.review import Review, Stale

NOTHING = Said({}, ())


@attrs.frozen
class Composed:
    """A page while it is composed: its lines, the ids of its items, top-level ones and others, its lists.

    ``whole`` is set, and there are no lines, where a national page stands as it is.
    """

    path: str
    lines: tuple[Line, ...]
    items: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    contents: tuple[Contents, ...] = ()
    whole: Page | None = None


@attrs.frozen
class Composer:
    """What every page needs to know of all others; ``said`` is what is said of each national item."""

    base: Library
    overlay: Overlay
    operations: Operations
    choice: Choice
    layout: Layout
    wording: Wording
    said: Mapping[str, Said]
    review: Review

    def pages(self) -> Iterator[Composed]:
        """Give the pages of the edition, before facts are filled in."""
        for page in self.base.pages:
            if page.name not in self.layout.gone:
                yield self._national(page)
        for seat in self.layout.seats:
            if not seat.shared:
                yield self._own(seat)
        for path, page in sorted(self.layout.local.items()):
            yield self._local(path, page)

    def _national(self, page: Page) -> Composed:
        seats = [seat for seat in self.layout.seats if seat.page == page.name]
        if not seats and self._untouched(page):
            return _as_it_was(page)
        lines = lines_of_page(page, self.base.id)
        for item in (*page.items, *page.nested):
            adapt = self.said.get(item.id, NOTHING).adaptations.get("title")
            if adapt:
                for at, line in titled(lines, item, adapt, self.overlay):
                    lines[at] = line
        edits, contents = edited(page, lines, self.layout.plan)
        edits.extend(self._edits(page, lines, seats))
        if page.name in self._unread:
            stale = self._unread[page.name]
            edits.append(notice(lines, stale, self._beneath(page), self.base.id))
        done = apply(raised(lines, edits), edits)
        if page.text.startswith("\ufeff"):
            done[0] = attrs.evolve(done[0], text=f"\ufeff{done[0].text}")
        inner = [item.id for item in page.nested] + [
            seat.add.item.id for seat in seats if seat.instead in {item.id for item in page.nested}
        ]
        return self._composed(page.path, done, contents, inner)

    @functools.cached_property
    def _concerned(self) -> frozenset[str]:
        """The national items that the edition says anything of, arranges, or leaves out."""
        listed = (one for op in self.operations.arrangements.values() for one in (*op.first, *op.last))
        return frozenset(self.said) | self.choice.out | frozenset(listed)

    def _untouched(self, page: Page) -> bool:
        """Return whether nothing that the edition says concerns a page, so that it stands as it is."""
        plan = self.layout.plan
        return (
            self._concerned.isdisjoint(item.id for item in (*page.items, *page.nested))
            and page.name not in plan.added
            and page.name not in plan.order
            and not any(n in plan.gone or n in plan.moved for c in page.contents for _, n in c.entries)
            and "fact}" not in page.text
            and page.name not in self._unread
        )

    def _edits(self, page: Page, lines: Sequence[Line], seats: Sequence[Seat]) -> Iterator[Edit]:
        writer = Writer(self.overlay, lines)
        instead = {seat.instead: seat for seat in seats}
        for item in (*page.items, *page.nested):
            span = item.lines.block
            if item.id in instead:
                block = self._block(instead[item.id], page, lines)
                opening, closing = (prefix_of(lines[at].text) for at in (span.start, span.end - 1))
                yield Edit(span.start, span.end, _behind(block, opening, closing))
            elif item.id not in self.choice.out:
                yield from writer.edits(item, self.said.get(item.id, NOTHING))
            else:
                yield _cut(span.start, span.end, lines)
        last = max((item.lines.block.end for item in page.items), default=len(lines))
        for at, seat in enumerate(seats):
            if not seat.instead:
                block = self._block(seat, page, lines)
                gap = attrs.evolve(block[0], text=ending_of(lines), item="")
                yield Edit(last, last, (gap, *block), (0, at, ""))

    def _own(self, seat: Seat) -> Composed:
        page = Page(f"{seat.page}.md", "")
        inner = [one.id for one in seat.add.page.nested]
        return self._composed(page.path, list(self._block(seat, page, ())), (), inner)

    def _block(self, seat: Seat, page: Page, beside: Sequence[Line]) -> tuple[Line, ...]:
        """Return the lines of a local item's block as they stand on a page."""
        add = seat.add
        span = add.item.lines.block
        lines = lines_of_page(add.page, self.overlay.id, "local/")[span.start : span.end]
        indent = len(lines[0].text) - len(lines[0].text.lstrip(" \t"))
        end = ending_of(beside or lines)
        texts = [line.text.rstrip("\r\n") for line in lines]
        if all(not text[:indent].strip(" \t") for text in texts):
            texts = [text[indent:] for text in texts]
        lines = [attrs.evolve(line, text=text + end) for line, text in zip(lines, texts, strict=True)]
        return tuple(self._worded(lines, add.page.path, page.path))

    def _worded(self, lines: Sequence[Line], source: str, page: str) -> list[Line]:
        return relined(lines, self.wording(text_of(lines), source, page))

    def _local(self, path: str, page: Page) -> Composed:
        lines = self._worded(lines_of_page(page, self.overlay.id, "local/"), page.path, path)
        good = {add.item.id for add in self.operations.adds}
        away = [item.lines.block for item in (*page.items, *page.nested) if item.id not in good]
        contents = tuple(
            attrs.evolve(one, entries=tuple((at, name.removeprefix(PAGES)) for at, name in one.entries))
            for one in page.contents
        )
        placed = Page(path, page.text, contents=contents)
        edits, contents = edited(placed, lines, self.layout.plan)
        edits.extend(_cut(span.start, span.end, lines) for span in (*page.operations, *away))
        edits.extend(self._notices(path, lines))
        inner = [item.id for item in page.nested]
        return self._composed(path, apply(lines, edits), contents, inner)

    def _notices(self, path: str, lines: Sequence[Line]) -> Iterator[Edit]:
        """Give the notice that the national page in whose place a local one stands has changed."""
        stale = self.review.pages.get(path.removesuffix(".md"))
        national = next((page for page in self.base.pages if page.path == path), None)
        if stale and national:
            yield notice(lines, stale, self._beneath(national), self.overlay.id)

    @functools.cached_property
    def _unread(self) -> Mapping[str, Stale]:
        """The pages of earlier editions whose national page changed for safety, which nobody here has read.

        Elsewhere readers have the new words already, or the notice of an edition that has yet to decide.
        """
        before = self.base.ancestry.under_review if self.base.ancestry else {}
        unread = self.review.unread.items()
        kept = {name: one for name, one in unread if one.kept and name not in before}
        return {name.removeprefix(PAGE): one for name, one in kept.items() if name.startswith(PAGE)}

    def _beneath(self, page: Page) -> Page:
        """Return the national page: not one of an earlier edition that stands in its place."""
        national = self.base.ancestry.national if self.base.ancestry else {}
        text = national.get(f"{PAGE}{page.name}")
        return page if text is None else Page(page.path, text)

    def _composed(
        self, path: str, lines: list[Line], contents: tuple[Contents, ...], inner: Collection[str]
    ) -> Composed:
        """Return a finished page, with its items in the order asked for."""
        name = path.removesuffix(".md")
        order = order_of(lines)
        here = self.layout.on_page.get(name, [])
        ids = sorted(here, key=lambda item: order.get(item, len(lines)))
        top = [item for item in ids if item not in inner and item in order]
        for arrange in self.operations.arrangements.values():
            lines, top = _rearranged(lines, top, arrange)
        nested = tuple(item for item in ids if item not in top)
        return Composed(path, tuple(lines), tuple(top), nested, contents)


def _as_it_was(page: Page) -> Composed:
    items, nested = (tuple(item.id for item in some) for some in (page.items, page.nested))
    return Composed(page.path, (), items, nested, page.contents, whole=page)


def _behind(block: Sequence[Line], first: str, others: str) -> tuple[Line, ...]:
    """Return lines behind the marks of the list or quote in which they are to stand."""
    marks = [first, *(others for _ in block[1:])]
    pairs = zip(marks, block, strict=True)
    texts = [(mark.rstrip() if line.blank else mark) + line.text for mark, line in pairs]
    return tuple(attrs.evolve(line, text=text) for line, text in zip(block, texts, strict=True))


def _cut(start: int, end: int, lines: Sequence[Line]) -> Edit:
    """Return the edit that removes a block and one blank line after it, or else before it."""
    if end < len(lines) and lines[end].blank:
        end += 1
    elif start and lines[start - 1].blank:
        start -= 1
    return Edit(start, end)


def _rearranged(lines: list[Line], ids: Sequence[str], arrange: Arrange) -> tuple[list[Line], list[str]]:
    """Return the lines with the blocks of items changing places; what stands between them stays."""
    spans = [(at, _last(lines, item) + 1) for item, at in order_of(lines).items() if item in ids]
    now = [lines[start].item for start, _ in spans]
    wanted = arranged(now, arrange, lambda name: (name,))
    blocks = {item: lines[start:end] for item, (start, end) in zip(now, spans, strict=True)}
    result: list[Line] = []
    at = 0
    for item, (start, end) in zip(wanted, spans, strict=True):
        result += [*lines[at:start], *blocks[item]]
        at = end
    return apply(result + lines[at:], ()), wanted


def _last(lines: Sequence[Line], item: str) -> int:
    return max(at for at, line in enumerate(lines) if line.item == item)
