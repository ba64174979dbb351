"""What is kept of a page, gathered once from its finished doctree."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

from guidance_kit.sphinx_ext.domain import domain_of
from guidance_kit.sphinx_ext.entries import Entry, Mention, PageData, Use
from guidance_kit.sphinx_ext.nodes import (
    guidance_about,
    guidance_cite,
    guidance_fact,
    guidance_view,
    guidance_waiting,
)

#: Roles that can lead to an item and are not ours.
_OPEN_ROLES = ("any", "ref", "myst")


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what a page that was just read says; called for ``doctree-read``, when all transforms are done."""
    docname = app.env.current_document.docname
    domain_of(app.env).note_page(docname, page_data(doctree, docname))


def page_data(doctree: nodes.document, docname: str) -> PageData:
    """Return what is to be kept of a page."""
    found = [
        node for node in doctree.findall(nodes.Element) if isinstance(node, (guidance_waiting, pending_xref))
    ]
    if not found:
        return PageData()
    return PageData(
        items=tuple(
            entry for node in found if isinstance(node, guidance_about) for entry in _entry(node, docname)
        ),
        mentions=tuple(
            dict.fromkeys(m for node in found if isinstance(node, pending_xref) for m in _mention(node))
        ),
        cited=tuple(
            Use(key, node["line"])
            for node in found
            if isinstance(node, guidance_cite)
            for key in node["keys"]
        ),
        facts=tuple(Use(node["fact"], node["line"]) for node in found if isinstance(node, guidance_fact)),
        views=tuple(dict.fromkeys(node["query"] for node in found if isinstance(node, guidance_view))),
        asked=tuple(asked for node in found if isinstance(node, guidance_view) for asked in node["asked"]),
    )


def _entry(node: guidance_about, docname: str) -> Iterator[Entry]:
    if not node["item"] or node.parent is None:
        return
    prose = dict(node["prose"])
    yield Entry(
        id=node["item"],
        kind=node["kind"],
        title=node.parent[0].astext(),
        docname=docname,
        anchor=node.parent["ids"][0],
        line=node["line"],
        values=tuple((key, tuple(prose.get(key, values))) for key, values in node["fields"]),
        links=node["links"],
        sources=node["sources"],
        parts=node["parts"],
    )


def _mention(node: pending_xref) -> Iterator[Mention]:
    domain, role = node.get("refdomain") or "", node.get("reftype") or ""
    if domain == "guidance" or (role in _OPEN_ROLES and domain in ("", "std")):
        yield Mention(role, node["reftarget"], bool(node.get("refexplicit")))
