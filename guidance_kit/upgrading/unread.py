"""The safety changes that nobody has read, as far as readers and reports are to be told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from guidance_kit.model.edition import ComposedItem, Edition, PartState
from guidance_kit.model.layers import reworded, version_of
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting
from guidance_kit.model.review import Stale
from guidance_kit.upgrading.artefacts import exists
from guidance_kit.upgrading.gravity import for_safety, last_safety, why


def unread(base: Library, news: Iterable[Waiting]) -> Mapping[str, Stale]:
    """Return what is known of each safety change among news, by what changed."""
    grave = (one for one in news if for_safety(base, one) and exists(base, one.target))
    return {one.target: _known(base, one) for one in grave}


def _known(base: Library, one: Waiting) -> Stale:
    layer = reworded(base, one.target)
    dates = {release.version: release.date for release in base.changes.releases}
    last = last_safety(base, (one.target, one.target.partition("#")[0])) if layer else None
    version = last.release if last else one.version  # that of the news can be an earlier edition's
    return Stale(
        kind=one.kind,
        version=version,
        of=version_of(base, version),
        why=last.why if last else why(base, one),
        on=dates.get(version, ""),
        by=layer.by if layer else "",
        kept=layer is not None,
    )


def with_unread(edition: Edition) -> Edition:
    """Return an edition in which readers are told of safety changes where an earlier one has its own words.

    Elsewhere they have the new words already. So it is told until somebody here has read it: also where it is
    told with an item of this edition's own, beside which the one that it is to replace stands again. What is
    told with other local work has its notice from that.
    """
    kept = {target: one for target, one in edition.review.every_unread.items() if one.kept}
    if not kept:
        return edition
    return attrs.evolve(edition, composed=tuple(_item(state, kept) for state in edition.composed))


def _item(state: ComposedItem, kept: Mapping[str, Stale]) -> ComposedItem:
    parts = tuple(_part(part, kept.get(f"{state.item.id}#{part.key}")) for part in state.parts)
    return attrs.evolve(state, parts=parts, stale=state.stale or kept.get(state.item.id))


def _part(part: PartState, stale: Stale | None) -> PartState:
    return attrs.evolve(part, stale=stale) if stale and not part.stale else part
