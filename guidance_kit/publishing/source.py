"""The source tree of an edition, written under its build folder for Sphinx to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from guidance_kit.api import check, read_edition
from guidance_kit.exporting import tree, write_tree
from guidance_kit.model.edition import Edition
from guidance_kit.problems import Place, Problem, Severity, in_order
from guidance_kit.publishing import record
from guidance_kit.publishing.memory import uncollected
from guidance_kit.publishing.messages import Places
from guidance_kit.publishing.paths import escaping_paths
from guidance_kit.publishing.places import places_in

BUILD = "_build"


@attrs.frozen(kw_only=True)
class Source:
    """A source tree that stands on disk: whose it is, its pages, and every problem of the edition.

    ``roots`` are the real folders that its lines were written in, by the id of edition or library; ``places``
    tells where a person wrote a line of the tree. A tree that is not ``whole`` is not to be built.
    """

    folder: Path
    places: Places
    problems: tuple[Problem, ...]
    id: str = ""
    roots: Mapping[str, str] = attrs.field(factory=dict)
    pages: tuple[str, ...] = ()
    whole: bool = False

    @property
    def errors(self) -> int:
        """How many errors there are among the problems."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def write_source(root: Path) -> Source:
    """Write an edition's source tree, changed files only, and return what is to be known of it.

    Nothing is read or written again if not one file has been touched since the last time.
    """
    kept = record.recall(root)
    if kept:
        return Source(
            folder=root / BUILD / "source",
            places=_LatePlaces(root),
            problems=kept.problems,
            id=kept.id,
            roots=kept.roots,
            pages=kept.pages,
            whole=True,
        )
    with uncollected():
        return _write(root)


def _write(root: Path) -> Source:
    begun = record.now()
    folder = root / BUILD / "source"
    edition, problems = read_edition(root)
    if edition is None:
        return Source(folder=folder, places=Place, problems=problems)
    problems = in_order((*check(edition), *escaping_paths(edition)))
    source = Source(
        folder=folder,
        places=places_in(edition, folder),
        problems=problems,
        id=edition.id,
        roots=_roots(edition),
    )
    if any(problem.code == "path-escape" for problem in problems):
        return source
    files = tree(edition)
    faults = write_tree(files, folder)
    if faults:
        return attrs.evolve(source, problems=in_order((*problems, *faults)))
    pages = tuple(sorted(path.removesuffix(".md") for path in files.texts if path.endswith(".md")))
    source = attrs.evolve(source, pages=pages, whole=True)
    kept = record.Record(
        id=source.id, based_on=edition.overlay.based_on, roots=source.roots, pages=pages, problems=problems
    )
    record.keep(root, kept, begun)
    return source


def _roots(edition: Edition) -> dict[str, str]:
    roots = {edition.base.id: edition.base.root, edition.id: edition.overlay.root}
    return {name: str(root) for name, root in roots.items() if root}


class _LatePlaces:
    """The places of a tree that was not written again: the edition is read when one is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._places: Places | None = None

    def __call__(self, path: str, line: int) -> Place:
        if self._places is None:
            edition, _ = read_edition(self._root)
            self._places = places_in(edition, self._root / BUILD / "source") if edition else Place
        return self._places(path, line)
