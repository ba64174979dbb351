"""Labels, computed at the end from final words, never from which operation ran."""

from __future__ import annotations

import attrs

from guidance_kit.composing.facts import ValueOf, filled, slots_of
from guidance_kit.composing.parts import Said
from guidance_kit.model.edition import ComposedItem, Label, PartState
from guidance_kit.model.fields import parts_of
from guidance_kit.model.fingerprint import part_fingerprint
from guidance_kit.model.item import Item, Rating
from guidance_kit.model.overlay import Adapt, Add, Note
from guidance_kit.model.vocabulary import AdaptKind


def national_state(item: Item, said: Said, value_of: ValueOf, page: str) -> ComposedItem:
    """Return the state of a national item with the adaptations and notes beside it."""
    texts = {"title": item.title, **item.parts}
    keys = ["title", *(spec.key for spec in parts_of(type(item)))]
    states = [
        _part(
            key,
            texts.get(key, ""),
            said.adaptations.get(key),
            tuple(note for note in said.notes if note.part == key) if said.notes else (),
            value_of,
        )
        for key in keys
        if key in texts or key in said.adaptations
    ]
    whole = tuple(note for note in said.notes if not note.part)
    label = max((state.label for state in states), key=lambda label: label.rank)
    if whole and label.rank < Label.NOTED.rank:
        label = Label.NOTED
    final = _final(item, states, value_of)
    return ComposedItem(item=final, label=label, parts=tuple(states), page=page, notes=whole)


def local_state(add: Add, value_of: ValueOf, page: str) -> ComposedItem:
    """Return the state of a local item."""
    states = []
    for key, text in {"title": add.item.title, **add.item.parts}.items():
        used, missing = _slots(text, value_of)
        final = filled(text, value_of)
        states.append(
            PartState(
                key=key,
                label=Label.LOCAL,
                national="",
                unfilled=text,
                final=final,
                facts=used,
                missing=missing,
            )
        )
    final_item = _final(add.item, states, value_of)
    return ComposedItem(item=final_item, label=Label.LOCAL, parts=tuple(states), page=page, added=add)


def same_words(key: str, one: str, other: str) -> bool:
    """Return whether two texts of a part have one fingerprint."""
    return one == other or part_fingerprint(key, one) == part_fingerprint(key, other)


def _part(
    key: str, national: str, adapt: Adapt | None, notes: tuple[Note, ...], value_of: ValueOf
) -> PartState:
    """Return the state of a part, with the adaptation of it and the notes beside it."""
    words = adapt.text if adapt else national
    used, missing = _slots(words, value_of)
    differs = adapt is not None and not same_words(key, words, national)
    return PartState(
        key=key,
        label=_label(adapt if differs else None, notes, used),
        national=national,
        unfilled=words,
        final=filled(words, value_of),
        facts=used,
        missing=missing,
        adapted=adapt if differs else None,
        notes=notes,
    )


def _final(item: Item, states: list[PartState], value_of: ValueOf) -> Item:
    """Return an item with its final words, and the judgements that stand in them."""
    old = {"title": item.title, **item.parts}
    item = item.with_texts({one.key: one.final for one in states if one.final != old.get(one.key)})
    rated = next((spec.key for spec in parts_of(type(item)) if spec.about.rates), "")
    ratings = next((one.adapted.ratings for one in states if one.key == rated and one.adapted), item.ratings)
    if ratings != item.ratings or any("fact}" in rating.reason for rating in ratings):
        item = attrs.evolve(item, ratings=tuple(_rating(rating, value_of) for rating in ratings))
    return item


def _rating(rating: Rating, value_of: ValueOf) -> Rating:
    return attrs.evolve(rating, reason=filled(rating.reason, value_of))


def _label(adapt: Adapt | None, notes: tuple[Note, ...], used: tuple[str, ...]) -> Label:
    if adapt:
        return Label.MEANING if adapt.kind is AdaptKind.MEANING else Label.CONTEXT
    if notes:
        return Label.NOTED
    return Label.DETAILS if used else Label.NATIONAL


def _slots(text: str, value_of: ValueOf) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the facts a text uses that have a value, and those that have none."""
    used = slots_of(text)
    if not used:
        return (), ()
    have = tuple(fact for fact in used if value_of(fact))
    return have, tuple(fact for fact in used if fact not in have)
