"""The post-transform that fills waiting places, for every builder that writes pages."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guidance_kit.sphinx_ext import about
from guidance_kit.sphinx_ext.borrowing import Borrowed
from guidance_kit.sphinx_ext.domain import GuidanceDomain, domain_of
from guidance_kit.sphinx_ext.nodes import (
    guidance_about,
    guidance_cite,
    guidance_fact,
    guidance_view,
    guidance_waiting,
)
from guidance_kit.sphinx_ext.showing import Shower
from guidance_kit.sphinx_ext.sources import cited_text


class Fill(SphinxPostTransform):
    """Fills every waiting place of a page."""

    # Before MyST's and Sphinx's own resolvers (9 and 10), as parts lent from other pages hold links.
    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Fill views first: what they borrow has places of its own."""
        waiting = list(self.document.findall(guidance_waiting))
        domain = domain_of(self.env)
        if not waiting or domain.is_gathering_words:
            return
        shower = Shower(domain, Borrowed(domain, self.env.current_document.docname))
        views = [node for node in waiting if isinstance(node, guidance_view)]
        for view in views:
            view.replace_self(shower.shown(view))
        for node in list(self.document.findall(guidance_waiting)) if views else waiting:
            _fill(domain, node)


def _fill(domain: GuidanceDomain, node: guidance_waiting) -> None:
    if isinstance(node, guidance_about):
        about.fill(domain, node)
    elif isinstance(node, guidance_cite):
        node.replace_self(cited_text(domain, node["docname"], node["keys"]))
    elif isinstance(node, guidance_fact):
        fact = node["fact"]
        node.replace_self(nodes.inline("", domain.facts.said(fact), classes=[domain.facts.css_class(fact)]))
