"""The decisions of an edition, in ``.guidance/reviewed``: read, and written as text, a file each.

People work in copies of one folder, and put them together by copying. So a file is named by what it says, and
no copy is written over another record; a record names those it was written in place of, so that one of them
that comes back with an older copy says nothing. Where two people decided on the same, the later day counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.model.dates import date_in_words
from guidance_kit.model.lock import FORMAT, How, Key, Reviewed, What, key_of
from guidance_kit.model.text import toml_string
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.files import read_toml
from guidance_kit.reading.seals import (
    HEAD,
    ONE_DECISION,
    Stanza,
    edited,
    is_newer,
    newer_tool,
    rows,
    seal,
)
from guidance_kit.reading.walking import is_passed_over

REVIEWED = ".guidance/reviewed"
_PLAIN = re.compile(r"[a-z0-9:#/ -]*")


@attrs.frozen
class Decisions:
    """The records in a folder: those that stand, by what they are about, and those written over since."""

    standing: Mapping[Key, Reviewed]
    outdated: tuple[Reviewed, ...] = ()


def read_decisions(root: Path, edition: str = "") -> tuple[Decisions, list[Problem]]:
    """Return the decisions of the edition in a folder, and every problem.

    With the id of the ``edition`` those that name another count for nothing: they came with a copied folder.
    """
    found: list[Reviewed] = []
    problems: list[Problem] = []
    folder = root / REVIEWED
    paths, fault = _files_in(folder)
    problems += [fault] if fault else []
    for path in paths:
        one = _read(path)
        if isinstance(one, Problem):
            problems.append(one)
        elif edition and one.edition not in ("", edition):
            problems.append(_of_another(one, edition))
        else:
            found.append(one)
    weighed = _weighed(found)
    return weighed, [*problems, *_otherwise(weighed)]


def _files_in(folder: Path) -> tuple[list[Path], Problem | None]:
    """Return the files of decisions in a folder, and a problem if it cannot be opened."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - what pathlib gives instead says nothing of a folder that is shut
    except (FileNotFoundError, NotADirectoryError):
        return [], None
    except OSError as error:
        words = f"This folder cannot be opened: {(error.strerror or type(error).__name__).lower()}."
        return [], Problem("unreadable", words, "Check that you may open it.", Place(str(folder)))
    ours = (name for name in sorted(names) if name.endswith(".toml") and not is_passed_over(name))
    return [folder / name for name in ours], None


def _of_another(one: Reviewed, edition: str) -> Problem:
    words = f'This is a decision of the edition "{one.edition}", and counts for nothing in "{edition}".'
    hint = "If it came with a copied folder, delete this file. If the id in edition.toml was changed, put "
    return Problem("wrong-space", words, f"{hint}that right first.", one.origin)


def decision_text(one: Reviewed) -> str:
    """Return the text of the file of a decision."""
    name, stanza = _stanza(one)
    said = [HEAD, f"lock = {FORMAT}", *rows(stanza), f"seal = {toml_string(seal([(name, stanza)]))}"]
    return "\n".join(said) + "\n"


def decision_path(one: Reviewed) -> str:
    """Return the path of the file of a decision, from the edition's folder."""
    return f"{REVIEWED}/{decision_stem(one)}.{decision_id(one)}.toml"


def decision_id(one: Reviewed) -> str:
    """Return what tells a record from every other one, also about the same."""
    return seal([_stanza(one)])[:12]


def decision_stem(one: Reviewed) -> str:
    """Return how the files of every decision on the same begin."""
    said = f"{one.what} {one.target} {one.name}".strip()
    words = re.sub(r"[^a-z0-9-]+", ".", said.casefold()).strip(".")
    # some disks allow 143 characters; a page can be called anything, and another one almost the same
    spaced = " " in one.target or " " in one.name
    if len(words) > 110 or spaced or not _PLAIN.fullmatch(said):  # noqa: PLR2004
        words = f"{words[:90]}.{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    return words


def text_path(print_: str) -> str:
    """Return the path of an older national text, which is named by its fingerprint."""
    return f"{REVIEWED}/{print_.rpartition(':')[2][:24]}.md"


def _weighed(found: Iterable[Reviewed]) -> Decisions:
    """Tell the records that stand from those in whose place others were written."""
    every = {decision_id(one): one for one in found}
    replaced = {old for one in every.values() for old in one.replaces}
    standing: dict[Key, tuple[tuple[dt.date, str], Reviewed]] = {}
    for name, one in every.items():
        weight = (one.on or dt.date.min, name)
        if name not in replaced and (one.key not in standing or standing[one.key][0] < weight):
            standing[one.key] = weight, one
    chosen = {key: one for key, (_, one) in standing.items()}
    outdated = (one for one in every.values() if chosen.get(one.key) is not one)
    return Decisions(chosen, tuple(sorted(outdated, key=lambda one: one.origin)))


def _otherwise(found: Decisions) -> Iterator[Problem]:
    """Give a word on each decision that does not count, as somebody decided otherwise on a later day."""
    replaced = {old for one in (*found.standing.values(), *found.outdated) for old in one.replaces}
    for one in found.outdated:
        other = found.standing.get(one.key)
        if decision_id(one) in replaced or other is None or (one.how, one.base) == (other.how, other.base):
            continue
        about = key_of(one.target, one.name)
        words = f'Two decisions on "{about}": {_said(other)} counts, {_said(one)} does not.'
        root = Path(one.origin.path).parents[len(Path(REVIEWED).parts)]
        again = f"guidance-kit review {typed(root)} {typed(one.called)}"
        hint = f"Delete this file if that is right. If not, see how else to decide: {again}"
        yield Problem("decided-twice", words, hint, one.origin)


def _said(one: Reviewed) -> str:
    by = f" by {one.by}" if one.by else ""
    how = str(one.how).replace("-", " ")
    return f'"{how}"{by}' + (f" on {date_in_words(one.on.isoformat())}" if one.on else "")


def _read(path: Path) -> Reviewed | Problem:
    """Return the decision in a file; a problem if it does not say what it said when it was written."""
    place = Place(str(path))
    table, faults = read_toml(path)
    if not faults and is_newer(table):
        return newer_tool(place)
    try:
        one = None if faults else _reviewed(table, place)
    except (KeyError, TypeError, ValueError, AttributeError):
        one = None
    return one if one and table.get("seal") == seal([_stanza(one)]) else edited(place, ONE_DECISION)


def _reviewed(table: Mapping[str, Any], place: Place) -> Reviewed:
    dates = {key: table[key] for key in ("on", "until") if key in table}
    if not all(type(one) is dt.date for one in dates.values()):
        raise ValueError
    known = {field.name for field in attrs.fields(Reviewed)} - {"origin"}
    if set(table) - known - {"seal", "lock"}:
        raise ValueError
    words: dict[str, Any] = {"base": ""}  # what an edition declares itself stands beside no national text
    plain = known - {"on", "until", "what", "how", "replaces"}
    words |= {key: str(table[key]) for key in plain if key in table}
    replaces = tuple(str(one) for one in table.get("replaces", ()))
    what, how = What(table["what"]), How(table["how"])
    return Reviewed(what=what, how=how, replaces=replaces, origin=place, **words, **dates)


def _stanza(one: Reviewed) -> Stanza:
    return "", attrs.asdict(one, filter=lambda field, value: field.name != "origin" and bool(value))
