"""Our own nodes: those that wait to be filled, and those that builders write.

Waiting nodes are replaced before any builder writes them. The others are each a docutils node with a little
more to say: HTML has visitors for them, and any other Sphinx writer treats them as the node they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from docutils.transforms.parts import ContentsFilter
from sphinx import addnodes


class guidance_waiting(nodes.Element):  # noqa: N801 - docutils names node classes so
    """A place that is filled when a page is written, from what all pages say.

    Titles and contents lists take the words that it holds and not the place itself, as they are never filled.
    """

    def walkabout(self, visitor: nodes.NodeVisitor) -> bool:
        """Show a visitor this node; one that gathers a title sees what stands in it."""
        if not isinstance(visitor, ContentsFilter):
            return super().walkabout(visitor)
        for child in self.children:
            child.walkabout(visitor)
        return False


class guidance_about(guidance_waiting, nodes.General, addnodes.translatable):  # noqa: N801 - the same
    """What an item says of itself: fields, relations both ways, sources. ``prose`` can be translated."""

    def preserve_original_messages(self) -> None:
        """Keep the prose of options as it was written."""
        self.setdefault("raw_prose", [text for _, texts in self["prose"] for text in texts])

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translation in the place of every option that says the original."""
        self["prose"] = tuple(
            (key, tuple(translated_message if text == original_message else text for text in texts))
            for key, texts in self["prose"]
        )

    def extract_original_messages(self) -> Sequence[str]:
        """Return the prose of options."""
        kept: list[str] = self.get("raw_prose", [])
        return kept


class guidance_view(guidance_waiting, nodes.General, addnodes.translatable):  # noqa: N801 - the same
    """A list, matrix or list of references; ``query`` says of what. Its caption can be translated."""

    def preserve_original_messages(self) -> None:
        """Keep the caption as it was written."""
        if self["caption"]:
            self.setdefault("raw_caption", self["caption"])

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translation in the place of the caption."""
        if self.get("raw_caption") == original_message:
            self["caption"] = translated_message

    def extract_original_messages(self) -> Sequence[str]:
        """Return the caption."""
        return [self["raw_caption"]] if "raw_caption" in self else []


class guidance_cite(guidance_waiting, nodes.inline):  # noqa: N801 - the same
    """Sources cited in running text; ``keys`` names them. In a heading, contents lists leave them out."""


class guidance_fact(guidance_waiting, nodes.inline):  # noqa: N801 - the same
    """A local fact without a value; ``fact`` names it. It holds its words, for titles and contents lists."""


class guidance_heading(nodes.rubric):  # noqa: N801 - the same
    """The heading of a part, one level below its block, that the page's contents leave out."""


class guidance_part(nodes.container):  # noqa: N801 - the same
    """A part of a block, where it is no section; ``part`` is its key."""


class guidance_group(nodes.container):  # noqa: N801 - the same
    """A block inside a list, card, table or other block: a group with a name, no section.

    ``name_id`` is the id of its first child, the title; a copy on another page has none.
    """


class guidance_note(nodes.admonition):  # noqa: N801 - the same
    """A local note beside national text."""


class guidance_panel(nodes.container):  # noqa: N801 - the same
    """The national and the local wording, behind its first child, a line that opens it."""


class guidance_summary(nodes.paragraph):  # noqa: N801 - the same
    """The line that opens a panel."""


class guidance_change(nodes.inline):  # noqa: N801 - the same
    """Words that were deleted or inserted (``change`` is ``del`` or ``ins``)."""


class guidance_region(nodes.container):  # noqa: N801 - the same
    """A table that may be wider than the screen, with its name in ``label``."""


class guidance_cell(nodes.entry):  # noqa: N801 - the same
    """A header cell; ``scope`` is ``col`` or ``row``."""


def text(words: str, *classes: str, **attributes: Any) -> nodes.paragraph:  # noqa: ANN401 - docutils' own
    """Return a paragraph of plain words."""
    return nodes.paragraph("", words, classes=list(classes), **attributes)


def strong(words: str, *classes: str) -> nodes.paragraph:
    """Return a paragraph of strong words, for what is a heading elsewhere."""
    return nodes.paragraph("", "", nodes.strong("", words), classes=list(classes))
