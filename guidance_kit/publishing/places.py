"""Where a person wrote a line of a source tree."""

from __future__ import annotations

import os
from pathlib import Path

from guidance_kit.model.edition import Edition
from guidance_kit.problems import Place
from guidance_kit.publishing.messages import Places


def places_in(edition: Edition, source: Path) -> Places:
    """Return a function from a path and line that Sphinx names to the place that a person can edit.

    The extension names such places already; this is for what other extensions say of composed pages.
    """
    start = f"{os.path.abspath(source)}{os.sep}"  # noqa: PTH100 - links are not followed, as in Sphinx

    def place(path: str, line: int) -> Place:
        whole = os.path.abspath(path)  # noqa: PTH100
        name = whole.removeprefix(start).replace(os.sep, "/").removesuffix(".md")
        page = edition.page_by_name.get(name)
        if page is None or not whole.startswith(start):
            return Place(path, line)
        written_in, written, number = page.origin_of(max(line, 1))
        root = edition.overlay.root if written_in == edition.id else edition.base.root
        return Place.within(root, written, number if line else 0)

    return place
