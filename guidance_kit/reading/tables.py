"""TOML tables become values of the model, with every mistake told in our own words.

``cattrs`` does the structuring (unknown keys forbidden, all errors gathered); here its errors become problems
and lines are found again, which ``tomllib`` does not give.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs
import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from guidance_kit.model.vocabulary import Word
from guidance_kit.problems import Place, Problem, allowed, nearest

#: Attributes that reading fills in, which nobody writes: of a value that knows where it was written.
_OURS = ("space", "origin")
_HEADER = re.compile(r"\s*\[[^\]]*\]\]?")

T = TypeVar("T", bound=attrs.AttrsInstance)


@functools.cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _yes_no)
    converter.register_structure_hook(Word, _word)
    converter.register_structure_hook_func(lambda cls: cls == tuple[str, ...], _texts)
    return converter


@attrs.frozen
class Spot:
    """A table of a TOML file: the file, its text, the table's header (``[edition]``), which of several."""

    path: str
    text: str = attrs.field(repr=False)
    header: str
    nth: int = 0

    def place(self, key: str = "") -> Place:
        """Return where a key of the table stands, or the table itself."""
        return Place(self.path, line_of(self.text, self.header, self.nth, key))


def read_table(cls: type[T], table: object, spot: Spot) -> tuple[T | None, list[Problem]]:
    """Return the value that a table holds, or None, and a problem for every mistake in it."""
    if not isinstance(table, Mapping):
        hint = f"Write {spot.header} on a line of its own."
        return None, [Problem("bad-value", f"{spot.header} is not a table.", hint, spot.place())]
    ours = [key for key in table if key in _filled_in(cls)]
    try:
        value = _converter().structure({k: v for k, v in table.items() if k not in ours}, cls)
    except ClassValidationError as error:
        problems = [problem for each in _leaves(error) for problem in _problems(cls, each, spot)]
        return None, [*problems, *(_extra(cls, key, spot) for key in ours)]
    return value, [_extra(cls, key, spot) for key in ours]


def _filled_in(cls: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    return _OURS if "origin" in {field.name for field in attrs.fields(cls)} else ()


def read_rows(
    cls: type[T], table: Mapping[str, object], name: str, path: str, text: str
) -> tuple[list[tuple[T, Place]], list[Problem]]:
    """Return the good values of the ``[[name]]`` tables of a file with their places, and every problem."""
    rows = table.get(name, [])
    if not isinstance(rows, list):
        spot = Spot(path, text, f"[{name}]")
        place = spot.place() if spot.place().line else Place(path, line_of(text, "", 0, name))
        words = f'"{name}" is written once for each.'
        return [], [Problem("bad-value", words, f"Write [[{name}]], with two brackets.", place)]
    found: list[tuple[T, Place]] = []
    problems: list[Problem] = []
    for nth, row in enumerate(rows):
        spot = Spot(path, text, f"[[{name}]]", nth)
        value, faults = read_table(cls, row, spot)
        problems += faults
        if value is not None:
            found.append((value, spot.place()))
    return found, problems


class _WrongValueError(ValueError):
    """A value of the wrong kind; the message says what is needed."""


def _text(value: object, _: type[str]) -> str:
    if isinstance(value, str):
        return value
    message = f'needs quotes: write "{value}"'
    raise _WrongValueError(message)


def _texts(value: object, _: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(one, str) for one in value)
    message = "is a list, in square brackets"
    raise _WrongValueError(message)


def _yes_no(value: object, _: type[bool]) -> bool:
    if isinstance(value, bool):
        return value
    message = "is either true or false, without quotes"
    raise _WrongValueError(message)


def _word(value: object, cls: type[Word]) -> Word:
    try:
        return cls(_text(value, str))  # type: ignore[call-arg] # looking a member up takes its value
    except _WrongValueError:
        raise
    except ValueError:
        words = allowed(str(value), (word.value for word in cls))
        message = f'is "{value}", which is not allowed. {words.removesuffix(".")}'
        raise _WrongValueError(message) from None


def _leaves(error: BaseException, key: str = "") -> Iterator[tuple[str, BaseException]]:
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        for inner in error.exceptions:
            note = next((n for n in getattr(inner, "__notes__", ()) if hasattr(n, "name")), None)
            yield from _leaves(inner, key or str(getattr(note, "name", "")))
    else:
        yield key, error


def _problems(
    cls: type[attrs.AttrsInstance], leaf: tuple[str, BaseException], spot: Spot
) -> Iterator[Problem]:
    key, error = leaf
    if isinstance(error, ForbiddenExtraKeysError):
        yield from (_extra(cls, extra, spot) for extra in sorted(error.extra_fields))
    elif isinstance(error, KeyError):
        missing = str(error.args[0])
        words = f'The key "{missing}" in {spot.header} is missing.'
        yield Problem("missing-key", words, f'Add {missing} = "..."', spot.place())
    else:
        reason = str(error) if isinstance(error, _WrongValueError) else "is not of the right kind"
        yield Problem("bad-value", f'"{key}" in {spot.header} {reason}.', "", spot.place(key))


def _extra(cls: type[attrs.AttrsInstance], key: str, spot: Spot) -> Problem:
    known = [field.name for field in attrs.fields(cls) if field.name not in _filled_in(cls)]
    words = f'The key "{key}" in {spot.header} means nothing.'
    return Problem("unknown-key", words, nearest(key, known), spot.place(key))


def line_of(text: str, header: str, nth: int = 0, key: str = "") -> int:
    """Return the line (from 1) of the nth table with a header in a TOML text, or of a key in it; 0 if none.

    ``header`` is ``[edition]`` or ``[[leave_out]]``; an empty header is the top of the file.
    """
    lines, headers = _headers(text)
    found = headers.get(header, []) if header else [0]
    if len(found) <= nth:
        return 0
    start = found[nth]
    for at in range(start, len(lines) if key else 0):
        words = lines[at].lstrip()
        if words.startswith("["):
            break
        if words.partition("=")[0].strip().strip("\"'") == key:
            return at + 1
    return start


@functools.lru_cache(maxsize=8)
def _headers(text: str) -> tuple[list[str], dict[str, list[int]]]:
    """Return the lines of a TOML text, and the lines (from 1) of its tables by header."""
    lines = text.split("\n")
    found: dict[str, list[int]] = {}
    for at, line in enumerate(lines, 1):
        match = _HEADER.match(line)
        if match:
            found.setdefault(re.sub(r"\s", "", match[0]), []).append(at)
    return lines, found


def extra_keys(table: Mapping[str, Any], known: tuple[str, ...], path: Path, text: str) -> list[Problem]:
    """Return a problem for each key at the top of a TOML file that is none of those known."""
    hint = f"Known here: {', '.join(known)}."
    return [
        Problem(
            "unknown-key",
            f'The key "{key}" means nothing here.',
            hint,
            Place(str(path), _line(text, key)),
        )
        for key in table
        if key not in known
    ]


def _line(text: str, key: str) -> int:
    return line_of(text, f"[{key}]") or line_of(text, f"[[{key}]]") or line_of(text, "", 0, key)
