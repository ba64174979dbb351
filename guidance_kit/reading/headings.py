"""The headings of a text that stand outside lists, quotes, fences and HTML, with their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from markdown_it.token import Token

#: What could hold or hide a heading, or make one of the line above: then only a parser can tell.
_MARKS = ("```", "~~~", ":::")
#: The same, at the start of a line. The search begins with a line end: that is much faster than with ``^``.
_STARTS = re.compile(r"\n(?:[ \t]*<| {1,3}#|[ \t]*[-=]+[ \t]*(?:\n|\Z))")

_DEEPEST = 6


@attrs.frozen
class Heading:
    """A heading at the top level of a text: its words, level, and lines from 0 (``end`` is after it)."""

    text: str
    level: int
    start: int
    end: int


def needs_parser(text: str) -> bool:
    """Return whether the headings of a text cannot be told from its lines alone."""
    return any(mark in text for mark in _MARKS) or _STARTS.search(f"\n{text}") is not None


def in_lines(text: str) -> tuple[Heading, ...]:
    """Return the headings of a text that needs no parser."""
    if "#" not in text:
        return ()
    found = (_atx(line, at) for at, line in enumerate(text.split("\n")) if line[:1] == "#")
    return tuple(heading for heading in found if heading)


def _atx(line: str, at: int) -> Heading | None:
    """Return the heading that a line with ``#`` at its start is, if it is one."""
    rest = line.lstrip("#")
    level = len(line) - len(rest)
    if level > _DEEPEST or rest[:1] not in ("", " ", "\t"):
        return None
    words = rest.strip(" \t")
    without = words.rstrip("#")
    if without != words and (not without or without[-1] in " \t"):
        words = without
    return Heading(words.strip(), level, at, at + 1)


def in_tokens(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Return the headings among the block tokens of a text."""
    return tuple(
        Heading(tokens[at + 1].content, int(token.tag[1]), token.map[0], token.map[1])
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    )
