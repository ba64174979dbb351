"""What is under review in an edition, as far as its readers meet it: counted and told alike everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from guidance_kit.exporting.readable import readable
from guidance_kit.exporting.words import gravest
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.edition import Edition
from guidance_kit.model.history import is_new
from guidance_kit.model.review import Stale


@attrs.frozen
class Waits:
    """Something under review: its id, or ``page:`` and a name; its title; what changed, and why.

    ``lost`` says that nobody knows of a change, as there is no record of what was looked at.
    """

    target: str
    title: str
    words: str
    lost: bool = False


def under_review(edition: Edition) -> tuple[Waits, ...]:
    """Return what is under review: items, local pages, then what an earlier edition has yet to review."""
    return (*_items(edition), *_pages(edition), *_before(edition))


def unread(edition: Edition) -> tuple[Waits, ...]:
    """Return the safety changes that nobody here has read; what is under review for one is told there."""
    told = {state.item.id for state in edition.composed if gravest(state)}
    return tuple(
        Waits(
            target,
            _named(edition, target),
            f"{_brought(edition, target, one)}; it is not recorded that anybody has read it",
        )
        for target, one in sorted(edition.review.unread.items())
        if not (one.kept and target.partition("#")[0] in told)
    )


def _named(edition: Edition, target: str) -> str:
    """Return the title of what a release changed, whether or not readers meet it here."""
    if target.startswith(FACT):
        facts = {f"{FACT}{fact.id}": fact.label for fact in edition.library.facts}
        return facts.get(target, target)
    item = edition.base.by_id.get(target.partition("#")[0])
    return _title(edition, target) or (readable(item.title, edition) if item else target)


def _items(edition: Edition) -> Iterator[Waits]:
    for state in edition.composed:
        stale = gravest(state)
        if stale:
            title = readable(state.item.title, edition, state.item.id)
            yield Waits(state.item.id, title, _said(stale), stale.unknown)


def _pages(edition: Edition) -> Iterator[Waits]:
    for name, stale in sorted(edition.review.pages.items()):
        yield Waits(f"{PAGE}{name}", f'The page "{name}"', _said(stale), stale.unknown)


def _before(edition: Edition) -> Iterator[Waits]:
    before = edition.base.ancestry
    for target, why in sorted(before.under_review.items()) if before else ():
        title = _title(edition, target)
        if before and title:
            yield Waits(
                target,
                title,
                _with_why(f"changed, and {before.reviewer(target)[0]} has not reviewed it yet", why),
            )


def _title(edition: Edition, target: str) -> str:
    """Return the title of what an earlier edition has to review; empty if readers do not meet it here."""
    if target.startswith(PAGE):
        name = target.removeprefix(PAGE)
        return f'The page "{name}"' if name in edition.page_by_name else ""
    state = edition.by_id.get(target.partition("#")[0])
    return readable(state.item.title, edition, state.item.id) if state else ""


def _brought(edition: Edition, target: str, one: Stale) -> str:
    """Return what a release did about safety: it changed the national text, or brought an item."""
    base = edition.base
    if one.kept or not is_new(base.changes, base.history, target, one.version):
        return _said(one)
    when = f"on {date_in_words(one.on)}" if one.on else f"in {one.version}"
    return _with_why(f"new in the national guidance, for safety, {when}", one.why)


def _said(stale: Stale) -> str:
    return _with_why(stale.said, stale.why)


def _with_why(words: str, why: str) -> str:
    return f"{words} ({why})" if why else words
