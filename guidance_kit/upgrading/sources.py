"""The newest state of what an edition is based on: an installed library, a folder, or another edition."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import attrs

from guidance_kit.checking import check_library
from guidance_kit.exporting.as_library import as_library
from guidance_kit.model.library import Library
from guidance_kit.problems import Place, Problem, Severity, in_order, typed
from guidance_kit.reading.folders import MANIFEST, read_library_folder
from guidance_kit.reading.libraries import content_root, library_root, read_named_library
from guidance_kit.reading.overlays import MANIFEST as EDITION
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.reading.walking import walk
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.version import __version__

#: The errors with which an edition is still sound to build on: readers of it see the national words first.
TAKEN = ("safety-unreviewed",)


@attrs.frozen
class Available:
    """A state of the base that an edition could be composed from: read, and file by file as it is kept.

    ``opened`` is the edition that gives it, if that is one.
    """

    library: Library
    files: Mapping[str, bytes] = attrs.field(repr=False)
    opened: Opened | None = attrs.field(default=None, repr=False)


Found = tuple[Available | None, tuple[Problem, ...]]


def available(root: Path, based_on: str, above: tuple[Path, ...] = (), like: Library | None = None) -> Found:
    """Return what the edition in a folder is based on, as it is to be had now, and every problem.

    What has an error is not taken: a change for safety whose declaration cannot be read would come as any
    other, and an item that cannot be read would be told as withdrawn. ``above`` are the editions that led
    here: one that comes again is a circle. ``like`` is the state that the edition is composed from, so that
    what has not changed need not be read again.
    """
    parent = root / based_on
    if is_edition(parent):
        return _edition(root, parent, (*above, root.resolve()))
    folder, problems = library_root(based_on, root)
    if folder is None:
        return None, problems
    library, problems = read_named_library(based_on, root, like)
    wrong = sum(one.severity is Severity.ERROR for one in problems)
    if library is None or wrong:
        return None, (_damaged(root, based_on, wrong), *problems)
    return Available(library, _bytes_in(folder)), problems


def installed_files(root: Path, based_on: str) -> dict[str, bytes] | None:
    """Return the files of the library that an edition is based on, unread; None if that is an edition."""
    if is_edition(root / based_on):
        return None
    folder, _ = library_root(based_on, root)
    return _bytes_in(folder) if folder else None


def is_edition(folder: Path) -> bool:
    """Return whether a folder holds an edition, and not a library."""
    return not (folder / MANIFEST).is_file() and (folder / EDITION).is_file()


def _bytes_in(folder: Path) -> dict[str, bytes]:
    found = walk(folder)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found.files if _kept(path)}
    if folder == content_root() and b"\nversion" not in files[MANIFEST]:
        # the core's version is that of the package; a copy of it has to say so itself
        head = b"[library]\n"
        files[MANIFEST] = files[MANIFEST].replace(head, head + f'version   = "{__version__}"\n'.encode(), 1)
    return files


def _kept(path: Path) -> bool:
    return path.suffix not in (".py", ".pyc")


def _edition(root: Path, folder: Path, above: tuple[Path, ...]) -> Found:
    """Return another edition as a library that the one in ``root`` builds on."""
    around = circle(folder, above)
    if around:
        return None, (around,)
    opened, problems = open_edition(folder)
    wrong = errors_of(opened, problems)
    if opened is None or wrong:
        theirs = wrong if opened is None else [_theirs(one, opened) for one in wrong]
        return None, (_unsound(folder, root, opened, len(wrong)), *theirs)
    found, problems = given_by(opened)
    return found and attrs.evolve(found, opened=opened), problems


def errors_of(opened: Opened | None, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return those of the problems of an edition for which nothing is taken from it.

    ``problems`` are those of opening it. An error that no single file shows, such as a link to nothing, is
    one too: whoever builds on the edition could not mend it. But what it is made from may have such errors
    by itself, which is no reason to take nothing: who is based on that takes it as well. Where the folder of
    local words is gone, these would be told as taken back.
    """
    told = opened.told if opened else problems
    wrong = [one for one in told if one.severity is Severity.ERROR or one.code == "local-missing"]
    wrong = [one for one in wrong if one.code not in TAKEN]
    if not opened or not wrong:
        return tuple(wrong)
    before = {(one.code, one.place) for one in check_library(opened.base, opened.today)}
    return tuple(one for one in wrong if (one.code, one.place) not in before)


def given_by(opened: Opened) -> Found:
    """Return what an edition gives to those that are based on it."""
    tree = as_library(opened.unfilled())
    files = {path: text.encode("utf-8") for path, text in tree.texts.items()}
    files |= {path: file.read_bytes() for path, file in tree.assets.items()}
    return read_back(files, opened.root)


def circle(folder: Path, above: tuple[Path, ...]) -> Problem | None:
    """Return a problem if an edition is based on one of those above it, by way of any number of others."""
    names = [path.name for path in above]
    while True:
        names.append(folder.resolve().name)
        if folder.resolve() in above:
            words = f"These editions are based on one another: {' -> '.join(names)}."
            hint = "Base one of them on the national guidance: based_on in its edition.toml."
            return Problem("edition-cycle", words, hint, Place(str(folder / EDITION)))
        above = (*above, folder.resolve())
        overlay, _ = read_overlay_folder(folder)
        if overlay is None or not is_edition(folder / overlay.based_on):
            return None
        folder = folder / overlay.based_on


def _theirs(one: Problem, opened: Opened) -> Problem:
    """Return an error of another edition as it is told here: with whom to ask, who alone can mend it."""
    name, contact = opened.overlay.publisher or opened.overlay.title, opened.overlay.contact
    asked = f"{name} ({contact})" if contact else name
    place = Place(os.path.normpath(one.place.path), one.place.line)
    return attrs.evolve(one, hint=f"Ask {asked} to mend it.", place=place)


def _unsound(folder: Path, child: Path, opened: Opened | None, errors: int) -> Problem:
    """Return what an edition is told if nothing can be taken from the one that it is based on."""
    why = f"has {errors} error{'' if errors == 1 else 's'}" if opened else "cannot be read"
    words = (
        f'The edition "{folder.resolve().name}", which this one is based on, {why}: nothing is taken from it.'
    )
    asked = (opened.overlay.contact if opened else "") or "its publisher"
    hint = f"Ask {asked} to mend that; then: guidance-kit upgrade {typed(child)}"
    return Problem("missing-base", words, hint, Place(str(child / EDITION)))


def _damaged(root: Path, based_on: str, errors: int) -> Problem:
    """Return what an edition is told if the library that it is based on has errors."""
    words = (
        f'The guidance that this edition is based on ("{based_on}") has {errors} '
        f"error{'' if errors == 1 else 's'}: nothing is taken from it."
    )
    hint = "Take a whole copy of it, or ask whoever publishes it to mend them. "
    hint += f"They are listed by: guidance-kit upgrade {typed(root)} --plan"
    return Problem("missing-base", words, hint, Place(str(root / EDITION)))


def read_back(files: Mapping[str, bytes], folder: Path) -> Found:
    """Return the library that files make, as whoever keeps them will read it; ``folder`` is theirs."""
    with tempfile.TemporaryDirectory() as name:
        for path, data in files.items():
            target = Path(name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        library, problems = read_library_folder(Path(name))
        if library is None:
            return None, problems
        assert library.content  # noqa: S101 - taken while its files are here
    told = in_order(attrs.evolve(one, place=_moved(one.place, name, folder)) for one in problems)
    return Available(library, files), told


def _moved(place: Place, old: str, new: Path) -> Place:
    return Place(place.path.replace(old, str(new), 1), place.line)
