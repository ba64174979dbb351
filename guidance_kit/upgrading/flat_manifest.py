"""The manifest of a flat edition: what two editions say in theirs, as one says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guidance_kit.composing.holding import holders_of
from guidance_kit.composing.names import Names, with_full_ids
from guidance_kit.composing.seats import section_index
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.text import toml_string
from guidance_kit.upgrading.flat_pair import Pair

_HEAD = "# One edition, made by guidance-kit flatten of two: {child}, and {parent} that it was based on."


def manifest_of(pair: Pair, based_on: str) -> str:
    """Return the text of ``edition.toml``."""
    child, parent = pair.child.overlay, pair.parent.overlay
    head = {
        "id": child.id,
        "title": child.title,
        "publisher": child.publisher,
        "contact": child.contact,
        "version": child.version,
        "based_on": based_on,
    }
    lines = [_HEAD.format(child=child.id, parent=parent.id), "", "[edition]", *_keys(head)]
    lines.append(f"carries = {_list(pair.carries)}")
    nothing = "nothing" in (child.start_from, parent.start_from)
    start = "nothing" if nothing else "everything"
    lines += ["", "[choose]", *_keys({"start_from": start, "new_items": child.new_items})]
    lines += ["", "[publish]", *_keys({"when_stale": child.when_stale})]
    writing = child.writing
    if writing.check or writing.known or writing.names:
        lines += ["", "[writing]", f"check = {'true' if writing.check else 'false'}"]
        lines += [f"{key} = {_list(getattr(writing, key))}" for key in ("known", "names")]
    lines += _facts(pair)
    for name, rows in (
        ("take", _takes(pair) if nothing else ()),
        ("leave_out", _omissions(pair)),
        ("fact_for", _values(pair)),
        ("place", _places(pair)),
        ("protect", _protections(pair)),
        ("lock_fact", _locks(pair)),
    ):
        for row in rows:
            lines += ["", f"[[{name}]]", *_keys(row)]
    for section, items in _orders(pair):
        lines += ["", "[[arrange]]", *_keys({"section": section}), f"first = {_list(items)}"]
    return "\n".join(lines) + "\n"


def _keys(values: Mapping[str, str]) -> list[str]:
    return [f"{key} = {toml_string(value)}" for key, value in values.items() if value]


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(toml_string(value) for value in values)}]"


def _both(pair: Pair) -> tuple[Overlay, Overlay]:
    """Return what the parent and the child say, in that order, everything named in full."""
    parent, child = pair.parent, pair.child
    return (
        with_full_ids(parent.overlay, Names.of(parent.base, parent.overlay)),
        with_full_ids(child.overlay, Names.of(child.base, child.overlay)),
    )


def _facts(pair: Pair) -> list[str]:
    values = {one.fact: one.value for said in _both(pair) for one in said.values if not one.item}
    return ["", "[facts]", *_keys(dict(sorted(values.items())))] if values else []


def _values(pair: Pair) -> Iterator[dict[str, str]]:
    found = {(one.item, one.fact): one.value for said in _both(pair) for one in said.values}
    for (item, fact), value in sorted(found.items()):
        if pair.has(item):
            yield {"item": item, "fact": fact, "value": value}


def _takes(pair: Pair) -> Iterator[dict[str, str]]:
    inner = holders_of(pair.parent.base)
    for item in pair.parent.base:
        if item.id in pair.child.edition.by_id and item.id not in inner:
            yield {"item": item.id}


def _omissions(pair: Pair) -> Iterator[dict[str, str]]:
    """Give what either left out of the national text, and what the parent had replaced by what is gone."""
    reasons: dict[str, str] = {}
    for opened in (pair.parent, pair.child):
        for left in opened.edition.left_out:
            if left.item not in opened.edition.redirects:
                reasons.setdefault(left.item, left.reason)
    for old, new in pair.parent.edition.redirects.items():
        if new in pair.dropped and pair.replaced(new) == "":
            reasons[old] = reasons.get(new, "")
    for item in pair.parent.base:
        if item.id in reasons:
            yield {"item": item.id, "reason": reasons[item.id]}


def _places(pair: Pair) -> Iterator[dict[str, str]]:
    found = {one.item: one.section for said in _both(pair) for one in said.puts}
    for item, section in sorted(found.items()):
        if pair.has(item):
            yield {"item": item, "section": section}


def _protections(pair: Pair) -> Iterator[dict[str, str]]:
    found = {one.what: one.protection for said in _both(pair) for one in said.protects}
    for what, protection in sorted(found.items()):
        item, _, part = what.partition("#")
        if pair.has(item):
            yield {"item": item, "part": part, "protection": str(protection)}


def _locks(pair: Pair) -> Iterator[dict[str, str]]:
    found = {one.fact: one.reason for said in reversed(_both(pair)) for one in said.locks}
    yield from ({"fact": fact, "reason": reason} for fact, reason in sorted(found.items()))


def _orders(pair: Pair) -> Iterator[tuple[str, list[str]]]:
    """Give the whole order of each section in which either edition arranged, moved or added something.

    Two orders after one another need not be one that *first* and *last* can say, so all of it is written.
    """
    edition = pair.child.edition
    there = {state.item.id: state.page for state in edition.composed}
    said = {one.section for overlay in _both(pair) for one in overlay.arrangements}
    said |= {one.section for overlay in _both(pair) for one in overlay.puts}
    for section in edition.library.sections:
        index = section_index(edition.library, section.id)
        pages = [name for one in index.contents for _, name in one.entries] if index else []
        here = [index.name, *pages] if index else []
        inner = {item.id for page in edition.library.pages for item in page.nested}
        items = [
            name
            for page in here
            for name in (item.id for item in edition.library if there[item.id] == page)
            if name not in inner
        ]
        own = any(name.partition(":")[0] != pair.parent.base.space for name in items)
        if section.id in said or own:
            yield section.id, items
