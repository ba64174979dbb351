"""What the releases of a library changed, as its maintainers declare it (``changes.toml``).

A target is what a change is about: an item (``core:access``), a part of it (``core:access#summary``, where
``title`` and ``options`` are parts too), a fact (``fact:crisis-line``) or the prose of a page
(``page:index``). Rules of composing, section 8.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import attrs

from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import NOWHERE, Place

FACT, PAGE = "fact:", "page:"


@attrs.frozen
class Release:
    """``[[release]]``: a released state of a library, oldest first in its file."""

    version: str
    date: str = ""
    summary: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Change:
    """``[[change]]``: a target that a release changed or added, how gravely, and why in one sentence."""

    release: str
    what: str
    kind: ChangeKind
    why: str
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Moved:
    """``[[moved]]``: an item or part that has another id since a release."""

    release: str
    old: str
    new: str
    why: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Split:
    """``[[split]]``: an item or part that became several."""

    release: str
    old: str
    into: tuple[str, ...]
    why: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Merged:
    """``[[merged]]``: several items or parts that became one."""

    release: str
    old: tuple[str, ...]
    new: str
    why: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Withdrawn:
    """``[[withdrawn]]``: an item, part or fact that is no longer there, and why."""

    release: str
    what: str
    why: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


Fate = Split | Merged | Withdrawn


def became(fate: Fate) -> tuple[str, ...]:
    """Return the targets that came of one that is gone; none if it was withdrawn."""
    return fate.into if isinstance(fate, Split) else (fate.new,) if isinstance(fate, Merged) else ()


def said_of(fate: Fate) -> str:
    """Return what became of a target that is gone, such as ``became core:a and core:b``."""
    names = became(fate)
    return f"became {' and '.join(names)}" if names else "was withdrawn"


@attrs.frozen
class Changes:
    """Everything that a library declares of its releases."""

    releases: tuple[Release, ...] = ()
    changes: tuple[Change, ...] = ()
    moved: tuple[Moved, ...] = ()
    split: tuple[Split, ...] = ()
    merged: tuple[Merged, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def records(self) -> tuple[Change | Moved | Split | Merged | Withdrawn, ...]:
        """Every declaration that belongs to a release."""
        return (*self.changes, *self.moved, *self.split, *self.merged, *self.withdrawn)

    @functools.cached_property
    def _steps(self) -> Mapping[str, str]:
        return MappingProxyType({one.old: one.new for one in self.moved})

    @functools.cached_property
    def fates(self) -> Mapping[str, Fate]:
        """What became of the targets that are no longer there and did not simply move: the tombstones."""
        found: dict[str, Fate] = {one.what: one for one in self.withdrawn}
        found |= {one.old: one for one in self.split}
        found |= {old: one for one in self.merged for old in one.old}
        return MappingProxyType(found)

    @functools.cached_property
    def gone(self) -> frozenset[str]:
        """The ids that were used once and may never be used again."""
        return frozenset(self._steps) | frozenset(self.fates)

    def digest(self, last: str) -> str:
        """Return a digest of all that is declared of the releases up to ``last``; empty if it is none."""
        versions = [one.version for one in self.releases]
        if last not in versions:
            return ""
        known = versions[: versions.index(last) + 1]
        said = sorted(
            json.dumps(
                [type(one).__name__, attrs.asdict(one, filter=lambda field, _: field.name != "origin")]
            )
            for one in self.records
            if one.release in known
        )
        return f"sha256:{hashlib.sha256(json.dumps([known, said]).encode()).hexdigest()}"

    def follow(self, target: str) -> str:
        """Return the target that a target is called now, after every move of it or of its item."""
        for _ in range(len(self.moved) + 1):  # no more steps than moves, whatever circles they make
            item, mark, part = target.partition("#")
            new = self._steps.get(target, "")
            if not new and item in self._steps:
                new = f"{self._steps[item]}{mark}{part}"
            if not new or new == target:
                return target
            target = new
        return target

    def became(self, target: str) -> tuple[str, ...]:
        """Return what a target is called now: several names if it, or what came of it, was split."""
        found: dict[str, None] = {}
        waiting, seen = [target], set[str]()
        while waiting:
            name = self.follow(waiting.pop(0))
            fate = self.fates.get(name)
            if not isinstance(fate, Split):
                found[name] = None
            elif name not in seen:
                waiting = [*fate.into, *waiting]
            elif name in fate.into:  # it is one of those that came of it
                found[name] = None
            seen.add(name)
        return tuple(found)

    def fate(self, target: str) -> Fate | None:
        """Return what became of a target that is no longer there: by itself, with its item, or once moved."""
        now = self.follow(target)
        return self.fates.get(now) or self.fates.get(now.partition("#")[0])

    @functools.cached_property
    def _places(self) -> Mapping[str, tuple[int, ...]]:
        """Where in :attr:`changes` something is said of a target, by the name it had then and has now."""
        found: dict[str, list[int]] = {}
        for place, one in enumerate(self.changes):
            for name in dict.fromkeys((one.what, self.follow(one.what))):
                found.setdefault(name, []).append(place)
        return MappingProxyType({name: tuple(places) for name, places in found.items()})

    def about(self, targets: Iterable[str]) -> tuple[Change, ...]:
        """Return what releases said of targets, oldest first: also of one that had another name then."""
        places = {place for target in targets for place in self._places.get(target, ())}
        return tuple(self.changes[place] for place in sorted(places))

    def named_in(self, items: Collection[str]) -> frozenset[str]:
        """Return the targets of which something is said that are one of some items, or in it."""
        return frozenset(name for name in self._places if name.partition("#")[0] in items)
