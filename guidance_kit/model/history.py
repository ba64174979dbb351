"""The fingerprints of every released state of a library (``history.json``), so that a copy can be proved.

A state is told by its version and by the fingerprint of each target (see :mod:`guidance_kit.model.changes`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from guidance_kit.model.changes import FACT, PAGE, Changes
from guidance_kit.model.vocabulary import ChangeKind

_NO_PRINTS: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Released:
    """One released state: ``content`` is the fingerprint of the whole, ``prints`` those of its targets.

    ``changes`` is the digest of what was declared of releases up to this one; empty where nobody wrote it
    down.
    """

    version: str
    content: str
    prints: Mapping[str, str] = attrs.field(default=_NO_PRINTS, repr=False)
    changes: str = ""


@attrs.frozen
class History:
    """The released states of a library, oldest first."""

    releases: tuple[Released, ...] = ()

    @functools.cached_property
    def by_content(self) -> Mapping[str, Released]:
        """The releases by the fingerprint of their content; of twins the first."""
        return MappingProxyType({one.content: one for one in reversed(self.releases)})

    @functools.cached_property
    def places(self) -> Mapping[str, frozenset[str]]:
        """The targets that had a fingerprint in some release, by that, under the names that they had."""
        found: dict[str, set[str]] = {}
        for one in self.releases:
            for target, print_ in one.prints.items():
                found.setdefault(print_, set()).add(target)
        return MappingProxyType({print_: frozenset(some) for print_, some in found.items()})

    def last_with(self, target: str, print_: str) -> str:
        """Return the version of the last release in which a target had a fingerprint; empty if none had."""
        return next((one.version for one in reversed(self.releases) if one.prints.get(target) == print_), "")


def is_new(changes: Changes, history: History, item: str, release: str) -> bool:
    """Return whether an item was in no text, under any name, before a release that says something of it.

    Where the state before that release is not known, it counts as one that was there; so does a part, a fact
    or a page, which is no item.
    """
    if "#" in item or item.startswith((FACT, PAGE)):
        return False
    versions = [one.version for one in changes.releases]
    at = versions.index(release) if release in versions else 0
    before = next((one for one in history.releases if at and one.version == versions[at - 1]), None)
    now = changes.follow(item)
    names = (item, *(one.old for one in changes.moved if changes.follow(one.old) == now))
    return before is not None and not any(f"{name}#title" in before.prints for name in names)


def since(changes: Changes, history: History, target: str, print_: str, version: str = "") -> frozenset[str]:
    """Return the releases that came after the last one in which a target had a fingerprint.

    Where no release is known to have had it, those after ``version``; where that is unknown too, all of them:
    whoever is told too much looks once more, and whoever is told too little is misled.
    """
    return later(changes, history.last_with(target, print_), version)


def later(changes: Changes, *known: str) -> frozenset[str]:
    """Return the releases after the first of some versions that is one of them; all, if none is."""
    versions = [one.version for one in changes.releases]
    for last in known:
        if last in versions:
            return frozenset(versions[versions.index(last) + 1 :])
    return frozenset(versions)


def gravest(changes: Changes, targets: frozenset[str], since: frozenset[str]) -> ChangeKind:
    """Return the gravest declared change of any of the targets in the given releases.

    A change that nobody declared is substantive: somebody has to look.
    """
    kinds = [one.kind for one in changes.about(targets) if one.release in since]
    return max(kinds, key=lambda kind: kind.rank, default=ChangeKind.SUBSTANTIVE)
