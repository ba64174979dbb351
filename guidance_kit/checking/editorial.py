"""What a change of a target alters that an editorial change may not: in its text, its options or a fact."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from guidance_kit.checking.comparing import Comparison, fact_of
from guidance_kit.checking.wording import differences
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.facts import Fact
from guidance_kit.model.fields import FieldSpec, SourceKey, options_of
from guidance_kit.model.fingerprint import OPTIONS
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library

_UNCOUNTED = ("id", "instead_of", "reason", "allow")
_SHAPES = ("type", "required", "fill_by", "choices", "default")


def alterations(compared: Comparison, target: str) -> tuple[str, ...]:
    """Return what a changed target tells readers differently, in words; nothing if it was only tidied."""
    if target not in compared.came_from:
        return ("the whole of it, which is new",)
    if target.startswith(PAGE):
        return _compared(compared, _page(compared.old, target), _page(compared.new, target))
    if target.startswith(FACT):
        old, new = fact_of(compared.old, compared.came_from[target]), fact_of(compared.new, target)
        return tuple(_of_fact(old, new)) if old and new else ()
    pair = compared.pair(target)
    if pair is None:
        return ()
    key, was = target.partition("#")[2], compared.part_was(target)
    if key == OPTIONS and was == OPTIONS:
        return tuple(_of_options(compared, *pair))
    return _compared(compared, _text(pair[0], was), _text(pair[1], key))


def _named(compared: Comparison, name: str) -> str:
    """Return what an item is called now, so that a link that follows a move is the same link."""
    return compared.changes.follow(name if ":" in name else f"{compared.new.space}:{name}")


def _compared(compared: Comparison, old: str, new: str) -> tuple[str, ...]:
    return differences(old, new, functools.partial(_named, compared))


def _text(item: Item, key: str) -> str:
    return item.title if key == "title" else item.parts.get(key, "")


def _page(library: Library, target: str) -> str:
    page = next((page for page in library.pages if f"{PAGE}{page.name}" == target), None)
    if page is None:
        return ""
    lines = page.lines
    # what a contents list holds are items and pages, which have entries of their own
    for span in (*(item.lines.block for item in page.items), *(listed.span for listed in page.contents)):
        lines[span.start : span.end] = ["\n"] * (span.end - span.start)
    return "".join(lines)


def _of_fact(old: Fact, new: Fact) -> Iterator[str]:
    for key in _SHAPES:
        if getattr(old, key) != getattr(new, key):
            yield f'its field "{key}"'
    yield from differences(f"{old.label}\n\n{old.help}", f"{new.label}\n\n{new.help}")


def _of_options(compared: Comparison, old: Item, new: Item) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"its kind ({old.label.lower()} became {new.label.lower()})"
        return
    for spec in options_of(type(new)):
        if spec.name in _UNCOUNTED:
            continue
        was, now = _values(old, spec), _values(new, spec)
        if _is_prose(spec):
            yield from differences("\n\n".join(was), "\n\n".join(now))
            if len(was) != len(now):
                yield f'how many are named in "{spec.key}"'
        elif sorted(_followed(compared, spec, was)) != sorted(_followed(compared, spec, now)):
            yield "its sources" if spec.type is SourceKey else f'its field "{spec.key}"'


def _is_prose(spec: FieldSpec) -> bool:
    return spec.type is str and not spec.about.links_to and spec.name != "protected_parts"


def _values(item: Item, spec: FieldSpec) -> list[str]:
    value: Any = getattr(item, spec.name)
    return [str(one) for one in value] if spec.many else [str(value)]


def _followed(compared: Comparison, spec: FieldSpec, values: list[str]) -> list[str]:
    return [_named(compared, one) for one in values] if spec.about.links_to else values
