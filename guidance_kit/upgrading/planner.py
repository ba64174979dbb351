"""What an upgrade is worked out from, and what it brings: news, states of local work, files."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from guidance_kit.model.library import Library
from guidance_kit.model.lock import Composed, Key, Lock, Reviewed, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.reading.decisions import decision_path, decision_text, text_path
from guidance_kit.reading.locks import LOCK, lock_text
from guidance_kit.upgrading.arrivals import arrivals, heirs, met
from guidance_kit.upgrading.artefacts import (
    Artefact,
    artefacts_of,
    exists,
    name_of,
    worded,
)
from guidance_kit.upgrading.copies import KeptCopy, records_in
from guidance_kit.upgrading.genuine import composed_of, digest
from guidance_kit.upgrading.gravity import regraded
from guidance_kit.upgrading.lost import unread
from guidance_kit.upgrading.matching import decisions_on
from guidance_kit.upgrading.older_texts import texts_to_keep
from guidance_kit.upgrading.opening import unread_in
from guidance_kit.upgrading.recording import created, in_place
from guidance_kit.upgrading.sources import Available
from guidance_kit.upgrading.states import Standing, standing


@attrs.frozen
class Planner:
    """What an upgrade is worked out from: an edition, its lock, what it has now and what is to be had.

    ``kept`` is what ``national/`` holds, if that is known; ``lost`` says that nobody knows what was looked
    at, ``unread`` that nobody knows which safety changes were read.
    """

    root: Path
    overlay: Overlay
    lock: Lock
    old: Library
    found: Available
    today: dt.date
    kept: Composed | None = None
    lost: bool = False
    unread: bool = False

    @functools.cached_property
    def moved(self) -> bool:
        """Whether the national text, or what is said of it, is another than the one that the edition has."""
        new, kept = self.found.library, self.lock.base
        return (
            kept is None
            or (kept.id, kept.version) != (new.id, new.version)
            or self.composed().content != kept.content
            # an edition can say the same of a later release; an older copy put there by hand says nothing
            or (self.old.release != new.release and not self.copy.touched)
            or any(regraded(self.old, new))
        )

    @functools.cached_property
    def news(self) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
        """What waits for somebody afterwards, and what the text that is taken brings up to date."""
        return self._news() if self.moved else (self.lock.waiting, self.lock.updated)

    @functools.cached_property
    def noted(self) -> Lock:
        """The lock as it will be, but for what the edition will be composed from."""
        waiting, updated = self.news
        reviewed = {**self.lock.reviewed, **self._created}
        lock = attrs.evolve(
            self.lock, waiting=waiting, updated=updated, settled=self._settled, reviewed=reviewed
        )
        if self.moved or self._created or not self.lock.edition:
            # beside the same text some work can be unreadable for now, and has its record still
            before = () if self.moved else self.lock.recorded
            recorded = tuple(sorted({*before, *map(name_of, self._work)}))
            lock = attrs.evolve(lock, edition=self.overlay.id, recorded=recorded)
        if self.moved:
            lock = attrs.evolve(lock, words=tuple(sorted(worded(one) for one in self._work)))
        return lock

    @functools.cached_property
    def texts(self) -> Mapping[str, str]:
        """The older texts that are to be kept, by their fingerprints."""
        return texts_to_keep(self.root, self.old, self.found.library, self.noted)

    @functools.cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The states of the local work afterwards."""
        return tuple(self._standings(self.noted, self.texts))

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

    @property
    def _settled(self) -> tuple[Waiting, ...]:
        """What was decided on before: if the record of that is lost, somebody is asked again.

        What is gone is no matter any more, and what changed again is news.
        """
        if not self.moved:
            return self.lock.settled
        again = {(one.what, one.target) for one in self.news[0]}
        return _in_order(
            one
            for one in self.lock.settled_news()
            if (one.what, one.target) not in again and heirs(self.found.library, one.target)
        )

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
        waiting += unread(new) if self.lost or self.unread else []
        kept = self._waiting_still()
        for one in waiting:
            known = kept.get((one.what, one.target))
            kept[one.what, one.target] = attrs.evolve(one, base=known.base) if known else one
            if one.what is What.SAFETY:  # what came for safety is there always: nobody chooses
                kept.pop((What.NEW_ITEM, one.target), None)
        gone = {one.target for one in updated}
        still = (one for one in self.lock.updated if one.what is What.WITHDRAWN and one.target not in gone)
        before = [one for one in still if not exists(new, one.target)]  # another base can have it again
        return _in_order(kept.values()), _in_order((*updated, *before))

    def _waiting_still(self) -> dict[tuple[What, str], Waiting]:
        """Return what waited before and waits still, by the names that it has now."""
        new, waited = self.found.library, self.lock.open_news()
        asked = {one.target for one in waited if one.what is What.NEW_ITEM}
        known = met((name for name in self.old.by_id if name not in asked), new)
        kept: dict[tuple[What, str], Waiting] = {}
        for one in waited:
            for target in heirs(new, one.target):
                if one.what is What.NEW_ITEM and target in known:
                    continue  # it is one with what readers know: no choice any more
                item = new.by_id.get(target)
                what = What.SAFETY if item and item.must_appear else one.what
                title = item.title if item else one.title
                kept[what, target] = attrs.evolve(one, what=what, target=target, title=title)
        return kept

    def _standings(self, lock: Lock, texts: Mapping[str, str]) -> Iterator[Standing]:
        new = self.found.library
        decisions = decisions_on(new, lock, self._work)
        unread = unread_in(lock)
        for one in self._work:
            decision = decisions.get(one.key)
            was = texts.get(decision.base, "") if decision else ""
            yield standing(one, decision, new, self.today, was, unread=unread)

    def changes(self, lock: Lock) -> dict[str, bytes | None]:
        """Return the files that differ from what stands in the folder; what a person wrote there is kept."""
        records = {decision_path(one): decision_text(one).encode() for one in self._created.values()}
        records |= {text_path(print_): text.encode() for print_, text in self.texts.items()}
        put = self.copy.replaced({LOCK: lock_text(lock).encode(), **records})
        return {**(records_in(self.root) if self.lost else {}), **put, **self.copy.set_aside()}

    @functools.cached_property
    def copy(self) -> KeptCopy:
        """The copy of the national text that the edition has now, beside what it is to be."""
        return KeptCopy(self.root, self.kept, self.found.files)


def _in_order(news: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Return news in the order in which a lock keeps it."""
    return tuple(sorted(news, key=lambda one: (one.what, one.target)))
