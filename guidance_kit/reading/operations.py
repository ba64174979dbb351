"""The ``{adapt}`` and ``{local-note}`` blocks of an edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

import attrs

from guidance_kit.model.fields import Described, PartialDate, about, parts_of
from guidance_kit.model.inline import without_comments
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.overlay import Adapt, Note
from guidance_kit.model.vocabulary import AdaptKind, Word
from guidance_kit.problems import Place, Problem, Severity
from guidance_kit.reading.blocks import Block, headings_of
from guidance_kit.reading.fields import full_id, is_slug, read_fields, read_ratings
from guidance_kit.reading.markup import html_faults
from guidance_kit.reading.pages import ReadPage, kind_name
from guidance_kit.reading.shape import field_twice

_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)  # what no reader sees
_END = "the end"  # a heading put after a text, to see whether the text lets it be one
_TARGET = re.compile(r"(?P<item>[^#\s]+)(?:#(?P<part>[^#\s]+))?(?:\s+(?P<title>.+))?")
#: A target with a space beside its colon or hash.
_SPACED = re.compile(r"[^#\s:]+(?:\s*:\s*[^#\s:]+)?(?:\s*#\s*[a-z][^#\s:]*)?")


class Stand(Word):
    """Where a note stands."""

    BEFORE = "before", "Before"
    AFTER = "after", "After"


@attrs.frozen(kw_only=True)
class AdaptOptions:
    """The options of an ``{adapt}`` block."""

    label: ClassVar[str] = "Adaptation"

    kind: AdaptKind = attrs.field(
        default=AdaptKind.CONTEXT,
        metadata=about("Whether scope and intention stay (context) or change (meaning)."),
    )
    reason: str = attrs.field(default="", metadata=about("Why the words were changed."))
    approved_by: str = attrs.field(default="", metadata=about("Who approved it, by role."))
    approved_on: PartialDate = attrs.field(default=PartialDate(), metadata=about("When it was approved."))
    review_by: PartialDate = attrs.field(
        default=PartialDate(), metadata=about("When somebody should look again.")
    )


@attrs.frozen(kw_only=True)
class NoteOptions:
    """The options of a ``{local-note}`` block."""

    label: ClassVar[str] = "Local note"

    id: str = attrs.field(metadata=about("A permanent name for the note in this edition."))
    stands: Stand = attrs.field(
        default=Stand.AFTER, metadata=about("Whether it stands before or after the national words.")
    )
    by: str = attrs.field(default="", metadata=about("Who says it, if not the publisher of the edition."))


def read_operations(
    read: Iterable[ReadPage],
    space: str,
    kinds: Mapping[str, type[Item]] = KINDS,
    carries: Collection[str] = (),
) -> tuple[tuple[Adapt, ...], tuple[Note, ...], list[Problem]]:
    """Return the adaptations and notes in the pages of ``local/``, and every problem in them.

    ``carries`` are the spaces of earlier editions, whose notes keep their ids.
    """
    adaptations: list[Adapt] = []
    notes: list[Note] = []
    problems: list[Problem] = []
    for page in read:
        held = _held(page)
        problems += [_inside(one, around, page.file) for one, around in held]
        astray = [one for pair in held for one in pair]
        for block in page.operations:
            if block in astray:  # its words, or those around them, are not what somebody meant
                continue
            found, faults = _operation(block, page.file, space, carries)
            if isinstance(found, Adapt):
                found, more = _adapted(found, kinds, space)
                faults += more
            problems += faults
            if isinstance(found, Adapt):
                adaptations.append(found)
            elif found is not None:
                notes.append(found)
    return tuple(adaptations), tuple(notes), problems


def _held(page: ReadPage) -> list[tuple[Block, Block]]:
    """Return the operations that stand inside another block, each with the block right around it."""
    found = []
    for one in page.operations:
        around = [other for other in page.blocks if other.depth < one.depth and one.span.start in other.span]
        found += [(one, max(around, key=lambda other: other.depth))] if around else []
    return found


def _inside(one: Block, around: Block, file: Place) -> Problem:
    words = f"This {{{one.name}}} block stands inside {{{around.name}}}, where it changes nothing."
    hint = f"Put it below the end of the {{{around.name}}} block, as a block of its own."
    return Problem("misnamed", words, hint, file.at(one.span.start + 1))


def _operation(
    block: Block, file: Place, space: str, carries: Collection[str]
) -> tuple[Adapt | Note | None, list[Problem]]:
    at = file.at(block.span.start + 1)
    is_note = kind_name(block.name) == "local-note"
    target = _TARGET.fullmatch(block.argument)
    spaced = _SPACED.match(block.argument)
    if spaced and len(spaced[0].split()) > 1:
        return None, [_with_space(block, spaced[0], at)]
    if not target:
        return None, [_no_target(block, at)]
    values, problems = _options(NoteOptions if is_note else AdaptOptions, block, file, carries)
    first, text = _body(block)
    if not is_note and not target["part"]:
        words = "This adaptation does not say which part it adapts."
        hint = f"Write the part after it, such as {target['item']}#summary."
        problems.append(Problem("unknown-target", words, hint, at))
    if not _HIDDEN.sub("", without_comments(text)).strip():
        problems.append(_empty(block, at))
    problems += html_faults(text, at)
    if any(one.severity is Severity.ERROR and one.code != "unknown-field" for one in problems):
        return None, problems
    common: dict[str, Any] = {
        "item": full_id(target["item"], space),
        "part": target["part"] or "",
        "text": text,
        "first_line": first + 1,
        "origin": at,
    }
    if is_note:
        before = values.pop("stands", Stand.AFTER) is Stand.BEFORE
        name = full_id(values.pop("id"), space)
        by = values.pop("by", "")
        return Note(id=name, title=target["title"] or "", by=by, before=before, **common), problems
    return Adapt(**values, **common), problems


def _adapted(op: Adapt, kinds: Mapping[str, type[Item]], space: str) -> tuple[Adapt | None, list[Problem]]:
    """Return an adaptation with its headings and judgements; None if its text cannot stand in a block."""
    headings = headings_of(f"{op.text}\n\n# {_END}")
    if not headings or headings[-1].text != _END:
        words = "Something in this adaptation is opened and never closed."
        hint = "Close each fence, comment and HTML element in it."
        return None, [Problem("unterminated-block", words, hint, op.origin)]
    rated = next((k for k in kinds.values() for p in parts_of(k) if p.key == op.part and p.about.rates), None)
    ratings, faults = read_ratings(rated, {op.part: op.text}, space) if rated else ((), [])
    problems = [Problem(f.code, f.message, f.hint, op.origin.at(op.first_line + f.line)) for f in faults]
    top = min((heading.level for heading in headings[:-1]), default=0)
    return (None if problems else attrs.evolve(op, ratings=ratings, top_heading=top)), problems


def _options(
    cls: type[Described], block: Block, file: Place, carries: Collection[str]
) -> tuple[dict[str, Any], list[Problem]]:
    values, faults = read_fields(cls, block.raw)
    lines = {option.key: option.line for option in reversed(block.options)}
    problems = [
        Problem(
            fault.code,
            fault.message,
            fault.hint,
            file.at(lines.get(fault.key, block.span.start) + 1),
        )
        for fault in faults
    ]
    for option in block.options:
        if option.line != lines[option.key]:
            fault = field_twice(option.key)
            problems.append(Problem(fault.code, fault.message, fault.hint, file.at(option.line + 1)))
    name = str(values.get("id", "x1"))
    if not is_slug(name) and name.partition(":")[0] not in carries:
        words = f'"{name}" cannot be the id of a note: leave out the part before the colon.'
        problems.append(Problem("wrong-space", words, "", file.at(block.span.start + 1)))
    return values, problems


def _body(block: Block) -> tuple[int, str]:
    """Return the page line (from 0) of the first line of the body that is not blank, and the body."""
    lines = block.body.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return block.body_start + first, "\n".join(lines[first:]).rstrip()


def _no_target(block: Block, at: Place) -> Problem:
    words = f"This {{{block.name}}} block does not say what it is about."
    hint = f"Write the item and part after the name: {{{block.name}}} core:two-homes#summary"
    return Problem("unknown-target", words, hint, at)


def _with_space(block: Block, target: str, at: Place) -> Problem:
    words = f'There is a space within "{target}", which this {{{block.name}}} block is about.'
    hint = f"Write it without: {''.join(target.split())}"
    return Problem("unknown-target", words, hint, at)


def _empty(block: Block, at: Place) -> Problem:
    words = f"This {{{block.name}}} block has no text."
    hint = "Write the local words in it, or delete it."
    if block.name == "adapt":
        hint = "Write the local words in it. To drop an item, leave it out in edition.toml."
    return Problem("empty-adaptation", words, hint, at)
