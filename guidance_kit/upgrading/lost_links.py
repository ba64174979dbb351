"""Links of an item that is gone to others that went too: an item of the edition's own cannot hold them."""

from __future__ import annotations

from functools import partial

from guidance_kit.composing.names import Names
from guidance_kit.model.fields import FieldSpec, options_of
from guidance_kit.model.inline import Role, replace_roles
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.problems import Place
from guidance_kit.reading.pages import read_page
from guidance_kit.upgrading.opening import Opened


def without_lost(opened: Opened, block: str) -> str:
    """Return the block of an item without its links to what is gone; empty if it is nothing without them.

    A link in the text gives way to its words, or to the title of what is gone.
    """
    item = item_of(block)
    if item is None:
        return ""
    links = {spec.key: spec for spec in options_of(type(item)) if spec.about.links_to}
    named = {at: links[key] for key, at in item.lines.options.items() if key in links}
    lines = (_kept(opened, line, named.get(at)) for at, line in enumerate(block.split("\n")))
    text = replace_roles("\n".join(line for line in lines if line is not None), partial(_words, opened))
    left = item_of(text)
    return (
        text
        if left and not any(_is_lost(opened, one.target.removeprefix("x:")) for one in left.links)
        else ""
    )


def item_of(block: str) -> Item | None:
    """Return the item that a block holds, its ids in no space that there is; None if it cannot be read."""
    return next(iter(read_page(block, "item.md", Place(), "x").page.items), None)


def _kept(opened: Opened, line: str, spec: FieldSpec | None) -> str | None:
    """Return a line of a block; of an option that links, with what is there; None if that is nothing."""
    if spec is None:
        return line
    _, key, value = line.split(":", 2)
    mark = spec.about.separator
    kept = [name for one in value.split(mark) if (name := one.strip()) and not _is_lost(opened, name)]
    return f":{key}: {f'{mark} '.join(kept)}" if kept else None


def _words(opened: Opened, role: Role) -> str | None:
    """Return the words for a link to what is gone; None of anything else."""
    if role.name.removeprefix("guidance:") not in KINDS or not _is_lost(opened, role.target):
        return None
    full = _full(opened, role.target)
    told = opened.lock.updated if opened.lock else ()
    return role.words or next((one.title for one in told if one.target == full and one.title), role.target)


def _is_lost(opened: Opened, name: str) -> bool:
    full = _full(opened, name)
    return full not in opened.base.by_id and full not in opened.edition.by_id


def _full(opened: Opened, name: str) -> str:
    return Names.of(opened.base, opened.overlay).resolve(name)
