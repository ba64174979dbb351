"""The rule that no release gives up a protection: an item or part is never less protected than it was."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.checking.comparing import Comparison, olds_of, results_of
from guidance_kit.model.changes import Merged, Split
from guidance_kit.model.item import Item
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Problem

_HINT = "Put the protection back. Editions and the people who read them count on it."


def loosened(compared: Comparison) -> Iterator[Problem]:
    """Give a problem for each item or part that is less protected than in the last release."""
    for item in compared.new:
        was = compared.was(item)
        if was and not was.protection.allows(item.protection):
            yield _problem(compared, item.id, was.protection, item.protection)
        else:
            yield from _of_parts(compared, item)
    yield from _of_results(compared)


def _of_parts(compared: Comparison, item: Item) -> Iterator[Problem]:
    for key in ("title", *item.parts):
        target = f"{item.id}#{key}"
        pair = compared.pair(target)
        if pair:
            before, now = pair[0].protection_of(compared.part_was(target)), item.protection_of(key)
            if not before.allows(now):
                yield _problem(compared, target, before, now)


def _of_results(compared: Comparison) -> Iterator[Problem]:
    """Give a problem where what was split or merged was protected, and nothing that came of it is as much."""
    for record in compared.records:
        if not isinstance(record, (Split, Merged)):
            continue
        names = {name.partition("#")[0] for name in results_of(record)}
        items = [compared.new.by_id[name] for name in names if name in compared.new.by_id]
        now = _strictest(items)
        for name in olds_of(record):
            item = compared.old.by_id.get(name)
            if item and items and not _strictest([item]).allows(now):
                words = f'"{name}" was {_strictest([item])}, and nothing that came of it is.'
                yield Problem("loosened-protection", words, _HINT, record.origin)


def _strictest(items: list[Item]) -> Protection:
    found = Protection.OPEN
    for item in items:
        for one in (item.protection, *item.part_protections.values()):
            found = found.joined(one)
    return found


def _problem(compared: Comparison, target: str, before: Protection, now: Protection) -> Problem:
    words = f'"{target}" was {before} in {compared.old.version}, and is {now} now.'
    return Problem("loosened-protection", words, _HINT, compared.place(target))
