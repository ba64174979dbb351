"""Every item of the project at once: found by name, with what links to it. Made anew when pages were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from guidance_kit.reading.fields import full_id
from guidance_kit.sphinx_ext.entries import Entry, Link, PageData

_MOST_REDIRECTS = 20


@attrs.frozen
class Index:
    """Items by id and anchor, links by target, in the order of the project's pages."""

    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]
    by_anchor: Mapping[str, Entry]
    back: Mapping[str, tuple[tuple[Entry, Link], ...]]
    twins: Mapping[str, tuple[Entry, ...]]
    space: str
    redirects: Mapping[str, str]

    def full(self, name: str) -> str:
        """Return an id with its space, redirects followed."""
        name = full_id(name.strip(), self.space)
        for _ in range(_MOST_REDIRECTS):
            if name in self.by_id or name not in self.redirects:
                break
            name = self.redirects[name]
        return name

    def find(self, name: str) -> Entry | None:
        """Return the item of an id, with or without its space."""
        return self.by_id.get(self.full(name))

    def find_anchor(self, name: str) -> Entry | None:
        """Return the item of an id, or else of an anchor, as links to places on pages name it."""
        return self.find(name) or self.by_anchor.get(name)

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """Give the items of a kind, in the order of the project."""
        return (entry for entry in self.entries if entry.kind == kind)


def index_of(
    pages: Mapping[str, PageData], order: Iterable[str], space: str, redirects: Mapping[str, str]
) -> Index:
    """Return the index of the pages; ``order`` gives page names as the contents lists do, then others."""
    names = dict.fromkeys((*(name for name in order if name in pages), *sorted(pages)))
    every = [entry for name in names for entry in pages[name].items]
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in every:
        by_name[entry.id].append(entry)
    twins = {
        name: tuple(sorted(same, key=lambda entry: (entry.docname, entry.line)))
        for name, same in by_name.items()
        if len(same) > 1
    }
    entries = tuple(entry for entry in every if entry.id not in twins or twins[entry.id][0] is entry)
    index = Index(
        entries,
        {entry.id: entry for entry in entries},
        {entry.anchor: entry for entry in entries},
        defaultdict(tuple),
        twins,
        space,
        redirects,
    )
    return attrs.evolve(index, back=_back(index))


def _back(index: Index) -> Mapping[str, tuple[tuple[Entry, Link], ...]]:
    found: dict[str, list[tuple[Entry, Link]]] = defaultdict(list)
    for entry in index.entries:
        for link in entry.links:
            found[index.full(link.target)].append((entry, link))
    return {name: tuple(links) for name, links in found.items()}


def pages_in_order(root: str, includes: Mapping[str, list[str]]) -> Iterator[str]:
    """Give page names in the order of the contents lists, each once, from the root down."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting.extend(reversed(includes.get(name, [])))
