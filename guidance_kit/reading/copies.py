"""What people and programs that copy files leave beside ``edition.toml`` and ``local/``: nobody reads it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from guidance_kit.problems import Place, Problem
from guidance_kit.reading.walking import walk

_LOCAL, _LIBRARY = "local", "library.toml"
#: No letter may follow: "editions.toml" and "localities" are other words, and somebody's own.
_ENDS = r"(?![^\W\d_]).*"
_FILE = re.compile(rf"edition{_ENDS}(?P<end>\.toml|\.lock)", re.IGNORECASE | re.DOTALL)
_FOLDER = re.compile(rf"{_LOCAL}{_ENDS}", re.IGNORECASE | re.DOTALL)
_WORK = (".md", ".toml")  # what else such a folder holds is nothing that would be read in local/
_AWAY = "delete it or move it out of this folder."


def copies(root: Path) -> Iterator[Problem]:
    """Give a problem for each file or folder that is named almost like one that an edition has."""
    names: list[str] = []
    with contextlib.suppress(OSError):  # a folder that cannot be listed can be read all the same
        names = sorted(path.name for path in root.iterdir())
    if _LIBRARY in names:
        return
    for name in names:
        path = root / name
        match = _FILE.fullmatch(name)
        meant = f"edition{match['end'].lower()}" if match else _LOCAL
        is_read = name == meant or _is_it_by_another_name(path, meant, names)
        if match and not is_read and path.is_file():
            yield _file(path, root / meant)
        elif _FOLDER.fullmatch(name) and not is_read and _holds_work(path):
            yield _folder(path, there=meant in names)


def _is_it_by_another_name(path: Path, meant: str, names: list[str]) -> bool:
    """Return whether a file or folder is read, as its disk makes no difference of capital letters."""
    return path.name.lower() == meant and meant not in names and path.with_name(meant).exists()


def _holds_work(folder: Path) -> bool:
    return folder.is_dir() and any(file.suffix in _WORK for file in walk(folder).files)


def _file(path: Path, meant: Path) -> Problem:
    if not meant.is_file():
        words = f"Nothing reads this file, and there is no {meant.name}."
        return Problem("misnamed", words, f"If it is the one that is meant, call it {meant.name}.", _at(path))
    if meant.suffix == ".lock":
        words = f"Nothing reads this file: the records that count stand in {meant.name}."
        return Problem("unused", words, f"If you do not need it, {_AWAY}", _at(path))
    with contextlib.suppress(OSError):
        if path.read_bytes() == meant.read_bytes():
            words = f"Nothing reads this file: it is a copy of {meant.name}, and says the same."
            return Problem("unused", words, f"If you do not need it, {_AWAY}", _at(path))
    words = f"Nothing reads this file: only what stands in {meant.name} counts."
    hint = f"Write what belongs in {meant.name} there by hand. Then {_AWAY}"
    return Problem("copy-unread", words, hint, _at(path))


def _folder(path: Path, *, there: bool) -> Problem:
    words = f"What is in this folder is not read: your own words stand in {_LOCAL}/"
    if not there:
        return Problem("misnamed", f"{words}.", f"Call it {_LOCAL}.", _at(path))
    hint = f"Put what belongs in {_LOCAL}/ there by hand. Then {_AWAY}"
    code = "misnamed" if path.name.lower() == _LOCAL else "copy-unread"  # who wrote there meant the folder
    return Problem(code, f"{words}, which is there too.", hint, _at(path))


def _at(path: Path) -> Place:
    return Place(str(path).encode("utf-8", "backslashreplace").decode())
