"""Words to a person: the only module that prints problems."""

from __future__ import annotations

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import click

from guidance_kit.problems import Place, Problem, Severity

_GITHUB = {
    Severity.ERROR: "error",
    Severity.BLOCKER: "warning",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_COUNTED = {
    Severity.ERROR: ("error", "errors"),
    Severity.BLOCKER: ("decision waiting", "decisions waiting"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("remark", "remarks"),
}


def speak_any_encoding() -> None:
    """Let a terminal that lacks a character show a question mark instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr] # not every stream has it


def say(words: str) -> None:
    """Print a line that is not the result of a command."""
    click.echo(words, err=True)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems where they do not mix with the result of a command."""
    for problem in problems:
        say(str(problem))


def as_text(problems: Sequence[Problem], what: str) -> str:
    """Return problems as lines to read, and how many there are."""
    return "\n".join([*(str(problem) for problem in problems), f"{what}: {counted(problems)}."])


def as_json(problems: Sequence[Problem]) -> str:
    """Return problems as a JSON list."""
    return json.dumps(rows(problems), ensure_ascii=True, indent=2)


def rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as values for a program."""
    return [
        {
            "severity": str(problem.severity),
            "code": problem.code,
            "path": problem.place.path,
            "line": problem.place.line,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]


def refusal(problems: Iterable[Problem]) -> str:
    """Return as JSON why a command did nothing."""
    return json.dumps({"problems": rows(problems)}, ensure_ascii=True, indent=2)


def as_github(problems: Sequence[Problem], *, release: bool = False) -> str:
    """Return problems as the annotations of a workflow; what stops a ``release`` is an error of it."""
    return "\n".join(_annotation(problem, release=release) for problem in problems)


def counted(problems: Iterable[Problem]) -> str:
    """Return how many problems there are of each severity, in words."""
    counts = Counter(problem.severity for problem in problems)
    words = [f"{counts[one]} {_COUNTED[one][counts[one] != 1]}" for one in Severity if counts[one]]
    return ", ".join(words) or "nothing to do"


def system_problem(error: OSError) -> Problem:
    """Return what the system says of a file, as a problem."""
    words = f"This cannot be read or written: {(error.strerror or type(error).__name__).lower()}."
    hint = "Check that it exists, that there is room, and that you may open it."
    return Problem("unreadable", words, hint, Place(str(error.filename or "")))


def _annotation(problem: Problem, *, release: bool) -> str:
    stops = release and problem.severity is Severity.BLOCKER
    kind = _GITHUB[Severity.ERROR if stops else problem.severity]
    where = [("file", problem.place.path)] if problem.place.path else []
    where += [("line", str(problem.place.line))] if problem.place.line else []
    where += [("title", problem.code)]
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in where)
    words = f"{problem.message} {problem.hint}".strip()
    return f"::{kind} {properties}::{_escaped(words)}"


def _escaped(words: str, more: str = "") -> str:
    words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for mark in more:
        words = words.replace(mark, f"%{ord(mark):02X}")
    return words


def formatted(form: str, problems: Sequence[Problem], what: str, *, release: bool = False) -> str:
    """Return problems as one of :data:`FORMATS` has them; ``release`` says that they are to stop one."""
    if form == "github":
        return as_github(problems, release=release)
    return as_json(problems) if form == "json" else as_text(problems, what)


#: What ``--format`` offers.
FORMATS = ("text", "json", "github")
