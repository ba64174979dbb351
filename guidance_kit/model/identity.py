"""The identity of a library: a fingerprint for each target in it, and one for the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from guidance_kit.model.changes import FACT
from guidance_kit.model.facts import Fact
from guidance_kit.model.fingerprint import PREFIX, joined_fingerprint
from guidance_kit.model.page import Page


def fact_fingerprint(fact: Fact) -> str:
    """Return the fingerprint of a fact's definition: what an editor is asked for, and in which shape.

    A default belongs to it: that is what readers see where nobody gives a value.
    """
    said = [
        "fact",
        str(fact.type),
        fact.label,
        fact.help,
        fact.required,
        str(fact.fill_by),
        list(fact.choices),
    ]
    return _hash([*said, fact.default] if fact.default else said)


def value_fingerprint(value: str) -> str:
    """Return the fingerprint of a value given to a fact."""
    return _hash(["value", " ".join(value.split())])


def prints_of_all(facts: Iterable[Fact], pages: Iterable[Page]) -> dict[str, str]:
    """Return the fingerprint of every target among facts, pages and the items on them, by target."""
    found: dict[str, str] = {}
    for page in pages:
        found |= page.prints
    found |= {f"{FACT}{fact.id}": fact_fingerprint(fact) for fact in facts}
    return found


def whole_fingerprint(prints: Mapping[str, str], *more: object) -> str:
    """Return the one fingerprint of targets, and of whatever else there is that JSON can hold."""
    return joined_fingerprint("library", {**dict(sorted(prints.items())), "more": _hash(list(more))})


def _hash(value: object) -> str:
    words = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return PREFIX + hashlib.sha256(words.encode("ascii")).hexdigest()
