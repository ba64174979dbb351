"""How our own nodes are written in HTML, and where other writers must know their ids.

Any other Sphinx writer treats each as the node it comes from.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from guidance_kit.sphinx_ext.nodes import (
    guidance_cell,
    guidance_change,
    guidance_group,
    guidance_heading,
    guidance_note,
    guidance_panel,
    guidance_part,
    guidance_region,
    guidance_summary,
)

Writer = Any  # the HTML translator of Sphinx, or of a theme or extension


def register(app: Sphinx) -> None:
    """Add our nodes with their visitors."""
    app.add_node(guidance_heading, html=(_visit_heading, _depart_heading))
    for node, visit in ((guidance_part, _visit_part), (guidance_group, _visit_group)):
        app.add_node(
            node,
            html=(visit, _leave_div),
            latex=(_visit_anchored_latex, _pass_by),
            texinfo=(_visit_anchored_texinfo, _pass_by),
        )
    app.add_node(guidance_note, html=(_visit_note, _depart_note))
    app.add_node(
        guidance_panel,
        html=(_visit_panel, _depart_panel),
        latex=(_visit_anchored_latex, _pass_by),
        texinfo=(_visit_anchored_texinfo, _pass_by),
    )
    app.add_node(guidance_summary, html=(_visit_summary, _depart_summary))
    app.add_node(guidance_change, html=(_visit_change, _depart_change))
    app.add_node(guidance_region, html=(_visit_region, _leave_div))
    app.add_node(guidance_cell, html=(_visit_cell, _depart_cell))


def _visit_heading(self: Writer, node: nodes.Element) -> None:
    level = min(self.section_level + self.initial_header_level + node.get("deeper", 0), 6)
    self.body.append(self.starttag(node, f"h{level}", ""))
    self.context.append(f"</h{level}>\n")


def _depart_heading(self: Writer, _node: nodes.Element) -> None:
    self.body.append(self.context.pop())


def _visit_part(self: Writer, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div"))


def _visit_anchored_latex(self: Writer, node: nodes.Element) -> None:
    self.body.extend(f"\n{self.hypertarget(name)}\n" for name in node["ids"])


def _visit_anchored_texinfo(self: Writer, node: nodes.Element) -> None:
    for name in node["ids"]:
        self.add_anchor(name, node)


def _pass_by(self: Writer, node: nodes.Element) -> None:
    """Leave a node that needs no end."""


def _visit_group(self: Writer, node: nodes.Element) -> None:
    named = {"role": "group", "aria-labelledby": node["name_id"]} if "name_id" in node else {}
    self.body.append(self.starttag(node, "div", **named))


def _leave_div(self: Writer, _node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_note(self: Writer, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "aside", CLASS="admonition", **{"aria-label": node["label"]}))


def _depart_note(self: Writer, _node: nodes.Element) -> None:
    self.body.append("</aside>\n")


def _visit_panel(self: Writer, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "details"))


def _depart_panel(self: Writer, _node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _visit_summary(self: Writer, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "summary", ""))


def _depart_summary(self: Writer, _node: nodes.Element) -> None:
    self.body.append("</summary>\n")


def _visit_change(self: Writer, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, node["change"], ""))


def _depart_change(self: Writer, node: nodes.Element) -> None:
    self.body.append(f"</{node['change']}>")


def _visit_region(self: Writer, node: nodes.Element) -> None:
    given = {"role": "region", "tabindex": "0", "aria-label": node["label"]}
    self.body.append(self.starttag(node, "div", **given))


def _visit_cell(self: Writer, node: nodes.Element) -> None:
    row: Any = node.parent
    row.column += 1  # docutils counts the cells of a row as it writes them
    self.body.append(self.starttag(node, "th", "", CLASS="head", scope=node["scope"]))


def _depart_cell(self: Writer, _node: nodes.Element) -> None:
    self.body.append("</th>\n")
