"""Which text is no later state of what an edition has, that could be relied on."""

from __future__ import annotations

import attrs
import pytest
from small_core import RELEASES

from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.changes import Change, Release, Withdrawn
from guidance_kit.model.library import Library
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.upgrading.older import strange, unreleased

SAFETY, SUBSTANTIVE = ChangeKind.SAFETY, ChangeKind.SUBSTANTIVE


def released(version: str) -> Library:
    library, problems = read_library_folder(RELEASES / version)
    assert library is not None, problems
    return library


def saying(library: Library, *more: Change, gone: tuple[Withdrawn, ...] = ()) -> Library:
    changes = library.changes
    said = attrs.evolve(changes, changes=(*changes.changes, *more), withdrawn=(*changes.withdrawn, *gone))
    return attrs.evolve(library, changes=said)


def test_a_later_release_is_not_strange():
    assert strange(released("1.0.0"), released("2.0.0")) == ""


def test_a_release_that_says_nothing_of_what_it_changed_is_strange():
    new = released("2.0.0")
    silent = attrs.evolve(new, changes=attrs.evolve(new.changes, releases=new.changes.releases[:-1]))
    assert "does not say what that release changed" in strange(released("1.0.0"), silent)


def test_what_does_not_know_the_text_that_is_kept_is_strange():
    new = released("2.0.0")
    forgetful = attrs.evolve(new, history=attrs.evolve(new.history, releases=new.history.releases[1:]))
    assert "does not know the text" in strange(released("1.0.0"), forgetful)


@pytest.mark.parametrize(
    ("change", "known"),
    [
        (Change("2.0.0", "core:acess#summary", SAFETY, "A slip."), False),
        (Change("2.0.0", "core:acess#summary", SUBSTANTIVE, "A slip."), True),
        (Change("1.0.0", "core:acess#summary", SAFETY, "An old slip."), True),
        (Change("2.0.0", "core:access#summary", SAFETY, "It is there."), True),
        (Change("2.0.0", "core:two-homes#summary", SAFETY, "It moved."), True),
        (Change("2.0.0", "core:small-provider-hub#summary", SAFETY, "It was there, and is withdrawn."), True),
        (Change("2.0.0", "core:agreement", SAFETY, "It was there, and was split."), True),
        (Change("2.0.0", "core:short-lived", SAFETY, "It came and went in between."), True),
        (Change("2.0.0", "core:short-lived#summary", SAFETY, "It came and went in between."), True),
        (Change("2.0.0", "core:gone", SAFETY, "It is gone without a word."), True),
    ],
)
def test_a_safety_change_of_what_never_was_is_strange(change, known):
    old, gone = released("1.0.0"), (Withdrawn("2.0.0", "core:short-lived", "It is over."),)
    if change.what == "core:gone":
        change = attrs.evolve(change, what="core:access")
        new = released("2.0.0")
        pages = tuple(
            attrs.evolve(page, items=tuple(one for one in page.items if one.id != change.what))
            for page in new.pages
        )
        new = attrs.evolve(new, pages=pages)
        assert "core:access" not in new.by_id
    else:
        new = released("2.0.0")
    assert bool(strange(old, saying(new, change, gone=gone))) is not known
    child = attrs.evolve(saying(new, change, gone=gone), ancestry=Ancestry(id="region", title="Region"))
    assert strange(old, child) == ""


def test_what_is_declared_is_what_was_released():
    new = released("2.0.0")
    assert unreleased(new) == ""
    said = attrs.evolve(new, changes=attrs.evolve(new.changes, changes=new.changes.changes[:-1]))
    words = "says of its releases in changes.toml is not what it said when it was released"
    assert words in unreleased(said)
    child = attrs.evolve(said, ancestry=Ancestry(id="region", title="Region"))
    assert words in unreleased(child)
    states = tuple(attrs.evolve(one, changes="") for one in new.history.releases)
    silent = attrs.evolve(said, history=attrs.evolve(new.history, releases=states))
    assert unreleased(silent) == ""
    later = attrs.evolve(new.changes, releases=(*new.changes.releases, Release("3.0.0")))
    assert unreleased(attrs.evolve(new, changes=later)) == ""
