"""The files below a folder, and a problem for each that cannot be had."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from guidance_kit.model.left_by_systems import left_by_a_system
from guidance_kit.problems import Place, Problem

_PRIVATE = ("_", ".")
Say = Callable[[Problem], None]


@attrs.frozen
class Found:
    """What stands below a folder: the files in order of path, and every problem met on the way."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def walk(root: Path) -> Found:
    """Return the files below a folder, leaving out hidden and private ones; nothing if it is not there."""
    problems: list[Problem] = []
    if not root.exists():
        return Found((), ())
    files = sorted(_walk(root, problems.append), key=lambda path: path.relative_to(root).as_posix())
    return Found(tuple(files), tuple(problems))


def is_passed_over(name: str) -> bool:
    """Return whether nobody reads a file or folder of this name: hidden, private or left by a system."""
    return name.startswith(_PRIVATE) or left_by_a_system(name)


def escapes(path: Path, root: Path) -> bool:
    """Return whether a path, links followed, lies outside a folder."""
    return not path.resolve().is_relative_to(root.resolve())


def _walk(root: Path, say: Say) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        say(_refused(Path(error.filename), error))

    for folder, inner, names in os.walk(root, onerror=refused):
        kept = [name for name in sorted(inner) if not is_passed_over(name)]
        inner[:] = [name for name in kept if not _is_link(Path(folder, name), root, say)]
        for name in names:
            if not is_passed_over(name) and _is_good(Path(folder, name), root, say):
                yield Path(folder, name)


def _is_link(folder: Path, root: Path, say: Say) -> bool:
    """Return whether a folder is a link; one that stays inside is read at its true place."""
    if folder.is_symlink() and escapes(folder, root):
        say(_escape(folder))
    return folder.is_symlink()


def _is_good(path: Path, root: Path, say: Say) -> bool:
    """Return whether a file can be read and stays in its folder; a problem if not."""
    problem = _name_fault(path)
    try:
        mode = path.lstat().st_mode
        link = stat.S_ISLNK(mode)  # nothing else leads out: the folders on the way are none
        mode = path.stat().st_mode if link else mode
    except FileNotFoundError:
        problem = Problem(
            "not-found", "This is a link to a file that is not there.", "Put the file itself here.", _at(path)
        )
    except OSError as error:
        problem = _refused(path, error)
    else:
        if not stat.S_ISREG(mode):
            problem = Problem("unreadable", "This is not a file that can be read.", "Remove it.", _at(path))
        elif link and escapes(path, root):
            problem = _escape(path)
    if problem:
        say(problem)
    return problem is None


def _name_fault(path: Path) -> Problem | None:
    name = path.name
    try:
        name.encode()
    except UnicodeEncodeError:
        return Problem("unreadable", "The name of this file is not text.", "Rename it.", _at(path))
    if not name.isprintable():
        words = "The name of this file holds a hidden character."
        return Problem("unreadable", words, "Rename it.", _at(path))
    if path.suffix != ".md" and path.suffix.lower() in (".md", ".markdown"):
        words = f'This page ends in "{path.suffix}", so nothing reads it.'
        return Problem("unreadable", words, "Rename it to end in .md.", _at(path))
    return None


def _escape(path: Path) -> Problem:
    words = "This is a link that leads out of its folder."
    return Problem("path-escape", words, "Put the file itself in the folder.", _at(path))


def _refused(path: Path, error: OSError) -> Problem:
    why = (error.strerror or type(error).__name__).lower()
    return Problem("unreadable", f"This cannot be opened: {why}.", "Check that you may open it.", _at(path))


def _at(path: Path) -> Place:
    return Place(str(path).encode("utf-8", "backslashreplace").decode())
