"""The one function that writes a tree: changed files only, each whole or not at all."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from guidance_kit.exporting.tree import Tree
from guidance_kit.problems import Place, Problem

#: The list of files that are ours in a folder, so that nobody else's is ever removed.
MANIFEST = ".guidance-tree.json"


def write_tree(tree: Tree, folder: Path) -> list[Problem]:
    """Make a folder hold exactly a tree's files, and return every problem met.

    Files that are as they should be are not touched; files that an earlier tree wrote and this one lacks are
    removed; nothing else is. A folder that holds something, and no tree of ours, is refused.
    """
    paths = [*tree.texts, *tree.assets]
    problems = [_escape(path, folder) for path in paths if _leads_out(path)]
    problems += _stranger(folder)
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


def _write(tree: Tree, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    before = _listed(folder)
    after = sorted({*tree.texts, *tree.assets})
    _keep_list(folder, sorted({*before, *after}))  # a run that is cut short leaves no file unowned
    for path, text in tree.texts.items():
        _put(folder / path, text.encode("utf-8"))
    for path, source in tree.assets.items():
        _put(folder / path, source.read_bytes())
    _remove(folder, [path for path in before if path not in set(after)])
    _keep_list(folder, after)


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
    try:
        value = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    files = value.get("files", []) if isinstance(value, Mapping) else []
    return [path for path in files if isinstance(path, str)]


def _keep_list(folder: Path, paths: list[str]) -> None:
    _put(folder / MANIFEST, (json.dumps({"files": paths}, indent=0) + "\n").encode())


def _stranger(folder: Path) -> list[Problem]:
    if not folder.exists():
        return []
    if not folder.is_dir():
        return [Problem("unreadable", "This is a file, not a folder.", "Name a folder.", Place(str(folder)))]
    if (folder / MANIFEST).is_file() or not any(folder.iterdir()):
        return []
    words = "This folder holds files that guidance-kit did not write, so nothing is written here."
    return [Problem("unreadable", words, "Name another folder, or empty this one.", Place(str(folder)))]


def _leads_out(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in parts.parts[0]


def _escape(path: str, folder: Path) -> Problem:
    words = f'"{path}" leads out of the folder.'
    return Problem("path-escape", words, "Name a file inside the edition.", Place(str(folder)))
