"""The local files of a flat edition: the child's own, and what it has of the parent's beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guidance_kit.composing.fences import fence_around, prefix_of
from guidance_kit.composing.names import with_full_ids
from guidance_kit.composing.words import Wording
from guidance_kit.editing.blocks import one_line
from guidance_kit.editing.splicing import block_at, with_body, without_block
from guidance_kit.exporting.told import ended
from guidance_kit.model.edition import ComposedPage
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.overlay import PAGES, Adapt, Note
from guidance_kit.model.page import Page
from guidance_kit.model.text import lines_of
from guidance_kit.model.vocabulary import AdaptKind
from guidance_kit.problems import Place
from guidance_kit.reading.blocks import blocks_of
from guidance_kit.reading.files import read_json, read_text
from guidance_kit.reading.overlays import LOCAL
from guidance_kit.reading.pages import read_page
from guidance_kit.reading.walking import walk
from guidance_kit.upgrading.flat_pair import Pair, Renamed, unlinked

_FACTS, _SOURCES = f"{LOCAL}/facts.toml", f"{LOCAL}/references.json"


def local_files(pair: Pair) -> dict[str, bytes]:
    """Return the files below ``local`` by path."""
    found: dict[str, bytes] = {}
    for asset in pair.parent.overlay.assets:
        found[asset.file.relative_to(pair.parent.root).as_posix()] = asset.file.read_bytes()
    found |= {path: text.encode() for path, text in _carried(pair) if text.strip()}
    for file in walk(pair.child.root / LOCAL).files:
        path = file.relative_to(pair.child.root).as_posix()
        found[path] = _own(pair, file).encode() if file.suffix == ".md" else file.read_bytes()
    for path, both in ((_FACTS, _facts), (_SOURCES, _sources)):
        files = [one.root / path for one in (pair.parent, pair.child) if (one.root / path).is_file()]
        if files:
            found[path] = both(files).encode()
    return found


def _facts(files: list[Path]) -> str:
    return "\n".join(read_text(file)[0].removeprefix("\ufeff").rstrip() + "\n" for file in files)


def _sources(files: list[Path]) -> str:
    found: dict[str, Any] = {}
    for file in files:
        for entry in read_json(file)[0]:
            found.setdefault(entry["id"], entry)
    return json.dumps(list(found.values()), ensure_ascii=False, indent=2) + "\n"


# What the child has of the parent's.


def _carried(pair: Pair) -> Iterator[tuple[str, str]]:
    """Give the files that hold what is the parent's, each with its path."""
    unfilled = {page.path: page for page in pair.child.unfilled().pages}
    pages = {page.path.removeprefix(PAGES) for page in pair.parent.overlay.pages}
    for path in sorted(pages & unfilled.keys()):
        yield f"{LOCAL}/{PAGES}{path}", _moved(pair, unfilled[path].text)
    folder = _free(pair)
    items = [text for path, page in unfilled.items() if path not in pages for text in _blocks(pair, page)]
    yield f"{folder}/items.md", "\n".join(items)
    yield f"{folder}/adaptations.md", "\n".join(_adaptations(pair))
    yield f"{folder}/notes.md", "\n".join(_notes(pair))


def _free(pair: Pair) -> str:
    """Return a folder for what is the parent's that the child has not."""
    name, number = f"{LOCAL}/carried/{pair.parent.overlay.id}", 1
    while (pair.child.root / name).exists():
        number += 1
        name = f"{LOCAL}/carried/{pair.parent.overlay.id}-{number}"
    return name


def _moved(pair: Pair, text: str) -> str:
    """Return a composed text as it stands in a file of the flat edition."""
    wording = Wording(Renamed.within(pair, pair.composed), _kinds(), {})
    return _signed(unlinked(wording(text, "", ""), pair, pair.composed), pair)


def _kinds() -> dict[str, Any]:
    return {**{kind.plural.lower().replace(" ", "-"): kind for kind in KINDS.values()}, **KINDS}


def _signed(text: str, pair: Pair) -> str:
    """Return a text whose notes all say who says them, so that they stay where they stand."""
    lines = lines_of(text)
    for block in reversed(blocks_of(text)):
        if block.name == "local-note" and "by" not in block.raw:
            overlays = (pair.parent.overlay, pair.child.overlay)
            space = block.raw.get("id", "").partition(":")[0]
            title = next((one.title for one in overlays if one.id == space), pair.parent.overlay.title)
            lines.insert(block.span.start + 1, f":by: {one_line(title)}\n")
    return "".join(lines)


def _blocks(pair: Pair, page: ComposedPage) -> Iterator[str]:
    """Give the blocks of the parent's own items on a page, as the child has them."""
    read: Page = read_page(page.text, page.path, Place(page.path), pair.parent.base.space).page
    lines = page.text.replace("\r\n", "\n").split("\n")
    for item in (*read.items, *read.nested):
        if item.id in pair.carried and read.holders.get(item.id) not in pair.carried:
            span = item.lines.block
            first, last = (prefix_of(lines[at]) for at in (span.start, span.end - 1))
            rest = [line.removeprefix(last) for line in lines[span.start + 1 : span.end]]
            text = "\n".join((lines[span.start].removeprefix(first), *rest))
            yield _moved(pair, text) + "\n"


def _adaptations(pair: Pair) -> Iterator[str]:
    """Give the parent's adaptations of what the child has and does not adapt itself."""
    ours = set(_by_part(pair))
    for state in pair.parent.edition.composed:
        for part in state.parts:
            op = part.adapted
            if op and pair.has(op.item) and (op.item, op.part) not in ours:
                yield _block("adapt", f"{op.item}#{op.part}", _options(op), _moved(pair, op.text))


def _options(op: Adapt) -> list[tuple[str, str]]:
    said = [("kind", str(op.kind)), ("reason", op.reason), ("approved-by", op.approved_by)]
    return [*said, ("approved-on", op.approved_on), ("review-by", op.review_by)]


def _notes(pair: Pair) -> Iterator[str]:
    """Give the parent's notes beside what the child has."""
    overlay = pair.parent.overlay
    for state in pair.parent.edition.composed:
        for note in (*(one for part in state.parts for one in part.notes), *state.notes):
            if pair.has(note.item):
                by = note.by or overlay.publisher or overlay.title
                where = "before" if note.before else ""
                yield _block(
                    "local-note",
                    _target(note),
                    [("id", note.id), ("stands", where), ("by", by)],
                    _moved(pair, note.text),
                )


def _target(note: Note) -> str:
    return f"{note.item}{'#' if note.part else ''}{note.part} {note.title}".strip()


def _block(name: str, argument: str, options: list[tuple[str, str]], body: str) -> str:
    fence = fence_around(body, ":", argument)
    said = [f":{key}: {one_line(value)}" for key, value in options if value]
    return "\n".join([f"{fence}{{{name}}} {argument}", *said, "", body, fence]) + "\n"


# The child's own files.


def _by_part(pair: Pair) -> dict[tuple[str, str], Adapt]:
    """Return the child's adaptations by what they are of, named in full."""
    full = with_full_ids(pair.child.overlay, pair.written)
    return {(op.item, op.part): op for op in full.adaptations}


def _own(pair: Pair, file: Path) -> str:
    """Return a file of the child's as it stands in the flat edition.

    What it says of the parent's own items is in those items already; its adaptation of a part that the parent
    adapted takes the place of both.
    """
    wording = Wording(Renamed.within(pair, pair.written), _kinds(), {})
    text = wording(_replacing(pair, read_text(file)[0]), "", "")
    full = with_full_ids(pair.child.overlay, pair.written)
    every: tuple[Adapt | Note, ...] = (*full.adaptations, *full.notes)
    ops = [op for op in every if op.origin.path == str(file)]
    for op in sorted(ops, key=lambda op: -op.origin.line):
        if op.item not in pair.parent.base.by_id:
            cut = without_block(text, op.origin.line)
            text = cut[0] if cut else text
        elif isinstance(op, Adapt):
            text = _joined(pair, text, op)
    return unlinked(text, pair, pair.written)


def _joined(pair: Pair, text: str, op: Adapt) -> str:
    """Return a text in which an adaptation says what it and the parent's one together do."""
    state = pair.parent.edition.by_id.get(op.item)
    before = next((part.adapted for part in state.parts if part.key == op.part), None) if state else None
    found = block_at(text, op.origin.line)
    if before is None or found is None:
        return text
    meaning = AdaptKind.MEANING in (op.kind, before.kind)
    overlay = pair.parent.overlay
    earlier = f"{overlay.publisher or overlay.title}: {before.reason}" if before.reason else ""
    options = [
        ("kind", str(AdaptKind.MEANING if meaning else AdaptKind.CONTEXT)),
        ("reason", " ".join(ended(one) for one in (op.reason, earlier) if one)),
    ]
    return with_body(text, op.origin.line, found.body.strip("\n"), options) or text


def _replacing(pair: Pair, text: str) -> str:
    """Return a text in which what replaces an item that replaced another replaces that other."""
    before = {new: old for old, new in pair.parent.edition.redirects.items()}
    lines = text.split("\n")
    for at, line in enumerate(lines):
        key, _, value = line.partition(": ")
        name = pair.written.resolve(value.strip()) if key == ":instead-of" else ""
        if name in before and not pair.has(name):
            lines[at] = f":instead-of: {before[name]}"
    return "\n".join(lines)
