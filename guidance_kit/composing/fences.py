"""Fences long enough to hold what is put between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from guidance_kit.composing.lines import Edit, Line, text_of

_FENCE = re.compile(
    r"(?P<before>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?P<mark>:{3,}|`{3,}|~{3,})(?P<info>.*)", re.DOTALL
)


@attrs.frozen
class Fence:
    """A pair of fence lines, from 0, and their mark."""

    start: int
    end: int
    mark: str


def mark_of(line: str) -> str:
    """Return the fence that a line opens or closes with; empty if it does not."""
    match = _FENCE.match(line)
    return match["mark"] if match else ""


def prefix_of(line: str) -> str:
    """Return what stands before the fence of a line: indentation, or the mark of a quote."""
    match = _FENCE.match(line)
    return match["before"] if match else ""


def longest(text: str, char: str) -> int:
    """Return the length of the longest fence of a character in a text; 0 if there is none."""
    if char * 3 not in text:
        return 0
    marks = (mark_of(line) for line in text.split("\n"))
    return max((len(mark) for mark in marks if mark[:1] == char), default=0)


def fence_around(body: str, outer: str, title: str) -> str:
    """Return a fence that may stand in a block fenced with ``outer``, hold ``body`` and bear ``title``."""
    char = "`" if outer.startswith(":") else ":"
    if char == "`" and "`" in title:
        char = "~"  # a line that opens with backticks may hold no other
    return char * max(3, 1 + longest(body, char))


def raised(lines: Sequence[Line], edits: Sequence[Edit]) -> list[Line]:
    """Return the lines of a page with the fences around each edit longer than any fence in it."""
    texts = [(edit, text_of(edit.lines)) for edit in edits]
    texts = [(edit, text) for edit, text in texts if any(mark in text for mark in (":::", "```", "~~~"))]
    result = list(lines)
    for fence in sorted(fences_of(lines), key=lambda f: f.end - f.start) if texts else ():
        char = fence.mark[0]
        most = max((longest(text, char) for edit, text in texts if _within(fence, edit)), default=0)
        if most >= len(fence.mark):
            mark = char * (most + 1)
            for at in (fence.start, fence.end):
                text = result[at].text.replace(fence.mark, mark, 1)
                result[at] = attrs.evolve(result[at], text=text)
            texts.append((Edit(fence.start, fence.end + 1), mark))
    return result


def fences_of(lines: Iterable[Line]) -> list[Fence]:
    """Return the pairs of fences of a page.

    A fence is closed by the first line that can close it or one around it; what opens in code closes with it.
    """
    found: list[Fence] = []
    waiting: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        match = _FENCE.match(line.text)
        if match is None:
            continue
        info = match["info"].strip()
        closes = next((d for d, w in enumerate(waiting) if not info and match["mark"].startswith(w[1])), None)
        if closes is None:
            waiting.append((at, match["mark"]))
        else:
            start, mark = waiting[closes]
            found.append(Fence(start, at, mark))
            del waiting[closes:]
    return found


def _within(fence: Fence, edit: Edit) -> bool:
    return fence.start < edit.start and edit.end <= fence.end
