"""A naive upgrader over dicts: in which state each piece of local work should be, by the table of section 8.

It is the oracle of the states: written for reading, and sharing no code with the engine. Texts are compared as
they are, so it knows nothing of fingerprints; it knows all the releases and no lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from small_cores import Core

RANK = {"editorial": 1, "substantive": 2, "safety": 3}
CHANGED = {
    "adapt": {1: "current-tidied", 2: "stale", 3: "stale-safety"},
    "replace": {1: "current-tidied", 2: "stale", 3: "stale-safety"},
    "note": {1: "current", 2: "note-check", 3: "note-check-safety"},
    "leave-out": {1: "left-out", 2: "left-out-changed", 3: "left-out-safety"},
    "fact": {1: "current", 2: "fact-check", 3: "fact-check"},
}
Piece = tuple[str, str, str]


def said_by(core: Core) -> dict[str, Any]:
    """Return the text of everything that local work can be about, by target."""
    found: dict[str, Any] = {f"fact:{name}": label for name, label in core.facts.items()}
    for guide in core.guides:
        protection = {key: word for key, word in guide.protections.items() if key in guide.texts}
        found[f"core:{guide.slug}"] = (guide.kind, dict(guide.texts), guide.protection, protection)
        found |= {f"core:{guide.slug}#{key}": text for key, text in guide.texts.items()}
    return found


def now_called(target: str, rows: Sequence[dict[str, Any]]) -> str:
    """Return what something is called after every move."""
    for row in rows:
        item, mark, part = target.partition("#")
        if row["table"] == "moved" and row["old"] == item:
            target = f"{row['new']}{mark}{part}"
    return target


def became(target: str, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return what something is called now, each of several names if it was split."""
    target = now_called(target, rows)
    for row in rows:
        if row["table"] == "split" and row["old"] == target:
            return [name for into in row["into"] for name in became(into, rows)]
    return [target]


def fate_of(target: str, rows: Sequence[dict[str, Any]]) -> str:
    """Return what became of something that is no longer there: withdrawn, split or merged; or nothing."""
    for name in (target, target.partition("#")[0]):
        for row in rows:
            olds = row.get("old") if row["table"] == "merged" else (row.get("old"), row.get("what"))
            if row["table"] in ("withdrawn", "split", "merged") and name in olds:
                return row["table"]
    return ""


def heirs(target: str, core: Core) -> list[str]:
    """Return what a target is called now, or the items that its item became; nothing if it was withdrawn."""
    now = now_called(target, core.rows)
    if now in said_by(core):
        return [now]
    item, found = now.partition("#")[0], []
    for row in core.rows:
        into = {"split": row.get("into", ()), "merged": (row.get("new"),)}.get(row["table"], ())
        olds = row["old"] if row["table"] == "merged" else (row.get("old"),)
        found += [name for one in into if item in olds and one != item for name in heirs(one, core)]
    return found or ([item] if item in said_by(core) else [])


def arriving(old: Core, new: Core) -> list[tuple[str, int]]:
    """Return the declared safety changes that come with an upgrade, by what they are about now, and the release."""
    was, now = said_by(old), said_by(new)
    olds = {now_called(name, new.rows): text for name, text in was.items()}
    found = []
    for row in new.rows:
        number = int(row["release"].partition(".")[0])
        if row["table"] == "change" and row["kind"] == "safety" and number > old.number:
            target = row["what"].replace("#options", "")
            for heir in heirs(target, new):
                name = row["what"] if heir == target else heir
                if olds.get(name, "") != now.get(name):
                    found.append((name, number))
    return found


def gravest(names: set[str], rows: Sequence[dict[str, Any]], whole: str) -> int:
    """Return how grave what is declared is: a change that nobody declared is substantive."""
    about = [row for row in rows if row["table"] == "change"]
    kinds = [
        row["kind"]
        for row in about
        if row["what"] in names or (whole and row["what"].partition("#")[0] == whole)
    ]
    return max((RANK[kind] for kind in kinds), default=RANK["substantive"])


def state(piece: Piece, ours: str, cores: Sequence[Core]) -> str:
    """Return the state of a piece of local work that was written beside the first release, at the last one.

    ``ours`` are the words of an adaptation.
    """
    what, first, name = piece
    if what == "page":
        return ""
    was, now, rows = said_by(cores[0]), said_by(cores[-1]), cores[-1].rows
    target = now_called(first, rows)
    item, _, part = target.partition("#")
    calm = "left-out" if what == "leave-out" else "current"
    abouts = [target, now_called(name, rows)] if what == "fact" and name else [target]
    fate = next((fate for about in abouts if about not in now and (fate := fate_of(about, rows))), "")
    if fate == "withdrawn":
        return {"leave-out": "closed", "note": "unplaced"}.get(what, "orphaned")
    if fate:
        return {"leave-out": "anchor-choice", "note": "anchor-choice"}.get(what, "split-choice")
    guide = cores[-1].by_slug.get(item.removeprefix("core:"))
    if guide:
        fixed = ("endorsed", "safety")
        if what == "adapt" and (guide.protection in fixed or guide.protections.get(part) in fixed):
            return "now-protected"
        shown = [word for key, word in guide.protections.items() if key in guide.texts]
        if what in ("leave-out", "replace") and (
            guide.protection in ("required", "safety") or "safety" in shown
        ):
            return "now-required"
    if was.get(first) == now.get(target):
        return calm
    if what == "adapt" and ours == now.get(target):
        return "converged"
    names = {first, target} | ({first.partition("#")[0], item} if part else set())
    return CHANGED[what][gravest(names, rows, "" if part or what == "fact" else item)]
