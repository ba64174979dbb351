"""In what state each piece of local work is, now that the national text is as it is.

The table is that of the rules of composing, section 8: every piece is in exactly one state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import attrs

from guidance_kit.model.changes import Withdrawn
from guidance_kit.model.fingerprint import OPTIONS
from guidance_kit.model.history import since
from guidance_kit.model.layers import NATIONAL_TEXT, fixer, guidance_of, requirer, whose
from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, Reviewed, What
from guidance_kit.model.review import Stale
from guidance_kit.model.vocabulary import ChangeKind, Protection, Word
from guidance_kit.upgrading.artefacts import Artefact, exists, print_of
from guidance_kit.upgrading.beneath import (
    NO_RELEASES,
    became_fixed,
    kept_above,
    names_of,
    only_protected,
    options_at,
    staleness,
    taken_out,
    unseen_safety,
)
from guidance_kit.upgrading.gravity import fixed_since, gravity


class State(Word):
    """A state of the table, and what an editor is told it means."""

    SAME = "same", "in national wording"
    UPDATED = "updated", "brought up to date"
    UPDATED_SAFETY = "updated-safety", "brought up to date: a safety change to read"
    NEW = "new", "new in the national guidance"
    CURRENT = "current", "up to date"
    CURRENT_TIDIED = "current-tidied", "up to date; the national text was tidied"
    STALE = "stale", "to be reviewed: the national text changed"
    STALE_SAFETY = "stale-safety", "to be reviewed now: the national text changed for safety"
    NOTE_CHECK = "note-check", "to be read again: the national text beside it changed"
    NOTE_CHECK_SAFETY = "note-check-safety", "to be read again now: the text beside it changed for safety"
    FACT_CHECK = "fact-check", "to be looked at: the fact means something else now"
    LEFT_OUT = "left-out", "left out"
    LEFT_OUT_CHANGED = "left-out-changed", "left out, and changed since"
    LEFT_OUT_SAFETY = "left-out-safety", "left out, and changed for safety since"
    NOW_PROTECTED = "now-protected", "the national wording is fixed now"
    NOW_REQUIRED = "now-required", "must appear now"
    SPLIT_CHOICE = "split-choice", "the part became several, or one with others: choose"
    ANCHOR_CHOICE = "anchor-choice", "what it stands beside became several, or one with others: choose"
    WITHDRAWN = "withdrawn", "withdrawn from the national guidance"
    ORPHANED = "orphaned", "what it changes was withdrawn"
    UNPLACED = "unplaced", "what it stands beside was withdrawn"
    CLOSED = "closed", "what it leaves out was withdrawn"
    CONVERGED = "converged", "the national text now says the same"
    PARENT_UNDER_REVIEW = "parent-under-review", "the edition it is based on has a change to review first"

    @property
    def settled(self) -> bool:
        """Whether nobody needs to decide anything."""
        return self in _SETTLED


_SETTLED = frozenset(
    (
        State.CURRENT,
        State.CURRENT_TIDIED,
        State.LEFT_OUT,
        State.CLOSED,
        State.CONVERGED,
    )
)
#: The states of work about what is no longer there.
GONE = (State.ORPHANED, State.UNPLACED, State.SPLIT_CHOICE, State.ANCHOR_CHOICE)
#: What is said of work beside a text that nobody knows to have changed.
NO_RECORD = "to be looked at: there is no record of what it was looked at beside"
#: What is said where national words came in the place of others, and no release changed them.
_CAME = {
    State.STALE: "to be reviewed: the national text stands there now, in the place of other words",
    State.NOTE_CHECK: "to be read again: the national text stands beside it now, in the place of other words",
}
#: What can be put off: local words that can stay as they are, until somebody decides.
_PUT_OFF = frozenset((State.STALE, State.NOTE_CHECK, State.FACT_CHECK, State.LEFT_OUT_CHANGED))
#: The state that a change of a kind makes of each piece of local work.
_CHANGED: Mapping[ChangeKind, Mapping[What, State]] = {
    ChangeKind.EDITORIAL: {
        What.ADAPT: State.CURRENT_TIDIED,
        What.REPLACE: State.CURRENT_TIDIED,
    },
    ChangeKind.SUBSTANTIVE: {
        What.ADAPT: State.STALE,
        What.REPLACE: State.STALE,
        What.NOTE: State.NOTE_CHECK,
        What.PAGE: State.NOTE_CHECK,
        What.FACT: State.FACT_CHECK,
        What.LEAVE_OUT: State.LEFT_OUT_CHANGED,
    },
    ChangeKind.SAFETY: {
        What.ADAPT: State.STALE_SAFETY,
        What.REPLACE: State.STALE_SAFETY,
        What.NOTE: State.NOTE_CHECK_SAFETY,
        What.PAGE: State.NOTE_CHECK_SAFETY,
        What.FACT: State.FACT_CHECK,
        What.LEAVE_OUT: State.LEFT_OUT_SAFETY,
    },
}
_WITHDRAWN = {What.LEAVE_OUT: State.CLOSED, What.NOTE: State.UNPLACED}
_DIVIDED = {What.NOTE: State.ANCHOR_CHOICE, What.LEAVE_OUT: State.ANCHOR_CHOICE}


@attrs.frozen(kw_only=True)
class Standing:
    """A piece of local work and its state; ``stale`` tells of the change that nobody has looked at.

    ``deferred`` says whether somebody has put the decision off, and the day (``until``) has not come: never
    for safety, and never for another change than that which was put off. ``whose`` is what the text beneath
    is called. ``fixed_by`` is the earlier edition that fixed it, or asks for it, where that refuses the work.
    ``lacking`` is whose guidance has no more what no release withdrew. ``safety`` says whether somebody may
    come to harm if it is overlooked: it comes first in lists.
    """

    artefact: Artefact
    state: State
    decision: Reviewed | None = None
    stale: Stale | None = None
    until: dt.date | None = None
    deferred: bool = False
    whose: str = NATIONAL_TEXT
    safety: bool = False
    fixed_by: str = ""
    lacking: str = ""

    @property
    def words(self) -> str:
        """What an editor is told of the state."""
        if self.artefact.what is What.LEAVE_OUT and self.state is State.ANCHOR_CHOICE:
            return "left out, and became several, or one with others: choose"
        if self.artefact.what is What.FACT and self.state is State.ORPHANED:
            return f"not in the guidance of {self.lacking} now" if self.lacking else State.WITHDRAWN.label
        if self.decision and self.decision.base == LOST and self.stale and not self.stale.safety:
            return NO_RECORD
        if self.fixed_by:
            asked, by = self.state is State.NOW_REQUIRED, self.fixed_by
            return f"{self.state.label}, as {by} asks" if asked else f"the wording is fixed by {by} now"
        if self.came:
            return _CAME[self.state]
        kept = self.stale is not None and self.stale.kept  # then it is the national text that changed
        return self.state.label if kept else self.state.label.replace(NATIONAL_TEXT, self.whose)

    @property
    def came(self) -> bool:
        """Whether the national words beneath only came in the place of others: no release changed them."""
        return self.stale is not None and self.stale.undeclared and self.state in _CAME

    @property
    def open(self) -> bool:
        """Whether somebody has still to decide."""
        return not self.state.settled and not self.deferred


def standing(  # noqa: PLR0913 - everything that a state depends on
    artefact: Artefact,
    decision: Reviewed | None,
    base: Library,
    today: dt.date,
    was: str = "",
    *,
    unread: Collection[str] = (),
) -> Standing:
    """Return the state of a piece of local work; ``was`` is the national text it was reviewed against.

    ``unread`` are the targets of which a safety change came that nobody has read.
    """
    state, kind, after = _state(artefact, decision, base, unread)
    stale = None
    if decision and kind and kind is not ChangeKind.EDITORIAL:
        stale = attrs.evolve(staleness(artefact, decision, base, kind, after), was=was)
    until = _put_off_until(artefact, state, decision, base)
    if stale and until:
        stale = attrs.evolve(stale, until=until.isoformat())
    beneath = whose(base, artefact.target)
    return Standing(
        artefact=artefact,
        state=state,
        decision=decision,
        stale=stale,
        until=until,
        deferred=until is not None and until >= today,
        whose=beneath,
        safety=stale.safety if stale else _fixed_for_safety(artefact, state, base, decision),
        fixed_by=_fixed_by(artefact, state, base),
        lacking=guidance_of(base) if taken_out(artefact, decision, base) else "",
    )


def _fixed_for_safety(one: Artefact, state: State, base: Library, decision: Reviewed | None) -> bool:
    """Return whether local work may not stand since words, or a part, must appear for safety.

    That they are of a kind that is for safety says so, or what a release says of it.
    """
    item = base.by_id.get(one.item)
    if item is None or state not in (State.NOW_PROTECTED, State.NOW_REQUIRED):
        return False
    said = fixed_since(base, one.target, decision.base_version) if decision else ()
    if any(change.kind is ChangeKind.SAFETY for change in said):
        return True
    return item.protection_of(one.part) is Protection.SAFETY if one.part else item.for_safety


def _fixed_by(one: Artefact, state: State, base: Library) -> str:
    """Return the earlier edition whose protection refuses local work; empty if the core's does, or none."""
    before = None
    if state is State.NOW_PROTECTED:
        before = fixer(base, base.by_id[one.item], one.part)
    elif state is State.NOW_REQUIRED:
        before = requirer(base, base.by_id[one.item])
    return before[0] if before else ""


def _put_off_until(one: Artefact, state: State, decision: Reviewed | None, base: Library) -> dt.date | None:
    """Return the day to which somebody put off what waits here, and no later change; None if nobody did.

    What waits for an earlier edition is put off where that edition has put it off.
    """
    if state is State.PARENT_UNDER_REVIEW and base.ancestry:
        waits, put_off = base.ancestry.waiting(one.target), base.ancestry.put_off
        days = [put_off[target] for target in waits if target in put_off]
        return min(days) if len(days) == len(waits) else None
    if decision is None or state not in _PUT_OFF or decision.seen != print_of(base, one.target):
        return None
    return decision.until


Judged = tuple[State, ChangeKind | None, frozenset[str]]


def _state(one: Artefact, decision: Reviewed | None, base: Library, unread: Collection[str]) -> Judged:
    gone = _gone(one, decision, base)
    plain = gone or _protected(one, base)
    if plain:
        return plain, *(unseen_safety(one, decision, base) if gone else (None, NO_RELEASES))
    calm = State.LEFT_OUT if one.what is What.LEAVE_OUT else State.CURRENT
    now = print_of(base, one.target)
    fixed = decision is not None and became_fixed(one, decision, base)
    if decision is None or (decision.base == now and not fixed):
        after = kept_above(one, decision, base) if decision else NO_RELEASES
        if after:
            return _CHANGED[ChangeKind.SAFETY].get(one.what, calm), ChangeKind.SAFETY, after
        return _of_parent(one, base) or calm, None, NO_RELEASES
    if one.what is What.ADAPT and one.local == now:
        return State.CONVERGED, None, NO_RELEASES
    if one.what is What.LEAVE_OUT and only_protected(one, decision, base):
        return calm, None, NO_RELEASES
    names, target, was = names_of(one, decision, base), decision.target, decision.base
    if fixed:
        names = names | {f"{one.item}#{OPTIONS}"}
        target, was = f"{one.item}#{OPTIONS}", options_at(one.item, decision, base)
    if was == LOST and one.item:  # it may have been looked at before its wording was fixed
        names = names | {f"{one.item}#{OPTIONS}"}
    after = since(base.changes, base.history, target, was, decision.base_version)
    kind = gravity(base, target, was, names, after)
    if was == LOST and kind is ChangeKind.EDITORIAL:
        kind = ChangeKind.SUBSTANTIVE  # nobody knows what it was looked at beside
    if not names.isdisjoint(unread):
        kind = ChangeKind.SAFETY
    return _CHANGED[kind].get(one.what, calm), kind, after


def _gone(one: Artefact, decision: Reviewed | None, base: Library) -> State | None:
    """Return the state of work about something that is no longer there; None if it is there."""
    within = (one.name,) if one.what is What.FACT and one.name else ()
    for about in (*(() if one.own else (one.target,)), *within):
        fate = None if exists(base, about) else base.changes.fate(about)
        out = base.ancestry and about.partition("#")[0] in base.ancestry.left_out
        if out or isinstance(fate, Withdrawn):
            return _WITHDRAWN.get(one.what, State.ORPHANED)
        if fate:
            return _DIVIDED.get(one.what, State.SPLIT_CHOICE)
    if taken_out(one, decision, base):
        return _WITHDRAWN.get(one.what, State.ORPHANED)
    return None  # it is there, or it never was: composing says so


def _protected(one: Artefact, base: Library) -> State | None:
    """Return the state of work that protected wording refuses; None if it does not."""
    item = base.by_id.get(one.item)
    if item is None:
        return None
    if one.what is What.ADAPT and item.protection_of(one.part).fixed:
        return State.NOW_PROTECTED
    required = one.what in (What.LEAVE_OUT, What.REPLACE) and item.must_appear
    return State.NOW_REQUIRED if required else None


def _of_parent(one: Artefact, base: Library) -> State | None:
    waits = base.ancestry is not None and base.ancestry.waiting(one.target)
    return State.PARENT_UNDER_REVIEW if waits else None
