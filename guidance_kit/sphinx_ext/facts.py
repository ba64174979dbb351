"""Local facts: what stands in the place of one for which an edition gave no value."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from sphinx.util import logging

from guidance_kit.model.dates import date_in_words
from guidance_kit.model.vocabulary import FactType
from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.edition import read_json

_log = logging.getLogger(__name__)


@attrs.frozen
class DeclaredFacts:
    """What each declared fact is called, and the value that stands where nobody gave one; by id."""

    labels: Mapping[str, str] = attrs.field(factory=dict)
    defaults: Mapping[str, str] = attrs.field(factory=dict)

    def said(self, fact: str) -> str:
        """Return what stands in the place of a fact: its default, or that it is to be completed.

        A fact that nobody declared is called by its id.
        """
        label = self.labels.get(fact, fact)
        return self.defaults.get(fact) or words.say(words.MISSING_FACT, label=label)

    def css_class(self, fact: str) -> str:
        """Return the class of what stands in its place."""
        return "guidance-local-fact" if fact in self.defaults else "guidance-fact-missing"


def read_facts(path: Path) -> DeclaredFacts:
    """Return the facts declared in ``facts.json`` or ``facts.toml``; none where there is no file."""
    if path.suffix == ".json":
        found = read_json(path)
        entries = list(found.items()) if isinstance(found, dict) else []
    else:
        entries = [(str(fact.get("id")), fact) for fact in _from_toml(path)]
    facts = {name: fact for name, fact in entries if isinstance(fact, dict)}
    return DeclaredFacts(
        {name: str(fact.get("label", name)) for name, fact in facts.items()},
        {name: _default(fact) for name, fact in facts.items() if fact.get("default")},
    )


def _default(fact: Mapping[str, Any]) -> str:
    default = str(fact["default"])
    return date_in_words(default) if fact.get("type") == FactType.DATE else default


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
