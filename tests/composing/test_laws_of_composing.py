"""The laws of composing, tried on generated worlds (rules of composing, section 10)."""

from __future__ import annotations

import os
import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import naive_composer
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_worlds import Op, World, core_files, cores, edition_files, key_of, operations, worlds, write

from guidance_kit.composing import compose
from guidance_kit.model.edition import ComposedItem, Edition, Label
from guidance_kit.model.fingerprint import part_fingerprint
from guidance_kit.model.inline import replace_roles, roles_in
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Add, Overlay
from guidance_kit.model.page import Page
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.reading.pages import read_page

EXAMPLES = int(os.environ.get("GUIDANCE_LAW_EXAMPLES", "60"))  # more of them, at random, to hunt by hand
law = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES == 60,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

OF_THE_WHOLE = ("fact", "arrange", "page")  # what is said of no one item
BESIDE = ("adapt", "note", "fact-for")  # what leaves all that links to its item as it is

pytestmark = pytest.mark.long


@contextmanager
def on_disk(world: World, spread: int = 1) -> Iterator[tuple[Library, Overlay, tuple[Problem, ...]]]:
    with tempfile.TemporaryDirectory() as folder:
        core = write(core_files(world), Path(folder) / "core")
        root = write(edition_files(world, spread), Path(folder) / "edition")
        library, faults = read_library_folder(core)
        overlay, problems = read_overlay_folder(root)
        assert library is not None
        assert faults == ()
        assert overlay is not None
        yield library, overlay, problems


def edition_of(world: World, spread: int = 1) -> Edition:
    with on_disk(world, spread) as (library, overlay, problems):
        edition = compose(library, overlay)
        return attrs.evolve(edition, problems=(*problems, *edition.problems))


def texts(edition: Edition) -> dict[str, str]:
    return {page.path: page.text for page in edition.pages}


def without_notes(text: str) -> str:
    """Return a composed text with the asides taken out that stand beside national words."""
    found: list[str] = []
    fence = ""
    for line in text.split("\n"):
        opening = re.match(r"[ >]*([:`~]{3,})\{local-note\}", line)
        if opening and not fence:
            fence = opening[1]
        elif fence and line.strip(" >") == fence:
            fence = ""
        elif not fence:
            found.append(line)
    return "\n".join(found)


def bare(item: Item) -> Item:
    """Return an item whose parts hold no notes and no blank lines at their ends, to compare words."""
    return item.with_texts({key: without_notes(text).strip() for key, text in item.parts.items()})


def listed(page: Page) -> list[list[str]]:
    """Return what the contents lists of a page name, lists of nothing left out."""
    held = ([name for _, name in contents.entries] for contents in page.contents)
    return [names for names in held if names]


@law
@given(cores())
def test_identity_an_empty_overlay_yields_the_core_byte_for_byte(world: World) -> None:
    with on_disk(world) as (library, overlay, _):
        edition = compose(library, overlay)
        assert texts(edition) == {page.path: page.text for page in library.pages}
        assert {state.label for state in edition.composed} <= {Label.NATIONAL}
        assert edition.problems == ()


@law
@given(worlds(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_order_independence_and_determinism(world: World, spread: int, chance: random.Random) -> None:
    shuffled = list(world.ops)
    chance.shuffle(shuffled)
    one, other = edition_of(world), edition_of(world.with_ops(shuffled), spread)
    assert texts(one) == texts(other)
    assert [(s.item, s.label) for s in one.composed] == [(s.item, s.label) for s in other.composed]
    assert sorted((p.code, p.message) for p in one.problems) == sorted(
        (p.code, p.message) for p in other.problems
    )


@law
@given(worlds(), st.randoms(use_true_random=False))
def test_idempotence_saying_a_thing_twice_is_saying_it_once(world: World, chance: random.Random) -> None:
    single = [op for op in world.ops if op["op"] not in ("fact", "page")]
    assume(single)
    op = chance.choice(single)
    once, twice = edition_of(world), edition_of(world.with_ops([*world.ops, op]))
    assert texts(once) == texts(twice)
    assert {p.code for p in twice.problems} - {p.code for p in once.problems} <= {
        "duplicate-operation",
        "duplicate-id",
    }


@law
@given(worlds())
def test_conservation_of_items(world: World) -> None:
    edition = edition_of(world)
    present = [item.id for item in edition.library]
    assert len(present) == len(set(present))
    accounted = {*present, *(left.item for left in edition.left_out), *edition.not_chosen}
    assert {item.id for item in edition.base} <= accounted
    assert {state.item.id for state in edition.composed} == set(present)


@law
@given(worlds())
def test_conservation_of_local_work(world: World) -> None:
    edition = edition_of(world)
    told = {(p.place, p.code) for p in edition.problems}
    shown = "".join(page.text for page in edition.pages)
    origins = {
        (o.path, line) for p in edition.pages for o in p.origins for line in range(o.line, o.line + o.count)
    }
    overlay = edition.overlay
    for op in (*overlay.adaptations, *overlay.notes, *overlay.adds):
        inside = "local/" + op.origin.path.rpartition("/local/")[2]
        first = op.first_line if not hasattr(op, "item") or hasattr(op, "part") else op.origin.line
        unused = {place for place, code in told if not (isinstance(op, Add) and code == "unknown-target")}
        assert ((inside, first) in origins) != (op.origin in unused)  # one of the two, and never both
    for state in edition.composed:
        for part in state.parts:
            assert all(line in shown for line in part.final.split("\n"))


@law
@given(worlds())
def test_round_trip_reading_the_composed_pages_gives_the_composed_items(world: World) -> None:
    edition = edition_of(world)
    for page in edition.library.pages:
        read = read_page(page.text, page.path, Place(page.path), edition.base.id)
        assert [p for p in read.problems if p.code != "unknown-view"] == []
        assert list(map(bare, read.page.items)) == list(map(bare, page.items))
        assert list(map(bare, read.page.nested)) == list(map(bare, page.nested))
        assert listed(read.page) == listed(page)


@law
@given(worlds())
def test_label_soundness_national_if_and_only_if_the_words_are_the_cores(world: World) -> None:
    edition = edition_of(world)
    for state in edition.composed:
        for part in state.parts:
            if state.added:
                assert part.label is Label.LOCAL
                continue
            same = part.fingerprint == part_fingerprint(part.key, part.national)
            assert same == (part.label in (Label.NATIONAL, Label.DETAILS, Label.NOTED))
            assert (part.label is Label.NATIONAL) == (same and not part.facts and not part.notes)
            assert same or part.adapted is not None


@law
@given(worlds())
def test_slot_purity_blanking_what_is_filled_in_gives_the_words_before(world: World) -> None:
    edition = edition_of(world)
    for state in edition.composed:
        for part in state.parts:
            filled = [role for role in roles_in(part.final) if role.name == "local-fact"]
            slots = [role for role in roles_in(part.unfilled) if role.name == "fact"]
            blanked = replace_roles(part.final, lambda r: "{}" if r.name in ("local-fact", "fact") else None)
            assert blanked == replace_roles(part.unfilled, lambda r: "{}" if r.name == "fact" else None)
            assert len(filled) == sum(slot.content in part.facts for slot in slots)


def slugs_of(op: Op) -> set[str]:
    """Return the short names of the items that an operation is about."""
    return {op[key].rpartition(":")[2] for key in ("item", "slug", "instead_of") if op.get(key)}


def bare_state(edition: Edition, item: str) -> ComposedItem | None:
    """Return the state of an item, but for the file that it was read from."""
    return attrs.evolve(edition.by_id[item], added=None) if item in edition.by_id else None


def name(text: str, slugs: set[str]) -> bool:
    """Return whether a text links to one of some items, lists its page, or holds it."""
    return re.search(rf"\b({'|'.join(slugs)})\b", text) is not None


@law
@given(worlds(), st.data())
def test_locality_what_is_said_of_one_item_changes_only_what_links_to_it_or_lists_it(
    world: World, data: st.DataObject
) -> None:
    op = data.draw(operations(world).filter(lambda op: op["op"] not in OF_THE_WHOLE))
    others = [one for one in world.ops if key_of(one) != key_of(op)]
    before, after = edition_of(world.with_ops(others)), edition_of(world.with_ops([*others, op]))
    pages = {
        page for page in {*texts(before), *texts(after)} if texts(before).get(page) != texts(after).get(page)
    }
    items = {
        one for one in {*before.by_id, *after.by_id} if bare_state(before, one) != bare_state(after, one)
    }
    if op["op"] in BESIDE:
        target = naive_composer.full(op["item"], {add.item.id for add in after.overlay.adds})
        assert items <= {target}
        assert pages <= {f"{state.page}.md" for state in before.composed if state.item.id == target}
    slugs = slugs_of(op)
    for page in pages:
        assert any(name(texts(some).get(page, ""), slugs) for some in (before, after))
    for one in items:
        assert any(name(repr(some.by_id[one].item), slugs) for some in (before, after) if one in some.by_id)


@law
@given(worlds())
def test_all_at_once_an_unrelated_mistake_hides_none(world: World) -> None:
    mistake = {"op": "leave-out", "item": "core:not-there-at-all", "reason": ""}
    one, other = edition_of(world), edition_of(world.with_ops([*world.ops, mistake]))
    assert texts(one) == texts(other)
    assert {(p.code, p.message) for p in one.problems} < {(p.code, p.message) for p in other.problems}


@law
@given(worlds())
def test_the_engine_says_what_a_naive_composer_says(world: World) -> None:
    edition, wanted = edition_of(world), naive_composer.compose(world)
    assert {left.item for left in edition.left_out} == wanted["left_out"]
    assert set(edition.not_chosen) == wanted["not_chosen"]
    assert dict(edition.redirects) == wanted["redirects"]
    assert set(edition.by_id) == set(wanted["items"])
    for name, state in edition.by_id.items():
        assert {part.key: part.unfilled for part in state.parts} == wanted["items"][name]
        for part in state.parts:
            shown = [role.content for role in roles_in(part.final) if role.name == "local-fact"]
            expected = naive_composer.fill(part.unfilled, name, wanted["values"])
            assert [words.replace("\\|", "|") for words in shown] == expected
            if state.added is None:
                label = wanted["labels"][name].get(part.key)
                assert (str(part.label) if part.adapted else None) == label


@pytest.mark.parametrize(
    "value", ["{fact}`team`", "`", "`` ` ``", "*a*", "a | b", "[x](y)", "\\", "$x$", "{{x}}"]
)
@pytest.mark.parametrize("place", ["Ring {fact}`team`.", "| a | b |\n|---|---|\n| {fact}`team` | c |"])
def test_a_value_stays_literal_wherever_it_stands(value: str, place: str) -> None:
    parts = {"summary": place, "what-it-looks-like": "x", "questions": "y"}
    world = World(
        (("challenge", "aa", "T", parts),), ({"op": "fact", "item": "", "fact": "team", "value": value},)
    )
    (summary,) = [part for part in edition_of(world).by_id["core:aa"].parts if part.key == "summary"]
    (role,) = roles_in(summary.final)
    assert role.name == "local-fact"
    assert role.content.replace("\\|", "|") == value
