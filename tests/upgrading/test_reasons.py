"""What is told of why a text changed: what releases say of it since, as grave as it is, and no more."""

from __future__ import annotations

import attrs
import pytest

from guidance_kit.model.changes import Change, Changes, Release
from guidance_kit.model.history import History, Released
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.gravity import gravity, why

SUBSTANTIVE, SAFETY, EDITORIAL = ChangeKind.SUBSTANTIVE, ChangeKind.SAFETY, ChangeKind.EDITORIAL
VERSIONS = ("1.0", "1.1", "1.2", "1.3")
BASE = Library(
    id="core",
    title="Core",
    version="1.3",
    changes=Changes(
        releases=tuple(Release(version) for version in VERSIONS),
        changes=(
            Change("1.1", "core:a#s", SUBSTANTIVE, "One."),
            Change("1.2", "core:a#s", SUBSTANTIVE, "Two."),
            Change("1.2", "core:a", SAFETY, "Three."),
            Change("1.2", "core:b", SUBSTANTIVE, "Of another."),
            Change("1.3", "core:a#s", SUBSTANTIVE, ""),
            Change("1.3", "core:a", SUBSTANTIVE, "Two."),
        ),
    ),
    history=History(tuple(Released(version, version, {"core:a#s": f"fp{version}"}) for version in VERSIONS)),
)


@pytest.mark.parametrize(
    ("what", "kind", "version", "base", "said"),
    [
        (What.UPDATED, SUBSTANTIVE, "1.3", "fp1.0", "One. Two."),
        (What.UPDATED, SUBSTANTIVE, "1.3", "fp1.1", "Two."),
        (What.UPDATED, SUBSTANTIVE, "1.3", "fp1.3", ""),
        (What.UPDATED, SAFETY, "1.2", "fp1.1", "Three."),
        (What.SAFETY, SAFETY, "1.2", "fp1.1", "Three."),
        (What.UPDATED, EDITORIAL, "1.2", "fp1.1", ""),
        (What.UPDATED, SUBSTANTIVE, "1.1", "not known", "One."),
        (What.UPDATED, SUBSTANTIVE, "1.1", "", "One."),
        (What.WITHDRAWN, SUBSTANTIVE, "1.1", "", ""),
    ],
)
def test_the_reasons_since_are_told_once_each(
    what: What, kind: ChangeKind, version: str, base: str, said: str
):
    one = Waiting(what=what, target="core:a#s", kind=kind, version=version, base=base)
    assert why(BASE, one) == said


@pytest.mark.parametrize(("base", "said"), [("", "One."), ("not known", "")], ids=["new", "changed"])
def test_what_is_said_of_a_part_is_told_of_an_item_only_where_all_of_it_is_new(base: str, said: str):
    one = Waiting(what=What.NEW_ITEM, target="core:a", kind=SUBSTANTIVE, version="1.1", base=base)
    assert why(BASE, one) == said


def test_of_what_counts_as_safety_with_no_word_since_the_last_safety_change_is_told():
    changes = attrs.evolve(
        BASE.changes,
        changes=(
            *BASE.changes.changes,
            Change("1.2", "core:a#s", SAFETY, "Four."),
            Change("1.1", "core:c", SAFETY, ""),
        ),
    )
    base = attrs.evolve(BASE, changes=changes)

    def told(target: str, kind: ChangeKind = SAFETY, version: str = "1.1") -> str:
        return why(base, Waiting(what=What.UPDATED, target=target, kind=kind, version=version, base=""))

    assert told("core:a#s") == "Four."  # declared in 1.2, not in the release that is asked about
    assert told("core:a#s", EDITORIAL) == ""
    assert told("core:a#s", version="1.2") == "Three. Four."  # what is declared there is told, all of it
    assert told("core:b") == ""
    assert told("core:c") == ""


def test_a_library_that_keeps_no_fingerprints_is_believed_that_it_only_tidied():
    names, tidied = frozenset({"core:a#s"}), Change("1.3", "core:a#s", EDITORIAL, "A comma.")
    base = attrs.evolve(BASE, changes=attrs.evolve(BASE.changes, changes=(tidied,)), history=History())
    assert gravity(base, "core:a#s", "fp1.2", names, frozenset({"1.3"})) is EDITORIAL
