"""``changes.toml`` and ``history.json``: what a library says of its releases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from guidance_kit.model.changes import Change, Changes, Merged, Moved, Release, Split, Withdrawn
from guidance_kit.model.history import History, Released
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, nearest
from guidance_kit.reading.files import read_json, read_text, read_toml
from guidance_kit.reading.tables import line_of, read_rows

CHANGES, HISTORY = "changes.toml", "history.json"
_TABLES = ("release", "change", "moved", "split", "merged", "withdrawn")
_AGAIN = "It is written by guidance-kit release-check --write: take the copy of the last release."

T = TypeVar("T", bound=attrs.AttrsInstance)


@attrs.frozen
class ReleaseRow:
    """``[[release]]``."""

    version: str
    date: str = ""
    summary: str = ""


@attrs.frozen
class ChangeRow:
    """``[[change]]``."""

    release: str
    what: str
    kind: ChangeKind
    why: str


@attrs.frozen
class MovedRow:
    """``[[moved]]``."""

    release: str
    old: str
    new: str
    why: str = ""


@attrs.frozen
class SplitRow:
    """``[[split]]``."""

    release: str
    old: str
    into: tuple[str, ...]
    why: str = ""


@attrs.frozen
class MergedRow:
    """``[[merged]]``."""

    release: str
    old: tuple[str, ...]
    new: str
    why: str = ""


@attrs.frozen
class WithdrawnRow:
    """``[[withdrawn]]``."""

    release: str
    what: str
    why: str = ""


def read_changes(path: Path, space: str) -> tuple[Changes, list[Problem]]:
    """Return what a ``changes.toml`` declares (nothing if there is no file), and every problem.

    A target without a space has the library's own.
    """
    if not path.exists():
        return Changes(), []
    table, problems = read_toml(path)
    if problems:
        return Changes(), problems
    rows = _Rows(table, path)

    def full(target: str) -> str:
        return target if ":" in target else f"{space}:{target}"

    changes = Changes(
        releases=tuple(Release(r.version, r.date, r.summary, at) for r, at in rows.of("release", ReleaseRow)),
        changes=tuple(
            Change(r.release, full(r.what), r.kind, r.why, at) for r, at in rows.of("change", ChangeRow)
        ),
        moved=tuple(
            Moved(r.release, full(r.old), full(r.new), r.why, at) for r, at in rows.of("moved", MovedRow)
        ),
        split=tuple(
            Split(r.release, full(r.old), tuple(map(full, r.into)), r.why, at)
            for r, at in rows.of("split", SplitRow)
        ),
        merged=tuple(
            Merged(r.release, tuple(map(full, r.old)), full(r.new), r.why, at)
            for r, at in rows.of("merged", MergedRow)
        ),
        withdrawn=tuple(
            Withdrawn(r.release, full(r.what), r.why, at) for r, at in rows.of("withdrawn", WithdrawnRow)
        ),
    )
    return changes, [*rows.problems, *_undeclared(changes)]


class _Rows:
    """The tables of a ``changes.toml`` while they are read, and the problems so far."""

    def __init__(self, table: Mapping[str, Any], path: Path) -> None:
        self.table, self.path = table, str(path)
        self.text = read_text(path)[0]
        self.problems = [
            Problem(
                "unknown-key",
                f'The table "{key}" means nothing here.',
                nearest(key, _TABLES),
                Place(self.path, line_of(self.text, f"[[{key}]]") or line_of(self.text, f"[{key}]")),
            )
            for key in table
            if key not in _TABLES
        ]

    def of(self, name: str, cls: type[T]) -> list[tuple[T, Place]]:
        found, faults = read_rows(cls, self.table, name, self.path, self.text)
        self.problems += faults
        return found


def _undeclared(changes: Changes) -> list[Problem]:
    """Return a problem for each entry of a release that has no ``[[release]]`` of its own."""
    known = {one.version for one in changes.releases}
    return [
        Problem(
            "bad-value",
            f'This entry is of the release "{one.release}", which has no [[release]].',
            nearest(one.release, known) or f'Add [[release]] with version = "{one.release}".',
            one.origin,
        )
        for one in changes.records
        if one.release not in known
    ]


def read_history(path: Path) -> tuple[History, list[Problem]]:
    """Return the released states of a ``history.json`` (none if there is no file), and every problem.

    Each state in the file holds the fingerprints that its release changed or added, and the targets gone.
    """
    if not path.exists():
        return History(), []
    value, problems = read_json(path)
    if problems:
        return History(), problems
    try:
        return History(tuple(_states(value))), []
    except (KeyError, TypeError, AttributeError, ValueError):
        words = "This file does not hold the fingerprints of released states."
        return History(), [Problem("json-syntax", words, _AGAIN, Place(str(path)))]


def _states(value: Mapping[str, Any]) -> list[Released]:
    if value["format"] != 1:
        raise ValueError
    prints: dict[str, str] = {}
    found = []
    for state in value["releases"]:
        prints = {key: one for key, one in prints.items() if key not in set(state.get("gone", ()))}
        prints |= {str(key): str(one) for key, one in state["prints"].items()}
        said = str(state.get("changes", ""))
        found.append(Released(str(state["version"]), str(state["content"]), prints, said))
    return found
