"""How grave a change of the text beneath local work is: as declared, or as a chain has to take it."""

from __future__ import annotations

from collections.abc import Mapping

from guidance_kit.model.ancestry import Layer
from guidance_kit.model.edition import Label
from guidance_kit.model.history import gravest
from guidance_kit.model.library import Library
from guidance_kit.model.vocabulary import ChangeKind


def gravity(base: Library, target: str, was: str, names: frozenset[str], after: frozenset[str]) -> ChangeKind:
    """Return how grave a change of ``target`` is, whose fingerprint ``was`` another.

    The core declares its own changes, and no edition declares any. So in a chain a change is editorial only
    where both texts are known to be the core's; of a whole item that is not known, only of its parts.
    """
    kind = gravest(base.changes, names, after)
    if base.ancestry is None or kind is not ChangeKind.EDITORIAL:
        return kind
    released = bool(base.history.last_with(target, was))
    reworded = _reworded(base.ancestry.layers, target)
    return kind if released and not reworded else ChangeKind.SUBSTANTIVE


def _reworded(layers: Mapping[str, Layer], target: str) -> bool:
    """Return whether the words of a part are an earlier edition's; a note beside them changes none."""
    layer = layers.get(target)
    return layer is not None and layer.words != Label.NOTED
