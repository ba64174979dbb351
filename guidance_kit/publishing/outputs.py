"""The folder a build writes into: whose it is, what an earlier build left there, what of that is stale."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import attrs

from guidance_kit.editing.writing import write_whole
from guidance_kit.model.left_by_systems import left_by_a_system
from guidance_kit.problems import Place, Problem

#: Stands in every folder we build into, and lists what is ours there.
MARKER = ".guidance-kit.json"
#: Builders that write a page a file; for all others the folder is emptied first.
PAGED = frozenset(("html", "dirhtml", "text", "xml", "pseudoxml"))
#: What json and pickle copy of Sphinx's own memory: it holds paths of this machine, and nobody reads it.
_PRIVATE = ("environment.pickle", "last_build")


@attrs.frozen(kw_only=True)
class State:
    """What is known of an output folder: what built it, which pages it shows, and whose files are in it.

    ``strangers`` are files that stood there and are not ours; they are never touched. A folder whose last
    build did not come to its end is not ``finished``: nothing in it is trusted.
    """

    builder: str = ""
    edition: str = ""
    tool: str = ""
    finished: bool = False
    pages: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def read_state(output: Path) -> State | None:
    """Return what is known of an output folder; None if it is not ours."""
    path = output / MARKER
    if not path.is_file():
        return None
    try:
        value = json.loads(path.read_text("utf-8"))
        return State(**{key: _plain(found) for key, found in value.items()})
    except (ValueError, TypeError, AttributeError):
        return State()


def write_state(output: Path, state: State) -> None:
    """Write down what is known of an output folder."""
    value = {
        key: list(found) if isinstance(found, tuple) else found for key, found in attrs.asdict(state).items()
    }
    output.mkdir(parents=True, exist_ok=True)
    write_whole(output / MARKER, (json.dumps(value, indent=0, sort_keys=True) + "\n").encode())


def stranger(output: Path) -> Problem | None:
    """Return the problem of a folder that holds what we did not build; None if we may write there."""
    place = Place(str(output))
    if output.exists() and not output.is_dir():
        return Problem(
            "would-overwrite", "This is a file, not a folder.", "Name a folder with --output.", place
        )
    if not output.exists() or (output / MARKER).is_file():
        return None
    if all(left_by_a_system(path.name) for path in output.iterdir()):
        return None
    words = "This folder holds files that guidance-kit did not build, so nothing is written here."
    return Problem("would-overwrite", words, "Name an empty or new folder with --output.", place)


def files_in(output: Path) -> Iterator[str]:
    """Give every file below an output folder but our own marker, in order."""
    if output.is_dir():
        for path in sorted(output.rglob("*")):
            if path.name != MARKER and not path.is_dir():
                yield path.relative_to(output).as_posix()


def clear(output: Path, strangers: Iterable[str]) -> None:
    """Remove all that earlier builds left, but not what was there before them."""
    keep = set(strangers)
    remove(output, [name for name in files_in(output) if name not in keep])


def remove_stale(output: Path, doctrees: Path, gone: set[str], ours: Iterable[str]) -> None:
    """Remove what was built from pages that are gone.

    The first page goes too, so that it is built again: Sphinx writes its search index and its inventory anew
    only when some page is written.
    """
    changed = {*gone, "index"}
    remove(output, [name for name in ours if changed & _pages_of(name)])
    remove(doctrees, [f"{page}.doctree" for page in gone])


def remove_private(output: Path) -> None:
    """Remove what is no part of a result."""
    remove(output, _PRIVATE)


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files of ours, and folders that are empty then."""
    for name in names:
        path = PurePosixPath(name)
        if ".." in path.parts or path.is_absolute():
            continue
        (folder / name).unlink(missing_ok=True)
        for parent in path.parents:
            if parent.name:
                with contextlib.suppress(OSError):  # it is not empty, which is well
                    (folder / parent).rmdir()


def _pages_of(name: str) -> set[str]:
    """Return the pages that a built file may show: ``a.html`` and ``a/index.html`` both may show ``a``."""
    path = PurePosixPath(name)
    if path.parts[0] == "_sources":
        path = PurePosixPath(*path.parts[1:]).with_suffix("")
    page = path.with_suffix("").as_posix()
    return {page, page.removesuffix("/index")}


def _plain(found: Any) -> Any:  # noqa: ANN401 - a value of JSON
    return tuple(str(one) for one in found) if isinstance(found, list) else found
