"""Which new items wait for a decision where the lock is lost, as far as the decisions that are there tell."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from small_chains import CORE, Chain
from small_core import DAY, release, started, take

from guidance_kit.model.history import History, Released
from guidance_kit.model.library import Library
from guidance_kit.model.lock import How, Reviewed, What
from guidance_kit.model.overlay import Overlay
from guidance_kit.reading.bases import read_base
from guidance_kit.upgrading import open_edition, upgrade
from guidance_kit.upgrading.lost import lost_lock, undecided

NEW = "core:waiting-well"
NOTE = "```{local-note} core:access#summary\n:id: one\n\nIt is four weeks.\n```\n"
ANOTHER = Reviewed(what=What.NOTE, target="core:access#summary", name="one", base="fp1:a")


@pytest.fixture(scope="module")
def base() -> Library:
    return release("2.0.0")


def asked(base: Library, *known: Reviewed) -> dict[str, tuple[str, str]]:
    """Return the items that wait, with the release that each came with, and the title."""
    return {one.target: (one.version, one.title) for one in undecided(known, base)}


def beside(version: str, what: What = What.NOTE) -> Reviewed:
    return attrs.evolve(ANOTHER, what=what, base_version=version)


def on_news(how: How) -> Reviewed:
    return Reviewed(what=What.NEW_ITEM, target=NEW, base="fp1:a", base_version="1.1.0", how=how)


def test_what_came_since_somebody_made_local_work_waits_under_the_release_it_came_with(base: Library):
    found = asked(base, beside("1.0.0"))
    assert found[NEW] == ("1.1.0", "Support while waiting")
    assert set(found) == {NEW, "core:medicines"}  # and nothing that was there, moved, or became another


def test_the_earliest_record_tells(base: Library):
    assert NEW in asked(base, beside("2.0.0"), beside("1.0.0"))
    assert asked(base, beside("1.1.0")) == {}
    assert asked(base, beside("2.0.0")) == {}


def test_without_a_record_of_local_work_nobody_knows_what_is_new(base: Library):
    assert asked(base) == {}
    assert asked(base, beside("1.0.0", What.SAFETY)) == {}
    assert asked(base, beside("1.0.0", What.NEW_ITEM)).keys() == set()


def test_what_was_put_off_waits_and_what_was_taken_does_not(base: Library):
    assert asked(base, on_news(How.DEFERRED))[NEW][0] == "1.1.0"
    assert NEW not in asked(base, on_news(How.TOOK_NATIONAL))
    assert NEW not in asked(base, on_news(How.TOOK_NATIONAL), beside("1.0.0"))
    assert NEW in asked(base, on_news(How.DEFERRED), beside("1.0.0"))


def test_what_stands_inside_another_item_comes_with_it(tmp_path: Path):
    chain = Chain(tmp_path)
    inner = CORE["challenges/small.md"].replace(":id: small", ":id: inner")
    outer = CORE["challenges/small.md"].replace(":::{challenge}", "::::{challenge}").rstrip()[:-3]
    chain.core(**{"challenges/small.md": f"{outer}\n{inner}\n::::\n"})
    found, problems = read_base(tmp_path, "./core")
    assert found is not None, problems
    assert "core:inner" in found.by_id
    states = (
        Released("0.9", "a", {"core:access#title": "fp1:a"}),
        Released("1.0.0", "b", {"core:small#title": "fp1:b", "core:inner#title": "fp1:c"}),
    )
    library = attrs.evolve(found, history=History(states))
    assert asked(library, beside("0.9")) == {"core:small": ("1.0.0", "Small providers")}


def test_a_new_item_that_nobody_decided_on_waits_where_the_lock_is_lost(tmp_path: Path):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    take(root, "2.0.0")
    (root / "edition.lock").unlink()
    made, problems = upgrade(root, DAY, anew=True)
    assert made, problems
    opened, _ = open_edition(root, DAY)
    assert opened is not None
    assert NEW in [one.target for one in opened.news if one.what is What.NEW_ITEM]
    assert NEW not in opened.edition.by_id


def test_work_that_was_put_off_is_no_new_item(base: Library):
    whole = attrs.evolve(ANOTHER, target="core:access", how=How.DEFERRED, base_version="2.0.0")
    assert asked(base, whole) == {}


def test_of_what_was_asked_about_new_items_still_are(base: Library):
    (new,) = undecided([on_news(How.DEFERRED)], base)
    grave = attrs.evolve(new, what=What.SAFETY)
    assert lost_lock(Overlay(id="ours", title="Ours"), None, base, (grave, new)).waiting == (new,)
