"""What an edition says of its own: the operations, as they were written, before anything is composed."""

from __future__ import annotations

from pathlib import Path

import attrs

from guidance_kit.model.facts import Fact
from guidance_kit.model.item import Item, Rating
from guidance_kit.model.library import Asset, Writing
from guidance_kit.model.page import Page
from guidance_kit.model.references import Reference
from guidance_kit.model.vocabulary import AdaptKind, Protection
from guidance_kit.problems import NOWHERE, Place

#: The folder of ``local/`` whose pages stand in the edition as they are, at the path they have within it.
PAGES = "pages/"


@attrs.frozen
class LeaveOut:
    """``[[leave_out]]``: an item that this edition does not carry, and why."""

    item: str
    reason: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Take:
    """``[[take]]``: an item chosen where the edition starts from nothing."""

    item: str
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class FactValue:
    """A value given to a fact, for the edition (``item`` empty) or in one item only."""

    fact: str
    value: str
    item: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Arrange:
    """``[[arrange]]``: within a section, these first and those last; the rest as received."""

    section: str
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Put:
    """``[[place]]``: an item moved to another section."""

    item: str
    section: str
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Protect:
    """``[[protect]]``: an item or part that editions based on this one may do less with."""

    what: str
    protection: Protection
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class LockFact:
    """``[[lock_fact]]``: a fact whose value stands in every edition that is based on this one."""

    fact: str
    reason: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen(kw_only=True)
class Adapt:
    """An ``{adapt}`` block: one whole part of a national item, in local words.

    ``first_line`` is the line (from 1) of the first line of ``text`` in ``origin.path``; ``ratings`` are the
    judgements in it, if the part is one that holds them; ``top_heading`` is the level of its highest heading.
    """

    item: str
    part: str
    text: str = attrs.field(repr=False)
    kind: AdaptKind = AdaptKind.CONTEXT
    reason: str = ""
    approved_by: str = ""
    approved_on: str = ""
    review_by: str = ""
    ratings: tuple[Rating, ...] = ()
    top_heading: int = 0
    first_line: int = 0
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen(kw_only=True)
class Note:
    """A ``{local-note}`` block: local words beside a national item or part, which they do not change.

    ``by`` is whoever says it, if that is not the publisher of the edition.
    """

    id: str
    item: str
    part: str = ""
    text: str = attrs.field(repr=False)
    title: str = ""
    by: str = ""
    before: bool = False
    first_line: int = 0
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen(kw_only=True)
class Add:
    """A local item: a block of any kind in ``local/``. With ``instead_of`` it replaces a national item.

    ``page`` is the page it was written on; one of ``local/pages`` is also where it stands. ``beside`` is the
    national item that it would replace, and which stands again until somebody has looked at a change of it.
    """

    item: Item
    page: Page = attrs.field(repr=False)
    instead_of: str = ""
    reason: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)
    beside: str = ""


@attrs.frozen(kw_only=True)
class Overlay:
    """An edition's own work, as read from its folder; nothing here has met the national text yet.

    An id that was written without a space has the edition's. ``carries`` are the spaces of earlier editions
    whose items stand here as this edition's own. ``pages`` are those of ``local/pages``; ``adds``
    are the local items of every page of ``local``, found by content.
    """

    id: str
    title: str
    publisher: str = ""
    contact: str = ""
    version: str = ""
    based_on: str = "core"
    carries: tuple[str, ...] = ()
    start_from: str = "everything"
    new_items: str = "ask"
    when_stale: str = "show-local-with-notice"
    leave_out: tuple[LeaveOut, ...] = ()
    takes: tuple[Take, ...] = ()
    values: tuple[FactValue, ...] = ()
    arrangements: tuple[Arrange, ...] = ()
    puts: tuple[Put, ...] = ()
    protects: tuple[Protect, ...] = ()
    locks: tuple[LockFact, ...] = ()
    adaptations: tuple[Adapt, ...] = ()
    notes: tuple[Note, ...] = ()
    adds: tuple[Add, ...] = ()
    pages: tuple[Page, ...] = ()
    facts: tuple[Fact, ...] = ()
    references: tuple[Reference, ...] = ()
    assets: tuple[Asset, ...] = ()
    writing: Writing = attrs.field(factory=Writing)
    root: Path | None = attrs.field(default=None, eq=False, repr=False)
