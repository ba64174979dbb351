"""From an edition to text, or to a tree of text; one function writes it."""

from __future__ import annotations

from collections.abc import Callable

from guidance_kit.exporting.files import MANIFEST, changes_to, write_tree
from guidance_kit.exporting.formats import as_csv, as_json, as_markdown
from guidance_kit.exporting.schema import as_schema
from guidance_kit.exporting.tree import Tree, tree
from guidance_kit.exporting.words import item_label, owner, part_label
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library

__all__ = [
    "EXPORTERS",
    "MANIFEST",
    "Tree",
    "as_csv",
    "as_json",
    "as_markdown",
    "as_schema",
    "changes_to",
    "item_label",
    "owner",
    "part_label",
    "tree",
    "write_tree",
]

#: What ``guidance-kit export --to`` offers: a name, and the function that writes it.
EXPORTERS: dict[str, Callable[[Library | Edition], str]] = {
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
    "schema": lambda _subject: as_schema(),
}
