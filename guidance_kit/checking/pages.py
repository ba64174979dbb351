"""Rules about whole pages: that readers can find each of them, and that what a page names is there."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

from guidance_kit.checking.subject import Subject
from guidance_kit.model.changes import PAGE
from guidance_kit.model.inline import PATH, PATH_ROLES, plain_prose, prose_of, roles_in
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import PAGES
from guidance_kit.model.page import MADE, Page, front_matter
from guidance_kit.model.text import plain
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem, nearest

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}\S.*\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^title\s*:", re.MULTILINE)
_MARKS = ("](", "]:", "{image}", "{figure}", "{include}")
_GLOB = re.compile(r"[*?\[]")
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|[{#]")  # an address, an id, or the slot of a fact


def made_pages(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each local page that would stand in place of one that is made."""
    for page in _own_pages(subject) if subject.edition else ():
        if _name(page) in MADE:
            words = (
                f'A page "{_name(page)}" is made for every edition, and this one would stand in its place.'
            )
            yield Problem("page-is-made", words, "Give the file another name.", _place(subject, page))


def untitled_pages(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each local page without a title: no list of contents can show it."""
    for page in _own_pages(subject) if subject.edition else ():
        if not (page.items or page.operations or _has_title(page)):
            words = "This page has no title, so no list can show it."
            hint = "Begin it with a line such as: # Who we are"
            yield Problem("pages-hidden", words, hint, _place(subject, page))


def _has_title(page: Page) -> bool:
    lines = plain(page.text).split("\n")
    start = front_matter(lines)
    text = "\n".join(lines[start:])
    named = _TITLE.search("\n".join(lines[:start]))
    return bool(named) or any(_HEADING.search(text[first:last]) for first, last in prose_of(text))


def hidden_pages(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each page that no list leads to: since a local page took a national one's place.

    A national page that holds no item, and leads to none, may go: there is no other way to leave it out.
    """
    if subject.edition is None:
        return
    base, now = subject.edition.base, _reachable(subject.library)
    hidden = {page.name for page in subject.library.pages if now and page.name not in now}
    before = {page.name: page for page in base.pages}
    here = {page.name: page for page in subject.library.pages}
    found = {name for name in hidden & _reachable(base) if _matters(base, here, name)}
    for page in _own_pages(subject):
        was = before.get(_name(page))
        if was is not None:
            names = found.intersection(_listed(was, before))
            for name in sorted(names, key=lambda one: (not _is_safety(base, before[one]), one)):
                yield _not_listed(subject, page, was, before[name])
        elif _name(page) in hidden:
            words = "Readers cannot find this page: the page that lists it is itself in no list."
            yield Problem("pages-hidden", words, "List it on a page that they find.", _place(subject, page))


def _not_listed(subject: Subject, page: Page, was: Page, hidden: Page) -> Problem:
    about = ", which is about safety" if subject.edition and _is_safety(subject.edition.base, hidden) else ""
    words = f'Readers cannot find the page "{hidden.name}"{about}: '
    words += "this page stands in place of the national one that lists it, and does not."
    entry = posixpath.relpath(hidden.name, posixpath.dirname(was.path) or ".")
    hint = f"Add {entry} to the {{toctree}} block here, as in national/{was.path}."
    return Problem("pages-hidden", words, hint, _place(subject, page))


def lists_of_nothing(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each entry of a list of contents that is no page."""
    national = {page.name for page in subject.edition.base.pages} if subject.edition else set()
    names = {page.name for page in subject.library.pages} | national | MADE | {"self"}
    for page in _own_pages(subject):
        for contents in page.contents:
            for line, entry in contents.entries:
                name = "self" if entry.endswith("/self") else entry.removeprefix(PAGES)
                if name in names or _GLOB.search(name) or name.startswith("../") or ":" in name:
                    continue
                words = f'This list names "{name}", and there is no such page.'
                hint = nearest(name, names) or "Write the path of a page from here, without .md."
                yield Problem("dead-link", words, hint, _place(subject, page).at(line + 1))


def dead_links(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each link or picture whose page or file is not there, in an edition's own words."""
    names = {page.name for page in subject.library.pages} | MADE
    files = {asset.path for asset in subject.library.assets}
    if subject.edition:
        files |= {asset.path.removeprefix(PAGES) for asset in subject.edition.overlay.assets}
    for page in subject.library.pages:
        written = subject.written(page)
        for at, path, is_page in _paths(page.text):
            full = _resolved(path, page)
            if full is None or (full in names if is_page else _is_there(full, names, files)):
                continue
            place, local = written(page.text.count("\n", 0, at))
            if local or subject.edition is None:
                words = f'There is no {"page" if is_page else "page or file"} "{path}" here.'
                hint = nearest(full, {*names, *files}) or "Check the path: it is told from the page it is on."
                yield Problem("dead-link", words, hint, place)


def _paths(text: str) -> Iterator[tuple[int, str, bool]]:
    """Give each path that a text names: where, the path, and whether it can only be a page."""
    for first, prose in plain_prose(text) if any(mark in text for mark in _MARKS) else ():
        for match in PATH.finditer(prose):
            yield first + match.start("path"), match["path"], False
    for role in roles_in(text) if any(f"{{{name}}}" in text for name in PATH_ROLES) else ():
        if role.name in PATH_ROLES:
            yield role.start, role.target, role.name == "doc"


def _resolved(path: str, page: Page) -> str | None:
    """Return a path from the top of the source; None if it leads elsewhere, or out of it, which is told."""
    if _ELSEWHERE.match(path):
        return None
    path = unquote(path.partition("#")[0].partition("?")[0])
    full = path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(page.path), path)
    full = posixpath.normpath(full)
    return None if full.startswith("../") else full


def _is_there(full: str, names: Collection[str], files: Collection[str]) -> bool:
    """Return whether a page or file is there; a word without a suffix may be the label of a heading."""
    stem, suffix = posixpath.splitext(full)
    if suffix in (".md", ".html"):
        return stem in names or full in files
    return not suffix or full in files


def _matters(base: Library, here: Mapping[str, Page], name: str) -> bool:
    """Return whether a page, or one that its lists lead to, holds an item or is about safety."""
    below = (here[one] for one in _leads_to(here, name))
    return any(page.items or page.nested or _is_safety(base, page) for page in below)


def _reachable(library: Library) -> set[str]:
    """Return the names of the pages to which lists lead from the first page; none if there is no first."""
    return _leads_to({page.name: page for page in library.pages}, "index")


def _leads_to(by_name: Mapping[str, Page], first: str) -> set[str]:
    """Return the names of the pages to which lists lead from one, that among them."""
    found: set[str] = set()
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name not in found and name in by_name:
            found.add(name)
            waiting.extend(_listed(by_name[name], by_name))
    return found


def _listed(page: Page, names: Iterable[str]) -> Iterator[str]:
    """Give the names of the pages that a page lists, patterns followed."""
    for contents in page.contents:
        for _, name in contents.entries:
            yield from fnmatch.filter(names, name) if _GLOB.search(name) else (name,)


def _is_safety(base: Library, page: Page) -> bool:
    """Return whether a page holds wording fixed for safety, or something that ever changed for safety."""
    items = (*page.items, *page.nested)
    if any(item.for_safety for item in items):
        return True
    about = {f"{PAGE}{page.name}", *(item.id for item in items)}
    changed = (one for one in base.changes.changes if one.kind is ChangeKind.SAFETY)
    return any(one.what.partition("#")[0] in about for one in changed)


def _own_pages(subject: Subject) -> tuple[Page, ...]:
    return subject.edition.overlay.pages if subject.edition else subject.library.pages


def _name(page: Page) -> str:
    return page.name.removeprefix(PAGES)


def _place(subject: Subject, page: Page) -> Place:
    if subject.edition is None:
        return subject.library.place_of(page, 1)
    root = subject.edition.overlay.root
    return Place.within(root / "local" if root else None, page.path, 1)
