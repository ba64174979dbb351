"""The laws of chains, tried on generated worlds: what an edition gives to those that build on it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from composing.small_worlds import World, core_files, edition_files, worlds, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance_kit.composing import compose
from guidance_kit.exporting.as_library import as_library
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Adapt, LeaveOut, Overlay
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading.sources import Available, read_back

pytestmark = pytest.mark.long

law = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@contextmanager
def parent_of(world: World) -> Iterator[tuple[Edition, Library]]:
    """Give an edition, and what a child would keep of it."""
    with tempfile.TemporaryDirectory() as folder:
        core, faults = read_library_folder(write(core_files(world), Path(folder) / "core"))
        overlay, _ = read_overlay_folder(write(edition_files(world), Path(folder) / "edition"))
        assert core is not None
        assert faults == ()
        assert overlay is not None
        found = given_by(compose(core, overlay, filled=False))
        yield compose(core, overlay), found.library


def given_by(edition: Edition) -> Available:
    tree = as_library(edition)
    files = {path: text.encode() for path, text in tree.texts.items()}
    files |= {path: file.read_bytes() for path, file in tree.assets.items()}
    found, problems = read_back(files, Path("parent"))
    assert found is not None
    assert [one for one in problems if one.code not in ("unknown-view", "bad-fact")] == []
    return found


def texts(edition: Edition) -> dict[str, str]:
    return {page.path: page.text for page in edition.pages}


@st.composite
def guarded(draw: st.DrawFn) -> World:
    """Draw a world, some of whose national items are protected."""
    world = draw(worlds())
    words = st.sampled_from(("open", "open", "required", "endorsed", "safety"))
    return attrs.evolve(world, protections={slug: draw(words) for _, slug, _, _ in world.items})


EMPTY = Overlay(id="uni", title="Uni", based_on="../edition")


@law
@given(guarded())
def test_a_child_with_nothing_of_its_own_is_its_parent_byte_for_byte(world: World) -> None:
    with parent_of(world) as (parent, base):
        child = compose(base, EMPTY)
        assert texts(child) == texts(parent)
        assert [page.path for page in child.pages] == [page.path for page in parent.pages]
        assert child.problems == ()
        assert dict(child.values) == dict(parent.values)
        assert dict(child.redirects) == dict(parent.redirects)


@law
@given(guarded())
def test_the_items_and_parts_of_such_a_child_have_the_words_of_its_parent(world: World) -> None:
    with parent_of(world) as (parent, base):
        child = compose(base, EMPTY)
        assert list(child.by_id) == list(parent.by_id)
        for name, state in parent.by_id.items():
            mine = {one.key: (one.unfilled, one.final) for one in child.by_id[name].parts}
            assert mine == {one.key: (one.unfilled, one.final) for one in state.parts}


@law
@given(guarded())
def test_whose_words_they_are_is_told_of_each_part_that_is_not_the_cores(world: World) -> None:
    with parent_of(world) as (parent, base):
        child = compose(base, EMPTY)
        for name, state in parent.by_id.items():
            for one, mine in zip(state.parts, child.by_id[name].parts, strict=True):
                ours = bool(state.added or one.adapted or one.notes)
                assert (mine.layer is not None) == ours
                assert (str(mine.label) == "regional") == ours


@law
@given(guarded())
def test_every_item_of_the_core_is_there_or_told_as_left_out(world: World) -> None:
    with parent_of(world) as (parent, base):
        assert base.ancestry is not None
        assert {item.id for item in parent.base} <= {*base.by_id, *base.ancestry.left_out}


@law
@given(guarded())
def test_a_grandchild_is_given_what_the_child_was_given(world: World) -> None:
    with parent_of(world) as (parent, base):
        again = given_by(compose(base, EMPTY, filled=False)).library
        assert {page.path: page.text for page in again.pages} == {p.path: p.text for p in base.pages}
        assert again.ancestry is not None
        assert base.ancestry is not None
        for name in ("layers", "values", "locked", "left_out", "redirects", "under_review", "protections"):
            assert getattr(again.ancestry, name) == getattr(base.ancestry, name)
        assert texts(compose(again, EMPTY)) == texts(parent)


def against(base: Library) -> Overlay:
    """Return an edition that would say every part in other words, and leaves out what it can."""
    words = [(item.id, key) for item in base for key in ("title", *item.parts)]
    adapts = tuple(Adapt(item=item, part=key, text="Ours.", reason="Ours.") for item, key in words)
    out = tuple(LeaveOut(item.id, "Ours.") for item in list(base)[::2])
    return attrs.evolve(EMPTY, adaptations=adapts, leave_out=out)


@law
@given(guarded())
def test_protection_fixed_words_are_the_cores_and_what_must_appear_is_there_at_every_level(
    world: World,
) -> None:
    with parent_of(world) as (parent, base):
        child = compose(base, against(base), filled=False)
        grandchild = compose(given_by(child).library, against(base))
        for item in parent.base:
            for edition in (parent, child, grandchild):
                state = edition.by_id.get(item.id)
                assert state is not None or not item.must_appear
                for part in state.parts if state else ():
                    if item.protection_of(part.key).fixed:
                        assert part.unfilled == {"title": item.title, **item.parts}[part.key]
