"""The one place that writes a tree: changed files only, each whole or not at all, or all as one change."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from guidance_kit.exporting.tree import Tree
from guidance_kit.model.left_by_systems import left_by_a_system
from guidance_kit.problems import Place, Problem

#: The list of files that are ours in a folder, so that nobody else's is ever removed.
MANIFEST = ".guidance-tree.json"


def write_tree(tree: Tree, folder: Path) -> list[Problem]:
    """Make a folder hold exactly a tree's files, and return every problem met.

    Files that are as they should be are not touched; files that an earlier tree wrote and this one lacks are
    removed; nothing else is. A folder that holds something, and no tree of ours, is refused.
    """
    problems = _unfit(tree, folder)
    if problems:
        return problems
    try:
        _write(tree, folder)
    except OSError as error:
        path = str(error.filename or folder)
        words = f"This cannot be written: {(error.strerror or type(error).__name__).lower()}."
        hint = "Make room or ask for the right to write here, then run the same command again."
        return [Problem("unreadable", words, hint, Place(path))]
    return []


def changes_to(tree: Tree, folder: Path) -> tuple[dict[str, bytes | None], list[Problem]]:
    """Return what each file becomes (None: it goes) for a folder to hold exactly a tree's, and every problem.

    For whoever writes all of it or nothing. The same folders are refused as by :func:`write_tree`, and so is
    a file that somebody has changed since it was written.
    """
    problems = _unfit(tree, folder) or _changed(tree, folder)
    if problems:
        return {}, problems
    made = {path: text.encode("utf-8") for path, text in tree.texts.items()}
    made |= {path: source.read_bytes() for path, source in tree.assets.items()}
    gone = dict.fromkeys(path for path in _listed(folder) if not _leads_out(path))
    prints = {path: _sum(data) for path, data in sorted(made.items())}
    return {**gone, **made, MANIFEST: _list_of(sorted(made), prints)}, []


def _unfit(tree: Tree, folder: Path) -> list[Problem]:
    paths = [*tree.texts, *tree.assets]
    return [_escape(path, folder) for path in paths if _leads_out(path)] + _stranger(folder)


def _write(tree: Tree, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    before = _listed(folder)
    after = sorted({*tree.texts, *tree.assets})
    _put(folder / MANIFEST, _list_of(sorted({*before, *after})))  # cut short, it leaves no file unowned
    for path, text in tree.texts.items():
        _put(folder / path, text.encode("utf-8"))
    for path, source in tree.assets.items():
        _put(folder / path, source.read_bytes())
    _remove(folder, [path for path in before if path not in set(after)])
    _put(folder / MANIFEST, _list_of(after))


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _changed(tree: Tree, folder: Path) -> list[Problem]:
    """Return a problem for each file that is neither as it was written, nor as it shall be."""
    found = []
    for path, print_ in _kept(folder, "prints").items():
        file = folder / path
        if _leads_out(path) or not file.is_file() or _sum(file.read_bytes()) == print_:
            continue
        new = tree.assets[path].read_bytes() if path in tree.assets else tree.texts.get(path, "").encode()
        if file.read_bytes() != new:
            words = "This file was changed since it was written here, so nothing is written."
            hint = "Move it away, or delete it. What is to stay belongs in the edition itself."
            found.append(Problem("would-overwrite", words, hint, Place(str(file))))
    return found


def _put(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, unless it holds just that already."""
    try:
        if path.read_bytes() == data:
            return
    except (FileNotFoundError, NotADirectoryError):
        path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".guidance-{secrets.token_hex(8)}")  # named first: a stop at any moment removes it
    try:
        with new.open("xb") as file:
            file.write(data)
        new.chmod(0o644)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _remove(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if _leads_out(path):
            continue
        (folder / path).unlink(missing_ok=True)
        for parent in (folder / path).relative_to(folder).parents:
            if parent.name and (folder / parent).is_dir() and not any((folder / parent).iterdir()):
                (folder / parent).rmdir()


def _listed(folder: Path) -> list[str]:
    files = _kept(folder, "files")
    return [path for path in files if isinstance(path, str)]


def _kept(folder: Path, key: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what the list of a folder says below a key; nothing if it cannot be read."""
    try:
        value = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        value = {}
    nothing: list[str] | dict[str, str] = {} if key == "prints" else []
    found = value.get(key, nothing) if isinstance(value, Mapping) else nothing
    return found if isinstance(found, type(nothing)) else nothing


def _list_of(paths: list[str], prints: Mapping[str, str] = MappingProxyType({})) -> bytes:
    value = {"files": paths, **({"prints": dict(prints)} if prints else {})}
    return (json.dumps(value, indent=0) + "\n").encode()


def _stranger(folder: Path) -> list[Problem]:
    if not folder.exists():
        return []
    if not folder.is_dir():
        return [Problem("unreadable", "This is a file, not a folder.", "Name a folder.", Place(str(folder)))]
    if (folder / MANIFEST).is_file() or all(left_by_a_system(path.name) for path in folder.iterdir()):
        return []
    words = "This folder holds files that guidance-kit did not write, so nothing is written here."
    return [Problem("would-overwrite", words, "Name another folder, or empty this one.", Place(str(folder)))]


def _leads_out(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in parts.parts[0]


def _escape(path: str, folder: Path) -> Problem:
    words = f'"{path}" leads out of the folder.'
    return Problem("path-escape", words, "Name a file inside the edition.", Place(str(folder)))
