"""Local facts: named values that a region or a provider fills in."""

from __future__ import annotations

import datetime as dt

import attrs

from guidance_kit.model.dates import date_in_words
from guidance_kit.model.fields import about
from guidance_kit.model.vocabulary import FactType, FilledBy
from guidance_kit.problems import NOWHERE, Place


@attrs.frozen(kw_only=True)
class Fact:
    """The declaration of a local fact, one ``[[fact]]`` of ``facts.toml``."""

    id: str = attrs.field(metadata=about("Permanent name: lower-case words joined by hyphens."))
    type: FactType = attrs.field(metadata=about("The shape of its value."))
    label: str = attrs.field(metadata=about("What a reader and an editor call it."))
    help: str = attrs.field(default="", metadata=about("What an editor should write."))
    required: bool = attrs.field(default=False, metadata=about("Whether a release needs a value for it."))
    fill_by: FilledBy = attrs.field(default=FilledBy.REGION, metadata=about("Who fills it in."))
    max_age: str = attrs.field(
        default="", metadata=about('How long a value stays good, such as "12 months".')
    )
    example: str = attrs.field(default="", metadata=about("A value of the right shape."))
    default: str = attrs.field(default="", metadata=about("A value that stands when nobody gives one."))
    choices: tuple[str, ...] = attrs.field(
        default=(), metadata=about('The values allowed, for the type "choice".')
    )
    space: str = ""
    origin: Place = attrs.field(default=NOWHERE, eq=False, repr=False)

    @property
    def placeholder(self) -> str:
        """The words shown where a value is missing."""
        return f"[to be completed locally: {self.label}]"

    def shown(self, value: str) -> str:
        """Return a value of it as readers see it: a date in words, anything else as it was typed."""
        if self.type is not FactType.DATE:
            return value
        try:
            return date_in_words(dt.date.fromisoformat(value.strip()).isoformat())
        except ValueError:
            return value
