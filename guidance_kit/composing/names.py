"""Whom an id means: local words may name the edition's own items and those of what it is based on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

import attrs

from guidance_kit.model.fields import options_of
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Overlay


@attrs.frozen
class Names:
    """The ids that local words may mean: the edition's own first, then those of what it is based on."""

    space: str
    own: Collection[str]
    base_space: str

    @classmethod
    def of(cls, base: Library, overlay: Overlay) -> Self:
        """Return the names of an overlay on a base."""
        return cls(overlay.id, frozenset(add.item.id for add in overlay.adds), base.id)

    def resolve(self, name: str) -> str:
        """Return the full id that a name means; one that is not the edition's own is the base's."""
        space, _, slug = name.rpartition(":")
        if space in ("", self.space):
            own = f"{self.space}:{slug}"
            return own if own in self.own else f"{self.base_space}:{slug}"
        return name

    def written(self, name: str) -> str:
        """Return a name as it must stand among national words, where an id without a space is the base's."""
        full = self.resolve(name)
        return name if ":" not in name and full.startswith(f"{self.base_space}:") else full


def with_full_ids(overlay: Overlay, names: Names) -> Overlay:
    """Return an overlay whose operations and local items name everything in full."""

    def full(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.resolve(one) for one in ids)

    def about(op: Any) -> Any:  # noqa: ANN401 - an operation of any kind that has an item
        return attrs.evolve(op, item=names.resolve(op.item)) if op.item else op

    return attrs.evolve(
        overlay,
        leave_out=tuple(about(op) for op in overlay.leave_out),
        takes=tuple(about(op) for op in overlay.takes),
        values=tuple(about(op) for op in overlay.values),
        puts=tuple(about(op) for op in overlay.puts),
        notes=tuple(about(op) for op in overlay.notes),
        arrangements=tuple(
            attrs.evolve(op, first=full(op.first), last=full(op.last)) for op in overlay.arrangements
        ),
        adaptations=tuple(
            attrs.evolve(about(op), ratings=_rated(op.ratings, names)) for op in overlay.adaptations
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
