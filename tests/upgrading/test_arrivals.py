"""What a text brings where an earlier edition has put items in the place of national ones, or takes them back."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest
from small_core import release

from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.changes import Change
from guidance_kit.model.library import Library
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.arrivals import _before, _kept_over, _put_back, _put_instead, arrivals
from guidance_kit.upgrading.artefacts import print_of

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
        ({HUB: MEDICINES}, {}, [MEDICINES]),  # and where it is put there only now
        ({}, {MEDICINES: "It changed."}, []),  # it stands in the place of none
        ({"core:another": MEDICINES}, {MEDICINES: "It changed."}, []),  # nor of one that was here
    ],
)
def test_an_item_stands_alone_again_where_a_national_one_waited(old, new, redirects, waited, told):
    layers = {MEDICINES: Layer("Region", "context")}
    before = with_ancestry(old, under_review=waited)
    after = with_ancestry(new, redirects=redirects, layers=layers)
    assert [one.target for one in _put_instead(before, after)] == told


def test_an_item_that_stood_alone_before_is_put_in_the_place_of_none_now(old, new):
    layers = {MEDICINES: Layer("Region", "context")}
    before = with_ancestry(old, layers=layers)
    after = with_ancestry(new, redirects={HUB: MEDICINES}, layers=layers)
    assert list(_put_instead(before, after)) == []


def declared(base: Library, release_: str, *what: str) -> Library:
    """Return a text of which some more changes for safety are declared."""
    more = (Change(release_, name, ChangeKind.SAFETY, "Grave.") for name in what)
    changes = attrs.evolve(base.changes, changes=(*base.changes.changes, *more))
    return attrs.evolve(base, changes=changes)


@pytest.mark.parametrize(
    ("redirects", "layered", "told"),
    [
        ({}, "core:placements#summary", []),  # they changed, and are told as any others
        ({HUB: "core:placements"}, "core:placements", ["core:placements"]),
    ],
)
def test_words_are_kept_over_a_safety_change_where_they_are_the_same_or_instead(
    old, new, redirects, layered, told
):
    layers = {layered: Layer("Region", "context")}
    after = with_ancestry(declared(new, "2.0.0", HUB), redirects=redirects, layers=layers)
    assert [one.target for one in _kept_over(old, after)] == told


def test_what_stands_instead_over_a_safety_change_is_told_once(old):
    layers, redirects = {MEDICINES: Layer("Region", "context")}, {"core:gone": MEDICINES}
    after = with_ancestry(declared(old, "1.1.0", "core:gone"), redirects=redirects, layers=layers)
    waiting, brought = arrivals(release("1.0.0"), after)
    for some in (waiting, brought):
        assert len([one for one in some if one.target == MEDICINES]) == 1


def test_what_is_called_one_for_safety_later_is_compared_with_what_it_was_called_then(new):
    first = release("1.0.0")
    _, brought = arrivals(first, declared(new, "1.0.0", "core:two-homes"))
    (one,) = (one for one in brought if one.target == "core:two-addresses")
    assert (one.kind, one.base) == (ChangeKind.SAFETY, print_of(first, "core:two-homes"))


@pytest.mark.parametrize(
    ("redirects", "kind"), [({}, ChangeKind.SAFETY), ({HUB: "core:access"}, ChangeKind.SUBSTANTIVE)]
)
def test_of_what_stands_in_the_place_of_another_the_whole_is_told(old, redirects, kind):
    target = "core:access#summary"
    layers = {target: Layer("Region", "context")}
    first = declared(release("1.0.0"), "1.0.0", "core:access")
    before = with_ancestry(first, under_review={"core:access": "It changed."})
    pages = tuple(page for page in old.pages if HUB not in {item.id for item in page.items})
    then = declared(attrs.evolve(old, pages=pages), "1.0.0", "core:access")
    _, brought = arrivals(before, with_ancestry(then, redirects=redirects, layers=layers))
    assert [one.kind for one in brought if one.target == target] == [kind]


def test_a_fact_that_is_new_has_no_fingerprint_from_before(old):
    _, brought = arrivals(attrs.evolve(release("1.0.0"), facts=()), old)
    assert [one.base for one in brought if one.target == "fact:liaison-team"] == [""]


@pytest.mark.parametrize(
    ("target", "before"),
    [
        ("core:two-addresses", ["core:two-homes"]),
        ("core:two-addresses#summary", ["core:two-homes#summary"]),
        ("core:referral#what-it-takes", ["core:referral#limits"]),
        ("core:access#summary", []),
    ],
)
def test_what_moved_had_another_name(new, target, before):
    assert list(_before(new, target)) == [target, *before]
