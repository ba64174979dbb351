"""The review sheet: one page of HTML that stands by itself, for everybody."""

from __future__ import annotations

import itertools

import attrs
import pytest
from bs4 import BeautifulSoup

from guidance_kit.exporting.review_sheet import Entry, sheet
from guidance_kit.model.lock import What

ENTRY = Entry(
    heading="Agree: <Summary>",
    target="core:agree#summary",
    state="to be reviewed",
    next="guidance-kit accept northtown agree#summary",
    kind="substantive",
    version="1.5.0",
    why="The wait & more",
    was="Within four weeks.\n• One",
    now="Within two weeks.\n• One",
    yours="Within six <b>weeks</b>.",
    offer="Within two weeks.",
    reason="Ours",
    by="Clinical lead",
)


def soup(*entries: Entry) -> BeautifulSoup:
    return BeautifulSoup(sheet("To review: <Northtown>", entries), "html.parser")


def test_it_stands_by_itself():
    page = soup(ENTRY)
    assert not page.select("script, link, img, iframe, [src], [style]")
    assert "url(" not in page.style.string
    assert "@import" not in page.style.string
    assert all(a["href"].startswith("#") for a in page.select("a"))


def test_it_says_its_language_title_and_headings_in_order():
    page = soup(ENTRY, ENTRY)
    assert page.html["lang"] == "en-GB"
    assert page.title.string == page.h1.string == "To review: <Northtown>"
    levels = [int(one.name[1]) for one in page.select("h1,h2,h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len({one["id"] for one in page.select("[id]")}) == len(page.select("[id]"))
    for one in page.select("[aria-labelledby]"):
        assert page.find(id=one["aria-labelledby"])


def test_every_table_has_a_caption_and_every_header_a_scope():
    for table in soup(ENTRY).select("table"):
        assert table.caption.get_text(strip=True)
        assert table.select("th")
        assert all(th["scope"] in ("col", "row") for th in table.select("th"))


def test_changes_are_marked_with_lines_and_in_words():
    page = soup(ENTRY)
    words = page.select("div.words")
    national = next(one for one in words if "What changed" in one.find_previous("h3").string)
    assert national.get_text().startswith(
        "Within [deleted: four end of deletion] [inserted: two end of insertion]"
    )
    assert [one.name for one in national.select("del, ins")] == ["del", "ins"]
    ours = next(one for one in words if "differ" in one.find_previous("h3").string)
    assert ours.select("del, ins")


@pytest.mark.parametrize(
    "field",
    [
        "heading",
        "target",
        "state",
        "next",
        "kind",
        "version",
        "why",
        "was",
        "now",
        "yours",
        "offer",
        "reason",
        "by",
    ],
)
def test_whatever_is_written_is_text(field):
    page = sheet("T", [attrs.evolve(ENTRY, **{field: '<script>alert("x")</script>&amp;'})])
    assert "<script" not in page
    assert "alert(&quot;x&quot;)" in page


def test_there_is_room_to_write_the_decision():
    box = soup(ENTRY).select_one("section.decision")
    assert [one.get_text() for one in box.select("li")] == [
        "Keep our wording",
        "Take the national wording",
        "Use the merged wording",
        "Edit our wording (write it on a separate page)",
        "Decide later, by the date below",
    ]
    assert [th.get_text() for th in box.select("th")] == [
        "Why",
        "Who decided",
        "Date",
        "If later: by which date",
    ]


def test_without_an_offer_none_can_be_ticked_and_a_conflict_is_said():
    page = soup(attrs.evolve(ENTRY, offer="", conflict=True))
    assert "merged" not in page.select_one("section.decision").get_text()
    assert "Both texts changed the same paragraph or list" in page.get_text()


def test_what_is_about_safety_cannot_be_put_off():
    page = soup(attrs.evolve(ENTRY, kind="safety"))
    assert "later" not in page.select_one("section.decision").get_text().casefold()


def test_what_is_empty_is_not_shown():
    page = soup(Entry(heading="New", target="core:new", state="new", now="Words."))
    assert [one.string for one in page.select("h3")] == ["The national text now", "Our decision"]


def test_with_nothing_to_decide_it_says_so():
    assert "Nothing waits for a decision." in soup().get_text()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (What.LEAVE_OUT, ["Keep it left out", "Take the item again"]),
        (What.FACT, ["Keep our value", "Take our value out"]),
        (What.NOTE, ["Keep our note", "Take our note out"]),
    ],
)
def test_what_can_be_decided_is_said_in_words_that_fit(what, words):
    page = soup(attrs.evolve(ENTRY, what=what, choices=("--keep-mine", "--take-national")))
    assert [one.get_text() for one in page.select(".choices li")] == words


@pytest.mark.parametrize("what", [What.FACT, What.NOTE, What.LEAVE_OUT])
def test_only_what_stands_in_the_place_of_national_words_is_compared_with_them(what):
    assert "differ" not in soup(attrs.evolve(ENTRY, what=what)).get_text()


def test_what_is_settled_is_not_counted():
    page = soup(ENTRY, attrs.evolve(ENTRY, open=False, choices=()))
    assert "One thing waits for a decision." in page.get_text()
    assert "Nothing here waits" in soup(attrs.evolve(ENTRY, open=False)).get_text()
