"""What of a parent is in its child, and what becomes of links to the rest, where two editions become one."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_chains import DAY, Chain
from test_chains import BOARD, REGION_LOCAL, TRANSPORT

from guidance_kit.composing.names import Names
from guidance_kit.upgrading.flat_pair import Pair, Renamed, unlinked
from guidance_kit.upgrading.flattening import flatten

#: As the region has them, but without its own source and fact.
ITEMS = REGION_LOCAL["items.md"].replace("desk", "team")
LEFT_OUT = '[[leave_out]]\nitem = "region:transport"\nreason = "Town."\n'
INSTEAD = TRANSPORT.replace(":id: transport", ":id: our-buses\n:instead-of: region:transport\n:reason: Ours.")


def pair_of(folder: Path, tables: str = LEFT_OUT, local: dict[str, str] | None = None) -> Pair:
    """Return a region with items of its own, and a university that says something of them."""
    chain = Chain(folder)
    chain.core()
    chain.edition("region", "core", "", {"items.md": ITEMS, "board.md": BOARD.replace(", needs", "")})
    chain.edition("uni", "region", tables, local)
    chain.up("region", "uni")
    return Pair.of(chain.opened("region"), chain.opened("uni"))


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A university that leaves out an item of its region."""
    return pair_of(tmp_path_factory.mktemp("without"))


def in_the_region(pair: Pair) -> Names:
    return Names.of(pair.parent.base, pair.parent.overlay)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See {challenge}`transport`.", "See Buses are few."),
        ("See {challenge}`region:transport`.", "See Buses are few."),
        ("See {guidance:challenge}`transport`.", "See Buses are few."),
        ("See {challenge}`the buses <transport>`.", "See the buses."),
        ("See {challenge}`access` and {challenge}`transport`.", "See {challenge}`access` and Buses are few."),
        ("See {solution}`board`.", "See {solution}`board`."),
        ("Ring {fact}`transport`.", "Ring {fact}`transport`."),
        (":addresses: transport, access\n\nWords.", ":addresses: access\n\nWords."),
        (":addresses: access, region:transport, board", ":addresses: access, board"),
        (":addresses: transport\n\nWords.", "\nWords."),
        (":addresses: access, board", ":addresses: access, board"),
        (":addresses: access,board", ":addresses: access,board"),
        ("addresses: transport, access", "addresses: transport, access"),
        (":transport", ":transport"),
        (":note: by transport: transport", ":note: by transport: transport"),
        ("One\n\ntwo", "One\n\ntwo"),
    ],
)
def test_links_to_an_item_that_neither_has_any_more_are_words(without, text, expected):
    assert without.dropped == {"region:transport": "Buses are few"}
    assert unlinked(text, without, in_the_region(without)) == expected


@pytest.mark.parametrize("text", ["See {challenge}`transport`.", ":addresses: transport, access"])
def test_links_to_an_item_with_another_in_its_place_stay(tmp_path, text):
    pair = pair_of(tmp_path, "", {"ours.md": INSTEAD})
    assert pair.dropped == {"region:transport": "Buses are few"}
    assert pair.replaced("region:transport") == "uni:our-buses"
    assert unlinked(text, pair, in_the_region(pair)) == text
    names = Renamed.within(pair, in_the_region(pair))
    assert names.written("transport") == "uni:our-buses"


def test_where_the_child_has_every_item_nothing_changes(tmp_path):
    pair = pair_of(tmp_path, "")
    assert pair.dropped == {}
    assert pair.carried.keys() == {"region:transport", "region:board"}
    assert unlinked("See {challenge}`transport`.", pair, in_the_region(pair)) == "See {challenge}`transport`."


def test_what_neither_has_is_gone_beside_what_stands_elsewhere(tmp_path):
    pair = pair_of(tmp_path, '[[leave_out]]\nitem = "region:board"\nreason = "x"\n', {"ours.md": INSTEAD})
    assert pair.dropped.keys() == {"region:transport", "region:board"}
    text = "See {challenge}`transport` and {solution}`board`."
    assert unlinked(text, pair, in_the_region(pair)) == "See {challenge}`transport` and A board."


def test_an_item_carried_from_an_earlier_flattening_is_known_by_its_short_name(tmp_path):
    chain = Chain(tmp_path)
    chain.core()
    board = BOARD.replace(", needs", "").replace(", transport", "")
    chain.edition("state", "core", "", {"board.md": board})
    chain.edition("region", "state", "", {"items.md": ITEMS})
    chain.edition("uni", "region", "", {"own.md": TRANSPORT.replace(":id: transport", ":id: own-one")})
    chain.up("state", "region", "uni")
    made, problems = flatten(tmp_path / "uni", tmp_path / "flat", DAY)
    assert made is not None, problems
    pair = Pair.of(chain.opened("state"), chain.opened("flat"))
    assert pair.carries == ("state", "region")
    after = pair.after
    assert after.resolve("transport") == "region:transport"
    assert after.resolve("board") == "state:board"
    assert after.resolve("own-one") == "uni:own-one"
    assert after.resolve("access") == "core:access"
    assert set(after.slugs) == {"transport", "board"}
