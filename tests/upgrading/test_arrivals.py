"""What a text brings where an earlier edition has put items in the place of national ones, or takes them back."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest
from small_core import release

from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.library import Library
from guidance_kit.upgrading.arrivals import _put_back, _put_instead, arrivals

HUB, MEDICINES = "core:small-provider-hub", "core:medicines"


@pytest.fixture(scope="module")
def old() -> Library:
    return release("1.1.0")


@pytest.fixture(scope="module")
def new() -> Library:
    return release("2.0.0")


def with_ancestry(base: Library, **told: Mapping[str, object]) -> Library:
    return attrs.evolve(base, ancestry=Ancestry(id="region", **told))


@pytest.mark.parametrize(
    ("redirects", "item", "back"),
    [
        ({MEDICINES: HUB}, MEDICINES, True),
        ({"core:referral": "core:access", MEDICINES: HUB}, MEDICINES, True),
        ({}, MEDICINES, False),
        ({MEDICINES: "region:ours"}, MEDICINES, False),  # it was never there
        ({MEDICINES: "core:access"}, MEDICINES, False),  # it is there still
        ({"core:access": HUB}, "core:access", False),  # it never changed for safety
    ],
)
def test_an_item_is_put_back_for_safety_where_that_in_its_place_went(old, new, redirects, item, back):
    assert _put_back(with_ancestry(old, redirects=redirects), new, item) is back


@pytest.mark.parametrize(
    ("redirects", "waited", "told"),
    [
        ({HUB: MEDICINES}, {MEDICINES: "It changed."}, [MEDICINES]),
        ({HUB: MEDICINES}, {}, []),  # nothing waited in its place
        ({}, {MEDICINES: "It changed."}, []),  # it stands in the place of none
        ({"core:another": MEDICINES}, {MEDICINES: "It changed."}, []),  # nor of one that was here
    ],
)
def test_an_item_stands_alone_again_where_a_national_one_waited(old, new, redirects, waited, told):
    layers = {MEDICINES: Layer("Region", "context")}
    before = with_ancestry(old, under_review=waited)
    after = with_ancestry(new, redirects=redirects, layers=layers)
    assert [one.target for one in _put_instead(before, after)] == told


def test_a_fact_that_is_new_has_no_fingerprint_from_before(old):
    _, brought = arrivals(attrs.evolve(release("1.0.0"), facts=()), old)
    assert [one.base for one in brought if one.target == "fact:liaison-team"] == [""]
