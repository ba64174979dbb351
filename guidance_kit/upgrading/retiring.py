"""Local words that leave their place: to the attic, into an item of its own, or into a merged text."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
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
from guidance_kit.reading.overlays import LOCAL, MANIFEST
from guidance_kit.upgrading.artefacts import text_of
from guidance_kit.upgrading.merging import merge
from guidance_kit.upgrading.opening import Opened, was_text
from guidance_kit.upgrading.states import Standing

_BY_HAND = "Make the change by hand; guidance-kit check says whether it is right."


@attrs.frozen(kw_only=True)
class Files:
    """Files to be written (None: removed), where to look, the copy kept, and the local fingerprint."""

    changes: Mapping[str, bytes | None] = MappingProxyType({})
    place: Place | None = None
    kept: str = ""
    local: str = ""


def retired(opened: Opened, one: Standing, by: str, reason: str, on: dt.date) -> Files:
    """Return the files that take a piece of local work out of the edition and keep it in the attic."""
    art = one.artefact
    changes: dict[str, bytes | None]
    if art.what is What.PAGE:
        path = _inside(opened, art.origin)
        cut, changes = art.text, {path: None}
    elif art.what in (What.LEAVE_OUT, What.FACT):
        path = MANIFEST
        cut, changes = _from_manifest(opened, one)
    else:
        path = _inside(opened, art.origin)
        found = without_block(_text(opened, path), art.origin.line)
        if found is None:
            raise _by_hand(one, "Its block was not found where it stood.")
        rest, cut = found
        changes = {path: rest.encode("utf-8") if rest.strip() else None}
    name = _attic_name(opened.root, art.name or art.target)
    receipt = _receipt(one, by, reason, on, path)
    return Files(
        changes={**changes, name: f"{receipt}\n{cut}".encode()},
        place=Place(str(opened.root / path)),
        kept=str(opened.root / name),
    )


def merged(opened: Opened, one: Standing) -> Files:
    """Return the files that put the merge of both changes in the place of a local text."""
    art = one.artefact
    if art.what is not What.ADAPT:
        raise _by_hand(one, "Only an adaptation can be merged.")
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
    path = _inside(opened, art.origin)
    old = _text(opened, path)
    new = with_body(old, art.origin.line, offer.text)
    if new is None:
        raise _by_hand(one, "Its block was not found where it stood.")
    name = _attic_name(opened.root, art.target)
    return Files(
        changes={path: new.encode("utf-8"), name: old.encode("utf-8")},
        place=art.origin,
        kept=str(opened.root / name),
        local=part_fingerprint(art.part, offer.text),
    )


def kept_as_local(opened: Opened, one: Standing, by: str, reason: str, on: dt.date) -> Files:
    """Return the files that make an item of the edition's own of local words whose national item is gone."""
    art = one.artefact
    if art.what is What.REPLACE:
        return _freed(opened, one)
    block = _withdrawn_item(opened, art.item)
    if not block:
        raise _by_hand(one, "The text of the withdrawn item is not kept here.")
    fate = opened.base.changes.fate(art.item)
    why = one_line(fate.why) if fate else ""
    said = f"Kept when the national item was withdrawn{f': {why}' if why else '.'}"
    slug = _free_slug(opened, one)
    own = _with_words(block, slug, art.part, art.text, said)
    path = f"{LOCAL}/items/{slug}.md"
    gone = retired(opened, one, by, reason or said, on)
    changes = {**gone.changes, path: own.encode("utf-8")}
    return Files(changes=changes, place=Place(str(opened.root / path), 1), kept=gone.kept)


def can_be_local(opened: Opened, one: Standing) -> bool:
    """Return whether an item of the edition's own can be made of a piece of local work."""
    art = one.artefact
    return art.what is What.REPLACE or (art.what is What.ADAPT and bool(_withdrawn_item(opened, art.item)))


def _free_slug(opened: Opened, one: Standing) -> str:
    """Return the slug of an item that is kept as a local one.

    It is that of the national item, unless the edition uses it already or other local work is about that
    item: an id without a space would then mean the local item.
    """
    slug = one.artefact.item.rpartition(":")[2]
    used = {add.item.slug for add in opened.overlay.adds}
    others = [other.artefact for other in opened.standings if other is not one]
    used |= {name.rpartition(":")[2] for art in others for name in (art.item, art.name) if name}
    names = (slug, f"{slug}-kept", *(f"{slug}-kept-{number}" for number in range(2, len(used) + 99)))
    held = opened.root / LOCAL / "items"
    return next(name for name in names if name not in used and not (held / f"{name}.md").exists())


def _freed(opened: Opened, one: Standing) -> Files:
    """Return the file of a local item that no longer replaces anything."""
    path = _inside(opened, one.artefact.origin)
    old = _text(opened, path)
    lines = old.split("\n")
    at = next(
        (
            n
            for n in range(one.artefact.origin.line, len(lines))
            if lines[n].strip().startswith(":instead-of:")
        ),
        None,
    )
    if at is None:
        raise _by_hand(one, "Its line :instead-of: was not found.")
    name = _attic_name(opened.root, one.artefact.name)
    new = "\n".join([*lines[:at], *lines[at + 1 :]])
    changes = {path: new.encode("utf-8"), name: old.encode("utf-8")}
    return Files(changes=changes, place=one.artefact.origin, kept=str(opened.root / name))


def _withdrawn_item(opened: Opened, item: str) -> str:
    """Return the block of an item that is gone, as the last text that had it was written."""
    lock = opened.lock
    follow = opened.base.changes.follow
    gone = [one for one in (lock.updated if lock else ()) if one.what is What.WITHDRAWN]
    kept = [one.base for one in gone if item in (one.target, follow(one.target))]
    return next((text for print_ in kept if (text := was_text(opened.root, print_))), "")


def _with_words(block: str, slug: str, part: str, words: str, reason: str) -> str:
    """Return the block of a withdrawn item with local words in one part, as an item of the edition's own."""
    from guidance_kit.model.fields import parts_of  # noqa: PLC0415 - only when something was withdrawn
    from guidance_kit.reading.pages import read_page  # noqa: PLC0415

    read = read_page(block, "item.md", Place(), "x")
    item = read.page.items[0]
    lines = block.split("\n")
    if part == "title":
        lines[0] = lines[0].replace(item.title, " ".join(words.split()), 1)
    elif part in item.lines.parts:
        span = item.lines.parts[part]
        lines[span.start : span.end] = words.split("\n")
    else:
        label = next((spec.label for spec in parts_of(type(item)) if spec.key == part), part)
        lines[item.lines.block.end - 1 : item.lines.block.end - 1] = [
            "",
            f"## {label}",
            "",
            *words.split("\n"),
        ]
    at = item.lines.options["id"]
    drop = ("protection", "protected-parts")
    lines[at] = f":id: {slug}\n:reason: {reason}"
    away = [item.lines.options[key] for key in drop if key in item.lines.options]
    kept = [line for number, line in enumerate(lines) if number not in away]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).rstrip() + "\n"


def _from_manifest(opened: Opened, one: Standing) -> tuple[str, dict[str, bytes | None]]:
    """Return the line that goes from ``edition.toml`` in words, and the file without it."""
    art = one.artefact
    text = _text(opened, MANIFEST)
    if art.what is What.LEAVE_OUT:
        names = (art.item, art.item.rpartition(":")[2], *_older(opened, art.item))
        new = without_omission(text, art.item, names)
        for other in _others(opened, text, art.item):
            new = with_omission(new, other, art.reason) if new else None
        cut = f"Left out: {art.item}. {art.reason}\n"
    else:
        fact = art.target.removeprefix(FACT)
        items = (art.name, art.name.rpartition(":")[2], *_older(opened, art.name)) if art.name else ()
        new = without_fact(text, fact, items)
        cut = f'{fact} = "{art.text}" {art.name}\n'
    if new is None:
        raise _by_hand(one, "Its line in edition.toml cannot be taken out without touching something else.")
    lines = difflib.ndiff(text.splitlines(), new.splitlines())
    gone = [line.removeprefix("- ") for line in lines if line.startswith("- ")]  # with the comments on them
    return "\n".join((cut, *gone, "")), {MANIFEST: new.encode("utf-8")}


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


def _receipt(one: Standing, by: str, reason: str, on: dt.date, path: str) -> str:
    """Return the lines that say in the attic what a text was, and why it is there; Markdown hides them."""
    rows = [f"{one.artefact.what} {one.artefact.target} {one.artefact.name}".strip(), f"from {path}"]
    rows.append(f"taken out on {on.isoformat()}" + (f" by {one_line(by)}" if by else ""))
    rows += [f"reason: {one_line(reason)}"] if reason else []
    return "\n".join(f"% {row}" for row in rows) + "\n"


def _attic_name(root: Path, words: str) -> str:
    stem = re.sub(r"[^a-z0-9-]+", "-", words.casefold()).strip("-")[:100]
    number = 1
    while (root / ATTIC / f"{stem}-{number}.md").exists():
        number += 1
    return f"{ATTIC}/{stem}-{number}.md"


def _inside(opened: Opened, place: Place) -> str:
    return Path(place.path).relative_to(opened.root).as_posix()


def _text(opened: Opened, path: str) -> str:
    return (opened.root / path).read_bytes().decode("utf-8")


def _by_hand(one: Standing, why: str) -> RefusedError:
    return RefusedError(
        Problem("bad-value", f"This cannot be done here. {why}", _BY_HAND, one.artefact.origin)
    )
