"""Local words that leave their place: to the attic, into an item of its own, or into a merged text."""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from guidance_kit.editing.blocks import one_line
from guidance_kit.editing.done import RefusedError
from guidance_kit.editing.manifest import with_omission, without_fact, without_omission
from guidance_kit.editing.splicing import with_body, without_block
from guidance_kit.editing.writing import ATTIC
from guidance_kit.model.changes import FACT
from guidance_kit.model.fingerprint import part_fingerprint
from guidance_kit.model.lock import What
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.reading.overlays import MANIFEST
from guidance_kit.upgrading.artefacts import text_of
from guidance_kit.upgrading.merging import merge
from guidance_kit.upgrading.opening import Opened, was_text
from guidance_kit.upgrading.states import Standing

_APPROVAL = ("approved-by", "approved-on")
_BY_HAND = "Make the change by hand; guidance-kit check says whether it is right."


@attrs.frozen(kw_only=True)
class Files:
    """Files to be written (None: removed), where to look, the copy kept, and the local fingerprint.

    ``whole`` says that the copy is of a whole file, and not only of what was taken out of it. ``others`` are
    further pieces of local work that went the same way, ``also`` the copies of them.
    """

    changes: Mapping[str, bytes | None] = MappingProxyType({})
    place: Place | None = None
    kept: str = ""
    whole: bool = True
    local: str = ""
    others: tuple[Standing, ...] = ()
    also: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Said:
    """Who decided that words go, why and when."""

    by: str
    reason: str
    on: dt.date


def retired(
    opened: Opened,
    one: Standing,
    said: Said,
    already: Mapping[str, bytes | None] | None = None,
) -> Files:
    """Return the files that take a piece of local work out of the edition and keep it in the attic.

    ``already`` are files as they will be, as other work goes out of them from further down.
    """
    art = one.artefact
    changes: dict[str, bytes | None]
    if art.what is What.PAGE:
        path = inside(opened, art.origin)
        cut, changes = art.text, {path: None}
    elif art.what in (What.LEAVE_OUT, What.FACT):
        path = MANIFEST
        cut, changes = _from_manifest(opened, one)
    else:
        path = inside(opened, art.origin)
        before = (already or {}).get(path)
        rest, cut = _block_cut(one, before.decode("utf-8") if before else text_in(opened, path))
        changes = {path: rest.encode("utf-8") if rest.strip() else None}
    name = attic_name(opened.root, art.name or art.target)
    receipt = _receipt(one, said, path)
    return Files(
        changes={**changes, name: f"{receipt}\n{cut}".encode()},
        place=Place(str(opened.root / path)),
        kept=str(opened.root / name),
        whole=False,
    )


def merged(opened: Opened, one: Standing) -> Files:
    """Return the files that put the merge of both changes in the place of a local text."""
    art = one.artefact
    if art.what is not What.ADAPT:
        raise by_hand(one, "Only an adaptation can be merged.")
    base = one.decision.base if one.decision else ""
    was = was_text(opened.root, base)
    if was and part_fingerprint(art.part, was) != base:
        words = f'The older national text of "{art.target}" was changed by hand, so no merge is offered.'
        hint = f"Read both and write your own: guidance-kit review {typed(opened.root)} {art.target}"
        raise RefusedError(Problem("lock-edited", words, hint, Place(str(opened.root / REVIEWED))))
    offer = merge(was, art.text, text_of(opened.base, art.target)) if was else None
    if offer is None or offer.conflict:
        words = f'Both texts of "{art.target}" changed the same paragraph or list: no merge is offered.'
        if offer is None:
            words = f'The older national text of "{art.target}" is not kept here, so no merge is offered.'
        hint = f"Read both and write your own: guidance-kit review {typed(opened.root)} {art.target}"
        raise RefusedError(Problem("stale", words, hint, art.origin))
    path = inside(opened, art.origin)
    old = text_in(opened, path)
    new = with_body(old, art.origin.line, offer.text, without=_APPROVAL)  # nobody has approved these words
    if new is None:
        raise by_hand(one, "Its block was not found where it stood.")
    name = attic_name(opened.root, art.target)
    return Files(
        changes={path: new.encode("utf-8"), name: old.encode("utf-8")},
        place=art.origin,
        kept=str(opened.root / name),
        local=part_fingerprint(art.part, offer.text),
    )


def _block_cut(one: Standing, text: str) -> tuple[str, str]:
    """Return a page without the block of a piece of local work, and that block."""
    found = without_block(text, one.artefact.origin.line)
    if found is None:
        raise by_hand(one, "Its block was not found where it stood.")
    return found


def _from_manifest(opened: Opened, one: Standing) -> tuple[str, dict[str, bytes | None]]:
    """Return the line that goes from ``edition.toml`` in words, and the file without it."""
    art = one.artefact
    text = text_in(opened, MANIFEST)
    if art.what is What.LEAVE_OUT:
        names = (art.item, art.item.rpartition(":")[2], *_older(opened, art.item))
        new = without_omission(text, art.item, names)
        for other in _others(opened, text, art.item):
            new = with_omission(new, other, art.reason) if new else None
        cut = f"Left out: {art.item}. {art.reason}\n"
    else:
        fact = art.target.removeprefix(FACT)
        items = (art.name, art.name.rpartition(":")[2], *_older(opened, art.name)) if art.name else ()
        moved = (old.old for old in opened.base.changes.moved if old.old.startswith(FACT))
        olds = (old.removeprefix(FACT) for old in moved if opened.base.changes.follow(old) == art.target)
        tried = (without_fact(text, name, items) for name in (fact, *olds))
        new = next((done for done in tried if done is not None), None)
        cut = f'{fact} = "{art.text}"{f" (in {art.name} alone)" if art.name else ""}\n'
    if new is None:
        raise by_hand(one, "Its line in edition.toml cannot be taken out without touching something else.")
    gone = _taken_out(text.splitlines(), new.splitlines())
    return "\n".join((cut, *gone, "")), {MANIFEST: new.encode("utf-8")}


def _taken_out(old: list[str], new: list[str]) -> list[str]:
    """Return the lines that are in one text and no more in another, with the comments on them.

    Where one run of lines went, tables that begin alike are not taken for one another: of the places where it
    can lie, it lies where it begins with the head of a table.
    """
    start = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(new)
    )
    size = len(old) - len(new)
    if size < 0 or old[start + size :] != new[start:]:
        lines = difflib.ndiff(old, new)
        return [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    places = [start]
    while places[-1] and old[places[-1] - 1] == old[places[-1] + size - 1]:
        places.append(places[-1] - 1)
    at = next((place for place in places if old[place : place + 1] and old[place].startswith("[[")), start)
    return old[at : at + size]


def _others(opened: Opened, text: str, item: str) -> list[str]:
    """Return the items that stay left out where one of several is taken that were one item once."""
    changes = opened.base.changes
    olds = [one.old for one in changes.split if item in changes.became(one.old) and f'"{item}"' not in text]
    written = [old for old in olds if f'"{old}"' in text or f'"{old.rpartition(":")[2]}"' in text]
    known = opened.base.by_id
    return [other for old in written[:1] for other in changes.became(old) if other != item and other in known]


def _older(opened: Opened, item: str) -> tuple[str, ...]:
    """Return the names under which an item was written before it moved, or became several."""
    changes = opened.base.changes
    olds = [one.old for one in changes.moved] + [one.old for one in changes.split]
    olds = [old for old in olds if item in changes.became(old)]
    return tuple(name for old in olds for name in (old, old.rpartition(":")[2]))


def _receipt(one: Standing, said: Said, path: str) -> str:
    """Return the lines that say in the attic what a text was, and why it is there; Markdown hides them."""
    rows = [f"{one.artefact.what} {one.artefact.target} {one.artefact.name}".strip(), f"from {path}"]
    rows.append(f"taken out on {said.on.isoformat()}" + (f" by {one_line(said.by)}" if said.by else ""))
    rows += [f"reason: {one_line(said.reason)}"] if said.reason else []
    return "\n".join(f"% {row}" for row in rows) + "\n"


def attic_name(root: Path, words: str, suffix: str = ".md", taken: Collection[str] = ()) -> str:
    """Return the path of a file in the attic that is not there yet, nor ``taken``, named by what it keeps."""
    stem = re.sub(r"[^a-z0-9-]+", "-", words.removesuffix(suffix).casefold()).strip("-")[:100]
    names = (f"{ATTIC}/{stem}-{number}{suffix}" for number in itertools.count(1))
    return next(name for name in names if name not in taken and not (root / name).exists())


def inside(opened: Opened, place: Place) -> str:
    """Return the path of a file from the folder of the edition that it is in."""
    return Path(place.path).relative_to(opened.root).as_posix()


def text_in(opened: Opened, path: str) -> str:
    """Return the text of a file of an edition, with its own line ends, and without a byte order mark."""
    return (opened.root / path).read_bytes().decode("utf-8-sig")


def by_hand(one: Standing, why: str) -> RefusedError:
    """Return what is raised where a change has to be made by a person."""
    return RefusedError(
        Problem("bad-value", f"This cannot be done here. {why}", _BY_HAND, one.artefact.origin)
    )
