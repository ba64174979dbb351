"""A new edition: a folder that builds at once, and says what to do next."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from guidance_kit.editing.done import Done, RefusedError, answering
from guidance_kit.editing.manifest import string
from guidance_kit.editing.organisations import Organisation
from guidance_kit.editing.transaction import commit
from guidance_kit.editing.writing import in_new, kept_by
from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.facts import Fact
from guidance_kit.model.item import SLUG
from guidance_kit.model.library import Library
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.folders import MANIFEST as LIBRARY
from guidance_kit.reading.libraries import read_named_library
from guidance_kit.reading.overlays import LOCAL, MANIFEST, read_overlay_folder

README = "README.md"


@attrs.frozen(kw_only=True)
class NewEdition:
    """What is asked of a person who starts an edition."""

    id: str
    title: str
    publisher: str = ""
    contact: str = ""
    organisation: Organisation = Organisation.PARTNERSHIP
    based_on: str = "core"


@answering
def new_edition(
    root: Path,
    asked: NewEdition,
    base: Library | None = None,
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> Done:
    """Write a new edition in a folder, all of it or nothing; one that stands there is never touched.

    ``base`` is what it is based on, if somebody has read it; ``beside`` are more files to write with it.
    """
    look(root, asked)
    if (root / MANIFEST).exists():
        return _there(root, asked)
    if base is None:
        base, problems = read_named_library(library_path(root, asked.based_on), root)
        if base is None:
            raise RefusedError(*problems)
    if asked.id in (base.id, base.space):
        words = f'"{asked.id}" is the id of the guidance that the edition is to be based on.'
        raise RefusedError(Problem("bad-id", words, "Give the edition an id of its own.", Place(str(root))))
    files = {MANIFEST: manifest(asked, base).encode(), **beside}
    if not (root / README).exists():
        files[README] = _readme(root, asked, base).encode()
    with in_new(root / LOCAL):
        commit(root, files)
    then = f"Build it: guidance-kit build {typed(root)}"
    started = f'Started "{asked.title}" in {root}, made from {base.id} {base.version}'.rstrip() + "."
    return Done(started, Place(str(root / MANIFEST), 1), then=then)


def manifest(asked: NewEdition, base: Library) -> str:
    """Return the text of ``edition.toml`` for a new edition."""
    values = {
        "id": asked.id,
        "title": asked.title,
        "publisher": asked.publisher,
        "contact": asked.contact,
        "version": "1",
        "based_on": asked.based_on,
    }
    lines = ["# Lines that begin with # are notes for you; nothing reads them.", "", "[edition]"]
    lines += [f"{key:<9} = {string(' '.join(value.split()))}" for key, value in values.items() if value]
    lines += [
        "",
        "# What your readers need to know locally. Take the # away from a line and write between the quotes,",
    ]
    lines += ['# or use: guidance-kit fact. A fact without a value is shown as "to be completed locally".']
    lines += ["", "[facts]", *_facts(asked, base)]
    return "\n".join(lines).rstrip() + "\n"


def _facts(asked: NewEdition, base: Library) -> Iterator[str]:
    """Give the lines kept for each fact: those that are the organisation's to fill in come first."""
    wanted = sorted(base.facts, key=lambda f: (not asked.organisation.fills(f.fill_by), not f.required))
    for fact in wanted:
        yield ""
        yield f"# {_described(asked, fact, base.ancestry)}"
        yield f'# {fact.id} = ""'


def _described(asked: NewEdition, fact: Fact, before: Ancestry | None) -> str:
    given = before.given(fact.id) if before else None
    needed = "needed for a release" if fact.required else "if you have one"
    whose = "" if asked.organisation.fills(fact.fill_by) else f", usually known to the {fact.fill_by}"
    if given:
        needed, whose = f"{given.by} has given it already", f": {given.value}"
    example = f" For example: {fact.example}" if fact.example else ""
    return " ".join(f"{fact.label} ({needed}{whose}). {fact.help}{example}".split())


def _readme(root: Path, asked: NewEdition, base: Library) -> str:
    name = root.resolve().name
    return f"""# {asked.title}

A local edition of "{base.title}", made with guidance-kit.

- `edition.toml` says who publishes it, what is left out, and your local facts.
- `{LOCAL}/` holds your own words in Markdown: notes, adaptations, items and pages.
- `national/` is the national text that it is made from, `edition.lock` says which, and `.guidance/` what you
  have reviewed. The tool writes them; a new release changes nothing here until somebody upgrades.
- `attic/` keeps what was taken out, so that nothing is lost.
- `_build/` is made by the tool and can be deleted at any time.

What to do next, in the folder above this one:

    guidance-kit facts {typed(name)}      what to fill in
    guidance-kit show {typed(name)}       every item, and what it is called
    guidance-kit build {typed(name)}      the web site, in {name}/_build/html
    guidance-kit check {typed(name)}      what is still open before a release
    guidance-kit status {typed(name)}     how it stands, and whether there is a newer national text
"""


def library_path(root: Path, name: str) -> str:
    """Return the base that the manifest will name, as it can be opened before the folder is there."""
    folder = os.path.abspath(root / name)  # noqa: PTH100 - the folder is not there, so nothing can be resolved
    there = (Path(folder) / LIBRARY).is_file() or (Path(folder) / MANIFEST).is_file()
    return folder if there else name


def look(root: Path, asked: NewEdition) -> None:
    """Refuse a place or an id where no edition can be."""
    place = Place(str(root))
    if root.exists() and not root.is_dir():
        words = "This is a file, not a folder."
        raise RefusedError(Problem("would-overwrite", words, "Name another folder.", place))
    if (root / LIBRARY).exists():
        words = f"This folder is a library of guidance (it has a {LIBRARY}), not a place for an edition."
        raise RefusedError(Problem("would-overwrite", words, "Name another folder.", place))
    around = kept_by(root)
    if around:
        words = f"This is a folder of the edition in {around}, which holds words of that edition."
        raise RefusedError(Problem("would-overwrite", words, "Name a folder beside that edition.", place))
    above = next((one for one in root.resolve().parents if (one / MANIFEST).is_file()), None)
    if above and not (root / MANIFEST).exists():
        words = f"This folder is inside the edition in {above}: an edition in another is found by nobody."
        raise RefusedError(Problem("would-overwrite", words, "Name a folder beside that edition.", place))
    if not SLUG.fullmatch(asked.id):
        hint = "Use two or more lower-case letters, digits or hyphens, a letter first, such as northtown."
        raise RefusedError(Problem("bad-id", f'"{asked.id}" cannot be the id of an edition.', hint, place))
    if not asked.title.strip():
        words = "An edition needs a title."
        raise RefusedError(Problem("missing-title", words, "Give one with --title.", place))


def _there(root: Path, asked: NewEdition) -> Done:
    """Return what to say of the edition that was asked for and stands there; refuse another."""
    overlay, _ = read_overlay_folder(root)
    place = Place(str(root / MANIFEST))
    said = (asked.id, asked.title, asked.publisher, asked.contact, asked.based_on)
    asked_for = tuple(" ".join(one.split()) for one in said)  # as it is written
    if overlay and asked_for == (
        overlay.id,
        overlay.title,
        overlay.publisher,
        overlay.contact,
        overlay.based_on,
    ):
        return Done("This edition is there already. Nothing was written.", place, changed=False)
    raise RefusedError(stands_here(root))


def stands_here(root: Path) -> Problem:
    """Return the problem that another edition stands where one is to be started."""
    words = "Another edition stands here, and it is left as it is."
    hint = "Name another folder, or edit that one."
    return Problem("would-overwrite", words, hint, Place(str(root / MANIFEST)))
