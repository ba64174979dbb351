"""The fenced blocks of a page, nested ones too, with their lines; no Sphinx is loaded.

A block is a directive fence of MyST Markdown: colons, backticks or tildes, then ``{name}``. Only block
structure is parsed, never inline text, so that a page of ordinary size takes less than a millisecond.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import attrs
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from guidance_kit.model.item import Span
from guidance_kit.model.text import LITERAL
from guidance_kit.reading.fields import split_options
from guidance_kit.reading.headings import Heading, in_lines, in_tokens, needs_parser

_INFO = re.compile(r"\{(?P<name>[\w:.-]+)\}\s*(?P<argument>.*)")
_MAX_DEPTH = 20  # nobody nests deeper, and a hostile page costs little


@attrs.frozen
class Option:
    """One ``:key: value`` of a block, with its line in the page counted from 0."""

    key: str
    value: str
    line: int


@attrs.frozen
class Block:
    """A directive fence: its name, argument, options, body, and where it stands (lines from 0).

    ``body_start`` is the page line of the first line of ``body``; ``headings`` are those of the body, by its
    own lines. ``in_container`` tells of a list or quote around it, ``depth`` of blocks around it.
    """

    name: str
    argument: str
    options: tuple[Option, ...]
    body: str
    body_start: int
    span: Span
    closed: bool
    depth: int = 0
    in_container: bool = False
    headings: tuple[Heading, ...] = ()

    @property
    def raw(self) -> dict[str, str]:
        """Options by key; of two with one key, the first."""
        return {option.key: option.value for option in reversed(self.options)}


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").use(front_matter_plugin).use(colon_fence_plugin)
    parser.enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def tokens_of(text: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    return _parser().parse(text)


def blocks_of(text: str) -> list[Block]:
    """Return every directive block of a page in order, those inside another right after it."""
    return list(_blocks(tokens_of(text), text, 0, 0)) if "{" in text else []


def is_opening(info: str) -> bool:
    """Return whether what stands behind the marks of a fence makes it a block."""
    return _INFO.match(info.strip()) is not None


def headings_of(text: str) -> tuple[Heading, ...]:
    """Return the headings of a text that stand outside lists, quotes and fences."""
    return in_tokens(tokens_of(text)) if needs_parser(text) else in_lines(text)


def _blocks(tokens: list[Token], text: str, start: int, depth: int) -> Iterator[Block]:
    """Give the blocks among the tokens of a text whose first line is line ``start`` of its page."""
    lines = text.split("\n")
    for token in tokens:
        if token.type in ("colon_fence", "fence") and token.map:
            match = _INFO.match(token.info.strip())
            if match:
                yield from _block(token, match, lines, start, depth)


def _block(token: Token, match: re.Match[str], lines: list[str], start: int, depth: int) -> Iterator[Block]:
    first, end = token.map or (0, 0)
    content = token.content.split("\n")
    pairs, taken = split_options(content)
    body, body_start = "\n".join(content[taken:]), start + first + 1 + taken
    headings, inner = _inside(match["name"], body, body_start, depth + 1)
    yield Block(
        name=match["name"],
        argument=match["argument"].strip(),
        options=tuple(Option(key, value, start + first + 1 + at) for at, (key, value) in enumerate(pairs)),
        body=body,
        body_start=body_start,
        span=Span(start + first, start + end),
        closed=_closed(token, lines[first + 1 : end]),
        depth=depth,
        in_container=token.level > 0,
        headings=headings,
    )
    yield from inner


def _inside(name: str, body: str, start: int, depth: int) -> tuple[tuple[Heading, ...], list[Block]]:
    """Return the headings and blocks of a block's body; a literal body has none."""
    if name in LITERAL or depth > _MAX_DEPTH:
        return (), []
    if not needs_parser(body):
        return in_lines(body), []
    tokens = tokens_of(body)
    return in_tokens(tokens), list(_blocks(tokens, body, start, depth)) if "{" in body else []


def _closed(token: Token, lines: list[str]) -> bool:
    last = lines[-1].strip(" \t>") if lines else ""
    return len(last) >= len(token.markup) and not last.strip(token.markup[0])
