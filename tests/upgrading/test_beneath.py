"""What is told of a change beneath local work, where a release does not say it or an upgrade was undone."""

from __future__ import annotations

import attrs
import pytest

from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.changes import Change, Changes, Moved, Release
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Reviewed, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.artefacts import Artefact
from guidance_kit.upgrading.beneath import staleness, went_back

SUBSTANTIVE, SAFETY = ChangeKind.SUBSTANTIVE, ChangeKind.SAFETY
NOTE = Artefact(what=What.NOTE, target="core:a#s", name="ours:n")
BASE = Library(
    id="core",
    title="Core",
    version="1.1",
    changes=Changes(
        releases=(Release("1.0", "2026-01-01"), Release("1.1", "2026-06-01")),
        changes=(
            Change("1.1", "core:a#s", SUBSTANTIVE, "Shorter."),
            Change("1.1", "core:a#s", SAFETY, "Grave."),
        ),
    ),
)
REWORDED = attrs.evolve(
    BASE, ancestry=Ancestry(id="region", layers={"core:a#s": Layer("Region", "changed in meaning")})
)


def looked(version: str) -> Reviewed:
    return Reviewed(what=What.NOTE, target="core:a#s", name="ours:n", base="fp1:x", base_version=version)


@pytest.mark.parametrize(
    ("version", "base", "back"),
    [
        ("1.0", BASE, False),
        ("1.1", BASE, False),
        ("2.0", BASE, True),
        ("", BASE, False),
        ("1.0", attrs.evolve(BASE, changes=Changes()), False),
        ("1.1", attrs.evolve(BASE, changes=Changes()), False),
    ],
)
def test_an_upgrade_was_undone_if_a_decision_is_on_a_release_that_is_not_there(version, base, back):
    assert went_back(looked(version), base) is back


def test_after_an_undone_upgrade_no_release_changed_the_text_but_for_what_is_about_safety():
    told = staleness(NOTE, looked("2.0"), BASE, SUBSTANTIVE, frozenset())
    assert (told.version, told.on) == ("", "")
    told = staleness(NOTE, looked("2.0"), BASE, SAFETY, frozenset())
    assert (told.version, told.on, told.why) == ("1.1", "2026-06-01", "Grave.")


@pytest.mark.parametrize(
    ("base", "kind", "kept"),
    [
        (REWORDED, SAFETY, True),
        (REWORDED, SUBSTANTIVE, False),
        (BASE, SAFETY, False),
        (attrs.evolve(REWORDED, changes=Changes(releases=BASE.changes.releases)), SAFETY, False),
    ],
)
def test_words_are_kept_over_a_change_that_is_declared_to_be_about_safety(base, kind, kept):
    told = staleness(NOTE, looked("1.0"), base, kind, frozenset({"1.1"}))
    assert (told.kept, told.by) == (kept, "Region" if base.ancestry else "")


def layered(*targets: str, moved: tuple[Moved, ...] = ()) -> Library:
    """Return a text of which one part changed for safety and another not; the region has its own in some."""
    some = (
        Change("1.1", "core:a#s", SAFETY, "Grave."),
        Change("1.1", "core:a#t", SUBSTANTIVE, "Shorter."),
        Change("1.1", "core:a", SAFETY, "All of it."),
    )
    changes = attrs.evolve(BASE.changes, changes=some[: 3 if moved else 2], moved=moved)
    layers = dict.fromkeys(targets, Layer("Region", "changed in meaning"))
    return attrs.evolve(BASE, changes=changes, ancestry=Ancestry(id="region", layers=layers))


@pytest.mark.parametrize(("part", "by"), [("s", "Region"), ("t", "")])
def test_of_all_of_an_item_those_words_are_kept_that_stand_where_it_changed_for_safety(part: str, by: str):
    decision = attrs.evolve(looked("1.0"), target="core:a")
    whole = attrs.evolve(NOTE, target="core:a")
    told = staleness(whole, decision, layered(f"core:a#{part}"), SAFETY, frozenset({"1.1"}))
    assert (told.kept, told.by) == (bool(by), by)


def test_of_a_part_those_words_are_kept_that_stand_in_it_not_those_of_the_item_it_came_from():
    there = attrs.evolve(NOTE, target="core:b#s")
    base = layered("core:a", moved=(Moved("1.1", "core:a#s", "core:b#s"),))
    told = staleness(there, looked("1.0"), base, SAFETY, frozenset({"1.1"}))
    assert (told.kept, told.by, told.why) == (False, "", "All of it.")
