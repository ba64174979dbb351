"""The words of a page or part as a reader meets them, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guidance_kit.model.inline import replace_roles, roles_in
from guidance_kit.reading.blocks import blocks_of


def plain(text: str) -> str:
    """Return the words a reader sees: no citations, links as their words, slots as a word."""
    return replace_roles(text, lambda role: "" if role.name == "cite" else role.words or role.content)


def words_in(text: str) -> list[str]:
    """Return the words a reader counts."""
    return [word for word in plain(text).split() if re.search(r"\w", word)]


def sentences(text: str) -> Iterator[str]:
    """Give each sentence of a text, a citation in it shown as ``[cited]``."""
    shown = replace_roles(text, lambda role: "[cited]" if role.name == "cite" else role.words or role.content)
    shown = re.sub(r"^(```|:::).*$|^:[\w-]+:.*$|^#+ .*$", "", shown, flags=re.MULTILINE)
    for piece in re.split(r"\n\s*\n|\n(?=\s*(?:[-*:]|\d+\.)\s)", shown):
        line = " ".join(re.sub(r"^\s*(?:[-*:]|\d+\.)\s+", "", piece.strip("\n")).split())
        yield from (one for one in re.split(r"(?<=[.?!])\**\s+(?=[A-Z*\[])", line) if one)


def uncited(text: str, allowed: Mapping[str, str]) -> list[str]:
    """Return the sentences with a figure and no citation, but for those that begin with allowed words."""
    return [
        sentence
        for sentence in sentences(text)
        if re.search(r"\d", sentence)
        and "[cited]" not in sentence
        and not any(sentence.startswith(start) for start in allowed)
    ]


def cited_in(text: str) -> set[str]:
    """Return the keys of the sources that a text cites."""
    return {key.strip() for role in roles_in(text) if role.name == "cite" for key in role.content.split(",")}


def prose_of(text: str) -> str:
    """Return a page without its blocks of guidance, views and contents lists; lines keep their numbers."""
    lines = text.split("\n")
    for block in blocks_of(text):
        if block.depth == 0 and block.name != "important":
            lines[block.span.start : block.span.end] = [""] * (block.span.end - block.span.start)
    return "\n".join(lines)
