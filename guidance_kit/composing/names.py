"""Whom an id means: local words may name the edition's own items and those of what it is based on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Self

import attrs

from guidance_kit.model.changes import FACT, Changes
from guidance_kit.model.fields import options_of
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Overlay, Protect


@attrs.frozen
class Names:
    """The ids that local words may mean: the edition's own first, then those of what it is based on.

    ``slugs`` are the full ids of items of earlier editions, in the base or carried with the overlay, by slug;
    ``changes`` tells what an item is called that has moved.
    """

    space: str
    own: Collection[str]
    base_space: str
    known: Collection[str] = ()
    slugs: Mapping[str, str] = attrs.field(factory=dict)
    changes: Changes = attrs.field(factory=Changes)

    @classmethod
    def of(cls, base: Library, overlay: Overlay) -> Self:
        """Return the names of an overlay on a base."""
        own = frozenset(add.item.id for add in overlay.adds)
        others = {item.slug: item.id for item in base if item.space != base.space}
        others |= {add.item.slug: add.item.id for add in overlay.adds if add.item.space in overlay.carries}
        return cls(overlay.id, own, base.space, base.by_id.keys(), others, base.changes)

    def resolve(self, name: str) -> str:
        """Return the full id that a name means; one that is not the edition's own is the base's."""
        space, _, slug = name.rpartition(":")
        if space in ("", self.space):
            own = f"{self.space}:{slug}"
            if own in self.own:
                return own
            name = f"{self.base_space}:{slug}"
            if name not in self.known and slug in self.slugs:
                return self.slugs[slug]
        return name if name in self.known else self.changes.follow(name)

    def target(self, item: str, part: str) -> tuple[str, str]:
        """Return the item and part that a target is called now; either may have moved."""
        full = self._written_first(item)
        if not part or full in self.own:
            return self.resolve(item), part
        new, _, key = self.changes.follow(f"{full}#{part}").partition("#")
        return new, key

    def _written_first(self, name: str) -> str:
        """Return the full id that a name meant before anything moved."""
        space, _, slug = name.rpartition(":")
        if space not in ("", self.space):
            return name
        own = f"{self.space}:{slug}"
        full = f"{self.base_space}:{slug}"
        if own in self.own:
            return own
        return full if full in self.known else self.slugs.get(slug, full)

    def written(self, name: str) -> str:
        """Return a name as it must stand among national words, where an id without a space is the base's."""
        full = self.resolve(name)
        return name if full == f"{self.base_space}:{name}" else full

    def fact(self, name: str) -> str:
        """Return the id of the fact that a name means, as it is called now."""
        return self.changes.follow(f"{FACT}{name}").removeprefix(FACT)


def with_full_ids(overlay: Overlay, names: Names) -> Overlay:
    """Return an overlay whose operations and local items name everything in full."""

    def full(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.resolve(one) for one in ids)

    def about(op: Any) -> Any:  # noqa: ANN401 - an operation of any kind that has an item
        return attrs.evolve(op, item=names.resolve(op.item)) if op.item else op

    def at(op: Any) -> Any:  # noqa: ANN401 - an adaptation or note
        item, part = names.target(op.item, op.part)
        return attrs.evolve(op, item=item, part=part)

    def protected(op: Protect) -> Protect:
        item, mark, part = op.what.partition("#")
        return attrs.evolve(op, what=f"{names.resolve(item)}{mark}{part}")

    return attrs.evolve(
        overlay,
        leave_out=tuple(about(op) for op in overlay.leave_out),
        takes=tuple(about(op) for op in overlay.takes),
        values=tuple(attrs.evolve(about(op), fact=names.fact(op.fact)) for op in overlay.values),
        locks=tuple(attrs.evolve(op, fact=names.fact(op.fact)) for op in overlay.locks),
        puts=tuple(about(op) for op in overlay.puts),
        notes=tuple(at(op) for op in overlay.notes),
        protects=tuple(protected(op) for op in overlay.protects),
        arrangements=tuple(
            attrs.evolve(op, first=full(op.first), last=full(op.last)) for op in overlay.arrangements
        ),
        adaptations=tuple(
            attrs.evolve(at(op), ratings=_rated(op.ratings, names)) for op in overlay.adaptations
        ),
        adds=tuple(
            attrs.evolve(
                add,
                item=_item(add.item, names),
                instead_of=names.resolve(add.instead_of) if add.instead_of else "",
            )
            for add in overlay.adds
        ),
    )


def _item(item: Item, names: Names) -> Item:
    changes: dict[str, Any] = {"ratings": _rated(item.ratings, names)}
    for spec in options_of(type(item)):
        if spec.about.links_to or spec.name == "instead_of":
            value = getattr(item, spec.name)
            if spec.many:
                changes[spec.name] = tuple(dict.fromkeys(map(names.resolve, value)))
            elif value:
                changes[spec.name] = names.resolve(value)
    return attrs.evolve(item, **changes)


def _rated(ratings: Any, names: Names) -> Any:  # noqa: ANN401 - a tuple of ratings
    return tuple(attrs.evolve(rating, target=names.resolve(rating.target)) for rating in ratings)
