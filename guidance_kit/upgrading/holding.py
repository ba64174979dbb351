"""Which of the decisions that are written down still hold."""

from __future__ import annotations

from collections.abc import Mapping

from guidance_kit.model.library import Library
from guidance_kit.model.lock import Key, Lock, Reviewed, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.upgrading.artefacts import artefacts_of, decisions_now
from guidance_kit.upgrading.matching import used_by

#: What is decided on without any local work.
_NEWS = (What.SAFETY, What.NEW_ITEM)


def holding(base: Library, overlay: Overlay, decisions: Mapping[Key, Reviewed]) -> tuple[Reviewed, ...]:
    """Return the decisions on local work that is there, on what was put away, and on what releases brought.

    What somebody deleted by hand leaves its record, and the decision on it holds no more.
    """
    used = used_by(artefacts_of(base, overlay), decisions_now(base, Lock(reviewed=decisions)))
    return tuple(
        one for one in decisions.values() if one.what in _NEWS or one.how.puts_away or one.key in used
    )
