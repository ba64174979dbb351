"""``upgrade``, ``upgrade --undo`` and the making of local work: many files at once, or none."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

import attrs

from guidance_kit.editing.done import Changes, Done, Edit, RefusedError, answering
from guidance_kit.editing.making import made
from guidance_kit.editing.transaction import commit, next_undo, recover, undo, undoable
from guidance_kit.editing.writing import plainly
from guidance_kit.model.changes import FACT
from guidance_kit.model.lock import How
from guidance_kit.model.overlay import Overlay
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK, NATIONAL, read_composed
from guidance_kit.reading.overlays import LOCAL, MANIFEST, read_overlay_folder
from guidance_kit.reading.walking import walk
from guidance_kit.upgrading import older
from guidance_kit.upgrading.artefacts import artefacts_of
from guidance_kit.upgrading.copies import is_record
from guidance_kit.upgrading.genuine import genuineness
from guidance_kit.upgrading.matching import decisions_on
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.planning import Plan, plan
from guidance_kit.upgrading.recording import created, recorded, unreadable
from guidance_kit.upgrading.unreadable import refusal

_TEXTS = (".md", ".toml")


@answering
def plan_upgrade(root: Path, today: dt.date, opened: Opened | None = None, *, anew: bool = False) -> Plan:
    """Return what an upgrade of the edition in a folder will do; nothing is written.

    ``opened`` is the edition, if somebody has opened it. With ``anew`` no decision made so far counts.
    """
    return plan(root, today, opened, anew=anew)


@answering
def upgrade(root: Path, today: dt.date, *, anew: bool = False, other_base: bool = False) -> Plan:
    """Bring the national text of an edition up to date, and return what was done.

    No file of the edition's own is touched; a kill at any moment leaves the tree as it was, or done. With
    ``anew``, for an edition that lost what it knew, no decision made so far counts: each is to be made again.
    Another base than that the edition is made from is taken with ``other_base`` alone, and not ``anew``: a
    slip in ``based_on`` would take words of an earlier edition away.
    """
    recover(root)
    made = plan(root, today, anew=anew)
    if made.exchanged and (anew or not other_base):
        raise RefusedError(older.other_base(root, made.exchanged, made.base, anew=anew))
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
    if not undoable(root):  # which finishes first what was cut short
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
        raise RefusedError(*spoilt)


def _made_beside(opened: Opened) -> bool:
    """Return whether people made decisions since a text was taken: those on what it brought, or beside it."""
    lock = opened.records
    versions = {opened.base.release, *(one.version for one in (*lock.waiting, *lock.updated))}
    every = (one for one in lock.reviewed.values() if one.how is not How.CREATED)
    return any(one.base_version in versions for one in every)


@answering
def make_work(root: Path, today: dt.date, plan: Callable[[], Edit]) -> Done:
    """Make the local work that ``plan`` gives, with a record of beside which text, and return what was done.

    All of it or nothing: words, what is kept of the file as it was, and record. Local work that was made by
    hand, and has no record yet, gets one too.
    """
    return made(root, plan, lambda changes: _records_with(root, today, changes))


def _records_with(root: Path, today: dt.date, changes: Changes) -> Changes:
    """Return the records of local work that there is with some changes, and of which there is none yet.

    What is not there yet is made by whoever gave the command, beside the text as it stands; what is there
    without a record may be older. An edition without a lock has nothing to write down.
    """
    opened, _ = open_edition(root, today)
    if opened is None or opened.lock is None:
        return {}
    before = {one.artefact.key for one in opened.standings}
    some = artefacts_of(opened.base, _work_with(opened, changes))
    decisions = decisions_on(opened.base, opened.lock, some)
    records: dict[str, bytes | None] = {}
    for one in some:
        known, new = decisions.get(one.key), created(one, opened.base, today)
        if known is None or one.key not in before:
            if not unreadable(opened, new):  # which is not made good so
                records |= recorded(opened, new)
        elif one.target.startswith(FACT) and known.local != one.local:
            beside = attrs.evolve(new, base=known.base, base_version=known.base_version)
            records |= recorded(opened, attrs.evolve(beside, target=known.target), known)
    return records


def _work_with(opened: Opened, changes: Changes) -> Overlay:
    """Return the edition's own work as it is with some changes, read as anybody will read it."""
    root = opened.root
    files = {path.relative_to(root).as_posix(): path for path in (root / MANIFEST, *walk(root / LOCAL).files)}
    with plainly(root), tempfile.TemporaryDirectory() as name:
        for path in {*files, *changes}:
            data = changes[path] if path in changes else _text_in(files[path])
            if data is not None:
                (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(name) / path).write_bytes(data)
        overlay, _ = read_overlay_folder(Path(name))
    return overlay or opened.overlay


def _text_in(path: Path) -> bytes | None:
    """Return the bytes of a file that work stands in; None for sources, pictures and what cannot be read."""
    if path.suffix in _TEXTS:
        with contextlib.suppress(OSError):
            return path.read_bytes()
    return None
