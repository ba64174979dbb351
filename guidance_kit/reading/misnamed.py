"""The files of an edition that nobody reads, for their name or their place: told, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from guidance_kit.model.item import Item
from guidance_kit.model.text import plain
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.blocks import Block, blocks_of
from guidance_kit.reading.files import read_text
from guidance_kit.reading.pages import ReadPage
from guidance_kit.reading.strays import OPERATIONS, kind_name
from guidance_kit.reading.walking import Found

_DATA, _READ = (".toml", ".json"), ("facts.toml", "references.json")
_PROCESSED = (".doc", ".docx", ".odt", ".rtf", ".pages")
_DOCUMENTS = (".txt", ".html", ".htm")
#: A name that would be read, and what a program put behind it: Notepad writes .txt, and does not show it.
_LENGTHENED = re.compile(
    r"(?P<name>.+)(?P<end>\.md|\.markdown|\.toml|\.json)(?P<more>\.\w+|~)", re.IGNORECASE
)
#: What is put behind the name of a copy of a file that was kept: no more is said where the file is there.
_KEPT = (".bak", ".old", ".orig", ".swp", "~")


def unread(
    folder: Path, found: Found, read: Iterable[ReadPage], kinds: Mapping[str, type[Item]]
) -> Iterator[Problem]:
    """Give a problem for each file below ``local/`` that is meant to be read and is not."""
    texts = [one.page.text for one in read]
    for path in found.files:
        if not any(path.name in text for text in texts):  # what a page links to is there to be sent
            yield from _lengthened(folder, path) or _document(path, kinds) or _data(folder, path)


def astray(root: Path, kinds: Mapping[str, type[Item]]) -> Iterator[Problem]:
    """Give a problem for each file beside ``local/`` that somebody meant to be read: nobody reads it."""
    for path in sorted((*root.glob("*.md"), *root.glob("*.md.txt"))):
        block = _block_in(path, kinds)
        if block:
            words = f"This {{{block.name}}} block is not read: your own words stand in files below local/."
            hint = f"Move the file there: {path.parent / 'local' / path.name.removesuffix('.txt')}"
            yield Problem("misnamed", words, hint, Place(str(path), block.span.start + 1))
    yield from _lengthened(root, root / "edition.toml.txt", ("edition.toml",))


def _lengthened(folder: Path, path: Path, data: Iterable[str] = _READ) -> tuple[Problem, ...]:
    """Return a problem if something stands behind a name that would be read."""
    match = _LENGTHENED.fullmatch(path.name)
    if not match or not path.is_file():
        return ()
    end = ".md" if match["end"].lower() == ".markdown" else match["end"].lower()
    meant = path.with_name(f"{match['name']}{end}")
    there = meant.is_file()
    if (end != ".md" and (meant.name not in data or path.parent != folder)) or (
        there and match["more"].lower() in _KEPT
    ):
        return ()
    words = f'Nothing reads this file, as its name ends in "{match["end"]}{match["more"]}".'
    hint = f"Rename it to {meant.name}."
    if there:
        hint = f"Beside it stands {meant.name}: keep the words that are right in that, and delete this file."
    return (Problem("misnamed", words, hint, Place(str(path))),)


def _document(path: Path, kinds: Mapping[str, type[Item]]) -> tuple[Problem, ...]:
    """Return what is to be said of a document of another program."""
    if path.suffix.lower() in _PROCESSED:
        words = "The words in this document are not read: local words stand in files of plain text."
        hint = f"Copy them into a file whose name ends in .md, as {path.stem}.md, and move this one out of "
        hint += "local/. If readers should have the document itself, link to it from a page."
        return (Problem("misnamed", words, hint, Place(str(path))),)
    if path.suffix.lower() not in _DOCUMENTS:
        return ()
    block = _block_in(path, kinds)
    if block:
        words = f"This {{{block.name}}} block is not read: local words stand in files that end in .md."
        hint = f"Rename the file to {path.stem}.md."
        return (Problem("misnamed", words, hint, Place(str(path), block.span.start + 1)),)
    words = "The words in this file are not read: local words stand in files that end in .md."
    hint = "Put them into such a file, or link to this one from a page."
    return (Problem("unused", words, hint, Place(str(path))),)


def _data(folder: Path, path: Path) -> tuple[Problem, ...]:
    if path.suffix.lower() not in _DATA or path.parent != folder or path.name in _READ:
        return ()
    words = "This file is not read: your own facts stand in facts.toml, sources in references.json."
    return (Problem("misnamed", words, "Call it by the name that is meant.", Place(str(path))),)


def _block_in(path: Path, kinds: Mapping[str, type[Item]]) -> Block | None:
    """Return the first block of ours in a file that is not read."""
    ours = (*kinds, *OPERATIONS)
    return next((one for one in blocks_of(plain(read_text(path)[0])) if kind_name(one.name) in ours), None)
