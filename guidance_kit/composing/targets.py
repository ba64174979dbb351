"""What operations may be about: items and sections that exist, each named once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import attrs

from guidance_kit.composing.fates import told_of
from guidance_kit.composing.fixed import demand
from guidance_kit.composing.holding import holders_of
from guidance_kit.model.changes import Merged, Split, Withdrawn
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import (
    Adapt,
    Add,
    Arrange,
    FactValue,
    LeaveOut,
    LockFact,
    Note,
    Overlay,
    Protect,
    Put,
    Take,
)
from guidance_kit.problems import Place, Problem, nearest, typed

Op = TypeVar("Op", LeaveOut, Take, FactValue, Arrange, Put, Adapt, Note, Add, Protect, LockFact)
Chosen = TypeVar("Chosen", LeaveOut, Take)


class Targets:
    """The items and sections that an overlay's operations may name, and the problems found so far."""

    def __init__(self, base: Library, overlay: Overlay) -> None:
        """Hold both sides."""
        self.base, self.overlay = base, overlay
        self.problems: list[Problem] = []
        self.own = {add.item.id: add.item for add in overlay.adds}
        self.sections = {section.id for section in base.sections}
        self.holders = holders_of(base)

    def command(self, name: str, item: str = "") -> str:
        """Return a command about this edition, or an item of it, as a person types it."""
        folder = typed(self.overlay.root or ".")
        return f"guidance-kit {name} {folder} {item.removeprefix(f'{self.base.space}:')}".strip()

    def say(self, code: str, message: str, hint: str, place: Place) -> None:
        """Add a problem."""
        self.problems.append(Problem(code, message, hint, place))

    def once(self, ops: Iterable[Op], key: Callable[[Op], object], what: str) -> list[Op]:
        """Return one operation for each key; for each twin, a problem that names both places.

        Which of two is kept depends on what they say and never on where they stand.
        """
        found: dict[object, list[Op]] = {}
        for op in ops:
            found.setdefault(key(op), []).append(op)
        for twins in found.values():
            first, *others = sorted(twins, key=lambda op: op.origin)
            words = f"{what} is already given at {first.origin}."
            for twin in others:
                self.say("duplicate-operation", words, "Keep one of the two.", twin.origin)
        return [min(twins, key=_said) if len(twins) > 1 else twins[0] for twins in found.values()]

    def national(self, item: str, place: Place, *, stands: bool = False) -> Item | None:
        """Return a national item; a problem with the nearest name if there is none of that id.

        ``stands`` says that it is asked for by an item, which stands in any case.
        """
        found = self.base.by_id.get(item)
        if found is None and not self.absent(item, place, stands=stands):
            words, hint = self._nowhere(item)
            if item in self.own:
                words = f'"{item}" is an item of this edition, so there is nothing national to change.'
                hint = "Change the item itself."
            elif item in self.base.broken:
                words, hint = (
                    f'"{item}" has mistakes and cannot be read.',
                    "They are told elsewhere in this list.",
                )
            self.say("unknown-target", words, hint, place)
        return found

    def _nowhere(self, item: str) -> tuple[str, str]:
        """Return that there is no such item, and what to do: what an earlier edition had nobody tells."""
        before, lists = self.base.ancestry, f"{self.command('show')} lists the items."
        near = nearest(item, self._like(item))
        if before is None:
            return f'There is no item "{item}" in the national guidance.', near or lists
        words = f'There is no item "{item}" in the guidance of {before.name}. If there was, it was taken out.'
        return words, f"{near or lists} Name another item, or delete what is said of this one."

    def _like(self, item: str) -> list[str]:
        """Return the items that may be meant: alike without the space, which most ids share, and not out."""
        out = {op.item for op in self.overlay.leave_out}
        slug = item.rpartition(":")[2]
        names = [name for name in (*self.base.by_id, *self.own) if name not in out]
        return [name for name in names if nearest(slug, [name.rpartition(":")[2]]).startswith("Did")]

    def absent(self, target: str, place: Place, *, stands: bool = False) -> bool:
        """Return whether a target was there once, having said what became of it."""
        left = self.base.ancestry.left_out.get(target.partition("#")[0]) if self.base.ancestry else None
        if left:
            words = f'"{target}" is left out by {left.by}, whose edition this one is based on. {left.reason}'
            self.say("left-out-by-parent", words.strip(), self._instead(target), place)
            return True
        fate = self.base.changes.fate(target)
        if fate is None:
            return False
        review = self.command("review", target.partition("#")[0])
        self.say(*told_of(target, fate, review, stands=stands), place)
        return True

    def _instead(self, target: str) -> str:
        """Return what to do about a target that an earlier edition leaves out."""
        before = self.base.ancestry.redirects if self.base.ancestry else {}
        new = before.get(target.partition("#")[0], "")
        if new in self.base.by_id:
            return f'"{new}" stands in its place: say it of that one, or delete this.'
        return "Delete this, or write an item of your own."

    def whole(self, item: str, place: Place, *, stands: bool = False) -> Item | None:
        """Return a national item that stands by itself, not inside another one; ``stands`` as above."""
        found = self.national(item, place, stands=stands)
        if item in self.holders:
            words = f'"{item}" stands inside "{self.holders[item]}" and goes with it.'
            self.say("unknown-target", words, f'Say it of "{self.holders[item]}".', place)
            return None
        return found

    def present(self, item: str, place: Place) -> bool:
        """Return whether an item exists, national or local, and stands by itself."""
        return item in self.own or self.whole(item, place) is not None

    def placed(self, item: str, place: Place) -> bool:
        """Return whether an item that is put somewhere exists; that it was withdrawn is no loss of a text."""
        fate = self.base.changes.fate(item) if item not in (*self.own, *self.base.by_id) else None
        if isinstance(fate, Withdrawn):
            words = f'"{item}" was withdrawn, so this comes to nothing.'
            self.say("unused", words, "Delete it.", place)
            return False
        return self.present(item, place)

    def section(self, name: str, place: Place) -> bool:
        """Return whether a section exists; a problem with the nearest name if it does not."""
        if name in self.sections:
            return True
        self.say("unknown-target", f'There is no section "{name}".', nearest(name, self.sections), place)
        return False

    def about_items(self, ops: Iterable[Chosen], what: str) -> Iterator[Chosen]:
        """Give the operations that name a national item, each item once."""
        for op in self.once(ops, lambda op: op.item, f"This {what}"):
            fate = self.base.changes.fate(op.item) if op.item not in self.base.by_id else None
            if isinstance(fate, Split):
                yield from self._parted(op)
            elif isinstance(op, LeaveOut) and self._out_before(op.item):
                words = f'"{op.item}" is left out already by {self._out_before(op.item)}.'
                self.say("unused", words, "Delete this: it comes to nothing.", op.origin)
            elif isinstance(fate, Withdrawn):
                words = f'"{op.item}" was withdrawn, so this comes to nothing.'
                self.say("unused", words, "Delete it.", op.origin)
            elif isinstance(op, Take) and isinstance(fate, Merged):
                self._merged(op, fate)
            elif self.whole(op.item, op.origin):
                yield op

    def _merged(self, op: Take, fate: Merged) -> None:
        """Say which lines to write where the item that was taken is part of another one now."""
        why = f" {fate.why}" if fate.why else ""
        words = f'"{op.item}" became part of "{fate.new}" in {fate.release}.{why} So this takes nothing now.'
        became = {name.partition("#")[0] for name in self.base.changes.became(fate.new)}
        new = next(iter(became)) if len(became) == 1 else ""
        hint = f'Write item = "{new}" here in its place, or delete this [[take]].'
        if new not in self.base.by_id:
            hint = "Delete this [[take]], and take what you want in its place."
        elif any(take.item == new for take in self.overlay.takes):
            hint = f'Delete this [[take]]: you take "{new}" already.'
        self.say("split-choice", words, hint, op.origin)

    def _parted(self, op: Chosen) -> Iterator[Chosen]:
        """Give what an operation says of each item that its item became; a problem if one is unclear."""
        for name in self.base.changes.became(op.item):
            if name in self.base.by_id:
                yield attrs.evolve(op, item=name)
            elif not isinstance(self.base.changes.fate(name), Withdrawn):
                self.absent(name, op.origin)

    def _out_before(self, item: str) -> str:
        """Return which earlier edition leaves an item out; empty if none does."""
        left = self.base.ancestry.left_out.get(item) if self.base.ancestry else None
        return left.by if left else ""

    def omissions(self) -> Iterator[LeaveOut]:
        """Give the omissions that can be made: not of an item that must appear."""
        for op in self.about_items(self.overlay.leave_out, "omission"):
            item = self.base.by_id[op.item]
            if not item.must_appear:
                yield op
                continue
            words, ask = demand(self.base, item)
            hint = f"Delete this. You can add a note beside it: {self.command('note', op.item)}{ask}"
            self.say("required-item", f"{words}, so it is not left out.", hint, op.origin)

    def puts(self) -> Iterator[Put]:
        """Give the moves of an item to another section that can be made."""
        for op in self.once(self.overlay.puts, lambda op: op.item, "The place of this item"):
            if self.placed(op.item, op.origin) and self.section(op.section, op.origin):
                yield op

    def arrangements(self) -> Iterator[Arrange]:
        """Give the arrangements of sections, with the items in them that exist."""
        for op in self.once(self.overlay.arrangements, lambda op: op.section, "The order of this section"):
            if self.section(op.section, op.origin):
                good = {name for name in (*op.first, *op.last) if self.placed(name, op.origin)}
                for name in sorted(set(op.first) & set(op.last)):
                    words = f'"{name}" stands both first and last.'
                    self.say("duplicate-operation", words, "Keep it in one of the lists.", op.origin)
                first = tuple(name for name in dict.fromkeys(op.first) if name in good)
                last = tuple(name for name in dict.fromkeys(op.last) if name in good and name not in first)
                yield attrs.evolve(op, first=first, last=last)


def _said(op: attrs.AttrsInstance) -> str:
    """Return what an operation says, as something to put twins in order by."""
    fields = attrs.fields(type(op))
    return repr([getattr(op, field.name) for field in fields if field.eq and field.name != "first_line"])
