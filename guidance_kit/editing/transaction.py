"""Many files of an edition changed as one: a kill at any moment leaves all of the change, or none of it.

:func:`commit` makes the change, :func:`recover` finishes one that was cut short, :func:`undo` puts back the
last one that was kept. How that is done stands in :mod:`guidance_kit.editing.journal`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import attrs
from attrs.validators import deep_iterable, instance_of, matches_re, optional

from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.journal import (
    Change,
    alone,
    as_json,
    begun,
    digest,
    edited,
    finish,
    inside,
    open_journal,
    prepare,
    read_record,
    throw_away,
)
from guidance_kit.editing.writing import is_to_stay, plainly, stay_inside
from guidance_kit.problems import Place, Problem

#: What can be put back: a numbered folder for each change that asked for it, ``undo.json`` and old files.
UNDO = ".guidance/undo"
_RECORD = "undo.json"


@attrs.frozen
class _File:
    """The sums of what a file was and of what the change made of it, and its copy; None: it is not there.

    Copies have numbers for names: a path put below another folder can be too long for the system.
    """

    path: str = attrs.field(validator=instance_of(str))
    was: str | None = attrs.field(validator=optional(instance_of(str)))
    made: str | None = attrs.field(validator=optional(instance_of(str)))
    copy: str | None = attrs.field(validator=optional(matches_re(r"[0-9]+")))


@attrs.frozen
class _Undo:
    """What a change did; ``folders`` were there before, and stay if they are left empty."""

    files: tuple[_File, ...]
    folders: tuple[str, ...] = attrs.field(validator=deep_iterable(instance_of(str)))


def commit(
    root: Path, changes: Mapping[str, bytes | None], *, undo: str = "", stay: Collection[str] = ()
) -> None:
    """Make every file of ``changes`` what it shall be (None: gone), all of them or none, and return nothing.

    Paths are relative to ``root``, with forward slashes. Files that are already as they shall be are not
    touched. With a name for ``undo``, as :func:`next_undo` gives it, the same change keeps what :func:`undo`
    needs to put everything back. Folders that are left empty go, but for those that are to ``stay``.

    Raises :class:`RefusedError` with ``path-escape``, ``would-overwrite`` or ``unreadable``: then nothing was
    changed, or, if its hint says so, the next command finishes it.
    """
    if undo and not undo.isdecimal():
        message = f"not a number: {undo}"
        raise ValueError(message)
    with alone(root):
        finish(root)
        _commit(root, changes, undo=undo, folders=stay)


def recover(root: Path) -> bool:
    """Carry out a change that was cut short after it counted as made, and return whether there was one.

    What was prepared for a change that never counted is thrown away. Raises :class:`RefusedError` with
    ``unreadable`` if the files cannot be written, ``lock-edited`` or ``newer-tool`` if the record cannot be
    used, ``path-escape`` if it leads out.
    """
    if not begun(root):
        return False
    with alone(root):
        return finish(root)


def next_undo(root: Path) -> str:
    """Return the next free name of a record for :func:`commit` to keep: ``0001`` and so on.

    A change that was cut short is finished first, so this raises as :func:`recover` does.
    """
    recover(root)
    return f"{max((int(folder.name) for folder in _kept(root)), default=0) + 1:04}"


def undoable(root: Path) -> str:
    """Return the name of the newest change that can be put back, or an empty string.

    A change that was cut short is finished first, so this raises as :func:`recover` does.
    """
    recover(root)
    return _newest(root)


def _nothing(_path: str) -> bool:
    return False


def undo(root: Path, stays: Callable[[str], bool] = _nothing) -> None:
    """Put back the newest change that was kept, byte for byte, and forget it; return nothing.

    Files for which ``stays`` is true stay as they are if somebody has changed them since.

    Raises :class:`RefusedError` with ``not-found`` if there is none, ``would-overwrite`` with the names of
    files that changed since, ``lock-edited`` if what was kept was changed, and as :func:`commit` does.
    """
    with alone(root):
        finish(root)
        name = _newest(root)
        if not name:
            hint = "Only a change that the tool made to many files at once can be undone."
            raise RefusedError(Problem("not-found", "There is nothing to undo.", hint, Place(str(root))))
        with plainly(root):
            changes, modes, folders = _put_back(root, f"{UNDO}/{name}", stays)
        _commit(root, changes, modes=modes, folders=folders)


def _commit(
    root: Path,
    changes: Mapping[str, bytes | None],
    *,
    undo: str = "",
    modes: Mapping[str, int] | None = None,
    folders: Collection[str] = (),
) -> None:
    with plainly(root):
        plan = list(_planned(root, changes, modes or {}))
        if not plan:
            return
        plan += list(_for_undo(root, f"{UNDO}/{undo}", plan)) if undo else ()
        try:
            journal = open_journal(root)
            _check(root, plan, journal.stat().st_dev)
            prepare(journal, plan, folders)
        except BaseException:
            throw_away(root)
            raise
    finish(root)


def _planned(root: Path, changes: Mapping[str, bytes | None], modes: Mapping[str, int]) -> Iterator[Change]:
    # Where "A.md" and "a.md" are one file, one that goes and one that comes are a change of name.
    going = {path.casefold() for path, data in changes.items() if data is None}
    for path, data in sorted(changes.items()):
        target = inside(root, path)
        old = target.read_bytes() if target.is_file() else None
        mode = target.stat().st_mode & 0o777 if old is not None else modes.get(path)
        if data is None and target.is_dir():
            raise _fault(errno.EISDIR, target)
        if data != old or (data is not None and path.casefold() in going):
            yield Change(path, data, old, mode)


def _check(root: Path, plan: list[Change], disk: int) -> None:
    """Raise what the system would say in the middle of the change, while nothing has been done yet."""
    gone = {change.path for change in plan if change.data is None}
    written = {change.path for change in plan if change.data is not None}
    for change in plan:
        target, folder = root / change.path, _folder_of(root, change.path, gone)
        if target.is_dir() and not _is_emptied(root, target, gone):
            raise _fault(errno.EISDIR, target)
        if change.data is not None and not written.isdisjoint(map(str, PurePosixPath(change.path).parents)):
            raise _fault(errno.ENOTDIR, target)
        if is_to_stay(target):
            raise _fault(errno.EACCES, target)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _fault(errno.EACCES, folder)
        if folder.stat().st_dev != disk:
            raise _fault(errno.EXDEV, folder)


def _folder_of(root: Path, path: str, gone: Collection[str] = ()) -> Path:
    """Return the nearest folder above a path that is there, or can be made once the files ``gone`` are."""
    for parent in PurePosixPath(path).parents:
        if (root / parent).is_dir():
            return root / parent
        if os.path.lexists(root / parent) and str(parent) not in gone:
            raise _fault(errno.ENOTDIR, root / parent)
    return root


def _is_emptied(root: Path, folder: Path, gone: Collection[str]) -> bool:
    """Return whether a folder makes way because every file in it goes."""
    held = list(folder.iterdir())
    return bool(held) and all(
        _is_emptied(root, path, gone) if path.is_dir() else path.relative_to(root).as_posix() in gone
        for path in held
    )


def _fault(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _for_undo(root: Path, folder: str, plan: list[Change]) -> Iterator[Change]:
    """Give the files of the record that :func:`undo` reads: what the change does, and the old bytes."""
    if (root / folder).exists():
        words = "Something is kept here already, and it is left as it is."
        hint = "Do the same again: the next free number is then used."
        raise RefusedError(Problem("would-overwrite", words, hint, Place(str(root / folder))))
    new = [change.path for change in plan if change.old is None]
    gone = {change.path for change in plan if change.data is None}
    there = {_folder_of(root, path, gone).relative_to(root).as_posix() for path in new} - {"."}
    files = []
    for number, each in enumerate(plan, 1):
        copy = None if each.old is None else f"{number:04}"
        files.append(_File(each.path, digest(each.old), digest(each.data), copy))
        if copy:
            yield Change(f"{folder}/{copy}", each.old, mode=each.mode)
    record = attrs.asdict(_Undo(tuple(files), tuple(sorted(there))))
    yield Change(f"{folder}/{_RECORD}", as_json(record))


def _put_back(
    root: Path, folder: str, stays: Callable[[str], bool]
) -> tuple[dict[str, bytes | None], dict[str, int], tuple[str, ...]]:
    """Return the changes that put everything back, the permission bits of what returns, and what stays."""
    record = read_record(root / folder / _RECORD, _as_undo)
    changed = _changed_since(root, record)
    left = {path for path in changed if stays(path)}
    _refuse_if_changed(root, [path for path in changed if path not in left])
    # The record goes with the change that it was kept for.
    kept = [path for path in (root / folder).rglob("*") if not path.is_dir()]
    changes: dict[str, bytes | None] = {path.relative_to(root).as_posix(): None for path in kept}
    modes = {}
    for each in record.files:
        if each.path in left:
            continue
        changes[each.path] = None
        if each.copy:
            copy = root / folder / each.copy
            stay_inside(copy, root)
            data = copy.read_bytes()
            if digest(data) != each.was:
                raise edited(copy)
            changes[each.path] = data
            modes[each.path] = copy.stat().st_mode & 0o777
    return changes, modes, record.folders


def _as_undo(data: Any) -> _Undo:  # noqa: ANN401 - JSON holds anything
    return _Undo(tuple(_File(**each) for each in data["files"]), tuple(data["folders"]))


def _changed_since(root: Path, record: _Undo) -> list[str]:
    paths = {each.path: inside(root, each.path) for each in record.files}
    now = {name: digest(path.read_bytes() if path.is_file() else None) for name, path in paths.items()}
    return [each.path for each in record.files if now[each.path] != each.made]


def _refuse_if_changed(root: Path, changed: list[str]) -> None:
    if changed:
        words = f"This would undo later work too, in files that changed since: {', '.join(changed)}."
        hint = "Put those files back as they were after the change, or leave everything as it is now."
        raise RefusedError(Problem("would-overwrite", words, hint, Place(str(root))))


def _kept(root: Path) -> list[Path]:
    return [folder for folder in (root / UNDO).glob("*") if folder.name.isdecimal()]


def _newest(root: Path) -> str:
    names = [folder.name for folder in _kept(root) if (folder / _RECORD).is_file()]
    return max(names, key=int, default="")
