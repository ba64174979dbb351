"""The tables of ``edition.toml``: what may be said there, and nothing else."""

from __future__ import annotations

import attrs

from guidance_kit.model.vocabulary import Protection, Word


class StartFrom(Word):
    """What an edition holds before anything is left out."""

    EVERYTHING = "everything", "Everything"
    NOTHING = "nothing", "Nothing but what is taken"


class NewItems(Word):
    """What becomes of items that a later national release adds."""

    ASK = "ask", "Ask"
    INCLUDE = "include", "Include them"
    LEAVE_OUT = "leave-out", "Leave them out"


class WhenStale(Word):
    """What readers see where national text changed beneath a local change."""

    LOCAL = "show-local-with-notice", "The local words, with a notice"
    NATIONAL = "show-national", "The national words"


@attrs.frozen
class EditionTable:
    """``[edition]``."""

    id: str
    title: str
    publisher: str = ""
    contact: str = ""
    version: str = ""
    based_on: str = "core"
    carries: tuple[str, ...] = ()


@attrs.frozen
class ChooseTable:
    """``[choose]``."""

    start_from: StartFrom = StartFrom.EVERYTHING
    new_items: NewItems = NewItems.ASK


@attrs.frozen
class PublishTable:
    """``[publish]``."""

    when_stale: WhenStale = WhenStale.LOCAL


@attrs.frozen
class LeaveOutRow:
    """``[[leave_out]]``."""

    item: str
    reason: str = ""


@attrs.frozen
class TakeRow:
    """``[[take]]``."""

    item: str


@attrs.frozen
class FactForRow:
    """``[[fact_for]]``."""

    item: str
    fact: str
    value: str


@attrs.frozen
class ArrangeRow:
    """``[[arrange]]``."""

    section: str
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


@attrs.frozen
class ProtectRow:
    """``[[protect]]``."""

    item: str
    protection: Protection
    part: str = ""


@attrs.frozen
class LockFactRow:
    """``[[lock_fact]]``."""

    fact: str
    reason: str = ""


@attrs.frozen
class PlaceRow:
    """``[[place]]``."""

    item: str
    section: str
