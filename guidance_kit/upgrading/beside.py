"""What an upgrade changes beside the words of items: values and notes of earlier editions, and pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import attrs

from guidance_kit.model.ancestry import Given
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import PAGES
from guidance_kit.model.page import Page
from guidance_kit.upgrading.artefacts import exists
from guidance_kit.upgrading.planning import Plan


def given_changed(plan: Plan) -> Iterator[str]:
    """Give each of these changes, in a few words."""
    whole = frozenset(_come_or_gone(plan))
    yield from _values_changed(plan, whole)
    yield from _notes_changed(plan.before, plan.base, whole)
    yield from _pages_changed(plan)


def _come_or_gone(plan: Plan) -> Iterator[str]:
    """Give the items and facts that come or go as a whole, of which that is told: so does what is in them."""
    return (
        one.target for one in plan.news if exists(plan.before, one.target) != exists(plan.base, one.target)
    )


def _values_changed(plan: Plan, whole: Collection[str]) -> Iterator[str]:
    """Give the values of facts that an earlier edition gives otherwise now, and whether they stand here."""
    old, new = _given(plan.before), _given(plan.base)
    ours = {(one.artefact.target.removeprefix(FACT), one.artefact.name) for one in plan.standings}
    fixed = plan.base.ancestry.locked if plan.base.ancestry else {}
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        if (was and now and was.value == now.value) or not {f"{FACT}{key[0]}", key[1]}.isdisjoint(whole):
            continue
        by = (now or old[key]).by
        said = f'{by} gives "{now.value}" now' if now else f"{by} gives no value any more"
        before = f'it gave "{was.value}" before' if was else "it gave none before"
        stands = "" if key[0] in fixed else _beside_ours(key, ours)
        yield f"fact {key[0]}{f' in {key[1]}' if key[1] else ''}: {said}; {before}{stands}"


def _given(library: Library) -> dict[tuple[str, str], Given]:
    return {(one.fact, one.item): one for one in library.ancestry.values} if library.ancestry else {}


def _beside_ours(key: tuple[str, str], ours: Collection[tuple[str, str]]) -> str:
    """Return which value stands where the edition has one of its own."""
    if key in ours:
        return "; your own value stands"
    return "; there it stands before your own" if (key[0], "") in ours else ""


@attrs.frozen
class _Noted:
    """A note of an earlier edition: whose it is, what it is in, on which page, and all that it says."""

    by: str
    place: str
    page: str
    said: tuple[str, str]


def _notes_changed(before: Library, base: Library, whole: Collection[str]) -> Iterator[str]:
    """Give the notes of earlier editions that are gone, new, or not what they were, or stand elsewhere."""
    pages = _other_than(before, base)
    old, new = _notes_on(_other_than(base, before)), _notes_on(pages)
    told: set[str] = set()
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        if was and now and (was.said, was.place) == (now.said, now.place):
            continue
        one = now or old[name]
        told |= {each.page for each in (was, now) if each}
        if one.place in whole and not (was and now):
            continue
        verb = "changed" if was and now else "is new" if now else "is gone"
        if was and now and was.place != now.place:
            verb = f"stood in {was.place} before"
        yield f"the note {name}{f' of {one.by}' if one.by else ''} in {one.place} {verb}"
    by_name = {page.name: page for page in before.pages}
    for page in pages:
        other = by_name.get(page.name)
        if not page.asides or other is None or page.name in told:
            continue
        if fingerprint(other.text) != fingerprint(page.text) and _noteless(other) == _noteless(page):
            yield f"the page {page.name}: where a note stands on it"


def _other_than(before: Library, base: Library) -> list[Page]:
    """Return the pages of a text that are not, byte for byte, what another one has under their names."""
    texts = {page.name: page.text for page in before.pages}
    return [page for page in base.pages if page.text != texts.get(page.name)]


def _notes_on(pages: Iterable[Page]) -> dict[str, _Noted]:
    """Return the notes on some pages by their ids."""
    found: dict[str, _Noted] = {}
    for page in pages:
        for note in page.asides:
            said = (note.by, fingerprint(f"{note.title}\n\n{note.text}"))
            found[note.id] = _Noted(note.by, page.item_at(note.span.start), page.name, said)
    return found


def _noteless(page: Page) -> str:
    """Return the fingerprint of a page without the notes on it."""
    return fingerprint("".join(page.lines_without(note.span for note in page.asides)))


def _pages_changed(plan: Plan) -> Iterator[str]:
    """Give the pages with words of their own that are gone or new, and of which no release tells."""
    before, base = plan.before, plan.base
    told = {one.target for one in plan.news}
    called = {base.changes.follow(f"{PAGE}{page.name}").removeprefix(PAGE): page for page in before.pages}
    known = {page.name: page for page in base.pages}
    ours = {page.name.removeprefix(PAGES) for page in plan.overlay.pages}
    for name in sorted({*called, *known}):
        page = known.get(name) or called[name]
        if (name in called) != (name in known) and f"{PAGE}{name}" not in told and page.has_prose:
            verb, then = ("gone", "by itself now") if name in called else ("new", "in its place")
            mine = f"; your own of that name stands {then}" if page.name in ours else ""
            yield f"the page {page.name} is {verb}{mine}"
