"""An edition whose lock is gone, and every decision with it: nobody knows what was looked at."""

from __future__ import annotations

from guidance_kit.model.layers import stands
from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, Lock, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.artefacts import about, artefacts_of, exists, name_of, title_of


def lost_lock(overlay: Overlay, old: Library | None, new: Library, asked: tuple[Waiting, ...] = ()) -> Lock:
    """Return the lock by which every piece of local work had a record, and has none any more.

    Of the news that was ``asked`` about, as far as that is known, new items still are.
    """
    some = (*artefacts_of(new, overlay), *(artefacts_of(old, overlay) if old else ()))
    items = tuple(one for one in asked if one.what is What.NEW_ITEM)
    return Lock(recorded=tuple(sorted({name_of(one) for one in some})), waiting=items)


def unlooked(overlay: Overlay, new: Library) -> Lock:
    """Return the lock of an edition that has none, and no sign that it had one, but words of its own.

    They are taken to be made beside the text as it is, but for what ever changed for safety: if they were
    made before, or the lock is lost with all that came with it, somebody would not be told.
    """
    grave = {stands(new, one.what) for one in new.changes.changes if one.kind is ChangeKind.SAFETY}
    some = filter(about(grave), artefacts_of(new, overlay))
    return Lock(recorded=tuple(sorted(name_of(one) for one in some)))


def in_history(old: Library | None, new: Library) -> Library | None:
    """Return the text that is kept if it is that of a release which the new one knows; None if it is not."""
    return old if old and old.content in {new.content, *new.history.by_content} else None


def unread(base: Library) -> list[Waiting]:
    """Return each safety change that was ever declared of what is there, as one that nobody has read."""
    found: dict[str, Waiting] = {}
    for one in base.changes.changes:
        target = stands(base, one.what)
        if one.kind is ChangeKind.SAFETY and exists(base, target):
            title = title_of(base, target)
            found[target] = Waiting(
                what=What.SAFETY, target=target, kind=one.kind, version=one.release, base=LOST, title=title
            )
    return list(found.values())
