"""The university that builds on the edition of its region, and what every example keeps of the national text."""

from __future__ import annotations

import pytest
from built_examples import EDITIONS, EXAMPLES, Built, run

from guidance_kit import load_edition
from guidance_kit.reading.bases import read_base
from guidance_kit.reading.locks import read_lock
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading.sources import available

REGION = "NHS Northtown ICB with the University of Northtown"
UNIVERSITY = "University of Northtown"


@pytest.mark.parametrize("name", EDITIONS)
def test_the_national_text_that_an_example_keeps_is_that_of_today(name: str):
    root = EXAMPLES / name
    overlay, _ = read_overlay_folder(root)
    assert overlay is not None
    now, problems = available(root, overlay.based_on)
    assert now is not None, problems
    kept, _ = read_base(root, overlay.based_on)
    lock, _ = read_lock(root)
    assert lock is not None
    assert lock.base is not None
    states = {kept.content if kept else "", lock.base.content, now.library.content}
    assert len(states) == 1, f"run: guidance-kit upgrade examples/{name}"


@pytest.mark.parametrize("name", EDITIONS)
def test_nothing_of_an_example_is_ignored_by_the_archive_of_versions(name: str):
    ignored = (EXAMPLES.parent / ".gitignore").read_text("utf-8").split()
    assert not {"national/", "edition.lock", ".guidance/"} & set(ignored)
    assert (EXAMPLES / name / "national" / "library.toml").is_file()


def test_the_first_page_of_the_university_says_that_it_is_made_up(university: Built):
    assert "The University of Northtown and the region around it are made up." in university.words("index")


def test_the_university_has_the_facts_of_its_region_and_its_own():
    region, edition = load_edition(EXAMPLES / "northtown"), load_edition(EXAMPLES / "northtown-university")
    given = {(one.fact, one.item): one for one in edition.given}
    assert edition.values["crisis-line"] == region.values["crisis-line"]
    assert given["crisis-line", ""].by == REGION
    assert given["university-duty-contact", ""].by == UNIVERSITY
    assert edition.values["student-practice"] != region.values["student-practice"]
    assert "crisis-line" in edition.locked


def test_the_university_shows_what_an_edition_of_an_edition_can_do():
    edition = load_edition(EXAMPLES / "northtown-university")
    overlay, before = edition.overlay, edition.base.ancestry
    assert overlay.based_on == "../northtown"
    assert before is not None
    assert all(left.reason for left in overlay.leave_out)
    assert all(before.layers[f"{one.item}#{one.part}"].words == "context" for one in overlay.adaptations)
    assert {note.item.partition(":")[0] for note in overlay.notes} == {"core", "northtown"}
    assert [add.item.id for add in overlay.adds] == ["northtown-university:hall-contacts"]
    assert {one.item for one in overlay.values} == {"", "core:crisis-and-discharge"}
    assert edition.base.by_id["northtown:duty-desk-term"].must_appear


LABELS = {
    "core:agree-roles": f"Adapted to local context by {UNIVERSITY} from {REGION}",
    "core:two-homes": f"Regional wording ({REGION})",
    "northtown:rural-transport": f"Local item ({REGION})",
    "northtown-university:hall-contacts": f"Local item ({UNIVERSITY})",
    "core:eating-disorders": f"National wording with a local note ({REGION})",
    "core:unclear-roles": "National wording",
}


@pytest.mark.parametrize("item", LABELS)
def test_a_block_says_whether_its_words_are_the_nations_the_regions_or_the_universitys(
    item: str, university: Built
):
    page = load_edition(EXAMPLES / "northtown-university").by_id[item].page
    assert LABELS[item] in university.words(page)


def test_notes_of_region_and_university_stand_beside_one_text_each_with_its_author(university: Built):
    words = university.words("challenges/information-sharing")
    assert f"Local note (by {UNIVERSITY}): Who signed for us" in words
    assert f"Local note (by {REGION}): Our agreement" in words


def test_the_value_that_the_region_gave_in_one_item_stands_there(university: Built):
    assert "0808 157 0101" in university.words("challenges/crisis-and-discharge")
    assert "0808 157 0100" in university.words("who-to-call")


def test_what_the_university_leaves_out_is_told_with_the_reason(university: Built):
    words = university.words("left-out")
    assert "The University of Northtown teaches no health professions." in words
    assert "There is no small or specialist provider in our area" in words
    assert not (university.site / "challenges" / "healthcare-students.html").exists()


def test_links_to_an_item_that_the_region_replaced_lead_to_what_stands_in_its_place(university: Built):
    linked = [page for page in university.pages if "#northtown-student-mh-board" in university.html(page)]
    assert {"challenges/unclear-roles", "solutions/agree-roles"} <= set(linked)


def test_show_tells_the_notes_of_an_earlier_edition_with_its_values_and_whose_they_are():
    edition = EXAMPLES / "northtown-university"
    words = run("-m", "guidance_kit", "show", edition, "crisis-and-discharge", cwd=EXAMPLES)
    assert words.count(f"Local note (by {REGION}): Numbers in Northtown") == 1
    assert "duty officer answers on 01632 960210, day and night." in words
