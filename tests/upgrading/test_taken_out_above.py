"""Local work about an item that an earlier edition had of its own, and took out: it is as a withdrawal."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain
from small_core import RELEASES

from guidance_kit.cli.review import review
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept
from guidance_kit.upgrading.states import standing

FORM = """\
:::{solution} A form
:id: form
:addresses: access
:status: proposed
:sources: one

One form.

## How it works

It works.

## First steps

Begin.
:::
"""
ADAPT = "```{adapt} region:form#how-it-works\n:kind: context\n:reason: R.\n\nOur way.\n```\n"
NOTE = "```{local-note} region:form#first-steps\n:id: near\n\nNear.\n```\n"
OURS = FORM.replace(":id: form", ":id: ours\n:instead-of: region:form\n:reason: R.")
SAID = '"region:form" was withdrawn: it is no longer in the guidance of Region.'


@pytest.fixture(params=["", ":instead-of: core:roles\n:reason: Ours.\n"], ids=["new", "instead"])
def region(request: pytest.FixtureRequest, tmp_path: Path) -> Chain:
    """A region with an item of its own, in the place of a national one or not."""
    chain = Chain(tmp_path)
    chain.core()
    form = FORM.replace(":addresses:", f"{request.param}:addresses:")
    chain.edition("region", "core", '[facts]\ncrisis-line = "0808 157 0100"\n', {"form.md": form})
    return chain


def taken_out(chain: Chain, local: str, tables: str = "") -> None:
    """Write the work of a university beside the item of the region, and take that out."""
    chain.edition("uni", "region", tables, {"ours.md": local} if local else None)
    chain.up("region", "uni")
    (chain.folder / "region/local/form.md").unlink()
    chain.up("uni")


def choices(chain: Chain, name: str) -> list[str]:
    args = [str(chain.folder / "uni"), name]
    output = CliRunner().invoke(review, args, standalone_mode=False).output
    return [line.split()[-1] for line in output.split("\n") if " accept " in line]


def told(chain: Chain) -> list[tuple[str, str]]:
    """Return the problems of the university, but for the national item that stands again: it is asked about."""
    return [
        (one.code, one.message) for one in chain.opened("uni").problems if "core:roles" not in one.message
    ]


@pytest.mark.parametrize(
    ("local", "name", "state", "ways", "then"),
    [
        (ADAPT, "region:form#how-it-works", "orphaned", ["--as-local", "--attic"], "What you say of it"),
        (NOTE, "near", "unplaced", ["--attic"], "What you say of it"),
        (OURS, "ours", "orphaned", ["--as-local", "--attic"], "Your item stands"),
    ],
    ids=["adaptation", "note", "item"],
)
def test_work_is_told_as_about_what_was_withdrawn(region, local, name, state, ways, then):
    taken_out(region, local)
    (standing,) = region.opened("uni").standings
    assert str(standing.state) == state
    ((code, message),) = told(region)
    assert code == "orphaned"
    assert message.startswith(f"{SAID} {then}")
    assert choices(region, name) == ways


def test_that_two_things_have_one_id_is_told_before_what_became_of_one(region):
    taken_out(region, OURS)
    twin = OURS.replace(":instead-of: region:form\n:reason: R.\n", "")
    (region.folder / "uni/local/a.md").write_text(twin, "utf-8")
    assert [code for code, _ in told(region)] == ["duplicate-id"]


def test_words_can_be_kept_in_an_item_of_their_own(region):
    taken_out(region, ADAPT)
    decision = Decision(how=How.AS_LOCAL, by="Lead", reason="We go on.", on=DAY)
    done, problems = accept(region.folder / "uni", "region:form#how-it-works", decision)
    assert done, problems
    assert told(region) == []
    form = (region.folder / "uni/local/items/form.md").read_text("utf-8")
    assert ":reason: Kept when the item of Region was withdrawn. We go on." in form
    (region.folder / "region/local/more.md").write_text(FORM.replace("form", "other"), "utf-8")
    region.up("uni")
    assert "Our way." in region.opened("uni").edition.by_id["uni:form"].item.parts["how-it-works"]


def test_words_cannot_stay_about_nothing(region):
    taken_out(region, ADAPT)
    decision = Decision(how=How.KEPT_MINE, by="Lead", reason="R.", on=DAY)
    done, (problem,) = accept(region.folder / "uni", "region:form#how-it-works", decision)
    assert done is None
    assert "--as-local" in problem.hint


def test_the_next_upgrade_is_not_refused(region):
    taken_out(region, ADAPT)
    (region.folder / "region/local/more.md").write_text(FORM.replace("form", "other"), "utf-8")
    region.up("uni")
    assert [code for code, _ in told(region)] == ["new-items-waiting", "orphaned"]


def test_an_omission_asks_nothing(region):
    taken_out(region, "", '[[leave_out]]\nitem = "region:form"\nreason = "None here."\n')
    (standing,) = region.opened("uni").standings
    assert (str(standing.state), told(region)) == ("closed", [])


def test_a_name_that_never_was_is_a_slip(region):
    region.edition("uni", "region", "", {"ours.md": ADAPT.replace("form", "from")})
    region.up("region", "uni")
    assert "unknown-target" in [code for code, _ in told(region)]


def test_a_new_item_is_said_to_be_that_of_who_wrote_it(region):
    region.edition("uni", "region")
    region.up("region", "uni")
    (region.folder / "region/local/more.md").write_text(FORM.replace("form", "other"), "utf-8")
    region.up("uni")
    args = [str(region.folder / "uni")]
    assert "[new in the guidance of Region]" in CliRunner().invoke(review, args, standalone_mode=False).output


BUS = '[[fact]]\nid = "bus"\ntype = "text"\nlabel = "Bus"\n'
LINES = '\n[facts]\nbus = "Line 9"\n\n[[fact_for]]\nitem = "core:access"\nfact = "bus"\nvalue = "Line 7"\n'


@pytest.fixture
def bus(tmp_path: Path) -> Chain:
    """A university that gives values to a fact of its region, which has taken that out since."""
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core", "", {"facts.toml": BUS})
    chain.edition("uni", "region", LINES)
    chain.up("region", "uni")
    (chain.folder / "region/local/facts.toml").unlink()
    return chain


def test_a_value_of_a_fact_that_an_earlier_edition_took_out_goes_to_the_attic(bus):
    plan = CliRunner().invoke(upgrade, [str(bus.folder / "uni")]).output
    assert "  fact:bus: local fact, not in the guidance of Region now\n" in plan
    assert "  fact:bus: local fact in core:access, not in the guidance of Region now\n" in plan
    assert "put right by hand" not in plan
    first, second = (one for one in bus.opened("uni").problems if one.code == "unknown-fact")
    assert first.message == second.message == 'The fact "bus" is not in the guidance of Region now.'
    assert first.hint.endswith("uni bus --attic")
    assert second.hint.endswith('uni "fact:bus core:access" --attic')
    for name in ("bus", "fact:bus core:access"):
        assert set(choices(bus, name)) == {"--attic"}
        assert not accept(bus.folder / "uni", name, Decision(how=How.KEPT_MINE, on=DAY))[0]
        assert accept(bus.folder / "uni", name, Decision(how=How.LEFT_OUT, on=DAY))[0]
    assert bus.opened("uni").problems == ()


def test_a_fact_of_an_earlier_edition_is_not_called_national_when_it_is_gone(bus):
    bus.up("uni")
    said = CliRunner().invoke(review, [str(bus.folder / "uni"), "bus"], standalone_mode=False).output
    assert "What stood there then:\n    Bus (text)" in said


@pytest.mark.parametrize("on", ["core", "region"])
def test_a_national_fact_that_a_release_withdrew_is_told_as_that(tmp_path, on):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.1.0", chain.folder / "core")
    chain.edition("region", "core")
    chain.edition("uni", on, '\n[facts]\nhub-hours = "Monday to Friday, 9:00-17:00"\n')
    chain.up("region", "uni")
    shutil.rmtree(chain.folder / "core")
    shutil.copytree(RELEASES / "2.0.0", chain.folder / "core")
    chain.up("region", "uni")
    opened = chain.opened("uni")
    assert [one.words for one in opened.standings] == ["withdrawn from the national guidance"]
    (problem,) = [one for one in opened.problems if one.code == "unknown-fact"]
    assert problem.message.startswith('The fact "hub-hours" was withdrawn in 2.0.0. There is no hub')


def test_a_value_of_a_fact_that_is_gone_does_not_refuse_the_next_upgrade(bus):
    bus.up("uni")
    (bus.folder / "region/local/form.md").write_text(FORM, "utf-8")
    bus.up("uni")
    assert {one.words for one in bus.opened("uni").standings} == {"not in the guidance of Region now"}


def test_a_value_of_a_fact_that_the_edition_declares_itself_since_is_to_be_looked_at(bus):
    bus.edition("uni", "region", LINES, {"facts.toml": BUS})
    bus.up("uni")
    assert [str(one.state) for one in bus.opened("uni").standings] == ["fact-check", "fact-check"]


def test_a_value_of_a_fact_that_never_was_is_a_slip(bus):
    bus.up("uni")
    bus.edition("uni", "region", LINES.replace("bus", "buss"))
    bus.up("uni")
    first, second = (one for one in bus.opened("uni").problems if one.code == "unknown-fact")
    assert first.message == second.message == 'There is no fact "buss".'
    assert {str(one.state) for one in bus.opened("uni").standings} == {"current"}


@pytest.mark.parametrize(("looked", "state"), [("1.1.0", "orphaned"), ("2.0.0", "stale")])
def test_what_only_a_later_text_has_is_not_taken_out(tmp_path, looked, state):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.1.0", chain.folder / "core")
    chain.edition(
        "region", "core", "", {"form.md": FORM.replace(":sources: one", ":sources: made-up-report")}
    )
    taken_out(chain, ADAPT)
    opened = chain.opened("uni")
    (one,) = opened.standings
    assert one.decision is not None
    decision = attrs.evolve(one.decision, base_version=looked)
    assert str(standing(one.artefact, decision, opened.base, DAY).state) == state
