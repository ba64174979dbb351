"""What a view finds: the answer to its query, as entries and words, before anything is shown."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.model.fields import parts_of
from guidance_kit.model.kinds import KINDS
from guidance_kit.sphinx_ext.about import verdict_labels
from guidance_kit.sphinx_ext.domain import GuidanceDomain
from guidance_kit.sphinx_ext.entries import Entry, Query
from guidance_kit.sphinx_ext.views import columns_of, default_columns, relations_between


def items_of(domain: GuidanceDomain, query: Query) -> tuple[Entry, ...]:
    """Return the items that a list shows, in the order of the project."""
    return tuple(entry for entry in domain.index.of_kind(query.kind) if _passes(domain, entry, query))


def _passes(domain: GuidanceDomain, entry: Entry, query: Query) -> bool:
    return all(_matches(domain, entry, key, wanted) for key, wanted in query.filters)


def _matches(domain: GuidanceDomain, entry: Entry, key: str, wanted: tuple[str, ...]) -> bool:
    if key == "id":
        return entry.id in {domain.index.full(name) for name in wanted}
    spec = columns_of(KINDS[entry.kind])[key]
    values = entry.value(key) or spec.default
    if spec.about.links_to:
        values = tuple(domain.index.full(name) for name in values)
        wanted = tuple(domain.index.full(name) for name in wanted)
    folded = {value.casefold() for value in values}
    return any(value.casefold() in folded for value in wanted)


def columns_shown(query: Query) -> tuple[str, ...]:
    """Return the keys of the columns or lines that a list shows beside each title."""
    if query.columns or query.layout != "table":
        return query.columns
    return default_columns(KINDS[query.kind])


def parts_shown(query: Query) -> tuple[str, ...]:
    """Return the keys of the parts among what a list shows."""
    if query.name != "items":
        return ()
    kind = KINDS[query.kind]
    specs = columns_of(kind)
    first = (parts_of(kind)[0].key,) if query.layout == "cards" else ()
    return (*first, *(key for key in columns_shown(query) if specs[key].about.part))


def cells_of(domain: GuidanceDomain, query: Query) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each cell of a matrix that has words: the ids of its row and column, and its words."""
    rows, columns = KINDS[query.kind], KINDS[query.across]
    verdicts = verdict_labels()
    found: dict[tuple[str, str], dict[str, None]] = {}
    for spec, forward in relations_between(rows, columns):
        for entry in domain.index.of_kind((rows if forward else columns).kind):
            for link in entry.links:
                target = domain.index.find(link.target) if link.field == spec.key else None
                if target and target.kind == (columns if forward else rows).kind:
                    place = (entry.id, target.id) if forward else (target.id, entry.id)
                    said = verdicts[link.word] if link.word else spec.about.says or spec.label
                    found.setdefault(place, {})[said] = None
    for (row, column), words in found.items():
        yield row, column, tuple(words)
