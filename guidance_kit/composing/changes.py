"""Adaptations, notes and local items: which can be made."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from guidance_kit.composing.lines import lines_of_page
from guidance_kit.composing.parts import level_of
from guidance_kit.composing.protecting import is_free, may_go, may_stand
from guidance_kit.composing.targets import Targets
from guidance_kit.model.fields import parts_of
from guidance_kit.model.item import Item
from guidance_kit.model.overlay import Adapt, Add, Note
from guidance_kit.problems import Place, allowed, with_article

_DEFAULT_LEVEL = 2  # of the heading of a part that the tool adds


class Changes:
    """Judges what an overlay says about national items, and its own items."""

    def __init__(self, targets: Targets) -> None:
        """Hold the targets that exist."""
        self.targets = targets
        self.base, self.overlay = targets.base, targets.overlay

    def adaptations(self) -> Iterator[Adapt]:
        """Give the adaptations that can be made."""
        found = self.targets.once(
            self.overlay.adaptations, lambda op: (op.item, op.part), "An adaptation of this part"
        )
        for op in found:
            item = self.targets.whole(op.item, op.origin)
            if item is None or not self._part(item, op.part, op.origin):
                continue
            if is_free(self.targets, item, op) and self._fits(item, op):
                yield op

    def _part(self, item: Item, part: str, place: Place) -> bool:
        parts = ["title", *(spec.key for spec in parts_of(type(item)))]
        if part in parts and part not in item.parts and self.targets.absent(f"{item.id}#{part}", place):
            return False
        if part in parts:
            return True
        words = f'{with_article(item.label.lower())} has no part "{part}".'
        self.targets.say("unknown-target", words, allowed(part, parts, "Parts"), place)
        return False

    def _fits(self, item: Item, op: Adapt) -> bool:
        """Return whether a text can stand as a part of an item without changing its other parts."""
        if op.part == "title":
            if "\n" in op.text.strip():
                self.targets.say("bad-value", "A title is one line.", "Write it on one line.", op.origin)
            return "\n" not in op.text.strip()
        if held := self._held(item, op.part):
            words = f'The part "{op.part}" of "{op.item}" holds the item "{held}", so it cannot be adapted.'
            self.targets.say("unknown-target", words, "Write a local note beside it.", op.origin)
            return False
        page = self.base.page_of[item.id]
        level = level_of(item, lines_of_page(page, "")) if op.top_heading else 0
        first = op.part == parts_of(type(item))[0].key
        level = level or (0 if first else _DEFAULT_LEVEL)
        if op.top_heading and op.top_heading <= (level or op.top_heading):
            words = "A heading of this level in an adaptation would begin another part."
            hint = f"Write it with {'#' * (level + 1)}." if level else "Write it in bold instead."
            self.targets.say("unknown-part", words, hint, op.origin)
            return False
        return True

    def _held(self, item: Item, part: str) -> str:
        span = item.lines.parts.get(part)
        inner = self.base.page_of[item.id].nested
        return next((one.id for one in inner if span and one.lines.block.start in span), "")

    def notes(self) -> Iterator[Note]:
        """Give the notes that can be put beside what they name, in order of their ids."""
        found = self.targets.once(self.overlay.notes, lambda op: op.id, "A note with this id")
        for op in sorted(found, key=lambda op: op.id):
            item = self.targets.whole(op.item, op.origin)
            if op.id in self.targets.own:
                words = f'The id "{op.id}" is already used at {self.targets.own[op.id].origin}.'
                self.targets.say("duplicate-id", words, "Give one of them another id.", op.origin)
            elif item and self._beside(item, op) and may_stand(self.targets, item, op):
                yield op

    def _beside(self, item: Item, op: Note) -> bool:
        if not op.part:
            return True
        if not self._part(item, op.part, op.origin):
            return False
        adapted = {(a.item, a.part) for a in self.overlay.adaptations}
        if op.part in item.parts or op.part == "title" or (op.item, op.part) in adapted:
            return True
        words = f'"{op.item}" has no text in its part "{op.part}".'
        self.targets.say("unknown-target", words, f"It has: {', '.join(item.parts)}.", op.origin)
        return False

    def adds(self) -> Iterator[Add]:
        """Give the local items that can stand, in order of their ids."""
        for add in self._once():
            if add.item.space not in (self.overlay.id, *self.overlay.carries):
                words = f'"{add.item.id}" is not an id of this edition.'
                hint = f"Leave out the part before the colon, or write {self.overlay.id}:{add.item.slug}."
                self.targets.say("wrong-space", words, hint, add.origin)
            elif add.item.id in self.base.by_id:
                words = f'The id "{add.item.id}" is already used by the national guidance.'
                self.targets.say("duplicate-id", words, "Give your item another id.", add.origin)
            else:
                yield add

    def _once(self) -> list[Add]:
        by_id: dict[str, list[Add]] = {}
        for add in sorted(self.overlay.adds, key=lambda add: add.origin):
            by_id.setdefault(add.item.id, []).append(add)
            first = by_id[add.item.id][0]
            if first is not add:
                words = f'The id "{add.item.id}" is already used at {first.origin}.'
                self.targets.say("duplicate-id", words, "Give one of them another id.", add.origin)
        singles = [min(by_id[name], key=lambda add: repr(add.item)) for name in sorted(by_id, key=self._rank)]
        return [self._replacing(add, singles) for add in singles]

    def _rank(self, name: str) -> tuple[int, str]:
        """Return what puts local items in order: those of earlier editions first, the oldest before all."""
        space, carries = name.rpartition(":")[0], self.overlay.carries
        return (carries.index(space) if space in carries else len(carries)), name

    def _replacing(self, add: Add, adds: list[Add]) -> Add:
        """Return a local item, without its replacement of a national one if that cannot be made."""
        if not add.instead_of:
            return add
        rivals = [one for one in adds if one.instead_of == add.instead_of]
        first = min(rivals, key=lambda one: one.origin)
        if add is not first:
            words = f'"{add.instead_of}" is already replaced at {first.origin}.'
            self.targets.say("duplicate-operation", words, "Keep one of the two.", add.origin)
        item = self.targets.whole(add.instead_of, add.origin, stands=True)
        good = item is not None and may_go(self.targets, item, add)
        good = good and add is min(rivals, key=lambda one: one.item.id)
        return add if good else attrs.evolve(add, instead_of="")
