"""An item that must appear, and is new in an edition: it is to be read, and nobody calls it a safety change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain
from small_core import RELEASES

from guidance_kit.cli.check import check
from guidance_kit.cli.review import review
from guidance_kit.cli.status import status
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept

ITEM = "core:named-contacts"


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """A region that left an item out, which must appear now; its university has not taken that yet."""
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.1.0", chain.folder / "core")
    chain.edition("region", "core", f'[[leave_out]]\nitem = "{ITEM}"\nreason = "Ours."\n')
    chain.edition("uni", "region")
    chain.up("region", "uni")
    shutil.rmtree(chain.folder / "core")
    shutil.copytree(RELEASES / "2.0.0", chain.folder / "core")
    chain.up("region")
    done, problems = accept(chain.folder / "region", ITEM, Decision(how=How.TOOK_NATIONAL, on=DAY))
    assert done is not None, problems
    return chain


def test_what_must_appear_is_to_be_read_and_is_no_safety_change(chain: Chain):
    uni = str(chain.folder / "uni")
    plan = CliRunner().invoke(upgrade, [uni, "--plan"]).output
    lines = plan[plan.index("3 things to decide:") :].splitlines()
    assert lines[3] == f"  {ITEM}: new in 2.0.0, must appear, to be read"
    assert "with 3 things to decide (2 about safety)." in CliRunner().invoke(status, [uni]).output
    chain.up("uni")
    said = f'"{ITEM}" must appear, and is new in 2.0.0. Every edition must name contacts. [safety-unread]'
    assert said in CliRunner().invoke(check, [uni]).output
    assert "[new, and must appear, to be read]" in CliRunner().invoke(review, [uni, ITEM]).output


def test_readers_are_not_told_that_it_is_about_safety(chain: Chain):
    chain.up("uni")
    unread = chain.opened("uni").edition.review.unread
    assert unread
    assert ITEM not in unread


def test_what_must_appear_cannot_be_put_off(chain: Chain):
    chain.up("uni")
    root = chain.folder / "uni"
    done, problems = accept(root, ITEM, Decision(how=How.DEFERRED, on=DAY))
    assert done is None
    assert problems[0].message.startswith(f'"{ITEM}" must appear, and is news of the release 2.0.0:')
    _, problems = accept(root, "core:out-of-hours#options", Decision(how=How.DEFERRED, on=DAY))
    assert problems[0].message.startswith('"core:out-of-hours#options" is a safety change of the release')
    accept(root, ITEM, Decision(how=How.SEEN, on=DAY))
    assert "[new, and must appear; read]" in CliRunner().invoke(review, [str(root), ITEM]).output
