"""A rule about links and footnotes that are defined by name: on one page a name leads to one place.

Of two definitions of one name the first counts, wherever it stands on the page, and a name in brackets
becomes a link as soon as anybody defines it (CommonMark 0.31.2, 4.7). So local words could lead the readers
of national ones astray.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from guidance_kit.checking.subject import Subject
from guidance_kit.model.inline import prose_of
from guidance_kit.model.overlay import Adapt, Note
from guidance_kit.model.page import Page
from guidance_kit.problems import Place, Problem

_DEFINITION = re.compile(r"[ \t>*+-]*\[(?P<label>[^\[\]]+)\]:")
_USE = re.compile(r"\[(?P<label>[^\[\]]+)\](?!\(|\[[^\]])")
#: The lines (from 1) of each text of an edition's own that stands among others, by its file.
_Texts = Mapping[str, list[range]]
#: A text: its file, and the line it starts in if it is one of several there.
_Text = tuple[str, int]


def shared_labels(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each name that local words define, and other words on the page use too."""
    if subject.edition is None:
        return
    texts: dict[str, list[range]] = defaultdict(list)
    some: tuple[Adapt | Note, ...] = (*subject.edition.overlay.adaptations, *subject.edition.overlay.notes)
    for one in some:
        last = one.first_line + one.text.count("\n") + 1
        texts[one.origin.path].append(range(one.first_line, last))
    for page in subject.library.pages:
        if "]:" in page.text:
            yield from _shared(subject, page, texts)


def _shared(subject: Subject, page: Page, texts: _Texts) -> Iterator[Problem]:
    written, lines = subject.written(page), page.text.split("\n")
    used: dict[str, set[_Text]] = defaultdict(set)
    defined: list[tuple[str, _Text, Place]] = []
    for line in _prose(page.text):
        place, local = written(line)
        text = _text(place, texts)
        for use in _USE.finditer(lines[line]):
            used[_same(use["label"])].add(text)
        definition = _DEFINITION.match(lines[line]) if local else None
        if definition:
            defined.append((definition["label"].strip(), text, place))
    for label, text, place in defined:
        if used[_same(label)] - {text}:
            words = f'"[{label}]" is defined in these words, and stands in others on this page too: there it '
            words += "would lead to the same place."
            hint = f"Use a name that nobody else has, such as [{label}-here], or write the address out."
            yield Problem("duplicate-id", words, hint, place)


def _prose(text: str) -> Iterator[int]:
    """Give the numbers (from 0) of the lines that are no code; one can be given twice."""
    for first, last in prose_of(text):
        start = text.count("\n", 0, first)
        yield from range(start, start + text.count("\n", first, last) + 1)


def _text(place: Place, texts: _Texts) -> _Text:
    held = (lines.start for lines in texts.get(place.path, ()) if place.line in lines)
    return place.path, next(held, 0)


def _same(label: str) -> str:
    """Return a name as it is compared: without regard to case, or to how many spaces are in it."""
    return " ".join(label.split()).casefold()
