"""A naive composer over dicts: what an edition should say, without pages, lines or fingerprints.

It is the oracle of the laws: written for reading, slow, and sharing no code with the engine.
"""

from __future__ import annotations

import re
from typing import Any

from small_worlds import FACTS, LABELS, Op, World

OWN = "northtown"
SLOT = re.compile(r"\{fact\}`([a-z-]+)`")


def full(name: str, own: set[str]) -> str:
    """Return what an id means: the edition's own if it has it, else the core's."""
    space, _, slug = name.rpartition(":")
    if space in ("", OWN):
        return f"{OWN}:{slug}" if f"{OWN}:{slug}" in own else f"core:{slug}"
    return name


def compose(world: World) -> dict[str, Any]:
    """Return ``items`` (title and parts as they stand, slots unfilled), ``labels``, ``out``, ``notes`` by item."""
    core = {f"core:{slug}": (kind, {"title": title, **parts}) for kind, slug, title, parts in world.items}
    adds = {f"{OWN}:{op['slug']}": op for op in world.ops if op["op"] == "add"}
    own = set(adds)

    def of(what: str) -> list[Op]:
        return [{**op, "item": full(op["item"], own)} for op in world.ops if op["op"] == what]

    instead: dict[str, str] = {}
    for name in sorted(adds):
        target = full(adds[name]["instead_of"], own) if adds[name]["instead_of"] else ""
        if target in core:
            instead.setdefault(target, name)
    left = {op["item"] for op in of("leave-out") if op["item"] in core} | set(instead)
    taken = {op["item"] for op in of("take")}
    unchosen = {name for name in core if world.start_from == "nothing" and name not in taken} - left
    out = left | unchosen

    adaptations = {}
    for op in of("adapt"):
        parts = ["title", *LABELS[core[op["item"]][0]]] if op["item"] in core else []
        if op["part"] in parts:
            adaptations[op["item"], op["part"]] = op
    items, labels = {}, {}
    for name, (kind, texts) in core.items():
        if name in out:
            continue
        final, part_labels = dict(texts), {}
        for part in ["title", *LABELS[kind]]:
            change = adaptations.get((name, part))
            if change and words(change["text"], own) != texts.get(part):
                final[part] = words(change["text"], own)
                part_labels[part] = change["kind"]
        items[name] = {key: final[key] for key in ["title", *LABELS[kind]] if key in final}
        labels[name] = part_labels
    for name, op in adds.items():
        items[name] = {key: words(text, own) for key, text in {"title": op["title"], **op["parts"]}.items()}
    return {
        "items": items,
        "labels": labels,
        "left_out": left,
        "not_chosen": unchosen,
        "redirects": instead,
        "values": values(world, core, own),
    }


def words(text: str, own: set[str]) -> str:
    """Return local words with the ids of own items in full; the roles of the worlds are these two."""
    if f"{OWN}:aa" in own:
        text = text.replace("{challenge}`aa`", f"{{challenge}}`{OWN}:aa`")
    return text


def values(world: World, core: dict[str, Any], own: set[str]) -> dict[tuple[str, str], str]:
    """Return the good values by fact and item (empty for the edition)."""
    found = {}
    for op in world.ops:
        if op["op"] in ("fact", "fact-for") and op["fact"] in FACTS:
            item = full(op["item"], own) if op["op"] == "fact-for" else ""
            digits = re.fullmatch(r"[\d ]+", op["value"])
            good = bool(digits) if FACTS[op["fact"]] == "phone" else "<b" not in op["value"]
            if good and (not item or item in core or item in own):
                found[op["fact"], item] = op["value"]
    return found


def fill(text: str, item: str, given: dict[tuple[str, str], str]) -> list[str]:
    """Return the values that a text shows, in order; a slot without one, and one in code, stays."""
    shown = []
    prose = re.sub(r"```\n.*?\n```", "", text, flags=re.DOTALL)
    for name in SLOT.findall(prose):
        value = given.get((name, item)) or given.get((name, ""))
        if value:
            shown.append(value)
    return shown
