"""What an edition is composed from: the copy of it in ``national/``, or the library itself."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.model.library import Library
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.folders import MANIFEST, read_library_folder
from guidance_kit.reading.libraries import read_named_library
from guidance_kit.reading.locks import LOCK, NATIONAL
from guidance_kit.reading.overlays import MANIFEST as EDITION


def base_root(root: Path) -> Path | None:
    """Return the folder of the national text that an edition keeps; None if it keeps none."""
    return root / NATIONAL if (root / LOCK).exists() or (root / NATIONAL / MANIFEST).exists() else None


def read_base(root: Path, based_on: str) -> tuple[Library | None, tuple[Problem, ...]]:
    """Return what the edition in a folder is composed from, and every problem.

    An edition that keeps no copy is composed from the library as it is installed, or as its folder has it.
    """
    kept = base_root(root)
    if kept and (kept / MANIFEST).is_file():
        return read_library_folder(kept)
    if kept:
        words = "The national text that this edition is composed from is not here."
        hint = f"Put the folder back from a copy, or write it again: guidance-kit upgrade {typed(root)}"
        return None, (Problem("missing-base", words, hint, Place(str(kept))),)
    if (root / based_on / EDITION).is_file() and not (root / based_on / MANIFEST).is_file():
        words = f'This edition is based on another one, "{based_on}", and keeps no copy of its words yet.'
        hint = f"Make one: guidance-kit upgrade {typed(root)}"
        return None, (Problem("missing-base", words, hint, Place(str(root / EDITION))),)
    return read_named_library(based_on, root)
