"""Tables with a caption, and headers that say which way they reach."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from docutils import nodes

from guidance_kit.sphinx_ext.nodes import guidance_cell, guidance_region

#: Width of the columns together and of the least one, in characters, for plain text.
_PAGE, _LEAST = 72, 14


@attrs.frozen
class Cell:
    """What stands in a cell; ``scope`` is ``col`` or ``row`` for a header."""

    children: list[nodes.Node]
    scope: str = ""


def table(caption: str, head: Sequence[Cell], body: Sequence[Sequence[Cell]], name: str) -> guidance_region:
    """Return a table in a region that can be scrolled by itself."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=max(_LEAST, _PAGE // len(head))) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(cells) for cells in body))
    made = nodes.table("", nodes.title("", caption), group, classes=["guidance-table", name])
    return guidance_region("", made, label=caption, classes=["guidance-region"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(_entry(cell) for cell in cells))


def _entry(cell: Cell) -> nodes.entry:
    entry = guidance_cell(scope=cell.scope) if cell.scope else nodes.entry()
    blocks = [child for child in cell.children if not isinstance(child, (nodes.Inline, nodes.Text))]
    entry += blocks or [nodes.paragraph("", "", *cell.children)]
    return entry
