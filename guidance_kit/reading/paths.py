"""Paths that a page names: none may lead out of the folder that the page belongs to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from guidance_kit.model.inline import PATH_ROLES, prose_of, roles_in
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.blocks import Block

_LINK = re.compile(r"\]\([ \t]*<?(?P<path>[^\s()<>]+)|^\[[^\]\n]+\]:[ \t]+<?(?P<ref>[^\s<>]+)", re.MULTILINE)
_TAKES_PATH = ("image", "figure", "include", "literalinclude", "graphviz", "video")
_FILE_OPTIONS = ("file", "target")


def escapes_of(text: str, blocks: list[Block], path: str, place: Place) -> Iterator[Problem]:
    """Give a problem for each path on the page at ``path`` that leads out of its source's folder."""
    for line, named in (*_in_text(text), *_in_blocks(blocks)):
        if _leads_out(named, path):
            words = f'The path "{named}" leads out of this folder.'
            hint = "Copy what you need into the folder, and name it from here."
            yield Problem("path-escape", words, hint, place.at(line + 1))


def _in_text(text: str) -> Iterator[tuple[int, str]]:
    for first, last in prose_of(text):
        for match in _LINK.finditer(text, first, last):
            yield text.count("\n", 0, match.start()), match["path"] or match["ref"]
    for role in roles_in(text):
        if role.name in PATH_ROLES:
            yield text.count("\n", 0, role.start), role.target


def _in_blocks(blocks: list[Block]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if block.name in _TAKES_PATH and block.argument:
            yield block.span.start, block.argument
        for option in block.options:
            if option.key in _FILE_OPTIONS:
                yield option.line, option.value
        if block.name == "toctree":
            for at, line in enumerate(block.body.split("\n")):
                words = line.strip()
                target = words.rpartition("<")[2].removesuffix(">") if words.endswith(">") else words
                yield block.body_start + at, target


def _leads_out(named: str, path: str) -> bool:
    """Return whether a path, from the page it stands on, leaves the top folder."""
    if "://" in named or named.startswith("#"):
        return named.startswith("file:")
    inside = named[1:] if named.startswith("/") else posixpath.join(posixpath.dirname(path), named)
    return posixpath.normpath(inside).split("/")[0] == ".."
