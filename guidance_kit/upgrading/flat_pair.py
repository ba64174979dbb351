"""Two editions, one based on the other, on the way to becoming one: what of the parent is in the child."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Self

import attrs

from guidance_kit.composing.names import Names
from guidance_kit.model.inline import Role, replace_roles
from guidance_kit.model.kinds import KINDS
from guidance_kit.upgrading.opening import Opened


@attrs.frozen(slots=False)
class Pair:
    """A parent and its child, both opened and sound."""

    parent: Opened
    child: Opened

    @classmethod
    def of(cls, parent: Opened, child: Opened) -> Self:
        """Return the pair."""
        return cls(parent, child)

    @property
    def carries(self) -> tuple[str, ...]:
        """The spaces of earlier editions whose items the flat edition carries, the earliest first."""
        parent, child = self.parent.overlay, self.child.overlay
        return tuple(dict.fromkeys((*parent.carries, parent.id, *child.carries)))

    @functools.cached_property
    def carried(self) -> Mapping[str, str]:
        """The items of the parent's own that the child has, with their titles."""
        return {add.item.id: add.item.title for add in self.parent.overlay.adds if self.has(add.item.id)}

    @functools.cached_property
    def dropped(self) -> Mapping[str, str]:
        """The items of the parent's own that the child has not, with their titles."""
        return {add.item.id: add.item.title for add in self.parent.overlay.adds if not self.has(add.item.id)}

    def has(self, item: str) -> bool:
        """Return whether the child has an item."""
        return item in self.child.edition.by_id

    def replaced(self, item: str) -> str:
        """Return what the child puts in the place of an item; empty if nothing."""
        return self.child.edition.redirects.get(item, "")

    @property
    def after(self) -> Names:
        """Whom an id means in the flat edition."""
        parent, child = self.parent, self.child
        own = [add.item.id for add in child.overlay.adds]
        slugs = {name.rpartition(":")[2]: name for name in self.carried}
        slugs |= {
            name.rpartition(":")[2]: name for name in own if not name.startswith(f"{child.overlay.id}:")
        }
        return Names(
            child.overlay.id,
            frozenset((*own, *self.carried)),
            parent.base.space,
            parent.base.by_id.keys(),
            slugs,
            parent.base.changes,
        )

    @property
    def composed(self) -> Names:
        """Whom an id means in a composed text: one without a space is the national library's."""
        return Names("", (), self.parent.base.space, self.child.base.by_id.keys())

    @property
    def written(self) -> Names:
        """Whom an id means in the child's own files."""
        return Names.of(self.child.base, self.child.overlay)


@attrs.frozen(kw_only=True)
class Renamed(Names):
    """Names for moving a text into the flat edition: written in full where they would mean another there."""

    pair: Pair
    before: Names
    after: Names

    @classmethod
    def within(cls, pair: Pair, before: Names) -> Self:
        """Return the names for a text in which ids mean what ``before`` says."""
        return cls(
            space=pair.child.overlay.id,
            own=(),
            base_space=pair.parent.base.space,
            pair=pair,
            before=before,
            after=pair.after,
        )

    def written(self, name: str) -> str:
        """Return a name as it must stand in the flat edition."""
        full = self.before.resolve(name)
        if full in self.pair.dropped:
            full = self.pair.replaced(full) or full
        return name if self.after.resolve(name) == full else full


def unlinked(text: str, pair: Pair, before: Names) -> str:
    """Return a text in which links to items that are in neither edition any more are words."""
    gone = {name: title for name, title in pair.dropped.items() if not pair.replaced(name)}
    if not gone:
        return text

    def words(role: Role) -> str | None:
        if role.name.removeprefix("guidance:") not in KINDS:
            return None
        full = before.resolve(role.target)
        return (role.words or gone[full]) if full in gone else None

    lines = replace_roles(text, words).split("\n")
    return "\n".join(line for line in (_unlisted(one, gone, before) for one in lines) if line is not None)


def _unlisted(line: str, gone: Mapping[str, str], before: Names) -> str | None:
    """Return an option that lists ids without those that are gone; None if nothing is left of it."""
    head, mark, value = line.partition(": ")
    ids = [one.strip() for one in value.split(",")]
    if not mark or not head.startswith(":") or not any(before.resolve(one) in gone for one in ids):
        return line
    kept = [one for one in ids if before.resolve(one) not in gone]
    return f"{head}: {', '.join(kept)}" if kept else None
