"""A block of others, such as MyST's note, that says what only one of ours does: one of ours is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from guidance_kit.model.fields import options_of
from guidance_kit.model.item import SLUG
from guidance_kit.problems import Problem
from guidance_kit.reading.blocks import Block
from guidance_kit.reading.operations import AdaptOptions, NoteOptions
from guidance_kit.reading.pages import ReadPage, kind_name
from guidance_kit.reading.strays import NOTE

#: No argument of a block of others is like the first; the title of a note could be like the second.
_PART = re.compile(rf"(?:{SLUG.pattern}:)?{SLUG.pattern}#{SLUG.pattern}(?:\s.*)?")
_ITEM = re.compile(rf"{SLUG.pattern}:{SLUG.pattern}(?:\s.*)?")
_NOTES = ("note", "notes")
_OURS = frozenset(spec.key for options in (AdaptOptions, NoteOptions) for spec in options_of(options))


def borrowed(read: Iterable[ReadPage], ours: Collection[str]) -> Iterator[Problem]:
    """Give a problem for each block that is about an item or part as only a note or adaptation is.

    ``ours`` are the names of the blocks that mean something here.
    """
    for page in read:
        told = {problem.place.line for problem in page.problems}
        for block in page.blocks:
            line = block.span.start + 1
            if kind_name(block.name) not in ours and line not in told and means_ours(block):
                words = f"This {{{block.name}}} block says what a local note or an adaptation would, "
                words += "and is neither: it changes nothing, and nobody looks at it beside a new text."
                hint = f"Write {{{NOTE}}} beside national words, or {{adapt}} for others in their place."
                yield Problem("unknown-view", words, hint, page.file.at(line))


def means_ours(block: Block) -> bool:
    """Return whether a block of others has the target, or a note of others the options, that ours have."""
    if _PART.fullmatch(block.argument):
        return True
    about = _ITEM.fullmatch(block.argument) or not _OURS.isdisjoint(block.raw)
    return block.name in _NOTES and bool(about)
