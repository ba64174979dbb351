"""Which record each piece of local work has: also where one is lost, or the work has another name since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, Key, Lock, Reviewed
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.artefacts import Artefact, about, decisions_now, name_of, print_of


def decisions_on(base: Library, lock: Lock, some: Iterable[Artefact]) -> dict[Key, Reviewed]:
    """Return the decisions by what they are about, with a lost one for work whose record is gone.

    Work without a record has that of what it was before, under another name. A decision is lost that put
    words away, when those stand there again, with an older copy of a file. Other words than those which it
    put away are new work. New work by hand has no record, and where the text changed for safety at the last
    upgrade nobody knows whether it was written before: it counts as lost too.
    """
    work = tuple(some)
    found = decisions_now(base, lock)
    used = used_by(work, found)
    gone = [one for key, one in sorted(lock.reviewed.items()) if key not in used]
    lost = _lost_names(lock, work)
    grave = about(one.target for one in lock.updated if one.base and one.kind is ChangeKind.SAFETY)
    for one in work:
        known = found.get(one.key) or _of_before(one, gone, base)
        new = known is not None and known.how.puts_away and known.before != one.local
        if known is None or new:
            found.pop(one.key, None)
            if (known is None and lost & {name_of(one), _nameless(one)}) or grave(one):
                found[one.key] = Reviewed(what=one.what, target=one.target, name=one.name, base=LOST)
        elif known.how.puts_away or known.before == one.local != known.local:
            found[one.key] = attrs.evolve(known, base=LOST, base_version="")
        else:
            found[one.key] = known
    return found


def used_by(work: Iterable[Artefact], found: Mapping[Key, Reviewed]) -> set[Key]:
    """Return the keys of the decisions that local work has, of those found by what they are about."""
    return {found[one.key].key for one in work if one.key in found}


def _of_before(one: Artefact, gone: Iterable[Reviewed], base: Library) -> Reviewed | None:
    """Return the record of work that is no more: of the same words, or of others that waited, in one place.

    Work with another id is that work, or is taken for it: what waits does not end because a name changes.
    """
    now = print_of(base, one.target)
    there = [old for old in gone if (old.what, base.changes.follow(old.target)) == (one.what, one.target)]
    same = [old for old in there if one.local in (old.local, old.before)]
    waits = [old for old in there if old.base not in ("", now)]
    return next(iter(same + waits), None)


def _lost_names(lock: Lock, work: Iterable[Artefact]) -> set[str]:
    """Return the names of work that had a record, and, of what is there no more, what it was about."""
    known = {f"{what} {name}" for what, name in lock.reviewed} | {name_of(one) for one in work}
    recorded = set(lock.recorded)
    return recorded | {name.rpartition(" ")[0] for name in recorded - known}


def _nameless(one: Artefact) -> str:
    """Return how the lock names a piece of local work, but for an id of its own."""
    return f"{one.what} {one.target}"
