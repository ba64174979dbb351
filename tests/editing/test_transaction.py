"""Many files change as one: whatever kills the change, the next command finds all of it or none of it."""

import contextlib
import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from kill_driver import everywhere, tree_of
from tested import PACKAGES

from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.transaction import commit, next_undo, recover, undo, undoable

DRIVER = Path(__file__).with_name("kill_driver.py")
ENV = {**os.environ, "PYTHONPATH": str(PACKAGES)}
JOURNAL, RECORD = ".guidance/journal", ".guidance/journal/commit.json"
BEFORE = {
    "edition.toml": b"[edition]\n",
    "edition.lock": b"lock = 1\n",
    "local/notes/one.md": b"Ours, and it stays.\n",
    "national/library.toml": b"version = '1.4.0'\n",
    "national/challenges/two-homes.md": b"old words\n" * 40,
    "national/challenges/gone.md": b"goes\n",
    "national/deep/er/only.md": b"goes, and both folders\n",
    "national/page": b"a file that becomes a folder\n",
    "national/leaf/index.md": b"in a folder that becomes a file\n",
    "national/same.md": b"the same\n",
}
CHANGES: dict[str, bytes | None] = {
    "edition.lock": b"lock = 1\nversion = '1.5.0'\n",
    "national/library.toml": b"version = '1.5.0'\n",
    "national/challenges/two-homes.md": b"new words\n" * 50,
    "national/challenges/gone.md": None,
    "national/challenges/new.md": b"new\n",
    "national/deep/er/only.md": None,
    "national/page": None,
    "national/page/index.md": b"now a folder\n",
    "national/leaf/index.md": None,
    "national/leaf": b"now a file\n",
    "national/quite/new/folder.md": b"",
    "national/same.md": b"the same\n",
    "national/never-there.md": None,
    ".guidance/reviewed/a.toml": b"kept = true\n",
    "empty/first.md": b"the first file of a folder\n",
}


def fill(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def files_of(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree_of(root).items() if not name.endswith("/")}


def refused(code: str, *words: str) -> contextlib.AbstractContextManager[object]:
    return _Refused(code, words)


class _Refused(contextlib.AbstractContextManager[object]):
    def __init__(self, code: str, words: tuple[str, ...]) -> None:
        self.code, self.words = code, words

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        assert isinstance(error, RefusedError), error
        (problem,) = error.problems
        assert problem.code == self.code, str(problem)
        for word in self.words:
            assert word in str(problem), str(problem)
        return True


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "northtown" / "empty").mkdir(parents=True)
    return fill(tmp_path / "northtown", BEFORE)


@pytest.fixture
def quick(root: Path) -> Iterator[Path]:
    """The same folder in memory where there is such a disk: thousands of kills are quick there."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield root
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(shutil.copytree(root, Path(name, "northtown")))


# what the driver runs


def change(words: list[str]) -> None:
    commit(Path(words[0]), CHANGES)


def change_and_keep(words: list[str]) -> None:
    root = Path(words[0])
    if undoable(root) != "0001":  # done again, it has been done
        commit(root, CHANGES, undo="0001")


def make_a_folder_of_a_file(words: list[str]) -> None:
    commit(Path(words[0]), {"national/page": None, "national/page/index.md": b"now a folder\n"})


def put_back(words: list[str]) -> None:
    undo(Path(words[0]))


# without a kill


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


# killed


def run_everywhere(root: Path, action: str, *options: str) -> dict:
    report = everywhere(root, f"test_transaction:{action}", str(root), options=options)
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
    words = [sys.executable, DRIVER, "test_transaction:change", root]
    killed = subprocess.run(words, env={**ENV, "GUIDANCE_KIT_KILL_AT": "9"}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert tree_of(root) != before
    assert recover(root) is False
    assert tree_of(root) == before
    ran = subprocess.run([*words[:2], "0", *words[2:]], env=ENV, capture_output=True, text=True, check=True)
    assert "writes" in ran.stderr
    assert files_of(root)["edition.lock"] == CHANGES["edition.lock"]


def kill_when_there(root: Path, name: str) -> None:
    words = [sys.executable, DRIVER, root / name, "test_transaction:change", root]
    assert subprocess.run(words, env=ENV, check=False).returncode == -signal.SIGKILL
    assert (root / RECORD).exists()


@pytest.fixture(scope="session")
def killed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose change was killed when it counted and nothing of it was carried out yet."""
    root = tmp_path_factory.mktemp("killed") / "northtown"
    (root / "empty").mkdir(parents=True)
    kill_when_there(fill(root, BEFORE), RECORD)
    assert files_of(root).items() >= BEFORE.items()
    return root


@pytest.fixture
def cut_short(killed_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(killed_once, tmp_path / "cut-short"))


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


# two at once


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


# undone


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


# refused


@pytest.mark.parametrize(
    "path",
    [
        "../a.md",
        "a/../../b.md",
        "a/../b.md",
        "/etc/a.md",
        "",
        ".",
        "./a.md",
        "a//b.md",
        "a/",
        f"{JOURNAL}/0001",
    ],
)
def test_a_path_that_is_none_of_the_edition_is_refused(root: Path, path: str) -> None:
    before = tree_of(root)
    with refused("path-escape"):
        commit(root, {"edition.lock": b"new\n", path: b"x"})
    assert tree_of(root) == before


@pytest.mark.parametrize("link", ["local/out", ".guidance"])
def test_a_link_that_leads_out_is_refused(root: Path, tmp_path: Path, link: str) -> None:
    outside = fill(tmp_path / "outside", {"a.md": b"theirs\n"})
    (root / link).symlink_to(outside)
    before = tree_of(root)
    with refused("path-escape"):
        commit(root, {"edition.lock": b"new\n", "local/out/a.md": b"x"})
    assert tree_of(root) == before
    assert files_of(outside) == {"a.md": b"theirs\n"}


def test_a_journal_that_a_link_leads_to_is_refused(tmp_path: Path, cut_short: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / ".guidance").symlink_to(cut_short / ".guidance")
    with refused("path-escape"):
        recover(other)
    assert tree_of(other).keys() == {".guidance@"}


@pytest.mark.parametrize("data", [b"new\n", None])
def test_a_read_only_file_is_refused_and_everything_stays(root: Path, data: bytes | None) -> None:
    (root / "national/library.toml").chmod(0o444)
    before = tree_of(root)
    with refused("unreadable", "permission denied", "library.toml", "Nothing was changed"):
        commit(root, {**CHANGES, "national/library.toml": data}, undo="0001")
    assert tree_of(root) == before


@pytest.mark.parametrize(
    ("path", "data"),
    [("national/deep", b"x"), ("national/deep", None), ("edition.toml/a.md", b"x"), ("empty", b"x")],
)
def test_what_stands_in_the_way_is_found_before_anything_is_changed(
    root: Path, path: str, data: bytes | None
) -> None:
    before = tree_of(root)
    changes = {name: new for name, new in CHANGES.items() if not name.startswith((path, "national/deep"))}
    with refused("unreadable", path.partition("/a.md")[0], "directory"):
        commit(root, {**changes, path: data})
    assert tree_of(root) == before


def test_a_file_cannot_also_be_a_folder(root: Path) -> None:
    before = tree_of(root)
    with refused("unreadable", "not a directory"):
        commit(root, {"x": b"x", "x/y": b"y"})
    assert tree_of(root) == before


def test_an_edition_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with refused("unreadable", "no such file"):
        commit(tmp_path / "nowhere", {"a.md": b"a"})
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def disk(root: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder on a disk of its own, of 300 KB."""
    target = tmp_path / "disk"
    target.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(target)]
    if (
        not sys.platform.startswith("linux")
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield Path(shutil.copytree(root, target / "northtown"))
    finally:
        subprocess.run(["umount", "-l", str(target)], check=True)


def test_a_full_disk_is_told_and_everything_stays(disk: Path) -> None:
    before = tree_of(disk)
    with refused("unreadable", "no space left on device", "Nothing was changed"):
        commit(disk, {**CHANGES, "national/z.md": b"x" * 280_000}, undo="0001")
    assert tree_of(disk) == before
    commit(disk, CHANGES, undo="0001")
    undo(disk)
    assert tree_of(disk) == before


def test_a_folder_that_may_not_be_written_is_told_and_everything_stays(disk: Path) -> None:
    before = tree_of(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk.parent)], check=True)
    with refused("unreadable", "read-only file system", "Nothing was changed"):
        commit(disk, CHANGES)
    assert tree_of(disk) == before
    assert (recover(disk), undoable(disk), next_undo(disk)) == (False, "", "0001")


@pytest.mark.parametrize(
    ("name", "data"), [("national/deep/new.md", b"new"), ("national/deep/er/only.md", None)]
)
def test_a_folder_in_it_that_may_not_be_written_is_told_and_everything_stays(
    disk: Path, name: str, data: bytes | None
) -> None:
    before = tree_of(disk)
    deep = str(disk / "national" / "deep")
    lone = {name: new for name, new in CHANGES.items() if not name.startswith("national/deep")}
    subprocess.run(["mount", "--bind", deep, deep], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", deep], check=True)
        with refused("unreadable", "permission denied", "Nothing was changed"):
            commit(disk, {**lone, name: data})
        assert tree_of(disk) == before
    finally:
        subprocess.run(["umount", "-l", deep], check=True)


def test_a_folder_on_another_disk_is_told_and_everything_stays(root: Path, disk: Path) -> None:
    (root / "other").mkdir()
    subprocess.run(["mount", "--bind", str(disk), str(root / "other")], check=True)
    try:
        before = tree_of(root)
        with refused("unreadable", os.strerror(errno.EXDEV).lower(), "Nothing was changed"):
            commit(root, {**CHANGES, "other/edition.lock": b"new\n"})
        assert tree_of(root) == before
    finally:
        subprocess.run(["umount", "-l", str(root / "other")], check=True)


def test_ctrl_c_before_it_counts_leaves_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree_of(root)
    real, calls = os.fsync, []

    def interrupted(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 4:
            raise KeyboardInterrupt
        real(handle)

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        commit(root, CHANGES)
    assert tree_of(root) == before


def test_ctrl_c_once_it_counts_leaves_the_rest_for_the_next_command(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def interrupted(handle: int) -> None:
        if (root / RECORD).exists():
            raise KeyboardInterrupt
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            commit(root, CHANGES)
    assert files_of(root).items() >= BEFORE.items()
    assert recover(root) is True
    assert files_of(root)["national/leaf"] == b"now a file\n"
