"""How grave a change of the text beneath local work is: as declared, or as a chain has to take it."""

from __future__ import annotations

from guidance_kit.model.edition import Label
from guidance_kit.model.history import gravest
from guidance_kit.model.library import Library
from guidance_kit.model.vocabulary import ChangeKind


def gravity(base: Library, target: str, was: str, names: frozenset[str], after: frozenset[str]) -> ChangeKind:
    """Return how grave a change of ``target`` is, whose fingerprint ``was`` another.

    The core declares its own changes, and no edition declares any. So in a chain a change is editorial only
    where both texts are known to be the core's.
    """
    kind = gravest(base.changes, names, after)
    if base.ancestry is None or kind is not ChangeKind.EDITORIAL:
        return kind
    released = bool(base.history.last_with(target, was))
    return kind if released and not _reworded(base, target) else ChangeKind.SUBSTANTIVE


def _reworded(base: Library, target: str) -> bool:
    """Return whether the words of a target are an earlier edition's; a note beside them changes none."""
    layers = base.ancestry.layers if base.ancestry else {}
    found = [layers.get(target), layers.get(target.partition("#")[0])]
    within = [one for name, one in layers.items() if name.startswith(f"{target}#")]
    return any(one and one.words != Label.NOTED for one in (*found, *within))
