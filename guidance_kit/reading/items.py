"""A block becomes an item of its kind, or every problem that keeps it from becoming one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from types import MappingProxyType
from typing import Any

import attrs

from guidance_kit.model.fields import parts_of
from guidance_kit.model.item import Item, Lines, Span
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.blocks import Block
from guidance_kit.reading.fields import Fault, read_fields, read_ratings
from guidance_kit.reading.headings import Heading
from guidance_kit.reading.shape import (
    field_twice,
    missing_parts,
    missing_title,
    part_key,
    part_twice,
    unknown_part,
)
from guidance_kit.reading.strays import curly_end


@attrs.frozen
class ReadItem:
    """What came of a block: the item if it could be made, the id it claims, and its problems."""

    item: Item | None
    claimed: str
    problems: tuple[Problem, ...]


def read_item(
    kind: type[Item], block: Block, place: Place, space: str, asides: Sequence[Span] = ()
) -> ReadItem:
    """Return the item that a block holds; ``place`` names the file.

    ``asides`` are the lines of local notes on the page: one at either end of a part stands beside the words
    of the part, and is none of them.
    """
    beside = {
        line - block.body_start
        for aside in asides
        if aside.start in block.span
        for line in range(aside.start, aside.end)
    }
    pieces, spans, part_problems = _parts(kind, block, place, beside)
    values, faults = read_fields(kind, block.raw, space)
    ratings, rating_faults = read_ratings(kind, pieces, space)
    lines = Lines(
        block.span,
        block.span.start,
        MappingProxyType({option.key: option.line for option in block.options}),
        MappingProxyType(spans),
    )
    problems = [
        *(_problem(fault, lines, place) for fault in (*faults, *rating_faults)),
        *part_problems,
        *_shape(kind, block, place),
    ]
    claimed = str(values.get("id", ""))
    fatal = [problem for problem in problems if problem.code != "unknown-field"]
    if fatal:
        return ReadItem(None, claimed, tuple(problems))
    names = {spec.key: spec.name for spec in parts_of(kind)}
    parts: dict[str, Any] = {names[key]: text for key, text in pieces.items()}
    origin = place.at(block.span.start + 1)
    item = kind(title=block.argument, ratings=ratings, origin=origin, lines=lines, **values, **parts)
    return ReadItem(item, claimed, tuple(problems))


def _parts(
    kind: type[Item], block: Block, place: Place, beside: Collection[int]
) -> tuple[dict[str, str], dict[str, Span], list[Problem]]:
    texts: dict[str, str] = {}
    spans: dict[str, Span] = {}
    problems: list[Problem] = []
    body = block.body.split("\n")
    for heading, start, stop in _pieces(body, block.headings):
        first, end = _trimmed(body, start, stop, beside)
        at = place.at(block.body_start + (heading.start if heading else 0) + 1)
        key = part_key(kind, heading.text if heading else None)
        text = "\n".join(body[first:end])
        if heading is not None and key is None:
            problems.append(_at(unknown_part(kind, heading.text), at))
        elif key in texts:
            problems.append(_at(part_twice(key), at))
        elif key and text:
            texts[key] = text
            spans[key] = Span(block.body_start + first, block.body_start + end)
    first_line = place.at(block.span.start + 1)
    problems.extend(_at(fault, first_line) for fault in missing_parts(kind, texts))
    return texts, spans, problems


def _pieces(body: list[str], headings: Sequence[Heading]) -> Iterator[tuple[Heading | None, int, int]]:
    """Give each piece of a body: its heading (none for the first), its first and end lines."""
    if headings:
        top = min(heading.level for heading in headings)
        headings = [heading for heading in headings if heading.level == top]
    ends = [*(heading.start for heading in headings), len(body)]
    yield None, 0, ends[0]
    for heading, end in zip(headings, ends[1:], strict=True):
        yield heading, heading.end, end


def _trimmed(body: list[str], first: int, end: int, beside: Collection[int]) -> tuple[int, int]:
    """Return the range without blank lines, and without what stands beside the words, at either end."""
    while first < end and (first in beside or not body[first].strip()):
        first += 1
    while end > first and (end - 1 in beside or not body[end - 1].strip()):
        end -= 1
    return first, end


def _shape(kind: type[Item], block: Block, place: Place) -> Iterator[Problem]:
    at = place.at(block.span.start + 1)
    if not block.argument:
        yield _at(missing_title(kind), at)
    end = curly_end(block, place)
    if end:
        yield end
    elif not block.closed:
        yield Problem(
            "unterminated-block",
            f"This {kind.label.lower()} is never closed.",
            ("Add a line with the same number of colons (or backticks) below its last line."),
            at,
        )
    seen: set[str] = set()
    for option in block.options:
        if option.key in seen:
            yield _at(field_twice(option.key), place.at(option.line + 1))
        seen.add(option.key)


def _problem(fault: Fault, lines: Lines, place: Place) -> Problem:
    if fault.key in lines.options:
        line = lines.options[fault.key]
    elif fault.key in lines.parts:
        line = lines.parts[fault.key].start + fault.line
    else:
        line = lines.block.start
    return _at(fault, place.at(line + 1))


def _at(fault: Fault, place: Place) -> Problem:
    return Problem(fault.code, fault.message, fault.hint, place)
