"""What a release brought that nobody has decided on yet."""

from __future__ import annotations

from collections.abc import Iterable

from guidance_kit.model.lock import Lock, Waiting, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.upgrading.states import Standing


def open_news(lock: Lock, overlay: Overlay, standings: Iterable[Standing]) -> tuple[Waiting, ...]:
    """Return the news that waits: safety changes, and new items where the edition asks about them.

    An edition that starts from nothing is not asked; nor is one that has left the item out, or taken it.
    """
    about = list(standings)
    settled = {one.artefact.item for one in about if one.artefact.what is What.LEAVE_OUT}
    settled |= {one.item for one in overlay.takes}
    asks = overlay.new_items == "ask" and overlay.start_from == "everything"
    return tuple(
        one
        for one in lock.open_news()
        if one.what is not What.NEW_ITEM or (asks and one.target not in settled)
    )
