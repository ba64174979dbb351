"""Kills a command at one of its writes, or at each of them, and looks at what the next command finds.

At one write (leave N out to take it from ``GUIDANCE_KIT_KILL_AT``; 0 kills nothing and tells how many there are)::

    python kill_driver.py 7 guidance_kit.cli.commands:main upgrade northtown
    python kill_driver.py northtown/.guidance/journal/commit.json guidance_kit.cli.commands:main upgrade northtown

A path instead of a number means the first write made once that path is there. The function is called with the list of words after it. Its process gets SIGKILL where the seventh change to
the file system would be made: a file opened for writing, written, named anew, removed, given other
permissions, or made safe (fsync). A write that is hit leaves half of what it should have written.

At each write, one after the other, of a command that changes the folder northtown::

    python kill_driver.py each northtown guidance_kit.cli.commands:main upgrade northtown
    python kill_driver.py each --reopen guidance_kit.upgrading:open_edition --every 5 northtown ...

The folder is put back, the command is killed at its first write, and the folder is opened as the next command
opens it: a function that gets the path, by default ``recover``. Then it must be, path for path and byte for
byte, as it was before the command or as it is after; if before, the command is done again and must come to
its end. From the same state opening is also killed, again and again, each time further on, until it comes to
its end; with ``--deep``, once at each of its writes, every time from that state. Then the same for the
second write of the command, and so on, until it comes to its end. ``--power-cut`` also empties files that were
not made safe by fsync before the kill. (Names that were not made safe are not lost: that is not shown.)

A report in JSON is printed: ``kills`` counts the points, ``before`` and ``after`` what was found, ``reopening``
how often opening was killed, and ``between`` lists what should not be; if it is not empty the exit code is 1.
From a test, :func:`everywhere` does that in a process of its own, and :func:`tree_of` gives what is compared.
"""

from __future__ import annotations

import argparse
import builtins
import gc
import importlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

RECOVER = "guidance_kit.editing.transaction:recover"
#: What changes the file system, or makes a change of it safe; ``os.open`` and ``os.write`` are seen to below.
CHANGES = (
    *("replace", "rename", "unlink", "remove", "rmdir", "mkdir", "link", "symlink"),
    *("truncate", "ftruncate", "chmod", "fchmod", "utime", "sendfile", "copy_file_range"),
)


def tree_of(root: Path) -> dict[str, bytes]:
    """Return what a folder holds: files with their bytes, folders with a slash, links with where they lead."""
    tree = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            tree[f"{name}@"] = os.fsencode(path.readlink())
        elif path.is_dir():
            tree[f"{name}/"] = b""
        else:
            tree[name] = path.read_bytes()
    return tree


def everywhere(root: Path, *command: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    """Kill a command at each of its writes, in a process of its own, and return the report."""
    from tested import PACKAGES

    words = [sys.executable, __file__, "each", *options, str(root), *command]
    env = {**os.environ, "PYTHONPATH": str(PACKAGES)}
    ran = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    return json.loads(ran.stdout)


class Killer:
    """Counts the writes of this process, and kills it where the chosen one would be made."""

    def __init__(self, at: int | Path, *, power_cut: bool = False) -> None:
        self.at, self.power_cut, self.count = at, power_cut, 0
        self._unsafe: dict[tuple[int, int], int] = {}
        self._real = {name: getattr(os, name) for name in ("open", "write", "fsync", "ftruncate", "kill")}
        self._open = builtins.open

    def strike(self, half: Callable[[], object] = lambda: None) -> None:
        """Count a write, and die if it is the chosen one, with half of it done."""
        self.count += 1
        if self.at.exists() if isinstance(self.at, Path) else self.count == self.at:
            half()
            for handle in self._unsafe.values():
                self._real["ftruncate"](handle, 0)
            self._real["kill"](os.getpid(), signal.SIGKILL)

    def arm(self) -> None:
        """Put the count in front of everything that changes the file system; this lasts for the process."""
        for name in CHANGES:
            if hasattr(os, name):
                setattr(os, name, self._counted(getattr(os, name)))
        os.open, os.write, os.fsync = self._os_open, self._os_write, self._os_fsync
        builtins.open = io.open = self._io_open

    def note(self, handle: int) -> None:
        """Remember a file as written and not yet safe."""
        if self.power_cut:
            status = os.fstat(handle)
            self._unsafe.setdefault((status.st_dev, status.st_ino), os.dup(handle))

    def _counted(self, real: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: Any, **kwargs: Any) -> object:
            self.strike()
            return real(*args, **kwargs)

        return counted

    def _os_open(self, path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        writing = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writing:
            self.strike()
        handle = self._real["open"](path, flags, *args, **kwargs)
        if writing:
            self.note(handle)
        return handle

    def _os_write(self, handle: int, data: bytes) -> int:
        self.strike(lambda: self._real["write"](handle, data[: len(data) // 2]))
        self.note(handle)
        return self._real["write"](handle, data)

    def _os_fsync(self, handle: int) -> None:
        self.strike()
        self._real["fsync"](handle)
        status = os.fstat(handle)
        if copy := self._unsafe.pop((status.st_dev, status.st_ino), None):
            os.close(copy)

    def _io_open(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if not set(mode) & set("wax+"):
            return self._open(file, mode, *args, **kwargs)
        self.strike()
        opened = self._open(file, mode, *args, **kwargs)
        self.note(opened.fileno())
        return Torn(opened, self)


class Torn:
    """A file open for writing, of which half a write may be all that is left."""

    def __init__(self, file: Any, killer: Killer) -> None:
        self._file, self._killer = file, killer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        self._file.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._file.__exit__(*error)

    def __iter__(self) -> Any:
        return iter(self._file)

    def write(self, data: Any) -> int:
        self._killer.strike(lambda: (self._file.write(data[: len(data) // 2]), self._file.flush()))
        self._killer.note(self._file.fileno())
        return self._file.write(data)


def dies(action: Callable[[], object], at: int, *, power_cut: bool = False) -> bool:
    """Run something in a process of its own, and return whether it was killed before it came to its end."""
    gc.freeze()  # a collection in the copy would copy every page of memory
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what the command says is not asked for
            Killer(at, power_cut=power_cut).arm()
            action()
        except BaseException:  # noqa: BLE001 - nothing may go on in the copy of this process
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(70)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert status == 0, f"failed when killed at {at}"
    return False


class Sweep:
    """Kills a command at each of its writes and gathers what is found; what was seen before is not done again."""

    def __init__(self, act: Callable[[], object], reopen: Callable[[], object], how: argparse.Namespace):
        self.act, self.reopen, self.root = act, reopen, how.root
        self.every, self.deep, self.power_cut = how.every, how.deep, how.power_cut
        self.report: dict[str, Any] = {"kills": 0, "before": 0, "after": 0, "reopening": 0, "between": []}
        self.before = tree_of(how.root)
        self._came: dict[frozenset, str] = {}
        self._sound: set[tuple[frozenset, str]] = set()

    def run(self) -> dict[str, Any]:
        """Return the report; the folder is left as the command leaves it."""
        with tempfile.TemporaryDirectory(dir=self.root.parent) as name:
            clean, struck = Path(name, "clean"), Path(name, "struck")
            self._copy(self.root, clean)
            assert not dies(self.act, 0)
            self.after = tree_of(self.root)
            self._copy(clean, self.root)
            at = 1
            while dies(self.act, at, power_cut=self.power_cut):
                self.report["kills"] += 1
                state = frozenset(tree_of(self.root).items())
                if state not in self._came:
                    self._copy(self.root, struck)
                    self._came[state] = self._opened(f"killed at {at}", struck)
                self.report[self._came[state]] += 1
                self._copy(clean, self.root)
                at += self.every
            self._look(f"not killed at {at}", self.after)
        return self.report

    def _opened(self, when: str, struck: Path) -> str:
        """Open the folder as it was left, and return whether it is as before or as after."""
        assert not dies(self.reopen, 0)
        came = "after" if self.report["after"] or tree_of(self.root) == self.after else "before"
        expected = self.after if came == "after" else self.before
        self._look(when, expected)
        if came == "before":
            assert not dies(self.act, 0)
            self._look(f"{when}, done again", self.after)
        self._copy(struck, self.root)
        again = 1
        while dies(self.reopen, again, power_cut=self.power_cut):
            self.report["reopening"] += 1
            if self.deep:
                self._reopened(f"{when}, opening at {again}", came, expected)
                self._copy(struck, self.root)
            again += 1 if self.deep else 1 + again // 4
        self._look(f"{when}, opening killed up to {again}", expected)
        return came

    def _reopened(self, when: str, came: str, expected: dict[str, bytes]) -> None:
        state = frozenset(tree_of(self.root).items())
        if (state, came) not in self._sound:
            assert not dies(self.reopen, 0)
            self._look(when, expected)
            self._sound.add((state, came))

    def _look(self, when: str, expected: dict[str, bytes]) -> None:
        found = tree_of(self.root)
        other = sorted(key for key in {*found, *expected} if found.get(key) != expected.get(key))
        if other:
            self.report["between"].append(f"{when}: {', '.join(other)}")

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(source, target, symlinks=True)


def named(words: str) -> Callable[..., object]:
    """Return the function that ``python.module:function`` names."""
    module, _, function = words.partition(":")
    return getattr(importlib.import_module(module), function)


def once(words: list[str]) -> int:
    """Run a command and kill it at one write; return its exit code if it comes to its end before."""
    at = os.environ["GUIDANCE_KIT_KILL_AT"] if ":" in words[0] else words.pop(0)
    function = named(words[0])
    killer = Killer(int(at) if at.isdecimal() else Path(at))
    killer.arm()
    code = function(words[1:])
    sys.stderr.write(f"{killer.count} writes\n")
    return code if isinstance(code, int) else 0


def main(words: list[str]) -> int:
    """Do as the words say, and return the exit code."""
    sys.path.append(str(Path(__file__).parents[1]))  # tested.py, for functions of tests
    if words[0] != "each":
        return once(words)
    parser = argparse.ArgumentParser(prog="kill_driver.py each")
    parser.add_argument("--reopen", default=RECOVER)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--deep", action="store_true")
    parser.add_argument("--power-cut", action="store_true")
    parser.add_argument("root", type=Path)
    parser.add_argument("function")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    given = parser.parse_args(words[1:])
    act, reopen = named(given.function), named(given.reopen)
    report = Sweep(lambda: act(given.words), lambda: reopen(given.root), given).run()
    sys.stdout.write(json.dumps(report))
    return 1 if report["between"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
