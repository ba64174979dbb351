"""Rules about access: links that say where they lead, headings in order, pictures with words (WCAG 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance_kit.checking.passages import Passage, passages
from guidance_kit.checking.subject import Subject
from guidance_kit.model.inline import prose_of
from guidance_kit.problems import Place, Problem

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]{0,500})\]\((?P<where>[^()]{0,2000})\)")
_PICTURE = re.compile(r"!\[(?P<words>[^\[\]]{0,2000})\]\(")
_SHOWN = re.compile(
    r"^[ \t]*(?:`{3,}|:{3,})\{(?:image|figure)\}(?P<rest>(?:.*\n(?:\s*:[\w-]+:.*\n)*))", re.MULTILINE
)
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+\S")
_VAGUE = frozenset(
    (
        "click here",
        "here",
        "link",
        "this link",
        "more",
        "read more",
        "see more",
        "learn more",
        "this page",
        "page",
    )
)


def vague_links(subject: Subject) -> Iterator[Problem]:
    """Give a word on each link whose words do not say where it leads (WCAG 2.2, 2.4.4)."""
    for passage in passages(subject):
        for match, place in _found(passage, _LINK):
            said = " ".join(match["words"].split()).strip(".").casefold()
            vague = not said or said in _VAGUE or said.startswith(("http://", "https://", "www."))
            if vague and not passage.allows("vague-link", place):
                words = f'The words of this link, "{match["words"]}", do not say where it leads.'
                yield Problem("vague-link", words, "Use the name of the page that it leads to.", place)


def headings(subject: Subject) -> Iterator[Problem]:
    """Give a word on each heading of a page that skips a level, or is a second title (WCAG 2.2, 1.3.1)."""
    for passage in passages(subject):
        if passage.item is not None:
            continue
        before = 0
        for number, line in _lines_outside_fences(passage.text):
            match = _HEADING.match(line)
            if not match:
                continue
            level = len(match["marks"])
            if before and (level == 1 or level > before + 1):
                words = (
                    "This is a second title on one page."
                    if level == 1
                    else f"This heading of level {level} follows one of level {before}."
                )
                hint = f"Give it level {min(level, before + 1) if level > 1 else 2}."
                yield Problem("heading-order", words, hint, passage.at(number))
            before = level


def pictures(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each picture without words for those who do not see it (WCAG 2.2, 1.1.1)."""
    for passage in passages(subject):
        bare = [place for match, place in _found(passage, _PICTURE) if not match["words"].strip()]
        shown = (
            (match, passage.at(passage.text.count("\n", 0, match.start())))
            for match in _SHOWN.finditer(passage.text)
        )
        bare += [place for match, place in shown if not re.search(r":alt:\s*\S", match["rest"])]
        for place in bare:
            words = "This picture has no words for people who do not see it."
            yield Problem("missing-alt", words, "Say between the square brackets what it shows.", place)


def _found(passage: Passage, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Place]]:
    for first, last in prose_of(passage.text):
        for match in pattern.finditer(passage.text, first, last):
            yield match, passage.at(passage.text.count("\n", 0, match.start()))


def _lines_outside_fences(text: str) -> Iterator[tuple[int, str]]:
    spans = list(prose_of(text))
    at = 0
    for number, line in enumerate(text.split("\n")):
        if any(first <= at < max(last, first + 1) for first, last in spans):
            yield number, line
        at += len(line) + 1
