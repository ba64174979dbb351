"""Conformance cases are data only: here they are read, and their files put on disk."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

from published import published

HERE = Path(__file__).parent
TODAY = dt.date(2026, 6, 1)
HEAD = '[edition]\nid = "northtown"\ntitle = "Northtown"\npublisher = "NHS Northtown"\nbased_on = "../core"\n'
PARENT = (
    '[edition]\nid = "region"\ntitle = "Region"\npublisher = "The Region"\n'
    'contact = "region@example.org"\nversion = "2026.1"\nbased_on = "../core"\n'
)
Files = dict[str, str]
Case = dict[str, Any]


def cases() -> list[Path]:
    return sorted((HERE / "cases").glob("*.toml"))


def read_case(path: Path) -> Case:
    return tomllib.loads(path.read_text("utf-8"))


def files_of(case: Case) -> Files:
    """Return the files of a case: a small core and an empty edition, with what the case says otherwise.

    Where it says something of ``parent/``, the edition is based on the one there, and that one on the core.
    """
    root = HERE / case.get("core", "core")
    found = {
        f"core/{path.relative_to(root).as_posix()}": path.read_text("utf-8")
        for path in sorted(root.rglob("*.*"))
        if path.is_file()
    }
    heads = {"edition/edition.toml": HEAD}
    if any(name.startswith("parent/") for name in case.get("files", {})):
        heads = {
            "edition/edition.toml": HEAD.replace("../core", "../parent"),
            "parent/edition.toml": PARENT,
        }
    return _changed(found | heads, case, heads)


def releases_of(case: Case, files: Files) -> dict[str, Files]:
    """Return the files of the core in each release, oldest first: each a change of the one before."""
    now = {name: text for name, text in files.items() if name.startswith("core/")}
    version = _version(now)
    heads, records = [f'[[release]]\nversion = "{version}"\n'], now.get("core/changes.toml", "")
    found = {version: now | {"core/changes.toml": heads[0] + records}}
    for name, told in case.get("releases", {}).items():
        inner = {key: {f"core/{at}": one for at, one in told.get(key, {}).items()} for key in _TABLES}
        now = _changed(now, {**inner, "without": [f"core/{at}" for at in told.get("without", [])]}, {})
        now["core/library.toml"] = now["core/library.toml"].replace(
            f'version = "{version}"', f'version = "{name}"'
        )
        version = name
        heads.append(f'[[release]]\nversion = "{name}"\ndate = "{told.get("date", "2026-05-01")}"\n')
        records += told.get("changes", "")
        found[name] = now | {"core/changes.toml": "\n".join(heads) + records}
    return found


_TABLES = ("files", "replace")


def _changed(files: Files, told: Case, heads: Files) -> Files:
    found = dict(files)
    for name, text in told.get("files", {}).items():
        found[name] = (heads[name] + text) if name in heads and "[edition]" not in text else text
    for name in told.get("without", ()):
        del found[name]
    for name, change in told.get("replace", {}).items():
        for old, new in [change] if isinstance(change[0], str) else change:
            assert old in found[name], f"{name} does not hold {old!r}"
            found[name] = found[name].replace(old, new)
    return found


def _version(core: Files) -> str:
    match = re.search(r'^version = "(.*)"', core["core/library.toml"], re.MULTILINE)
    assert match, "a core with releases has a version"
    return match[1]


def put(files: Files, root: Path, encodings: dict[str, str]) -> None:
    """Write the files below a folder that holds nothing else afterwards."""
    shutil.rmtree(root, ignore_errors=True)
    write(files, root, encodings)


def without_id(name: str) -> str:
    """Return the path of a decision without what tells its record from others on the same."""
    return re.sub(r"(/\.guidance/reviewed/.+)\.[0-9a-f]{12}\.toml$", r"\1.toml", name)


def write(files: Files, root: Path, encodings: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encodings.get(name, "utf-8")))


def put_releases(releases: dict[str, Files], root: Path) -> dict[str, Path]:
    """Write each release in a folder of its own, with the fingerprints of all up to it, and return those."""
    found: dict[str, Path] = {}
    history = ""
    for version, files in releases.items():
        folder = root / version
        put(files, folder, {})
        if history:
            (folder / "core/history.json").write_text(history, "utf-8")
        published(folder / "core")
        history = (folder / "core/history.json").read_text("utf-8")
        found[version] = folder / "core"
    return found
