"""``edition.lock``, and with it the decisions of an edition: read, and written as text.

Sorted, a stanza an artefact, LF: the same values give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.model.lock import FORMAT, Composed, Lock, Waiting, What
from guidance_kit.model.text import toml_string
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, in_order
from guidance_kit.reading.decisions import read_decisions
from guidance_kit.reading.files import read_toml
from guidance_kit.reading.older_texts import spoilt_texts
from guidance_kit.reading.seals import (
    HEAD,
    Stanza,
    all_again,
    edited,
    is_newer,
    newer_tool,
    seal,
    written,
)

LOCK = "edition.lock"
NATIONAL = "national"


def read_composed(root: Path) -> Composed | None:
    """Return what the lock of an edition says it is composed from; None if there is no lock to rely on."""
    lock, problems = _read(root)
    return lock.base if lock and not problems else None


def read_lock(root: Path) -> tuple[Lock | None, tuple[Problem, ...]]:
    """Return the lock of an edition with its decisions (None if it has none), and every problem."""
    lock, more = _read(root)
    found, problems = read_decisions(root, lock.edition if lock else "")
    if lock is not None:
        lock = attrs.evolve(lock, reviewed=found.standing, outdated=found.outdated)
    about = [(one.target, one.base) for one in (*found.standing.values(), *found.outdated)]
    about += [(one.target, one.base) for one in (*lock.waiting, *lock.updated, *lock.settled)] if lock else []
    return lock, in_order([*problems, *spoilt_texts(root, about), *more])


def lock_text(lock: Lock) -> str:
    """Return the text of ``edition.lock``; its decisions are in files of their own."""
    stanzas = _stanzas(lock)
    head = [HEAD, f"lock = {FORMAT}", f"seal = {toml_string(seal(stanzas))}"]
    return "\n".join([*head, *(line for name, stanza in stanzas for line in written(name, stanza))]) + "\n"


def _read(root: Path) -> tuple[Lock | None, list[Problem]]:
    """Return the lock in a folder without the decisions, and every problem."""
    path = root / LOCK
    if not path.exists():
        return None, []
    table, faults = read_toml(path)
    if faults:
        return None, [edited(fault.place, all_again(root)) for fault in faults]
    if is_newer(table):
        return None, [newer_tool(Place(str(path)))]
    try:
        lock = _lock(table)
    except (KeyError, TypeError, ValueError, AttributeError):
        lock = None
    good = lock is not None and table.get("seal") == seal(_stanzas(lock))
    return lock, [] if good else [edited(Place(str(path)), all_again(root))]


def _lock(table: Mapping[str, Any]) -> Lock:
    base = {key: str(value) for key, value in table["base"].items()}
    local = table.get("local", {})
    return Lock(
        edition=str(local.get("edition", "")),
        recorded=tuple(str(one) for one in local.get("recorded", ())),
        words=tuple(str(one) for one in local.get("words", ())),
        base=Composed(**base),
        waiting=tuple(_waiting(one) for one in table.get("waiting", ())),
        updated=tuple(_waiting(one) for one in table.get("updated", ())),
        settled=tuple(_waiting(one) for one in table.get("settled", ())),
    )


def _waiting(row: Mapping[str, Any]) -> Waiting:
    words = {"version": ""}  # a library need not say its own
    words |= {key: str(value) for key, value in row.items() if key not in ("what", "kind")}
    return Waiting(what=What(row["what"]), kind=_kind(row["kind"]), **words)


def _kind(word: object) -> ChangeKind:
    for kind in ChangeKind:
        if kind == word:
            return kind
    raise ValueError


def _stanzas(lock: Lock) -> list[Stanza]:
    found: list[Stanza] = []
    if lock.base:
        found.append(("[base]", attrs.asdict(lock.base)))
    if lock.edition or lock.recorded:
        said = {"recorded": tuple(sorted(lock.recorded)), "words": tuple(sorted(lock.words))}
        found.append(("[local]", {"edition": lock.edition, **said}))
    news = {"waiting": lock.waiting, "updated": lock.updated, "settled": lock.settled}
    for name, some in news.items():
        rows = sorted(some, key=lambda one: (one.what, one.target))
        found += [(f"[[{name}]]", {k: v for k, v in attrs.asdict(one).items() if v}) for one in rows]
    return found
