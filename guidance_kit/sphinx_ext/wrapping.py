"""Boxes that themes put around tables."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class OneAddress(SphinxPostTransform):
    """Takes its ids from a box that a theme put around a table with a copy of the table's ids.

    An id that stands twice on a page is not valid HTML, and a screen reader may follow it to the wrong place
    (WCAG 2.2, technique H93). Furo's box copies every attribute of the table.
    """

    formats = ("html",)
    # After furo's own post-transform, which has 500.
    default_priority = 510

    def run(self, **_kwargs: object) -> None:
        """Leave each id on the table alone."""
        for table in self.document.findall(nodes.table):
            box = table.parent
            if isinstance(box, nodes.container) and len(box) == 1 and box["ids"] == table["ids"]:
                box["ids"] = []
