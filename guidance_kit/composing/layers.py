"""Whose words are national here: in a chain, those that an earlier edition last changed are its own."""

from __future__ import annotations

import attrs

from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.edition import ComposedItem, Label, PartState

_PLAIN = (Label.NATIONAL, Label.DETAILS, Label.NOTED)


def with_layers(state: ComposedItem, ancestry: Ancestry | None) -> ComposedItem:
    """Return the state of an item that is national to an edition, told which earlier edition changed it."""
    if ancestry is None:
        return state
    parts = tuple(_part(state.item.id, part, ancestry) for part in state.parts)
    whole = ancestry.layers.get(state.item.id)
    label = max((part.label for part in parts), key=lambda label: label.rank)
    label = max(label, state.label, key=lambda label: label.rank)
    if whole and label in _PLAIN:
        label = Label.REGIONAL
    noters = ancestry.noted.get(state.item.id, ())
    return attrs.evolve(state, parts=parts, label=label, layer=whole, noters=noters)


def _part(item: str, part: PartState, ancestry: Ancestry) -> PartState:
    whole = ancestry.layers.get(item)
    if whole and whole.words == Label.NOTED:
        whole = None  # a note beside an item is beside none of its parts
    target = f"{item}#{part.key}"
    layer = ancestry.layers.get(target) or whole
    if layer is None:
        return part
    label = Label.REGIONAL if part.label in _PLAIN else part.label
    return attrs.evolve(part, layer=layer, noters=ancestry.noted.get(target, ()), label=label)
