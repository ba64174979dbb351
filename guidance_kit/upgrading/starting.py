"""A new edition, that keeps its own copy of the national text from the first day."""

from __future__ import annotations

from pathlib import Path

from guidance_kit.editing import NewEdition, new_edition
from guidance_kit.editing.done import Done, RefusedError, answering
from guidance_kit.editing.new import library_path, look
from guidance_kit.model.lock import Lock
from guidance_kit.problems import Problem
from guidance_kit.reading.locks import LOCK, NATIONAL, lock_text
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.genuine import composed_of
from guidance_kit.upgrading.sources import available


@answering
def start_edition(root: Path, asked: NewEdition) -> Done:
    """Write a new edition with the national text it is made from, all of it or nothing."""
    look(root, asked)
    if (root / MANIFEST).exists():
        return _made(*new_edition(root, asked))
    found, problems = available(root, library_path(root, asked.based_on))
    if found is None:
        raise RefusedError(*problems)
    library = found.library
    files = {f"{NATIONAL}/{path}": data for path, data in found.files.items()}
    files[LOCK] = lock_text(Lock(base=composed_of(library, found.files), edition=asked.id)).encode()
    return _made(*new_edition(root, asked, library, files))


def _made(done: Done | None, problems: tuple[Problem, ...]) -> Done:
    if done is None:
        raise RefusedError(*problems)
    return done
