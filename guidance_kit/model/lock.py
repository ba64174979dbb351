"""What an edition is composed from, and what its people have looked at.

Rules of composing, section 8. The lock (``edition.lock``) tells the national text that the edition is
composed from, and what the last upgrade left for people to look at. A decision, one small file each, tells
the national text that a local change was last reviewed against; only ``accept`` and the commands that create
a local change write one. So two people can decide on different things in copies of one folder, and both
decisions stand when the folders are put together again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs

from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import NOWHERE, Place

#: The form of lock that this package writes; it reads no newer one.
FORMAT = 1
#: In the place of a fingerprint, where the record of what somebody looked at is gone.
LOST = "lost"


class What(StrEnum):
    """The kinds of thing that somebody decides on: an edition's own changes, and news of the base."""

    ADAPT = "adapt"
    NOTE = "note"
    LEAVE_OUT = "leave-out"
    REPLACE = "replace"
    FACT = "fact"
    PAGE = "page"
    NEW_ITEM = "new-item"
    SAFETY = "safety"
    UPDATED = "updated"
    WITHDRAWN = "withdrawn"


class How(StrEnum):
    """What a person decided, as it is written down."""

    CREATED = "created"
    KEPT_MINE = "kept-mine"
    TOOK_NATIONAL = "took-national"
    USED_MERGED = "used-merged"
    EDITED = "edited"
    AS_LOCAL = "as-local"
    LEFT_OUT = "left-out"
    SEEN = "seen"
    DEFERRED = "deferred"

    @property
    def puts_away(self) -> bool:
        """Whether the local words that were decided on stand no more where they stood."""
        return self in (How.TOOK_NATIONAL, How.AS_LOCAL, How.LEFT_OUT)


Key = tuple[What, str]


@attrs.frozen(kw_only=True)
class Reviewed:
    """A decision: ``base`` is the fingerprint of the national text that ``target`` was reviewed against.

    ``name`` tells apart what may stand more than once beside a target: the id of a note or of a local item,
    or the item in which a fact has another value. ``local`` is the fingerprint of the local words, ``before``
    that of the words which a decision put away: when those come back, it counts for nothing. ``base``
    is not moved by ``deferred``, which only says until when the decision waits, and in ``seen`` the
    fingerprint of the national text that was put off: another one waits for nobody. ``replaces`` are the ids
    of the records that this one was written in place of, older ones too: folders copied over one another can
    bring those back, and they say nothing any more. ``edition`` is the id of the edition that decided; older
    records do not say it.
    """

    what: What
    target: str
    name: str = ""
    base: str
    base_version: str = ""
    local: str = ""
    before: str = ""
    how: How = How.CREATED
    by: str = ""
    on: dt.date | None = None
    reason: str = ""
    until: dt.date | None = None
    seen: str = ""
    replaces: tuple[str, ...] = ()
    edition: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)

    @property
    def key(self) -> Key:
        """What there is one decision for."""
        return self.what, key_of(self.target, self.name)

    @property
    def called(self) -> str:
        """What a person writes to name what it is about."""
        return called(self.what, self.target, self.name)


def key_of(target: str, name: str = "") -> str:
    """Return the name of what a decision is about."""
    return f"{target} {name}".strip()


def called(what: What, target: str, name: str = "") -> str:
    """Return what a person writes to name something: no two are called the same."""
    return key_of(target, name) if what is What.FACT else name or target


@attrs.frozen(kw_only=True)
class Waiting:
    """Something an upgrade brought that a person is to know: a new or withdrawn item, or a changed text.

    ``base`` is the fingerprint that the target had before (empty if it is new); ``version`` the release's.
    """

    what: What
    target: str
    kind: ChangeKind
    version: str
    base: str = ""
    title: str = ""


@attrs.frozen(kw_only=True)
class Composed:
    """``[base]``: the library that an edition is composed from, by id, version and fingerprint.

    ``files`` is a digest of its bytes, so that what has not been touched need not be read to be trusted.
    ``records`` is a digest of what it says beside its text: what its releases changed, and how it is made.
    """

    id: str
    version: str = ""
    content: str
    files: str = ""
    records: str = ""


@attrs.frozen(kw_only=True)
class Lock:
    """The lock of an edition and its decisions; ``updated`` is what the last upgrade changed, as news.

    ``edition`` is the id of the edition, ``recorded`` names the local work that had a record when the lock
    was written: what is among it and has none any more counts as not looked at. ``words`` names it with the
    fingerprint of its words at the last upgrade, so that what was edited since is known. ``settled`` is what
    earlier upgrades brought and somebody had decided on when another came: without the record of that it
    waits again. ``outdated`` are records that say nothing any more, as others were written in place of them.
    """

    base: Composed | None = None
    waiting: tuple[Waiting, ...] = ()
    updated: tuple[Waiting, ...] = ()
    settled: tuple[Waiting, ...] = ()
    edition: str = ""
    recorded: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    reviewed: Mapping[Key, Reviewed] = attrs.field(default=MappingProxyType({}))
    outdated: tuple[Reviewed, ...] = ()

    def decision(self, what: What, target: str, name: str = "") -> Reviewed | None:
        """Return the decision on something, if there is one."""
        return self.reviewed.get((what, key_of(target, name)))

    def open_news(self) -> tuple[Waiting, ...]:
        """Return what upgrades brought and nobody has decided on since, as far as there is a record."""
        return tuple(one for one in (*self.waiting, *self.settled) if not self._settled(one))

    def settled_news(self) -> tuple[Waiting, ...]:
        """Return what upgrades brought and somebody has decided on."""
        return tuple(one for one in (*self.waiting, *self.settled) if self._settled(one))

    def put_off(self, one: Waiting, today: dt.date) -> dt.date | None:
        """Return the day until which somebody has put off what an upgrade brought; None if nobody has."""
        found = self.decision(one.what, one.target)
        if found is None or found.until is None or found.base_version != one.version:
            return None
        return found.until if found.until >= today else None

    def _settled(self, one: Waiting) -> bool:
        found = self.decision(one.what, one.target)
        return found is not None and found.base_version == one.version and found.how is not How.DEFERRED
