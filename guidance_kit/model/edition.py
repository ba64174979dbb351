"""An edition: a library made ready for one place, and where each word of it came from."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs

from guidance_kit.model.ancestry import Given, Layer, Locked
from guidance_kit.model.facts import Fact
from guidance_kit.model.fingerprint import item_fingerprint, part_fingerprint
from guidance_kit.model.inline import roles_in
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Adapt, Add, LeaveOut, Note, Overlay
from guidance_kit.model.review import NOTHING_OPEN, Review, Stale
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Problem


class Label(StrEnum):
    """What a reader is told of a block or part; computed from fingerprints, weakest first."""

    NATIONAL = "national"
    DETAILS = "details"
    NOTED = "noted"
    REGIONAL = "regional"
    CONTEXT = "context"
    MEANING = "meaning"
    LOCAL = "local"

    @property
    def rank(self) -> int:
        """How strong it is: an item bears the strongest label of its parts."""
        return _RANKS[self]


_RANKS = {label: rank for rank, label in enumerate(Label)}


@attrs.frozen
class Origin:
    """A run of lines of a composed page: ``count`` lines from ``line`` (from 1) of a source's file.

    ``source`` is the id of a library or edition; ``line`` 0 means that the tool wrote these lines, in
    answer to what stands at ``path``.
    """

    source: str
    path: str
    line: int
    count: int


@attrs.frozen
class ComposedPage:
    """A page as readers get it: its text, and where each of its lines was written."""

    path: str
    text: str = attrs.field(repr=False)
    origins: tuple[Origin, ...] = ()

    @property
    def name(self) -> str:
        """The path without its suffix."""
        return self.path.removesuffix(".md")

    def origin_of(self, line: int) -> tuple[str, str, int]:
        """Return ``(source, path, line)`` of a line of the composed page, both counted from 1."""
        first = 1
        for run in self.origins:
            if line < first + run.count:
                return run.source, run.path, run.line + (line - first if run.line else 0)
            first += run.count
        last = self.origins[-1] if self.origins else Origin("", self.path, 1, 1)
        return last.source, last.path, last.line


@attrs.frozen(kw_only=True)
class PartState:
    """One part of a composed item: the national words, the final words, and what is between them.

    ``national`` is empty for a local item. ``final`` has the facts filled in; ``unfilled`` is the same
    text with its slots as slots, and what the fingerprint is of. ``facts`` are those filled in, ``missing``
    those whose slot stays (where one has a default, that is shown). ``layer`` tells which earlier edition
    last changed the words that are national here, ``noters`` who else has a note beside them. ``stale`` is
    set while nobody has looked at a change of the national text since; ``held`` is an adaptation that readers
    do not see in its place until somebody has.
    """

    key: str
    label: Label
    national: str = attrs.field(repr=False)
    unfilled: str = attrs.field(repr=False)
    final: str = attrs.field(repr=False)
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    adapted: Adapt | None = None
    notes: tuple[Note, ...] = ()
    layer: Layer | None = None
    noters: tuple[str, ...] = ()
    stale: Stale | None = None
    held: Adapt | None = None

    def is_held(self, note: Note) -> bool:
        """Return whether a note beside it is the adaptation that waits, and stands as a note for now."""
        return self.held is not None and note.text == self.held.text

    @functools.cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the words, with fact slots as slots."""
        return part_fingerprint(self.key, self.unfilled)


@attrs.frozen(kw_only=True)
class ComposedItem:
    """An item of an edition: its typed final form, its label, and the state of each part.

    ``page`` is the name of the composed page on which it stands. ``notes`` are those beside the item
    as a whole; ``added`` is set for a local item, ``layer`` for an item that an earlier edition added, or
    has a note beside, and ``noters`` are those who have a note beside it too.
    """

    item: Item
    label: Label
    parts: tuple[PartState, ...]
    page: str = ""
    notes: tuple[Note, ...] = ()
    added: Add | None = None
    layer: Layer | None = None
    noters: tuple[str, ...] = ()
    stale: Stale | None = None

    @functools.cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the whole item, with fact slots as slots."""
        return item_fingerprint(self.item.with_texts({part.key: part.unfilled for part in self.parts}))

    @property
    def with_details(self) -> bool:
        """Whether a local fact is filled in."""
        return any(part.facts for part in self.parts)

    @property
    def counted(self) -> Label:
        """The label that it is counted under: a note of an earlier edition leaves the wording national."""
        layers = (self.layer, *(part.layer for part in self.parts))
        worded = any(layer and layer.words != Label.NOTED for layer in layers)
        return Label.NOTED if self.label is Label.REGIONAL and not worded else self.label

    def layer_alone(self, part: PartState) -> Layer | None:
        """Return what an earlier edition did to a part of it, and not to all of it."""
        layer = part.layer
        return layer if layer and (layer != self.layer or layer.words == Label.NOTED) else None

    @property
    def with_note(self) -> bool:
        """Whether a local note stands beside it or one of its parts."""
        return bool(self.notes) or any(part.notes for part in self.parts)


@attrs.frozen(kw_only=True)
class Edition:
    """The composed result: what is published, and the whole account of how it came to be.

    ``library`` is the result as a library (its items are final and its pages composed), so that everything
    that reads a library reads an edition. ``waiting`` are new national items that nobody has decided on, and
    that readers do not see yet. ``protections``, ``locked`` and ``given`` are what stands for editions based
    on this one: stricter protections by target, facts that are fixed, and every value of a fact, the nearest
    first. ``problems`` are those found while reading and composing.
    """

    id: str
    title: str
    overlay: Overlay = attrs.field(repr=False)
    base: Library = attrs.field(repr=False)
    library: Library = attrs.field(repr=False)
    pages: tuple[ComposedPage, ...] = attrs.field(repr=False)
    composed: tuple[ComposedItem, ...] = attrs.field(repr=False)
    left_out: tuple[LeaveOut, ...] = ()
    not_chosen: tuple[str, ...] = ()
    values: Mapping[str, str] = attrs.field(factory=dict)
    redirects: Mapping[str, str] = attrs.field(factory=dict)
    waiting: tuple[str, ...] = ()
    protections: Mapping[str, Protection] = attrs.field(factory=dict)
    locked: Mapping[str, Locked] = attrs.field(factory=dict)
    given: tuple[Given, ...] = ()
    review: Review = attrs.field(default=NOTHING_OPEN, repr=False)
    problems: tuple[Problem, ...] = ()

    @functools.cached_property
    def by_id(self) -> Mapping[str, ComposedItem]:
        """Composed items by full id."""
        return MappingProxyType({state.item.id: state for state in self.composed})

    @functools.cached_property
    def page_by_name(self) -> Mapping[str, ComposedPage]:
        """Composed pages by name."""
        return MappingProxyType({page.name: page for page in self.pages})

    @functools.cached_property
    def missing(self) -> tuple[Fact, ...]:
        """The required facts that have no value; one that has one in each item that uses it lacks none."""
        without = [fact for fact in self.library.facts if fact.required and not self.values.get(fact.id)]
        in_items = {one.fact for one in self.given if one.item}
        open_ = self._open_slots if in_items & {fact.id for fact in without} else frozenset()
        return tuple(fact for fact in without if fact.id not in in_items or fact.id in open_)

    @property
    def _open_slots(self) -> frozenset[str]:
        """The facts that a page still asks for."""
        roles = (role for page in self.pages if "fact}" in page.text for role in roles_in(page.text))
        return frozenset(one.content.strip() for one in roles if one.name.removeprefix("guidance:") == "fact")
