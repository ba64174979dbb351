"""A library in a folder, made a release: what was released is known by its fingerprints from then on."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.exporting.history import as_history
from guidance_kit.model.library import Library
from guidance_kit.reading.folders import read_library_folder


def published(folder: Path) -> Library:
    """Write the fingerprints of the library in a folder as who releases it does, and return it as it was read."""
    library, problems = read_library_folder(folder)
    assert library is not None, problems
    (folder / "history.json").write_text(as_history(library), "utf-8")
    return library
