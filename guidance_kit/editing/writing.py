"""Files of an edition, written whole or not at all; the old copy is kept in ``attic/``."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from guidance_kit.editing.done import RefusedError
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.overlays import MANIFEST

#: Where the copy of a file goes before it is written again; numbered, and never itself written again.
ATTIC = "attic"
_OWN = ("local", "national", ATTIC, ".guidance", MANIFEST, "edition.lock")
_NOTHING_CHANGED = (
    "Nothing was changed. Make room, or ask for the right to write here, then do the same again."
)


def begin(root: Path, name: str, text: str) -> dict[str, bytes]:
    """Return the change that writes a file of an edition which is not there yet."""
    path = root / name
    stay_inside(path, root)
    if path.exists():
        words = "There is a file here already, and it is left as it is."
        hint = "Edit that file, or move it away."
        raise RefusedError(Problem("would-overwrite", words, hint, Place(str(path))))
    return {name: _bytes_of(text, path)}


def rewrite(root: Path, name: str, text: str) -> tuple[dict[str, bytes], Path]:
    """Return the changes that write a file of an edition again and keep its old copy, and where that is."""
    path = root / name
    stay_inside(path, root)
    stay_inside(root / ATTIC, root)
    data = _bytes_of(text, path)
    with plainly(path):
        old = path.read_bytes()
        kept = _in_attic(root, path, old)
    return {name: data, kept.relative_to(root).as_posix(): old}, kept


def is_to_stay(path: Path) -> bool:
    """Return whether nobody may write a file: it is meant to stay as it is, whatever its folder allows."""
    return path.is_file() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK))


def _bytes_of(text: str, path: Path) -> bytes:
    """Return the bytes of a text; refuse what is none, and what nobody could read afterwards."""
    with contextlib.suppress(UnicodeEncodeError):
        if "\0" not in text:
            return text.encode("utf-8")
    words = "What is to be written holds characters that are none."
    hint = "Type it again, or copy it from a file that is saved as UTF-8."
    raise RefusedError(Problem("not-text", words, f"Nothing was written. {hint}", Place(str(path))))


@contextlib.contextmanager
def plainly(path: Path, hint: str = _NOTHING_CHANGED) -> Iterator[None]:
    """Turn what the system says of a file that cannot be written into a problem; it names the file meant."""
    try:
        yield
    except OSError as error:
        words = f"This cannot be written: {(error.strerror or type(error).__name__).lower()}."
        place = Place(str(error.filename2 or error.filename or path))
        raise RefusedError(Problem("unreadable", words, hint, place)) from error


@contextlib.contextmanager
def in_new(folder: Path) -> Iterator[None]:
    """Make a folder and those that it lies in; what was made and stays empty goes, if all is refused."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        with plainly(folder):
            folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for one in made:
            with contextlib.suppress(OSError):
                one.rmdir()
        raise


def stay_inside(path: Path, root: Path) -> None:
    """Refuse a path that leads out of the edition's folder, by its words or by a link in the file system."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        inside = False
    if not inside:
        words = "This path leads out of the edition's folder, so nothing is written there."
        hint = "Put the file or folder itself in the edition."
        raise RefusedError(Problem("path-escape", words, hint, Place(str(path))))


def kept_by(path: Path) -> Path | None:
    """Return the edition in whose own folders a path lies, where nothing else may write; None if in none."""
    full = path.resolve()
    for folder in full.parents:
        if (folder / MANIFEST).is_file() and full.relative_to(folder).parts[0] in _OWN:
            return folder
    return None


def keep(root: Path, path: Path) -> Path:
    """Copy a file to the attic under the next free number; the same bytes are kept once."""
    data = path.read_bytes()
    copy = _in_attic(root, path, data)
    if not copy.exists():
        write_whole(copy, data)
    return copy


def _in_attic(root: Path, path: Path, data: bytes) -> Path:
    """Return where the bytes of a file are kept, or will be: under the next free number."""
    number = 1
    while (copy := root / ATTIC / f"{path.stem}-{number}{path.suffix}").exists():
        if copy.read_bytes() == data:
            break
        number += 1
    return copy


def write_whole(path: Path, data: bytes) -> None:
    """Write through a temporary file in the same folder, which takes the place of the old one at once."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.{os.getpid()}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Ask the system to note the new name too, where it can be asked."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
