"""What looks like one of our blocks and is read by nobody: told, so that no words are lost in silence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from guidance_kit.model.item import Item
from guidance_kit.model.text import LITERAL
from guidance_kit.problems import Place, Problem, nearest
from guidance_kit.reading.blocks import Block, is_opening, tokens_of

#: Names of our own blocks that are not kinds; anything else in braces belongs to MyST, Sphinx or others.
NOTE = "local-note"
OPERATIONS = ("adapt", NOTE)
_OTHERS = ("matrix", "references")
SURE = 0.8  # how near a name must be to be a slip of one of ours: "adpat" is, and no directive of others
_LONGER = 2  # nor may it be longer than that: "solution-end" belongs to others
_SHORT = re.compile(r"[ ]{0,3}(?:`{1,2}|~{1,2}|:{1,2})[ \t]*\{(?P<name>[\w:.-]+)\}[^`]*")
#: The marks of a block as a word processor makes them of three quotes or backticks.
_CURLY = re.compile(
    r"[ ]{0,3}(?=[`']*[\u2018\u2019\u201c\u201d])[`'\u2018\u2019\u201c\u201d]{2,3}"
    r"[ \t]*\{(?P<name>[\w:.-]+)\}(?P<rest>[^`]*)"
)
#: The end of a block as they make it, and as keyboards of East Asia make colons.
_CURLY_END = re.compile(
    r"^[ ]{0,3}(?=[`':]*[\u2018\u2019\u201c\u201d\uff1a])[`':\u2018\u2019\u201c\u201d\uff1a]{2,}[ \t]*$",
    re.MULTILINE,
)
_OPENING = re.compile(r"(?P<fence>[`:~]{3,})[ \t]*\{(?P<name>[\w:.-]+)\}(?P<rest>.*)")
_FENCE = re.compile(r"^[ \t>*+\d.-]*(?:`{3,}|~{3,}|:{3,})(?P<info>.*)", re.MULTILINE)
#: What may stand between the words of a name, and what is a word: one, two or three make a name.
_JOINTS = re.compile(r"[\s_\u2010-\u2015-]+")
_WORD = r"[^\s{}_\u2010-\u2015-]+"
_NAMES = tuple(
    re.compile(
        rf"[\s{{]*(?P<name>{_WORD}(?:{_JOINTS.pattern}{_WORD}){{{more}}})(?=[\s}}]|$)[\s}}]*(?P<rest>.*)"
    )
    for more in range(3)
)


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
        if name not in (*ours, *views, *_OTHERS) and (block.name != name or _near(name.casefold(), ours)):
            words = f'There is no block called "{block.name}".'
            hint = nearest(name.casefold(), (*ours, *_OTHERS))
            yield Problem("unknown-view", words, hint, place.at(block.span.start + 1))
    for block in blocks:
        if kind_name(block.name) in OPERATIONS and not block.closed and not curly_end(block, place):
            hint = "Add a line with the same number of backticks (or colons) below its last line."
            words = f"This {{{block.name}}} block is never closed."
            yield Problem("unterminated-block", words, hint, place.at(block.span.start + 1))
    yield from (end for one in blocks if kind_name(one.name) in ours and (end := curly_end(one, place)))
    yield from _unnamed(text, blocks, place, ours)
    yield from _unopened(text, place, ours)


def curly_end(block: Block, place: Place) -> Problem | None:
    """Return the problem that a line of a block would close it but for its marks, if there is such a line."""
    match = None if block.body.isascii() else _CURLY_END.search(block.body)
    if not match:
        return None
    words = "This line closes no block: its marks are curly quotes or wide colons."
    hint = "Type as many of the marks that the opening line has: three backticks are ```. A word processor "
    hint += "makes curly quotes of them."
    line = block.body_start + block.body.count("\n", 0, match.start()) + 1
    return Problem("unterminated-block", words, hint, place.at(line))


def _near(name: str, ours: tuple[str, ...]) -> str:
    """Return the name of ours that another is a slip of; empty if it is none."""
    found = difflib.get_close_matches(name, ours, 1, SURE)
    return next((one for one in found if abs(len(name) - len(one)) <= _LONGER), "")


def _unnamed(text: str, blocks: list[Block], place: Place, ours: tuple[str, ...]) -> Iterator[Problem]:
    """Give a problem for each fence that begins with a name of ours, but not with that alone in braces."""
    if not any(_misnames(match["info"], ours) for match in _FENCE.finditer(text)):
        return
    inner = ((one.body_start, one.body) for one in blocks if one.name not in LITERAL)
    for start, part in ((0, text), *inner):
        for token in tokens_of(part):
            fence = token.map if token.type in ("fence", "colon_fence") else None
            meant = _misnames(token.info, ours) if fence else None
            if fence and meant:
                written, name, rest = meant
                words = f'There is no block called "{written}".'
                if written == name:
                    words = f'The name of this block, "{name}", does not stand alone in braces.'
                hint = f"Write {token.markup}{{{name}}} {rest}".rstrip()
                yield Problem("unknown-view", words, hint, place.at(start + fence[0] + 1))


def _misnames(info: str, ours: tuple[str, ...]) -> tuple[str, str, str] | None:
    """Return the name that a fence has, the one of ours that is meant, and the rest; or None."""
    if is_opening(info):
        return None
    for form in _NAMES:
        match = form.match(info)
        name = _near("-".join(_JOINTS.split(match["name"].casefold())), ours) if match else ""
        if match and name:
            return match["name"], name, match["rest"].rstrip(" }")
    return None


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
