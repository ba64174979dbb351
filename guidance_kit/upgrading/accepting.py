"""``accept``: a person has looked, and decides on one piece of local work, or on one thing a release brought.

Nothing local is ever lost: what is taken out of ``local/`` or ``edition.toml`` goes to ``attic/``, with a
receipt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs

from guidance_kit.editing.done import Done, RefusedError, answering
from guidance_kit.editing.transaction import commit
from guidance_kit.model.lock import How, Lock, Reviewed, Waiting, What
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK
from guidance_kit.upgrading.artefacts import divided, print_of
from guidance_kit.upgrading.keeping import kept_as_local
from guidance_kit.upgrading.naming import Settled, called, named
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.recording import recorded
from guidance_kit.upgrading.retiring import Files, Said, merged, retired
from guidance_kit.upgrading.states import Standing, State
from guidance_kit.upgrading.telling import folder_of, hint_of

_GONE = (State.ORPHANED, State.UNPLACED, State.SPLIT_CHOICE, State.ANCHOR_CHOICE)
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


@answering
def accept(root: Path, name: str, decision: Decision) -> Done:
    """Record a decision on what a person names: ``item#part``, a note, a local item, a fact, or news.

    Doing it twice is doing it once. Nothing else in the edition is touched.
    """
    opened, problems = open_edition(root, decision.on)
    if opened is None:
        raise RefusedError(*problems)
    if opened.lock is None:
        words = "This edition keeps no copy of the national text yet, so there is nothing to accept."
        hint = f"Keep one: guidance-kit upgrade {typed(root)}"
        raise RefusedError(Problem("not-kept", words, hint, Place(str(root))))
    found = named(opened, name, decision.how)
    if isinstance(found, Settled):
        words = f"{name} was decided already. Nothing was written."
        return Done(words, found.origin, changed=False, then=found.then)
    if isinstance(found, Waiting):
        return _on_news(opened, opened.lock, found, decision)
    return _on_work(opened, found, decision)


@answering
def accept_editorial(root: Path, decision: Decision) -> Done:
    """Record that every piece of local work stands whose national text was only tidied."""
    opened, problems = open_edition(root, decision.on)
    if opened is None:
        raise RefusedError(*problems)
    tidied = [one for one in opened.standings if one.state is State.CURRENT_TIDIED]
    changes: dict[str, bytes | None] = {}
    for one in tidied:
        changes |= recorded(opened, _reviewed(opened, one, decision))
    commit(root, changes)
    words = f"{len(tidied)} piece{'' if len(tidied) == 1 else 's'} of local work accepted: only tidied."
    return Done(words, Place(str(root / LOCK)), changed=bool(tidied))


def _on_news(opened: Opened, lock: Lock, one: Waiting, decision: Decision) -> Done:
    """Record a decision on what a release brought."""
    new = one.what is What.NEW_ITEM
    allowed = (How.TOOK_NATIONAL, How.DEFERRED) if new else (How.TOOK_NATIONAL, How.SEEN)
    place = Place(str(opened.root / LOCK))
    if decision.how not in allowed:
        said = f"{typed(opened.root)} {one.target}"
        words = f'"{one.target}" is news of the release {one.version}: take it, or leave it out.'
        hint = f"guidance-kit accept {said} --take-national, or: guidance-kit leave-out {said}"
        if one.what is What.SAFETY:
            words = f'"{one.target}" is a safety change of the release {one.version}: it is there to be read.'
            hint = f"guidance-kit review {said}, then: guidance-kit accept {said} --seen"
        raise RefusedError(Problem("bad-value", words, hint, place))
    if decision.how is How.DEFERRED:
        _allow_later(decision, place)
    made = _seen(opened, one, decision)
    known = lock.decision(one.what, one.target)
    if known and (known.how, known.base_version, known.until) == (made.how, made.base_version, made.until):
        return Done(f"{one.target} was decided already. Nothing was written.", known.origin, changed=False)
    changes = recorded(opened, made)
    commit(opened.root, changes)
    path = next(path for path, data in changes.items() if data is not None)
    return Done(f"Recorded: {one.target} ({one.version}).", Place(str(opened.root / path), 1))


def _seen(opened: Opened, one: Waiting, decision: Decision) -> Reviewed:
    return Reviewed(
        what=one.what,
        target=one.target,
        base=print_of(opened.base, one.target),
        base_version=one.version,
        how=decision.how,
        by=decision.by,
        reason=decision.reason,
        until=decision.until,
        on=decision.on,
    )


Act = Callable[[Opened, Standing, Decision], Files]


def _on_work(opened: Opened, one: Standing, decision: Decision) -> Done:
    """Record a decision on a piece of local work, and do with its words what it says."""
    known = one.decision
    same = known is not None and _same(known, one, decision, opened)
    if not same or decision.how is How.DEFERRED:
        _allow(one, decision)
    if known and same:
        words = f"{called(one)} was accepted already. Nothing was written."
        return Done(words, known.origin, changed=False)
    files = _ACTS.get(decision.how, _no_files)(opened, one, decision)
    files = attrs.evolve(files, changes={**files.changes, **_read_with(opened, one, decision)})
    made = _reviewed(opened, one, decision, files.local)
    files = attrs.evolve(files, changes={**files.changes, **recorded(opened, made, _alone(opened, known))})
    for other in files.others:
        went = recorded(opened, _reviewed(opened, other, decision), _alone(opened, other.decision))
        files = attrs.evolve(files, changes={**files.changes, **went})
    commit(opened.root, files.changes)
    where = files.place or one.artefact.origin
    return Done(
        f"Accepted: {called(one)} ({_WORDS[decision.how]}).", where, kept=files.kept, whole=files.whole
    )


def _read_with(opened: Opened, one: Standing, decision: Decision) -> dict[str, bytes | None]:
    """Return the records of the safety changes that were told with a piece of work, and are read with it."""
    changes: dict[str, bytes | None] = {}
    every = (opened.lock or Lock()).open_news() if decision.how is not How.DEFERRED else ()
    for new in every:
        about = one.artefact.target in (new.target, new.target.partition("#")[0])
        if new.what is What.SAFETY and about and new not in opened.news:
            changes |= recorded(opened, _seen(opened, new, attrs.evolve(decision, how=How.SEEN)))
    return changes


def _no_files(_opened: Opened, _one: Standing, _decision: Decision) -> Files:
    return Files()


_ACTS: Mapping[How, Act] = {
    How.TOOK_NATIONAL: lambda opened, one, d: retired(opened, one, d.said),
    How.LEFT_OUT: lambda opened, one, d: retired(opened, one, d.said),
    How.USED_MERGED: lambda opened, one, _: merged(opened, one),
    How.AS_LOCAL: lambda opened, one, d: kept_as_local(opened, one, d.said),
}
_WORDS = {
    How.CREATED: "new",
    How.KEPT_MINE: "your words stay",
    How.TOOK_NATIONAL: "the national text stands",
    How.USED_MERGED: "both changes, merged",
    How.EDITED: "your new words",
    How.AS_LOCAL: "kept as an item of your own",
    How.LEFT_OUT: "put in the attic",
    How.DEFERRED: "put off",
}


def _same(known: Reviewed, one: Standing, decision: Decision, opened: Opened) -> bool:
    """Return whether a decision says what stands already."""
    if decision.how is How.DEFERRED:
        return (known.how, known.until) == (How.DEFERRED, decision.until)
    now = print_of(opened.base, one.artefact.target)
    same = (known.base, known.local, known.how) == (now, one.artefact.local, decision.how)
    if one.artefact.what is What.FACT and known.on != decision.on:
        return False  # looking at a value again makes it young again
    return same and not one.open and (not decision.by or decision.by == known.by)


def _allow(one: Standing, decision: Decision) -> None:
    """Refuse a decision that cannot be: each with what can be done."""
    name, how = called(one), decision.how

    def refuse(words: str, hint: str, code: str = "bad-value") -> None:
        raise RefusedError(Problem(code, words, hint, one.artefact.origin))

    if one.state is State.PARENT_UNDER_REVIEW:
        refuse(f'"{name}" waits for another edition.', hint_of(one), "parent-under-review")
    if how is How.SEEN:
        refuse(f'"{name}" is local work: say what becomes of it.', "Use --keep-mine, or --take-national.")
    if how is How.DEFERRED and one.stale and one.stale.safety:
        hint = f"Decide now: guidance-kit review {typed(folder_of(one.artefact.origin))} {typed(name)}"
        refuse(f'"{name}" is about safety, and cannot be put off.', hint, "safety-unreviewed")
    if how is How.DEFERRED:
        _allow_later(decision, one.artefact.origin)
    if one.state in _GONE and how not in (How.AS_LOCAL, How.LEFT_OUT):
        local = one.artefact.what in (What.ADAPT, What.REPLACE)
        keep = "Keep it as an item of your own with --as-local, put" if local else "Put"
        refuse(
            f'"{name}" is about something that is no longer there, so it cannot stay as it is.',
            f"{keep} it in the attic with --attic, or write what it is about now in its place.",
        )
    if one.state in _ATTIC_ONLY and how not in (How.TOOK_NATIONAL, How.LEFT_OUT):
        code, words = _ATTIC_ONLY[one.state]
        hint = "Take the national text with --take-national: your words go to the attic."
        refuse(words.format(name), hint, code)
    if how is How.EDITED and one.decision and one.decision.local == one.artefact.local:
        hint = f"Edit it at {one.artefact.origin}, or use --keep-mine."
        refuse(f'"{name}" has not been edited since it was last accepted.', hint)
    if how is How.AS_LOCAL:
        _allow_as_local(one, refuse)


def _allow_later(decision: Decision, place: Place) -> None:
    """Refuse to put something off without a reason, or to no day to come."""
    past = decision.until is not None and decision.until < decision.on
    if past or decision.until is None or not decision.reason:
        words = "To put something off needs a day to come and a reason."
        hint = "Name a day that is still to come: --defer 2027-03-31" if past else 'Add --reason "..."'
        raise RefusedError(Problem("bad-value", words, hint, place))


def _allow_as_local(one: Standing, refuse: Callable[[str, str], None]) -> None:
    if one.artefact.what is What.ADAPT and one.state not in _GONE:
        refuse(f'What "{called(one)}" adapts is still there.', "Keep your words with --keep-mine.")
    if one.artefact.what not in (What.ADAPT, What.REPLACE):
        refuse(f'"{called(one)}" cannot become an item of its own.', "Put it in the attic with --attic.")


def _reviewed(opened: Opened, one: Standing, decision: Decision, local: str = "") -> Reviewed:
    art, known = one.artefact, one.decision
    deferred = decision.how is How.DEFERRED
    base, version = print_of(opened.base, art.target), opened.base.release
    alone = _alone(opened, known)
    if deferred and known:
        base, version = known.base, known.base_version
    return Reviewed(
        what=art.what,
        target=alone.target if deferred and alone else art.target,
        name=art.name,
        base="" if decision.how.puts_away else base,  # what is put away needs no older text
        base_version=version,
        local=local or art.local,
        before=_put_away(one, decision, local),
        how=decision.how,
        by=decision.by,
        on=decision.on,
        reason=" ".join((decision.reason or ("" if decision.how.puts_away else art.reason)).split()),
        until=decision.until if deferred else None,
        seen=print_of(opened.base, art.target) if deferred else "",
    )


def _put_away(one: Standing, decision: Decision, merged: str) -> str:
    """Return the fingerprint of the words that a decision puts away, as it does with what is merged."""
    if decision.how.puts_away or merged:
        return one.artefact.local
    return one.decision.local if decision.how is How.EDITED and one.decision else ""


def _alone(opened: Opened, known: Reviewed | None) -> Reviewed | None:
    """Return a decision if it is about one thing, and not about an item that became several."""
    return None if known is None or divided(opened.base, known) else known
