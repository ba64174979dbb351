"""What looks like one of our blocks and is read by nobody: told, so that no words are lost in silence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from guidance_kit.model.item import Item
from guidance_kit.problems import Place, Problem, nearest
from guidance_kit.reading.blocks import Block, tokens_of

#: Names of our own blocks that are not kinds; anything else in braces belongs to MyST, Sphinx or others.
NOTE = "local-note"
OPERATIONS = ("adapt", NOTE)
_OTHERS = ("matrix", "references")
_SURE = 0.8  # how near a name must be to be a slip of one of ours: "adpat" is, and no directive of others
_LONGER = 2  # nor may it be longer than that: "solution-end" belongs to others
_SHORT = re.compile(r"[ ]{0,3}(?:`{1,2}|~{1,2}|:{1,2})[ \t]*\{(?P<name>[\w:.-]+)\}[^`]*")
#: The marks of a block as a word processor makes them of three quotes or backticks.
_CURLY = re.compile(
    r"[ ]{0,3}(?=[`']*[\u2018\u2019\u201c\u201d])[`'\u2018\u2019\u201c\u201d]{2,3}"
    r"[ \t]*\{(?P<name>[\w:.-]+)\}(?P<rest>[^`]*)"
)
_OPENING = re.compile(r"(?P<fence>[`:~]{3,})[ \t]*\{(?P<name>[\w:.-]+)\}(?P<rest>.*)")


def kind_name(name: str) -> str:
    """Return a directive's name without the domain."""
    return name.removeprefix("guidance:")


def strays(
    text: str, blocks: list[Block], place: Place, kinds: Mapping[str, type[Item]]
) -> Iterator[Problem]:
    """Give a problem for each block or line of a page that means to be one of our blocks and is not."""
    ours = (*kinds, *OPERATIONS)
    views = tuple(kind.plural.lower().replace(" ", "-") for kind in kinds.values())
    for block in blocks:
        name = kind_name(block.name)
        if name not in (*ours, *views, *_OTHERS) and (block.name != name or _near(name, ours)):
            words = f'There is no block called "{block.name}".'
            hint = nearest(name, (*ours, *_OTHERS))
            yield Problem("unknown-view", words, hint, place.at(block.span.start + 1))
    for block in blocks:
        if kind_name(block.name) in OPERATIONS and not block.closed:
            hint = "Add a line with the same number of backticks (or colons) below its last line."
            words = f"This {{{block.name}}} block is never closed."
            yield Problem("unterminated-block", words, hint, place.at(block.span.start + 1))
    yield from _unopened(text, place, ours)


def _near(name: str, ours: tuple[str, ...]) -> bool:
    return any(
        abs(len(name) - len(one)) <= _LONGER for one in difflib.get_close_matches(name, ours, 1, _SURE)
    )


def _unopened(text: str, place: Place, ours: tuple[str, ...]) -> Iterator[Problem]:
    """Give a problem for each line that looks like the opening of a block and is none to Markdown."""
    lines = text.split("\n")
    odd = [at for at, line in enumerate(lines) if "{" in line and _is_odd(line, ours)]
    if not odd:
        return
    for token in tokens_of(text):
        if token.map and token.type in ("code_block", "inline"):
            for at in range(*token.map):
                if at in odd:
                    yield _never_opened(lines[at], place.at(at + 1), indented=token.type == "code_block")


def _is_odd(line: str, ours: tuple[str, ...]) -> bool:
    short = _SHORT.fullmatch(line) or _CURLY.fullmatch(line)
    if short and kind_name(short["name"]) in ours:
        return True
    match = _OPENING.match(line.strip())
    if not match or kind_name(match["name"]) not in ours:
        return False
    return line.startswith(("\t", "    ")) or (match["fence"][0] == "`" and "`" in match["rest"])


def _never_opened(line: str, at: Place, *, indented: bool) -> Problem:
    if indented:
        words = "This line is indented so far that it is read as code, not as a block."
        return Problem("untidy-text", words, "Take away the spaces or tabs before it.", at)
    curly = _CURLY.fullmatch(line)
    if curly:
        words = "This line opens no block: its marks are curly quotes, which a word processor makes."
        hint = f"Type three backticks in their place, here and where the block ends: ```{{{curly['name']}}}"
        return Problem("unterminated-block", words, f"{hint}{curly['rest']}", at)
    if _SHORT.fullmatch(line):
        words = "This line opens no block: it needs three marks at least, and as many to close it."
        return Problem("unterminated-block", words, f"Write ```{line.strip(' `~:')}", at)
    words = "This line opens no block: its title holds a backtick, and so do its marks."
    return Problem("unterminated-block", words, f"Fence the block with colons: :::{line.strip(' `')}", at)
