"""Two states of a library side by side: what is new, what changed, what is gone, and what is said of it.

A target (see :mod:`guidance_kit.model.changes`) that moved is compared with where it came from.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from guidance_kit.model.changes import FACT, PAGE, Change, Changes, Merged, Moved, Split, Withdrawn
from guidance_kit.model.facts import Fact
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place

Record = Change | Moved | Split | Merged | Withdrawn


@attrs.frozen
class Comparison:
    """A library that is to be released, and the last release of it; ``old`` is empty if there is none."""

    new: Library
    old: Library
    first: bool = False

    @classmethod
    def of(cls, new: Library, old: Library | None) -> Comparison:
        """Return the comparison with the last release, or of a first release with nothing."""
        nothing = Library(id=new.id, title="", space=new.space)
        return cls(new, nothing if old is None else old, first=old is None)

    @property
    def changes(self) -> Changes:
        """Everything that the new state declares."""
        return self.new.changes

    @functools.cached_property
    def since(self) -> frozenset[str]:
        """The releases after the old one: that which is to come, and any that is listed between them."""
        listed = [one.version for one in self.changes.releases]
        if self.first:
            return frozenset((*listed, self.new.version))
        after = listed[listed.index(self.old.version) + 1 :] if self.old.version in listed else []
        return frozenset((*after, self.new.version))

    @functools.cached_property
    def records(self) -> tuple[Record, ...]:
        """What is declared for these releases, and was not declared in the old one already."""
        before = set(self.old.changes.records)
        return tuple(one for one in self.changes.records if one.release in self.since and one not in before)

    @functools.cached_property
    def declared(self) -> Mapping[str, tuple[Change, ...]]:
        """The declared changes of these releases, by target."""
        found: dict[str, tuple[Change, ...]] = {}
        for one in self.records:
            if isinstance(one, Change):
                found[one.what] = (*found.get(one.what, ()), one)
        return MappingProxyType(found)

    @functools.cached_property
    def came_from(self) -> Mapping[str, str]:
        """What each item, part, fact and page was called in the old state, by what it is called now."""
        names = (*self.old.by_id, *self.old.prints)
        return MappingProxyType({self.changes.follow(name): name for name in names})

    @functools.cached_property
    def added(self) -> tuple[str, ...]:
        """The targets that were not there; pages are not asked about."""
        return tuple(one for one in self._asked() if one not in self.came_from)

    @functools.cached_property
    def changed(self) -> tuple[str, ...]:
        """The targets that were there and say something else now; pages are not asked about."""
        return tuple(one for one in self._asked() if one in self.came_from and self.differs(one))

    @functools.cached_property
    def pages(self) -> tuple[str, ...]:
        """The pages that were there and whose prose says something else now."""
        return tuple(one for one in self.new.prints if self._is_changed_page(one))

    @functools.cached_property
    def new_items(self) -> tuple[Item, ...]:
        """The items that were not there under any name."""
        return tuple(item for item in self.new if item.id not in self.came_from)

    @functools.cached_property
    def vanished(self) -> tuple[str, ...]:
        """The items, the parts of items that are still there, and the facts that are there no longer."""
        gone = {item.id for item in self.old if not self._still_there(item.id)}
        parts = (
            name
            for name in self.old.prints
            if not name.startswith(PAGE)
            and name.partition("#")[0] not in gone
            and not self._still_there(name)
        )
        return (*(item.id for item in self.old if item.id in gone), *parts)

    def _still_there(self, name: str) -> bool:
        return self.stands(self.changes.follow(name))

    def stands(self, target: str) -> bool:
        """Return whether a target is there now; an item with mistakes in it is, though nobody can read it."""
        item = target.partition("#")[0]
        return target in self.new.by_id or target in self.new.prints or item in self.new.broken

    def stood(self, target: str) -> bool:
        """Return whether a target was there in the old state."""
        return target in self.old.by_id or target in self.old.prints

    def differs(self, target: str) -> bool:
        """Return whether a target says something else than where it came from, or nothing did."""
        return self.new.prints.get(target) != self.old.prints.get(self.came_from.get(target, target))

    def was(self, item: Item) -> Item | None:
        """Return an item of the new state as it was in the old one."""
        return self.old.by_id.get(self.came_from.get(item.id, ""))

    def pair(self, target: str) -> tuple[Item, Item] | None:
        """Return the item that a part stood in and the one it stands in; None if one of them is not there."""
        new = self.new.by_id.get(target.partition("#")[0])
        old = self.old.by_id.get(self.came_from.get(target, "").partition("#")[0])
        return (old, new) if old and new else None

    def part_was(self, target: str) -> str:
        """Return the key under which a part stood in the item that it came from."""
        return self.came_from.get(target, target).partition("#")[2]

    def place(self, target: str) -> Place:
        """Return where a person wrote a target; the manifest of the library if nobody did."""
        item = self.new.by_id.get(target.partition("#")[0])
        key = target.partition("#")[2]
        if item is not None:
            span = item.lines.parts.get(key)
            return item.origin.at(span.start + 1) if span else item.origin
        fact = fact_of(self.new, target)
        page = next((page for page in self.new.pages if f"{PAGE}{page.name}" == target), None)
        return fact.origin if fact else self.file(page.path if page else "library.toml")

    def file(self, name: str) -> Place:
        """Return the place of a file of the new state."""
        return Place.within(self.new.root, name)

    def _is_changed_page(self, target: str) -> bool:
        return target.startswith(PAGE) and target in self.came_from and self.differs(target)

    def _asked(self) -> Iterator[str]:
        return (target for target in self.new.prints if not target.startswith(PAGE))


@attrs.frozen
class Counts:
    """How many items editions will see in each state, and facts and pages that changed.

    ``safety`` counts among all that changed or is new.
    """

    changed: int
    safety: int
    new: int
    moved: int
    split: int
    merged: int
    withdrawn: int
    facts: int
    pages: int


def counts_of(compared: Comparison) -> Counts:
    """Return how many items, facts and pages a release touches."""
    new = {item.id for item in compared.new_items}
    touched = {target.partition("#")[0] for target in (*compared.changed, *compared.added)}
    items = touched & set(compared.new.by_id)
    graves = {
        target.partition("#")[0]
        for target, entries in compared.declared.items()
        if any(one.kind is ChangeKind.SAFETY for one in entries)
    }
    records = compared.records
    return Counts(
        changed=len(items - new),
        safety=len(graves & {*touched, *compared.pages}),
        new=len(new),
        moved=sum(isinstance(one, Moved) for one in records),
        split=sum(isinstance(one, Split) for one in records),
        merged=sum(len(one.old) for one in records if isinstance(one, Merged)),
        withdrawn=sum(isinstance(one, Withdrawn) and not one.what.startswith(FACT) for one in records),
        facts=len(touched - items) + sum(name.startswith(FACT) for name in compared.vanished),
        pages=len(compared.pages),
    )


def fact_of(library: Library, target: str) -> Fact | None:
    """Return the fact that a target names; None if it names none."""
    name = target.removeprefix(FACT)
    return next((fact for fact in library.facts if fact.id == name), None) if name != target else None


def results_of(record: Record) -> tuple[str, ...]:
    """Return the targets that a record says there are now."""
    if isinstance(record, Split):
        return record.into
    return (record.new,) if isinstance(record, (Moved, Merged)) else ()


def olds_of(record: Record) -> tuple[str, ...]:
    """Return the targets that a record says are no longer there."""
    if isinstance(record, Merged):
        return record.old
    if isinstance(record, Withdrawn):
        return (record.what,)
    return (record.old,) if isinstance(record, (Moved, Split)) else ()
