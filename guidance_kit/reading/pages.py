"""A Markdown page becomes a Page: its text, and every item found in it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

import attrs

from guidance_kit.model.item import Item, Span
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.page import Aside, Contents, Page
from guidance_kit.model.text import plain
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.blocks import Block, blocks_of
from guidance_kit.reading.items import ReadItem, read_item
from guidance_kit.reading.paths import escapes_of
from guidance_kit.reading.strays import NOTE, OPERATIONS, kind_name, strays

__all__ = ["OPERATIONS", "ReadPage", "kind_name", "read_page"]


@attrs.frozen
class ReadPage:
    """The page, its file, its blocks, the ids they claim (good or not), its operations, its problems."""

    page: Page
    file: Place
    blocks: tuple[Block, ...]
    claimed: tuple[tuple[str, Place], ...]
    operations: tuple[Block, ...]
    problems: tuple[Problem, ...]


def read_page(
    text: str, path: str, place: Place, space: str, kinds: Mapping[str, type[Item]] = KINDS
) -> ReadPage:
    """Return the page at ``path`` (relative to its source) with all its items and problems.

    ``place`` names the file in messages; ``space`` is implied in ids that name none.
    """
    words = plain(text)
    blocks = blocks_of(words)
    notes = [block for block in blocks if kind_name(block.name) == NOTE]
    read = {
        at: read_item(kinds[name], block, place, space, [note.span for note in notes])
        for at, block in enumerate(blocks)
        if (name := kind_name(block.name)) in kinds
    }
    held = [blocks[at].span for at in read]
    top = [at for at in read if blocks[at].depth == 0 and not blocks[at].in_container]
    page = Page(
        path=path,
        text=text,
        items=tuple(item for at in top if (item := read[at].item)),
        nested=tuple(r.item for at, r in read.items() if at not in top and r.item),
        contents=tuple(_contents(block, path) for block in blocks if block.name == "toctree"),
        asides=tuple(_aside(note) for note in notes if _inside(note, held)),
    )
    problems = [problem for one in read.values() for problem in one.problems]
    problems.extend(strays(words, blocks, place, kinds))
    if ".." in words or "file:" in words:
        problems.extend(escapes_of(words, blocks, path, place))
    operations = tuple(
        block for block in blocks if kind_name(block.name) in OPERATIONS and not _stands(block, held)
    )
    page = attrs.evolve(page, operations=tuple(block.span for block in operations)) if operations else page
    return ReadPage(page, place, tuple(blocks), _claims(read, place, blocks), operations, tuple(problems))


def _stands(block: Block, held: Sequence[Span]) -> bool:
    """Return whether a note stands in its place already: in an item, with the name of whoever says it."""
    return _inside(block, held) and kind_name(block.name) == NOTE and "by" in block.raw


def _inside(block: Block, held: Sequence[Span]) -> bool:
    return any(block.span.start in span for span in held)


def _aside(note: Block) -> Aside:
    raw = note.raw
    return Aside(raw.get("id", ""), raw.get("by", ""), note.argument, note.body.strip("\n"), note.span)


def _claims(read: Mapping[int, ReadItem], place: Place, blocks: list[Block]) -> tuple[tuple[str, Place], ...]:
    return tuple(
        (one.claimed, place.at(blocks[at].span.start + 1)) for at, one in read.items() if one.claimed
    )


def _contents(block: Block, path: str) -> Contents:
    folder = posixpath.dirname(path)
    entries = []
    for at, line in enumerate(block.body.split("\n")):
        words = line.strip()
        if words and not words.startswith("<"):
            target = words.rpartition("<")[2].removesuffix(">") if words.endswith(">") else words
            entries.append((block.body_start + at, _joined(folder, target)))
    return Contents(Span(block.span.start, block.span.end), tuple(entries))


def _joined(folder: str, target: str) -> str:
    name = target.removesuffix(".md")
    return name[1:] if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))
