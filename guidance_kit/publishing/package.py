"""An edition as a Python project: once that is installed, others base their editions on it by name."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs

from guidance_kit.composing import compose
from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.journal import alone
from guidance_kit.editing.transaction import commit, recover
from guidance_kit.editing.writing import in_new, plainly
from guidance_kit.exporting import Tree, changes_to, write_tree
from guidance_kit.exporting.as_library import as_library
from guidance_kit.model.edition import Edition
from guidance_kit.problems import Place, Problem, worst
from guidance_kit.publishing.package_texts import licence_text, module_text, project_text, readme_text
from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.reading.files import read_text, read_toml
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.locks import LOCK, NATIONAL
from guidance_kit.reading.overlays import LOCAL, MANIFEST
from guidance_kit.reading.walking import walk

#: The folders of the package: what children are composed from, and the edition as its people wrote it.
LIBRARY, SOURCES = "library", "sources"
_APART = re.compile(r"(?<=\d)[ /_-](?=\d)")
#: PEP 440, Appendix B, in the spelling that it calls normal.
_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?")


@attrs.frozen(kw_only=True)
class Packaged:
    """What came of packaging: the folder of the project (None: there is none), and every problem.

    ``otherwise`` says that the folder held other words under the same version.
    """

    folder: Path | None
    name: str = ""
    version: str = ""
    files: int = 0
    otherwise: bool = False
    problems: tuple[Problem, ...] = ()


def package(root: Path, edition: Edition, output: Path | None = None, *, draft: bool = False) -> Packaged:
    """Write the project of an edition that has been checked, all of it or nothing; return what came of it.

    The same edition gives the same bytes. It is written in ``<root>/_build/package`` unless ``output`` names
    another folder, which must be new, empty, or one that a package was written in before. A draft has a
    version that installers take for no release, and says what it is.
    """
    version, problem = version_of(edition, root, draft=draft)
    if problem:
        return Packaged(folder=None, problems=(problem,))
    folder = output or root / "_build" / "package"
    tree = _tree(root, edition, version, draft=draft)
    otherwise = not draft and _said_otherwise(tree, folder, version, f"{module_of(edition.id)}/{LIBRARY}/")
    try:
        faults = _faults(tree, folder, module_of(edition.id))
        if worst(faults) and not draft:
            return Packaged(folder=None, problems=faults)
        _write(tree, folder)
    except RefusedError as refused:
        return Packaged(folder=None, problems=refused.problems)
    return Packaged(
        folder=folder,
        name=name_of(edition.id),
        version=version,
        files=len(tree.texts) + len(tree.assets),
        otherwise=otherwise,
        problems=faults,
    )


def _said_otherwise(tree: Tree, folder: Path, version: str, library: str) -> bool:
    """Return whether a package of the same version stands in a folder, with other words."""
    there, faults = read_toml(folder / "pyproject.toml")
    project = there.get("project")
    if faults or not isinstance(project, dict) or project.get("version") != version:
        return False
    texts = {path: text for path, text in tree.texts.items() if path.startswith(library)}
    return any(read_text(folder / path)[0] != text for path, text in texts.items())


def _faults(tree: Tree, folder: Path, module: str) -> tuple[Problem, ...]:
    """Return what whoever installs the project will find wrong with its library, before it is written."""
    with plainly(folder), tempfile.TemporaryDirectory() as name:
        faults = tuple(write_tree(tree, Path(name)))
        if faults:
            raise RefusedError(*faults)
        _, faults = read_library_folder(Path(name) / module / LIBRARY)
    moved = (Place(one.place.path.replace(name, str(folder), 1), one.place.line) for one in faults)
    return tuple(attrs.evolve(one, place=place) for one, place in zip(faults, moved, strict=True))


def _write(tree: Tree, folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(*changes_to(tree, folder)[1])
    with in_new(folder), alone(folder):
        recover(folder)
        with plainly(folder):
            changes, problems = changes_to(tree, folder)
        if problems:
            raise RefusedError(*problems)
        commit(folder, changes)


def name_of(edition: str) -> str:
    """Return the name of the package of an edition."""
    return f"guidance-{edition}"


def module_of(edition: str) -> str:
    """Return the name under which Python imports the package of an edition."""
    return name_of(edition).replace("-", "_")


def version_of(edition: Edition, root: Path, *, draft: bool) -> tuple[str, Problem | None]:
    """Return the version of an edition as installers compare it, or what is wrong with it."""
    said = edition.overlay.version.strip()
    place = Place(str(root / MANIFEST))
    hint = 'Write numbers and dots below [edition], as in version = "2026.1".'
    if not said:
        return "", Problem("missing-key", "An edition that is packaged needs a version.", hint, place)
    version = _APART.sub(".", said.casefold().removeprefix("v"))
    if not _VERSION.fullmatch(version):
        words = f'"{said}" cannot be the version of a package: installers could not tell which is newer.'
        return "", Problem("bad-value", words, hint, place)
    return (f"{version}.dev0" if draft and ".dev" not in version else version), None


def _tree(root: Path, edition: Edition, version: str, *, draft: bool) -> Tree:
    module = module_of(edition.id)
    overlay = attrs.evolve(edition.overlay, version=version) if draft else edition.overlay
    library = as_library(compose(edition.base, overlay, edition.review, filled=False))
    licence = next(_licences(root), None)
    texts = {f"{module}/{LIBRARY}/{path}": text for path, text in library.texts.items()}
    texts |= {
        f"{module}/__init__.py": module_text(edition),
        "README.md": readme_text(edition, version, draft=draft),
        "pyproject.toml": project_text(edition, version, name_of(edition.id), module),
    }
    assets = {f"{module}/{LIBRARY}/{path}": file for path, file in library.assets.items()}
    assets |= {f"{module}/{SOURCES}/{path.relative_to(root).as_posix()}": path for path in _sources(root)}
    if licence is None:
        texts["LICENSE"] = licence_text(edition)
    else:
        assets["LICENSE"] = licence
    return Tree(texts, assets)


def _licences(root: Path) -> Iterator[Path]:
    """Give the files that hold a licence: the edition's own comes before that of the national text."""
    yield from (path for path in (root / "LICENSE", root / NATIONAL / "LICENSE") if path.is_file())


def _sources(root: Path) -> Iterator[Path]:
    """Give the files of an edition itself, and what it keeps of the national text."""
    yield root / MANIFEST
    if (root / LOCK).is_file():
        yield root / LOCK
    for folder in (LOCAL, NATIONAL):
        yield from walk(root / folder).files
    yield from walk(root / REVIEWED).files


def as_value(made: Packaged) -> str:
    """Return what was made, as JSON."""
    value = {"name": made.name, "version": made.version, "folder": str(made.folder), "files": made.files}
    return json.dumps(value, ensure_ascii=True, indent=2)
