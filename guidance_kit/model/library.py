"""A library: an ordered, read-only body of guidance, with its links in both directions."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.changes import Changes
from guidance_kit.model.facts import Fact
from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.model.history import History
from guidance_kit.model.identity import prints_of_all, whole_fingerprint
from guidance_kit.model.item import Item, Link
from guidance_kit.model.page import Page
from guidance_kit.model.references import Reference
from guidance_kit.problems import NOWHERE, Place


@attrs.frozen
class Section:
    """A folder of a library that readers see as a section, and the kind whose items live there."""

    id: str
    title: str
    kind: str = ""


@attrs.frozen
class Asset:
    """A file that pages show and that is not a page: ``path`` in the library, ``file`` on disk."""

    path: str
    file: Path = attrs.field(eq=False)


@attrs.frozen
class Endorsement:
    """``[[endorsement]]``: a body that stands behind an item or part in exactly the words it ``covers``."""

    what: str
    by: str
    covers: str
    on: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen
class Writing:
    """How the words of a library or an edition are checked.

    ``check`` says whether the rules of writing are on. ``known`` are the abbreviations that its readers need
    not be told. ``names`` are short names of organisations: a sentence about one needs a source.
    """

    check: bool = False
    known: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Library:
    """Everything read from one folder with a ``library.toml``, or composed by an edition.

    ``items`` are in the order in which readers meet them: by the contents lists of the pages, then by path.
    ``broken`` are the ids claimed by blocks that have mistakes and so are no items. ``space`` is that of ids
    written without one: its own, or, of a library that is an edition, that of what the edition is based on.
    """

    id: str
    title: str
    space: str = attrs.field(default=attrs.Factory(lambda self: self.id, takes_self=True))
    version: str = ""
    publisher: str = ""
    licence: str = ""
    pages: tuple[Page, ...] = ()
    facts: tuple[Fact, ...] = ()
    references: tuple[Reference, ...] = ()
    sections: tuple[Section, ...] = ()
    assets: tuple[Asset, ...] = ()
    broken: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    writing: Writing = attrs.field(factory=Writing)
    endorsements: tuple[Endorsement, ...] = ()
    changes: Changes = attrs.field(factory=Changes, repr=False)
    history: History = attrs.field(factory=History, repr=False)
    ancestry: Ancestry | None = attrs.field(default=None, repr=False)
    root: Path | None = attrs.field(default=None, eq=False, repr=False)

    @functools.cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, those nested in others after the one that holds them."""
        return tuple(item for page in self.pages for item in (*page.items, *page.nested))

    @functools.cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Items by full id (``core:two-homes``)."""
        return MappingProxyType({item.id: item for item in self.items})

    @functools.cached_property
    def page_of(self) -> Mapping[str, Page]:
        """The page on which each item stands, by the item's full id."""
        return MappingProxyType(
            {item.id: page for page in self.pages for item in (*page.items, *page.nested)}
        )

    @functools.cached_property
    def back_links(self) -> Mapping[str, tuple[tuple[Item, Link], ...]]:
        """For each full id, the items that link to it and the link they declare."""
        found: dict[str, list[tuple[Item, Link]]] = {}
        for item in self.items:
            for link in item.links:
                found.setdefault(link.target, []).append((item, link))
        return MappingProxyType({target: tuple(links) for target, links in found.items()})

    @functools.cached_property
    def prints(self) -> Mapping[str, str]:
        """The fingerprint of every target (see :mod:`guidance_kit.model.changes`), by target."""
        return MappingProxyType(prints_of_all(self.facts, self.pages))

    @functools.cached_property
    def content(self) -> str:
        """The fingerprint of all that the library says: targets, sources, sections and files."""
        sources = sorted(one.csl for one in self.references)
        sections = [[one.id, one.title, one.kind] for one in self.sections]
        files = sorted((one.path, hashlib.sha256(one.file.read_bytes()).hexdigest()) for one in self.assets)
        return whole_fingerprint(self.prints, sources, sections, files, *self._given)

    @property
    def _given(self) -> list[list[list[str]]]:
        """What an edition gives on beside the words of items: values of facts, and pages with its notes."""
        if self.ancestry is None:
            return []
        values = sorted([one.fact, one.item, one.value] for one in self.ancestry.values)
        return [values, sorted([page.path, fingerprint(page.text)] for page in self.pages)]

    @property
    def release(self) -> str:
        """The release of the core from which the text is; empty if that is not known.

        An edition has versions of its own, and passes on what the core declares of its releases: the last of
        those is the one that it is composed from.
        """
        if self.ancestry is None:
            return self.version
        return self.changes.releases[-1].version if self.changes.releases else ""

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """Return the items of a kind, in order."""
        return self._by_kind.get(kind, ())

    @functools.cached_property
    def _by_kind(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.kind, []).append(item)
        return MappingProxyType({kind: tuple(some) for kind, some in found.items()})

    def get(self, name: str) -> Item:
        """Return an item by full id, or by slug within this library; KeyError if there is none."""
        return self.by_id[name if ":" in name else f"{self.space}:{name}"]

    def fact(self, name: str) -> Fact:
        """Return a declared fact; KeyError if there is none."""
        return next((fact for fact in self.facts if fact.id == name), None) or _no_such(name)

    def place_of(self, page: Page, line: int) -> Place:
        """Return where a line (from 1) of a page can be found by a person."""
        return Place.within(self.root, page.path, line)

    def __iter__(self) -> Iterator[Item]:
        """Iterate over the items."""
        return iter(self.items)

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self.items)


def _no_such(name: str) -> Fact:
    raise KeyError(name)
