"""Blocks in local files, found by the line they open on: cut out, or given another body, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from guidance_kit.editing.blocks import block
from guidance_kit.model.text import lines_of, plain
from guidance_kit.reading.blocks import Block, blocks_of


def block_at(text: str, line: int) -> Block | None:
    """Return the block of a page that opens on a line, counted from 1."""
    return next((one for one in blocks_of(plain(text)) if one.span.start + 1 == line), None)


def without_block(text: str, line: int) -> tuple[str, str] | None:
    """Return a page without the block that opens on a line, and the block; None if none does.

    One empty line that parted it from its neighbours goes with it.
    """
    found = block_at(text, line)
    if found is None:
        return None
    lines = lines_of(text)
    start, end = found.span.start, found.span.end
    cut = "".join(lines[start:end])
    if end < len(lines) and not lines[end].strip():
        end += 1
    elif start and not lines[start - 1].strip():
        start -= 1
    return "".join([*lines[:start], *lines[end:]]), cut


def with_body(
    text: str, line: int, body: str, options: Sequence[tuple[str, str]] = (), without: Sequence[str] = ()
) -> str | None:
    """Return a page with other words in the block that opens on a line; None if none does.

    Its options stay, but for those given, which take the place of theirs, and those that it is to be without.
    """
    found = block_at(text, line)
    if found is None:
        return None
    changed = dict(options)
    kept = [(one.key, changed.pop(one.key, one.value)) for one in found.options if one.key not in without]
    new = block(found.name, found.argument, [*kept, *changed.items()], body)
    lines = lines_of(text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    fresh = [f"{one}{end}" for one in new.split("\n")[:-1]]
    whole = "".join([*lines[: found.span.start], *fresh, *lines[found.span.end :]])
    there = block_at(whole, line)
    # a longer fence could end a block around it
    good = there is not None and there.closed and (there.name, there.depth) == (found.name, found.depth)
    return whole if good else None
