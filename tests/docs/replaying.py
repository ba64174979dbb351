"""A page of the manual as a play: what is installed, the day, the commands, and the files a reader edits.

Lines that Markdown hides set the scene, and stand where they happen::

    % desk: docs/example/_releases/1.4.0        an empty folder, and that release of the national guidance
    % installed: docs/example/_releases/1.5.0   a newer release is installed
    % today: 2026-05-12                    the day on which commands run
    % run: guidance-kit new northtown ...  a command that the page does not show
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from manual_pages import ROOT, Example, examples_of

from guidance_kit.cli import main
from guidance_kit.reading import libraries
from guidance_kit.upgrading import sources

_SCENE = re.compile(r"^% (?P<key>desk|installed|today|run): (?P<value>.+)$")


@attrs.frozen
class Scene:
    """A hidden line of a page: what it sets, to what, and where it stands."""

    key: str
    value: str
    line: int


def is_play(page: Path) -> bool:
    return any(_SCENE.match(line) for line in page.read_text(encoding="utf-8").splitlines())


def steps_of(page: Path) -> list[Scene | Example]:
    """Return what happens on a page, in order."""
    examples = list(examples_of(page))
    inside = {
        line
        for one in examples
        for line in range(one.line, one.line + one.text.count("\n") + one.options + 2)
    }
    scenes = [
        Scene(match["key"], match["value"].strip(), number)
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
        if (match := _SCENE.match(line)) and number not in inside
    ]
    return sorted([*examples, *scenes], key=lambda one: one.line)


class Stage:
    """A folder to play in; everything that is installed or dated belongs to the play alone."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._all, self._patch, self._desks = folder, patch, 0
        self.folder = folder

    def set(self, scene: Scene) -> None:
        """Do what a hidden line says."""
        if scene.key == "run":
            code, said = self.run(scene.value)
            assert code == 0, f"line {scene.line}: {scene.value}\n{said}"
        elif scene.key == "today":
            day = dt.datetime.fromisoformat(scene.value).replace(tzinfo=dt.UTC)
            self._patch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
        else:
            if scene.key == "desk":
                self._desks += 1
                self.folder = self._all / str(self._desks)
                self.folder.mkdir()
                self._patch.chdir(self.folder)
            self._install(ROOT / scene.value)

    def _install(self, release: Path) -> None:
        assert (release / "library.toml").is_file(), release
        for module in (libraries, sources):
            self._patch.setattr(module, "content_root", lambda: release)

    def run(self, command: str) -> tuple[int, str]:
        """Return the exit code of a command, and what it prints; with ``> FILE`` the file gets the result."""
        name, *args = shlex.split(command)
        assert name == "guidance-kit", command
        to_file = args[-1] if ">" in args else ""
        args = args[: args.index(">")] if to_file else args
        said, out = io.BytesIO(), io.BytesIO()
        printed = io.TextIOWrapper(said, encoding="utf-8", write_through=True)
        result = io.TextIOWrapper(out, encoding="utf-8", write_through=True) if to_file else printed
        with contextlib.redirect_stdout(result), contextlib.redirect_stderr(printed), _no_answers():
            code = main(args)
        if to_file:
            (self.folder / to_file).write_bytes(out.getvalue())
        return code, tidy(said.getvalue().decode("utf-8"))


@contextlib.contextmanager
def _no_answers() -> Iterator[None]:
    """Let nothing be asked of whoever runs the tests."""
    was, sys.stdin = sys.stdin, io.StringIO()
    try:
        yield
    finally:
        sys.stdin = was


def tidy(said: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in said.strip().splitlines())
