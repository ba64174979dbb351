"""The body of a block, parsed and split at its headings, in Markdown and in reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeGuard

import attrs
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.parsing import nested_parse_to_nodes

from guidance_kit.sphinx_ext.anchors import release
from guidance_kit.sphinx_ext.nodes import guidance_heading
from guidance_kit.sphinx_ext.positions import body_line, is_markdown

_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1+\s*$")


@attrs.frozen
class Piece:
    """The text before the first heading, or under one: its nodes, its source, and where it starts.

    ``line`` is that of its heading in the source file; ``first`` the index of its text in the content.
    """

    heading: str | None
    line: int
    first: int
    text: str
    children: list[nodes.Node] = attrs.field(eq=False)
    ids: list[str] = attrs.field(factory=list)


def pieces_of(directive: SphinxDirective, first: int) -> Iterator[Piece]:
    """Give the pieces of a directive's content from a line on."""
    split = _markdown_pieces if is_markdown(directive) else _restructuredtext_pieces
    return split(directive, first)


def _markdown_pieces(directive: SphinxDirective, first: int) -> Iterator[Piece]:
    """Parse all at once, as links may be defined anywhere, and split at what MyST found to be headings.

    Inside a directive MyST makes each heading a rubric that knows its level.
    """
    content = directive.content
    holder = nodes.Element()
    holder.document = directive.state.document
    directive.state.nested_parse(content[first:], directive.content_offset + first, holder)
    children = holder.children
    headings = [(at, node) for at, node in enumerate(children) if is_heading(node)]
    top = min((node["level"] for _, node in headings), default=0)
    tops = [(at, node) for at, node in headings if node["level"] == top]
    zero = body_line(directive, 0)
    starts = [int(node.line or zero) - zero for _, node in tops]
    ends = [*starts, len(content)]
    cuts = [*(at for at, _ in tops), len(children)]
    yield _piece(directive, None, first, ends[0], children[: cuts[0]])
    for number, (at, heading) in enumerate(tops):
        after = _after_heading(content, starts[number])
        yield _piece(directive, heading, after, ends[number + 1], children[at + 1 : cuts[number + 1]])


def _after_heading(content: StringList, start: int) -> int:
    """Return the index of the line after a heading, which may be underlined."""
    after = start + 1
    underlined = after < len(content) and re.fullmatch(r" {0,3}(=+|-+)\s*", content[after])
    return after + 1 if underlined and not content[start].lstrip().startswith("#") else after


def is_heading(node: nodes.Node) -> TypeGuard[nodes.rubric]:
    """Return whether a node is a heading as MyST makes it inside a directive."""
    return isinstance(node, nodes.rubric) and "level" in node


def _piece(
    directive: SphinxDirective, heading: nodes.rubric | None, first: int, end: int, children: list[nodes.Node]
) -> Piece:
    text = "\n".join(directive.content[first:end])
    if heading is None:
        return Piece(None, directive.lineno, first, text, children)
    words = " ".join(
        child.astext() for child in heading.children if not isinstance(child, nodes.system_message)
    )
    ids = list(heading["ids"]) if "slug" in heading else []  # links by slug must still find their place
    if not ids:
        release(directive.state.document, heading)
    return Piece(words.strip(), int(heading.line or directive.lineno), first, text, children, ids)


def _restructuredtext_pieces(directive: SphinxDirective, first: int) -> Iterator[Piece]:
    content = directive.content
    headings = list(_underlined(list(content)))
    ends = [*(start for _, start, _ in headings), len(content)]
    yield _parsed(directive, None, 0, first, ends[0])
    for number, (words, start, after) in enumerate(headings):
        yield _parsed(directive, words, start, after, ends[number + 1])


def _underlined(lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Give the headings in the style of the first: words, first line, and the line after."""
    top = ""
    at = 0
    while at < len(lines):
        found = _heading_at(lines, at)
        if found and (not top or found[0] == top):
            top, words, after = found
            yield words, at, after
            at = after
        else:
            at += 1


def _heading_at(lines: list[str], at: int) -> tuple[str, str, int] | None:
    """Return the style, words and end of a heading that starts at a line."""
    if at and lines[at - 1].strip():
        return None
    over = _UNDERLINE.match(lines[at])
    words = at + 1 if over else at
    if words + 1 >= len(lines) or not lines[words].strip() or (lines[words][0].isspace() and not over):
        return None
    under = _UNDERLINE.match(lines[words + 1])
    if not under or len(under[0].strip()) < len(lines[words].strip()) or (over and over[1] != under[1]):
        return None
    style = under[1] * (2 if over else 1)
    return style, lines[words].strip(), words + 2


def _parsed(directive: SphinxDirective, heading: str | None, start: int, first: int, end: int) -> Piece:
    text = "\n".join(directive.content[first:end])
    children = nested_parse_to_nodes(
        directive.state, directive.content[first:end], offset=directive.content_offset + first
    )
    line = directive.lineno if heading is None else body_line(directive, start)
    return Piece(heading, line, first, text, children)


def sections_of(document: nodes.document, children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return nodes with each heading among them and what follows it as a section, deeper ones inside."""
    result = nodes.Element()
    open_sections: list[tuple[int, nodes.Element]] = [(0, result)]
    for node in children:
        if not is_heading(node):
            open_sections[-1][1].append(node)
            continue
        level = node["level"]
        while open_sections[-1][0] >= level:
            open_sections.pop()
        section = _section(document, node)
        open_sections[-1][1].append(section)
        open_sections.append((level, section))
    return result.children


def headings_of(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return nodes with each heading among them as one of ours, below that of its part."""
    children = list(children)
    levels = sorted({node["level"] for node in children if is_heading(node)})
    return [
        _heading(node, levels.index(node["level"]) + 1) if is_heading(node) else node for node in children
    ]


def _section(document: nodes.document, rubric: nodes.rubric) -> nodes.section:
    title = nodes.title(rubric.rawsource, "", *rubric.children)
    title.source, title.line = rubric.source, rubric.line
    section = nodes.section("", title)
    _take_over(section, rubric)
    for anchor in section["ids"]:
        document.ids[anchor] = section
    return section


def _heading(rubric: nodes.rubric, deeper: int) -> guidance_heading:
    heading = guidance_heading(rubric.rawsource, "", *rubric.children, deeper=deeper)
    _take_over(heading, rubric)
    return heading


def _take_over(node: nodes.Element, rubric: nodes.rubric) -> None:
    node.source, node.line = rubric.source, rubric.line
    for name in ("ids", "names", "dupnames"):
        node[name] = rubric[name]
    if "slug" in rubric:
        node["slug"] = rubric["slug"]
