"""Citations in text, the sources of an item, and the list of references, as nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docutils import nodes

from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.domain import GuidanceDomain
from guidance_kit.sphinx_ext.references import Source, styled


def cited_text(domain: GuidanceDomain, page: str, keys: Iterable[str]) -> nodes.inline:
    """Return a citation, ``(Office for Students, 2024; Smith, 2023)``; each leads to its line in the list."""
    pieces: list[nodes.Node] = []
    for said in each_cited(domain, page, keys):
        pieces += [nodes.Text("; "), said] if pieces else [said]
    return nodes.inline("", "", nodes.Text("("), *pieces, nodes.Text(")"), classes=["guidance-cite"])


def each_cited(domain: GuidanceDomain, page: str, keys: Iterable[str]) -> list[nodes.Node]:
    """Return each source in the order of the list, unknown ones last with a question mark."""
    sources = domain.sources
    keys = dict.fromkeys(keys)
    known = [_linked(domain, page, source) for key, source in sources.items() if key in keys]
    return known + [nodes.Text(f"{key}?") for key in keys if key not in sources]


def _linked(domain: GuidanceDomain, page: str, source: Source) -> nodes.Node:
    said = nodes.inline("", "", *styled(source.cited))
    listed = domain.listed_on
    return domain.refer(page, listed, source.anchor, said) if listed else said


def reference_list(sources: Mapping[str, Source], *, with_ids: bool) -> nodes.Node:
    """Return the list of references; ``with_ids`` for the one that citations lead to."""
    items = []
    for source in sources.values():
        line = nodes.paragraph("", "", *styled(source.listed))
        if source.note:
            note = words.say(words.SOURCE_NOTE, note=source.note)
            line += [nodes.Text(" "), nodes.inline("", note, classes=["guidance-source-note"])]
        if with_ids:  # LaTeX knows targets, not ids of items
            line.insert(0, nodes.target(ids=[source.anchor]))
        items.append(nodes.list_item("", line))
    return nodes.bullet_list("", *items, bullet="-", classes=["guidance-references"])
