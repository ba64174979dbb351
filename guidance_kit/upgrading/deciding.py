"""What a person decides, and which decisions cannot be: each is refused with what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from guidance_kit.editing.done import RefusedError
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.lock import How, Lock, What
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.upgrading.aging import later
from guidance_kit.upgrading.artefacts import worded
from guidance_kit.upgrading.naming import called
from guidance_kit.upgrading.retiring import Said
from guidance_kit.upgrading.states import GONE, Standing, State
from guidance_kit.upgrading.telling import folder_of, hint_of

_QUARTER = dt.timedelta(days=90)
_ATTIC_ONLY = {
    State.NOW_PROTECTED: ("fixed-wording", 'The national text of "{}" must stand as it is now.'),
    State.NOW_REQUIRED: ("required-item", '"{}" must appear in every edition now.'),
}


@attrs.frozen(kw_only=True)
class Decision:
    """What a person decides: how, who, why; until when, if it is put off."""

    how: How
    by: str = ""
    reason: str = ""
    until: dt.date | None = None
    on: dt.date = dt.date.min

    @property
    def said(self) -> Said:
        """Who decided, why and when."""
        return Said(by=self.by, reason=self.reason, on=self.on)


Refuse = Callable[..., None]
#: Readers see a notice all that time, and who put it off may have left.
_LONGEST = "12 months"


def allow(one: Standing, decision: Decision, lock: Lock | None = None) -> None:
    """Refuse a decision that cannot be: each with what can be done."""
    name, how = called(one), decision.how

    def refuse(words: str, hint: str, code: str = "bad-value") -> None:
        raise RefusedError(Problem(code, words, hint, one.artefact.origin))

    if one.state is State.PARENT_UNDER_REVIEW:
        refuse(f'"{name}" waits for another edition.', hint_of(one), "parent-under-review")
    if how is How.SEEN:
        refuse(f'"{name}" is local work: say what becomes of it.', "Use --keep-mine, or --take-national.")
    if how is How.DEFERRED:
        _allow_to_put_off(one, decision, refuse)
    if one.state in GONE and how not in (How.AS_LOCAL, How.LEFT_OUT):
        local = one.artefact.what in (What.ADAPT, What.REPLACE)
        keep = "Keep it as an item of your own with --as-local, put" if local else "Put"
        refuse(
            f'"{name}" is about something that is no longer there, so it cannot stay as it is.',
            f"{keep} it in the attic with --attic, or write what it is about now in its place.",
        )
    if one.state in _ATTIC_ONLY and how not in (How.TOOK_NATIONAL, How.LEFT_OUT):
        _only_in_the_attic(one, refuse)
    same = one.decision is not None and one.decision.local == one.artefact.local
    same = same or (one.open and lock is not None and worded(one.artefact) in lock.words)
    if how is How.EDITED and same:
        hint = f"Edit them at {one.artefact.origin}. If they are right as they are, use --keep-mine."
        refuse(f'The words of "{name}" have not been edited since they were last looked at.', hint)
    if how is How.USED_MERGED and one.state is State.CURRENT:
        hint = f"What waits: guidance-kit status {typed(folder_of(one.artefact.origin))}"
        refuse(f'"{name}" does not wait for a decision, so there is nothing to merge.', hint, "stale")
    if how is How.AS_LOCAL:
        _allow_as_local(one, refuse)


def _only_in_the_attic(one: Standing, refuse: Refuse) -> None:
    code, form = _ATTIC_ONLY[one.state]
    words = form.format(called(one))
    if one.fixed_by and one.state is State.NOW_REQUIRED:
        words = f'"{called(one)}" must appear now in every edition based on that of {one.fixed_by}.'
    elif one.fixed_by:
        words = f'"{called(one)}" is fixed by {one.fixed_by} now, and must stand as it is there.'
    hint = "Take the national text with --take-national: your words go to the attic."
    refuse(words, hint, code)


def _allow_to_put_off(one: Standing, decision: Decision, refuse: Refuse) -> None:
    name, folder = called(one), typed(folder_of(one.artefact.origin))
    if one.stale and one.stale.safety:
        hint = f"Decide now: guidance-kit review {folder} {typed(name)}"
        refuse(f'"{name}" is about safety, and cannot be put off.', hint, "safety-unreviewed")
    if one.state.settled and one.state is not State.CONVERGED:
        words = f'"{name}" does not wait for a decision, so there is nothing to put off.'
        refuse(words, f"What waits: guidance-kit status {folder}", "bad-value")
    allow_later(decision, one.artefact.origin)


def some_day(today: dt.date) -> dt.date:
    """Return a day that something might be put off to: a quarter of a year from now."""
    return min(today, dt.date.max - _QUARTER) + _QUARTER


def allow_later(decision: Decision, place: Place) -> None:
    """Refuse to put something off without a reason, to no day to come, or for longer than a year."""
    past = decision.until is not None and decision.until <= decision.on
    latest = later(decision.on, _LONGEST)
    if decision.until and latest and decision.until > latest:
        words = f"{date_in_words(decision.until.isoformat())} is too far away to put something off to."
        hint = f"Name a day within a year: --defer {latest.isoformat()}"
        raise RefusedError(Problem("bad-value", words, hint, place))
    if past or decision.until is None:
        words = "To put something off needs a day that is still to come."
        hint = f"Name one: --defer {some_day(decision.on).isoformat()}"
        raise RefusedError(Problem("bad-value", words, hint, place))
    if not decision.reason:
        words = "To put something off needs a reason."
        raise RefusedError(Problem("bad-value", words, 'Add --reason "..."', place))


def _allow_as_local(one: Standing, refuse: Refuse) -> None:
    if one.artefact.what is What.ADAPT and one.state not in GONE:
        refuse(f'What "{called(one)}" adapts is still there.', "Keep your words with --keep-mine.")
    if one.artefact.what not in (What.ADAPT, What.REPLACE):
        refuse(f'"{called(one)}" cannot become an item of its own.', "Put it in the attic with --attic.")
