"""States in words: what a person is told of a piece of local work, and what to do next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from guidance_kit.model.changes import FACT, Change
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.layers import replaced, reworded, version_of
from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, Waiting, What
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.beneath import went_back
from guidance_kit.upgrading.gravity import fixed_since, for_safety, last_safety, why
from guidance_kit.upgrading.states import GONE, Standing, State
from guidance_kit.upgrading.word_changes import changed, named

_WAIT = "When that edition has decided, take what it says: guidance-kit upgrade {}. If it is urgent, ask."
#: What can be done with local work of which nothing is to be decided.
_ALL_THE_SAME = {
    What.ADAPT: "To take the national text all the same: guidance-kit accept {} --take-national",
    What.NOTE: "To take your note out: guidance-kit accept {} --take-national",
    What.LEAVE_OUT: "To take the item again: guidance-kit accept {} --take-national",
    What.REPLACE: "To take the national item all the same: guidance-kit accept {} --take-national",
    What.FACT: "To take your value out: guidance-kit accept {} --take-national",
    What.PAGE: "To take the national page all the same: guidance-kit accept {} --take-national",
}
_NOUNS = {
    What.ADAPT: "Your adaptation",
    What.NOTE: "Your note",
    What.LEAVE_OUT: "The omission",
    What.REPLACE: "Your item",
    What.FACT: "The value",
    What.PAGE: "Your page",
}


def news(waiting: Waiting, base: Library, place: Place) -> Problem:
    """Return what is to be said of something an upgrade brought, as long as nobody has decided on it."""
    target = waiting.target
    named = f"{typed(folder_of(place))} {target.removeprefix(f'{base.space}:')}"
    if waiting.what is What.NEW_ITEM:
        new = released(base, waiting.version)
        words = f'"{waiting.title}" ({target}) is new in {new} and not in your edition yet.'
        hint = f"Take it: guidance-kit accept {named} --take-national. "
        hint += f'Or: guidance-kit leave-out {named} --reason "..."'
        return Problem("new-items-waiting", words, hint, place)
    new = "is new, for safety," if for_safety(base, waiting) else "must appear, and is new"
    what = "changed for safety" if waiting.base else new
    words = f'"{target}" {what} in {released(base, waiting.version)}. {why(base, waiting)}'.strip()
    over = words_over(waiting, base)
    if over:
        by, last = over
        own = f"{by} has words of its own there."
        if replaced(base, target):
            own = f'"{target}" of {by} stands in its place.'
        about = base.changes.follow(last.what) if replaced(base, target) else target
        words = f'"{about}" changed for safety in {last.release}{f": {last.why}" if last.why else "."} {own}'
    hint = f"Read it: guidance-kit review {named}. Then: guidance-kit accept {named} --seen"
    return Problem("safety-unread", words, hint, place)


def words_over(waiting: Waiting, base: Library) -> tuple[str, Change] | None:
    """Return whose words stand in the place of national ones that changed for safety, and that change.

    The release that says why is that of the national words: these say something else.
    """
    layer = reworded(base, waiting.target)
    last = last_safety(base, (waiting.target, waiting.target.partition("#")[0])) if layer else None
    return (layer.by, last) if layer and last else None


def withdrawn(one: Standing, base: Library) -> Problem:
    """Return the problem that local work is about what an earlier edition had, and took out.

    An item can have been in no text of that either, but in what this edition was based on before: its id says
    so. The id of a fact does not.
    """
    art, whose = one.artefact, one.lacking
    named = f"{typed(folder_of(art.origin))} {typed(called(one, base.space))}"
    if art.what is What.FACT:
        words = f'The fact "{art.target.removeprefix(FACT)}" is not in the guidance of {whose} now.'
        hint = f"Put your value in the attic: guidance-kit accept {named} --attic"
        return Problem("unknown-fact", words, hint, art.origin)
    words = f'"{art.item}" was withdrawn: it is no longer in the guidance of {whose}.'
    known = (base.id, *base.ancestry.made_from) if base.ancestry else ()
    if art.item.partition(":")[0] not in known:
        words = f'"{art.item}" is not in the guidance of {whose}, which this edition is based on now.'
    words += " Your item stands, in place of nothing." if art.what is What.REPLACE else ""
    words += "" if art.what is What.REPLACE else " What you say of it has no place now."
    hint = f"See how it can be kept, or put it in the attic: guidance-kit review {named}"
    return Problem("orphaned", words, hint, art.origin)


def released(base: Library, version: str) -> str:
    """Return a release as a person reads it: in a chain a version may be that of an earlier edition."""
    return f"{version_of(base, version)} {version}".strip()


def message_of(one: Standing, base: Library) -> str:
    """Return what a person is told of a piece of local work that somebody has to look at."""
    art, stale = one.artefact, one.stale
    if one.state is State.CONVERGED:
        return f'The national text of "{art.target}" now says what your adaptation says.'
    if one.state is State.PARENT_UNDER_REVIEW:
        return not_yet(art.target, base, one.until if one.deferred else None)
    if one.decision and one.decision.base == LOST:
        noun = f"{_NOUNS[art.what]} {art.name}".strip()
        words = f"{noun} is about {art.target}, and there is no record of what it was looked at beside."
        if stale and stale.safety and stale.why:
            words = f"{words} It changed for safety in {stale.version}: {stale.why}"
        return words
    if _went_back(one, base):
        return _back(one, base)
    if art.what is What.FACT:
        name = art.target.partition(":")[2]
        since = released(base, stale.version if stale else base.version)
        why = f": {stale.why.rstrip('.')}" if stale and stale.why else ""
        safety = ", for safety" if stale and stale.safety else ""
        words = f'The fact "{name}" means something else since {since}{safety}{why}.'
        return f'{words} Your value is "{art.text}".'
    version = released(base, stale.version if stale else base.version)
    beside = "stands beside" if art.what is What.NOTE else "is about"
    noun = f"{_NOUNS[art.what]} {art.name}".strip()
    safety = " for safety" if stale and stale.safety else ""
    changes = "".join(named(one, base))
    kept = f" {stale.by} has words of its own there." if stale and stale.kept else ""
    about = f"{art.target}{_in_place_of(base, art.target) if kept else ''}"
    then = " before it went" if one.state in GONE else ""
    changed = f"which changed{safety} in {version}{then}"
    if one.came:
        changed = "where the national text stands now, in the place of other words"
    return f"{noun} {beside} {about}, {changed}{changes}.{kept}"


def _in_place_of(base: Library, target: str) -> str:
    olds = " and ".join(sorted(replaced(base, target)))
    return f", in the place of {olds}" if olds else ""


def _went_back(one: Standing, base: Library) -> bool:
    """Return whether somebody has looked at local work beside a later text than there is now."""
    back = one.decision is not None and went_back(one.decision, base)
    return back and one.stale is not None and one.state not in GONE


def _back(one: Standing, base: Library) -> str:
    """Return what a person is told of local work that stands beside an earlier text again."""
    art, stale = one.artefact, one.stale
    looked = one.decision.base_version if one.decision else ""
    noun, about = (
        f"{_NOUNS[art.what]} {art.name}".strip(),
        "stands beside" if art.what is What.NOTE else "is about",
    )
    words = f"{noun} {about} {art.target}, and was last looked at beside the text of {looked}; this edition"
    words = f"{words} now has that of {base.release}{changed(one, base)}."
    if stale and stale.safety and stale.why:
        words = f"{words} It changed for safety in {stale.version}: {stale.why}"
    return f'{words} Your value is "{art.text}".' if art.what is What.FACT else words


def why_fixed(one: Standing, base: Library) -> str:
    """Return why words may not stand any more beside wording that was fixed; empty of any other state."""
    if one.state not in (State.NOW_PROTECTED, State.NOW_REQUIRED) or one.decision is None:
        return ""
    said = fixed_since(base, one.artefact.target, one.decision.base_version)
    return " ".join(dict.fromkeys(change.why for change in said if change.why))


def wait_hint(place: Place) -> str:
    """Return what to do about a change that an earlier edition has yet to review."""
    return _WAIT.format(typed(folder_of(place)))


def not_yet(target: str, base: Library, until: dt.date | None = None) -> str:
    """Return who has yet to review a change, and until when that was put off, if it was."""
    has = "has not reviewed it yet"
    if until:
        has = f"has put its review off until {date_in_words(until.isoformat())}"
    if base.ancestry and target in base.ancestry.left_out:
        has = f"{has}: it is left out there"
    return f'The national text of "{target}" changed, and {_reviewer(target, base)} {has}.'


def _reviewer(target: str, base: Library) -> str:
    """Return who has a change to review before those who build on it."""
    if base.ancestry is None:
        return base.title
    by, contact = base.ancestry.reviewer(target)
    return f"{by} ({contact})" if contact else by


def hint_of(one: Standing, space: str = "") -> str:
    """Return what to do next about a piece of local work; ids of ``space`` are written without it."""
    named = f"{typed(folder_of(one.artefact.origin))} {typed(called(one, space))}"
    if one.state is State.CONVERGED:
        return f"You can take the national text: guidance-kit accept {named} --take-national"
    if one.state is State.PARENT_UNDER_REVIEW:
        return wait_hint(one.artefact.origin)
    if one.state is State.CLOSED:
        return "Nothing is to be decided. Delete its [[leave_out]] when you next write in edition.toml."
    if one.state.settled:
        return f"Nothing is to be decided. {_ALL_THE_SAME[one.artefact.what].format(named)}"
    if one.state is State.LEFT_OUT_SAFETY:
        return f"Read it, then accept the omission again or take the item: guidance-kit review {named}"
    return f"Read it, then decide: guidance-kit review {named}"


def called(one: Standing, space: str) -> str:
    """Return what a person writes to name a piece of local work; ids of ``space`` without it."""
    art = one.artefact
    if art.what in (What.NOTE, What.REPLACE):
        return art.name.rpartition(":")[2]
    if art.what is What.FACT and not art.name:
        return art.target.removeprefix(FACT)
    return art.called.removeprefix(f"{space}:")


def folder_of(place: Place) -> str:
    """Return the folder of the edition that a file is in, as it is written after the name of a command."""
    above = Path(place.path).parents
    return str(next((folder for folder in above if (folder / MANIFEST).is_file()), Path()))
