"""A change of many files, what it is made from, and what is run to be killed in the middle of it."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from kill_driver import tree_of
from tested import PACKAGES

from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.transaction import commit, undo, undoable

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


def kill_when_there(root: Path, name: str) -> None:
    words = [sys.executable, DRIVER, root / name, "many_files:change", root]
    assert subprocess.run(words, env=ENV, check=False).returncode == -signal.SIGKILL
    assert (root / RECORD).exists()


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
