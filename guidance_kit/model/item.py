"""What every kind of item has: an id, a title, typed options, and parts of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

import attrs

from guidance_kit.model.fields import about, options_of, parts_of
from guidance_kit.model.vocabulary import Protection, Word
from guidance_kit.problems import NOWHERE, Place

#: The shape of a slug and of a space: design of composition, section 3.
SLUG = re.compile(r"[a-z][a-z0-9-]{1,62}")
#: What a person is told of that shape; a full stop or an example follows.
SLUG_RULE = "Use two or more lower-case letters, digits and hyphens, a letter first"


@attrs.frozen(order=True)
class Span:
    """Lines of a page: ``start`` counted from 0, ``end`` the first line after."""

    start: int
    end: int

    def __contains__(self, line: int) -> bool:
        """Return whether a line, counted from 0, lies in it."""
        return self.start <= line < self.end


@attrs.frozen
class Lines:
    """Where an item stands in its page: the whole block, its title line, its options and each part.

    A part's span holds its body only: for all but the first, the lines after its heading.
    """

    block: Span
    title: int
    options: Mapping[str, int]
    parts: Mapping[str, Span]


NO_LINES = Lines(Span(0, 0), 0, MappingProxyType({}), MappingProxyType({}))


@attrs.frozen
class Link:
    """A relation that an item declares: which field says it, and the full id it points at.

    ``value`` is the word of a rating (``shown``), or empty.
    """

    field: str
    target: str
    value: str = ""


@attrs.frozen
class Rating:
    """A judgement of an item against another: ``value`` is a word of the field's vocabulary."""

    target: str
    value: Word
    reason: str


@attrs.frozen(kw_only=True)
class Item:
    """One block of guidance. Its subclasses in :mod:`guidance_kit.model.kinds` are the kinds."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    #: The most words that all its parts together should have; 0 if nobody has said.
    budget: ClassVar[int] = 0

    id: str = attrs.field(metadata=about("Permanent name: lower-case words joined by hyphens."))
    title: str
    instead_of: str = attrs.field(
        default="", metadata=about("In an edition: the national item that this one replaces.")
    )
    reason: str = attrs.field(default="", metadata=about("In an edition: why it was added."))
    allow: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            "Rules of writing that it may break, each with a reason, as in hard-to-read: names of services.",
            separator=";",
        ),
    )
    protection: Protection = attrs.field(
        default=Protection.OPEN, metadata=about("Whether an edition may reword it or leave it out.")
    )
    protected_parts: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about("Parts with a protection of their own, as in summary: safety.", separator=";"),
    )
    ratings: tuple[Rating, ...] = ()
    origin: Place = attrs.field(default=NOWHERE, eq=False, repr=False)
    lines: Lines = attrs.field(default=NO_LINES, eq=False, repr=False)

    @property
    def space(self) -> str:
        """The space of the id: the short id of the library or edition it belongs to, or empty."""
        return self.id.rpartition(":")[0]

    @property
    def slug(self) -> str:
        """The id without its space."""
        return self.id.rpartition(":")[2]

    @property
    def parts(self) -> Mapping[str, str]:
        """The Markdown of each part that is present, by key, in the order of the kind."""
        texts = ((spec.key, getattr(self, spec.name)) for spec in parts_of(type(self)))
        return MappingProxyType({key: text for key, text in texts if text})

    @property
    def words(self) -> str:
        """The title, the Markdown of each part, and between them the headings as readers meet them."""
        labels = {spec.key: spec.label for spec in parts_of(type(self)) if spec.key != "summary"}
        parts = ((labels.get(key, ""), text) for key, text in self.parts.items())
        return "\n\n".join(piece for one in ((self.title, ""), *parts) for piece in one if piece)

    @property
    def must_appear(self) -> bool:
        """Whether no edition may leave it out: by its own protection, or since a part of it is for safety."""
        return self.protection.required or Protection.SAFETY in self.part_protections.values()

    @property
    def for_safety(self) -> bool:
        """Whether some of its wording is for safety: that of the whole, or of a part."""
        return Protection.SAFETY in self.protections.values()

    @property
    def protections(self) -> Mapping[str, Protection]:
        """What protects it, by target: the item, and parts of it. Nothing of what is open is there."""
        alone = {f"{self.id}#{key}": word for key, word in self.part_protections.items()}
        both = {**alone, self.id: self.protection}
        return {name: word for name, word in both.items() if word is not Protection.OPEN}

    @property
    def part_protections(self) -> Mapping[str, Protection]:
        """The protection that single parts have of their own, by key; what cannot be read is not there."""
        found: dict[str, Protection] = {}
        for said in self.protected_parts:
            key, _, word = (piece.strip() for piece in said.partition(":"))
            if word in list(Protection):
                found[key] = Protection(word)  # type: ignore[call-arg] # looking a member up takes its value
        return found

    def protection_of(self, part: str) -> Protection:
        """Return the protection of a part by key: its own and the item's together."""
        return self.protection.joined(self.part_protections.get(part, Protection.OPEN))

    @property
    def most_words(self) -> int:
        """The most words that its parts together should have; 0 if nobody has said."""
        return self.budget

    @property
    def links(self) -> tuple[Link, ...]:
        """Every relation the item declares, options first, then ratings."""
        return (*self._option_links(), *self._rating_links())

    def with_texts(self, texts: Mapping[str, str]) -> Self:
        """Return the item with other words in its title (``title``) and parts, by key."""
        names = {spec.key: spec.name for spec in parts_of(type(self))} | {"title": "title"}
        changes: dict[str, Any] = {names[key]: text for key, text in texts.items()}
        return attrs.evolve(self, **changes) if changes else self

    def _option_links(self) -> Iterator[Link]:
        for spec in options_of(type(self)):
            if spec.about.links_to:
                value = getattr(self, spec.name)
                for target in value if spec.many else (value,):
                    yield Link(spec.key, target)

    def _rating_links(self) -> Iterator[Link]:
        rated = next((spec for spec in parts_of(type(self)) if spec.about.rates), None)
        if rated:
            for rating in self.ratings:
                yield Link(rated.key, rating.target, str(rating.value))
