"""A change of many files that cannot be made is refused in plain words, and every file stays."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kill_driver import tree_of
from many_files import BEFORE, CHANGES, JOURNAL, RECORD, files_of, fill, refused

from guidance_kit.editing.transaction import commit, next_undo, recover, undo, undoable


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
