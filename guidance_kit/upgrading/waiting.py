"""What a release brought that nobody has decided on yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from guidance_kit.model.library import Library
from guidance_kit.model.lock import Lock, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.upgrading.states import Standing, State


def called_now(lock: Lock, base: Library) -> Lock:
    """Return a lock in which what waits again bears the name that it has in the text now."""
    read = frozenset(lock.settled_news())
    if read.issuperset(lock.settled):
        return lock
    follow = base.changes.follow
    settled = (one if one in read else attrs.evolve(one, target=follow(one.target)) for one in lock.settled)
    return attrs.evolve(lock, settled=tuple(settled))


def due_news(
    lock: Lock, overlay: Overlay, standings: Iterable[Standing], today: dt.date
) -> tuple[Waiting, ...]:
    """Return the news that waits for somebody now: what was put off waits for its day."""
    return tuple(one for one in open_news(lock, overlay, standings) if lock.put_off(one, today) is None)


def open_news(lock: Lock, overlay: Overlay, standings: Iterable[Standing]) -> tuple[Waiting, ...]:
    """Return the news that waits: safety changes, and new items where the edition asks about them.

    An edition that starts from nothing is not asked; nor is one that has left the item out, or taken it. A
    safety change beneath local work that somebody has to decide on is told with that work, and not again.
    """
    about = list(standings)
    settled = {one.artefact.item for one in about if one.artefact.what is What.LEAVE_OUT}
    settled |= {one.item for one in overlay.takes}
    told = {one.artefact.target for one in about if _tells(one)}
    asks = overlay.new_items == "ask" and overlay.start_from == "everything"
    return tuple(
        one
        for one in lock.open_news()
        if (asks and one.target not in settled if one.what is What.NEW_ITEM else not _is_beneath(one, told))
    )


def _tells(one: Standing) -> bool:
    return one.open or one.state is State.CONVERGED


def _is_beneath(one: Waiting, told: set[str]) -> bool:
    return one.target in told or one.target.partition("#")[0] in told
