"""Roles in running text: links to items, citations, and local facts."""

from __future__ import annotations

from docutils import nodes
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from guidance_kit.sphinx_ext.domain import domain_of
from guidance_kit.sphinx_ext.nodes import guidance_cite, guidance_fact


class ItemRole(XRefRole):
    """A link to an item of a kind, always in our domain, by its short name too."""

    def __init__(self, kind: str) -> None:
        """Link to items of a kind."""
        super().__init__(warn_dangling=True, innernodeclass=nodes.inline)
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, yet to be resolved."""
        self.name = f"guidance:{self.kind}"
        return super().run()


class CiteRole(SphinxRole):
    """Sources in brackets, by their keys, separated by commas."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a place that is filled when all sources are known."""
        keys = [key.strip() for key in self.text.split(",") if key.strip()]
        return [guidance_cite(keys=keys, line=self.lineno, docname=self.env.current_document.docname)], []


class FactRole(SphinxRole):
    """A local fact that the edition has given no value for."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a place that is filled with its default, or with what the fact is called."""
        fact = self.text.strip()
        said = domain_of(self.env).facts.said(fact)
        return [guidance_fact("", said, fact=fact, line=self.lineno)], []


class LocalFactRole(SphinxRole):
    """The value of a local fact: text, and never anything else."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value as it was given."""
        value = nodes.inline(self.rawtext, self.text.strip(), classes=["guidance-local-fact"])
        value["support_smartquotes"] = False  # its quotes and dashes are as somebody typed them
        return [value], []
