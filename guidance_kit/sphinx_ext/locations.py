"""Places in messages: what a person wrote, never a line of a page that was written by a tool."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

_AT = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?:?$")


@attrs.frozen
class Places:
    """Where each line of the pages in a folder was written."""

    folder: str = ""
    lines: Mapping[str, list[list[Any]]] = attrs.field(factory=dict)
    sources: Mapping[str, str] = attrs.field(factory=dict)

    def written_at(self, location: str) -> str | None:
        """Return ``file:line`` as a person wrote it, for one of a composed page; nothing for any other."""
        match = _AT.fullmatch(location)
        if match is None or not match["path"].startswith(self.folder + os.sep):
            return None
        path = Path(match["path"]).relative_to(self.folder).with_suffix("").as_posix()
        runs = self.lines.get(path)
        if not runs:
            return None
        source, file, line = _origin(runs, int(match["line"] or 1))
        real = self.sources.get(source)
        name = str(Path(real) / file) if real else f"{source}/{file}"
        return f"{name}:{line}" if line and match["line"] else name


def _origin(runs: list[list[Any]], line: int) -> tuple[str, str, int]:
    """Return the source, file and line of a line of a composed page; line 0 where the tool wrote it."""
    first = 1
    for count, source, file, start in runs:
        if line < first + count:
            return source, file, start + (line - first) if start else 0
        first += count
    _, source, file, start = runs[-1]
    return source, file, start


class PlaceFilter(logging.Filter):
    """Rewrites the place of each message before it is shown."""

    def __init__(self, places: Callable[[], Places]) -> None:
        """Rewrite places by what ``places`` returns, when there is a message."""
        super().__init__()
        self._places = places

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every message pass, with its place rewritten."""
        location = getattr(record, "location", None)
        found = self._places().written_at(location) if isinstance(location, str) else None
        if found:
            record.location = found
        return True


def watch(places: Callable[[], Places]) -> None:
    """Rewrite the places of all messages of this build, if an edition tells where lines were written."""
    for handler in logging.getLogger("sphinx").handlers:
        # After Sphinx's own filters, which have turned the place into text.
        handler.addFilter(PlaceFilter(places))
