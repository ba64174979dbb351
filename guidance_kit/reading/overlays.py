"""An edition's own folder - ``edition.toml`` and Markdown in ``local/`` - becomes an Overlay."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from guidance_kit.model.item import SLUG, SLUG_RULE, Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.library import Writing
from guidance_kit.model.overlay import (
    PAGES,
    Arrange,
    FactValue,
    LeaveOut,
    LockFact,
    Overlay,
    Protect,
    Put,
    Take,
)
from guidance_kit.problems import Place, Problem, in_order, nearest, typed
from guidance_kit.reading.borrowed import borrowed
from guidance_kit.reading.copies import copies
from guidance_kit.reading.declared import read_facts, read_references
from guidance_kit.reading.fields import full_id
from guidance_kit.reading.files import read_text, read_toml
from guidance_kit.reading.folders import (
    assets_of,
    read_pages,
    twins,
)
from guidance_kit.reading.late_options import late_options
from guidance_kit.reading.local_items import local_items
from guidance_kit.reading.local_lost import local_lost
from guidance_kit.reading.manifests import (
    ArrangeRow,
    ChooseTable,
    EditionTable,
    FactForRow,
    LeaveOutRow,
    LockFactRow,
    PlaceRow,
    ProtectRow,
    PublishTable,
    TakeRow,
)
from guidance_kit.reading.misnamed import astray, unread
from guidance_kit.reading.operations import read_operations
from guidance_kit.reading.strays import OPERATIONS
from guidance_kit.reading.tables import Spot, line_of, read_rows, read_table
from guidance_kit.reading.walking import walk

MANIFEST = "edition.toml"
LOCAL = "local"
_TABLES = (
    "edition",
    "choose",
    "take",
    "leave_out",
    "facts",
    "fact_for",
    "arrange",
    "place",
    "protect",
    "lock_fact",
    "publish",
    "writing",
)

T = TypeVar("T", bound=attrs.AttrsInstance)


def no_edition(root: Path) -> Problem:
    """Return the problem that a folder holds no edition, with what may have become of it."""
    words = f"This folder holds no {MANIFEST}, so it is not an edition."
    hint = f"Start one with: guidance-kit new {typed(root)}"
    kept = _kept_copy(root)
    other = next((name for name in _MISNAMED if (root / name).is_file()), "")
    if not root.exists():
        words = f'There is no folder "{root}".'
        beside = [path.parent.name for path in root.parent.glob(f"*/{MANIFEST}")]
        hint = nearest(root.name, beside) or "Check the name. Names with a space need quotes around them."
    elif other:
        hint = f"There is a file {other}: call it {MANIFEST}."
    elif kept:
        hint = kept
    elif above := next((one for one in root.resolve().parents if (one / MANIFEST).is_file()), None):
        there = above if root.is_absolute() else Path(os.path.relpath(above))
        hint = f"The edition is in the folder above: {typed(there)}"
    return Problem("not-found", words, hint, Place(str(root)))


def _kept_copy(root: Path) -> str:
    """Return what to do with the last copy of a manifest that was kept; empty if none was."""
    copies = sorted((root / "attic").glob("edition-*.toml"), key=lambda path: (len(path.name), path.name))
    words = f"Copy the last one that was kept back to {MANIFEST}, and write again what was new since"
    return f"{words}: {copies[-1]}" if copies else ""


#: What other programs make of the name.
_MISNAMED = ("edition.toml.txt", "edition.txt", "edition.toml.toml")


def read_overlay_folder(
    root: Path, kinds: Mapping[str, type[Item]] = KINDS
) -> tuple[Overlay | None, tuple[Problem, ...]]:
    """Return an edition's own work, or None if it has no readable manifest, and every problem found."""
    path = root / MANIFEST
    if not os.path.lexists(path):
        return None, (no_edition(root),)
    manifest = _Manifest(path)
    head = manifest.head()
    space = head.id if head else "local"
    local = root / LOCAL
    found = walk(local)
    read, problems = read_pages(local, space, kinds, found)
    adds, stray = local_items(read)
    adaptations, notes, faults = read_operations(read, space, kinds, head.carries if head else ())
    facts, fact_faults = read_facts(local / "facts.toml", space)
    references, reference_faults = read_references(local / "references.json")
    problems += [
        *twins(read),
        *stray,
        *unread(local, found, read, kinds),
        *astray(root, kinds),
        *copies(root),
        *late_options(read, kinds),
        *borrowed(read, (*kinds, *OPERATIONS)),
        *local_lost(local, head.id if head else ""),
        *faults,
        *fact_faults,
        *reference_faults,
    ]
    said: dict[str, Any] = {**manifest.choices(), **manifest.operations(space)}
    everything = in_order([*problems, *manifest.problems])
    if head is None:
        return None, everything
    overlay = Overlay(
        **attrs.asdict(head),
        **said,
        adaptations=adaptations,
        notes=notes,
        adds=adds,
        pages=tuple(one.page for one in read if one.page.path.startswith(PAGES)),
        facts=facts,
        references=references,
        assets=tuple(
            attrs.evolve(asset, path=asset.path.removeprefix(PAGES)) for asset in assets_of(local, found)
        ),
        root=root,
    )
    return overlay, everything


class _Manifest:
    """``edition.toml`` while it is being read: its tables, their lines, and the problems so far."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.table, self.problems = read_toml(path)
        self.text = "" if self.problems else read_text(path)[0]
        for key in self.table:
            if key not in _TABLES:
                self._unknown(key)

    def _unknown(self, key: str) -> None:
        words = f'The table "{key}" means nothing in an edition.'
        lines = (
            line_of(self.text, f"[{key}]"),
            line_of(self.text, f"[[{key}]]"),
            line_of(self.text, "", 0, key),
        )
        hint = nearest(key, _TABLES) or f"Known: {', '.join(_TABLES)}."
        self.problems.append(Problem("unknown-key", words, hint, Place(self.path, max(lines))))

    def head(self) -> EditionTable | None:
        """Return the ``[edition]`` table if it is there and right."""
        spot = Spot(self.path, self.text, "[edition]")
        if "edition" not in self.table:
            if not self.problems or self.table:
                # over what somebody wrote nothing is to be copied
                hint = "" if self.text.strip().strip("\ufeff") else _kept_copy(Path(self.path).parent)
                hint = hint or 'Add the line [edition], and below it id = "..." and title = "...".'
                words = "There is no [edition] table."
                self.problems.append(Problem("missing-key", words, hint, spot.place()))
            return None
        head = self.one("edition", EditionTable)
        if head and not SLUG.fullmatch(head.id):
            hint = f"{SLUG_RULE}: northtown."
            words = f'"{head.id}" cannot be the id of an edition.'
            self.problems.append(Problem("bad-id", words, hint, spot.place("id")))
            return None
        if head and not head.title.strip():
            hint = 'Write what readers are to call it, as in title = "Student mental health in Northtown".'
            self.problems.append(
                Problem("missing-title", "The edition has no title.", hint, spot.place("title"))
            )
        return head

    def one(self, name: str, cls: type[T]) -> T | None:
        """Return the value of a ``[name]`` table; None if it is not there or is not right."""
        if name not in self.table:
            return None
        value, faults = read_table(cls, self.table[name], Spot(self.path, self.text, f"[{name}]"))
        self.problems += faults
        return value

    def many(self, name: str, cls: type[T]) -> list[tuple[T, Place]]:
        """Return the good values of the ``[[name]]`` tables with their places."""
        found, faults = read_rows(cls, self.table, name, self.path, self.text)
        self.problems += faults
        return found

    def choices(self) -> dict[str, Any]:
        """Return what ``[choose]``, ``[publish]`` and ``[writing]`` say."""
        choose = self.one("choose", ChooseTable) or ChooseTable()
        publish = self.one("publish", PublishTable) or PublishTable()
        return {
            "start_from": str(choose.start_from),
            "new_items": str(choose.new_items),
            "when_stale": str(publish.when_stale),
            "writing": self.one("writing", Writing) or Writing(),
        }

    def values(self) -> Iterator[FactValue]:
        """Give the ``[facts]`` table; a value without quotes is a problem that says why."""
        spot = Spot(self.path, self.text, "[facts]")
        table = self.table.get("facts", {})
        if not isinstance(table, dict):
            words = '"facts" is not a table.'
            place = Place(self.path, line_of(self.text, "", 0, "facts") or line_of(self.text, "[[facts]]"))
            self.problems.append(Problem("bad-value", words, "Write [facts], in single brackets.", place))
            return
        for key, value in table.items():
            if isinstance(value, str):
                yield FactValue(key, value, origin=spot.place(key))
            else:
                self.problems.append(_unquoted(key, value, spot.place(key)))

    def operations(self, space: str) -> dict[str, Any]:
        """Return the operations, with ids in full; one without a space gets the edition's."""

        def full(name: str) -> str:
            return full_id(name, space)

        return {
            "leave_out": tuple(
                LeaveOut(full(row.item), row.reason, at) for row, at in self.many("leave_out", LeaveOutRow)
            ),
            "takes": tuple(Take(full(row.item), at) for row, at in self.many("take", TakeRow)),
            "values": (
                *self.values(),
                *(
                    FactValue(row.fact, row.value, full(row.item), at)
                    for row, at in self.many("fact_for", FactForRow)
                ),
            ),
            "arrangements": tuple(
                Arrange(row.section, tuple(map(full, row.first)), tuple(map(full, row.last)), at)
                for row, at in self.many("arrange", ArrangeRow)
            ),
            "puts": tuple(Put(full(row.item), row.section, at) for row, at in self.many("place", PlaceRow)),
            "protects": tuple(
                Protect(f"{full(row.item)}#{row.part}".removesuffix("#"), row.protection, at)
                for row, at in self.many("protect", ProtectRow)
            ),
            "locks": tuple(
                LockFact(row.fact, row.reason, at) for row, at in self.many("lock_fact", LockFactRow)
            ),
        }


def _unquoted(key: str, value: object, place: Place) -> Problem:
    words = f'The value of the fact "{key}" needs quotes, so that nothing is lost from it.'
    return Problem("bad-value", words, f'Write {key} = "{value}", as you want it read.', place)
