"""What a person names on the command line: an edition, a library, or a single page."""

from __future__ import annotations

import os
from pathlib import Path

import attrs

from guidance_kit import api
from guidance_kit.cli.dates import today
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.problems import GuidanceError, Place, Problem, Severity, in_order, worst
from guidance_kit.publishing.paths import escaping_paths
from guidance_kit.reading.files import read_text
from guidance_kit.reading.folders import MANIFEST as LIBRARY
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.libraries import read_named_library
from guidance_kit.reading.locks import NATIONAL
from guidance_kit.reading.overlays import MANIFEST as EDITION
from guidance_kit.reading.overlays import no_edition
from guidance_kit.reading.pages import read_page
from guidance_kit.upgrading.outlook import outlook

#: What is told of names that lead nowhere: that says nothing while the national text is not whole.
_OF_NAMES = (
    "unknown-target",
    "unknown-part",
    "unknown-fact",
    "unknown-link",
    "unknown-source",
    "broken-link",
)


@attrs.frozen
class Found:
    """What was named, as far as it can be read, and every problem in it.

    ``installed`` says that the name is that of an installed library, and of nothing in this folder.
    """

    subject: Edition | Library | None
    problems: tuple[Problem, ...]
    installed: bool = False


def find(name: str, *, writing: bool = False) -> Found:
    """Return the edition or library in a folder, the installed library of that name, or a page's problems."""
    path = Path(name)
    if path.is_file() and path.suffix == ".md":
        return _page(path, writing=writing)
    if path.is_file() and path.name in (EDITION, LIBRARY):
        path = path.parent
    if (path / EDITION).is_file():
        return _checked(*api.read_edition(path, today()), writing=writing, root=path)
    if (path / LIBRARY).is_file():
        return _checked(*read_library_folder(path), writing=writing)
    if path.exists():
        words = f"This is not an edition (no {EDITION}), nor a library (no {LIBRARY}), nor a page (.md)."
        hint = no_edition(path).hint if path.is_dir() else "Name the folder of an edition or library."
        return Found(None, (Problem("not-found", words, hint, Place(name)),))
    if path.parent != Path() or path.suffix:
        words = "There is no such file or folder."
        return Found(None, (Problem("not-found", words, "Check the name.", Place(name)),))
    library, problems = read_named_library(name)
    found = _checked(library, problems, writing=writing)
    return attrs.evolve(found, installed=library is not None)


def edition_at(folder: Path) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition in a folder, composed as far as it can be, and every problem; raise if it cannot."""
    edition, problems = api.read_edition(folder, today())
    if edition is None:
        raise GuidanceError(problems)
    return edition, api.check(edition, today())


def whole(name: str) -> Edition | Library:
    """Return what was named; raise its problems if there is an error among them."""
    found = find(name)
    if found.subject is None or worst(found.problems):
        raise GuidanceError(found.problems)
    return found.subject


def _checked(
    subject: Edition | Library | None,
    problems: tuple[Problem, ...],
    *,
    writing: bool,
    root: Path | None = None,
) -> Found:
    more = api.check(subject, today(), writing=writing) if subject is not None else ()
    out = escaping_paths(subject) if isinstance(subject, Edition) else ()
    ahead = outlook(root, subject) if root and isinstance(subject, Edition) else ()
    told = (*problems, *more, *out, *ahead)
    if any(one.code == "base-not-genuine" for one in told):  # names that fail may be right in the whole text
        told = tuple(one for one in told if one.code not in _OF_NAMES)
    return Found(subject, in_order(told if root is None else (_asking(one, root, subject) for one in told)))


def _asking(one: Problem, root: Path, subject: Edition | Library | None) -> Problem:
    """Return a problem; of one in the words of an earlier edition, with who can mend it."""
    before = subject.base.ancestry if isinstance(subject, Edition) else None
    inside = one.place.path.startswith(f"{root / NATIONAL}{os.sep}")
    if before is None or not inside or one.severity not in (Severity.ERROR, Severity.BLOCKER):
        return one
    asked = f"{before.name} ({before.contact})" if before.contact else before.name
    return attrs.evolve(one, hint=f"It stands in the words of {asked}: ask them to mend it, then upgrade.")


def _page(path: Path, *, writing: bool) -> Found:
    """Return the problems of one page: of those of the whole it belongs to, or read alone."""
    for folder in path.resolve().parents:
        if (folder / EDITION).is_file() or (folder / LIBRARY).is_file():
            whole = find(str(folder), writing=writing)
            same = (one for one in whole.problems if Path(one.place.path).resolve() == path.resolve())
            return Found(
                whole.subject, tuple(attrs.evolve(p, place=Place(str(path), p.place.line)) for p in same)
            )
    text, problems = read_text(path)
    if not problems:
        problems = list(read_page(text, path.name, Place(str(path)), "").problems)
    return Found(None, in_order(problems))
