"""What an upgrade will do, worked out before anything is written: planning and acting are one computation."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from guidance_kit.composing import compose
from guidance_kit.editing.done import RefusedError
from guidance_kit.model.changes import Moved
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Composed, Key, Lock, Reviewed, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.problems import Problem, in_order, worst
from guidance_kit.reading.bases import read_base
from guidance_kit.reading.decisions import decision_path, decision_text, read_decisions, text_path
from guidance_kit.reading.locks import LOCK, lock_text, read_lock
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading.arrivals import arrivals, heirs
from guidance_kit.upgrading.artefacts import (
    Artefact,
    artefacts_of,
    decisions_on,
    exists,
    name_of,
    worded,
)
from guidance_kit.upgrading.copies import KeptCopy, is_record
from guidance_kit.upgrading.genuine import composed_of, digest, lock_lost, lock_missing
from guidance_kit.upgrading.lost import in_history, lost_lock, unlooked, unread
from guidance_kit.upgrading.older import refuse_older, refuse_strange, refuse_unreleased, refuse_without
from guidance_kit.upgrading.older_texts import texts_to_keep
from guidance_kit.upgrading.opening import Opened, review_of, unread_in
from guidance_kit.upgrading.recording import created, in_place
from guidance_kit.upgrading.sources import Available, available
from guidance_kit.upgrading.states import Standing, standing
from guidance_kit.upgrading.telling import told
from guidance_kit.upgrading.waiting import due_news


@attrs.frozen(kw_only=True)
class Plan:
    """What an upgrade will do.

    ``moved`` says whether the national text is another one; ``standings`` are the states of the local work
    afterwards, ``news`` is what comes with the release. What costs time is worked out when it is asked for.
    ``noted`` is the lock but for what the edition will be composed from, ``texts`` the older texts to keep.
    """

    root: Path
    old: Composed | None
    base: Library = attrs.field(repr=False)
    moved: bool
    planner: _Planner = attrs.field(repr=False)
    noted: Lock = attrs.field(repr=False)
    texts: Mapping[str, str] = attrs.field(repr=False)
    standings: tuple[Standing, ...] = ()
    news: tuple[Waiting, ...] = ()
    overlay: Overlay = attrs.field(repr=False)

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
        return self.planner.changes(self.lock, self.texts)

    @functools.cached_property
    def edition(self) -> Edition:
        """What readers will see afterwards."""
        return compose(self.base, self.overlay, review_of(self.standings, self.noted, self.overlay))

    @property
    def parent(self) -> Opened | None:
        """The edition that this one is based on, if that is one."""
        return self.planner.found.opened

    @property
    def before(self) -> Library:
        """What the edition is composed from now."""
        return self.planner.old

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self.moved and not self.changes

    @property
    def recorded(self) -> int:
        """How many pieces of local work get a record, where nothing else is done; 0 if more is."""
        if self.moved:
            return 0
        records = [path for path in self.changes if is_record(path)]
        others = self.changes.keys() - {*records, LOCK}
        return 0 if others else len(records)

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
        if not self.moved:
            return ()
        there, now = self.before, self.base
        moved = (one for one in now.changes.moved if exists(there, one.old) and not exists(now, one.old))
        return tuple(attrs.evolve(one, new=now.changes.follow(one.old)) for one in moved)


def plan(root: Path, today: dt.date, opened: Opened | None = None) -> Plan:
    """Return the plan of an upgrade; RefusedError with every problem if it cannot be made.

    ``opened`` is the edition, if somebody has opened it.
    """
    known = opened and opened.lock and (opened.overlay, opened.lock, opened.base)
    overlay, lock, old = known or _read(root)
    found, problems = available(root, overlay.based_on, like=old)
    if found is None:
        raise RefusedError(*problems)
    refuse_older(root, old or found.library, found.library)
    refuse_strange(root, old or found.library, found.library)
    refuse_without(root, lock, old, found.library)
    refuse_unreleased(root, found.library)
    lost = lock_lost(root)
    if lost:
        lock, old = lost_lock(overlay, old, found.library), in_history(old, found.library)
    elif lock is None:
        lock = unlooked(overlay, found.library)
    return _Planner(root, overlay, lock, old or found.library, found, today, lost).plan()


def _read(root: Path) -> tuple[Overlay, Lock | None, Library | None]:
    """Return an edition's own work, its lock, and what it is composed from now; None of what is not there.

    Without a copy of its own it is composed from the text as that is to be had.
    """
    overlay, problems = read_overlay_folder(root)
    if overlay is None:
        raise RefusedError(*problems)
    lock, faults = read_lock(root)
    missing = lock_missing(root) if read_decisions(root)[0].standing else ()
    faults = tuple(one for one in (*faults, *missing) if worst([one]))
    if faults:  # what was changed by hand would be made good by being written again
        raise RefusedError(*faults)
    return overlay, lock, read_base(root, overlay.based_on)[0]


@attrs.frozen
class _Planner:
    root: Path
    overlay: Overlay
    lock: Lock
    old: Library
    found: Available
    today: dt.date
    lost: bool = False

    def plan(self) -> Plan:
        """Return the plan."""
        new, kept = self.found.library, self.lock.base
        moved = (
            kept is None
            or (kept.id, kept.version) != (new.id, new.version)
            or self.composed().content != kept.content
            # an edition can say the same of a later release; an older copy put there by hand says nothing
            or (self.old.release != new.release and not self.copy.touched)
            or any(regraded(self.old, new))
        )
        waiting, updated = self._news() if moved else (self.lock.open_news(), self.lock.updated)
        reviewed = {**self.lock.reviewed, **self._created}
        lock = attrs.evolve(self.lock, waiting=waiting, updated=updated, reviewed=reviewed)
        if moved or self._created or not self.lock.edition:
            recorded = tuple(sorted(name_of(one) for one in self._work))
            lock = attrs.evolve(lock, edition=self.overlay.id, recorded=recorded)
        if moved:
            lock = attrs.evolve(lock, words=tuple(sorted(worded(one) for one in self._work)))
        texts = texts_to_keep(self.root, self.old, new, lock)
        return Plan(
            root=self.root,
            old=kept,
            base=new,
            moved=moved,
            planner=self,
            noted=lock,
            texts=texts,
            standings=tuple(self._standings(lock, texts)),
            news=(*waiting, *updated) if moved else (),
            overlay=self.overlay,
        )

    def composed(self) -> Composed:
        """Return what the edition will be composed from; the same bytes have the fingerprint they had."""
        new, files, kept = self.found.library, digest(self.found.files), self.lock.base
        if kept and kept.records and (kept.id, kept.version, kept.files) == (new.id, new.version, files):
            return kept
        return composed_of(new, self.found.files)

    @functools.cached_property
    def _work(self) -> tuple[Artefact, ...]:
        """The local work as it stands beside the new text."""
        return artefacts_of(self.found.library, self.overlay)

    @functools.cached_property
    def _created(self) -> Mapping[Key, Reviewed]:
        """The records for local work that has none: it was written beside the old text."""
        # a page of ours can be there before the national one of that name
        pages = (one for one in self._work if one.what is What.PAGE and not exists(self.old, one.target))
        some = (*artefacts_of(self.old, self.overlay), *pages)
        decisions = decisions_on(self.old, self.lock, some)
        new = (one for one in some if one.key not in decisions)
        ours = self.overlay.id
        made = (attrs.evolve(created(one, self.old, self.today), edition=ours) for one in new)
        return {one.key: in_place(self.lock, one) for one in made}

    def _news(self) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
        """Return what waits for somebody after the upgrade, and what it brings up to date."""
        new = self.found.library
        waiting, updated = arrivals(self.old, new)
        waiting += unread(new) if self.lost else []
        kept: dict[tuple[What, str], Waiting] = {}
        for one in self.lock.open_news():
            for target in heirs(new, one.target):
                item = new.by_id.get(target)
                what = What.SAFETY if item and item.must_appear else one.what  # it is no choice any more
                kept[what, target] = attrs.evolve(one, what=what, target=target)
        for one in waiting:
            known = kept.get((one.what, one.target))
            kept[one.what, one.target] = attrs.evolve(one, base=known.base) if known else one
        gone = {one.target for one in updated}
        before = [one for one in self.lock.updated if one.what is What.WITHDRAWN and one.target not in gone]
        return _in_order(kept.values()), _in_order((*updated, *before))

    def _standings(self, lock: Lock, texts: Mapping[str, str]) -> Iterator[Standing]:
        new = self.found.library
        decisions = decisions_on(new, lock, self._work)
        unread = unread_in(lock)
        for one in self._work:
            decision = decisions.get(one.key)
            was = texts.get(decision.base, "") if decision else ""
            yield standing(one, decision, new, self.today, was, unread=unread)

    def changes(self, lock: Lock, texts: Mapping[str, str]) -> dict[str, bytes | None]:
        """Return the files that differ from what stands in the folder; what a person wrote there is kept."""
        records = {decision_path(one): decision_text(one).encode() for one in self._created.values()}
        records |= {text_path(print_): text.encode() for print_, text in texts.items()}
        return {**self.copy.replaced({LOCK: lock_text(lock).encode(), **records}), **self.copy.set_aside()}

    @functools.cached_property
    def copy(self) -> KeptCopy:
        """The copy of the national text that the edition has now, beside what it is to be."""
        return KeptCopy(self.root, self.lock.base, self.found.files)


def _in_order(news: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Return news in the order in which a lock keeps it."""
    return tuple(sorted(news, key=lambda one: (one.what, one.target)))
