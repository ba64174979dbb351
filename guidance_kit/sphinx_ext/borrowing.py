"""The text of parts, lent to views on other pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import docname_join

from guidance_kit.model.fields import parts_of
from guidance_kit.model.kinds import KINDS
from guidance_kit.sphinx_ext.domain import GuidanceDomain
from guidance_kit.sphinx_ext.entries import Entry
from guidance_kit.sphinx_ext.nodes import guidance_about, guidance_note, guidance_view, guidance_waiting

#: What makes sense only where it was written.
_STAYS = (
    nodes.footnote_reference,
    nodes.footnote,
    nodes.target,
    nodes.system_message,
    guidance_view,
    guidance_note,
)
#: The types of links that may name a page.
_NAME_PAGES = ("doc", "any", "myst")


class Borrowed:
    """Parts of items, copied from the doctrees of their pages; each page is loaded once.

    Links in them lead from the ``page`` that shows them.
    """

    def __init__(self, domain: GuidanceDomain, page: str) -> None:
        """Lend to a page what the domain knows of the others."""
        self._domain = domain
        self._page = page
        self._blocks: dict[str, dict[str, nodes.Element]] = {}

    def part(self, entry: Entry, key: str) -> list[nodes.Node]:
        """Return a copy of a part, without headings and ids; nothing if the item has no such part."""
        block = self._block(entry)
        if block is None:
            return []
        lent = _children(block, key, parts_of(KINDS[entry.kind])[0].key)
        whole = nodes.container()
        whole += [copy for child in lent if not isinstance(child, _STAYS) for copy in _copies(child)]
        self._lead_from_here(whole, entry.docname)
        return list(whole.children)

    def _block(self, entry: Entry) -> nodes.Element | None:
        if entry.docname not in self._blocks:
            doctree = self._domain.env.get_doctree(entry.docname)
            found = doctree.findall(guidance_about)
            self._blocks[entry.docname] = {about["item"]: about.parent for about in reversed(list(found))}
        return self._blocks[entry.docname].get(entry.id)

    def _lead_from_here(self, copy: nodes.Element, written_on: str) -> None:
        """Make what is yet to become a link lead from the page that shows it to where it led before."""
        for place in copy.findall(guidance_waiting):
            if "docname" in place:
                place["docname"] = self._page
        for here in list(copy.findall(nodes.reference)):
            if "refid" in here:
                self._lead_back(here, written_on, here["refid"])
        for link in list(copy.findall(pending_xref)):
            if self._is_of_its_page(link):
                self._lead_back(link, written_on, link["reflocalid"])
            else:
                link["reftarget"] = self._target(link, written_on)
                link["refdoc"] = self._page

    def _is_of_its_page(self, link: pending_xref) -> bool:
        """Return whether a link leads to a place on the page it was written on that is no item's."""
        return "reflocalid" in link and self._domain.index.find_anchor(link["reftarget"]) is None

    def _lead_back(self, link: nodes.Element, written_on: str, anchor: str) -> None:
        words = link.children if link.astext() else [nodes.Text(f"#{anchor}")]
        shown = nodes.inline("", "", *words)
        link.replace_self(self._domain.refer(self._page, written_on, anchor, shown))

    def _target(self, link: pending_xref, written_on: str) -> str:
        """Return what a link names; a page by its name from the root, as its own name may be relative."""
        target = str(link["reftarget"])
        if link.get("refdomain") == "doc":  # MyST's own link to a page names it from the root already
            return target
        from_root = docname_join(written_on, target)
        is_page = link["reftype"] in _NAME_PAGES and from_root in self._domain.env.all_docs
        return f"/{from_root}" if is_page else target


def _children(block: nodes.Element, key: str, first: str) -> list[nodes.Node]:
    for child in block.children:
        if isinstance(child, nodes.Element) and child.get("part") == key:
            return child.children[1:]
    at = next((at for at, child in enumerate(block.children) if isinstance(child, guidance_about)), 1)
    return block.children[1:at] if key == first else []


def _copies(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give copies of a node; a section gives its title, strong, and then what it holds."""
    if isinstance(node, nodes.section):
        yield nodes.paragraph("", "", nodes.strong("", "", *_without_ids(node[0]).children))
        for child in node.children[1:]:
            yield from _copies(child)
    else:
        yield _without_ids(node)


def _without_ids(node: nodes.Node) -> nodes.Element:
    copy = cast("nodes.Element", node.deepcopy())
    for inner in list(copy.findall(lambda inner: isinstance(inner, _STAYS))):
        inner.parent.remove(inner)
    for inner in copy.findall(nodes.Element):
        inner["ids"], inner["names"] = [], []
        inner.attributes.pop("name_id", None)
    return copy
