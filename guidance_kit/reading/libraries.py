"""Libraries by name: those installed through the entry point group, and folders."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from importlib import metadata
from pathlib import Path

import attrs

from guidance_kit.model.library import Library
from guidance_kit.problems import Place, Problem, nearest
from guidance_kit.reading.folders import MANIFEST, read_library_folder
from guidance_kit.reading.locks import LOCK
from guidance_kit.reading.overlays import MANIFEST as EDITION
from guidance_kit.version import __version__

GROUP = "guidance_kit.libraries"
_PACKAGE = Path(__file__).resolve().parent.parent


def content_root() -> Path:
    """Return the folder of the core: the copy in an installed wheel, or else ``content/`` of the checkout.

    A wheel carries ``content/`` as ``guidance_kit/_content``; an editable install and a checkout do not,
    and there the folder beside the package is live.
    """
    packaged = _PACKAGE / "_content"
    return packaged if (packaged / MANIFEST).is_file() else _PACKAGE.parent / "content"


def installed() -> dict[str, metadata.EntryPoint]:
    """Return the entry points of installed libraries by name."""
    return {entry.name: entry for entry in metadata.entry_points(group=GROUP)}


def library_root(name: str, near: Path | None = None) -> tuple[Path | None, tuple[Problem, ...]]:
    """Return the folder of a library: an installed one by name, or a folder, relative to ``near``.

    An installed library is an entry point that names a function returning its folder.
    """
    if name == "core":
        return content_root(), ()
    folder = (near or Path()) / name
    if (folder / MANIFEST).is_file():
        return folder, ()
    entries = installed()
    if name in entries:
        return _load(entries[name])
    words = f'No library of guidance called "{name}" is installed, and no folder of that name holds one.'
    if not folder.exists():
        words = f'There is no folder "{name}", and no library of guidance of that name is installed.'
    hint = _put_back(near, name, entries) if near and (near / LOCK).exists() else _another(name, entries)
    return None, (Problem("missing-base", words, hint, Place(str(near) if near else name)),)


def _another(name: str, entries: Iterable[str]) -> str:
    """Return what to do where a library is named that there is none of."""
    return (
        f"{nearest(name, {'core', *entries})} Or name a folder that has a {MANIFEST} or an {EDITION}.".strip()
    )


def _put_back(root: Path, name: str, entries: Collection[str]) -> str:
    """Return what to do where what an edition was made from is gone: another library has other text."""
    if "/" not in name and "\\" not in name:
        return "Install that package again, in the Python that runs guidance-kit."
    beside = (root / name).parent
    names = [path.parent.name for file in (MANIFEST, EDITION) for path in beside.glob(f"*/{file}")]
    near = difflib.get_close_matches(Path(name).name, names, 1)
    moved = f' Did you mean "{(Path(name).parent / near[0]).as_posix()}"?' if near else ""
    package = Path(name).name
    if package in entries and package != "core":  # which a folder of that name hardly is
        moved += f' The package "{package}" is installed: based_on = "{package}".'
    return f'Put that folder back, or write in {EDITION} where it is now: based_on = "...".{moved}'


def read_named_library(
    name: str, near: Path | None = None, like: Library | None = None
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Return the library of that name or folder, and every problem; ``like`` is another state of it."""
    root, problems = library_root(name, near)
    if root is None:
        return None, problems
    return _read(root, like)


def read_installed_library(name: str) -> Library | None:
    """Return the library that is installed under a name; None if there is none, or it cannot be read.

    A folder of that name, where somebody happens to work, is none.
    """
    entry = installed().get(name)
    root = content_root() if name == "core" else _load(entry)[0] if entry else None
    return _read(root)[0] if root else None


def _read(root: Path, like: Library | None = None) -> tuple[Library | None, tuple[Problem, ...]]:
    library, problems = read_library_folder(root, like=like)
    if library and not library.version and root == content_root():
        library = attrs.evolve(library, version=__version__)  # one version in one place
    return library, problems


def _load(entry: metadata.EntryPoint) -> tuple[Path | None, tuple[Problem, ...]]:
    try:
        root = Path(entry.load()())
    except Exception as error:  # noqa: BLE001 - whatever an installed package does, a person is told
        words = f'The installed library "{entry.name}" cannot be opened: {error}.'
        hint = "Install that package again, or ask its maintainer."
        return None, (Problem("missing-base", words, hint, Place(entry.value)),)
    return root, ()
