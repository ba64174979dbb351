"""Changes to the text of ``edition.toml`` that keep every comment and the order of everything.

A change is made in the lines and then proved: the new text must read as the old one with just that change,
or it is not used. ``tomlkit`` replaces values in place and writes strings.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

Change = Callable[[dict[str, Any]], None]
Means = Callable[[str], str]


def with_omission(text: str, item: str, reason: str, means: Means = str) -> str | None:
    """Return the manifest with a ``[[leave_out]]`` of an item, or with a reason for one that has none.

    ``means`` gives the full id of an item from how it is written.
    """
    rows = _rows(text, "leave_out")
    at = next((n for n, row in enumerate(rows) if means(str(row.get("item", ""))) == item), None)
    if at is not None:
        return _with_reason(text, at, reason)
    row = {"item": item} | ({"reason": reason} if reason else {})
    return _with_row(text, "leave_out", row)


def with_fact(text: str, fact: str, value: str) -> str | None:
    """Return the manifest with a value for a fact, in the place of an older one or of a line kept for it."""
    if fact in _facts(text):
        return _replaced(text, ("facts", fact), value)

    def change(table: dict[str, Any]) -> None:
        table.setdefault("facts", {})[fact] = value

    line = f"{fact} = {string(value)}"
    offers = (
        _uncommented(text, fact, line),
        _inserted(text, "[facts]", [line]),
        _appended(text, ["[facts]", line]),
    )
    return _proved(text, change, offers) or _replaced(text, ("facts", fact), value)


def with_fact_for(text: str, item: str, fact: str, value: str, means: Means = str) -> str | None:
    """Return the manifest with a value for a fact in one item only; ``means`` as for an omission."""
    rows = _rows(text, "fact_for")
    written = ((n, means(str(row.get("item", ""))), row.get("fact")) for n, row in enumerate(rows))
    at = next((n for n, there, name in written if (there, name) == (item, fact)), None)
    if at is not None:
        return _replaced(text, ("fact_for", at, "value"), value)
    return _with_row(text, "fact_for", {"item": item, "fact": fact, "value": value})


def _with_row(text: str, name: str, row: Mapping[str, str]) -> str | None:
    def change(table: dict[str, Any]) -> None:
        table.setdefault(name, []).append(dict(row))

    width = max(map(len, row))
    header = f"[[{name}]]"
    lines = [header, *(f"{key:<{width}} = {string(value)}" for key, value in row.items())]
    return _proved(text, change, (_inserted(text, header, ["", *lines], -1), _appended(text, lines)))


def _with_reason(text: str, at: int, reason: str) -> str | None:
    def change(table: dict[str, Any]) -> None:
        table["leave_out"][at]["reason"] = reason

    new = _inserted(text, "[[leave_out]]", [f"reason = {string(reason)}"], at)
    return _proved(text, change, (new,)) or _replaced(text, ("leave_out", at, "reason"), reason)


def _replaced(text: str, path: tuple[str | int, ...], value: str) -> str | None:
    """Return the text with one value changed, a comment beside it kept."""

    def change(table: MutableMapping[Any, Any]) -> None:
        inner: Any = table
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    try:
        document = tomlkit.parse(text)
        change(document)
    except (TOMLKitError, KeyError, IndexError, TypeError):
        return None
    return _proved(text, change, (document.as_string(),))


def _proved(text: str, change: Change, offers: tuple[str | None, ...], lost: int = 1) -> str | None:
    """Return the first offer that reads as the text with the change made, and loses no comment of it.

    ``lost`` is how many comments may go with the line that they stand on.
    """
    wanted = copy.deepcopy(_table(text))
    try:
        change(wanted)
    except (AttributeError, KeyError, IndexError, TypeError):
        return None  # a table with the wrong brackets: reading says which
    for offer in offers:
        if offer is not None and _table(offer) == wanted and _comments(text) <= _comments(offer) + lost:
            return offer
    return None


def _uncommented(text: str, fact: str, line: str) -> str | None:
    """Return the text with a line that was kept for a fact (``# fact = ""``) put to use."""
    pattern = re.compile(rf"^#[ \t]*{re.escape(fact)}[ \t]*=.*$", re.MULTILINE)
    found = pattern.search(text)
    if not found:
        return None
    end = "\r" if found[0].endswith("\r") else ""
    return f"{text[: found.start()]}{line}{end}{text[found.end() :]}"


def _inserted(text: str, header: str, new: list[str], nth: int = 0) -> str | None:
    """Return the text with lines after those of the nth table of that header; None if there is none."""
    lines = text.split("\n")
    found = [at for at, line in enumerate(lines) if re.sub(r"\s", "", line).startswith(header)]
    if not found or nth >= len(found):
        return None
    start = found[nth]
    at = next((n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
    while at - 1 > start and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    end = "\r" if _is_windows(text) else ""
    return "\n".join([*lines[:at], *(line + end for line in new), *lines[at:]])


def _appended(text: str, new: list[str]) -> str:
    """Return the text with lines at its end, after an empty one."""
    end = "\r\n" if _is_windows(text) else "\n"
    kept = text.rstrip()
    return (f"{kept}{end}{end}" if kept else "") + end.join(new) + end


def _is_windows(text: str) -> bool:
    return text.count("\r\n") == text.count("\n") > 0


def string(value: str) -> str:
    """Return a TOML string that holds a value."""
    return tomlkit.string(value).as_string()


def _comments(text: str) -> int:
    return text.count("#")


def _table(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


def _facts(text: str) -> dict[str, Any]:
    facts = _table(text).get("facts", {})
    return facts if isinstance(facts, dict) else {}


def _rows(text: str, name: str) -> list[dict[str, Any]]:
    rows = _table(text).get(name, [])
    return rows if isinstance(rows, list) and all(isinstance(row, dict) for row in rows) else []


def without_omission(text: str, item: str, others: tuple[str, ...] = ()) -> str | None:
    """Return the manifest without the ``[[leave_out]]`` of an item, by whichever of its names."""
    names = {item, *others}
    rows = _rows(text, "leave_out")
    at = next((n for n, row in enumerate(rows) if row.get("item") in names), None)
    if at is None:
        return None

    def change(table: dict[str, Any]) -> None:
        del table["leave_out"][at]
        if not table["leave_out"]:
            del table["leave_out"]

    return _proved(text, change, (_without_table(text, "[[leave_out]]", at),), lost=2)


def without_fact(text: str, fact: str, items: tuple[str, ...] = ()) -> str | None:
    """Return the manifest without the value of a fact: of the edition, or in one item by any of its names."""
    rows = _rows(text, "fact_for")
    where = (n for n, row in enumerate(rows) if row.get("fact") == fact and row.get("item") in items)
    at = next(where, None) if items else None
    if items and at is None:
        return None

    def change(table: dict[str, Any]) -> None:
        if at is None:
            del table["facts"][fact]
        else:
            del table["fact_for"][at]
            if not table["fact_for"]:
                del table["fact_for"]

    if at is not None:
        return _proved(text, change, (_without_table(text, "[[fact_for]]", at),), lost=3)
    if fact not in _facts(text):
        return None
    line = re.compile(rf"^[ \t]*[\"']?{re.escape(fact)}[\"']?[ \t]*=.*\n?", re.MULTILINE)
    offers = tuple(text[: found.start()] + text[found.end() :] for found in line.finditer(text))
    return _proved(text, change, offers)


def _without_table(text: str, header: str, nth: int) -> str | None:
    """Return the text without the nth table of a header; comments and empty lines after it stay."""
    lines = text.split("\n")
    found = [at for at, line in enumerate(lines) if re.sub(r"\s", "", line).startswith(header)]
    if nth >= len(found):
        return None
    start = found[nth]
    end = next((n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith("[")), len(lines))
    while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    if start and not lines[start - 1].strip() and end < len(lines) and not lines[end].strip():
        start -= 1  # one empty line between what stays, not two; the last line keeps its ending
    return "\n".join([*lines[:start], *lines[end:]])
