"""``edition.json``: what an exported tree tells of the edition it was composed into."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from sphinx.util import logging

_log = logging.getLogger(__name__)


@attrs.frozen
class EditionFile:
    """Labels and differences by id of item, what was left out, redirects, and where lines were written.

    ``pages`` are those that are not national, by name, each with whose it is.
    """

    items: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    left_out: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    redirects: Mapping[str, str] = attrs.field(factory=dict)
    lines: Mapping[str, list[list[Any]]] = attrs.field(factory=dict)
    pages: Mapping[str, Mapping[str, str | None]] = attrs.field(factory=dict)

    def parts(self, item: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what is told of the parts of an item, by key."""
        return {part["key"]: part for part in self.items.get(item, {}).get("parts", ())}

    def labels(self, item: str) -> Mapping[str, Mapping[str, str]]:
        """Return the label of each part of an item whose words are not plainly national, by key."""
        found: Mapping[str, Mapping[str, str]] = self.items.get(item, {}).get("labels", {})
        return found


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON is any value
    """Return the value in a JSON file; nothing, and a warning, if it cannot be read. No file is no fault."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        words = 'The file "%s" cannot be read as JSON: %s. Write it again with the program that made it.'
        where = f"{path}:{getattr(error, 'lineno', 1)}"
        _log.warning(words, path.name, error, location=where, type="guidance", subtype="json-syntax")
        return None


def read_edition(path: Path) -> EditionFile:
    """Return what the file says; an empty edition where there is none."""
    found = read_json(path)
    if not isinstance(found, dict):
        return EditionFile()
    tables = {name: found.get(name) for name in ("items", "left_out", "redirects", "lines", "pages")}
    return EditionFile(**{name: value for name, value in tables.items() if isinstance(value, dict)})
