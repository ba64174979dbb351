"""What rules of writing look at: the words of a part, a note or a page, with the line of each."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import attrs

from guidance_kit.checking.subject import Subject
from guidance_kit.model.fields import FieldSpec, parts_of
from guidance_kit.model.item import Item, Span
from guidance_kit.model.page import Page, front_matter
from guidance_kit.model.prose import Sentence, sentences
from guidance_kit.problems import Place

_ALLOW = re.compile(r"\s*%\s*allow\s+(?P<code>[a-z-]+)\s*:\s*(?P<reason>.*)")
_ALLOWED = re.compile(r"(?P<code>[a-z-]+)\s*:\s*(?P<reason>.+)", re.DOTALL)


@attrs.frozen
class Allowance:
    """A rule that may be broken: its code, why, where that is said, and whether for a whole item."""

    code: str
    reason: str
    place: Place
    whole: bool = False


@attrs.frozen
class Passage:
    """Words of one source: a part of an item, a local note, or a page outside its blocks.

    ``first`` is the place of its first line. ``item`` and ``spec`` are set for a part.
    """

    text: str = attrs.field(repr=False)
    first: Place
    name: str
    item: Item | None = None
    spec: FieldSpec | None = None
    allowed: tuple[Allowance, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
        return _sentences(self.text)

    def at(self, line: int) -> Place:
        """Return where a person wrote a line of it, counted from 0."""
        return self.first.at(self.first.line + line)

    def allows(self, code: str, place: Place) -> bool:
        """Return whether a rule may be broken at a place: in the whole item, or in the paragraph below."""
        return any(one.code == code and (one.whole or _governs(self, one, place)) for one in self.allowed)

    def allows_somewhere(self, code: str) -> bool:
        """Return whether a rule about the text as a whole may be broken: it is said anywhere in it."""
        return any(one.code == code for one in self.allowed)


@functools.lru_cache(maxsize=8192)
def _sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(sentences(text))


def _governs(passage: Passage, one: Allowance, place: Place) -> bool:
    """Return whether a comment stands above a place with no blank line between text and text."""
    lines = passage.text.split("\n")[
        one.place.line - passage.first.line + 1 : place.line - passage.first.line
    ]
    return place.line > one.place.line and all(line.strip() for line in lines)


def passages(subject: Subject) -> tuple[Passage, ...]:
    """Return what is checked: everything in a library, and of an edition whatever is its own."""
    return (*_parts(subject), *_notes(subject), *_pages(subject))


def _parts(subject: Subject) -> Iterator[Passage]:
    for item in subject.library:
        allowed = tuple(_of_item(item, subject.place_of(item, "allow")))
        for spec in parts_of(type(item)):
            text = str(getattr(item, spec.name))
            state = subject.part(item, spec.key)
            own = subject.edition is None or subject.is_local(item) or bool(state and state.adapted)
            if text and own:
                first = subject.place_of(item, spec.key)
                said = (*allowed, *_of_text(text, first))
                yield Passage(text, first, f"{item.slug}#{spec.key}", item, spec, said)


def _notes(subject: Subject) -> Iterator[Passage]:
    for note in subject.edition.overlay.notes if subject.edition else ():
        first = note.origin.at(note.first_line)
        said = tuple(_of_text(note.text, first))
        yield Passage(note.text, first, note.id.rpartition(":")[2], allowed=said)


def _pages(subject: Subject) -> Iterator[Passage]:
    pages, root = subject.library.pages, subject.library.root
    if subject.edition:
        pages, root = subject.edition.overlay.pages, subject.edition.overlay.root
        root = root and root / "local"
    for page in pages:
        text = outside_blocks(page)
        first = Place.within(root, page.path, 1)
        yield Passage(text, first, page.name, allowed=tuple(_of_text(text, first)))


def own_items(subject: Subject, kind: str = "") -> Iterator[Item]:
    """Give the items that are checked: all of a library's, and of an edition those that are its own."""
    for item in subject.library.of_kind(kind) if kind else subject.library:
        if subject.edition is None or subject.is_local(item):
            yield item


def allows(item: Item, code: str) -> bool:
    """Return whether an item may break a rule as a whole."""
    return any(one.partition(":")[0].strip() == code for one in item.allow)


def outside_blocks(page: Page) -> str:
    """Return a page with every block of guidance blanked out; lines keep their numbers."""
    lines = page.text.split("\n")
    spans = [Span(0, front_matter(lines)), *(item.lines.block for item in page.items), *page.operations]
    for span in spans:
        lines[span.start : span.end] = [""] * (span.end - span.start)
    return "\n".join(lines)


def _of_item(item: Item, place: Place) -> Iterator[Allowance]:
    for said in item.allow:
        match = _ALLOWED.fullmatch(said.strip())
        code, reason = (match["code"], match["reason"]) if match else (said, "")
        yield Allowance(code, reason, place, whole=True)


def _of_text(text: str, first: Place) -> Iterator[Allowance]:
    for number, line in enumerate(text.split("\n")):
        match = _ALLOW.fullmatch(line)
        if match:
            yield Allowance(match["code"], match["reason"].strip(), first.at(first.line + number))
