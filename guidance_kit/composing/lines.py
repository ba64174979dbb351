"""Lines of a composed page, each knowing who wrote it; editing is splicing, never re-formatting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from guidance_kit.model.edition import Origin
from guidance_kit.model.page import Page, front_matter
from guidance_kit.model.text import lines_of


@attrs.frozen
class Line:
    """One line: its text with its ending, the file and line (from 1) it comes from, its item.

    ``item`` is the id of the outermost item around it, empty outside items. An ``inert`` line (an option,
    front matter) holds no running text.
    """

    text: str
    source: str
    path: str
    number: int
    item: str = ""
    inert: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it, but for the mark of a quote around it."""
        return not self.text.strip(" \t\r\n>")


@attrs.frozen
class Edit:
    """Lines ``start`` to ``end`` of the page as it was (from 0) give way to ``lines``.

    ``rank`` orders insertions at one place.
    """

    start: int
    end: int
    lines: tuple[Line, ...] = ()
    rank: tuple[int, int, str] = (0, 0, "")


def lines_of_page(page: Page, source: str, prefix: str = "") -> list[Line]:
    """Return the lines of a page as it was written, without a byte order mark."""
    texts = lines_of(page.text.removeprefix("\ufeff"))
    path = prefix + page.path
    count = len(texts)
    owners, inert = [""] * count, set(range(front_matter(texts)))
    for item in (*page.items, *page.nested):
        owner, block = page.holders.get(item.id, item.id), item.lines.block
        end = min(block.end, count)
        owners[block.start : end] = [owner] * (end - block.start)
        inert.update(item.lines.options.values())
    pairs = enumerate(zip(texts, owners, strict=True))
    return [Line(text, source, path, at + 1, owner, at in inert) for at, (text, owner) in pairs]


def apply(lines: Sequence[Line], edits: Iterable[Edit]) -> list[Line]:
    """Return the lines with all edits made at once; where two overlap (in a blank line), both are made."""
    result: list[Line] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end > e.start, -e.end, e.rank)):
        result.extend(lines[at : max(at, edit.start)])
        result.extend(edit.lines)
        at = max(at, edit.end)
    result.extend(lines[at:])
    return _ended(result)


def _ended(lines: list[Line]) -> list[Line]:
    """Return the lines with an ending on all but the last, which alone may lack it."""
    for at, line in enumerate(lines[:-1]):
        if line.text[-1:] not in ("\n", "\r"):
            lines[at] = attrs.evolve(line, text=line.text + "\n")
    return lines


def relined(lines: Sequence[Line], text: str) -> list[Line]:
    """Return the lines with another text, which has as many lines."""
    pairs = zip(lines, lines_of(text), strict=True)
    return [line if line.text == words else attrs.evolve(line, text=words) for line, words in pairs]


def text_of(lines: Iterable[Line]) -> str:
    """Return the text of lines."""
    return "".join(line.text for line in lines)


def ending_of(lines: Sequence[Line]) -> str:
    """Return how the lines of a page end."""
    return "\r\n" if lines and lines[0].text.endswith("\r\n") else "\n"


def runs(lines: Iterable[Line]) -> tuple[Origin, ...]:
    """Return where the lines were written, in runs."""
    found: list[tuple[Line, int]] = []
    for line in lines:
        if found:
            first, count = found[-1]
            same = first.source == line.source and first.path == line.path
            if same and first.number + count == line.number:
                found[-1] = (first, count + 1)
                continue
        found.append((line, 1))
    return tuple(Origin(first.source, first.path, first.number, count) for first, count in found)


def order_of(lines: Iterable[Line]) -> Mapping[str, int]:
    """Return where each item first stands among the lines."""
    first: dict[str, int] = {}
    for at, line in enumerate(lines):
        if line.item:
            first.setdefault(line.item, at)
    return first
