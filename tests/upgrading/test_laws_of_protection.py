"""The laws of composing where wording is protected, news waits and changes are under review (rules, section 10)."""

from __future__ import annotations

import pytest
from desk import Desk, desk
from hypothesis import given
from small_releases import law, stories

from guidance_kit.composing.holding import holders_of
from guidance_kit.model.edition import Edition, Label
from guidance_kit.model.fingerprint import part_fingerprint
from guidance_kit.model.inline import replace_roles, roles_in

pytestmark = pytest.mark.long

NATIONAL = (Label.NATIONAL, Label.DETAILS, Label.NOTED)


def composed(made: Desk, story: tuple) -> Edition:
    """Return the edition as readers get it after the last release, nothing decided."""
    (core, *later), ops = story
    made.publish(core)
    made.work(ops)
    made.up()
    for new in later:
        made.publish(new)
    made.up()
    return made.opened().edition


@law(60)
@given(stories(2, 2))
def test_protection_each_fixed_part_is_the_cores_and_each_required_item_is_there(story: tuple) -> None:
    """It holds even where composing gives errors: what protection refuses is told, and skipped."""
    with desk() as made:
        edition = composed(made, story)
    for item in edition.base:
        state = edition.by_id.get(item.id)
        assert state is not None or not item.must_appear
        for part in state.parts if state else ():
            if item.protection_of(part.key).fixed:
                assert part.unfilled == {"title": item.title, **item.parts}[part.key]
                assert part.label in NATIONAL


@law(40)
@given(stories(2, 2))
def test_slot_purity_where_wording_is_fixed_only_slots_are_filled(story: tuple) -> None:
    with desk() as made:
        edition = composed(made, story)
    for state in edition.composed:
        for part in state.parts:
            filled = [role for role in roles_in(part.final) if role.name == "local-fact"]
            slots = [role for role in roles_in(part.unfilled) if role.name == "fact"]
            blank = replace_roles(part.final, lambda r: "{}" if r.name in ("local-fact", "fact") else None)
            assert blank == replace_roles(part.unfilled, lambda r: "{}" if r.name == "fact" else None)
            assert len(filled) == sum(slot.content in part.facts for slot in slots)


@law(40)
@given(stories(2, 2))
def test_label_soundness_while_changes_are_under_review(story: tuple) -> None:
    with desk() as made:
        edition = composed(made, story)
    for state in edition.composed:
        for part in state.parts:
            if not state.added:
                same = part.fingerprint == part_fingerprint(part.key, part.national)
                assert same == (part.label in NATIONAL)
                assert (part.label is Label.NATIONAL) == (same and not part.facts and not part.notes)


@law(60)
@given(stories(3, 2))
def test_conservation_of_items_each_is_there_or_left_out_or_not_chosen_or_waits(story: tuple) -> None:
    with desk() as made:
        edition = composed(made, story)
    present = [item.id for item in edition.library]
    assert len(present) == len(set(present))
    out = {left.item for left in edition.left_out}
    apart = (set(present), out, set(edition.not_chosen), set(edition.waiting))
    holders = holders_of(edition.base)
    for item in edition.base:
        assert sum(holders.get(item.id, item.id) in some for some in apart) == 1
