"""What an edition on another one is told of that: its version with its name, and the values that it has given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain

from guidance_kit.cli.facts import facts
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.editing.new import NewEdition, manifest
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept
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
