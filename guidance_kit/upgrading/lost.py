"""An edition whose lock is gone, and every decision with it: nobody knows what was looked at."""

from __future__ import annotations

from collections.abc import Iterable

from guidance_kit.composing.holding import holders_of
from guidance_kit.model.history import Released
from guidance_kit.model.layers import stands
from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, How, Lock, Reviewed, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.arrivals import met
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


def undecided(known: Iterable[Reviewed], base: Library) -> tuple[Waiting, ...]:
    """Return the new items that nobody had decided on when a lock was lost, as far as decisions tell.

    One that was put off says so. What came after the first release that local work has a record beside was
    asked about as it came, and a decision on it would be written down.
    """
    records, releases = tuple(known), base.history.releases
    beside = {one.base_version for one in records if one.what not in (What.NEW_ITEM, What.SAFETY)}
    at = next((at for at, one in enumerate(releases) if one.version in beside), len(releases))
    asked = {name: one.version for one in reversed(releases[at:]) for name in _items(base, one)}
    asked = {name: asked[name] for name in asked.keys() - met(_items(base, *releases[at : at + 1]), base)}
    new = {one.target: one for one in records if one.what is What.NEW_ITEM}
    asked |= {name: one.base_version for name, one in new.items()}
    inner = holders_of(base)
    return tuple(
        Waiting(
            what=What.NEW_ITEM,
            target=name,
            kind=ChangeKind.SUBSTANTIVE,
            version=version,
            title=title_of(base, name),
        )
        for name, version in sorted(asked.items())
        if name not in inner and (name not in new or new[name].how is How.DEFERRED)
    )


def _items(base: Library, *releases: Released) -> set[str]:
    """Return the items of some released states, by the names that they have now."""
    keys = (key.partition("#") for one in releases for key in one.prints)
    return {base.changes.follow(name) for name, mark, _ in keys if mark}


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
