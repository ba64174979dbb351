"""Endorsements as readers may be shown them: only where exactly the words stand that they cover."""

from __future__ import annotations

from collections import defaultdict

from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Endorsement

Endorsed = dict[str, list[dict[str, str]]]


def standing(edition: Edition) -> tuple[Endorsement, ...]:
    """Return the endorsements whose words still stand."""
    prints = dict(edition.library.prints)
    for state in edition.composed:  # of the words before facts were filled in, which is what is endorsed
        prints[state.item.id] = state.fingerprint
        prints |= {f"{state.item.id}#{part.key}": part.fingerprint for part in state.parts}
    return tuple(one for one in edition.library.endorsements if prints.get(one.what) == one.covers)


def endorsed(edition: Edition) -> Endorsed:
    """Return who stands behind the words of each item (``id``) and part (``id#part``), and since when."""
    found: Endorsed = defaultdict(list)
    for one in standing(edition):
        found[one.what].append({"by": one.by, "on": one.on})
    return dict(found)
