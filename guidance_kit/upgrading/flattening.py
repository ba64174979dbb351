"""``flatten``: an edition that is based on another becomes one that is based on what that one is based on.

Its readers see the same. The law is ``O2.(O1.C) = flatten(O2, O1).C``; where it cannot hold to the byte, the
result says which pages differ (see :func:`differing`). Nothing that stands anywhere else is touched.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from guidance_kit.editing.done import RefusedError, answering
from guidance_kit.editing.transaction import commit
from guidance_kit.editing.writing import in_new
from guidance_kit.model.edition import Edition
from guidance_kit.model.left_by_systems import left_by_a_system
from guidance_kit.model.lock import Composed, Key, Lock, Reviewed, Waiting, What
from guidance_kit.problems import Place, Problem, typed, worst
from guidance_kit.reading.decisions import decision_path, decision_text
from guidance_kit.reading.libraries import library_root
from guidance_kit.reading.locks import LOCK, NATIONAL, lock_text
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.artefacts import artefacts_of, decisions_now, name_of, print_of
from guidance_kit.upgrading.flat_manifest import manifest_of
from guidance_kit.upgrading.flat_pair import Pair
from guidance_kit.upgrading.flat_texts import local_files
from guidance_kit.upgrading.genuine import composed_of, files_in
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.outlook import OTHER, outlook
from guidance_kit.upgrading.recording import created
from guidance_kit.upgrading.sources import available, given_by, is_edition
from guidance_kit.upgrading.stopping import told

#: Where a package keeps the edition that its library was made from, beside that library.
SOURCES = "sources"


@attrs.frozen(kw_only=True)
class Flattened:
    """An edition that was written: its folder, the ids of both editions, and the pages that say otherwise.

    ``lacks`` is what it says that it is based on, where that is not here: as its parent's people named it.
    """

    folder: Path
    id: str
    parent: str
    based_on: str
    lacks: str = ""
    differing: tuple[str, ...] = ()


@answering
def flatten(root: Path, folder: Path, today: dt.date) -> Flattened:
    """Write an edition that says what the one in ``root`` says, based on what its parent is based on.

    ``folder`` is new or empty. The parent is opened from its own folder, or from the sources in the package
    that it was installed with. Nothing is written while anything in either edition is open.
    """
    _look(folder)
    child, problems = _sound(root, today)
    above = _parent_root(root, child)
    parent, more = _sound(above, today)
    more += [one for one in outlook(above, parent.edition) if one.code == OTHER]  # not what it is made from
    if above.name == SOURCES:  # nobody can decide, or mend anything, in an installed package
        more = [_theirs(one, parent, Place(str(root / MANIFEST))) for one in more]
    if problems or more:
        raise RefusedError(*problems, *more)
    _in_step(child, parent)
    pair = Pair.of(parent, child)
    beside, base = _national(parent)
    based_on = _based_on(parent, folder)
    manifest = manifest_of(pair, based_on)
    files = {**beside, MANIFEST: manifest.encode(), **local_files(pair)}
    made, records = _proved(files, pair, today)
    with in_new(folder):
        commit(folder, {**files, **records})
    return Flattened(
        folder=folder,
        id=child.overlay.id,
        parent=parent.overlay.id,
        based_on=base.id,
        lacks="" if is_edition(folder / based_on) or library_root(based_on, folder)[0] else based_on,
        differing=differing(made.edition, child.edition),
    )


def differing(one: Edition, other: Edition) -> tuple[str, ...]:
    """Return the names of the pages that two editions do not have in the same words."""
    texts = {page.name: page.text for page in one.pages}
    others = {page.name: page.text for page in other.pages}
    return tuple(sorted(name for name in {*texts, *others} if texts.get(name) != others.get(name)))


def _look(folder: Path) -> None:
    taken = folder.exists()
    if folder.is_dir():
        taken = not all(left_by_a_system(path.name) for path in folder.iterdir())
    if taken:
        words = "Something stands here already, and it is left as it is."
        hint = "Name a new or empty folder."
        raise RefusedError(Problem("would-overwrite", words, hint, Place(str(folder))))


def _sound(root: Path, today: dt.date) -> tuple[Opened, list[Problem]]:
    """Return an edition, and what has to be settled first; RefusedError if it cannot be opened."""
    opened, problems = open_edition(root, today)
    if opened is None:
        raise RefusedError(*problems)
    wrong = [one for one in problems if worst([one])]
    put_off = [attrs.evolve(one, deferred=False) for one in opened.standings]  # its day would be lost
    waits = [problem for one in put_off if one.open and (problem := told(one, opened.base))]
    news = [_undecided(root, one) for one in opened.undecided]
    return opened, [*wrong, *waits, *news]


def _undecided(root: Path, one: Waiting) -> Problem:
    safety = one.what is What.SAFETY
    code = "safety-unread" if safety else "new-items-waiting"
    said = "changed for safety, and nobody has read it" if safety else "waits for a decision"
    hint = f"Decide first: guidance-kit review {typed(root)} {one.target}"
    return Problem(code, f'"{one.target}" {said}.', hint, Place(str(root / LOCK)))


def _theirs(one: Problem, parent: Opened, place: Place) -> Problem:
    """Return what is open in an edition that was installed as it is told here: with whom to ask."""
    name, contact = parent.overlay.publisher or parent.overlay.title, parent.overlay.contact
    said = re.sub(r"\b[Yy]our\b", "its", one.message)
    words = f"{name} has something to settle first: {said[:1].lower()}{said[1:]}"
    asked = f"{name} ({contact})" if contact else name
    hint = f"Ask {asked}. When they have, install what they give out then, and upgrade: "
    hint += f"guidance-kit upgrade {typed(Path(place.path).parent)}"
    return Problem(one.code, words, hint, place)


def _parent_root(root: Path, child: Opened) -> Path:
    """Return the folder of the edition that another is based on, with its own files."""
    name = child.overlay.based_on
    if child.base.ancestry is None:
        words = f'This edition is based on "{child.base.title}" itself, so there is nothing to flatten.'
        raise RefusedError(Problem("bad-value", words, "", Place(str(root / MANIFEST))))
    if is_edition(root / name):
        return root / name
    library, _ = library_root(name, root)
    if library and is_edition(library.parent / SOURCES):
        return library.parent / SOURCES
    words = f'The edition "{name}" is not here with its own files, which a flat edition is made from.'
    hint = "Put its folder where based_on says, or install the package that guidance-kit package made of it."
    raise RefusedError(Problem("missing-base", words, hint, Place(str(root / MANIFEST))))


def _in_step(child: Opened, parent: Opened) -> None:
    """Refuse an edition that keeps another state of its parent than there is."""
    found, problems = given_by(parent)
    if found is None:
        raise RefusedError(*problems)
    if found.library.content != child.base.content:
        words = f'The edition keeps another state of "{parent.overlay.id}" than there is now.'
        hint = f"Take that first: guidance-kit upgrade {typed(child.root)}"
        raise RefusedError(Problem("parent-behind", words, hint, Place(str(child.root / LOCK))))


def _national(parent: Opened) -> tuple[dict[str, bytes], Composed]:
    """Return the files of the national text that the parent is composed from, with a lock on them."""
    if parent.lock and parent.lock.base:
        files = files_in(parent.root / NATIONAL)
    else:
        found, problems = available(parent.root, parent.overlay.based_on)
        if found is None:
            raise RefusedError(*problems)
        files = dict(found.files)
    kept = composed_of(parent.base, files)
    beside = {f"{NATIONAL}/{path}": data for path, data in files.items()}
    return {**beside, LOCK: lock_text(Lock(base=kept)).encode()}, kept


def _based_on(parent: Opened, folder: Path) -> str:
    """Return what the parent is based on as the new folder names it."""
    name = parent.overlay.based_on
    there = parent.root / name
    if is_edition(there) or (there / "library.toml").is_file():
        return Path(os.path.relpath(there.resolve(), folder.resolve())).as_posix()
    return name


def _proved(files: Mapping[str, bytes], pair: Pair, today: dt.date) -> tuple[Opened, dict[str, bytes]]:
    """Return the edition that the files make, read as anybody will read it, and its records."""
    with tempfile.TemporaryDirectory() as name:
        for path, data in files.items():
            target = Path(name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        opened, problems = open_edition(Path(name), today)
        wrong = [
            attrs.evolve(one, place=Place(one.place.path.replace(f"{name}/", ""), one.place.line))
            for one in problems
            if worst([one])
        ]
        if opened is None or wrong:
            raise RefusedError(*wrong)
        records = {decision_path(one): decision_text(one).encode() for one in _records(opened, pair, today)}
        if opened.lock:
            work = tuple(name_of(one) for one in artefacts_of(opened.base, opened.overlay))
            lock = attrs.evolve(opened.lock, edition=opened.overlay.id, recorded=work)
            records[LOCK] = lock_text(lock).encode()
    return opened, records


def _records(opened: Opened, pair: Pair, today: dt.date) -> Iterator[Reviewed]:
    """Give a record of each piece of local work: who looked at it in whichever edition it comes from."""
    known = {**_decisions(pair.parent), **_decisions(pair.child)}
    for one in artefacts_of(opened.base, opened.overlay):
        made = created(one, opened.base, today)
        old = known.get(one.key)
        if old:
            now = print_of(opened.base, one.target)
            made = attrs.evolve(made, how=old.how, by=old.by, on=old.on, reason=old.reason, base=now)
        yield attrs.evolve(made, edition=opened.overlay.id)


def _decisions(opened: Opened) -> dict[Key, Reviewed]:
    found = decisions_now(opened.base, opened.records)
    return {key: one for key, one in found.items() if not one.how.puts_away}
