"""What lies ahead of an edition: that it keeps no copy of the national text, or that there is a newer one."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.model.edition import Edition
from guidance_kit.model.history import later
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Composed
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.locks import LOCK, read_composed
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.artefacts import print_of
from guidance_kit.upgrading.genuine import digest, lock_missing
from guidance_kit.upgrading.older import is_older
from guidance_kit.upgrading.sources import available, installed_files, is_edition


def outlook(root: Path, edition: Edition) -> tuple[Problem, ...]:
    """Return a problem if an edition keeps no national text, or if there is a newer one, worst for safety.

    Where what it is based on is not here, nothing is said: the edition stands by itself.
    """
    base = read_composed(root)
    if base is None:
        if (root / LOCK).exists() or lock_missing(root):
            return ()
        words = "This edition keeps no copy of the national text, so a new release would change what it says."
        hint = f"Keep one: guidance-kit upgrade {typed(root)}"
        return (Problem("not-kept", words, hint, Place(str(root / MANIFEST))),)
    files = installed_files(root, edition.overlay.based_on)
    if files is not None and digest(files) == base.files:
        return ()
    found, problems = available(root, edition.overlay.based_on, like=edition.base)
    if found is None:
        return _unsound(problems[0]) if is_edition(root / edition.overlay.based_on) else ()
    # a newer version says so itself; of one that calls itself the same, the words are compared
    same = found.library.version == base.version and found.library.content == base.content
    if same or is_older(edition.base, found.library):
        return ()
    return (_newer(root, base, edition.base, found.library),)


def _unsound(why: Problem) -> tuple[Problem, ...]:
    """Return what is said where nothing can be taken from another edition."""
    words = f"{why.message} So whether it has something newer is not known."
    return (Problem("parent-behind", words, why.hint, why.place),)


def _newer(root: Path, base: Composed, old: Library, new: Library) -> Problem:
    changes, version = new.changes, new.version
    after = later(changes, old.release)
    safety = [one for one in changes.changes if one.release in after and one.kind is ChangeKind.SAFETY]
    if new.ancestry:  # its versions are not those that the changes belong to: the words tell what is lacking
        safety = [one for one in safety if print_of(old, one.what) != print_of(new, one.what)]
    place = Place(str(root / LOCK))
    hint = f"See what it asks of you: guidance-kit upgrade {typed(root)} --plan"
    if safety:
        words = f"{base.id} {version} has a safety change that this edition lacks: {safety[-1].why}"
        return Problem("newer-core-has-safety", words, hint, place)
    words = f"{base.id} {version} is there; this edition is composed from {base.version}."
    if version == base.version:
        words = f"{base.id} says something else than when this edition was composed from it."
    return Problem("parent-behind", words, hint, place)
