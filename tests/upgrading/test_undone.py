"""Undoing an upgrade: what it says of decisions made since, and an edition that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from small_core import DAY, started, take

from guidance_kit.cli.leave_out import leave_out
from guidance_kit.cli.note import note
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition, undo_upgrade, upgrade

SAFETY = ("immediate-danger#first-steps", "medicines")


@pytest.fixture
def upgraded(tmp_path: Path) -> Path:
    """An edition made beside 1.0.0, in which one decision was made, upgraded to 1.1.0."""
    root = started(tmp_path, "```{local-note} access#summary\n:id: ours\n\nAsk the desk.\n```\n")
    take(root, "1.0.0")
    assert accept(root, "ours", Decision(how=How.KEPT_MINE, by="Lead", reason="Read.", on=DAY))[0]
    take(root, "1.1.0")
    return root


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (0, "was before."),
        (1, "was before. Decisions made since stay recorded, each beside the text that it was made beside."),
        (2, "was before. Decisions made since stay recorded, each beside the text that it was made beside."),
    ],
)
def test_it_tells_of_the_decisions_that_were_made_beside_the_newer_text(
    upgraded: Path, read: int, words: str
):
    for name in SAFETY[:read]:
        assert accept(upgraded, name, Decision(how=How.SEEN, by="Lead", on=DAY))[0]
    done, problems = undo_upgrade(upgraded)
    assert done is not None, problems
    assert done.message.endswith(words)


def test_an_edition_that_cannot_be_read_is_put_back_all_the_same(upgraded: Path):
    before = (upgraded / "national" / "library.toml").read_bytes()
    (upgraded / "edition.toml").write_text("[edition\n", "utf-8")
    done, problems = undo_upgrade(upgraded)
    assert done is not None, problems
    assert (upgraded / "national" / "library.toml").read_bytes() != before
    assert (upgraded / "edition.toml").read_text("utf-8") == "[edition\n"


@pytest.mark.parametrize("work", ["leave-out", "note"])
def test_work_about_an_item_that_came_after_is_told_once_and_no_other_item_is_guessed(tmp_path: Path, work):
    root = started(tmp_path, "")
    take(root, "1.0.0")
    take(root, "1.1.0")
    if work == "note":
        ran = CliRunner().invoke(note, [str(root), "waiting-well", "summary", "--text", "Ours."])
    else:
        ran = CliRunner().invoke(leave_out, [str(root), "waiting-well", "--reason", "Ours."])
    assert ran.exit_code == 0, ran.output
    assert undo_upgrade(root)[0]
    opened, problems = open_edition(root, DAY)
    assert opened
    (mine,) = opened.standings
    (one,) = (one for one in problems if one.place == mine.artefact.origin)
    assert one.code == "unknown-target"
    assert '"core:waiting-well" is not in core 1.0.0' in one.message
    assert "this was looked at beside 1.1.0" in one.message
    assert one.hint == f"Take the newer text again: guidance-kit upgrade {root}. Or delete these lines."


def test_it_says_what_stands_where_a_record_was_lost_before(upgraded: Path):
    (upgraded / "edition.lock").unlink()
    made, problems = upgrade(upgraded, DAY, anew=True)
    assert made is not None, problems
    done, problems = undo_upgrade(upgraded)
    assert done is not None, problems
    assert (
        "undone: national/ is as it was, and there is no edition.lock that tells what it is." in done.message
    )
