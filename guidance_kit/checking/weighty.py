"""The things in running text that weigh: numbers, dates, units, negations, modals, limits, telephone numbers.

A change of one of them changes what a reader is told, however small it looks. "Two" and "2" are the same
number, "cannot", "can't" and "can not" the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

_TOKEN = re.compile(
    r"""(?P<link>(?:https?://|www\.)[^\s<>()]+|[^\s@<>()]{1,64}@[^\s@<>()]{1,255}\.\w+)
    |(?P<date>\d{4}-\d\d(?:-\d\d)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})
    |(?P<phone>(?:\+|\b0)\d[\d() -]{5,20}\d)
    |(?P<number>\d+(?:[.,:/]\d+)*(?:\s?[ap]m\b)?)
    |(?P<unit>[%\u00a3$\u20ac\u00b0])
    |(?P<word>[^\W\d_]+(?:['\u2019-][^\W\d_]+)*)""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT = re.compile(r"(?P<verb>\w+?)n['\u2019]t")
_SHORT = {"ca": "can", "wo": "will", "sha": "shall"}  # what stands before "n't"


def _numbered(words: str, first: int, step: int = 1) -> dict[str, str]:
    return {word: str(first + at * step) for at, word in enumerate(words.split())}


def _same(kind: str, words: str) -> dict[str, tuple[str, str]]:
    """Return words by themselves; those joined by ``=`` are one and the same (``week=weeks``)."""
    groups = (group.split("=") for group in words.split())
    return {word: (kind, group[0]) for group in groups for word in group}


_NUMBERS = {
    **_numbered("zero one two three four five six seven eight nine ten eleven twelve", 0),
    **_numbered("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    **_numbered("first second third fourth fifth sixth seventh eighth ninth tenth", 1),
    "once": "1",
    "twice": "2",
    "double": "2",
    "dozen": "12",
    "hundred": "100",
    "hundreds": "100",
    "thousand": "1000",
    "thousands": "1000",
    "million": "1000000",
    "half": "1/2",
    "quarter": "1/4",
}
#: What a word is: its kind, and the word it stands for. "May" may be the month; it weighs either way.
_WORDS: Mapping[str, tuple[str, str]] = {
    **{word: ("number", value) for word, value in _NUMBERS.items()},
    **_same("modal", "must should shall may might can could will would ought need=needs"),
    **_same("negation", "not no never none nor neither without nobody nothing nowhere non unless except"),
    **_same("limit", "within before after until least most more less fewer all any every always only"),
    **_same("date", "january february march april june july august september october november december"),
    **_same("date", "monday tuesday wednesday thursday friday saturday sunday noon=midday midnight"),
    **_same("unit", "seconds minute=minutes hour=hours=hourly day=days=daily weekday=weekdays"),
    **_same("unit", "weekend=weekends week=weeks=weekly fortnight=fortnights=fortnightly"),
    **_same("unit", "month=months=monthly semester=semesters year=years=yearly=annual=annually"),
    **_same("unit", "working percent=cent=% pound=pounds=\u00a3 pence euro=euros=\u20ac dollar=dollars=$"),
    **_same("unit", "mile=miles kilometre=kilometres=km metre=metres gram=grams kg mg mcg ml litre=litres"),
    "\u00b0": ("unit", "degree"),
}


@attrs.frozen
class Mark:
    """Something that weighs: its kind, what it comes to, and how it is written, which does not count."""

    kind: str
    key: str
    shown: str = attrs.field(eq=False)


def marks_in(text: str) -> Iterator[Mark]:
    """Give everything in plain words that weighs, in order."""
    for match in _TOKEN.finditer(text):
        kind, shown = match.lastgroup or "", match[0]
        if kind == "word":
            yield from _of_word(shown)
        elif kind == "unit":
            yield Mark(*_WORDS[shown], shown)
        elif kind == "phone":
            yield Mark(kind, re.sub(r"\D", "", shown), shown)
        elif kind == "link":
            yield Mark(kind, shown.rstrip(".,;:"), shown.rstrip(".,;:"))
        else:
            yield Mark(kind, re.sub(r"[,\s](?=\d{3}|[ap]m)", "", shown.lower()), shown)


def _of_word(shown: str) -> Iterator[Mark]:
    """Give what weighs in a word: each piece between hyphens, and both halves of ``mustn't``."""
    for piece in shown.split("-"):
        word = piece.lower()
        short = _NOT.fullmatch(word)
        if short or word == "cannot":
            verb = short["verb"] if short else "can"
            verb = _SHORT.get(verb, verb)
            if verb in _WORDS:
                yield Mark(*_WORDS[verb], piece)
            yield Mark("negation", "not", piece)
        elif word in _WORDS:
            yield Mark(*_WORDS[word], piece)
