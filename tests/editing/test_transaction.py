"""Many files change as one, and are put back as one."""

import json
import multiprocessing
from pathlib import Path

import pytest
from kill_driver import tree_of
from many_files import BEFORE, CHANGES, files_of, fill, refused

from guidance_kit.editing.transaction import commit, next_undo, recover, undo, undoable


def test_a_commit_makes_every_file_what_it_shall_be(root: Path) -> None:
    commit(root, CHANGES)
    expected = {**BEFORE, **CHANGES}
    assert files_of(root) == {name: data for name, data in expected.items() if data is not None}


def test_folders_that_removals_leave_empty_are_removed_and_no_others(root: Path) -> None:
    commit(root, {"national/deep/er/only.md": None, "local/notes/one.md": None})
    assert {name for name in tree_of(root) if name.endswith("/")} == {
        "empty/",
        "national/",
        "national/challenges/",
        "national/leaf/",
    }


def test_the_edition_s_own_folder_stays_when_everything_goes(root: Path) -> None:
    (root / "empty").rmdir()
    commit(root, dict.fromkeys(BEFORE))
    assert root.is_dir()
    assert tree_of(root) == {}


def test_files_that_are_as_they_shall_be_are_not_touched(root: Path) -> None:
    was = (root / "national/same.md").stat()
    commit(root, CHANGES)
    now = (root / "national/same.md").stat()
    assert (now.st_mtime_ns, now.st_ino) == (was.st_mtime_ns, was.st_ino)


def test_a_commit_that_changes_nothing_writes_nothing_and_keeps_nothing(root: Path) -> None:
    before, stamp = tree_of(root), root.stat().st_mtime_ns
    commit(root, {"national/same.md": b"the same\n", "nowhere.md": None}, undo="0001")
    assert tree_of(root) == before
    assert root.stat().st_mtime_ns == stamp


def test_permission_bits_of_a_file_are_kept(root: Path) -> None:
    (root / "edition.lock").chmod(0o640)
    (root / "national/challenges/gone.md").chmod(0o600)
    commit(root, CHANGES, undo="0001")
    assert (root / "edition.lock").stat().st_mode & 0o777 == 0o640
    undo(root)
    assert (root / "edition.lock").stat().st_mode & 0o777 == 0o640
    assert (root / "national/challenges/gone.md").stat().st_mode & 0o777 == 0o600


def test_the_edition_s_folder_may_itself_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    commit(tmp_path / "link", CHANGES, undo="0001")
    undo(tmp_path / "link")
    assert files_of(root) == BEFORE


def test_a_link_that_stays_inside_is_written_through(root: Path) -> None:
    (root / "link.md").symlink_to("national/same.md")
    commit(root, {"link.md": b"other\n"})
    assert (root / "link.md").is_symlink()
    assert (root / "national/same.md").read_bytes() == b"other\n"


def test_undo_restores_the_tree_byte_for_byte(root: Path) -> None:
    before = tree_of(root)
    commit(root, CHANGES, undo=next_undo(root))
    assert tree_of(root) != before
    undo(root)
    assert tree_of(root) == before


def test_changes_are_undone_from_the_newest(root: Path) -> None:
    states = [tree_of(root)]
    for number in range(3):
        commit(root, {"edition.lock": b"%d" % number, f"new-{number}.md": b""}, undo=next_undo(root))
        states.append(tree_of(root))
    assert undoable(root) == "0003"
    assert next_undo(root) == "0004"
    for state in reversed(states[:-1]):
        undo(root)
        assert tree_of(root) == state
    assert (undoable(root), next_undo(root)) == ("", "0001")


def test_the_record_says_what_the_change_did(root: Path) -> None:
    commit(root, CHANGES, undo="0001")
    record = json.loads((root / ".guidance/undo/0001/undo.json").read_bytes())
    rows = {row["path"]: row for row in record["files"]}
    assert rows.keys() == CHANGES.keys() - {"national/same.md", "national/never-there.md"}
    assert rows["national/challenges/new.md"]["was"] is None
    assert rows["national/challenges/gone.md"]["made"] is None
    kept = root / ".guidance/undo/0001" / rows["edition.lock"]["copy"]
    assert kept.read_bytes() == BEFORE["edition.lock"]


def test_undo_is_refused_when_a_file_has_changed_since(root: Path) -> None:
    commit(root, CHANGES, undo="0001")
    fill(root, {"edition.lock": b"mine\n", "national/challenges/gone.md": b"written again\n"})
    (root / "national/leaf").unlink()
    before = tree_of(root)
    with refused("would-overwrite", "edition.lock", "national/challenges/gone.md", "national/leaf"):
        undo(root)
    assert tree_of(root) == before


def test_work_in_other_files_stays_when_a_change_is_undone(root: Path) -> None:
    commit(root, CHANGES, undo="0001")
    fill(root, {"national/quite/new/mine.md": b"mine\n", "local/two.md": b"ours\n"})
    undo(root)
    assert files_of(root) == {**BEFORE, "national/quite/new/mine.md": b"mine\n", "local/two.md": b"ours\n"}


def test_with_nothing_to_undo_that_is_said(root: Path) -> None:
    with refused("not-found", "nothing to undo"):
        undo(root)
    commit(root, CHANGES)
    with refused("not-found", "nothing to undo"):
        undo(root)


def test_undo_is_refused_when_what_was_kept_was_changed(root: Path) -> None:
    commit(root, CHANGES, undo="0001")
    (root / ".guidance/undo/0001/0002").write_bytes(b"other\n")
    before = tree_of(root)
    with refused("lock-edited", "0001/0002"):
        undo(root)
    assert tree_of(root) == before


def test_a_record_is_not_written_over_another(root: Path) -> None:
    commit(root, {"a.md": b"a"}, undo="0001")
    before = tree_of(root)
    with refused("would-overwrite", "0001"):
        commit(root, {"a.md": b"b"}, undo="0001")
    assert tree_of(root) == before
    with pytest.raises(ValueError, match="not a number"):
        commit(root, {"a.md": b"b"}, undo="../0002")


def _write_often(root: Path, mark: bytes) -> None:
    for number in range(15):
        commit(root, {f"files/{name}.md": mark * (number + 1) for name in range(6)})


def _open_often(root: Path) -> None:
    for _ in range(1500):
        recover(root)


def test_commands_at_the_same_time_wait_for_each_other(quick: Path) -> None:
    start = multiprocessing.get_context("spawn").Process
    works = [start(target=_write_often, args=(quick, mark)) for mark in (b"a", b"b")]
    works.append(start(target=_open_often, args=(quick,)))
    for work in works:
        work.start()
    for work in works:
        work.join(60)
        assert work.exitcode == 0
    assert len({(quick / f"files/{name}.md").read_bytes() for name in range(6)}) == 1
    assert not (quick / ".guidance").exists()
