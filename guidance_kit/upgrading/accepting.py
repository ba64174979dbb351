"""``accept``: a person has looked, and decides on one piece of local work, or on one thing a release brought.

Nothing local is ever lost: what is taken out of ``local/`` or ``edition.toml`` goes to ``attic/``, with a
receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import attrs

from guidance_kit.editing.done import Done, RefusedError, answering
from guidance_kit.editing.transaction import commit
from guidance_kit.model.layers import whose
from guidance_kit.model.lock import How, Lock, Reviewed, Waiting, What
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK
from guidance_kit.reading.overlays import LOCAL
from guidance_kit.upgrading.artefacts import divided, print_of
from guidance_kit.upgrading.deciding import Decision, allow, allow_later
from guidance_kit.upgrading.gravity import for_safety
from guidance_kit.upgrading.keeping import kept_as_local
from guidance_kit.upgrading.naming import Settled, called, named
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.recording import recorded
from guidance_kit.upgrading.retiring import Files, merged, retired
from guidance_kit.upgrading.states import Standing, State
from guidance_kit.upgrading.telling import released
from guidance_kit.upgrading.unreadable import renamed


@answering
def accept(root: Path, name: str, decision: Decision) -> Done:
    """Record a decision on what a person names: ``item#part``, a note, a local item, a fact, or news.

    Doing it twice is doing it once. Nothing else in the edition is touched.
    """
    opened = _reliable(root, decision)
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
    opened = _reliable(root, decision)
    tidied = [one for one in opened.standings if one.state is State.CURRENT_TIDIED]
    changes: dict[str, bytes | None] = {}
    for one in tidied:
        changes |= recorded(opened, _reviewed(opened, one, decision))
    commit(root, changes)
    words = f"{len(tidied)} piece{'' if len(tidied) == 1 else 's'} of local work accepted: only tidied."
    if not tidied:
        words = "There is nothing of yours whose national text was only tidied. Nothing was written."
    return Done(words, Place(str(root / LOCK)), changed=bool(tidied))


def _reliable(root: Path, decision: Decision) -> Opened:
    """Return an edition, opened; refuse one without a lock to rely on: nobody knows what waits in it."""
    opened, problems = open_edition(root, decision.on)
    if opened is None:
        raise RefusedError(*problems)
    doubts = (*opened.doubts, *(renamed(opened.overlay, opened.lock) if opened.lock else ()))
    if doubts:
        raise RefusedError(*doubts)
    return opened


def _on_news(opened: Opened, lock: Lock, one: Waiting, decision: Decision) -> Done:
    """Record a decision on what a release brought."""
    new = one.what is What.NEW_ITEM
    allowed = (How.TOOK_NATIONAL, How.DEFERRED) if new else (How.TOOK_NATIONAL, How.SEEN)
    place = Place(str(opened.root / LOCK))
    if decision.how not in allowed:
        said, release = f"{typed(opened.root)} {one.target}", released(opened.base, one.version)
        words = f'"{one.target}" is news of the release {release}: take it, or leave it out.'
        hint = f"guidance-kit accept {said} --take-national, or: guidance-kit leave-out {said}"
        if one.what is What.SAFETY:
            is_news = "is a safety change" if for_safety(opened.base, one) else "must appear, and is news"
            words = f'"{one.target}" {is_news} of the release {release}: it is there to be read.'
            hint = f"guidance-kit review {said}, then: guidance-kit accept {said} --seen"
        raise RefusedError(Problem("bad-value", words, hint, place))
    if decision.how is How.DEFERRED:
        allow_later(decision, place)
    made = _seen(opened, one, decision)
    known = lock.decision(one.what, one.target)
    if known and (known.how, known.base_version, known.until) == (made.how, made.base_version, made.until):
        if (known.by or not decision.by) and (known.reason or not decision.reason):
            words = f"{one.target} was decided already. Nothing was written."
            return Done(words, known.origin, changed=False)
        made = _with_earlier(made, known)
    changes = recorded(opened, made)
    commit(opened.root, changes)
    path = next(path for path, data in changes.items() if data is not None)
    return Done(
        f"Recorded: {one.target} ({released(opened.base, one.version)}).", Place(str(opened.root / path), 1)
    )


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
    if not same:
        allow(one, decision, opened.lock)
    if known and same:
        words = f"{called(one)} was accepted already. Nothing was written."
        return Done(words, known.origin, changed=False)
    files = _ACTS.get(decision.how, _no_files)(opened, one, decision)
    files = attrs.evolve(files, changes={**files.changes, **_read_with(opened, one, decision)})
    made = _reviewed(opened, one, decision, files.local)
    made = _with_earlier(made, known) if known and _stands(known, one, decision, opened) else made
    files = attrs.evolve(files, changes={**files.changes, **recorded(opened, made, _alone(opened, known))})
    for other in files.others:
        went = recorded(opened, _reviewed(opened, other, decision), _alone(opened, other.decision))
        files = attrs.evolve(files, changes={**files.changes, **went})
    commit(opened.root, files.changes, stay=(LOCAL,))  # people are told to copy words back into it
    where = files.place or one.artefact.origin
    names = " and ".join(called(each) for each in (one, *files.others))
    words = f"Accepted: {names} ({_said(opened, one, decision.how)})."
    then = f"Taken out too: {', '.join(files.also)}" if files.also else ""
    return Done(words, where, kept=files.kept, whole=files.whole, then=then)


def _read_with(opened: Opened, one: Standing, decision: Decision) -> dict[str, bytes | None]:
    """Return the records of the news that is decided on with a piece of work: nobody has to say it twice.

    That is a safety change that was told with it, and that an item left out is new where it is taken now. Who
    takes what stands there, where an earlier edition has its own words over such a change, is yet to read it.
    """
    changes: dict[str, bytes | None] = {}
    every = opened.records.open_news() if decision.how is not How.DEFERRED else ()
    takes = decision.how is How.TOOK_NATIONAL
    apart = takes and one.stale is not None and one.stale.kept
    for new in every:
        about = one.artefact.target in (new.target, new.target.partition("#")[0])
        if new.what is What.SAFETY and about and new not in opened.news and not apart:
            changes |= recorded(opened, _seen(opened, new, attrs.evolve(decision, how=How.SEEN)))
        if takes and new.what is What.NEW_ITEM and new.target == one.artefact.target:
            changes |= recorded(opened, _seen(opened, new, decision))
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
    How.TOOK_NATIONAL: "{text} stands",
    How.USED_MERGED: "both changes, merged",
    How.EDITED: "your new words",
    How.AS_LOCAL: "kept as an item of your own",
    How.LEFT_OUT: "put in the attic",
    How.DEFERRED: "put off",
}
#: The same where other words are truer.
_OF = {
    (What.FACT, How.KEPT_MINE): "your value stays",
    (What.FACT, How.TOOK_NATIONAL): "your value is taken out",
    (What.FACT, How.EDITED): "your new value",
    (What.LEAVE_OUT, How.KEPT_MINE): "it stays left out",
    (What.LEAVE_OUT, How.TOOK_NATIONAL): "the item is taken again",
    (What.NOTE, How.TOOK_NATIONAL): "your note is taken out",
}
#: The same where what was left out is no longer there.
_OF_CLOSED = {
    (What.LEAVE_OUT, How.KEPT_MINE): "it is no longer there; your lines on it stay",
    (What.LEAVE_OUT, How.TOOK_NATIONAL): "it is no longer there; your lines on it are in the attic",
}


def _said(opened: Opened, one: Standing, how: How) -> str:
    """Return what a decision comes to, in a few words."""
    of = _OF_CLOSED if one.state is State.CLOSED else _OF
    words = of.get((one.artefact.what, how), _WORDS[how])
    return words.format(text=whose(opened.base, one.artefact.target))


def _same(known: Reviewed, one: Standing, decision: Decision, opened: Opened) -> bool:
    """Return whether a decision says what stands already."""
    return _stands(known, one, decision, opened) and _says_no_more(decision, known)


def _stands(known: Reviewed, one: Standing, decision: Decision, opened: Opened) -> bool:
    """Return whether a decision was made already, whoever it was by."""
    if decision.how is How.DEFERRED:
        return (known.how, known.until) == (How.DEFERRED, decision.until) and one.deferred
    now = print_of(opened.base, one.artefact.target)
    same = (known.base, known.local, known.how) == (now, one.artefact.local, decision.how)
    if one.artefact.what is What.FACT and known.on != decision.on:
        return False  # looking at a value again makes it young again
    return same and not one.open


def _says_no_more(decision: Decision, known: Reviewed) -> bool:
    """Return whether a decision names nobody, and gives no reason, that the record of it does not have."""
    return decision.by in ("", known.by) and " ".join(decision.reason.split()) in ("", known.reason)


def _with_earlier(made: Reviewed, known: Reviewed) -> Reviewed:
    """Return a record made again of one decision, with what it said before and is not said anew."""
    return attrs.evolve(made, by=made.by or known.by, reason=made.reason or known.reason)


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
