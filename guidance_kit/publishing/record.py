"""What was found of an edition when its source tree was last written, and whether that still holds.

It holds if no file has been touched: of the edition, of what it is based on, of the tree, or of this package.
Size and times of each are compared, as Sphinx and others do; a file that was touched within the last moments
before it was read is not trusted, since some disks count time in steps.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.editing.writing import write_whole
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.libraries import library_root
from guidance_kit.version import __version__

NAME = ".guidance-record.json"
_PACKAGE = Path(__file__).resolve().parent.parent
_STEP = 2_000_000_000  # nanoseconds: the coarsest disks count in two seconds
_NOT_READ = ("_build", "attic", "__pycache__")


@attrs.frozen(kw_only=True)
class Record:
    """What is to be known of an edition to build it again from the tree as it stands."""

    id: str
    based_on: str
    roots: Mapping[str, str]
    pages: tuple[str, ...]
    problems: tuple[Problem, ...]


def now() -> int:
    """Return the time, to be taken before anything is read."""
    return time.time_ns()


def keep(root: Path, record: Record, begun: int) -> None:
    """Write a record beside the tree; where it cannot be kept, everything is simply done again."""
    with contextlib.suppress(OSError):
        _keep(root, record, begun)


def _keep(root: Path, record: Record, begun: int) -> None:
    stamp, newest = _stamp(root, record)
    value = {
        "stamp": stamp,
        "trusted": newest < begun - _STEP,
        **attrs.asdict(record, recurse=False),
        "problems": [
            [one.code, one.message, one.hint, one.place.path, one.place.line] for one in record.problems
        ],
    }
    write_whole(root / "_build" / NAME, (json.dumps(value, sort_keys=True) + "\n").encode())


def recall(root: Path) -> Record | None:
    """Return the record of an edition if it still holds."""
    try:
        value = json.loads((root / "_build" / NAME).read_text("utf-8"))
        record = _record(value)
        good = value["trusted"] and value["stamp"] == _stamp(root, record)[0]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return record if good else None


def _record(value: Mapping[str, Any]) -> Record:
    return Record(
        id=value["id"],
        based_on=value["based_on"],
        roots=value["roots"],
        pages=tuple(value["pages"]),
        problems=tuple(
            Problem(code, message, hint, Place(path, line))
            for code, message, hint, path, line in value["problems"]
        ),
    )


def _stamp(root: Path, record: Record) -> tuple[str, int]:
    """Return a fingerprint of all that a tree is made from and of the tree, and when it was last touched.

    The tree itself is our own work, so its times say nothing of when somebody wrote.
    """
    base, _ = library_root(record.based_on, root)
    said = [str(root), str(Path.cwd()), str(base), __version__, sys.version]
    said.append(dt.datetime.now(tz=dt.UTC).date().isoformat())  # a review may be overdue today
    newest = 0
    for folder in (root, base):
        for line, touched in _files(folder) if folder else ():
            said.append(line)
            newest = max(newest, touched)
    said += [line for folder in (root / "_build" / "source", _PACKAGE) for line, _ in _files(folder)]
    return hashlib.sha256("\n".join(said).encode("utf-8", "backslashreplace")).hexdigest(), newest


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Give a line for each file below a folder, in order, and when it was last touched."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name in _NOT_READ:
            continue
        if entry.is_symlink() and entry.is_dir():
            message = "a linked folder is not followed, so no record is kept"
            raise OSError(message)
        stat = entry.stat() if entry.is_file() else entry.stat(follow_symlinks=False)
        if entry.is_dir():
            yield f"{entry.path}/", 0
            yield from _files(Path(entry.path))
        else:
            touched = max(stat.st_mtime_ns, stat.st_ctime_ns)
            yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}", touched
