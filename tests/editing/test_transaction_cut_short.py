"""A change of many files that was cut short is carried out by the next command, or refused."""

import json
import os
from pathlib import Path

import pytest
from kill_driver import tree_of
from many_files import BEFORE, CHANGES, JOURNAL, RECORD, files_of, fill, kill_when_there, refused

from guidance_kit.editing.transaction import commit, recover


def test_recover_says_whether_it_carried_out_a_change(cut_short: Path) -> None:
    assert recover(cut_short) is True
    assert recover(cut_short) is False
    assert files_of(cut_short)["national/leaf"] == b"now a file\n"
    assert not (cut_short / JOURNAL).exists()


def test_the_next_commit_first_finishes_the_one_that_was_cut_short(cut_short: Path) -> None:
    commit(cut_short, {"national/leaf": None})
    expected = {**BEFORE, **CHANGES, "national/leaf": None}
    assert files_of(cut_short) == {name: data for name, data in expected.items() if data is not None}


def test_what_a_person_wrote_before_a_change_is_finished_is_kept(cut_short: Path) -> None:
    (cut_short / "edition.lock").write_bytes(b"typed meanwhile\n")
    (cut_short / "national/challenges/gone.md").write_bytes(b"typed too\n")
    assert recover(cut_short) is True
    found = files_of(cut_short)
    assert found["edition.lock"] == CHANGES["edition.lock"]
    assert (found["attic/edition-1.lock"], found["attic/gone-1.md"]) == (b"typed meanwhile\n", b"typed too\n")


def test_what_a_person_wrote_where_the_change_was_done_already_stays(root: Path) -> None:
    kill_when_there(root, "national/challenges/new.md")
    mine = {"national/challenges/gone.md": b"again\n", "national/challenges/new.md": b"mine\n"}
    fill(root, mine)
    assert recover(root) is True
    assert files_of(root).items() >= mine.items()
    assert "attic/" not in tree_of(root)


def test_a_change_is_finished_after_what_stands_in_its_way_is_gone(cut_short: Path) -> None:
    (cut_short / "national/quite").write_bytes(b"in the way\n")
    with refused("unreadable", "not finished", "the next command finishes it", "national/quite"):
        recover(cut_short)
    (cut_short / "national/quite").unlink()
    assert recover(cut_short) is True
    assert files_of(cut_short)["national/quite/new/folder.md"] == b""


def test_staged_files_that_were_never_committed_mean_nothing(root: Path) -> None:
    before = tree_of(root)
    fill(root, {f"{JOURNAL}/0001": b"half", f"{JOURNAL}/commit.json.tmp": b"{"})
    assert recover(root) is False
    assert tree_of(root) == before


def test_recover_with_nothing_to_do_looks_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    real = os.stat
    monkeypatch.setattr(os, "stat", lambda *args, **more: (looked.append(args), real(*args, **more))[1])
    assert recover(root) is False
    assert len(looked) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, "newer-tool"),
        ({"format": "1"}, "lock-edited"),
        ({"steps": [{"path": "a"}]}, "lock-edited"),
        ({"steps": [{"path": "a", "staged": "../../a", "sha256": None, "was": None}]}, "lock-edited"),
        ({"steps": [{"path": "../a", "staged": None, "sha256": None, "was": None}]}, "path-escape"),
        ({"steps": [{"path": "/a", "staged": None, "sha256": None, "was": None}]}, "path-escape"),
        ({"steps": [{"path": "a\0b", "staged": None, "sha256": None, "was": None}]}, "path-escape"),
        ({"folders": 1}, "lock-edited"),
        (None, "lock-edited"),
    ],
)
def test_a_record_that_was_changed_by_hand_is_refused(
    cut_short: Path, change: dict | None, code: str
) -> None:
    record = json.loads((cut_short / RECORD).read_bytes())
    (cut_short / RECORD).write_text("no JSON" if change is None else json.dumps({**record, **change}))
    before = tree_of(cut_short)
    with refused(code):
        recover(cut_short)
    assert tree_of(cut_short) == before


def test_a_staged_file_that_was_changed_by_hand_is_refused(cut_short: Path) -> None:
    (cut_short / JOURNAL / "0002").write_bytes(b"other words\n")
    with refused("lock-edited", "0002"):
        recover(cut_short)
    assert files_of(cut_short).items() >= BEFORE.items()


def test_a_prepared_file_that_is_gone_is_not_taken_for_done(cut_short: Path) -> None:
    (staged,) = (path for path in (cut_short / JOURNAL).iterdir() if path.name == "0001")
    before = files_of(cut_short)
    staged.unlink()
    with refused("lock-edited"):
        recover(cut_short)
    after = files_of(cut_short)
    after.pop(f"{JOURNAL}/0001", None)
    before.pop(f"{JOURNAL}/0001", None)
    assert after == before
