"""Whose page it is, in words below its title, where that is not the national one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.domain import domain_of
from guidance_kit.sphinx_ext.nodes import text


class MarkLocalPages(SphinxPostTransform):
    """Says below the title of a local page whose it is; builders of one file have many pages in one."""

    # With what else is filled in when pages are written; nothing depends on which comes first.
    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Mark each page that ``edition.json`` tells of."""
        domain = domain_of(self.env)
        told = domain.edition.pages
        if not told or domain.is_gathering_words:
            return
        for name, page in list(_pages(self.document, self.env.current_document.docname)):
            if name in told:
                _mark(page, whose(told[name]))


def whose(told: Mapping[str, str | None]) -> str:
    """Return whose page it is, and whose page it takes the place of, in words."""
    by, instead = str(told.get("by")), told.get("instead")
    if instead is None:
        return words.say(words.LOCAL_PAGE, by=by)
    if not instead:
        return words.say(words.LOCAL_PAGE_INSTEAD, by=by)
    return words.say(words.LOCAL_PAGE_INSTEAD_OF, by=by, other=instead)


def _pages(document: nodes.document, name: str) -> Iterator[tuple[str, nodes.Element]]:
    """Give each page of a document by name: itself, and those that were put into it."""
    yield name, document
    for start in document.findall(addnodes.start_of_file):
        yield start["docname"], start


def _mark(page: nodes.Element, said: str) -> None:
    label = text(said, "guidance-label", "guidance-label-local")
    first = next((child for child in page.children if isinstance(child, nodes.section)), None)
    if first is None or "guidance" in first["classes"]:  # an item, which has a label of its own
        page.insert(0, label)
    else:
        first.insert(1, label)
