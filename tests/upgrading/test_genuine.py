"""A kept national text is that of a release, or is told to be none."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
from small_core import RELEASES

from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.history import History
from guidance_kit.model.lock import Lock
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.upgrading.genuine import composed_of, files_in, genuineness


def told(root: Path, change: str = "", *, history: bool = True, ancestry: bool = False) -> list[str]:
    """Return what is said of a copy whose lock agrees with it, after a change to its first page."""
    national = root / "national"
    shutil.copytree(RELEASES / "1.1.0", national)
    page = national / "index.md"
    page.write_text(f"{page.read_text('utf-8')}{change}", "utf-8")
    library, problems = read_library_folder(national)
    assert library is not None, problems
    library = attrs.evolve(library, history=library.history if history else History())
    if ancestry:
        library = attrs.evolve(library, ancestry=Ancestry(id="region", title="Region"))
    lock = Lock(base=composed_of(library, files_in(national)))
    return [one.message for one in genuineness(root, library, lock)]


def test_the_text_of_a_release_is_genuine(tmp_path: Path):
    assert told(tmp_path) == []


def test_another_text_is_that_of_no_release_though_the_lock_agrees_with_it(tmp_path: Path):
    assert told(tmp_path, "\nMore.\n") == [
        "The national text kept in this folder is that of no release of core."
    ]


def test_where_no_release_is_known_none_is_asked_for(tmp_path: Path):
    assert told(tmp_path, "\nMore.\n", history=False) == []


def test_the_text_of_an_edition_is_no_release_of_the_core(tmp_path: Path):
    assert told(tmp_path, "\nMore.\n", ancestry=True) == []
