"""Ids of nodes that come from ids of items: permanent, whatever headings stand on the page."""

from __future__ import annotations

from docutils import nodes

from guidance_kit.sphinx_ext.nodes import guidance_waiting


def anchor_of(item: str, space: str) -> str:
    """Return the anchor of an item: its slug in the project's own space, elsewhere ``space-slug``."""
    own, _, slug = item.rpartition(":")
    return slug if own == space else item.replace(":", "-")


def claim(document: nodes.document, node: nodes.Element, anchor: str) -> None:
    """Give a node its id. A heading that was given it for its words gives way; a twin of ours does not."""
    holder = document.ids.get(anchor) if anchor else None
    if not anchor or (holder is not None and _is_ours(holder)):
        document.set_id(node)
        return
    node["ids"] = [anchor]
    document.ids[anchor] = node
    if holder is not None:
        holder["ids"] = [name for name in holder["ids"] if name != anchor]
        document.set_id(holder)
        for title, given in document.nameids.items():
            if given == anchor:
                document.nameids[title] = holder["ids"][0]


def release(document: nodes.document, node: nodes.Element) -> None:
    """Take back the ids and names that a heading was given; it becomes a part's heading.

    docutils keeps names by id and, from 0.23, by node as well.
    """
    by_node: dict[str, nodes.Element | None] = getattr(document, "names", {})
    for name in node["names"]:
        if by_node.get(name, node) is node and document.nameids.get(name) in node["ids"]:
            for register in (by_node, document.nameids, document.nametypes):
                register.pop(name, None)
    for anchor in node["ids"]:
        if document.ids.get(anchor) is node:
            del document.ids[anchor]


def _is_ours(node: nodes.Element) -> bool:
    classes: list[str] = node.get("classes", [])
    return isinstance(node, guidance_waiting) or any(name.startswith("guidance") for name in classes)
