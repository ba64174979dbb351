"""Paths that lead out of an edition: no page may show, include or offer a file from anywhere else.

Reading looks at each path from the file it is written in. Here the composed pages are looked at as Sphinx
will see them, since local words stand on national pages, and since what is taken in is published.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from guidance_kit.model.edition import ComposedPage, Edition
from guidance_kit.model.text import lines_of
from guidance_kit.problems import Place, Problem

_CLIMBING = re.compile(r"[^\s\"'()<>`\[\]{}|]*\.\.[/\\][^\s\"'()<>`\[\]{}|]*")
#: Options of the directives csv-table and raw, which would read any file of the machine.
_OPENING = re.compile(
    r"^[ \t>]*:(?:file|url):\s*(?P<path>/\S*|[a-zA-Z]:[/\\]\S*|file:\S*|~\S*)", re.IGNORECASE
)
_ESCAPED_DOT = re.compile(r"\\\.")


def escaping_paths(edition: Edition) -> Iterator[Problem]:
    """Give a problem for each path on a composed page that leads out, unless reading has told of it."""
    told = {problem.place for problem in edition.problems if problem.code == "path-escape"}
    for page in edition.pages:
        if _is_suspect(page.text):
            for number, line in enumerate(lines_of(page.text), 1):
                for path in _paths_out(line, posixpath.dirname(page.path)):
                    problem = _problem(edition, page, number, path)
                    if problem.place not in told:
                        yield problem


def leads_out(path: str, folder: str = "") -> bool:
    """Return whether a path, as a page in ``folder`` of a tree names it, leaves the tree."""
    path = path.replace("\\", "/")
    inside = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(inside).split("/")[0] == ".."


def _is_suspect(text: str) -> bool:
    return (
        ".." in text or ":file:" in text or ":url:" in text or "&#" in text or "%2" in text or "\\." in text
    )


def _paths_out(line: str, folder: str) -> Iterator[str]:
    opening = _OPENING.match(line)
    if opening:
        yield opening["path"]
    plain = _ESCAPED_DOT.sub(".", html.unescape(unquote(line)))
    for match in _CLIMBING.finditer(plain):
        if "://" not in match[0] and leads_out(match[0], folder):
            yield match[0]


def _problem(edition: Edition, page: ComposedPage, number: int, path: str) -> Problem:
    source, written, line = page.origin_of(number)
    root = edition.overlay.root if source == edition.id else edition.base.root
    words = f'The path "{path}" leads out of the edition.'
    hint = "Put the file into local/ and name it from there."
    return Problem("path-escape", words, hint, Place.within(root, written, line))
