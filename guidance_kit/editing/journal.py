"""The journal of a change of many files: preparing it, the record that makes it count, carrying it out.

The new contents are first put in ``.guidance/journal/``; then a record of what is to be done takes its name
there. Before that moment nothing has happened; from it on the change counts as made, and is carried out by
whoever comes next. Each step can be done again without harm. The record is ``commit.json``::

    {"format": 1, "folders": ["local"], "steps": [
      {"path": "national/a.md", "staged": "0001", "sha256": "9f3c...", "was": "77ab..."},
      {"path": "national/b.md", "staged": null, "sha256": null, "was": "6d0e..."}]}

``staged`` is the file of the journal that takes its place at ``path`` (null: the file there is removed),
``was`` the sum of what stood there (null: nothing), and ``folders`` stay even if they are left empty.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import attrs
from attrs.validators import deep_iterable, instance_of, matches_re, optional

from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.writing import ATTIC, keep, plainly, settle, stay_inside
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.seals import newer_tool

if sys.platform != "win32":
    import fcntl

#: Where a change is prepared; it is there only while one is being made, or after one was cut short.
JOURNAL = ".guidance/journal"
#: The version of what is written in a record.
FORMAT = 1
_RECORD = "commit.json"
_UNFINISHED = (
    "Nothing is lost, but a change of this edition is not finished. Make room, or ask for the right to "
    "write here; the next command finishes it."
)
T = TypeVar("T")
#: The folders that this thread has to itself.
_HELD: ContextVar[frozenset[tuple[int, int]]] = ContextVar("held", default=frozenset())


@attrs.frozen
class Change:
    """What one file shall become (None: gone), what it is, and its permission bits if they are known."""

    path: str
    data: bytes | None
    old: bytes | None = None
    mode: int | None = None


@attrs.frozen
class _Step:
    path: str = attrs.field(validator=instance_of(str))
    staged: str | None = attrs.field(validator=optional(matches_re(r"[0-9]+")))
    sha256: str | None = attrs.field(validator=optional(instance_of(str)))
    was: str | None = attrs.field(validator=optional(instance_of(str)))


@attrs.frozen
class _Record:
    steps: tuple[_Step, ...]
    folders: tuple[str, ...] = attrs.field(validator=deep_iterable(instance_of(str)))


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Wait until no other process changes the files of this edition, where the system can tell.

    Whoever waited already does not wait again: an edit is planned and made in one such while.
    """
    with contextlib.ExitStack() as held:
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                handle = os.open(root, os.O_RDONLY)
                held.callback(os.close, handle)
                there = os.fstat(handle)
                which = (there.st_dev, there.st_ino)
                if which not in _HELD.get():
                    # The system lets go of it when the process ends, however that comes about.
                    fcntl.flock(handle, fcntl.LOCK_EX)
                    held.callback(_HELD.reset, _HELD.set(_HELD.get() | {which}))
        yield


def inside(root: Path, path: str) -> Path:
    """Return where a file of a change is; raise :class:`RefusedError` if that is not in the edition."""
    plain = PurePosixPath(path)
    one_spelling = str(plain) == path != "." and "\0" not in path
    if not one_spelling or plain.is_absolute() or ".." in plain.parts or f"{path}/".startswith(f"{JOURNAL}/"):
        words = f"This is no path of a file in the edition's folder, so nothing is written there: {path!r}."
        raise RefusedError(Problem("path-escape", words, "Name the file as in local/a.md.", Place(str(root))))
    stay_inside(root / path, root)
    return root / path


def digest(data: bytes | None) -> str | None:
    """Return the SHA-256 of some bytes; None, where there is no file, stays None."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def as_json(record: Mapping[str, object]) -> bytes:
    """Return the bytes of a record, with the number of its format."""
    return (json.dumps({"format": FORMAT, **record}, indent=1) + "\n").encode("ascii")


def read_record(path: Path, shape: Callable[[Any], T]) -> T:
    """Return what a record says; raise :class:`RefusedError` with ``lock-edited`` or ``newer-tool``."""
    try:
        data = json.loads(path.read_bytes())
        if data["format"] > FORMAT:
            raise RefusedError(newer_tool(Place(str(path))))
        return shape(data)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise edited(path) from error


def edited(path: Path) -> RefusedError:
    """Return what to raise when something that the tool keeps is not as the tool left it."""
    words = "This was changed by hand, or damaged, so what it stands for cannot be done."
    return RefusedError(
        Problem("lock-edited", words, "Put it back as it was, from a copy of the folder.", Place(str(path)))
    )


def begun(root: Path) -> bool:
    """Return whether anything is left of a change; an edition that keeps nothing is looked at once."""
    folder = (root / JOURNAL).parent
    try:
        return folder.is_dir() and ((root / JOURNAL).is_dir() or not any(folder.iterdir()))
    except FileNotFoundError:  # another command has just finished its own, and taken the folder away
        return False


def open_journal(root: Path) -> Path:
    """Return the folder to prepare a change in, made new; the edition's folder must be there."""
    journal = root / JOURNAL
    stay_inside(journal, root)
    journal.parent.mkdir(exist_ok=True)
    journal.mkdir(exist_ok=True)
    return journal


def prepare(journal: Path, plan: Iterable[Change], folders: Collection[str]) -> None:
    """Stage the new contents and write the record; when it takes its name, the change counts as made."""
    steps = []
    for number, change in enumerate(plan, 1):
        staged = None
        if change.data is not None:
            staged = f"{number:04}"
            _write(journal / staged, change.data, change.mode)
        step = _Step(change.path, staged, digest(change.data), digest(change.old))
        steps.append(attrs.asdict(step))
    temporary = journal / f"{_RECORD}.tmp"
    _write(temporary, as_json({"folders": sorted(folders), "steps": steps}))
    for folder in (journal, journal.parent, journal.parent.parent):
        settle(folder)
    temporary.replace(journal / _RECORD)  # the commit point
    settle(journal)


def _write(path: Path, data: bytes, mode: int | None = None) -> None:
    with path.open("wb") as file:
        if mode is not None:
            path.chmod(mode)  # before there is anything to read
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def finish(root: Path) -> bool:
    """Carry out what counts as made, throw away what does not, and return whether anything counted.

    Raises :class:`RefusedError` if it cannot be carried out; the journal then stays for another attempt.
    """
    journal = root / JOURNAL
    if not begun(root):
        return False
    stay_inside(journal, root)
    if not (journal / _RECORD).exists():
        throw_away(root)
        return False
    with plainly(journal, _UNFINISHED):
        record = read_record(journal / _RECORD, _as_record)
        _examine(root, record)
        _carry_out(root, record)
        (journal / _RECORD).unlink()
        settle(journal)
    throw_away(root)
    return True


def throw_away(root: Path) -> None:
    """Remove what is left in the journal, unless it counts; what cannot be removed does no harm."""
    journal = root / JOURNAL
    if (journal / _RECORD).exists():
        return
    shutil.rmtree(journal, ignore_errors=True)
    with contextlib.suppress(OSError):
        journal.parent.rmdir()


def _as_record(data: Any) -> _Record:  # noqa: ANN401 - JSON holds anything
    return _Record(tuple(_Step(**step) for step in data["steps"]), tuple(data["folders"]))


def _examine(root: Path, record: _Record) -> None:
    """Refuse a record that leads out, or whose staged files are others, before any step of it is done."""
    for step in record.steps:
        inside(root, step.path)
        staged = root / JOURNAL / (step.staged or "")
        if staged.is_file() and digest(staged.read_bytes()) != step.sha256:
            raise edited(staged)
        if step.staged and not staged.exists() and step.was != step.sha256:
            target = root / step.path
            if digest(target.read_bytes() if target.is_file() else None) == step.was:
                raise edited(staged)  # it was not put in its place, and is gone


def _carry_out(root: Path, record: _Record) -> None:
    writes = [(step, root / JOURNAL / step.staged) for step in record.steps if step.staged]
    # The first file that is put in its place comes after the last removal, so a staged file that is gone says
    # that the removals are done. What stands there now, under that name or as a folder, is not to be removed.
    if all(staged.exists() for _, staged in writes):
        needed = {str(folder) for step, _ in writes for folder in PurePosixPath(step.path).parents}
        gone = [step for step in record.steps if not step.staged]
        for step in gone:
            _remove(root, step, needed.union(record.folders))
        _settle_above(root, gone)
    for step, staged in writes:
        if staged.exists():
            _put(root, step, staged)
    _settle_above(root, [step for step, _ in writes])


def _remove(root: Path, step: _Step, needed: Collection[str]) -> None:
    """Remove a file, and the folders that this leaves empty unless they stay or something goes there."""
    target = root / step.path
    if target.is_dir():  # made for a new file, before the change was cut short
        return
    _keep_what_came_between(root, target, step)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for folder in PurePosixPath(step.path).parents[:-1]:
        if str(folder) in needed:
            return
        try:
            (root / folder).rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return


def _put(root: Path, step: _Step, staged: Path) -> None:
    target = root / step.path
    if target.is_symlink():
        target = target.resolve()
    _keep_what_came_between(root, target, step)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.replace(target)
    if target != root / step.path:
        settle(target.parent)


def _keep_what_came_between(root: Path, target: Path, step: _Step) -> None:
    """Keep a copy of what a person wrote after the change was cut short, before that is finished."""
    if target.is_file() and digest(target.read_bytes()) not in (step.was, step.sha256):
        stay_inside(root / ATTIC, root)
        keep(root, target)


def _settle_above(root: Path, steps: Iterable[_Step]) -> None:
    for folder in sorted({folder for step in steps for folder in PurePosixPath(step.path).parents}):
        settle(root / folder)  # one that is gone needs none
