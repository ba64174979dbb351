"""A rule about links to a place by its name, as in ``[words](#id)``: the name must be that of something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance_kit.checking.subject import Subject
from guidance_kit.model.inline import plain_prose
from guidance_kit.problems import Place, Problem, nearest

_ANCHOR = re.compile(r"\]\([ \t]*<?#(?P<name>[^\s()<>]+)")
#: What gives a place a name: a label above it (MyST), or an option of a block.
_NAMED = re.compile(
    r"^\((?P<label>[^()]+)\)=[ \t\r]*$|^[ \t>]*:(?:name|label|id):[ \t]*(?P<name>\S+)", re.MULTILINE
)


def dead_anchors(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each link to a name that nothing bears, in an edition's own words."""
    pages = [page for page in subject.library.pages if "](" in page.text and "#" in page.text]
    known: set[str] = set()
    for page in pages:
        written = subject.written(page)
        for at, name in _anchors(page.text):
            known = known or _names(subject)
            if name in known:
                continue
            place, local = written(page.text.count("\n", 0, at))
            if local or subject.edition is None:
                yield _dead(subject, name, known, place)


def _dead(subject: Subject, name: str, known: set[str], place: Place) -> Problem:
    absent = subject.absent.get(subject.full(name), "")
    if absent:
        words = f'This links to "{absent}", which this edition leaves out.'
        return Problem("broken-link", words, "Link to something else, or take the item.", place)
    hint = nearest(name, known) or "Name an item by its id, or a place by its label."
    return Problem("dead-link", f'Nothing here is called "{name}", so this link leads nowhere.', hint, place)


def _anchors(text: str) -> Iterator[tuple[int, str]]:
    """Give each name that a text links to, and where."""
    for first, prose in plain_prose(text):
        for match in _ANCHOR.finditer(prose):
            yield first + match.start(), match["name"]


def _names(subject: Subject) -> set[str]:
    """Return every name that something on a page has."""
    found = {name for item in subject.library for name in (item.id, item.slug)}
    if subject.edition:
        for old, new in subject.edition.redirects.items():
            found |= {old, old.rpartition(":")[2]} if new in subject.edition.by_id else set()
    for page in subject.library.pages:
        found |= {match["label"] or match["name"] for match in _NAMED.finditer(page.text)}
    return found
