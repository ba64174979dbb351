"""A folder with a ``library.toml`` becomes a Library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from guidance_kit.model.item import SLUG, SLUG_RULE, Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.library import Asset, Endorsement, Library, Section, Writing
from guidance_kit.model.page import Page, in_reading_order
from guidance_kit.problems import Place, Problem, in_order
from guidance_kit.reading.ancestries import ANCESTRY, read_ancestry, with_protections
from guidance_kit.reading.declared import read_facts, read_references
from guidance_kit.reading.files import merge_markers, read_text, read_toml
from guidance_kit.reading.pages import ReadPage, read_page
from guidance_kit.reading.releases import CHANGES, HISTORY, read_changes, read_history
from guidance_kit.reading.tables import Spot, extra_keys, read_rows, read_table
from guidance_kit.reading.walking import Found, walk

MANIFEST = "library.toml"
_NOT_ASSETS = (".md", ".toml", ".py", ".pyc")
_NOT_SHOWN = ("references.json", HISTORY, ANCESTRY)


@attrs.frozen
class _Head:
    id: str
    title: str
    version: str = ""
    publisher: str = ""
    licence: str = ""
    space: str = ""


@attrs.frozen
class _Manifest:
    """What a ``library.toml`` says, read."""

    head: _Head | None = None
    sections: tuple[Section, ...] = ()
    writing: Writing = attrs.field(factory=Writing)
    endorsements: tuple[Endorsement, ...] = ()


def read_library_folder(
    root: Path, kinds: Mapping[str, type[Item]] = KINDS, like: Library | None = None
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Return the library in a folder, or None if it cannot be one, and every problem found.

    ``like`` is another state of it that was read: pages that say the same are taken from there, with the
    places that they had.
    """
    if not (root / MANIFEST).is_file():
        words = f"This folder holds no {MANIFEST}, so it is not a library of guidance."
        hint = f"Name a folder that has a {MANIFEST}."
        return None, (Problem("not-found", words, hint, Place(str(root))),)
    said, problems = _manifest(root / MANIFEST, kinds)
    head = said.head
    if head is None:
        return None, in_order(problems)
    space = head.space or head.id
    found = walk(root)
    alike = {page.path: page for page in like.pages} if like and like.space == space else {}
    read, page_problems = read_pages(root, space, kinds, found, alike)
    facts, fact_problems = read_facts(root / "facts.toml", space)
    references, reference_problems = read_references(root / "references.json")
    changes, change_problems = read_changes(root / CHANGES, space)
    history, history_problems = read_history(root / HISTORY)
    ancestry, ancestry_problems = read_ancestry(root / ANCESTRY)
    stricter = ancestry.protections if ancestry else {}
    library = Library(
        **{**attrs.asdict(head), "space": space},
        pages=in_reading_order(tuple(with_protections(one.page, stricter) for one in read)),
        facts=facts,
        references=references,
        sections=said.sections,
        assets=assets_of(root, found),
        writing=said.writing,
        endorsements=said.endorsements,
        changes=changes,
        history=history,
        ancestry=ancestry,
        root=root,
    )
    claimed = frozenset(name for one in read for name, _ in one.claimed)
    library = attrs.evolve(library, broken=claimed - library.by_id.keys())
    problems += [*page_problems, *fact_problems, *reference_problems]
    problems += [*change_problems, *history_problems, *ancestry_problems]
    problems += [*twins(read), *_stray_operations(read, root)]
    return library, in_order(problems)


def read_pages(
    root: Path,
    space: str,
    kinds: Mapping[str, type[Item]] = KINDS,
    found: Found | None = None,
    alike: Mapping[str, Page] = MappingProxyType({}),
) -> tuple[list[ReadPage], list[Problem]]:
    """Return every page below a folder, in order of path, and every problem met.

    ``found`` is what stands below the folder, if somebody has looked; ``alike`` are pages that were read
    before, by path, to be taken where the text is the same.
    """
    found = found or walk(root)
    read: list[ReadPage] = []
    problems = list(found.problems)
    for path in found.files:
        if path.suffix != ".md":
            continue
        text, faults = read_text(path)
        problems += faults
        if not faults:
            problems += merge_markers(text, path)
            name = path.relative_to(root).as_posix()
            if name in alike and alike[name].text == text:
                read.append(_as_before(alike[name], Place(str(path))))
                continue
            read.append(read_page(text, name, Place(str(path)), space, kinds))
            problems += read[-1].problems
    return read, problems


def _as_before(page: Page, place: Place) -> ReadPage:
    claimed = tuple((item.id, item.origin) for item in (*page.items, *page.nested))
    return ReadPage(page, place, (), claimed, (), ())


def assets_of(root: Path, found: Found) -> tuple[Asset, ...]:
    """Return the files that pages may show: all but pages, settings and licences."""
    return tuple(
        Asset(path.relative_to(root).as_posix(), path)
        for path in found.files
        if path.suffix and path.suffix not in _NOT_ASSETS and path.name not in _NOT_SHOWN
    )


def twins(read: Iterable[ReadPage]) -> list[Problem]:
    """Return a problem for each id claimed twice, at the second place and naming the first."""
    first: dict[str, Place] = {}
    problems = []
    for one in read:
        for name, place in one.claimed:
            if name in first:
                words = f'The id "{name}" is already used at {first[name]}.'
                problems.append(Problem("duplicate-id", words, "Give one of them another id.", place))
            first.setdefault(name, place)
    return problems


def _manifest(path: Path, kinds: Mapping[str, type[Item]]) -> tuple[_Manifest, list[Problem]]:
    table, problems = read_toml(path)
    if problems:
        return _Manifest(), problems
    text = read_text(path)[0]
    problems += extra_keys(table, ("library", "section", "writing", "endorsement"), path, text)
    spot = Spot(str(path), text, "[library]")
    head, faults = read_table(_Head, table.get("library", {}), spot)
    problems += faults
    for key in ("id", "space"):
        name = getattr(head, key, "")
        if name and not SLUG.fullmatch(name):
            hint = f"{SLUG_RULE}."
            problems.append(Problem("bad-id", f'"{name}" is not a library id.', hint, spot.place(key)))
            head = None
    sections: dict[str, Section] = {}
    rows, faults = read_rows(Section, table, "section", str(path), text)
    problems += faults
    for section, where in rows:
        problems += _section_faults(section, sections, kinds, where)
        sections.setdefault(section.id, section)
    writing, faults = read_table(Writing, table.get("writing", {}), Spot(str(path), text, "[writing]"))
    problems += faults
    endorsed, faults = read_rows(Endorsement, table, "endorsement", str(path), text)
    problems += faults
    space = (head.space or head.id) if head else ""
    endorsements = tuple(
        attrs.evolve(one, what=one.what if ":" in one.what else f"{space}:{one.what}", origin=where)
        for one, where in endorsed
    )
    return _Manifest(head, tuple(sections.values()), writing or Writing(), endorsements), problems


def _section_faults(
    section: Section, known: Mapping[str, Section], kinds: Mapping[str, type[Item]], at: Place
) -> Iterator[Problem]:
    if section.kind and section.kind not in kinds:
        words = f'"{section.kind}" is not a kind of guidance.'
        yield Problem("bad-value", words, f"Allowed: {', '.join(kinds)}.", at)
    if not SLUG.fullmatch(section.id):
        words = f'"{section.id}" is not the id of a section.'
        yield Problem("bad-id", words, "Give the name of its folder: lower-case letters and hyphens.", at)
    if section.id in known:
        words = f'The section "{section.id}" is declared twice.'
        yield Problem("duplicate-id", words, "Keep one of them.", at)


def _stray_operations(read: Iterable[ReadPage], root: Path) -> list[Problem]:
    hint = "Move it to the local folder of an edition."
    return [
        Problem(
            "unknown-target",
            f"A {{{block.name}}} block has no meaning in a library.",
            hint,
            Place(str(root / one.page.path), block.span.start + 1),
        )
        for one in read
        for block in one.operations
        if block.name != "local-note"
    ]
