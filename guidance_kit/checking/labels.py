"""A rule about links and footnotes that are defined by name: on one page a name leads to one place.

A name in brackets becomes a link as soon as anybody on the page defines it, and of two definitions the first
counts. So local words could lead the readers of national ones astray, or of other local ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from guidance_kit.checking.subject import Subject
from guidance_kit.model.edition import ComposedItem, Edition
from guidance_kit.model.inline import plain_prose
from guidance_kit.model.named_links import Named, Names, links_in, names_in
from guidance_kit.model.overlay import PAGES
from guidance_kit.model.page import Page
from guidance_kit.problems import Place, Problem

_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?P<defines>:)?")
_HINT = "Use a name that nobody else has, or write the address with the words: [the form](https://...)."


@attrs.frozen
class _Text:
    """A text on a page: whose it is (national: nobody's), and where it was written."""

    words: str
    local: bool
    origin: Place
    taken: str = ""

    @property
    def names(self) -> Names:
        """The names that it defines."""
        return names_in(self.words)


def shared_labels(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each name of a link that words on a page do not share with others as they were."""
    edition = subject.edition
    if edition is None or not any("]:" in text for text in _every(edition)):
        return
    before = {page.name: names_in(page.text) for page in edition.base.pages}
    homes = {item.id: page.name for page in edition.base.pages for item in (*page.items, *page.nested)}
    ours = {page.name.removeprefix(PAGES): page for page in edition.overlay.pages}
    written = {page.name: page for page in edition.base.pages} | ours
    on: dict[str, list[ComposedItem]] = defaultdict(list)
    for state in edition.composed:
        on[state.page].append(state)
    for page in edition.pages:
        texts: list[tuple[_Text, Names]] = []
        if page.name in written:
            prose = _prose(edition, written[page.name], local=page.name in ours)
            texts.append((prose, before.get(page.name, {})))
        for one in on[page.name]:
            home = homes.get(one.item.id, "")
            texts += [(text, before.get(home, {})) for text in _texts(one)]
        yield from _astray(edition, texts, names_in(page.text))
        yield from _footnotes([text for text, _ in texts])


def _every(edition: Edition) -> Iterator[str]:
    yield from (page.text for page in edition.pages)
    yield from (page.text for page in edition.base.pages)


def _prose(edition: Edition, page: Page, *, local: bool) -> _Text:
    """Return what stands on a page outside its items, in the words of whoever wrote the page."""
    root = edition.overlay.root
    origin = Place.within(root / "local" if root else None, page.path, 1)
    return _Text(page.prose, local=local, origin=origin)


def _texts(state: ComposedItem) -> Iterator[_Text]:
    """Give the texts of an item: an adaptation with the national words that it takes away."""
    ours = state.added is not None
    for part in state.parts:
        if part.adapted:
            at = part.adapted.origin.at(part.adapted.first_line)
            yield _Text(part.adapted.text, local=True, origin=at, taken=part.national)
        else:
            yield _Text(part.final if ours else part.national, local=ours, origin=state.item.origin)
    for note in (*state.notes, *(note for part in state.parts for note in part.notes)):
        yield _Text(note.text, local=True, origin=note.origin.at(note.first_line))


def _astray(edition: Edition, texts: Sequence[tuple[_Text, Names]], now: Names) -> Iterator[Problem]:
    """Give a problem for each name that leads readers of a text to another place than whoever wrote it."""
    told: set[str] = set()
    for text, before in texts:
        meant = text.names if text.local else before
        for name in sorted(meant.keys() | now.keys()) if not text.local else sorted(meant):
            there = {key: one for key, one in {**meant, name: now.get(name)}.items() if one is not None}
            same = meant.get(name) == now.get(name) or name in told
            if same or links_in(text.words, meant) == links_in(text.words, there):
                continue
            told.add(name)
            whose = "in these words" if text.local else "in national words on this page"
            words = f'"[{name.lower()}]" {whose} would lead to {_where(now.get(name))}'
            words += (
                f", and is to lead to {_where(meant[name])}." if name in meant else ": it is no link there."
            )
            yield Problem(
                "duplicate-id", words, _HINT, _cause(edition, text, name, [one for one, _ in texts])
            )


def _where(one: Named | None) -> str:
    return one.href if one else "nothing"


def _cause(edition: Edition, text: _Text, name: str, texts: list[_Text]) -> Place:
    """Return where to look: at the local definition, or at the words that took the national one away."""
    if text.local:
        return text.origin.at(text.origin.line + text.names[name].line)
    for one in texts:
        if one.local and name in one.names:
            return one.origin.at(one.origin.line + one.names[name].line)
    taken = next((one.origin for one in texts if name in names_in(one.taken)), None)
    return taken or Place(str(edition.overlay.root / "edition.toml" if edition.overlay.root else ""))


def _footnotes(texts: list[_Text]) -> Iterator[Problem]:
    """Give a problem for each footnote that local words define, and other words on the page use too."""
    used = [{match["name"]: match for _, match in _notes_in(text)} for text in texts]
    for at, text in enumerate(texts):
        others = {name for place, names in enumerate(used) if place != at for name in names}
        if not text.local:
            continue
        for line, match in _notes_in(text):
            name = match["name"]
            if match["defines"] and name in others and f"[^{name}]:" not in text.taken:
                words = (
                    f'The footnote "[^{name}]" is defined in these words, and stands in others on this page.'
                )
                yield Problem("duplicate-id", words, _HINT, text.origin.at(text.origin.line + line))


def _notes_in(text: _Text) -> Iterator[tuple[int, re.Match[str]]]:
    for first, words in plain_prose(text.words):
        start = text.words.count("\n", 0, first)
        for match in _FOOTNOTE.finditer(words):
            yield start + words.count("\n", 0, match.start()), match
