"""How far a release must step: the smallest honest version, with each change that asks for it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from enum import StrEnum

from guidance_kit.checking.comparing import Comparison, fact_of, olds_of
from guidance_kit.checking.editorial import alterations
from guidance_kit.model.changes import FACT, PAGE, Change, Merged, Split, Withdrawn
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.versions import PLACES, numbers_of
from guidance_kit.model.vocabulary import ChangeKind


class Step(StrEnum):
    """How far one version is from the one before, smallest first."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """How far it is, from 0."""
        return list(Step).index(self)


def honest_step(new: Library, old: Library | None) -> Step:
    """Return the smallest step that does not hide what a release does to editions."""
    return max((step for step, _ in reasons(new, old)), key=lambda step: step.rank, default=Step.NONE)


def reasons(new: Library, old: Library | None) -> tuple[tuple[Step, str], ...]:
    """Return each thing that a release does, as a sentence, with the step it asks for; largest step first.

    A first release has none: it steps from nothing.
    """
    if old is None:
        return ()
    compared = Comparison.of(new, old)
    found = dict.fromkeys((*_gone(compared), *_stricter(compared), *_facts(compared), *_texts(compared)))
    if not found and new.content != old.content:
        found[Step.PATCH, "Pages, sources or files outside the items changed."] = None
    return tuple(sorted(found, key=lambda one: -one[0].rank))


def next_version(old_version: str, step: Step) -> str:
    """Return the version that a step leads to: ``1.4.2`` and minor give ``1.5.0``, ``1.4`` gives ``1.5``."""
    numbers = [int(piece) for piece in old_version.split(".")] if numbers_of(old_version) else [0, 0, 0]
    at = {Step.MAJOR: 0, Step.MINOR: 1, Step.PATCH: 2}.get(step)
    if at is None:
        return old_version
    numbers += [0] * (at + 1 - len(numbers))
    numbers[at:] = [numbers[at] + 1, *(0 for _ in numbers[at + 1 :])]
    return ".".join(map(str, numbers))


def step_between(old_version: str, new_version: str) -> Step:
    """Return how far two versions are from each other; none if the second is not higher."""
    old, new = numbers_of(old_version), numbers_of(new_version)
    if new <= old:
        return Step.NONE
    pairs = itertools.zip_longest(old, new, fillvalue=0)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), 0)
    return (Step.MAJOR, Step.MINOR)[at] if at < PLACES - 1 else Step.PATCH


def _gone(compared: Comparison) -> Iterator[tuple[Step, str]]:
    for record in compared.records:
        names = " and ".join(f'"{name}"' for name in olds_of(record))
        if isinstance(record, Withdrawn) and not record.what.startswith(FACT):
            yield Step.MAJOR, f"{names} is withdrawn."
        elif isinstance(record, Split):
            yield Step.MAJOR, f"{names} is split."
        elif isinstance(record, Merged):
            yield Step.MAJOR, f"{names} are merged."
    told = {name for record in compared.records for name in olds_of(record)}
    for name in compared.vanished:
        if name not in told and not name.startswith(FACT):
            yield Step.MAJOR, f'"{name}" is gone.'
    for name, was in compared.came_from.items():
        if name != was and _moved_itself(compared, name, was):
            yield Step.MINOR, f'"{was}" moved to "{name}".'


def _moved_itself(compared: Comparison, name: str, was: str) -> bool:
    """Return whether an item moved, or a part by itself and not with its item; a fact cannot."""
    if name in compared.new.by_id:
        return True
    item, _, key = name.partition("#")
    return name in compared.new.prints and was != f"{compared.came_from.get(item)}#{key}"


def _stricter(compared: Comparison) -> Iterator[tuple[Step, str]]:
    for item in compared.new:
        was = compared.was(item)
        if was is None:
            continue
        if item.must_appear and not was.must_appear:
            yield Step.MAJOR, f'"{item.id}" must now appear in every edition.'
        fixed = [key for key in ("title", *item.parts) if item.protection_of(key).fixed]
        newly = [key for key in fixed if not _was_fixed(compared, f"{item.id}#{key}")]
        if newly and len(newly) == len(item.parts) + 1:
            yield Step.MAJOR, f'The wording of "{item.id}" is now fixed.'
        else:
            yield from ((Step.MAJOR, f'The wording of "{item.id}#{key}" is now fixed.') for key in newly)
        if item.kind != was.kind:
            yield (
                Step.MAJOR,
                f'"{item.id}" is a {_kind(item)} now, and was a {_kind(was)}: links to it break.',
            )


def _kind(item: Item) -> str:
    return item.label.lower()


def _was_fixed(compared: Comparison, target: str) -> bool:
    """Return whether the wording of a part was fixed before; of a part that is new, that of its item."""
    pair = compared.pair(target)
    if pair:
        return pair[0].protection_of(compared.part_was(target)).fixed
    item = compared.new.by_id[target.partition("#")[0]]
    was = compared.was(item)
    return was is not None and was.protection.fixed


def _facts(compared: Comparison) -> Iterator[tuple[Step, str]]:
    for old in compared.old.facts:
        target = f"{FACT}{old.id}"
        new = fact_of(compared.new, target)
        if new is None:
            yield Step.MAJOR, f'The fact "{old.id}" is removed: values given to it are lost.'
        elif new.type is not old.type:
            yield Step.MAJOR, f'The fact "{old.id}" is of type {new.type}, and was of type {old.type}.'
        elif set(old.choices) - set(new.choices):
            yield Step.MAJOR, f'The fact "{old.id}" no longer allows a value that it did.'


def _texts(compared: Comparison) -> Iterator[tuple[Step, str]]:
    new = [item.id for item in compared.new_items]
    yield from ((Step.MINOR, f'"{name}" is new.') for name in new)
    for target in (*compared.changed, *compared.added):
        item = target.partition("#")[0]
        if item in new:
            continue
        kind = _gravest((*compared.declared.get(target, ()), *compared.declared.get(item, ())))
        if kind is ChangeKind.EDITORIAL and not alterations(compared, target):
            yield Step.PATCH, f'"{target}" is tidied.'
        elif target in compared.added:
            yield Step.MINOR, f'"{target}" is new.'
        else:
            yield Step.MINOR, f'"{target}" changed{_weight(kind)}.'
    for one in compared.records:
        if isinstance(one, Change) and one.what.startswith(PAGE) and one.kind is not ChangeKind.EDITORIAL:
            yield Step.MINOR, f'"{one.what}" changed{_weight(one.kind)}.'


def _weight(kind: ChangeKind | None) -> str:
    return ", for safety" if kind is ChangeKind.SAFETY else ""


def _gravest(changes: tuple[Change, ...]) -> ChangeKind | None:
    return max((one.kind for one in changes), key=lambda kind: kind.rank, default=None)
