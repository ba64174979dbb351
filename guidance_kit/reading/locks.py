"""``edition.lock`` and the decisions in ``.guidance/reviewed``: read, and written as text.

Each file says of itself what it holds (``seal``), so that a line changed by hand is noticed. Sorted, a stanza
an artefact, LF, no time but the dates of decisions: the same values give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.model.lock import FORMAT, Composed, How, Key, Lock, Reviewed, Waiting, What
from guidance_kit.model.text import toml_string
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, in_order
from guidance_kit.reading.files import read_toml

LOCK = "edition.lock"
NATIONAL = "national"
REVIEWED = ".guidance/reviewed"
_HEAD = "# Written by guidance-kit; do not change it by hand."
_PLAIN = re.compile(r"[a-z0-9:#/ -]*")
_AGAIN = "Put back the file as it was, from a copy of the folder; then decide with guidance-kit accept."


def read_lock(root: Path) -> tuple[Lock | None, tuple[Problem, ...]]:
    """Return the lock of an edition with its decisions (None if it has none), and every problem."""
    path = root / LOCK
    reviewed, problems = read_decisions(root)
    if not path.exists():
        return None, in_order(problems)
    table, faults = read_toml(path)
    if faults:
        return None, in_order([*problems, *(_edited(fault.place) for fault in faults)])
    if isinstance(table.get("lock"), int) and table["lock"] > FORMAT:
        words = "This edition was last changed by a newer guidance-kit, which this one cannot read."
        hint = "Install the newer one: python -m pip install --upgrade guidance-kit"
        return None, in_order([*problems, Problem("newer-tool", words, hint, Place(str(path)))])
    try:
        lock = _lock(table)
    except (KeyError, TypeError, ValueError, AttributeError):
        lock = None
    if lock is None or table.get("seal") != _seal(_stanzas(lock)):
        problems.append(_edited(Place(str(path))))
    return (attrs.evolve(lock, reviewed=reviewed) if lock else None), in_order(problems)


def read_decisions(root: Path) -> tuple[dict[Key, Reviewed], list[Problem]]:
    """Return the decisions of the edition in a folder by what they are about, and every problem."""
    found: dict[Key, Reviewed] = {}
    problems: list[Problem] = []
    folder = root / REVIEWED
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        table, faults = read_toml(path)
        problems += [_edited(fault.place) for fault in faults]
        if faults:
            continue
        try:
            one = _reviewed(table, Place(str(path)))
            good = table.get("seal") == _seal([_decision(one)])
        except (KeyError, TypeError, ValueError, AttributeError):
            good = False
        if good:
            found[one.key] = one
        else:
            problems.append(_edited(Place(str(path))))
    return found, problems


def lock_text(lock: Lock) -> str:
    """Return the text of ``edition.lock``; its decisions are in files of their own."""
    stanzas = _stanzas(lock)
    head = [_HEAD, f"lock = {FORMAT}", f"seal = {toml_string(_seal(stanzas))}"]
    return "\n".join([*head, *(line for name, stanza in stanzas for line in _written(name, stanza))]) + "\n"


def decision_text(one: Reviewed) -> str:
    """Return the text of the file of a decision."""
    name, stanza = _decision(one)
    rows = [f"{key} = {_value(value)}" for key, value in stanza.items() if value]
    return (
        "\n".join([_HEAD, f"lock = {FORMAT}", *rows, f"seal = {toml_string(_seal([(name, stanza)]))}"]) + "\n"
    )


def decision_path(one: Reviewed) -> str:
    """Return the path of the file of a decision, from the edition's folder."""
    said = f"{one.what} {one.target} {one.name}".strip()
    words = re.sub(r"[^a-z0-9-]+", ".", said.casefold()).strip(".")
    # some disks allow 143 characters; a page can be called anything, and another one almost the same
    if len(words) > 120 or not _PLAIN.fullmatch(said):  # noqa: PLR2004
        words = f"{words[:100]}.{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    return f"{REVIEWED}/{words}.toml"


def text_path(print_: str) -> str:
    """Return the path of an older national text, which is named by its fingerprint."""
    return f"{REVIEWED}/{print_.rpartition(':')[2][:24]}.md"


def _lock(table: Mapping[str, Any]) -> Lock:
    base = {key: str(value) for key, value in table["base"].items()}
    return Lock(
        base=Composed(**base),
        waiting=tuple(_waiting(one) for one in table.get("waiting", ())),
        updated=tuple(_waiting(one) for one in table.get("updated", ())),
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


def _reviewed(table: Mapping[str, Any], place: Place) -> Reviewed:
    dates = {key: table[key] for key in ("on", "until") if key in table}
    if not all(type(one) is dt.date for one in dates.values()):
        raise ValueError
    known = {field.name for field in attrs.fields(Reviewed)} - {"origin"}
    if set(table) - known - {"seal", "lock"}:
        raise ValueError
    words: dict[str, Any] = {"base": ""}  # what an edition declares itself stands beside no national text
    words |= {key: str(table[key]) for key in known - {"on", "until", "what", "how"} if key in table}
    return Reviewed(what=What(table["what"]), how=How(table["how"]), origin=place, **words, **dates)


Stanza = tuple[str, Mapping[str, object]]


def _stanzas(lock: Lock) -> list[Stanza]:
    found: list[Stanza] = []
    if lock.base:
        found.append(("[base]", attrs.asdict(lock.base)))
    for name, some in (("[[waiting]]", lock.waiting), ("[[updated]]", lock.updated)):
        rows = sorted(some, key=lambda one: (one.what, one.target))
        found += [(name, {k: v for k, v in attrs.asdict(one).items() if v}) for one in rows]
    return found


def _decision(one: Reviewed) -> Stanza:
    values = attrs.asdict(one, filter=lambda field, value: field.name != "origin" and bool(value))
    return "", values


def _seal(stanzas: Iterable[Stanza]) -> str:
    words = "\n".join(line for name, stanza in stanzas for line in _written(name, stanza))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _written(name: str, stanza: Mapping[str, object]) -> Iterator[str]:
    yield ""
    yield name
    yield from (f"{key} = {_value(value)}" for key, value in stanza.items() if value)


def _value(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else toml_string(str(value))


def _edited(place: Place) -> Problem:
    words = "This record was changed by hand, or is cut short, so it says nothing that can be relied on."
    return Problem("lock-edited", words, _AGAIN, place)
