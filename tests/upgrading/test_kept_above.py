"""A safety change where an earlier edition has an item or a page of its own: who builds on it is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from published import published
from small_chains import DAY, Chain, words
from small_core import RELEASES

from guidance_kit.cli.review import review
from guidance_kit.exporting.provenance import provenance
from guidance_kit.exporting.under_review import unread
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept
from guidance_kit.upgrading.outlook import outlook
from guidance_kit.upgrading.summary import change_lines, open_lines

OURS = """\
:::{challenge} Our placements
:id: ours
:instead-of: core:placements
:reason: We do it so.
:themes: transitions
:felt-by: he
:strength: strong
:sources: made-up-report

We have our own.

## What it looks like

Ours.

## Questions to put to each other

Ours?
:::
"""
PAGE = "# Our page\n\nOurs.\n\n```{toctree}\nchallenges/index\nsolutions/index\n```\n"
WORDS = "```{adapt} core:placements#summary\n:reason: R.\n\nWe have our own words.\n```\n"
OWN = {"item": {"a.md": OURS}, "page": {"pages/index.md": PAGE}, "words": {"a.md": WORDS}}
THEIRS = {"item": "ours", "page": "page:index", "words": "core:placements#summary"}
TARGET = {"item": "region:ours", "page": "page:index"}
WHY = {
    "item": "It says what to do if a student on placement is in danger.",
    "page": "Ring 999 stands at the top.",
}


def start(folder: Path, what: str, uni: dict[str, str] | None = None) -> Chain:
    """A region with words of its own, and a university and a college that have taken what it says."""
    chain = Chain(folder)
    shutil.copytree(RELEASES / "1.1.0", chain.folder / "core")
    chain.edition("region", "core", "", OWN[what])
    chain.edition("uni", "region", "", uni)
    chain.edition("college", "uni")
    chain.up("region", "uni", "college")
    return chain


def release(chain: Chain, what: str) -> None:
    """Change what the region has words of its own about, for safety."""
    core = chain.folder / "core"
    if what != "page":
        shutil.rmtree(core)
        shutil.copytree(RELEASES / "2.0.0", core)
        return
    for name, old, new in (
        ("library.toml", "1.1.0", "1.2.0"),
        ("index.md", "This core was", "If it cannot wait, ring 999.\n\nThis core was"),
    ):
        text = (core / name).read_text("utf-8")
        assert old in text
        (core / name).write_text(text.replace(old, new, 1), "utf-8")
    said = '\n[[release]]\nversion = "1.2.0"\n\n[[change]]\nrelease = "1.2.0"\nwhat = "page:index"\n'
    with (core / "changes.toml").open("a", encoding="utf-8") as file:
        file.write(f'{said}kind = "safety"\nwhy = "{WHY[what]}"\n')
    published(core)


def decide(chain: Chain, name: str, what: str, how: How = How.KEPT_MINE) -> None:
    done, problems = accept(chain.folder / name, what, Decision(how=how, by="Lead", reason="R.", on=DAY))
    assert done, problems


def asked(chain: Chain, name: str) -> list[str]:
    """Return the targets of the safety changes that nobody in an edition has read."""
    return [one.target for one in chain.opened(name).undecided]


def told(chain: Chain, name: str, what: str) -> list[str]:
    """Return what is said of a safety change that nobody in an edition has read."""
    problems = chain.opened(name).problems
    return [one.message for one in problems if one.code == "safety-unread" and WHY[what] in one.message]


@pytest.fixture(params=["item", "page"])
def what(request: pytest.FixtureRequest) -> str:
    """What the region has of its own: an item in the place of a national one, or a page."""
    return str(request.param)


@pytest.fixture
def kept(tmp_path: Path, what: str) -> Chain:
    """A region that has kept what it has of its own over a safety change, before anybody below knew of it."""
    chain = start(tmp_path, what)
    release(chain, what)
    chain.up("region")
    decide(chain, "region", THEIRS[what])
    return chain


def test_before_an_upgrade_the_safety_change_is_known_to_be_ahead(kept, what):
    (problem,) = outlook(kept.folder / "uni", kept.opened("uni").edition)
    assert problem.code == "newer-core-has-safety"
    assert WHY[what] in problem.message


def test_everybody_below_is_asked_until_they_have_read_it(kept, what):
    plan = kept.up("uni", "college")
    assert any(WHY[what] in line for line in change_lines(plan))
    for name in ("uni", "college"):
        assert TARGET[what] in asked(kept, name)
        decide(kept, name, TARGET[what], How.SEEN)
        assert TARGET[what] not in asked(kept, name)
        kept.up(name)
        assert TARGET[what] not in asked(kept, name)


def test_a_person_is_told_what_changed_and_whose_words_stand_there(kept, what):
    kept.up("uni")
    said = {
        "item": f'"core:placements#summary" changed for safety in 2.0.0: {WHY["item"]} "region:ours" of Region '
        "stands in its place.",
        "page": f'"page:index" changed for safety in 1.2.0: {WHY["page"]} Region has words of its own there.',
    }
    assert told(kept, "uni", what) == [said[what]]


def test_the_national_words_can_be_read(kept, what):
    kept.up("uni", "college")
    for name in ("uni", "college"):
        args = [str(kept.folder / name), TARGET[what], "--json"]
        (one,) = json.loads(CliRunner().invoke(review, args, standalone_mode=False).output)
        assert "999" in one["now"]
        assert (one["whose"], one["choices"]) == ("the national text", ["--seen"])


def test_readers_have_the_national_words_until_somebody_has_read_them(kept, what):
    kept.up("uni")
    for here in (True, False):
        edition = kept.opened("uni").edition
        shown = provenance(edition, edition.pages) if what == "item" else words(edition, "index")
        assert ("999" in shown.partition('"redirects"')[0], WHY[what] in shown) == (here, here)
        if here:
            decide(kept, "uni", TARGET[what], How.SEEN)


def test_a_page_says_it_once_and_to_each_edition_in_its_own_time(tmp_path):
    chain = start(tmp_path, "page")
    release(chain, "page")
    chain.up("region", "uni", "college")
    notices = "Under review: the national text changed for safety"
    for name in ("region", "uni", "college"):
        assert words(chain.opened(name).edition, "index").count(notices) == 1
    decide(chain, "region", "page:index")
    chain.up("uni")
    decide(chain, "uni", "page:index", How.SEEN)
    chain.up("college")
    for name, times in (("region", 0), ("uni", 0), ("college", 1)):
        assert words(chain.opened(name).edition, "index").count(notices) == times


def test_a_page_beside_a_page_of_a_parent_shows_the_national_one(tmp_path):
    chain = start(tmp_path, "page", {"pages/index.md": PAGE.replace("Our page", "Our own page")})
    release(chain, "page")
    chain.up("region")
    decide(chain, "region", "page:index")
    chain.up("uni")
    assert chain.state("uni", "page:index") == "note-check-safety"
    assert "ring 999" in words(chain.opened("uni").edition, "index")


def test_what_was_asked_while_the_parent_had_to_decide_is_asked_still(tmp_path, what):
    chain = start(tmp_path, what)
    release(chain, what)
    chain.up("region", "uni", "college")
    assert {"core:placements", "page:index"} & {*asked(chain, "uni")}
    decide(chain, "region", THEIRS[what])
    chain.up("uni", "college")
    for name in ("uni", "college"):
        assert TARGET[what] in asked(chain, name)
        assert told(chain, name, what)


def test_who_has_read_the_national_item_is_told_that_it_went(tmp_path):
    chain = start(tmp_path, "item")
    release(chain, "item")
    chain.up("region", "uni")
    decide(chain, "uni", "core:placements", How.SEEN)
    decide(chain, "region", "ours")
    chain.up("uni")
    assert "region:ours" in asked(chain, "uni")


def test_work_beside_the_item_of_a_parent_is_to_be_looked_at(tmp_path):
    note = "```{local-note} region:ours#summary\n:id: near\n\nNear.\n```\n"
    chain = start(tmp_path, "item", {"a.md": note})
    release(chain, "item")
    chain.up("region")
    decide(chain, "region", "ours")
    chain.up("uni")
    assert chain.state("uni", "region:ours#summary") == "note-check-safety"
    (one,) = (one for one in chain.opened("uni").problems if one.code == "safety-unreviewed")
    assert one.message == (
        "Your note uni:near stands beside region:ours#summary, in the place of core:placements, which changed for "
        "safety in 2.0.0: It says what to do if a student on placement is in danger. Region has words of its own "
        "there."
    )


def test_an_item_in_the_place_of_that_of_a_parent_stands_for_the_national_one(tmp_path):
    mine = OURS.replace(":id: ours", ":id: mine").replace("core:placements", "region:ours")
    chain = start(tmp_path, "item", {"a.md": mine})
    release(chain, "item")
    chain.up("region")
    decide(chain, "region", "ours")
    chain.up("uni")
    assert chain.state("uni", "region:ours") == "stale-safety"
    decide(chain, "uni", "mine")
    lines = list(change_lines(chain.up("college")))
    said = f"SAFETY core:placements#summary changed (2.0.0), and uni:mine stands in its place: {WHY['item']}"
    assert f"  {said}" in lines
    args = [str(chain.folder / "college"), "uni:mine", "--json"]
    (one,) = json.loads(CliRunner().invoke(review, args, standalone_mode=False).output)
    assert "999" in one["now"]
    assert one["whose_instead"] == "the text of Uni"


def test_a_report_of_what_is_unread_names_what_stands_there(tmp_path):
    chain = start(tmp_path, "item")
    release(chain, "item")
    chain.up("region")
    decide(chain, "region", "ours")
    chain.up("uni")
    edition = chain.opened("uni").edition
    assert "region:ours" not in [one.target for one in unread(edition)]  # it is told with the item
    assert edition.by_id["region:ours"].stale


def test_what_a_parent_takes_in_the_place_of_its_own_again_is_to_be_read(tmp_path):
    chain = start(tmp_path, "item")
    release(chain, "item")
    chain.up("region")
    decide(chain, "region", "ours")
    chain.up("uni")
    decide(chain, "region", "ours", How.TOOK_NATIONAL)
    chain.up("uni")
    assert "core:placements" in asked(chain, "uni")
    assert "core:placements" in chain.opened("uni").edition.by_id


@pytest.mark.parametrize("first", [True, False], ids=["asked", "not yet asked"])
def test_what_a_parent_leaves_out_does_not_go_unsaid(tmp_path, first):
    chain = start(tmp_path, "page")
    release(chain, "item")
    chain.up("region", *["uni"] * first)
    chain.edition("region", "core", '[[leave_out]]\nitem = "core:placements"\nreason = "None here."\n')
    (line,) = (line for line in change_lines(chain.up("uni")) if "left out" in line)
    assert line == (
        "  core:placements was left out by Region (region 1): None here. It had changed for safety in 2.0.0, and "
        f"nobody here has read that: {WHY['item']}"
    )


def test_what_was_read_is_not_told_again_when_a_parent_leaves_it_out(tmp_path):
    chain = start(tmp_path, "page")
    release(chain, "item")
    chain.up("region", "uni")
    decide(chain, "uni", "core:placements#summary", How.SEEN)
    chain.edition("region", "core", '[[leave_out]]\nitem = "core:placements"\nreason = "None here."\n')
    (line,) = (line for line in change_lines(chain.up("uni")) if "left out" in line)
    assert line.endswith("None here.")


BESIDE = {
    "note": (
        {"a.md": "```{local-note} core:placements\n:id: near\n\nNear.\n```\n"},
        "near",
        "--take-national",
    ),
    "item": ({"a.md": OURS.replace(":id: ours", ":id: mine")}, "uni:mine", ""),
    "omission": ({}, "core:placements", "--take-national"),
}


def about_all_of_it(folder: Path, kind: str) -> Chain:
    """A region that keeps its words in a part over a safety change, and a university with work on the whole item."""
    chain = start(folder, "words", BESIDE[kind][0])
    if kind == "omission":
        chain.edition("uni", "region", '[[leave_out]]\nitem = "core:placements"\nreason = "None here."\n')
        chain.up("uni")
    release(chain, "words")
    chain.up("region")
    decide(chain, "region", THEIRS["words"])
    chain.up("uni")
    return chain


def looked_at(chain: Chain, edition: str, name: str) -> dict:
    """Return what a review of something in an edition shows of it first."""
    args = [str(chain.folder / edition), name, "--json"]
    one, *_ = json.loads(CliRunner().invoke(review, args, standalone_mode=False).output)
    return one


@pytest.mark.parametrize("kind", BESIDE)
def test_who_has_work_on_all_of_an_item_is_shown_the_national_words_in_it(tmp_path, kind):
    chain = about_all_of_it(tmp_path, kind)
    name, offered = BESIDE[kind][1:]
    one = looked_at(chain, "uni", name)
    assert "call 999" in one["now"]
    assert "We have our own words." not in one["now"]
    assert "We have our own words." in one["instead"]
    assert (one["whose"], one["whose_instead"]) == ("the national text", "the text of Region")
    assert "Region has words of its own there." in one["message"]
    assert [choice for choice in one["choices"] if choice != "--edited"] == [
        "--keep-mine",
        *filter(None, [offered]),
    ]


@pytest.mark.parametrize(("kind", "words"), [("note", "over"), ("item", "national")])
def test_readers_get_the_national_words_where_work_is_on_all_of_an_item(tmp_path, kind, words):
    chain = about_all_of_it(tmp_path, kind)
    for told in ("call 999", ""):
        edition = chain.opened("uni").edition
        items = json.loads(provenance(edition, edition.pages))["items"]
        shown = items["core:placements"]["stale"] if kind == "note" else items["uni:mine"]
        assert told in shown.get(words, "")
        assert bool(shown.get(words)) == bool(told)
        decide(chain, "uni", BESIDE[kind][1])
    chain.up("college")
    if kind == "item":
        assert "call 999" in looked_at(chain, "college", "uni:mine")["now"]


def over(chain: Chain, item: str) -> str:
    """Return the national words that readers of the university have on top of an item, or of its summary."""
    edition = chain.opened("uni").edition
    shown = json.loads(provenance(edition, edition.pages))["items"][item]
    return "".join(str(one["stale"].get("over", "")) for one in (shown, *shown["parts"]))


@pytest.mark.parametrize(("theirs", "item"), [("words", "core:placements"), ("item", "region:ours")])
def test_what_stands_again_beside_an_item_that_waits_has_the_national_words_on_top(tmp_path, theirs, item):
    mine = OURS.replace(":id: ours", ":id: mine").replace("core:placements", item)
    chain = start(tmp_path, theirs, {"a.md": mine})
    release(chain, theirs)
    chain.up("region")
    decide(chain, "region", THEIRS[theirs])
    chain.up("uni")
    assert over(chain, item).count("call 999") == 1
    decide(chain, "uni", "mine")
    assert item not in chain.opened("uni").edition.by_id


@pytest.mark.parametrize("kind", BESIDE)
def test_who_takes_the_words_of_a_parent_over_a_safety_change_has_yet_to_read_it(tmp_path, kind):
    chain = about_all_of_it(tmp_path, kind)
    decide(chain, "uni", BESIDE[kind][1], How.TOOK_NATIONAL)
    assert "core:placements#summary" in asked(chain, "uni")
    chain.up("uni")
    assert "core:placements#summary" in asked(chain, "uni")


def test_what_stands_is_called_by_whose_it_is(tmp_path):
    chain = start(tmp_path, "words", {"a.md": WORDS.replace("our own words", "others")})
    release(chain, "words")
    chain.up("region")
    decide(chain, "region", THEIRS["words"])
    chain.up("uni")
    taken = Decision(how=How.TOOK_NATIONAL, by="Lead", reason="R.", on=DAY)
    done, _ = accept(chain.folder / "uni", THEIRS["words"], taken)
    assert done
    assert done.message == "Accepted: core:placements#summary (the text of Region stands)."


def reading(chain: Chain, name: str, target: str) -> None:
    """Let an edition take what there is, and read one safety change of it."""
    chain.up(name)
    decide(chain, name, target, How.SEEN)


def test_who_puts_words_in_the_place_of_those_for_safety_is_named_and_the_reason_is_that_of_these(tmp_path):
    chain = start(tmp_path, "page")
    release(chain, "item")
    for name in ("region", "uni"):
        reading(chain, name, THEIRS["words"])
    chain.edition("region", "core", "", {"b.md": WORDS})
    decide(chain, "region", THEIRS["words"])
    plan = chain.up("uni")
    assert (
        "  SAFETY core:placements#summary changed (region 1): Region has words of its own in the place of "
        f"national ones, which changed for safety in 2.0.0: {WHY['item']}"
    ) in list(change_lines(plan))
    assert (
        "  core:placements#summary: changed in region 1, and Region has words of its own there, about safety, "
        "to be read"
    ) in list(open_lines(plan.base, (), plan.waiting))
    assert told(chain, "uni", "item") == [
        f'"core:placements#summary" changed for safety in 2.0.0: {WHY["item"]} Region has words of its own there.'
    ]


def test_a_safety_change_that_is_taken_as_it_is_is_told_as_one(tmp_path):
    chain = start(tmp_path, "page")
    release(chain, "item")
    plan = chain.up("region")
    lines = [*change_lines(plan), *open_lines(plan.base, (), plan.waiting)]
    assert f"  SAFETY core:placements#summary changed (2.0.0): {WHY['item']}" in lines
    assert "  core:placements#summary: changed in 2.0.0, about safety, to be read" in lines


def test_other_words_of_a_parent_where_nothing_is_about_safety_are_told_as_ever(tmp_path):
    chain = start(tmp_path, "page")
    chain.edition("region", "core", "", {"b.md": WORDS.replace("placements", "access")})
    assert "  core:access#summary changed (region 1)" in list(change_lines(chain.up("uni")))
