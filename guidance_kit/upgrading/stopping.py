"""States as problems: what stops a release, of local work and of what an earlier edition has to review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from guidance_kit.model.changes import PAGE
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.problems import Place, Problem, Severity
from guidance_kit.upgrading.states import GONE, Standing, State
from guidance_kit.upgrading.telling import hint_of, message_of, not_yet, wait_hint

_UNREVIEWED = "safety-unreviewed"
_CODES = {
    State.STALE: "stale",
    State.NOTE_CHECK: "note-check",
    State.FACT_CHECK: "fact-check",
    State.LEFT_OUT_CHANGED: "left-out-changed",
    State.STALE_SAFETY: _UNREVIEWED,
    State.NOTE_CHECK_SAFETY: _UNREVIEWED,
    State.LEFT_OUT_SAFETY: _UNREVIEWED,
    State.CONVERGED: "converged",
    State.PARENT_UNDER_REVIEW: "parent-under-review",
}
#: The states of work that cannot stay as it is: whatever is wrong with it goes with it.
_GOES = (*GONE, State.NOW_PROTECTED, State.NOW_REQUIRED)


def told(one: Standing, base: Library) -> Problem | None:
    """Return the problem that a piece of local work is, if it is one that composing does not tell."""
    code = _CODES.get(one.state)
    if one.state in GONE and one.safety:
        code = _UNREVIEWED
    if code is None or one.deferred:
        return None
    return Problem(code, message_of(one, base), hint_of(one, base.space), one.artefact.origin)


def by_hand(problems: Iterable[Problem], standings: Iterable[Standing]) -> list[Problem]:
    """Return what became several, or one with others, and is no local work: its lines are written anew."""
    work = {one.artefact.origin for one in standings}
    return [one for one in problems if one.code == "split-choice" and one.place not in work]


def mended_by_none(problems: Iterable[Problem], standings: Iterable[Standing]) -> list[Problem]:
    """Return the errors that no decision on local work mends: the lines that they name are written anew.

    Where words can stay as they are, they would stay wrong.
    """
    goes = {one.artefact.origin for one in standings if one.state in _GOES}
    errors = (one for one in problems if one.severity is Severity.ERROR and one.code != _UNREVIEWED)
    return [one for one in errors if one.place not in goes]


def parents(
    edition: Edition, standings: Iterable[Standing], place: Place, today: dt.date
) -> Iterator[Problem]:
    """Give a problem for each change that the edition this one is based on has not looked at.

    What local work is about is told with that work, and what this edition leaves out is not told; what the
    other edition leaves out is. What that has put off, and given a reason for, waits for its day, and stops
    no release until then: where nobody meets it, nobody here is told before.
    """
    base = edition.base
    if base.ancestry is None:
        return
    told = {one.artefact.target for one in standings if one.state is State.PARENT_UNDER_REVIEW}
    for target in base.ancestry.under_review:
        item = target.partition("#")[0]
        here = item in edition.by_id or target.removeprefix(PAGE) in edition.page_by_name
        out = item in base.ancestry.left_out
        until = base.ancestry.put_off.get(target, dt.date.min)
        if until >= today:
            if here:
                yield Problem("parent-put-off", not_yet(target, base, until), wait_hint(place), place)
        elif (here or out) and not {target, item} & told:
            yield Problem("parent-under-review", not_yet(target, base), wait_hint(place), place)
