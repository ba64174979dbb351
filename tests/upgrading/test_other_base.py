"""An edition whose ``based_on`` names another base than it is made from: told, and taken only when asked for."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner
from published import published
from small_chains import CHANGED, DAY, Chain
from small_core import RELEASES

from guidance_kit.cli.status import status
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.model.layers import NATIONAL_TEXT, whose_then
from guidance_kit.model.lock import How
from guidance_kit.problems import Severity
from guidance_kit.upgrading import Decision, accept, acting, open_edition
from guidance_kit.upgrading.outlook import outlook

NOTE = "```{local-note} core:access#summary\n:id: theirs\n\nWords of the region.\n```\n"
OURS = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"
PAGE = "# Who we are\n\nThe region.\n"


@pytest.fixture
def chain(tmp_path):
    made = Chain(tmp_path)
    made.core()
    made.edition("region", "core", '\n[facts]\nteam = "Ours"\n', {"a.md": NOTE, "pages/who.md": PAGE})
    made.edition("uni", "region", "", {"a.md": OURS})
    made.up("region", "uni")
    return made


def ran(chain: Chain, *options: str):
    return CliRunner().invoke(upgrade, [str(chain.folder / "uni"), *options], standalone_mode=False)


def test_it_is_not_taken_unasked_and_says_what_to_do(chain):
    chain.edition("uni", "core")
    (problem,) = chain.refused("uni")
    assert problem.code == "other-base"
    assert problem.place.path == str(chain.folder / "uni/edition.toml")
    assert "what Region wrote goes with that" in problem.message
    assert "--other-base takes it" in problem.hint
    assert "let based_on name region again" in problem.hint
    assert chain.opened("uni").base.id == "region"


def test_a_plan_names_the_notes_and_pages_that_go_and_asks_to_be_taken(chain):
    chain.edition("uni", "core", '\n[facts]\nteam = "Us"\n')
    told = ran(chain, "--plan")
    assert told.return_value == 2
    assert "This edition would be composed from core 1.0.0; it is now region 1.\n" in told.output
    assert (
        "That is no later text of region, but another base: what Region wrote would go with it."
        in told.output
    )
    assert "What that changes:\n" in told.output
    gone = '  fact team: Region gives no value any more; it gave "Ours" before; your own value stands\n'
    assert gone in told.output
    assert "  the note region:theirs of Region in core:access is gone\n" in told.output
    assert "  the page who is gone\n" in told.output
    assert "If this is not meant, let based_on in edition.toml name region again.\n" in told.output
    assert told.output.endswith(f"guidance-kit upgrade {chain.folder / 'uni'} --other-base\n")
    value = json.loads(ran(chain, "--plan", "--json").output)
    assert value["exchanged"] == "region"
    assert "the page who is gone" in value["given"]


def test_it_is_taken_when_somebody_asks_for_it_and_can_be_undone(chain):
    chain.edition("uni", "core")
    told = ran(chain, "--other-base")
    assert told.return_value == 0, told.output
    assert "but another base: what Region wrote went with it.\n" in told.output
    assert "If this is not meant" not in told.output
    assert chain.opened("uni").base.id == "core"
    assert outlook(chain.folder / "uni", chain.opened("uni").edition) == ()
    assert ran(chain, "--undo").return_value == 0
    opened, _ = open_edition(chain.folder / "uni", DAY)
    assert opened
    assert opened.base.id == "region"
    (problem,) = outlook(chain.folder / "uni", opened.edition)
    assert problem.code == "other-base"


ITEM = ":::{challenge} Own\n:id: own\n:themes: roles\n:felt-by: nhs\n:strength: strong\n:sources: one\n\nOwn.\n\n## What it looks like\n\nSo.\n\n## Questions to put to each other\n\n- Who?\n:::\n"


def test_work_about_what_went_with_a_base_is_to_be_decided_and_goes_to_the_attic(chain):
    chain.edition("region", "core", "", {"own.md": ITEM})
    chain.up("region", "uni")
    assert accept(chain.folder / "uni", "region:own", Decision(how=How.TOOK_NATIONAL, on=DAY))[0]
    chain.edition("uni", "region", "", {"a.md": "```{local-note} region:own\n:id: ours\n\nOurs.\n```\n"})
    chain.up("uni")
    chain.edition("uni", "core")
    told = ran(chain, "--other-base").output
    assert "  region:own goes with Region\n" in told
    assert "  ours: note beside region:own, what it stands beside was withdrawn\n" in told
    (problem,) = [one for one in chain.opened("uni").problems if one.code == "orphaned"]
    said = '"region:own" is not in the guidance of The core, which this edition is based on now. What you say'
    assert problem.message.startswith(said)
    assert not accept(chain.folder / "uni", "ours", Decision(how=How.KEPT_MINE, on=DAY))[0]
    assert accept(chain.folder / "uni", "ours", Decision(how=How.LEFT_OUT, on=DAY))[0]
    assert [one for one in chain.opened("uni").problems if one.severity is Severity.ERROR] == []


def test_words_of_an_edition_that_this_one_is_no_more_based_on_are_not_called_national(tmp_path):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core")
    adapt = "```{adapt} core:access#summary\n:reason: R.\n\n%s wait.\n```\n"
    chain.edition("region", "core", "", {"a.md": adapt % "Ours"})
    chain.edition("uni", "region")
    chain.up("region", "uni")
    chain.edition("uni", "region", "", {"a.md": adapt % "Students of ours"})
    chain.up("uni")
    chain.edition("uni", "core")
    ran(chain, "--other-base")
    opened = chain.opened("uni")
    (one,) = [one for one in opened.standings if one.stale]
    assert one.decision
    assert whose_then(opened.base, one.artefact.target, one.decision.base) == "what stood there"
    released = opened.base.history.releases[-1].prints["core:access#summary"]
    assert whose_then(opened.base, "core:access#summary", released) == NATIONAL_TEXT
    assert whose_then(opened.base, "core:access", one.decision.base) == NATIONAL_TEXT


def test_from_the_national_guidance_to_a_region_is_another_base_too(chain):
    chain.edition("town", "core")
    chain.up("town")
    chain.edition("town", "region")
    (problem,) = chain.refused("town")
    assert "its text is not that of a later release" in problem.message
    plan, problems = acting.upgrade(chain.folder / "town", DAY, other_base=True)
    assert plan, problems
    assert plan.exchanged
    assert plan.exchanged.id == "core"
    told = CliRunner().invoke(status, [str(chain.folder / "town")], standalone_mode=False).output
    assert "Composed from region 1, the newest there is." in told


def test_status_says_that_another_base_is_named(chain):
    chain.edition("uni", "core")
    told = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False).output
    assert "Composed from region 1, and based_on names core 1.0.0, another base. See what that would " in told


@pytest.mark.parametrize("both", [True, False])
def test_nobody_looks_at_everything_again_and_goes_on_with_another_base_at_once(chain, both):
    chain.edition("uni", "core")
    plan, (problem,) = acting.upgrade(chain.folder / "uni", DAY, anew=True, other_base=both)
    assert plan is None
    assert problem.code == "other-base"
    assert problem.hint == (
        "Let based_on name region again for upgrade --anew; go on with another base after that."
    )
    assert chain.opened("uni").base.id == "region"


@pytest.mark.parametrize("option", ["--plan", "--anew", "--other-base"])
def test_what_does_not_go_with_an_undo_is_said_not_to(chain, option):
    refused = CliRunner().invoke(upgrade, [str(chain.folder / "uni"), "--undo", option])
    assert refused.exit_code == 2
    assert f"{option} and --undo do not go together." in refused.output


def test_who_begins_anew_under_another_id_is_told_both(chain):
    file = chain.folder / "uni/edition.toml"
    file.write_text(file.read_text("utf-8").replace('id = "uni"', 'id = "college"'), "utf-8")
    told = ran(chain, "--anew")
    assert 'The edition in this folder was "uni", and is "college" now.\n' in told.output
    assert "was called" not in ran(chain).output
    assert "The edition in this folder was" not in ran(chain, "--anew").output


def test_to_ask_for_another_base_changes_nothing_where_there_is_none(chain):
    told = ran(chain, "--other-base")
    assert told.return_value == 0
    assert "the newest there is" in told.output
    plan, _ = acting.plan_upgrade(chain.folder / "uni", DAY)
    assert plan
    assert plan.exchanged is None


def test_another_base_that_is_made_from_an_older_release_is_told_and_not_taken(tmp_path):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.1.0", tmp_path / "core")
    chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.up("region", "uni")
    shutil.rmtree(tmp_path / "core")
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core")
    chain.edition("uni", "core")
    (problem,) = outlook(chain.folder / "uni", chain.opened("uni").edition)
    assert problem.code == "base-unknown"
    assert problem.severity is Severity.BLOCKER
    plan, (problem,) = acting.upgrade(chain.folder / "uni", DAY, other_base=True)
    assert plan is None
    assert problem.code == "older-base"


def test_only_of_one_base_a_version_is_lower_than_another(chain):
    plan, _ = acting.plan_upgrade(chain.edition("town", "core"), DAY)
    assert plan
    assert plan.odd == ""
    chain.edition("town", "core")
    chain.up("town")
    chain.edition("town", "region")
    manifest = chain.folder / "region/edition.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('version = "1"', 'version = "0.9"'), "utf-8")
    plan, problems = acting.plan_upgrade(chain.folder / "town", DAY)
    assert plan, problems
    assert plan.exchanged
    assert plan.odd == ""


DESK = '[[fact]]\nid = "desk"\ntype = "text"\nlabel = "Desk"\n'
THREE = '\n[facts]\ndesk = "D"\n\n[[fact_for]]\nitem = "country:own"\nfact = "team"\nvalue = "T"\n'
THEIRS = "```{local-note} country:own\n:id: theirs\n\nWords.\n```\n"


@pytest.fixture
def three(tmp_path):
    """Return a chain in which a region says something of an item and a fact that a country has of its own."""
    made = Chain(tmp_path)
    made.core()
    local = {"own.md": ITEM.replace("\n\nOwn.", "\n\nOwn {fact}`team`.", 1), "facts.toml": DESK}
    made.edition("country", "core", "", local)
    made.edition("region", "country", THREE, {"t.md": THEIRS})
    made.edition("uni", "region")
    made.up("country", "region", "uni")
    return made


def told_of(chain: Chain, on: str) -> list[str]:
    """Return what an upgrade to another base is said to change, but for its heading."""
    chain.edition("uni", on)
    output = ran(chain, "--other-base").output.partition("changes:\n")[2].partition("\n\n")[0]
    return [line.strip() for line in output.split("\n")]


def test_what_is_in_an_item_that_comes_or_goes_and_the_value_of_a_fact_that_goes_are_told_with_it(three):
    gone = ["country:own goes with Region", "fact:desk goes with Region", "1 page changed with them"]
    come = 'fact desk: Region gives "D" now; it gave none before'
    for _ in range(2):  # nor is it forgotten when it goes again
        assert told_of(three, "core") == gone
        assert told_of(three, "region") == [
            come,
            "country:own is new (region 1)",
            "1 page changed with them",
        ]


def test_what_is_said_of_an_item_that_stays_is_told(three):
    assert told_of(three, "country") == [
        'fact desk: Region gives no value any more; it gave "D" before',
        'fact team in country:own: Region gives no value any more; it gave "T" before',
        "the note region:theirs of Region in country:own is gone",
    ]


def test_a_note_that_goes_to_an_item_that_comes_is_told_with_where_it_stood(three):
    country = three.folder / "country/local/own.md"
    country.write_text(country.read_text("utf-8").replace(":id: own", ":id: other"), "utf-8")
    three.edition("region", "country", "", {"t.md": THEIRS.replace("own", "other")})
    three.up("country", "region")
    taken = Decision(how=How.TOOK_NATIONAL, on=DAY)
    assert accept(three.folder / "region", "country:other", taken)[0]
    lines = ran(three, "--plan").output
    assert "  the note region:theirs of Region in country:other stood in country:own before\n" in lines


def test_what_the_new_base_leaves_out_does_not_go_with_the_old_one(chain):
    chain.edition("uni", "core")
    ran(chain, "--other-base")
    chain.edition("region", "core", '\n[[leave_out]]\nitem = "core:roles"\nreason = "None here."\n')
    chain.up("region")
    assert "core:roles was left out by Region (region 1): None here." in told_of(chain, "region")


def test_what_an_edition_wrote_does_not_go_with_another_base_that_is_made_from_it(three):
    three.edition("uni", "country")
    assert "but another base: what Region wrote went with it.\n" in ran(three, "--other-base").output
    three.edition("uni", "region")
    (problem,) = outlook(three.folder / "uni", three.opened("uni").edition)
    assert "wrote goes with that" not in problem.message
    assert "but another base.\n" in ran(three, "--other-base").output


WORDS = "the national text stands %s now, in the place of other words"


@pytest.mark.parametrize("goes", ["base", "adaptation"])
def test_national_words_that_come_in_the_place_of_others_are_not_said_to_have_changed(tmp_path, goes):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core")
    adapt = "```{adapt} core:access#summary\n:reason: R.\n\n%s wait.\n```\n"
    chain.edition("region", "core", "", {"a.md": adapt % "Ours"})
    chain.edition("uni", "region")
    chain.up("region", "uni")
    chain.edition("uni", "region", "", {"a.md": adapt % "Students of ours", "b.md": OURS})
    chain.up("uni")
    if goes == "base":
        chain.edition("uni", "core")
    else:
        (chain.folder / "region/local/a.md").unlink()
    told = ran(chain, "--other-base").output
    assert f"adaptation, to be reviewed: {WORDS % 'there'}\n" in told
    assert f"to be read again: {WORDS % 'beside it'}\n" in told
    found = [one for one in chain.opened("uni").problems if one.code in ("stale", "note-check")]
    assert len(found) == 2
    assert all(
        "core:access#summary, where the national text stands now, in the place of other words" in one.message
        for one in found
    )
    stale = [one.stale for one in chain.opened("uni").standings]
    said = "the text that the local words were written beside changed"
    version = "" if goes == "base" else "1"
    assert [(one.said, one.version) for one in stale if one] == [(said, version)] * 2


def moved_to_core(tmp_path, release: str, part: str) -> tuple[Chain, str]:
    """Return a chain in which a note beside a region's own words is beside those of a release, and what is told."""
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core")
    words = f"```{{adapt}} core:{part}\n:reason: R.\n\nOurs.\n```\n"
    chain.edition("region", "core", "", {"a.md": words})
    chain.edition("uni", "region", "", {"b.md": OURS.replace("access#summary", part)})
    chain.up("region", "uni")
    shutil.rmtree(tmp_path / "core")
    shutil.copytree(RELEASES / release, tmp_path / "core")
    chain.edition("uni", "core")
    return chain, ran(chain, "--other-base").output


def test_national_words_that_changed_for_safety_when_others_went_are_said_to_have_changed(tmp_path):
    chain, told = moved_to_core(tmp_path, "2.0.0", "placements#summary")
    assert "to be read again now: the text beside it changed for safety" in told
    (problem,) = [one for one in chain.opened("uni").problems if one.code == "safety-unreviewed"]
    assert "which changed for safety in 2.0.0" in problem.message


def test_what_a_release_says_of_national_words_is_told_also_where_others_went(tmp_path):
    chain, told = moved_to_core(tmp_path, "1.1.0", "access#summary")
    assert "to be read again: the national text beside it changed\n" in told
    (problem,) = [one for one in chain.opened("uni").problems if one.code == "note-check"]
    assert "which changed in 1.1.0" in problem.message
    assert "within two weeks; it was four" in problem.message


TIDIED = CHANGED.replace("substantive", "editorial")


def test_that_the_core_only_tidied_its_words_says_nothing_of_words_that_a_region_had_there(tmp_path):
    made = Chain(tmp_path)
    made.core(**{"changes.toml": TIDIED.partition('[[release]]\nversion = "1.1.0"')[0]})
    published(made.folder / "core")
    adapt = "```{adapt} core:access#summary\n:kind: context\n:reason: R\n\nNobody waits here.\n```\n"
    note = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"
    made.edition("region", "core", "", {"a.md": adapt})
    made.edition("uni", "region", "", {"n.md": note})
    made.edition("plain", "core", "", {"n.md": note})
    made.up("region", "uni", "plain")
    toml = (made.folder / "core/library.toml").read_text("utf-8").replace("1.0.0", "1.1.0")
    page = (
        (made.folder / "core/challenges/access.md")
        .read_text("utf-8")
        .replace("four weeks for", "four weeks, for")
    )
    made.write("core", {"library.toml": toml, "changes.toml": TIDIED, "challenges/access.md": page})
    published(made.folder / "core")
    made.edition("uni", "core", "", {"n.md": note})
    assert ran(made, "--other-base").return_value == 2
    made.up("plain")
    (one,), (other,) = made.opened("uni").standings, made.opened("plain").standings
    assert (str(one.state), str(other.state)) == ("note-check", "current")


def test_own_words_that_the_core_has_too_are_not_said_to_stand_where_others_did(tmp_path):
    made = Chain(tmp_path)
    made.core(**{"changes.toml": '[[release]]\nversion = "1.0.0"\n'})
    published(made.folder / "core")
    adapt = "```{{adapt}} core:access#summary\n:kind: context\n:reason: R\n\n{}\n```\n"
    same = adapt.format("Students wait four weeks for {fact}`team`.")
    made.edition("region", "core", "", {"a.md": adapt.format("Nobody waits here.")})
    made.edition("uni", "region", "", {"n.md": same})
    made.up("region", "uni")
    made.edition("uni", "core", "", {"n.md": same})
    ran(made, "--other-base")
    (one,) = made.opened("uni").standings
    assert (str(one.state), one.words) == ("converged", "the national text now says the same")
