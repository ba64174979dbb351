"""Decisions in words: who decided what on a piece of local work, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidance_kit.exporting.told import ended
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.lock import How, Reviewed, What

_HOW = {
    How.CREATED: "written",
    How.KEPT_MINE: "our wording kept",
    How.TOOK_NATIONAL: "the text taken as it stands",
    How.USED_MERGED: "both wordings merged",
    How.EDITED: "edited",
    How.AS_LOCAL: "kept as a local item",
    How.LEFT_OUT: "put in the attic",
    How.SEEN: "read",
    How.DEFERRED: "put off",
}
_WHAT = {
    What.ADAPT: "adaptation",
    What.NOTE: "local note",
    What.LEAVE_OUT: "omission",
    What.REPLACE: "replacement",
    What.FACT: "local fact",
    What.PAGE: "local page",
    What.NEW_ITEM: "new national item",
    What.SAFETY: "safety change",
    What.UPDATED: "updated national text",
    What.WITHDRAWN: "withdrawn national text",
}


def decisions_about(
    decisions: Iterable[Reviewed], what: What, target: str, name: str = ""
) -> tuple[Reviewed, ...]:
    """Return the decisions on a piece of local work that stands, in order, and on what it stands beside.

    ``name`` is the id of a note or local item.
    """
    found = (one for one in decisions if one.target == target and not one.how.puts_away)
    about = (one for one in found if (one.what, one.name) == (what, name) or one.what is What.SAFETY)
    return tuple(sorted(about, key=order))


def order(one: Reviewed) -> tuple[str, str, str]:
    """Return what decisions are put in order by: what they are about, then their kind."""
    return one.target, str(one.what), one.name


def decision_words(one: Reviewed) -> str:
    """Return a decision as a sentence, with its reason."""
    said = f"{_HOW[one.how]}{_until(one)}"
    by = f" by {one.by}" if one.by else ", by whom is not recorded,"
    on = f" on {date_in_words(one.on.isoformat())}" if one.on else ""
    beside = f", beside the text of {one.base_version}" if one.base_version else ""
    words = f"{said[:1].upper()}{said[1:]}{by}{on}{beside}".replace(",,", ",")
    return " ".join(_sentences(words, f"Reason: {one.reason}" if one.reason.strip() else ""))


def decision_about(one: Reviewed) -> str:
    """Return what a decision is about: the kind of local work, and its target."""
    return f"{_WHAT[one.what]}, {one.target} {one.name}".strip()


def decision_row(one: Reviewed) -> dict[str, str]:
    """Return a decision as a value of JSON."""
    return {
        "what": str(one.what),
        "target": one.target,
        "name": one.name,
        "how": str(one.how),
        "by": one.by,
        "on": one.on.isoformat() if one.on else "",
        "until": one.until.isoformat() if one.until else "",
        "reason": one.reason,
        "base_version": one.base_version,
    }


def _until(one: Reviewed) -> str:
    return f" until {date_in_words(one.until.isoformat())}" if one.until else ""


def _sentences(*pieces: str) -> Iterator[str]:
    for piece in pieces:
        words = " ".join(piece.split()).rstrip(",")
        if words:
            yield ended(words)
