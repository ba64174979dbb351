"""``upgrade`` and ``upgrade --undo``: many files at once, or none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs

from guidance_kit.editing.done import Done, RefusedError, answering
from guidance_kit.editing.transaction import commit, next_undo, recover, undo, undoable
from guidance_kit.model.lock import How, Key, Lock
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK, NATIONAL, read_composed
from guidance_kit.upgrading.artefacts import artefacts_of, decisions_on
from guidance_kit.upgrading.copies import is_record
from guidance_kit.upgrading.genuine import genuineness
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.planning import Plan, plan
from guidance_kit.upgrading.recording import created, recorded, unreadable
from guidance_kit.upgrading.unreadable import refusal


@answering
def plan_upgrade(root: Path, today: dt.date, opened: Opened | None = None, *, anew: bool = False) -> Plan:
    """Return what an upgrade of the edition in a folder will do; nothing is written.

    ``opened`` is the edition, if somebody has opened it. With ``anew`` no decision made so far counts.
    """
    return plan(root, today, opened, anew=anew)


@answering
def upgrade(root: Path, today: dt.date, *, anew: bool = False) -> Plan:
    """Bring the national text of an edition up to date, and return what was done.

    No file of the edition's own is touched; a kill at any moment leaves the tree as it was, or done. With
    ``anew``, for an edition that lost what it knew, no decision made so far counts: each is to be made again.
    """
    recover(root)
    made = plan(root, today, anew=anew)
    if made.unreadable:
        raise RefusedError(refusal(root), *made.unreadable)
    if not made.idle:
        # to put files right is to come back to what the last upgrade wrote, which can be undone as before
        commit(root, made.changes, undo="" if made.put_right else next_undo(root))
    return made


@answering
def undo_upgrade(root: Path) -> Done:
    """Put the files that the last upgrade of an edition changed back as they were, byte for byte.

    Decisions made since stay: they are a person's, and tell the text that they were made beside.
    """
    recover(root)
    if not undoable(root):
        words = "There is no upgrade of this edition that could be undone."
        raise RefusedError(Problem("not-found", words, "", Place(str(root))))
    opened, _ = open_edition(root)
    _refuse_changed(root, opened)
    undo(root, stays=is_record)
    since = opened is not None and _made_beside(opened)
    words = f"The last upgrade was undone: {_kept_now(root)}. "
    words += "Every file that the upgrade changed is as it was before."
    if since:
        words += " Decisions made since stay recorded, each beside the text that it was made beside."
    return Done(words, Place(str(root / LOCK)), then=f"See how it stands: guidance-kit status {typed(root)}")


def _kept_now(root: Path) -> str:
    """Return what national text an edition has, in words; it may have one that it has no record of."""
    base = read_composed(root)
    if base:
        return f"composed from {base.id} {base.version} again"
    if (root / NATIONAL).is_dir():
        return f"{NATIONAL}/ is as it was, and there is no {LOCK} that tells what it is"
    return "it keeps no national text again"


def _refuse_changed(root: Path, opened: Opened | None) -> None:
    """Refuse to go back while the national text is changed by hand: half of what is kept would be old."""
    spoilt = genuineness(root, opened.base, opened.lock) if opened and opened.lock else []
    if spoilt:
        hint = f"Put it right first: guidance-kit upgrade {typed(root)}"
        raise RefusedError(attrs.evolve(spoilt[0], hint=hint))


def _made_beside(opened: Opened) -> bool:
    """Return whether people made decisions since a text was taken: those on what it brought, or beside it."""
    lock = opened.lock or Lock()
    versions = {opened.base.release, *(one.version for one in (*lock.waiting, *lock.updated))}
    every = (one for one in lock.reviewed.values() if one.how is not How.CREATED)
    return any(one.base_version in versions for one in every)


def work_before(root: Path, today: dt.date) -> frozenset[Key]:
    """Return what local work there is before a command makes more.

    What was not there is made by whoever gave the command, beside the text as it stands; what was there
    without a record may be older.
    """
    opened, _ = open_edition(root, today)
    return frozenset(one.artefact.key for one in opened.standings) if opened else frozenset()


def record_new(root: Path, today: dt.date, before: frozenset[Key] | None = None) -> None:
    """Write down, for local work that has no record yet, that it was made beside the text as it stands.

    For the commands that create local work; an edition without a lock has nothing to write down. ``before``
    is the work that was there before the command.
    """
    opened, _ = open_edition(root, today)
    if opened is None or opened.lock is None:
        return
    some = artefacts_of(opened.base, opened.overlay)
    decisions = decisions_on(opened.base, opened.lock, some)
    changes: dict[str, bytes | None] = {}
    for one in some:
        known = decisions.get(one.key)
        if known is None or (before is not None and one.key not in before):
            made = created(one, opened.base, today)
            if not unreadable(opened, made):  # which is not made good so
                changes |= recorded(opened, made)
        elif one.target.startswith("fact:") and known.local != one.local:
            made = attrs.evolve(
                created(one, opened.base, today), base=known.base, base_version=known.base_version
            )
            changes |= recorded(opened, attrs.evolve(made, target=known.target), known)
    if changes:
        commit(root, changes)
