"""Whatever kills the change of many files, the next command finds all of it or none of it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kill_driver import everywhere, tree_of
from many_files import CHANGES, DRIVER, ENV, files_of

from guidance_kit.editing.transaction import commit, recover

pytestmark = pytest.mark.long


def run_everywhere(root: Path, action: str, *options: str) -> dict:
    report = everywhere(root, f"many_files:{action}", str(root), options=options)
    assert report["between"] == []
    assert report["before"] > 5
    assert report["after"] > 5
    assert report["before"] + report["after"] == report["kills"]
    return report


def test_a_kill_at_any_write_leaves_before_or_after_however_often_opening_is_killed(quick: Path) -> None:
    report = run_everywhere(quick, "change", "--deep")
    assert report["reopening"] > 500


def test_a_kill_at_any_write_of_a_commit_that_can_be_undone_leaves_before_or_after(quick: Path) -> None:
    run_everywhere(quick, "change_and_keep")


def test_a_kill_at_any_write_of_an_undo_leaves_before_or_after(quick: Path) -> None:
    before = tree_of(quick)
    commit(quick, CHANGES, undo="0001")
    run_everywhere(quick, "put_back")
    assert tree_of(quick) == before


def test_a_kill_while_a_file_becomes_a_folder_leaves_before_or_after(quick: Path) -> None:
    run_everywhere(quick, "make_a_folder_of_a_file", "--deep")


def test_a_power_cut_at_any_write_leaves_before_or_after(quick: Path) -> None:
    run_everywhere(quick, "change", "--power-cut")


def test_the_driver_kills_one_command_at_one_write(root: Path) -> None:
    before = tree_of(root)
    words = [sys.executable, DRIVER, "many_files:change", root]
    killed = subprocess.run(words, env={**ENV, "GUIDANCE_KIT_KILL_AT": "9"}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert tree_of(root) != before
    assert recover(root) is False
    assert tree_of(root) == before
    ran = subprocess.run([*words[:2], "0", *words[2:]], env=ENV, capture_output=True, text=True, check=True)
    assert "writes" in ran.stderr
    assert files_of(root)["edition.lock"] == CHANGES["edition.lock"]
