"""Local facts filled in: once, at the end, as inert text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from types import MappingProxyType

import attrs

from guidance_kit.composing.lines import Line, relined, text_of
from guidance_kit.composing.operations import Operations
from guidance_kit.model.ancestry import Given
from guidance_kit.model.inline import Role, local_fact, replace_roles, roles_in
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Overlay

_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
ValueOf = Callable[[str], str]


@attrs.frozen
class Values:
    """The values given, for the edition and in single items; an item's beats the edition's.

    A default that the core declares is the core's own word: its slot stays, and is shown with it, so that an
    edition that gives nothing is the core byte for byte. ``before`` are the values that earlier editions
    gave, the nearest first: an item's value beats an edition's, whichever of them gave it.
    """

    given: Mapping[tuple[str, str], str]
    before: Mapping[tuple[str, str], str] = MappingProxyType({})

    def within(self, item: str) -> ValueOf:
        """Return what tells the value of a fact in an item (or in none): empty if nobody gave one."""

        def value(fact: str) -> str:
            keys = ((fact, item), (fact, ""))
            values = (which.get(key) for key in keys for which in (self.given, self.before))
            return next((one for one in values if one), "")

        return value


NO_VALUES = Values({})


def values_of(base: Library, operations: Operations) -> Values:
    """Return the values that hold in an edition, as readers see them: its own, and those given before it."""
    facts = operations.facts
    before = [one for one in (base.ancestry.values if base.ancestry else ()) if one.fact in facts]
    return Values(
        {key: facts[key[0]].shown(op.value) for key, op in operations.values.items()},
        {(one.fact, one.item): facts[one.fact].shown(one.value) for one in reversed(before)},
    )


def all_given(base: Library, overlay: Overlay, operations: Operations) -> tuple[Given, ...]:
    """Return every value that an edition or one before it gave, each fact and item once: the nearest."""
    by = overlay.publisher or overlay.title
    own = (Given(fact, op.value, item, by) for (fact, item), op in operations.values.items())
    before = base.ancestry.values if base.ancestry else ()
    found: dict[tuple[str, str], Given] = {}
    for one in (*own, *before):
        found.setdefault((one.fact, one.item), one)
    return tuple(found[key] for key in sorted(found))


def filled(text: str, value_of: ValueOf) -> str:
    """Return a text with the slots that have a value filled; lines keep their number."""
    if "fact}" not in text:
        return text

    def fill(use: Role) -> str | None:
        value = value_of(use.content.strip()) if is_slot(use) else ""
        if not value:
            return None
        if "|" in value and _in_table(text, use.start):
            value = value.replace("|", "\\|")  # or it would end the cell
        return local_fact(value) + "\n" * text.count("\n", use.start, use.end)

    return replace_roles(text, fill)


def is_slot(use: Role) -> bool:
    """Return whether a role is the slot of a fact."""
    return use.name.removeprefix("guidance:") == "fact"


def slots_of(text: str) -> tuple[str, ...]:
    """Return the ids of the facts that a text uses, in order, each once."""
    if "fact}" not in text:
        return ()
    return tuple(dict.fromkeys(role.content.strip() for role in roles_in(text) if is_slot(role)))


def fill_lines(lines: Sequence[Line], values: Values) -> list[Line]:
    """Return the lines of a page with slots filled, in each item with the values that hold there."""
    if not any("fact}" in line.text for line in lines):
        return list(lines)
    return list(_filled(lines, values))


def _filled(lines: Sequence[Line], values: Values) -> Iterator[Line]:
    for (item, inert), group in groupby(lines, key=lambda line: (line.item, line.inert)):
        part = list(group)
        if not inert:
            part = relined(part, filled(text_of(part), values.within(item)))
        yield from part


def _in_table(text: str, at: int) -> bool:
    """Return whether a place in a text stands in a table: among unbroken lines, one rules off its head."""
    lines = text.split("\n")
    row = text.count("\n", 0, at)
    above = list(takewhile(str.strip, reversed(lines[: row + 1])))
    below = list(takewhile(str.strip, lines[row + 1 :]))
    return any("|" in line and _RULE.fullmatch(line.rstrip("\r")) for line in (*above, *below))
