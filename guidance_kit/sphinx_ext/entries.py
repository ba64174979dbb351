"""What the environment keeps of a page: plain tuples, never a node.

The tuples have names while they are used, and none while they are kept: a pickle of named ones takes several
times as long to read, which every build would pay.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

Values = tuple[tuple[str, tuple[str, ...]], ...]


class Link(NamedTuple):
    """A relation as an item declares it: the field or part, the full id, and the word of a rating."""

    field: str
    target: str
    word: str
    line: int


class Entry(NamedTuple):
    """One item: what it is called, where it stands, what it says of itself.

    ``values`` are its options as words of the vocabularies, ids or prose; ``parts`` a digest of the text of
    each part.
    """

    id: str
    kind: str
    title: str
    docname: str
    anchor: str
    line: int
    values: Values
    links: tuple[Link, ...]
    sources: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, str], ...]

    def value(self, key: str) -> tuple[str, ...]:
        """Return the values of an option; none if it is not given."""
        return next((values for name, values in self.values if name == key), ())


class Mention(NamedTuple):
    """A link in running text: the role or domain that says it, its target, whether it shows its own words."""

    role: str
    target: str
    own_words: bool


class Use(NamedTuple):
    """A source or fact named in running text, and where."""

    name: str
    line: int


class Asked(NamedTuple):
    """An item that a view asks for by id, of which kind, and where."""

    kind: str
    target: str
    line: int


class Query(NamedTuple):
    """What a view asks for. ``name`` is ``items``, ``matrix`` or ``references``; the rest as it applies."""

    name: str
    kind: str = ""
    layout: str = ""
    columns: tuple[str, ...] = ()
    filters: Values = ()
    across: str = ""


class PageData(NamedTuple):
    """Everything that is kept of one page."""

    items: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    cited: tuple[Use, ...] = ()
    facts: tuple[Use, ...] = ()
    views: tuple[Query, ...] = ()
    asked: tuple[Asked, ...] = ()


Kept = tuple[Any, ...]


def kept(data: PageData) -> Kept:
    """Return what is kept of a page as tuples without names."""
    return cast("Kept", _plain(data))


def named(found: Kept) -> PageData:
    """Return what was kept of a page with its names."""
    items, mentions, cited, facts, views, asked = found
    return PageData(
        items=tuple(_entry(*item) for item in items),
        mentions=tuple(Mention(*one) for one in mentions),
        cited=tuple(Use(*one) for one in cited),
        facts=tuple(Use(*one) for one in facts),
        views=tuple(Query(*one) for one in views),
        asked=tuple(Asked(*one) for one in asked),
    )


def offered(data: PageData) -> object:
    """Return what of a page other pages can show or depend on: all but lines and the text of parts."""
    items = tuple(
        entry._replace(
            line=0,
            links=tuple(link._replace(line=0) for link in entry.links),
            sources=tuple((key, 0) for key, _ in entry.sources),
            parts=(),
        )
        for entry in data.items
    )
    named_here = [sorted({use.name for use in uses}) for uses in (data.cited, data.facts)]
    return items, data.mentions, named_here, data.views


def _entry(*fields: Any) -> Entry:  # noqa: ANN401 - the fields of an entry, as they were kept
    entry = Entry(*fields)
    return entry._replace(links=tuple(Link(*link) for link in entry.links)) if entry.links else entry


def _plain(value: object) -> object:
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
