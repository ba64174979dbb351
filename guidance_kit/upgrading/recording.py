"""The files of decisions as they change: one is written in place of those that stood, and says which."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from guidance_kit.model.library import Library
from guidance_kit.model.lock import How, Lock, Reviewed
from guidance_kit.reading.decisions import REVIEWED, decision_id, decision_path, decision_stem, decision_text
from guidance_kit.upgrading.artefacts import Artefact, print_of
from guidance_kit.upgrading.opening import Opened

Changes = Mapping[str, bytes | None]


def created(one: Artefact, base: Library, today: dt.date) -> Reviewed:
    """Return the record of a piece of local work that was written beside the text as it stands."""
    return Reviewed(
        what=one.what,
        target=one.target,
        name=one.name,
        base=print_of(base, one.target),
        base_version=base.release,
        local=one.local,
        how=How.CREATED,
        on=today,
        reason=" ".join(one.reason.split()),
    )


def recorded(opened: Opened, made: Reviewed, known: Reviewed | None = None) -> dict[str, bytes | None]:
    """Return the file of a decision; those it stands in place of go, that of ``known`` too."""
    others = (known,) if known else ()
    made = attrs.evolve(made, edition=opened.records.edition)  # an id that was changed since is a slip
    made = in_place(opened.records, made, *others)
    return {**_without(opened, made, *others), decision_path(made): decision_text(made).encode()}


def in_place(lock: Lock, made: Reviewed, *others: Reviewed) -> Reviewed:
    """Return a decision that says in whose place it stands: of every record about the same, and of others."""
    olds = _records(lock, made, *others)
    replaces = {decision_id(one) for one in olds} | {name for one in olds for name in one.replaces}
    return attrs.evolve(made, replaces=tuple(sorted(replaces)))


def unreadable(opened: Opened, made: Reviewed) -> bool:
    """Return whether a file of a decision on the same cannot be read, or was changed by hand."""
    return not _read(opened, made).issuperset(_named(opened.root, made))


def _records(lock: Lock, *about: Reviewed) -> list[Reviewed]:
    keys = {one.key for one in about}
    return [one for one in (*lock.reviewed.values(), *lock.outdated) if one.key in keys]


def _without(opened: Opened, *about: Reviewed) -> dict[str, bytes | None]:
    """Return the removal of every record about something, and of what cannot be read any more."""
    named = (_named(opened.root, one) for one in about)
    return dict.fromkeys(sorted(_read(opened, *about).union(*named)))


def _read(opened: Opened, *about: Reviewed) -> set[str]:
    """Return the files of the records about something that can be read."""
    every = _records(opened.records, *about)
    return {Path(one.origin.path).relative_to(opened.root).as_posix() for one in every}


def _named(root: Path, one: Reviewed) -> Iterator[str]:
    """Give the files that are named as those of decisions on the same."""
    ours = re.compile(rf"{re.escape(decision_stem(one))}\.[0-9a-f]{{12}}\.toml")
    for path in (root / REVIEWED).glob(f"{decision_stem(one)}.*.toml"):
        if ours.fullmatch(path.name):
            yield path.relative_to(root).as_posix()
