"""The metadata that a field of a kind carries, and the description derived from it.

A field is declared once, with plain ``attrs.field`` (so that type checkers see required fields as
required) and ``metadata=about(...)`` or ``metadata=part(...)``. Everything else - options, messages,
JSON Schema, manual table, relation words - is read from here through :func:`specs_of`.
"""

from __future__ import annotations

import functools
import types
import typing
from typing import Any, ClassVar, Protocol

import attrs

from guidance_kit.model.vocabulary import Word

_KEY = "guidance_kit"


class PartialDate(str):
    """A date as far as it is known: ``2019``, ``2019-02`` or ``2019-02-18``."""

    __slots__ = ()


class SourceKey(str):
    """The id of a source in ``references.json``."""

    __slots__ = ()


@attrs.frozen
class About:
    """What a field means: help for authors, and how it links and is shown.

    ``links_to`` names the kind that the field's ids point at; ``says`` and ``says_back`` are the words
    for the relation in each direction. ``label`` is set for parts, ``rates`` for a part whose bullets
    judge items of another kind in words of a vocabulary, ``evidence`` for a part that says what is so, and
    whose every sentence therefore needs a source. ``aside`` is set for a relation that the item at its other
    end shows below its text, with its sources, and not above.
    """

    help: str
    label: str = ""
    links_to: str = ""
    says: str = ""
    says_back: str = ""
    separator: str = ","
    part: bool = False
    rates: tuple[str, type[Word]] | None = None
    evidence: bool = False
    aside: bool = False


def about(  # noqa: PLR0913 - one keyword for each thing that can be said of a field
    help: str,  # noqa: A002 - the field's standard word
    *,
    label: str = "",
    links_to: str = "",
    says: str = "",
    says_back: str = "",
    separator: str = ",",
    aside: bool = False,
) -> dict[str, About]:
    """Return the metadata for a typed option."""
    return {_KEY: About(help, label, links_to, says, says_back, separator, aside=aside)}


def part(
    label: str,
    help: str,  # noqa: A002 - the same
    *,
    rates: tuple[str, type[Word]] | None = None,
    evidence: bool = False,
) -> dict[str, About]:
    """Return the metadata for a part: a named piece of Markdown under its own heading."""
    return {_KEY: About(help, label, part=True, rates=rates, evidence=evidence)}


@attrs.frozen
class FieldSpec:
    """A field of a kind, as everything outside ``model`` sees it.

    ``key`` is the name an author writes (``felt-by``), ``name`` the attribute (``felt_by``); ``type`` is
    the type of one value and ``many`` whether it is a tuple of them. ``default`` is the word that holds where
    an author gives none.
    """

    name: str
    about: About
    type: type[Any]
    many: bool
    required: bool
    default: tuple[str, ...] = ()
    key: str = attrs.field(
        init=False, default=attrs.Factory(lambda self: _key_of(self.name), takes_self=True)
    )

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return self.about.label or self.key.replace("-", " ").capitalize()

    @property
    def words(self) -> tuple[Word, ...]:
        """The closed words the field allows; empty for free values."""
        return tuple(self.type) if issubclass(self.type, Word) else ()


def _key_of(name: str) -> str:
    return name.rstrip("_").replace("_", "-")  # a word of Python's own has a "_" after it


class Described(attrs.AttrsInstance, Protocol):
    """An attrs class whose fields are described, and what one of its values is called."""

    label: ClassVar[str]


@functools.cache
def specs_of(kind: type[attrs.AttrsInstance]) -> tuple[FieldSpec, ...]:
    """Return the described fields of a class (a kind, or any other declared with :func:`about`)."""
    hints = typing.get_type_hints(kind)
    return tuple(_spec(field, hints[field.name]) for field in attrs.fields(kind) if _KEY in field.metadata)


def options_of(kind: type[attrs.AttrsInstance]) -> tuple[FieldSpec, ...]:
    """Return the typed options of a kind, in order."""
    return _sorted_specs(kind)[0]


def parts_of(kind: type[attrs.AttrsInstance]) -> tuple[FieldSpec, ...]:
    """Return the parts of a kind, in order; the first is the text before any heading."""
    return _sorted_specs(kind)[1]


@functools.cache
def _sorted_specs(kind: type[attrs.AttrsInstance]) -> tuple[tuple[FieldSpec, ...], tuple[FieldSpec, ...]]:
    """Return the options of a kind, and its parts."""
    specs = specs_of(kind)
    return (
        tuple(spec for spec in specs if not spec.about.part),
        tuple(spec for spec in specs if spec.about.part),
    )


def _spec(field: attrs.Attribute[Any], hint: Any) -> FieldSpec:  # noqa: ANN401 - a type hint is any object
    many = typing.get_origin(hint) is tuple
    inner = typing.get_args(hint)[0] if many else hint
    if isinstance(inner, types.UnionType):
        inner = next(arg for arg in typing.get_args(inner) if arg is not type(None))
    default = (str(field.default),) if isinstance(field.default, Word) else ()
    return FieldSpec(field.name, field.metadata[_KEY], inner, many, field.default is attrs.NOTHING, default)
