"""What Sphinx says while it builds, as values: warnings with a person's place, and how far it has come."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from guidance_kit.problems import CODES, NOWHERE, Place, Problem

Progress = Callable[[str, int], None]
Places = Callable[[str, int], Place]

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WARNING = re.compile(
    r"(?:(?P<path>.+?):(?:(?P<line>\d+)|None)?:? )?(?:WARNING|ERROR|CRITICAL): (?P<words>.*)", re.DOTALL
)
_KIND = re.compile(r"\s*\[(?P<kind>[\w.:-]+)\]\s*$")
_STEP = re.compile(r"(?P<step>[a-z][a-z ]+)\.\.\. \[ *(?P<done>\d+)%\]")
#: Sphinx warns of a page or picture it could not write and carries on; such a build is not whole.
_UNWRITTEN = re.compile(
    r"error writing file|cannot (?:copy|read) (?:image|downloadable|static) file|cannot copy"
)


@attrs.frozen
class Warned:
    """A warning of Sphinx or another extension: where, what, and its type."""

    message: str
    kind: str = ""
    place: Place = NOWHERE

    def __str__(self) -> str:
        """Return the line a person reads."""
        where = f"{self.place}: " if self.place.path else ""
        return f"{where}{self.message}" + (f" [{self.kind}]" if self.kind else "")


class Warnings:
    """The stream that Sphinx writes its warnings to, one message a call."""

    encoding = "utf-8"

    def __init__(self, places: Places) -> None:
        """Hold the warnings; ``places`` tells where a person wrote a line of the tree."""
        self._places = places
        self.problems: list[Problem] = []
        self.others: list[Warned] = []
        self.unwritten: list[str] = []

    def write(self, text: str) -> int:
        """Take one message."""
        words = _ANSI.sub("", text).strip()
        if words:
            self._take(words)
        return len(text)

    def flush(self) -> None:
        """Do nothing: messages are kept."""

    def _take(self, text: str) -> None:
        match = _WARNING.fullmatch(text)
        words = match["words"] if match else text
        place = NOWHERE
        if match and match["path"]:
            place = self._places(match["path"], int(match["line"] or 0))
        found = _KIND.search(words)
        kind = found["kind"] if found else ""
        words = words[: found.start()] if found else words
        code = kind.removeprefix("guidance.")
        if kind.startswith("guidance.") and code in CODES:
            self.problems.append(Problem(code, words, "", place))
            return
        if _UNWRITTEN.search(words):
            self.unwritten.append(words)
        self.others.append(Warned(words, kind, place))


class Status:
    """The stream that Sphinx writes its progress to."""

    encoding = "utf-8"

    def __init__(self, progress: Progress | None) -> None:
        """Pass on each step and its percentage to ``progress``."""
        self._progress = progress

    def write(self, text: str) -> int:
        """Take a piece of text."""
        match = _STEP.search(_ANSI.sub("", text)) if self._progress else None
        if match and self._progress:
            self._progress(match["step"].capitalize(), int(match["done"]))
        return len(text)

    def flush(self) -> None:
        """Do nothing: there is nothing to hold back."""

    def isatty(self) -> bool:
        """Return no: Sphinx is to write plain lines."""
        return False
