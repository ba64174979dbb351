"""In a chain an item that an earlier edition added is told of as one of that edition, not as a national one."""

from __future__ import annotations

import attrs
import pytest
from reviewed import BUSES, NOTE, SAFETY, composed

from guidance_kit.exporting import item_label, left_out
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.report import report
from guidance_kit.exporting.tree import tree
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.layers import adder
from guidance_kit.model.review import Review

NATIONAL = Ancestry(id="region", publisher="R*1")
REGION = attrs.evolve(NATIONAL, layers={"core:waits": Layer("R*1", "local")})
CHANGED = attrs.evolve(NATIONAL, layers={"core:waits": Layer("R*1", "noted")})
LEAVE_OUT = '[[leave_out]]\nitem = "core:two-homes"\nreason = "No."\n'
NO_BUSES = '[[leave_out]]\nitem = "core:waits"\nreason = "None."\n'
WAITING = Review(waiting=frozenset({"core:waits", "core:two-homes"}))


@pytest.mark.parametrize(("before", "by"), [(None, ""), (NATIONAL, ""), (CHANGED, ""), (REGION, "R*1")])
def test_an_item_is_of_who_added_it(folders, before, by):
    assert adder(composed(folders, Review(), before, local=NOTE).base, "core:waits") == by


@pytest.mark.parametrize(
    ("before", "whose"),
    [(None, "national item"), (CHANGED, "national item"), (REGION, "an item of R*1,")],
)
def test_a_label_says_whose_item_is_replaced(folders, before, whose):
    edition = composed(folders, Review(), before)
    said = item_label(edition, edition.by_id["northtown:buses"])
    assert said == f'Local item (NHS Northtown); replaces {whose} "Canary waits"'
    edition = composed(folders, Review(items={"northtown:buses": SAFETY}), before)
    said = item_label(edition, edition.by_id["northtown:buses"])
    assert said.startswith(f'Local item (NHS Northtown); is to replace {whose} "Canary waits" - under review')


@pytest.mark.parametrize(("before", "by"), [(None, ""), (REGION, "R*1")])
def test_sphinx_is_told_whose_item_is_replaced(folders, before, by):
    made = tree(composed(folders, Review(), before)).texts["edition.json"]
    assert f'"replaces": "core:waits", "replaces_of": "{by}"' in made


def test_what_is_left_out_is_counted_and_named_by_whose_it_is(folders):
    folders.manifest(LEAVE_OUT)
    page = differences(composed(folders, Review(), REGION))
    assert "- **National items left out**: 1\n- **Items of R\\*1 left out**: 1\n" in page
    assert "- Two homes. No.\n" in page
    assert "- Canary waits (an item of R\\*1). Ours are worse. In its place: " in page


def test_no_item_of_the_region_is_among_the_national_ones(folders):
    folders.manifest(NO_BUSES)
    page = differences(composed(folders, Review(), REGION, local=NOTE))
    assert "- **National items left out**: 0\n- **Items of R\\*1 left out**: 1\n" in page


def test_without_a_region_there_is_one_count(folders):
    page = differences(composed(folders, Review(), local=BUSES))
    assert "- **National items left out**: 1\n- **Under review" in page


def test_items_that_were_not_chosen_are_counted_by_whose_they_are(folders):
    folders.manifest('[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:agree"\n')
    edition = composed(folders, Review(), REGION, local=NOTE)
    assert "- **National items left out**: 1\n- **Items of R\\*1 left out**: 1\n" in differences(edition)
    assert "- Two homes\n- Canary waits (an item of R\\*1)\n" in left_out.left_out(edition)


def test_new_items_that_wait_are_told_by_whose_they_are(folders):
    edition = composed(folders, WAITING, REGION, local=NOTE)
    page = differences(edition)
    assert "- **New national items that nobody has decided on yet**: 1\n" in page
    assert "- **New items of R\\*1 that nobody has decided on yet**: 1\n" in page
    page = left_out.left_out(edition)
    assert "## New items that we have not decided on yet\n" in page
    assert "They came with a newer release of the edition that this one is based on.\n" in page
    assert "- New items not decided on yet: Two homes; Canary waits\n" in report(edition)


def test_that_only_items_of_the_region_wait_is_told(folders):
    page = differences(composed(folders, Review(waiting=frozenset({"core:waits"})), REGION, local=NOTE))
    assert "New national items" not in page


def test_an_edition_that_takes_no_new_items_of_a_region_says_so(folders):
    folders.manifest('[choose]\nnew_items = "leave-out"\n')
    page = left_out.left_out(composed(folders, WAITING, REGION, local=NOTE))
    assert "names the new items of the edition that this one is based on that it takes" in page
