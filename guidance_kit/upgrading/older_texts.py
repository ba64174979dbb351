"""The older national texts that an upgrade keeps: those that a decision, or news, was made beside."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.model.library import Library
from guidance_kit.model.lock import Lock
from guidance_kit.upgrading.artefacts import print_of, text_of
from guidance_kit.upgrading.opening import was_text


def texts_to_keep(root: Path, old: Library, new: Library, lock: Lock) -> dict[str, str]:
    """Return the older national texts that must be kept beside a new one, by fingerprint.

    ``old`` is what the edition in the folder is composed from, ``lock`` the lock as it will be.
    """
    found = {}
    about = [(one.target, one.base) for one in lock.reviewed.values()]
    about += [(one.target, one.base) for one in (*lock.waiting, *lock.updated, *lock.settled)]
    for target, print_ in about:
        if not print_ or print_ == print_of(new, new.changes.follow(target)):
            continue
        kept = was_text(root, print_)
        if not kept and print_of(old, target) == print_:
            kept = text_of(old, target)
        if not kept:
            kept = _by_old_name(old, new, target, print_)
        if kept:
            found[print_] = kept
    return found


def _by_old_name(old: Library, new: Library, target: str, print_: str) -> str:
    """Return the old text of something that is called otherwise now; empty if there is none."""
    item, mark, part = target.partition("#")
    for name in (one.old for one in new.changes.moved if one.new == item):
        before = f"{name}{mark}{part}"
        if print_of(old, before) == print_:
            return text_of(old, before)
    return ""
