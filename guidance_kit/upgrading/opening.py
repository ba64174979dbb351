"""An edition, opened: its own work, what it is composed from, its lock, and the state of every piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import attrs

from guidance_kit.checking import check_edition
from guidance_kit.composing import compose
from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.transaction import recover
from guidance_kit.model.changes import PAGE
from guidance_kit.model.edition import Edition
from guidance_kit.model.fingerprint import part_fingerprint
from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, How, Lock, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.review import Review, Stale
from guidance_kit.problems import Place, Problem, in_order
from guidance_kit.reading.bases import read_base
from guidance_kit.reading.decisions import read_decisions, text_path
from guidance_kit.reading.files import read_text
from guidance_kit.reading.locks import LOCK, read_lock
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading.aging import expired
from guidance_kit.upgrading.artefacts import Artefact, artefacts_of, exists
from guidance_kit.upgrading.genuine import genuineness, lock_missing
from guidance_kit.upgrading.matching import decisions_on
from guidance_kit.upgrading.states import GONE, Standing, standing
from guidance_kit.upgrading.stopping import parents, told
from guidance_kit.upgrading.telling import news, withdrawn
from guidance_kit.upgrading.undone import said_once
from guidance_kit.upgrading.unread import unread, with_unread
from guidance_kit.upgrading.unreadable import renamed
from guidance_kit.upgrading.waiting import called_now, due_news, open_news


@attrs.frozen(kw_only=True)
class Opened:
    """Everything that is known of an edition in a folder; ``lock`` is None if it keeps no national text.

    ``faults`` are those of the problems that reading its own work met.
    """

    root: Path
    overlay: Overlay
    base: Library
    lock: Lock | None
    standings: tuple[Standing, ...]
    edition: Edition
    problems: tuple[Problem, ...]
    today: dt.date
    faults: tuple[Problem, ...] = ()

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """Why the lock is not to be relied on: it is gone, was changed, or a newer tool wrote it."""
        lock, spoilt = str(self.root / LOCK), ("lock-edited", "newer-tool")
        return tuple(one for one in self.problems if one.code in spoilt and one.place.path == lock)

    @property
    def records(self) -> Lock:
        """The lock; one that says nothing where there is none."""
        return self.lock or Lock()

    @property
    def news(self) -> tuple[Waiting, ...]:
        """What a release brought, and somebody has to decide on now."""
        return due_news(self.lock, self.overlay, self.standings, self.today) if self.lock else ()

    @property
    def undecided(self) -> tuple[Waiting, ...]:
        """What a release brought that nobody has decided on yet, also what was put off."""
        return open_news(self.lock, self.overlay, self.standings) if self.lock else ()

    @cached_property
    def told(self) -> tuple[Problem, ...]:
        """Everything that ``check`` says of the edition by itself, and not of what lies ahead of it."""
        return in_order((*self.problems, *check_edition(self.edition, self.today)))

    def unfilled(self) -> Edition:
        """Return the edition composed with the slots of facts left open, as its children need it."""
        review = attrs.evolve(self.edition.review, unread={})  # their own people read that, or have not
        return compose(self.base, self.overlay, review, filled=False)


def open_edition(root: Path, today: dt.date | None = None) -> tuple[Opened | None, tuple[Problem, ...]]:
    """Return the edition in a folder, opened as far as it can be, and every problem.

    A change of many files that was cut short is carried to its end first.
    """
    try:
        recover(root)
    except RefusedError as refused:
        return None, refused.problems
    overlay, problems = read_overlay_folder(root)
    if overlay is None:
        return None, problems
    own = problems
    base, more = read_base(root, overlay.based_on)
    lock, faults = read_lock(root)
    problems = (*problems, *more, *faults, *lock_missing(root))
    if base is None:
        return None, in_order(problems)
    lock = called_now(lock, base) if lock else None
    known = lock or Lock(reviewed=read_decisions(root)[0].standing)
    day = today or dt.datetime.now(tz=dt.UTC).date()
    standings = _standings(root, overlay, base, known, day)
    due = due_news(known, overlay, standings, day)
    edition = with_unread(compose(base, overlay, review_of(standings, base, known, overlay)))
    problems = (*problems, *renamed(overlay, known))
    spoilt = genuineness(root, base, known) if lock else []
    waits = (
        _told(root, standings, base, due) if not spoilt else ()
    )  # or people would be told of what is no news
    problems = (*problems, *_known_gone(edition.problems, standings, base), *waits, *spoilt)
    problems = (*problems, *parents(edition, standings, Place(str(root / LOCK)), day))
    problems = (*problems, *expired(standings, base, day))
    everything = in_order(said_once(problems, standings, base))
    edition = attrs.evolve(edition, problems=everything)
    opened = Opened(
        root=root,
        overlay=overlay,
        base=base,
        lock=lock,
        standings=standings,
        edition=edition,
        problems=everything,
        today=day,
        faults=own,
    )
    return opened, everything


def _known_gone(some: Iterable[Problem], standings: tuple[Standing, ...], base: Library) -> Iterator[Problem]:
    """Give problems, those of work about what an earlier edition took out as of what was withdrawn.

    Whoever composes knows no decision, and takes the name of what never was in any release for a slip.
    """
    gone = {one.artefact.origin: one for one in standings if one.lacking}
    for one in some:
        if one.code not in ("unknown-target", "unknown-fact") or one.place not in gone:
            yield one
        elif gone[one.place].open:
            yield withdrawn(gone[one.place], base)


def review_of(standings: tuple[Standing, ...], base: Library, lock: Lock, overlay: Overlay) -> Review:
    """Return what is open, as far as readers are to be told of it or spared it."""
    news = lock.open_news()
    new = {one.target for one in news if one.what is What.NEW_ITEM}
    apart = open_news(lock, overlay, standings)
    return Review(
        adaptations={one.target: stale for one, stale in _stale(standings, base, What.ADAPT)},
        notes={one.name: stale for one, stale in _stale(standings, base, What.NOTE)},
        items={one.name: stale for one, stale in _stale(standings, base, What.REPLACE)},
        pages={one.target.removeprefix(PAGE): stale for one, stale in _stale(standings, base, What.PAGE)},
        omissions={one.target: stale for one, stale in _stale(standings, base, What.LEAVE_OUT)},
        waiting=frozenset(new) if overlay.new_items != "include" else frozenset(),
        unread=unread(base, apart),
        every_unread=unread(base, news),
    )


def _stale(standings: tuple[Standing, ...], base: Library, what: What) -> Iterator[tuple[Artefact, Stale]]:
    """Give the local work of a kind beside text that changed since, and what is known of the change."""
    for one in standings:
        here = one.artefact.what is what and one.state not in GONE
        if here and (stale := known_of(one)):
            yield one.artefact, attrs.evolve(stale, unedited=_is_unedited(one, base))


def known_of(one: Standing) -> Stale | None:
    """Return no more of the change beneath local work than is known.

    Where nobody knows what was looked at, that may be what there is: then no change is told but for safety.
    """
    stale, decision, art = one.stale, one.decision, one.artefact
    if stale is None or decision is None or decision.base != LOST:
        return stale
    if stale.safety:
        return attrs.evolve(stale, lost=True)
    why = "There is no record of what this page was looked at beside." if art.what is What.PAGE else ""
    return Stale(kind=stale.kind, by=stale.by, until=stale.until, why=why, lost=True)


def _is_unedited(one: Standing, base: Library) -> bool:
    """Return whether local words are still national ones of an earlier release, and nobody kept them."""
    art, decision = one.artefact, one.decision
    if decision is None or decision.how not in (How.CREATED, How.DEFERRED):
        return False
    print_ = part_fingerprint(art.part, art.text)
    return print_ == decision.base or bool(base.history.last_with(art.target, print_))


def unread_in(lock: Lock) -> frozenset[str]:
    """Return the targets of which a safety change came that nobody has read."""
    return frozenset(one.target for one in lock.open_news() if one.what is What.SAFETY)


def was_text(root: Path, print_: str) -> str:
    """Return the older national text that is kept under a fingerprint; empty if there is none."""
    return read_text(root / text_path(print_))[0]


def _standings(
    root: Path, overlay: Overlay, base: Library, lock: Lock, today: dt.date
) -> tuple[Standing, ...]:
    some = artefacts_of(base, overlay)
    decisions = decisions_on(base, lock, some)
    grave = unread_in(lock)
    found = []
    for one in some:
        decision = decisions.get(one.key)
        was = was_text(root, decision.base) if decision else ""
        found.append(standing(one, decision, base, today, was, unread=grave))
    return tuple(found)


def _told(
    root: Path, standings: tuple[Standing, ...], base: Library, waiting: tuple[Waiting, ...]
) -> list[Problem]:
    problems = [problem for one in standings if (problem := told(one, base))]
    place = Place(str(root / LOCK))
    return [*problems, *(news(one, base, place) for one in waiting if exists(base, one.target))]
