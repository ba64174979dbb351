"""What is under review is counted on the page of differences as it is told in the report."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from reviewed import ADAPT, NOTE, OPEN, SAFETY, STALE, TARGET, composed

from guidance_kit.api import compose, read_library, read_overlay
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.left_out import left_out
from guidance_kit.exporting.news import whats_changed
from guidance_kit.exporting.report import report, report_rows
from guidance_kit.model.ancestry import Ancestry, Layer, Omitted
from guidance_kit.model.changes import Change, Changes, Release
from guidance_kit.model.page import Page
from guidance_kit.model.review import Review, Stale
from guidance_kit.model.vocabulary import ChangeKind

SMALL = Path(__file__).parent.parent / "releases" / "small-core" / "1.1.0"
ON_SMALL = f'[edition]\nid = "ours"\ntitle = "Ours"\nbased_on = "{SMALL}"\n'
FRONT = Page("pages/index.md", "# Northtown\n\n```{toctree}\nchallenges/index\nsolutions\n```\n")
REGION = Ancestry(
    id="region",
    title="Region",
    layers={"core:two-homes#summary": Layer("Region", "meaning")},
    left_out={
        "core:gone": Omitted("A <gone> thing", "No.", "Region"),
        "core:old": Omitted("Old", "No.\n", "Region"),
    },
    redirects={"core:old": "core:agree"},
    under_review={
        "core:two-homes#summary": "A number changed",
        "page:index": "",
        "core:elsewhere#summary": "x",
    },
)


def counted(edition) -> str:
    (line,) = [line for line in differences(edition).split("\n") if "Under review, as" in line]
    return line.rpartition(" ")[2]


@pytest.mark.parametrize(
    ("review", "ancestry", "told"),
    [
        (OPEN, None, ["core:agree"]),
        (Review(pages={"index": SAFETY}), None, ["page:index"]),
        (Review(), REGION, ["core:two-homes#summary", "page:index"]),
        (attrs.evolve(OPEN, pages={"index": STALE}), REGION, ["core:agree", "page:index", "core:two-homes#summary", "page:index"]),
    ],
)  # fmt: skip
def test_everything_under_review_is_told_and_counted_alike(folders, review, ancestry, told):
    edition = composed(folders, review, ancestry, pages=(FRONT,))
    assert [one["item"] for one in report_rows(edition)["under_review"]] == told
    assert counted(edition) == str(len(told))
    section = report(edition).partition("### Under review\n\n")[2].partition("\n\n")[0]
    assert section.count("\n- ") == len(told) - 1


def test_a_page_is_told_with_what_changed(folders):
    text = report(composed(folders, Review(pages={"index": SAFETY}), pages=(FRONT,)))
    assert (
        '\n- The page "index" (page:index): the national text changed for safety on 1 July 2026 (The wait'
        in text
    )


def test_where_nothing_is_under_review_the_report_says_what_it_does_not_know(folders):
    text = report(composed(folders, Review()))
    assert (
        "### Under review\n\nNothing that readers see is under review.\n\nWork that has lost its place"
        in text
    )


def test_words_that_wait_are_no_local_note(folders):
    edition = composed(folders, Review(adaptations={TARGET: SAFETY}), local=ADAPT)
    assert report_rows(edition)["notes"] == []
    assert "### Local notes\n\nThere are none.\n" in report(edition)


def test_what_is_missing_is_counted_whether_or_not_it_is_required(folders):
    more = "".join(f'\n[[fact]]\nid = "f-{n}"\ntype = "text"\nlabel = "Fact {n}"\n' for n in range(12))
    facts = (folders.core / "facts.toml").read_text("utf-8")
    folders.write(folders.core / "facts.toml", facts + more)
    slots = " ".join(f"{{fact}}`f-{n}`" for n in range(12))
    folders.manifest('[facts]\ncrisis-line = "0808 157 0100"\n')
    page = differences(composed(folders, local=NOTE.replace("Ring", f"{slots} Ring")))
    assert "- 13 values, 12 of them still missing.\n" in page


def test_an_absent_reason_is_absent_for_programs_and_said_to_people(folders):
    edition = composed(
        folders, local=ADAPT.replace(":kind: meaning\n:reason: Ours is *quicker*.", ":kind: context")
    )
    assert [one["reason"] for one in report_rows(edition)["adapted"]] == [""]
    assert "  - Reason: none is given.\n" in report(edition)


def test_what_an_earlier_edition_replaced_is_not_said_to_be_left_out(folders):
    edition = composed(folders, ancestry=REGION, local=NOTE)
    assert "- Old (core:old): Replaced by Region. No.\n" in report(edition)
    assert "- A \\<gone> thing (core:gone): Left out by Region. No.\n" in report(edition)
    assert "- Old. Replaced by Region. No. In its place: {guidance:solution}`core:agree`.\n" in left_out(
        edition
    )


def test_what_an_earlier_edition_did_is_said_in_the_same_words_everywhere(folders):
    edition = composed(folders, ancestry=REGION, local=NOTE)
    assert "- Two homes: summary (core:two-homes#summary)\n  - Changed in meaning by Region.\n" in report(
        edition
    )
    assert "summary: changed in meaning by Region." in differences(edition)


def test_news_of_what_an_earlier_edition_left_out_has_its_title(folders):
    edition = composed(folders, ancestry=REGION)
    change = Change("1.0", "core:gone#summary", ChangeKind.SUBSTANTIVE, "It was wrong")
    base = attrs.evolve(edition.base, changes=Changes((Release("1.0"),), (change,)))
    page = whats_changed(attrs.evolve(edition, base=base))
    assert "- A \\<gone\\> thing (not in this edition), summary: It was wrong.\n" in page


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("core:medicines", "Medicines in the holidays (core:medicines): new in the national guidance, for safety, on 8 June 2026"),
        ("core:access", "(core:access): the national text changed for safety on 8 June 2026"),
        ("core:medicines#summary", "(core:medicines#summary): the national text changed for safety on 8 June 2026"),
    ],
)  # fmt: skip
def test_what_nobody_has_read_is_said_to_be_new_where_it_is(tmp_path, target, words):
    (tmp_path / "edition.toml").write_text(ON_SMALL)
    stale = Stale(kind=ChangeKind.SAFETY, version="1.1.0", on="2026-06-08")
    edition = compose(read_library(SMALL), read_overlay(tmp_path), Review(unread={target: stale}))
    assert f"{words}; it is not recorded that anybody has read it." in report(edition)


def test_without_a_day_a_release_is_named(tmp_path):
    (tmp_path / "edition.toml").write_text(ON_SMALL)
    unread = {"core:medicines": Stale(kind=ChangeKind.SAFETY, version="1.1.0", why="Some ran out")}
    edition = compose(read_library(SMALL), read_overlay(tmp_path), Review(unread=unread))
    assert "new in the national guidance, for safety, in 1.1.0 (Some ran out); it is not" in report(edition)
