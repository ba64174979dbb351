"""What an upgrade will do, worked out before anything is written: planning and acting are one computation."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from pathlib import Path

import attrs

from guidance_kit.composing import compose
from guidance_kit.editing.done import RefusedError
from guidance_kit.model.changes import Moved
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Composed, Lock, Waiting
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.versions import odd_beside
from guidance_kit.problems import Problem, in_order, worst
from guidance_kit.reading.bases import read_base
from guidance_kit.reading.decisions import REVIEWED, read_decisions
from guidance_kit.reading.locks import LOCK, NATIONAL, read_lock
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading.artefacts import artefacts_of, exists
from guidance_kit.upgrading.copies import is_record
from guidance_kit.upgrading.genuine import composed_of, files_in, lock_lost, lock_missing
from guidance_kit.upgrading.lost import in_history, lost_lock, undecided, unlooked
from guidance_kit.upgrading.older import refuse_older, refuse_strange, refuse_unreleased, refuse_without
from guidance_kit.upgrading.opening import Opened, review_of
from guidance_kit.upgrading.planner import Planner
from guidance_kit.upgrading.sources import available
from guidance_kit.upgrading.states import Standing
from guidance_kit.upgrading.stopping import told
from guidance_kit.upgrading.unreadable import not_read, renamed, unreadable_work
from guidance_kit.upgrading.waiting import called_now, due_news


@attrs.frozen(kw_only=True)
class Plan:
    """What an upgrade will do.

    ``moved`` says whether the national text is another one; ``standings`` are the states of the local work
    afterwards, ``news`` is what comes with the release, ``faults`` what reading the local work met.
    ``exchanged`` is the text of what the edition was based on, if that is another library, ``was_called`` the
    id that the edition had, if that is another one. What costs time is worked out when it is asked for.
    ``noted`` is the lock but for what the edition will be composed from, ``texts`` the older texts to keep.
    """

    root: Path
    old: Composed | None
    base: Library = attrs.field(repr=False)
    moved: bool
    planner: Planner = attrs.field(repr=False)
    exchanged: Library | None = attrs.field(default=None, repr=False)
    was_called: str = ""
    noted: Lock = attrs.field(repr=False)
    standings: tuple[Standing, ...] = ()
    news: tuple[Waiting, ...] = ()
    overlay: Overlay = attrs.field(repr=False)
    faults: tuple[Problem, ...] = ()

    @functools.cached_property
    def new(self) -> Composed:
        """What the edition will be composed from."""
        return self.planner.composed()

    @functools.cached_property
    def lock(self) -> Lock:
        """The lock as it will be."""
        return attrs.evolve(self.noted, base=self.new)

    @functools.cached_property
    def changes(self) -> Mapping[str, bytes | None]:
        """The files that are written (None: removed), all of them the tool's own."""
        return self.planner.changes(self.lock)

    @functools.cached_property
    def edition(self) -> Edition:
        """What readers will see afterwards."""
        review = review_of(self.standings, self.base, self.noted, self.overlay)
        return compose(self.base, self.overlay, review)

    @property
    def parent(self) -> Opened | None:
        """The edition that this one is based on, if that is one."""
        return self.planner.found.opened

    @property
    def before(self) -> Library:
        """What the edition is composed from now."""
        return self.planner.old

    @functools.cached_property
    def unreadable(self) -> tuple[Problem, ...]:
        """Why an upgrade is refused: local work that nobody could look at beside another text."""
        if not self.moved or (self.old is None and not self.anew):
            return ()  # it takes no other text than the one that there is
        planner = self.planner
        return unreadable_work(self.faults, self.overlay, planner.lock, planner.old, self.base)

    @property
    def unread(self) -> tuple[Problem, ...]:
        """Why some local work is not known, so that nobody can tell whether it needs a decision."""
        return not_read(self.faults)

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self.moved and not self.changes

    @property
    def recorded(self) -> int:
        """How many pieces of local work get a record, where nothing else is done; 0 if more is."""
        return sum(map(is_record, self.changes)) if self.tidied else 0

    @property
    def tidied(self) -> bool:
        """Whether nothing is written but records of the tool's own: the text stays as it is."""
        ours = (LOCK, f"{REVIEWED}/")
        if self.planner.copy.differs:
            return False  # this is known before the lock is, which takes longer
        return all(path.startswith(ours) for path in self.changes)

    @property
    def odd(self) -> str:
        """What is odd about the version that is to be had, to be put behind it; empty if nothing is."""
        known = self.old.version if self.old is not None and self.old.id == self.base.id else ""
        return odd_beside(self.base.version, known)

    @property
    def anew(self) -> bool:
        """Whether nobody knows what was looked at, so that all is to be looked at again."""
        return self.planner.lost

    @property
    def put_right(self) -> bool:
        """Whether the national text is the same, and what somebody did to the copy of it is put right."""
        return not self.moved and self.planner.copy.touched

    @property
    def kept(self) -> Mapping[str, str]:
        """Where the attic keeps what somebody wrote into the national text, by the path that it had."""
        return self.planner.copy.aside

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What came with the release, and is to be decided on."""
        return due_news(self.noted, self.overlay, self.standings, self.planner.today)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem that composing from the new text meets, and what the states of local work are."""
        found = (told(one, self.base) for one in self.standings)
        return in_order((*self.edition.problems, *(one for one in found if one)))

    @property
    def decisions(self) -> int:
        """How many things somebody has to decide on afterwards."""
        return sum(one.open for one in self.standings) + len(self.waiting)

    @property
    def waited(self) -> tuple[Waiting, ...]:
        """What earlier releases brought that nobody has decided on."""
        return self.planner.lock.open_news()

    @property
    def moves(self) -> tuple[Moved, ...]:
        """What is called otherwise in the new release than in the text that the edition has now."""
        there, now = self.before, self.base
        moved = (one for one in now.changes.moved if exists(there, one.old) and not exists(now, one.old))
        return tuple(attrs.evolve(one, new=now.changes.follow(one.old)) for one in moved)


def _undecided(root: Path, overlay: Overlay, base: Library) -> tuple[Waiting, ...]:
    """Return the new items that nobody had decided on when the lock was lost, by what records are left."""
    return undecided(read_decisions(root, overlay.id)[0].standing.values(), base)


def plan(root: Path, today: dt.date, opened: Opened | None = None, *, anew: bool = False) -> Plan:
    """Return the plan of an upgrade; RefusedError with every problem if it cannot be made.

    ``opened`` is the edition, if somebody has opened it. With ``anew`` neither the lock nor any decision
    counts: all that is local, and every safety change, is to be looked at again.
    """
    known = opened and opened.lock and not anew and _known(opened)
    overlay, lock, old, faults = known or _read(root, anew=anew)
    other = [*renamed(overlay, lock)] if lock else []
    if other and not anew:
        raise RefusedError(*other)
    called = lock.edition if lock else ""
    found, problems = available(root, overlay.based_on, like=old)
    if found is None:
        raise RefusedError(*problems)
    exchanged = old if old and old.id != found.library.id else None
    refuse_older(root, old or found.library, found.library)
    refuse_strange(root, old or found.library, found.library)
    if not anew:
        refuse_without(root, lock, old, found.library)
    refuse_unreleased(root, found.library)
    kept, lost, no_lock = lock.base if lock else None, anew or lock_lost(root), lock is None
    if lost:
        asked = lock.open_news() if lock else _undecided(root, overlay, found.library)
        lock, old = lost_lock(overlay, old, found.library, asked), in_history(old, found.library)
        kept = composed_of(old, files_in(root / NATIONAL)) if old else None
    elif lock is None:
        lock = unlooked(overlay, found.library)
    return _of(
        Planner(
            root=root,
            overlay=overlay,
            lock=lock,
            old=old or found.library,
            found=found,
            today=today,
            kept=kept,
            lost=lost,
            # with words of its own an edition is not new: it may have had a lock
            unread=no_lock and bool(artefacts_of(found.library, overlay)),
        ),
        faults,
        exchanged=exchanged,
        was_called=called if other else "",
    )


def _of(planner: Planner, faults: tuple[Problem, ...], *, exchanged: Library | None, was_called: str) -> Plan:
    known = {*planner.lock.waiting, *planner.lock.updated}  # what earlier releases brought is no news
    return Plan(
        root=planner.root,
        old=planner.lock.base,
        base=planner.found.library,
        moved=planner.moved,
        planner=planner,
        exchanged=exchanged,
        was_called=was_called,
        noted=planner.noted,
        standings=planner.standings,
        news=tuple(one for some in planner.news for one in some if one not in known),
        overlay=planner.overlay,
        faults=faults,
    )


_Read = tuple[Overlay, Lock | None, Library | None, tuple[Problem, ...]]


def _known(opened: Opened) -> _Read:
    return opened.overlay, opened.lock, opened.base, opened.faults


def _read(root: Path, *, anew: bool) -> _Read:
    """Return an edition's own work, its lock, and what it is composed from now; None of what is not there.

    Last come the problems that reading its own work met.

    Without a copy of its own it is composed from the text as that is to be had.
    """
    overlay, problems = read_overlay_folder(root)
    if overlay is None:
        raise RefusedError(*problems)
    lock, faults = read_lock(root)
    missing = lock_missing(root) if read_decisions(root)[0].standing else ()
    faults = tuple(one for one in (*faults, *missing) if worst([one]))
    if anew:  # but what a newer tool wrote is not lost
        faults = tuple(one for one in faults if one.code == "newer-tool")
    if faults:  # what was changed by hand would be made good by being written again
        raise RefusedError(*faults)
    base = read_base(root, overlay.based_on)[0]
    return overlay, called_now(lock, base) if lock and base else lock, base, problems
