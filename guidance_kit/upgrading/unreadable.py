"""Local work that cannot be read: no other text is taken, as nobody would see what that asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guidance_kit.model.fields import parts_of
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Lock
from guidance_kit.model.overlay import Overlay
from guidance_kit.problems import Place, Problem, Severity, in_order, nearest, typed
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.artefacts import Artefact, artefacts_of, exists
from guidance_kit.upgrading.matching import decisions_on


def unreadable_work(
    faults: Iterable[Problem], overlay: Overlay, lock: Lock, old: Library, new: Library
) -> tuple[Problem, ...]:
    """Return why local work would not be looked at beside another text; nothing if all of it would be.

    ``faults`` are the problems that reading it met. Work about what is in neither text is a slip in a name:
    put right after the upgrade it would count as written beside the new text.
    """
    some = artefacts_of(new, overlay)
    known = decisions_on(new, lock, some)
    found = {key for key, one in known.items() if one.base}  # when it was recorded there was such a text
    lost = (one for one in some if one.key not in found and _is_nowhere(one, old, new))
    return in_order((*not_read(faults), *(_slip(one, new) for one in lost)))


def not_read(faults: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems for which some local work is not known at all, of those that reading it met."""
    return tuple(one for one in faults if one.severity is Severity.ERROR or one.code == "local-missing")


def renamed(overlay: Overlay, lock: Lock) -> Iterator[Problem]:
    """Give a problem if an edition has another id than at its last upgrade."""
    was, now = lock.edition, overlay.id
    if was not in ("", now):
        words = f'The id of this edition is "{now}" now, and was "{was}": no record of your own work fits.'
        hint = f'Write id = "{was}" again: an id never changes.'
        yield Problem("wrong-space", words, hint, Place(str((overlay.root or Path()) / MANIFEST)))


def refusal(root: Path) -> Problem:
    """Return what an editor is told before the problems."""
    words = "Something of your own cannot be read, so nobody would look at it beside the new text."
    hint = f"Nothing was taken. Mend the errors of this list first, then: guidance-kit upgrade {typed(root)}"
    return Problem("unread-work", words, hint, Place(str(root)))


def _is_nowhere(one: Artefact, old: Library, new: Library) -> bool:
    """Return whether local work is about something that is, and was, in neither text."""
    bases = (old, new)
    there = any(_has_place(base, one) or base.changes.fate(one.target) for base in bases)
    left_out = new.ancestry is not None and one.item in new.ancestry.left_out
    return not (one.own or there or left_out)


def _has_place(base: Library, one: Artefact) -> bool:
    """Return whether a text has what local work is about, or an item that could have such a part."""
    item = base.by_id.get(one.item)
    parts = {spec.key for spec in parts_of(type(item))} if item else set()
    return exists(base, one.target) or one.part in parts


def _slip(one: Artefact, new: Library) -> Problem:
    hint = nearest(one.target, (*new.by_id, *new.prints))
    return Problem("unknown-target", f'There is no "{one.target}".', hint, one.origin)
