"""What a library that is itself somebody's edition tells those who build on it (``ancestry.json``).

A child sees its parent's composed words only; this says whose they are, and what the parent decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from guidance_kit.model.vocabulary import Protection


@attrs.frozen
class Layer:
    """Who last changed the words of an item or part before they came here; ``words`` is the label's word."""

    by: str
    words: str


@attrs.frozen
class Given:
    """A value that an earlier edition gave to a fact, in all of it (``item`` empty) or in one item."""

    fact: str
    value: str
    item: str = ""
    by: str = ""


@attrs.frozen
class Locked:
    """A fact whose value an earlier edition fixed for all that build on it."""

    fact: str
    reason: str
    by: str
    contact: str = ""


@attrs.frozen
class Omitted:
    """An item that an earlier edition left out."""

    title: str
    reason: str
    by: str


@attrs.frozen
class LocalPage:
    """A page of an edition's own. ``instead`` names whose it takes the place of: empty for the core's.

    It is None where there was no such page.
    """

    by: str
    instead: str | None = None


@attrs.frozen(kw_only=True)
class Ancestry:
    """The account an edition gives to its children.

    ``layers`` are by target (an item, ``item#part``, or a page), nearest layer only; ``under_review`` are the
    targets whose national text changed and that the edition has not looked at yet, with what is known of the
    change; ``national`` are the national words, as far as they ever changed for safety, by what stands in
    their place; ``put_off`` gives the day (as ISO 8601 has it) to which the edition put its decision on some
    of those under review off.
    ``reviewers`` gives the name and the contact of who has to decide, where that is an edition before it.
    ``redirects`` tell which item stands in the place of one that was replaced. ``pages`` are those that are
    not the core's, by name. ``noted`` names those who wrote a note of which ``layers`` does not tell, as it
    tells something else of the words beside it. ``protectors`` gives the name and the contact of who
    protected something, where that is an edition before it. ``made_from`` are the ids of the editions that it
    is itself made from, the nearest first: of what they have newer, its own text tells whether that is
    lacking.
    """

    id: str
    title: str = ""
    publisher: str = ""
    contact: str = ""
    layers: Mapping[str, Layer] = attrs.field(default=MappingProxyType({}), repr=False)
    values: tuple[Given, ...] = ()
    locked: Mapping[str, Locked] = attrs.field(default=MappingProxyType({}))
    left_out: Mapping[str, Omitted] = attrs.field(default=MappingProxyType({}))
    redirects: Mapping[str, str] = attrs.field(default=MappingProxyType({}))
    under_review: Mapping[str, str] = attrs.field(default=MappingProxyType({}))
    national: Mapping[str, str] = attrs.field(default=MappingProxyType({}), repr=False)
    put_off: Mapping[str, dt.date] = attrs.field(default=MappingProxyType({}))
    reviewers: Mapping[str, tuple[str, str]] = attrs.field(default=MappingProxyType({}))
    protections: Mapping[str, Protection] = attrs.field(default=MappingProxyType({}))
    protectors: Mapping[str, tuple[str, str]] = attrs.field(default=MappingProxyType({}))
    noted: Mapping[str, tuple[str, ...]] = attrs.field(default=MappingProxyType({}), repr=False)
    made_from: tuple[str, ...] = ()
    pages: Mapping[str, LocalPage] = attrs.field(default=MappingProxyType({}), repr=False)

    @property
    def name(self) -> str:
        """The name that stands behind the edition's own words."""
        return self.publisher or self.title or self.id

    def given(self, fact: str) -> Given | None:
        """Return the value that editions before give to a fact everywhere; None if they give none."""
        return next((one for one in self.values if one.fact == fact and not one.item), None)

    def reviewer(self, target: str) -> tuple[str, str]:
        """Return the name and the contact of who has yet to look at a change of a target."""
        known = self.reviewers.get(target) or self.reviewers.get(target.partition("#")[0])
        return known or (self.name, self.contact)

    def protector(self, target: str) -> tuple[str, str]:
        """Return the name and the contact of the edition that protected an item or part."""
        return self.protectors.get(target) or (self.name, self.contact)

    def waiting(self, target: str) -> tuple[str, ...]:
        """Return what is under review of a part, or of an item and its parts."""
        return tuple(one for one in self.under_review if target in (one, one.partition("#")[0]))
