"""Whose words are those that an edition takes from the one before: in a chain not always the core's."""

from __future__ import annotations

from guidance_kit.model.ancestry import Layer
from guidance_kit.model.edition import Label
from guidance_kit.model.library import Library

#: What the words are called that local work stands beside, if they are the core's.
NATIONAL_TEXT = "the national text"


def whose(base: Library, target: str) -> str:
    """Return what the words of an item or part are called: in a chain they may be an earlier edition's."""
    layer = holder(base, target)
    return f"the text of {layer.by}" if layer else NATIONAL_TEXT


def holder(base: Library, target: str) -> Layer | None:
    """Return an earlier edition whose words are among those of an item or part; None if it has none there."""
    found = reworded(base, target)
    if found or "#" in target or base.ancestry is None:
        return found
    layers = base.ancestry.layers
    keys = base.by_id[target].parts if target in base.by_id else ()
    held = (layers.get(f"{target}#{key}") for key in ("title", *keys))
    return next((one for one in held if one and one.words != Label.NOTED), None)


def reworded(base: Library, target: str) -> Layer | None:
    """Return by which earlier edition the words of an item or part are; None of those that are the core's.

    A note beside words changes none of them.
    """
    layers = base.ancestry.layers if base.ancestry else {}
    found = (layers.get(target), layers.get(target.partition("#")[0]))
    return next((one for one in found if one and one.words != Label.NOTED), None)
