"""What a person is told to do about a name that stands for nothing: the nearest one that helps, or how to find it."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from guidance_kit.composing.targets import Targets
from guidance_kit.model.ancestry import Ancestry, Omitted
from guidance_kit.model.changes import Split, Withdrawn
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import LeaveOut, Overlay, Take
from guidance_kit.problems import Place
from guidance_kit.reading.folders import read_library_folder

HERE = Place("edition.toml", 3)
RELEASE = Path(__file__).parents[1] / "releases" / "small-core" / "2.0.0"


@pytest.fixture(scope="module")
def base() -> Library:
    """The last release of the small core: in it joint-meetings and shared-training became one item."""
    read, problems = read_library_folder(RELEASE)
    assert read is not None, problems
    return read


def hint(base: Library, item: str, **said: object) -> str:
    """Return what to do about an item that is named, and is not there."""
    targets = Targets(base, Overlay(id="northtown", title="N", **said))  # type: ignore[arg-type] - as said
    assert targets.national(item, HERE) is None
    (problem,) = targets.problems
    return problem.hint


@pytest.mark.parametrize("name", ["core:acess", "acess"])
def test_the_nearest_item_is_named(base: Library, name: str):
    assert hint(base, name) == 'Did you mean "core:access"?'


def test_an_item_that_is_left_out_is_not_meant(base: Library):
    left = (LeaveOut("core:access", "None here.", HERE),)
    assert "core:access" not in hint(base, "core:acess", leave_out=left)


@pytest.mark.parametrize(
    "name", ["core:zzzzzzzz", "core:zz"]
)  # that all share a space makes none of them near
def test_where_none_is_near_a_command_lists_them(base: Library, name: str):
    assert hint(base, name) == "guidance-kit show . lists the items."


@pytest.mark.parametrize(
    ("redirects", "said"),
    [
        (
            {"core:gone": "core:access"},
            '"core:access" stands in its place: say it of that one, or delete this.',
        ),
        ({"core:gone": "region:away"}, "Delete this, or write an item of your own."),
        ({}, "Delete this, or write an item of your own."),
    ],
    ids=["in its place", "in its place, and gone too", "left out"],
)
def test_what_an_earlier_edition_left_out_is_told_with_what_stands_there(
    base: Library, redirects: dict[str, str], said: str
):
    ancestry = Ancestry(
        id="region", left_out={"core:gone": Omitted("Gone", "No.", "Region")}, redirects=redirects
    )
    assert hint(attrs.evolve(base, ancestry=ancestry), "core:gone#summary") == said


def taken(base: Library, *items: str) -> list[tuple[str, str]]:
    """Return what an edition that starts from nothing is told of what it takes."""
    takes = tuple(Take(item, Place("edition.toml", at)) for at, item in enumerate(items))
    targets = Targets(base, Overlay(id="northtown", title="N", takes=takes))
    list(targets.about_items(takes, "choice"))
    return [(one.message, one.hint) for one in targets.problems]


def test_an_item_that_was_taken_and_is_part_of_another_is_told_why(base: Library):
    ((message, _),) = taken(base, "core:joint-meetings")
    assert message == (
        '"core:joint-meetings" became part of "core:working-together" in 2.0.0. They were always done '
        "together. So this takes nothing now."
    )


def test_where_no_reason_was_given_none_is_told(base: Library):
    merged = tuple(attrs.evolve(one, why="") for one in base.changes.merged)
    changes = attrs.evolve(base.changes, merged=merged)
    ((message, _),) = taken(attrs.evolve(base, changes=changes), "core:joint-meetings")
    assert "in 2.0.0. So this" in message


def test_it_is_told_what_to_take_in_its_place(base: Library):
    ((_, said),) = taken(base, "core:joint-meetings")
    assert said == 'Write item = "core:working-together" here in its place, or delete this [[take]].'
    ((_, said),) = taken(base, "core:joint-meetings", "core:working-together")
    assert said == 'Delete this [[take]]: you take "core:working-together" already.'


@pytest.mark.parametrize(
    "later",
    [
        {"withdrawn": (Withdrawn("2.1.0", "core:working-together"),)},
        {"split": (Split("2.1.0", "core:working-together", ("core:access", "core:placements")),)},
    ],
    ids=["withdrawn", "split"],
)
def test_where_nobody_can_tell_what_is_wanted_it_is_left_to_the_reader(
    base: Library, later: dict[str, tuple]
):
    changes = attrs.evolve(base.changes, **later)
    items = [item for item in base if item.id != "core:working-together"]
    gone = attrs.evolve(
        base,
        changes=changes,
        pages=[attrs.evolve(p, items=[i for i in p.items if i in items]) for p in base.pages],
    )
    ((_, said),) = taken(gone, "core:joint-meetings")
    assert said == "Delete this [[take]], and take what you want in its place."


def test_an_omission_of_what_became_part_of_another_is_told_nothing_of_taking(base: Library):
    left = (LeaveOut("core:joint-meetings", "None here.", HERE),)
    targets = Targets(base, Overlay(id="northtown", title="N", leave_out=left))
    assert list(targets.about_items(left, "omission")) == []
    (problem,) = targets.problems
    assert problem.code == "split-choice"
    assert "take" not in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize(
    ("name", "first"),
    [("region:hub", "guidance-kit show . lists the items."), ("acess", 'Did you mean "core:access"?')],
)
def test_of_an_edition_before_it_is_said_that_an_item_may_have_been_taken_out(
    base: Library, name: str, first: str
):
    chain = attrs.evolve(base, ancestry=Ancestry(id="region", publisher="The Region"))
    targets = Targets(chain, Overlay(id="northtown", title="N"))
    assert not targets.placed(name, HERE)
    (problem,) = targets.problems
    told = f'There is no item "{name}" in the guidance of The Region. If there was, it was taken out.'
    assert problem.message == told
    assert problem.hint == f"{first} Name another item, or delete what is said of this one."
