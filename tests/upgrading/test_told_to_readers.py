"""What readers are told while something is open: whose words are whose, and no change that nobody knows of."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain
from small_core import RELEASES, started, take

from guidance_kit.cli.review import review
from guidance_kit.exporting.as_library import as_library
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.provenance import provenance
from guidance_kit.exporting.record import record_of
from guidance_kit.exporting.report import report, report_rows
from guidance_kit.model.layers import holder_then, whose_then
from guidance_kit.model.lock import How, What
from guidance_kit.upgrading import Decision, accept, open_edition
from guidance_kit.upgrading import upgrade as upgrade_again

TARGET = "core:placements#summary"
HOSPITALS = f"```{{adapt}} {TARGET}\n:kind: context\n:reason: R.\n:approved-by: L\n\nThree hospitals.\n```\n"
NOTE = f"```{{local-note}} {TARGET}\n:id: ours\n\nOurs.\n```\n"
HOMES = (
    "```{adapt} core:two-addresses#title\n:kind: context\n:reason: R.\n:approved-by: L\n\nThree homes\n```\n"
)
PAGE = "# Ours\n\nOur own first page.\n\n```{toctree}\nchallenges/index\nsolutions/index\n```\n"
KEPT = Decision(how=How.KEPT_MINE, by="Lead", reason="They know.", on=DAY)
AGAIN = "the local words are to be looked at again beside the national text"


def core(chain: Chain, version: str) -> None:
    shutil.rmtree(chain.folder / "core", ignore_errors=True)
    shutil.copytree(RELEASES / version, chain.folder / "core")


def decided(chain: Chain, name: str, target: str, decision: Decision) -> None:
    done, problems = accept(chain.folder / name, target, decision)
    assert done, problems


def chained(folder: Path, **local: str) -> Chain:
    """Return a chain in which the university has words of its own, or none, and took the first release."""
    chain = Chain(folder)
    core(chain, "1.0.0")
    chain.edition("region", "core", "", {"a.md": HOSPITALS})
    chain.edition("uni", "region", "", {"n.md": local.get("uni", NOTE)})
    chain.up("region", "uni")
    core(chain, "2.0.0")
    chain.up("region")
    return chain


def told(edition, item: str = "core:placements", key: str = "summary"):
    """Return what the pages are told of a part."""
    parts = json.loads(provenance(edition, ()))["items"][item]["parts"]
    return next((one for one in parts if one["key"] == key), None)


def test_words_of_an_earlier_edition_in_whose_place_national_ones_came_are_not_called_national(tmp_path):
    chain = chained(tmp_path)
    chain.up("uni")
    part = told(chain.opened("uni").edition)
    assert (part["stale"]["was"], part["text_of"]) == ("Three hospitals.", "")
    assert part["stale"]["then"] is None  # it is written down nowhere whose they were


def test_national_words_in_whose_place_an_earlier_edition_put_its_own_are_called_national(tmp_path):
    chain = chained(tmp_path)
    chain.up("uni")
    decided(chain, "uni", "uni:ours", KEPT)
    decided(chain, "region", TARGET, KEPT)
    chain.up("uni")
    part = told(chain.opened("uni").edition)
    assert "call 999" in part["stale"]["was"]
    assert (part["stale"]["then"], part["text_of"]) == ("", "Region")


def test_where_both_texts_are_of_one_nothing_more_is_said(tmp_path):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    take(root, "2.0.0")
    part = told(edition_of(root))
    assert "was" in part["stale"]
    assert "then" not in part["stale"]


def edition_of(root: Path):
    opened, problems = open_edition(root, DAY)
    assert opened, problems
    return opened.edition


def test_that_only_an_earlier_edition_took_its_words_away_is_no_change_of_the_national_text(tmp_path):
    chain = Chain(tmp_path)
    core(chain, "1.0.0")
    chain.edition("region", "core", "", {"a.md": HOSPITALS})
    chain.edition("uni", "region", "", {"n.md": NOTE})
    chain.up("region", "uni")
    chain.edition("region", "core", "", {"a.md": ""})
    chain.up("region", "uni")
    edition = chain.opened("uni").edition
    (said,) = {one["words"] for one in report_rows(edition)["under_review"]}
    assert said == "the text that the local words were written beside changed"
    stale = told(edition)["stale"]
    assert (stale["version"], stale["then"]) == ("", None)


def test_words_that_a_release_had_under_an_older_name_are_national(tmp_path):
    chain = Chain(tmp_path)
    core(chain, "1.0.0")
    chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.up("region")
    old = chain.opened("region").base.by_id["core:referral"]
    core(chain, "2.0.0")
    chain.up("region", "uni")
    base = chain.opened("uni").base
    print_ = chain.opened("region").base.history.releases[0].prints["core:referral#limits"]
    assert "limits" in old.parts
    assert holder_then(base, "core:referral#what-it-takes", print_) == ""
    assert holder_then(base, "core:referral#what-it-takes", "fp1:other") is None
    assert whose_then(base, "core:referral#what-it-takes", "fp1:other") == "what stood there"


def test_of_all_of_an_item_nobody_knows_whose_words_stood_there(tmp_path):
    chain = Chain(tmp_path)
    core(chain, "1.0.0")
    chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.up("region", "uni")
    base = chain.opened("uni").base
    assert whose_then(base, "core:referral", "fp1:other") == "what stood there"
    assert whose_then(base, "core:referral", "") == "the national text"
    assert whose_then(base, "page:index", "fp1:other") == "the national text"
    assert whose_then(chain.opened("region").base, "core:referral", "fp1:other") == "the national text"


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    """An edition whose lock is lost, taken anew: nobody knows what its words were written beside."""
    root = started(tmp_path, "")
    take(root, "2.0.0")
    (root / "local" / "ours.md").write_text(HOMES, "utf-8")
    (root / "local" / "pages").mkdir()
    (root / "local" / "pages" / "index.md").write_text(PAGE, "utf-8")
    (root / "edition.lock").unlink()
    done, problems = upgrade_again(root, DAY, anew=True)
    assert done, problems
    return root


def test_where_nobody_knows_what_words_were_written_beside_readers_are_told_of_no_change(lost):
    edition = edition_of(lost)
    part = told(edition, "core:two-addresses", "title")
    nothing = {"version": "", "on": "", "why": "", "was": "", "lost": "yes"}
    assert part["stale"].items() >= nothing.items()
    assert part["change"] == []
    assert part["label"].endswith(f"under review: {AGAIN}")
    page = edition.page_by_name["index"].text
    assert f"Under review: {AGAIN}.\n" in page
    assert "There is no record of what this page was looked at beside." in page


def test_the_other_accounts_tell_of_no_change_either(lost):
    edition = edition_of(lost)
    rows = {one["item"]: one["words"] for one in report_rows(edition)["under_review"]}
    assert rows["core:two-addresses"] == AGAIN
    assert rows["page:index"].startswith(AGAIN)
    page = differences(edition)
    assert "- **Under review, as the national text changed**: 0\n" in page
    assert "no record of what they were looked at beside**: 2\n" in page
    (state,) = (one for one in record_of(edition).items if one.id == "core:two-addresses")
    assert state.under_review == AGAIN


def test_a_sheet_for_a_meeting_tells_of_no_change_and_sends_nobody_to_itself(lost):
    sheet = lost.parent / "sheet.html"
    run = CliRunner().invoke(review, [str(lost), "--html", str(sheet)], standalone_mode=False)
    assert run.exit_code == 0, run.output
    about = sheet.read_text("utf-8").partition("Three homes")[0].rpartition("<section")[2]
    assert "no record of what it was looked at beside" in about
    assert "National change" not in about
    assert "Read both, then decide below." in about
    assert "guidance-kit review" not in sheet.read_text("utf-8").partition("</head>")[2]


def test_a_safety_change_beneath_words_of_which_nothing_is_known_is_told_as_one(tmp_path):
    root = started(tmp_path, HOSPITALS)
    take(root, "1.0.0")
    take(root, "2.0.0")
    shutil.rmtree(root / ".guidance" / "reviewed")
    (root / "edition.lock").unlink()
    done, problems = upgrade_again(root, DAY, anew=True)
    assert done, problems
    part = told(edition_of(root))
    assert part["stale"].items() >= {"kind": "safety", "on": "2027-01-11", "lost": "yes"}.items()


@pytest.fixture
def above(tmp_path: Path) -> Chain:
    """A region that kept its words over a safety change, and a university without words of its own."""
    chain = chained(tmp_path, uni="")
    decided(chain, "region", TARGET, KEPT)
    chain.up("uni")
    return chain


def test_readers_have_the_national_words_until_somebody_here_has_read_what_a_region_kept_its_words_over(
    above,
):
    part = told(above.opened("uni").edition)
    assert "call 999" in part["stale"]["over"]
    assert part["label"].startswith("Regional wording (Region) - under review: ")
    decided(above, "uni", TARGET, attrs.evolve(KEPT, how=How.SEEN))
    part = told(above.opened("uni").edition)
    assert part["stale"] == {}
    assert "call 999" in part["core"]


def test_readers_have_the_national_words_again_where_a_region_put_its_own_in_their_place_later(tmp_path):
    chain = chained(tmp_path, uni="")
    chain.up("uni")
    seen = attrs.evolve(KEPT, how=How.SEEN)
    decided(chain, "uni", TARGET, seen)
    decided(chain, "region", TARGET, KEPT)
    chain.up("uni")
    stale = told(chain.opened("uni").edition)["stale"]
    assert "call 999" in stale["over"]
    assert (stale["version"], stale["on"]) == ("2.0.0", "2027-01-11")


def test_what_is_unread_here_is_under_review_of_no_child(above):
    child = json.loads(as_library(above.opened("uni").unfilled()).texts["ancestry.json"])
    assert child["under_review"] == {}


def test_a_report_tells_of_each_safety_change_that_nobody_has_read(tmp_path):
    root = started(tmp_path, "")
    take(root, "1.0.0")
    take(root, "2.0.0")
    section = report(edition_of(root)).partition("### Under review\n\n")[2].partition("\n\n")[0]
    row = (
        "- Students on placement are away from support (core:placements#summary): the national text changed "
        "for safety on 11 January 2027 (It says what to do if a student on placement is in danger.); it is "
        "not recorded that anybody has read it.\n"
    )
    assert row in f"{section}\n"
    unread = {one.target for one in opened_news(root)}
    assert {one["item"] for one in report_rows(edition_of(root))["under_review"]} == unread
    for target in unread:
        done, problems = accept(root, target, attrs.evolve(KEPT, how=How.SEEN))
        assert done, problems
    assert "Nothing that readers see is under review." in report(edition_of(root))


def opened_news(root: Path):
    opened, _ = open_edition(root, DAY)
    return [one for one in opened.undecided if one.what is What.SAFETY]
