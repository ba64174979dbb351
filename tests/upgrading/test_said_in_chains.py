"""What an edition on another one is told of that: its version with its name, and the values that it has given."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain
from small_core import RELEASES

from guidance_kit.cli.facts import facts
from guidance_kit.cli.review import review
from guidance_kit.cli.show import show
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.editing.new import NewEdition, manifest
from guidance_kit.model.history import History, Released
from guidance_kit.model.layers import NATIONAL_TEXT, whose, whose_then
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept
from guidance_kit.upgrading.flattening import flatten
from guidance_kit.upgrading.summary import put_off_lines

NOTE = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"
ADAPT = "```{adapt} core:access#summary\n:kind: context\n:reason: R.\n\nRing the region.\n```\n"
ITEM = ":::{challenge} Own\n:id: own\n:themes: waiting\n:felt-by: students\n:strength: strong\n:sources: one\n\nOwn.\n\n## What it looks like\n\nSo.\n\n## Questions to put to each other\n\n- Who?\n:::\n"
VALUES = '\n[facts]\ncrisis-line = "0808 157 0110"\nteam = "Our team"\n'
LOCKED = '\n[[lock_fact]]\nfact = "crisis-line"\nreason = "One number."\n'


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    made = Chain(tmp_path)
    made.core()
    made.edition("region", "core", VALUES + LOCKED)
    made.edition("uni", "region", "", {"a.md": NOTE})
    made.up("region", "uni")
    return made


def said(command, chain: Chain) -> str:
    return CliRunner().invoke(command, [str(chain.folder / "uni")], standalone_mode=False).output


def test_a_version_of_the_edition_that_this_one_is_based_on_stands_with_its_name(chain):
    chain.edition("region", "core", VALUES, {"a.md": ADAPT, "own.md": ITEM})
    chain.up("region")
    assert "region:own: new in region 1, take it or leave it out" in said(upgrade, chain)
    (one,) = (one for one in chain.problems("uni") if one.code == "note-check")
    assert ", which changed in region 1 (" in one.message
    later = Decision(how=How.DEFERRED, until=DAY + dt.timedelta(days=20), by="Lead", reason="R.", on=DAY)
    done, problems = accept(chain.folder / "uni", "region:own", later)
    assert done, problems
    assert "region:own: new in region 1 (" in "\n".join(put_off_lines(chain.opened("uni")))


def test_a_value_that_was_given_before_is_said_to_be(chain):
    told = said(facts, chain)
    assert "crisis-line: 0808 157 0110\n    Crisis line (required, telephone number)\n" in told
    assert "    Given by Region, and fixed\n" in told
    assert "    Given by Region; a value of your own would stand instead\n" in told
    chain.edition("uni", "region", '\n[facts]\nteam = "Us"\n')
    assert "would stand instead" not in said(facts, chain)


def test_a_new_manifest_says_which_values_were_given_before(chain):
    text = manifest(NewEdition(id="new", title="New"), chain.opened("uni").base)
    assert "# Crisis line (Region has given it already: 0808 157 0110)." in text
    assert "# Hours (if you have one)." in text


PAGE = "# Who we are\n\nThe region.\n"


def test_a_page_that_the_edition_before_wrote_is_called_its_text_and_not_national(chain):
    chain.edition("region", "core", "", {"pages/who.md": PAGE})
    chain.up("region", "uni")
    chain.edition("uni", "region", "", {"pages/who.md": "# Us\n\nWe.\n"})
    chain.up("uni")
    chain.edition("region", "core", "", {"pages/who.md": f"{PAGE}\nMore.\n"})
    chain.up("region", "uni")
    told = said(review, chain)
    assert "[to be read again: the text of Region beside it changed]" in told
    assert "\nThe text of Region then:\n" in told
    assert "\nThe text of Region now:\n" in told
    assert "national text" not in told
    assert chain.opened("uni").edition.review.pages["who"].said == "the text of Region changed in region 1"


def test_a_page_that_was_national_is_called_so(chain):
    chain.edition("region", "core", "", {"pages/who.md": PAGE})
    chain.up("region", "uni")
    states = History((Released("1.0.0", "", {"page:who": "fp1:national"}),))
    base = attrs.evolve(chain.opened("uni").base, history=states)
    assert whose_then(base, "page:who", "fp1:national") == NATIONAL_TEXT
    assert whose_then(base, "page:who", "fp1:theirs") == whose(base, "page:who") == "the text of Region"
    assert whose(base, "page:index") == NATIONAL_TEXT


def test_a_change_of_the_edition_before_is_told_with_the_name_of_its_version(chain, tmp_path):
    chain.edition("region", "core", VALUES, {"a.md": ADAPT})
    chain.up("region", "uni")
    (stale,) = chain.opened("uni").edition.review.notes.values()
    assert stale.said == "the text of Region changed in region 1"
    sheet = tmp_path / "review.html"
    CliRunner().invoke(review, [str(chain.folder / "uni"), "--html", str(sheet)], standalone_mode=False)
    assert "in region 1" in sheet.read_text("utf-8")


def test_what_can_be_decided_on_news_is_said_with_the_name_of_its_version(chain):
    chain.write("region", {"local/own.md": ITEM})
    chain.up("region", "uni")
    wrong = Decision(how=How.KEPT_MINE, by="Lead", reason="R.", on=DAY)
    (problem,) = accept(chain.folder / "uni", "region:own", wrong)[1]
    assert problem.message == '"region:own" is news of the release region 1: take it, or leave it out.'


def test_what_is_said_of_an_item_that_the_edition_before_took_out_is_to_be_named_otherwise_or_deleted(chain):
    of_it = '\n[[fact_for]]\nitem = "region:own"\nfact = "team"\nvalue = "Us"\n'
    of_it += '\n[[place]]\nitem = "region:own"\nsection = "solutions"\n'
    of_it += '\n[[arrange]]\nsection = "solutions"\nfirst = ["region:own"]\n'
    chain.write("region", {"local/own.md": ITEM.replace("\n\nOwn.", "\n\nOwn {fact}`team`.", 1)})
    chain.edition("uni", "region", of_it)
    chain.up("region", "uni")
    (chain.folder / "region/local/own.md").unlink()
    chain.up("region")
    told = said(upgrade, chain).partition("To be put right by hand:")[2]
    assert told.count('"region:own" in the guidance of Region. If there was, it was taken out.') == 3
    assert told.count("Name another item, or delete what is said of this one.") == 3
    assert "national" not in told


MOVED = '\n[[place]]\nitem = "core:access"\nsection = "solutions"\n'


@pytest.mark.parametrize("name", ["region", "uni"])
def test_an_item_that_was_moved_is_shown_in_the_section_where_readers_meet_it(chain, name):
    chain.edition("region", "core", MOVED)
    chain.up("region", "uni")
    told = CliRunner().invoke(show, [str(chain.folder / name)], standalone_mode=False).output
    challenges, solutions = told.split("\nChallenges\n")[1].split("\nSolutions\n")
    assert "access: " not in challenges
    assert "access: " in solutions


def test_an_item_on_the_page_that_opens_a_section_is_shown_in_that(tmp_path):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "2.0.0", tmp_path / "core")
    item = ITEM.replace(":sources: one", ":sources: example-2024").replace(
        ":themes: waiting", ":themes: roles"
    )
    placed = '\n[[place]]\nitem = "uni:own"\nsection = "criteria"\n'
    chain.edition("uni", "core", placed, {"own.md": item})
    chain.up("uni")
    assert "own: Own" in said(show, chain).split("\nCriteria\n")[1].split("\n\n")[0]


def noted(where: str, name: str, by: str, more: str = "") -> str:
    return f"```{{local-note}} core:access{where}\n:id: {name}\n{more}\nSaid by {by}.\n```\n\n"


@pytest.fixture
def noting(tmp_path: Path) -> Chain:
    """A region, a university and a college, each with notes beside an item or its parts."""
    made = Chain(tmp_path)
    made.core()
    made.edition("region", "core", VALUES, {"a.md": noted("#what-it-looks-like", "theirs", "the region")})
    made.edition("uni", "region", "", {"a.md": noted("#summary", "near", "the university")})
    own = noted("", "top", "us first", ":stands: before\n") + noted(
        "#summary", "ours", "us", ":stands: before\n"
    )
    made.edition("college", "uni", "", {"a.md": own + noted("", "end", "us last")})
    made.up("region", "uni", "college")
    return made


def test_each_note_is_shown_next_to_what_it_is_beside(noting):
    args = [str(noting.folder / "college"), "access"]
    shown = CliRunner().invoke(show, args, standalone_mode=False).output
    found = [line for line in shown.splitlines() if line.endswith("]") or "Said" in line or "(by" in line]
    assert [line.partition(" [")[0] for line in found[1:]] == [
        "Local note (by College)",
        "  Said by us first.",
        "Title",
        "Summary",
        "  Local note (by College)",
        "    Said by us.",
        "  Local note (by Uni)",
        "    Said by the university.",
        "What it looks like",
        "  Local note (by Region)",
        "    Said by the region.",
        "Questions to put to each other",
        "Local note (by College)",
        "  Said by us last.",
    ]


def test_a_note_in_a_flattened_edition_is_shown_with_who_wrote_it(noting):
    flat = noting.folder / "flat"
    written, problems = flatten(noting.folder / "uni", flat, DAY)
    assert written, problems
    shown = CliRunner().invoke(show, [str(flat), "access"], standalone_mode=False).output
    assert "  Local note (by Region)\n\n    Said by the region.\n" in shown
    assert "  Local note (by Uni)\n\n    Said by the university.\n" in shown
