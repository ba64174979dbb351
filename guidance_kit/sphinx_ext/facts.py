"""Local facts: the label that stands in the place of one without a value."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from sphinx.util import logging

from guidance_kit.sphinx_ext.edition import read_json

_log = logging.getLogger(__name__)


@attrs.frozen
class FactLabels:
    """What each declared fact is called, by id."""

    labels: Mapping[str, str] = attrs.field(factory=dict)

    def label(self, fact: str) -> str:
        """Return what a fact is called: its id where nobody declared it."""
        return self.labels.get(fact, fact)


def read_facts(path: Path) -> FactLabels:
    """Return the labels of the facts in ``facts.json`` or ``facts.toml``; none where there is no file."""
    if path.suffix == ".json":
        found = read_json(path)
        entries = list(found.items()) if isinstance(found, dict) else []
    else:
        entries = [(str(fact.get("id")), fact) for fact in _from_toml(path)]
    return FactLabels(
        {name: str(fact.get("label", name)) for name, fact in entries if isinstance(fact, dict)}
    )


def _from_toml(path: Path) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            found = tomllib.load(file).get("fact", [])
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        words = 'The file "%s" cannot be read: %s.'
        _log.warning(
            words, path.name, error, location=f"{path}:1", type="guidance", subtype="manifest-syntax"
        )
        return []
    return [fact for fact in found if isinstance(fact, dict)] if isinstance(found, list) else []
