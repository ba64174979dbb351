"""The adaptation report, the consultation table, and the differences for a terminal."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import attrs
from reviewed import ADAPT, DECISION, NOTE, SAFETY, TARGET, composed

from guidance_kit.exporting.compared import differences_of
from guidance_kit.exporting.decided import decision_about, decision_words
from guidance_kit.exporting.report import report, report_rows
from guidance_kit.exporting.suggest import HEAD, HEAD_IN_CHAIN, suggest, suggest_rows
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.lock import How, What
from guidance_kit.model.review import Review

SECTIONS = [
    "## 1. Basic information",
    "## 2. Scope",
    "## 3. Rigour of development",
    "## 4. Recommendations",
    "## 5. External review and quality assurance",
    "## 6. Funding, declaration and management of interest",
    "## 7. Other information",
]


def test_the_report_has_the_seven_sections_of_the_checklist_in_order(folders):
    text = report(composed(folders))
    assert [line for line in text.split("\n") if line.startswith("## ")] == SECTIONS
    assert "- Funding: Not recorded in the files of the edition." in text
    assert "\n\n\n" not in text


def test_each_adaptation_tells_who_approved_it_who_decided_when_and_why(folders):
    lines = report(composed(folders), (DECISION,)).split("\n")
    at = lines.index("- Agree: summary (core:agree#summary)")
    assert lines[at + 1 : at + 5] == [
        "  - Changed in meaning by NHS Northtown - under review: the national text changed on 1 July 2026.",
        "  - Reason: Ours is \\*quicker\\*.",
        "  - Approved by Clinical lead on 12 May 2026.",
        "  - Decided: Our wording kept by Clinical lead on 12 May 2026, beside the text of 1.4.0. Reason: Still right.",
    ]
    assert "- Who decided: Clinical lead" in lines
    assert "- Agree (core:agree): the national text changed on 1 July 2026 (The wait was cut)." in lines


def test_a_decision_stands_with_what_it_is_about_and_with_nothing_else(folders):
    note = attrs.evolve(DECISION, what=What.NOTE, name="northtown:ours", reason="Of the note.")
    away = attrs.evolve(DECISION, how=How.TOOK_NATIONAL, base="", local="", reason="Of words that are gone.")
    lines = report(composed(folders), (DECISION, note, away)).split("\n")
    at = lines.index("- Agree: summary (core:agree#summary)")
    told = [line for line in lines[at : at + 6] if line.startswith("  - Decided: ")]
    assert len(told) == 1
    assert "Reason: Still right." in told[0]
    assert any("Of words that are gone." in line for line in lines)


def test_as_many_items_are_said_to_be_missing_as_are_listed(folders):
    text = report(composed(folders))
    assert "1 item of what it is adapted from is not in it (section 4)." in text
    assert "- Canary waits (core:waits): Replaced" in text


def test_without_decisions_it_says_that_none_is_recorded(folders):
    assert "### Decisions\n\nNo decision is recorded.\n" in report(composed(folders))


def test_a_decision_by_nobody_that_was_put_off_is_told(folders):
    off = attrs.evolve(DECISION, how=How.DEFERRED, by="", on=None, reason="", until=dt.date(2027, 3, 31))
    text = report(composed(folders), (off,))
    said = "Put off until 31 March 2027, by whom is not recorded, beside the text of 1.4.0."
    assert f"- adaptation, {TARGET}: {said}\n" in text
    assert "- Decisions put off: 1\n" in text


def test_nothing_in_a_reason_is_taken_for_html_and_a_line_stays_a_line(folders):
    local = ADAPT.replace("Ours is *quicker*.", "See <script>alert(1)</script>")
    text = report(composed(folders, local=local))
    assert "<script>" not in text.replace("\\<script>", "")


def test_what_an_earlier_edition_changed_is_reported(folders):
    region = Ancestry(
        id="region", title="Region", layers={"core:two-homes#summary": Layer("Region", "meaning")}
    )
    text = report(composed(folders, ancestry=region, local=NOTE))
    assert "### What earlier editions changed\n\n- Two homes: summary (core:two-homes#summary)\n" in text


def test_the_value_for_programs_is_json_and_says_the_same(folders):
    value = json.loads(json.dumps(report_rows(composed(folders), (DECISION,))))
    assert value["adapted"][0]["target"] == TARGET
    assert value["adapted"][0]["decisions"][0]["how"] == "kept-mine"
    assert value["left_out"] == [
        {
            "id": "core:waits",
            "title": "Canary waits",
            "how": "replaced",
            "by": "NHS Northtown",
            "reason": "Ours are worse.",
        }
    ]
    assert value["under_review"] == [
        {"item": "core:agree", "words": "the national text changed on 1 July 2026 (The wait was cut)"}
    ]
    assert value["facts"][0]["value"] == ""


def test_the_table_has_a_row_for_each_local_change_and_an_empty_cell_for_the_answer(folders):
    text = suggest(composed(folders))
    assert text.count("\r\n") >= 4
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(head) == HEAD
    found = {row[1]: row for row in rows}
    assert found[TARGET] == [
        "NHS Northtown",
        TARGET,
        "Agree roles within four weeks.",
        "Agree roles within two weeks.",
        "Ours is *quicker*.",
        "",
    ]
    assert found["core:agree#how-it-works"][2:4] == [
        "Talk.",
        "Note beside this text: Signed\n\nSigned in 2026. Ring [24-hour crisis line].",
    ]
    assert found["core:waits"][2].startswith("Canary waits\n\nStudents move.")
    assert found["core:waits"][3].startswith("Rural buses\n\nBuses.")
    assert found["core:waits"][4] == "Ours are worse."


def test_no_cell_is_taken_for_a_formula(folders):
    edition = composed(folders, local=ADAPT.replace("Ours is *quicker*.", "=1+1"))
    (row,) = list(csv.reader(io.StringIO(suggest(edition), newline="")))[1:]
    assert row[4] == "'=1+1"


def test_in_a_chain_each_row_says_whose_text_stood_before(folders):
    layers = {TARGET: Layer("NHS Region", "adapted"), "core:waits": Layer("NHS Region", "local item")}
    edition = composed(folders)
    edition = attrs.evolve(
        edition, base=attrs.evolve(edition.base, ancestry=Ancestry(id="region", layers=layers))
    )
    head, *rows = csv.reader(io.StringIO(suggest(edition), newline=""))
    assert tuple(head) == HEAD_IN_CHAIN
    found = {row[1]: row[3] for row in rows}
    assert found[TARGET] == found["core:waits"] == "NHS Region"
    assert found["core:agree#how-it-works"] == "national"
    assert {row["target"]: row["whose"] for row in suggest_rows(edition)}[TARGET] == "NHS Region"


def test_words_that_wait_are_suggested_once(folders):
    edition = composed(folders, Review(adaptations={TARGET: SAFETY}), local=ADAPT)
    assert [(row["what"], row["ours"]) for row in suggest_rows(edition)] == [
        ("adapt", "Agree roles within two weeks.")
    ]


def test_a_difference_reads_without_colour(folders):
    found = {one.target: list(one.lines()) for one in differences_of(composed(folders))}
    assert found[TARGET] == [
        "Agree: summary (core:agree#summary)",
        "  Changed in meaning by NHS Northtown - under review: the national text changed on 1 July 2026",
        "",
        "    Agree roles within [-four-]{+two+} weeks.",
    ]
    assert found["northtown:buses"][0] == "Rural buses: in place of Canary waits (northtown:buses)"
    assert "    {+1. When?+}" in found["northtown:buses"]


def test_the_differences_of_one_item_are_its_own(folders):
    edition = composed(folders)
    assert {one.target for one in differences_of(edition, "core:agree")} == {TARGET, "northtown:ours"}
    assert differences_of(edition, "core:two-homes") == ()


def test_every_kind_of_decision_has_words():
    for how in How:
        assert decision_words(attrs.evolve(DECISION, how=how)).endswith(".")
    for what in What:
        assert TARGET in decision_about(attrs.evolve(DECISION, what=what))
