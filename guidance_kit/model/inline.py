"""Roles in running text: ``{name}`content```, found outside code, with their places.

Composing replaces fact slots and qualifies links by splicing these places; nothing is re-written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import attrs
from markdown_it.token import Token

from guidance_kit.model.markdown import parser
from guidance_kit.model.text import LITERAL, lines_of, plain

_RUN = re.compile(r"[\\`<](?:(?<=`)`*|(?<=\\).|(?<=<)!--)", re.DOTALL)  # one set of first characters: fast
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_NAME = re.compile(r"\{(?P<name>[a-zA-Z][\w:.+-]*)\}$")
_COMMENT = re.compile(r"^[ \t>]*%.*(?:\n|\Z)", re.MULTILINE)
#: A path to a page or file: in a link or picture, a link's definition, or after the name of a block.
PATH = re.compile(
    r"(?P<before>\]\([ \t]*<?|^\[(?!\^)[^\]\n]+\]:[ \t]+<?"
    r"|^\{(?:image|figure|include)\}[ \t]+)"  # prose begins after the mark of a fence
    r"(?P<path>(?<=<)[^<>#\n]+|[^\s()<>#]+)",
    re.MULTILINE,
)
#: The roles of Sphinx that name a page or file.
PATH_ROLES = ("download", "doc")
#: A fence that stands in a list or a quote, or is indented: what it is depends on what it stands in.
_HELD = re.compile(r"^(?=[ \t>*+\d-])(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])+(?:```|~~~|:::)", re.MULTILINE)
_HEAD = re.compile(r"(?:`{3,}|~{3,}|:{3,})")
_FENCE = re.compile(r"^[ \t>]*(?P<mark>`{3,}(?=[^`\n]*$)|~{3,}|:{3,})(?P<info>[^\n]*)$", re.MULTILINE)


@attrs.frozen
class Role:
    """One use of a role: its name, what stands between the backticks, and the slice of the text it covers."""

    name: str
    content: str
    start: int
    end: int

    @property
    def target(self) -> str:
        """The id it names: the content, or what stands in ``words <id>``."""
        return self._pair[1]

    @property
    def words(self) -> str:
        """The words given for a link; empty if there are none."""
        return self._pair[0]

    @property
    def _pair(self) -> tuple[str, str]:
        content = self.content.strip()
        if content.endswith(">"):
            words, mark, target = content[:-1].rpartition("<")
            if mark and ">" not in target:
                return words.strip(), target.strip()
        return "", content


def roles_in(text: str) -> Iterator[Role]:
    """Give every role of a Markdown text in order, leaving out what stands in code."""
    if "}`" not in text:
        return
    for first, last in prose_of(text):
        if text.find("}`", first, last) >= 0:
            yield from _roles(text, first, last)


def replace_roles(text: str, new: Callable[[Role], str | None]) -> str:
    """Return the text with each role for which ``new`` gives words replaced by them, once."""
    pieces: list[str] = []
    at = 0
    for role in roles_in(text):
        words = new(role)
        if words is not None:
            pieces.extend((text[at : role.start], words))
            at = role.end
    return "".join((*pieces, text[at:]))


def local_fact(value: str) -> str:
    """Return a value of a local fact as a role, whose content is never parsed."""
    most = max((len(run) for run in re.findall("`+", value)), default=0)
    ticks = "`" * (most + 1)
    pad = " " if value.startswith("`") or value.endswith("`") else ""
    return f"{{local-fact}}{ticks}{pad}{value}{pad}{ticks}"


def without_comments(text: str) -> str:
    """Return the text without its lines of comment (``% words``, MyST), which no reader sees."""
    if "%" not in text:
        return text
    pieces: list[str] = []
    at = 0
    for first, last in prose_of(text):
        pieces.extend((text[at:first], _COMMENT.sub("", text[first:last])))
        at = last
    return "".join((*pieces, text[at:]))


def plain_prose(text: str) -> Iterator[tuple[int, str]]:
    """Give the pieces of a text that are not fenced code, and where each begins, code in a line blanked."""
    for first, last in prose_of(text):
        yield first, _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text[first:last])


def _roles(text: str, first: int, last: int) -> Iterator[Role]:
    at = first
    while match := _RUN.search(text, at, last):
        at = match.end()
        if match[0][0] == "\\":
            continue
        if match[0][0] == "<":
            at = max(at, text.find("-->", at, last) + len("-->"))  # a comment, if it ends
            continue
        close = _closing(text, at, last, len(match[0]))
        if close is None:
            continue
        named = _NAME.search(text, max(first, match.start() - 80), match.start())
        if named and not _is_escaped(text, named.start()):
            yield Role(named["name"], text[at : close[0]].strip(" "), named.start(), close[1])
        at = close[1]


def _is_escaped(text: str, at: int) -> bool:
    """Return whether an odd number of backslashes stands before a character."""
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1


def _closing(text: str, at: int, last: int, length: int) -> tuple[int, int] | None:
    for run in re.compile("`+").finditer(text, at, last):
        if len(run[0]) == length:
            return None if _BLANK.search(text, at, run.start()) else run.span()
    return None


def prose_of(text: str) -> Iterator[tuple[int, int]]:
    """Give the slices of a text that are not fenced code."""
    if "``" not in text and "~~~" not in text and ":::" not in text:
        yield 0, len(text)
        return
    if _HELD.search(text):
        yield from _prose_by_tokens(text)
        return
    start = 0
    fences = _Fences()
    for match in _FENCE.finditer(text):
        was_code = fences.code
        fences.meet(match["mark"], match["info"].strip())
        if not was_code:
            yield start, match.start()
        if not fences.code:
            yield match.span("info")  # the title of a block may hold roles
        start = match.end()
    if not fences.code:
        yield start, len(text)


def _prose_by_tokens(text: str) -> Iterator[tuple[int, int]]:
    """Give the slices that are not fenced code, as the parser sees it, which knows lists and quotes."""
    marks: dict[int, bool] = {}
    _mark(parser().parse(plain(text)), 0, marks)
    at = start = 0
    for number, line in enumerate(lines_of(text)):
        if number in marks:
            if start < at:
                yield start, at
            fence = _HEAD.search(line) if marks[number] else None
            if fence:
                yield at + fence.end(), at + len(line.rstrip("\r\n"))
            start = at + len(line)
        at += len(line)
    if start < at:
        yield start, at


def _mark(tokens: Iterable[Token], first: int, marks: dict[int, bool]) -> None:
    """Note the lines of fences and of what is code in them: True where a block with a title begins."""
    for token in tokens:
        if token.type not in ("fence", "colon_fence") or token.map is None:
            continue
        start, end = (first + at for at in token.map)
        body = token.content.count("\n")
        if _is_code(token.markup, token.info.strip()):
            marks |= dict.fromkeys(range(start, end), False)
            continue
        marks[start] = True
        if end > start + 1 + body:
            marks[end - 1] = False
        _mark(parser().parse(token.content), start + 1, marks)


class _Fences:
    """The fences that are open at a line, outermost first; only the last can be code."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.code = False

    def meet(self, mark: str, info: str) -> None:
        """Take note of a fence: it closes the outermost open one that it can, or opens another."""
        if not info:
            for depth, opened in enumerate(self.open):
                if mark.startswith(opened):
                    del self.open[depth:]
                    self.code = False
                    return
        if not self.code:
            self.open.append(mark)
            self.code = _is_code(mark, info)


def _is_code(mark: str, info: str) -> bool:
    named = re.match(r"\{([\w:.-]+)\}", info)
    if named:
        return named[1] in LITERAL
    return mark[0] != ":"
