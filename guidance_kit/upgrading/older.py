"""Whether what is installed is an earlier release than the one that an edition is made from."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.editing.done import RefusedError
from guidance_kit.model.library import Library
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK


def refuse_older(root: Path, old: Library, new: Library) -> None:
    """Refuse a text that is older than the one kept: to take it would undo safety changes in silence."""
    if not is_older(old, new):
        return
    words = f"{new.id} {new.version} is installed; this edition is made from {old.version}, which is newer."
    hint = f"Nothing was written. To go back to before an upgrade: guidance-kit upgrade {typed(root)} --undo"
    raise RefusedError(Problem("older-base", words, hint, Place(str(root / LOCK))))


def is_older(old: Library, new: Library) -> bool:
    """Return whether ``new`` is an earlier release of ``old``, which knows of it."""
    releases = [one.version for one in old.changes.releases]
    known = {old.version, new.version} <= set(releases)
    return known and releases.index(new.version) < releases.index(old.version)
