"""The shape of a block: its title, its options once each, its parts by heading; and words for what is amiss.

Shared with the Sphinx directives, so that both say the same of the same mistake.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping

import attrs

from guidance_kit.model.fields import parts_of
from guidance_kit.model.item import Item
from guidance_kit.problems import allowed, with_article
from guidance_kit.reading.fields import Fault


def part_key(kind: type[Item], heading: str | None) -> str | None:
    """Return the key of the part that a heading names, by label or key; no heading names the first part."""
    if heading is None:
        parts = parts_of(kind)
        return parts[0].key if parts else None
    return _named(kind, _folded(heading))


def _named(kind: type[attrs.AttrsInstance], words: str) -> str | None:
    return _keys(kind).get(words)


@functools.cache
def _keys(kind: type[attrs.AttrsInstance]) -> Mapping[str, str]:
    """Return the key of each part of a kind by all that may name it."""
    parts = parts_of(kind)
    return {part.key: part.key for part in parts} | {_folded(part.label): part.key for part in parts}


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def unknown_part(kind: type[Item], heading: str) -> Fault:
    """Return the fault of a heading that names no part."""
    labels = [part.label for part in parts_of(kind)]
    message = f'{with_article(kind.label.lower())} has no part "{heading}".'
    return Fault("", "unknown-part", message, allowed(heading, labels, "Parts"))


def part_twice(key: str) -> Fault:
    """Return the fault of a second heading for one part."""
    return Fault(
        key, "duplicate-part", f'The part "{key}" is given twice.', "Put the two texts under one heading."
    )


def missing_parts(kind: type[Item], given: Collection[str]) -> list[Fault]:
    """Return a fault for each part that the kind needs and the block does not give."""
    return [
        Fault(
            "",
            "missing-part",
            f'The part "{part.label}" of this {kind.label.lower()} is missing.',
            f"{_how_to_add(kind, part.key, part.label)} {part.about.help}",
        )
        for part in parts_of(kind)
        if part.required and part.key not in given
    ]


def _how_to_add(kind: type[Item], key: str, label: str) -> str:
    if key == parts_of(kind)[0].key:
        return "Write it as the text before the first heading."
    return f'Add a heading "## {label}" with text below it.'


def missing_title(kind: type[Item]) -> Fault:
    """Return the fault of a block without a title."""
    hint = f"Write it after the name: {{{kind.kind}}} The title."
    return Fault("", "missing-title", f"This {kind.label.lower()} has no title.", hint)


def field_twice(key: str) -> Fault:
    """Return the fault of an option that is given a second time."""
    return Fault(key, "duplicate-field", f'The field "{key}" is given twice.', "Keep one.")
