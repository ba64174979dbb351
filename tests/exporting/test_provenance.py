"""``provenance.json`` and ``edition.json``: what they tell of an edition, and what they never hold."""

from __future__ import annotations

import json

import attrs
import pytest
from reviewed import ADAPT, NOTE, SAFETY, STALE, TARGET, composed

from guidance_kit.exporting import tree
from guidance_kit.exporting.provenance import provenance
from guidance_kit.exporting.record import read_record, record_of, record_text
from guidance_kit.model.ancestry import Ancestry, Layer, Omitted
from guidance_kit.model.overlay import FactValue
from guidance_kit.model.review import Review

REGION = Ancestry(
    id="region",
    publisher="The Region",
    layers={TARGET: Layer("The Region", "context"), "core:two-homes": Layer("The Region", "local")},
    left_out={"core:gone": Omitted("Gone", "Nobody here.", "The Region")},
)


@pytest.mark.parametrize("ancestry", [None, REGION])
@pytest.mark.parametrize("review", [Review(), Review(adaptations={TARGET: SAFETY})])
def test_what_is_written_is_read_again(folders, ancestry, review):
    record = record_of(composed(folders, review, ancestry))
    assert read_record(record_text(record)) == record


def test_the_same_edition_gives_the_same_bytes(folders):
    one, other = (record_text(record_of(composed(folders))) for _ in range(2))
    assert one == other


def test_a_part_tells_whose_words_it_holds_and_what_stands_behind_them(folders):
    edition = composed(folders)
    record = record_of(edition)
    item = next(one for one in record.items if one.id == "core:agree")
    part = next(one for one in item.parts if one.key == "summary")
    state = edition.by_id["core:agree"].parts[1]
    assert (part.label, part.by, part.reason) == ("meaning", "NHS Northtown", "Ours is *quicker*.")
    assert (part.approved_by, part.approved_on) == ("Clinical lead", "2026-05-12")
    assert part.fingerprint == state.fingerprint != part.national
    assert part.national.startswith("fp1:")
    assert part.under_review == "the national text changed on 1 July 2026"
    assert next(one for one in item.parts if one.key == "how-it-works").notes == ("northtown:ours",)
    same = next(one for one in item.parts if one.key == "first-steps")
    assert (same.by, same.fingerprint) == ("The taskforce", same.national)
    assert record.base.content == edition.base.content


def test_what_is_left_out_has_a_title_and_a_reason_and_nothing_else(folders):
    folders.manifest('[[leave_out]]\nitem = "core:two-homes"\nreason = "Not here."\n')
    record = record_of(composed(folders, Review(), REGION))
    assert [(one.id, one.how, one.by, one.reason) for one in record.left_out] == [
        ("core:two-homes", "left-out", "NHS Northtown", "Not here."),
        ("core:waits", "replaced", "NHS Northtown", "Ours are worse."),
        ("core:gone", "left-out", "The Region", "Nobody here."),
    ]
    assert "students move" not in record_text(record).casefold().replace("*", "")


def test_the_words_of_an_earlier_edition_are_its_own(folders):
    record = record_of(composed(folders, Review(), REGION, local=NOTE))
    by = {one.id: {part.key: part.by for part in one.parts} for one in record.items}
    assert by["core:agree"]["summary"] == "The Region"
    assert by["core:agree"]["first-steps"] == ""  # nobody tells who published the first library


@pytest.mark.parametrize(
    "text", ["[]", '{"format": 2}', '{"format": 1}', '{"format": 1, "edition": 3, "base": {}}']
)
def test_what_is_no_account_is_refused(text):
    with pytest.raises(ValueError, match="provenance file"):
        read_record(text)


def test_it_stands_in_the_tree_and_settings_copy_it(folders):
    made = tree(composed(folders))
    assert read_record(made.texts["provenance.json"]).edition.id == "northtown"
    assert 'html_extra_path = ["provenance.json"]' in made.texts["conf.py"]


def told(edition, item="core:agree", key="summary"):
    value = json.loads(tree(edition).texts["edition.json"])["items"][item]
    return next(part for part in value["parts"] if part["key"] == key)


def test_sphinx_is_told_how_words_that_wait_differ_from_the_national_ones(folders):
    part = told(composed(folders, Review(adaptations={TARGET: SAFETY})))
    assert part["held"] == "Agree roles within two weeks."
    assert ["ins", "two"] in [[kind, said.strip()] for kind, said in part["diff"]]


def test_sphinx_is_told_whose_text_it_is_that_changed(folders):
    part = told(composed(folders, ancestry=REGION))
    assert part["text_of"] == "The Region"
    noted = attrs.evolve(REGION, layers={TARGET: Layer("The Region", "noted")})
    assert told(composed(folders, ancestry=noted))["text_of"] == ""


@pytest.mark.parametrize(("stale", "stands"), [(STALE, False), (SAFETY, True)])
def test_sphinx_is_told_the_words_of_an_item_that_one_under_review_replaces(folders, stale, stands):
    edition = composed(folders, Review(items={"northtown:buses": stale}))
    value = json.loads(tree(edition).texts["edition.json"])["items"]["northtown:buses"]
    national = edition.base.by_id["core:waits"]
    assert value["replaces"] == "core:waits"
    assert value["national"].startswith(f"{national.title}\n\n")
    assert ("core:waits" in edition.by_id) is stands
    calm = json.loads(tree(composed(folders, Review())).texts["edition.json"])["items"]["northtown:buses"]
    assert calm["national"] == ""


def test_sphinx_is_told_of_a_change_beneath_local_words(folders):
    part = told(composed(folders))
    assert part["stale"] == {
        "kind": "substantive",
        "version": "1.5.0",
        "on": "2026-07-01",
        "by": "",
        "why": "The wait was cut",
        "was": "Agree roles within six weeks.",
    }
    assert part["national"] == "Agree roles within four weeks."
    assert part["local"] == "Agree roles within two weeks."
    assert ["del", "six"] in part["change"]
    assert ["ins", "four"] in part["change"]
    assert part["whose"] == "Changed in meaning by NHS Northtown"
    assert part["label"].endswith("under review: the national text changed on 1 July 2026")


def test_sphinx_is_told_of_local_words_that_wait(folders):
    part = told(composed(folders, Review(adaptations={TARGET: SAFETY}), local=ADAPT))
    assert (part["held"], part["local"], part["words"]) == ("Agree roles within two weeks.", "", "noted")
    assert part["reason"] == "Ours is *quicker*."


def test_a_part_whose_national_words_stand_is_told_while_it_is_under_review(folders):
    edition = composed(folders, Review(adaptations={TARGET: STALE}), local=ADAPT, when_stale="show-national")
    part = told(edition)
    assert (part["words"], part["held"]) == ("national", "Agree roles within two weeks.")


def test_sphinx_is_told_of_an_earlier_edition_and_what_it_left_out(folders):
    edition = composed(folders, Review(), REGION, local=NOTE)
    assert told(edition)["layer"] == {"by": "The Region", "words": "context"}
    value = json.loads(tree(edition).texts["edition.json"])
    assert value["left_out"]["core:gone"] == {"title": "Gone", "reason": "Nobody here."}
    assert value["items"]["core:two-homes"]["parts"] == []  # its item says it for all of them


KEPT = attrs.evolve(SAFETY, by="The Region", kept=True)


def test_sphinx_is_told_the_national_words_that_an_earlier_edition_kept_its_own_over(folders):
    before = attrs.evolve(REGION, national={TARGET: "Call *999*.", "core:agree#first-steps": "Then wait."})
    review = Review(adaptations={TARGET: KEPT}, items={"northtown:buses": SAFETY})
    stale = told(composed(folders, review, before, local=ADAPT))["stale"]
    assert (stale["kept"], stale["over"], stale["by"]) == ("yes", "Call 999.", "The Region")
    plain = told(composed(folders, Review(adaptations={TARGET: SAFETY}), before, local=ADAPT))["stale"]
    assert not {"kept", "over"} & plain.keys()
    note = NOTE.replace("core:agree#how-it-works", "core:agree")
    edition = composed(folders, Review(notes={"northtown:ours": KEPT}), before, local=note)
    value = json.loads(tree(edition).texts["edition.json"])["items"]["core:agree"]
    assert value["stale"]["over"] == "Call 999.\n\nThen wait."


def test_sphinx_is_told_what_an_earlier_edition_has_not_looked_at(folders):
    waits = {TARGET: "The wait was cut.", "core:agree#title": "The wait was cut.", "core:other": "No."}
    before = attrs.evolve(REGION, under_review=waits)
    value = json.loads(tree(composed(folders, Review(), before)).texts["edition.json"])["items"]
    assert value["core:agree"]["waits"] == {"by": "The Region", "why": "The wait was cut."}
    assert value["northtown:buses"]["waits"] == {}
    alone = json.loads(tree(composed(folders, Review())).texts["edition.json"])["items"]
    assert alone["core:agree"]["waits"] == {}


def test_a_change_of_marks_alone_is_shown_as_a_change(folders):
    was = attrs.evolve(STALE, was="Agree roles within four weeks.")
    (told,) = edition_json(composed(folders, Review(adaptations={TARGET: was}), local=ADAPT))
    assert told["national"] == "Agree *roles* within four weeks."
    assert told["change"]


def test_facts_are_filled_in_where_readers_compare_the_wordings(folders):
    local = ADAPT.replace("core:agree#summary", "core:two-homes#summary")
    value = FactValue("crisis-line", "0808 157 0100")
    edition = composed(folders, Review(), local=local, values=(value,))
    told = next(part for part in edition_json(edition) if part["key"] == "summary")
    assert told["national"] == "Students move. Ring 0808 157 0100."


def edition_json(edition):
    """The parts of which something is told."""
    items = json.loads(provenance(edition, edition.pages))["items"].values()
    return [part for item in items for part in item["parts"]]


def test_sphinx_is_told_the_national_words_in_whose_place_an_earlier_edition_has_its_own(folders):
    before = attrs.evolve(REGION, national={TARGET: "Call *999*."})
    edition = composed(folders, Review(), before, local=NOTE)
    assert told(edition)["core"] == "Call 999."
    assert told(composed(folders, Review(), before, local=ADAPT))["core"] == "Call 999."
    kept = told(composed(folders, Review(adaptations={TARGET: KEPT}), before, local=ADAPT))
    assert (kept["core"], kept["stale"]["over"]) == ("", "Call 999.")
