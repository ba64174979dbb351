"""The consultation table and the differences for a terminal: whose words are told of, and which are open."""

from __future__ import annotations

import csv
import io

import attrs
import pytest
from reviewed import ADAPT, BUSES, DECISION, NOTE, OPEN, SAFETY, STALE, TARGET, composed

from guidance_kit.exporting.compared import differences_of
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.report import report_rows
from guidance_kit.exporting.suggest import suggest, suggest_rows
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.layers import holder, reworded, whose
from guidance_kit.model.lock import What
from guidance_kit.model.overlay import FactValue
from guidance_kit.model.page import Page
from guidance_kit.model.review import Review

LINE = "[24-hour crisis line]"
WHOLE = "```{local-note} core:two-homes\n:id: whole\n\nOf all of it.\n```\n"
FRONT = Page(
    "pages/index.md", "# Northtown\n\nOur own front page.\n\n```{toctree}\nchallenges/index\nsolutions\n```\n"
)


def told(edition, target):
    return next(row for row in suggest_rows(edition) if row["target"] == target)


def test_a_value_of_a_fact_is_no_national_text(folders):
    local = ADAPT.replace("core:agree#summary", "core:two-homes#summary") + NOTE
    value = FactValue("crisis-line", "0808 157 0100")
    edition = composed(folders, Review(), local=local, values=(value,))
    assert told(edition, "core:two-homes#summary")["national"] == f"Students move. Ring {LINE}."
    assert told(edition, "core:agree#how-it-works")["ours"] == f"Signed\n\nSigned in 2026. Ring {LINE}."
    (one, _) = differences_of(edition)
    assert one.national == f"Students move. Ring {LINE}."
    assert "0808" not in suggest(edition)


def test_a_slot_beside_the_same_slot_is_no_change(folders):
    local = ADAPT.replace("core:agree#summary", "core:two-homes#summary")
    local = local.replace("Agree *roles* within two weeks.", "Students stay. Ring {fact}`crisis-line`.")
    value = FactValue("crisis-line", "0808 157 0100")
    (one,) = differences_of(composed(folders, Review(), local=local, values=(value,)))
    assert one.changes == [
        ("same", "Students "),
        ("del", "move"),
        ("ins", "stay"),
        ("same", f". Ring {LINE}."),
    ]


def test_words_like_a_slot_are_told_apart_from_one(folders):
    local = ADAPT.replace("core:agree#summary", "core:two-homes#summary")
    local = local.replace("Agree *roles* within two weeks.", f"Students *move*. Ring {LINE}.")
    (one,) = differences_of(composed(folders, Review(), local=local))
    assert one.national != one.ours


def test_a_value_in_a_local_item_is_left_open_too(folders):
    value = FactValue("crisis-line", "0808 157 0100")
    edition = composed(folders, local=BUSES.replace("Rare.", "Ring {fact}`crisis-line`."), values=(value,))
    assert f"Ring {LINE}." in told(edition, "core:waits")["ours"]


@pytest.mark.parametrize(("words", "by"), [("meaning", "Region"), ("noted", "national")])
def test_a_note_on_a_whole_item_stands_beside_the_words_that_the_region_changed(folders, words, by):
    region = Ancestry(id="region", layers={"core:two-homes#summary": Layer("Region", words)})
    edition = composed(folders, ancestry=region, local=WHOLE)
    (row,) = csv.DictReader(io.StringIO(suggest(edition), newline=""))
    assert row["whose text"] == by


def test_a_note_on_a_part_does_not_hide_whose_item_it_is(folders):
    layers = {"core:agree": Layer("Region", "local"), TARGET: Layer("District", "noted")}
    base = composed(folders, ancestry=Ancestry(id="district", layers=layers)).base
    assert reworded(base, TARGET) == Layer("Region", "local")


def test_what_is_said_of_a_whole_item_is_not_what_is_known_of_each_part(folders):
    base = composed(folders, ancestry=Ancestry(id="region", layers={TARGET: Layer("Region", "meaning")})).base
    assert reworded(base, "core:agree") is None
    assert holder(base, "core:agree") == Layer("Region", "meaning")
    assert whose(base, "core:agree") == "the text of Region"
    assert whose(base, "core:two-homes") == "the national text"


def test_a_replacement_stays_one_while_it_is_under_review_for_safety(folders):
    edition = composed(folders, Review(items={"northtown:buses": SAFETY}), local=BUSES)
    assert "core:waits" in edition.by_id
    row = told(edition, "core:waits")
    assert row["what"] == "replace"
    assert row["national"].startswith("Canary waits\n\n")
    decided = attrs.evolve(DECISION, what=What.REPLACE, target="core:waits", name="northtown:buses")
    (added,) = report_rows(edition, (decided,))["added"]
    assert 'Local item (NHS Northtown); is to replace national item "Canary waits" - under' in added["words"]
    assert [one["how"] for one in added["decisions"]] == ["kept-mine"]
    (one,) = differences_of(edition)
    assert one.title == "Rural buses: in place of Canary waits"
    assert "is to replace national item" in differences(edition)


def test_a_local_page_is_a_difference(folders):
    edition = composed(folders, attrs.evolve(OPEN, pages={"index": STALE}), pages=(FRONT,))
    found = differences_of(edition)[-1]
    assert list(found.lines())[:2] == [
        'The page "index" (page:index)',
        f"  Local page (NHS Northtown), in place of the national page - under review: {STALE.said}",
    ]
    assert "Plan (plan.png)" in found.national
    assert "{+Our own front page+}" in "\n".join(found.lines())
    assert "page:index" not in {one.target for one in differences_of(edition, "core:agree")}


def test_a_local_page_in_place_of_none_is_all_ours(folders):
    page = attrs.evolve(FRONT, path="pages/more.md", text="# More\n\nWords.\n")
    found = differences_of(composed(folders, pages=(page,)))[-1]
    assert (found.target, found.label, found.national) == ("page:more", "Local page (NHS Northtown)", "")
