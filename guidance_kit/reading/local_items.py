"""The items of an edition's own, found in ``local/`` by content; and which blocks there come to nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from guidance_kit.model.overlay import PAGES, Add
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.blocks import Block
from guidance_kit.reading.borrowed import means_ours
from guidance_kit.reading.markup import html_faults
from guidance_kit.reading.pages import ReadPage

_UNSURE = ("unterminated-block", "unknown-view", "conflict-markers", "untidy-text", "not-text")
#: What a folder is called that was meant to be ``pages``; files with items may stand in any folder.
_NEARLY_PAGES = ("pages", "page")


def local_items(read: Iterable[ReadPage]) -> tuple[tuple[Add, ...], list[Problem]]:
    """Return every local item, and a problem for each block that comes to nothing where it stands."""
    adds: list[Add] = []
    problems: list[Problem] = []
    for one in read:
        for item in (*one.page.items, *one.page.nested):
            line = item.lines.block.start
            inside = next((block for block in one.operations if line in block.span), None)
            problems.extend(html_faults("\n\n".join((item.title, *item.parts.values())), item.origin))
            if inside is None:
                adds.append(
                    Add(
                        item=item,
                        page=one.page,
                        instead_of=item.instead_of,
                        reason=item.reason,
                        origin=item.origin,
                    )
                )
            else:
                words = (
                    f"This {item.label.lower()} would seem national, as it stands inside {{{inside.name}}}."
                )
                hint = "Write it as a block of its own."
                problems.append(Problem("wrong-space", words, hint, item.origin))
        if not one.page.path.startswith(PAGES):
            problems.extend(_idle(one))
    return tuple(adds), problems


def _idle(one: ReadPage) -> Iterator[Problem]:
    """Give a word on what stands in a local file and on no page."""
    used = {item.lines.block.start for item in (*one.page.items, *one.page.nested)}
    used |= {block.span.start for block in one.operations}
    if one.page.path.partition("/")[0].lower() in _NEARLY_PAGES and _is_page(one, used):
        yield _lost_page(one)
        return
    if not one.blocks and one.page.text.strip() and not one.problems:
        words = "Nothing in this file stands on a page of the edition."
        hint = "Move it to local/pages to make it a page, or write a local note."
        yield Problem("unused", words, hint, one.file.at(1))
    loose = one.page.prose_outside(block.span for block in one.blocks if block.depth == 0)
    unsure = any(problem.code in _UNSURE for problem in one.problems)  # where blocks end is not known
    if one.blocks and loose and not unsure and "<" * 7 not in one.page.text:
        words = "These words stand outside the blocks of this file, so no page shows them."
        yield Problem("unused", words, "Put them into a block, or delete them.", one.file.at(loose[0] + 1))
    for block in one.blocks:
        told = any(problem.place.line - 1 in block.span for problem in one.problems)
        idle = block.depth == 0 and not any(start in block.span for start in used)
        if idle and not told and not means_ours(block):
            words = f"This {{{block.name}}} block stands on no page of the edition."
            yield Problem(
                "unused", words, "Put it in a local note, an adaptation or a page.", _at(one, block)
            )


def _is_page(one: ReadPage, used: Collection[int]) -> bool:
    """Return whether a file says more than the items and blocks in it that are read in any folder."""
    tops = (block for block in one.blocks if block.depth == 0)
    read = (block.span for block in tops if means_ours(block) or any(at in block.span for at in used))
    return bool(one.page.prose_outside(read))


def _lost_page(one: ReadPage) -> Problem:
    words = "No page in this folder is shown: its name is not pages, in small letters."
    hint = "Call it pages. If there is a folder pages already, move these files into that."
    folder = Path(one.file.path).parents[one.page.path.count("/") - 1]
    return Problem("misnamed", words, hint, Place(str(folder)))


def _at(one: ReadPage, block: Block) -> Place:
    return one.file.at(block.span.start + 1)
