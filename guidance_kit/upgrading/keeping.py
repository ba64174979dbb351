"""Local words about what is gone, kept as an item of the edition's own."""

from __future__ import annotations

import re

import attrs

from guidance_kit.editing.blocks import one_line
from guidance_kit.model.changes import Merged, Split
from guidance_kit.model.item import Item
from guidance_kit.model.lock import What
from guidance_kit.model.text import lines_of
from guidance_kit.problems import Place
from guidance_kit.reading.overlays import LOCAL
from guidance_kit.upgrading.lost_links import without_lost
from guidance_kit.upgrading.opening import Opened, was_text
from guidance_kit.upgrading.retiring import Files, Said, attic_name, by_hand, inside, retired, text_in
from guidance_kit.upgrading.states import Standing


def kept_as_local(opened: Opened, one: Standing, said: Said) -> Files:
    """Return the files that make an item of the edition's own of local words whose national item is gone."""
    art = one.artefact
    if art.what is What.REPLACE:
        return _freed(opened, one)
    block = _withdrawn_item(opened, art.item)
    if not block:
        raise by_hand(one, "The text of the withdrawn item is not kept here.")
    block = without_lost(opened, block)
    if not block:
        raise by_hand(one, "What it cannot do without went with it, such as all that it addresses.")
    every = _adapting(opened, art.item)
    why = " ".join((_became(opened, art.item), one_line(said.reason))).strip()
    receipt = attrs.evolve(said, reason=said.reason or why)
    slug = _free_slug(opened, every)
    for other in every:
        block = _with_words(block, other.artefact.part, other.artefact.text)
    path = f"{LOCAL}/items/{slug}.md"
    changes: dict[str, bytes | None] = {}
    kept: dict[str, str] = {}
    for other in sorted(every, key=lambda each: -each.artefact.origin.line):  # the places above stay true
        gone = retired(opened, other, receipt, changes)
        changes |= gone.changes
        kept[other.artefact.target] = gone.kept
    changes[path] = _as_own(block, slug, why).encode("utf-8")
    return Files(
        changes=changes,
        place=Place(str(opened.root / path), 1),
        kept=kept.pop(art.target),
        whole=False,
        others=tuple(other for other in every if other is not one),
        also=tuple(kept.values()),
    )


def can_be_local(opened: Opened, one: Standing) -> bool:
    """Return whether an item of the edition's own can be made of a piece of local work."""
    art = one.artefact
    if art.what is What.ADAPT:
        return bool(without_lost(opened, _withdrawn_item(opened, art.item)))
    return art.what is What.REPLACE


def _adapting(opened: Opened, item: str) -> list[Standing]:
    """Return every adaptation of an item that is gone: what readers had is kept as a whole."""
    return [one for one in opened.standings if one.artefact.what is What.ADAPT and one.artefact.item == item]


def _became(opened: Opened, item: str) -> str:
    """Return why an item is kept as a local one: what became of the national item."""
    fate = opened.base.changes.fate(item)
    why = one_line(fate.why) if fate else ""
    what = "became several" if isinstance(fate, Split) else "was withdrawn"
    if isinstance(fate, Merged):
        what = "became one with others"
    before = opened.base.ancestry
    left = before.left_out.get(item) if before else None
    if left:
        return f"Kept when {left.by} left the item out."
    whose = "the national item" if fate or before is None else f"the item of {before.name}"
    return f"Kept when {whose} {what}{f': {why}' if why else '.'}"


def _free_slug(opened: Opened, some: list[Standing]) -> str:
    """Return the slug of an item that is kept as a local one.

    It is that of the national item, unless the edition uses it already or other local work is about that
    item: an id without a space would then mean the local item.
    """
    slug = some[0].artefact.item.rpartition(":")[2]
    used = {add.item.slug for add in opened.overlay.adds}
    others = [other.artefact for other in opened.standings if other not in some]
    used |= {name.rpartition(":")[2] for art in others for name in (art.item, art.name) if name}
    names = (slug, f"{slug}-kept", *(f"{slug}-kept-{number}" for number in range(2, len(used) + 99)))
    held = opened.root / LOCAL / "items"
    return next(name for name in names if name not in used and not (held / f"{name}.md").exists())


def _freed(opened: Opened, one: Standing) -> Files:
    """Return the file of a local item that no longer replaces anything."""
    path = inside(opened, one.artefact.origin)
    old = text_in(opened, path)
    item = next(add.item for add in opened.overlay.adds if add.item.id == one.artefact.name)
    at, lines = item.lines.options["instead-of"], lines_of(old)
    name = attic_name(opened.root, one.artefact.name)
    new = "".join([*lines[:at], *lines[at + 1 :]])
    changes = {path: new.encode("utf-8"), name: old.encode("utf-8")}
    return Files(changes=changes, place=one.artefact.origin, kept=str(opened.root / name))


def _withdrawn_item(opened: Opened, item: str) -> str:
    """Return the block of an item that is gone, as the last text that had it was written."""
    lock = opened.lock
    follow = opened.base.changes.follow
    gone = [one for one in (lock.updated if lock else ()) if one.what is What.WITHDRAWN]
    kept = [one.base for one in gone if item in (one.target, follow(one.target))]
    return next((text for print_ in kept if (text := was_text(opened.root, print_))), "")


def _with_words(block: str, part: str, words: str) -> str:
    """Return the block of an item with local words in one part."""
    from guidance_kit.model.fields import parts_of  # noqa: PLC0415 - only when something was withdrawn

    item = _item_of(block)
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
    return "\n".join(lines)


def _item_of(block: str) -> Item:
    from guidance_kit.reading.pages import read_page  # noqa: PLC0415 - only when something was withdrawn

    return read_page(block, "item.md", Place(), "x").page.items[0]


def _as_own(block: str, slug: str, reason: str) -> str:
    """Return the block of an item as that of an item of the edition's own."""
    item, lines = _item_of(block), block.split("\n")
    at = item.lines.options["id"]
    drop = ("protection", "protected-parts", "instead-of", "reason")  # these two of an earlier edition's item
    lines[at] = f":id: {slug}\n:reason: {reason}"
    away = [item.lines.options[key] for key in drop if key in item.lines.options]
    kept = [line for number, line in enumerate(lines) if number not in away]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).rstrip() + "\n"
