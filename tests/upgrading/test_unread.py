"""What is known of a safety change that nobody has read, also where an earlier edition has its own words."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from small_core import release, started, take

from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.changes import Change
from guidance_kit.model.edition import ComposedItem, Label
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting, What
from guidance_kit.model.review import Review, Stale
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading import open_edition
from guidance_kit.upgrading.unread import unread, with_unread

TARGET = "core:placements#summary"
NEWS = Waiting(what=What.SAFETY, target=TARGET, kind=ChangeKind.SAFETY, version="1.1.0", base="")


@pytest.fixture(scope="module")
def base() -> Library:
    """The last release of the small core, with another safety change of one text in the release before."""
    read = release("2.0.0")
    earlier = Change("1.1.0", TARGET, ChangeKind.SAFETY, "Earlier.")
    changes = attrs.evolve(read.changes, changes=(earlier, *read.changes.changes))
    return attrs.evolve(read, changes=changes)


def test_of_national_words_the_release_that_brought_it_is_told(base: Library):
    (one,) = unread(base, [NEWS]).values()
    assert (one.version, one.why, one.by, one.kept) == ("1.1.0", "Earlier.", "", False)


def test_where_an_earlier_edition_has_its_own_words_the_last_release_is_told(base: Library):
    layers = {TARGET: Layer(by="Region", words=Label.CONTEXT)}
    (one,) = unread(attrs.evolve(base, ancestry=Ancestry(id="region", layers=layers)), [NEWS]).values()
    assert (one.version, one.by, one.kept) == ("2.0.0", "Region", True)
    assert one.why == "It says what to do if a student on placement is in danger."


def test_what_is_gone_is_told_by_nobody(base: Library):
    gone = attrs.evolve(NEWS, target="core:agreement")
    assert unread(base, [gone]) == {}


def test_only_what_is_about_safety_is_told(base: Library):
    assert unread(base, [attrs.evolve(NEWS, what=What.UPDATED)]) == {}
    assert unread(base, [attrs.evolve(NEWS, kind=ChangeKind.SUBSTANTIVE)]) == {}


def test_what_waits_with_local_work_is_not_told_in_another_way(tmp_path: Path):
    root = started(tmp_path, "")
    take(root, "1.0.0")
    opened, _ = open_edition(root)
    assert opened is not None
    edition, ours = opened.edition, Stale(kind=ChangeKind.SUBSTANTIVE, why="Ours.")
    above = {name: Stale(kind=ChangeKind.SAFETY, kept=True) for name in ("core:access", "core:placements")}
    above |= {f"{name}#summary": one for name, one in above.items()}
    waits = tuple(_waiting(one, ours) if one.item.id == "core:access" else one for one in edition.composed)
    told = with_unread(attrs.evolve(edition, composed=waits, review=Review(every_unread=above)))
    for name, stale in (("core:access", ours), ("core:placements", above["core:placements"])):
        state = told.by_id[name]
        parts = {part.key: part.stale for part in state.parts}
        assert (state.stale, parts["summary"]) == (stale, stale)
        assert parts["questions"] == (ours if stale is ours else None)


def _waiting(state: ComposedItem, stale: Stale) -> ComposedItem:
    """Return an item that waits itself, and each of its parts."""
    parts = tuple(attrs.evolve(part, stale=stale) for part in state.parts)
    return attrs.evolve(state, stale=stale, parts=parts)
