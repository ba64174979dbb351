"""Which decisions a report tells of: those that hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_core import DAY, started, take

from guidance_kit.cli.report import report
from guidance_kit.model.lock import How
from guidance_kit.reading.decisions import read_decisions
from guidance_kit.upgrading import Decision, accept, open_edition
from guidance_kit.upgrading.holding import holding

NOTE = "```{local-note} core:two-homes#summary\n:id: ours\n\nOurs.\n```\n"
OMISSION = '\n[[leave_out]]\nitem = "core:small-provider-hub"\nreason = "No hub."\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an edition with a note and an omission, made beside 1.0.0."""
    made = started(tmp_path, NOTE)
    manifest = made / "edition.toml"
    manifest.write_text(f"{manifest.read_text('utf-8')}{OMISSION}", "utf-8")
    take(made, "1.0.0")
    return made


def held(root: Path) -> set[tuple[str, str]]:
    """Return what the decisions of an edition that hold are about."""
    opened, problems = open_edition(root, DAY)
    assert opened is not None, problems
    found = holding(opened.base, opened.overlay, read_decisions(root)[0].standing)
    return {(str(one.what), one.called) for one in found}


def decide(root: Path, name: str, how: How) -> None:
    done, problems = accept(root, name, Decision(how=how, by="Lead", reason="R.", on=DAY))
    assert done, problems


def test_a_decision_on_work_that_is_there_holds_also_by_the_name_that_it_has_now(root: Path):
    take(root, "1.1.0")
    assert ("note", "ours:ours") in held(root)


def test_a_decision_on_what_was_deleted_by_hand_holds_no_more(root: Path):
    manifest = root / "edition.toml"
    assert "omission, core:small-provider-hub" in CliRunner().invoke(report, [str(root)]).output
    manifest.write_text(manifest.read_text("utf-8").replace(OMISSION, ""), "utf-8")
    assert held(root) == {("note", "ours:ours")}
    assert "omission" not in CliRunner().invoke(report, [str(root)]).output


def test_what_was_put_away_and_what_releases_brought_stays_decided(root: Path):
    take(root, "1.1.0")
    decide(root, "ours", How.TOOK_NATIONAL)
    decide(root, "immediate-danger#first-steps", How.SEEN)
    later = Decision(how=How.DEFERRED, until=dt.date(2027, 3, 1), by="Lead", reason="R.", on=DAY)
    assert accept(root, "waiting-well", later)[1] == ()
    assert held(root) == {
        ("note", "ours:ours"),
        ("leave-out", "core:small-provider-hub"),
        ("new-item", "core:waiting-well"),
        ("safety", "core:immediate-danger#first-steps"),
    }
