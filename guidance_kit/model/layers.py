"""Whose words are those that an edition takes from the one before: in a chain not always the core's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guidance_kit.model.ancestry import Layer
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.edition import Label
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.vocabulary import Protection

#: What the words are called that local work stands beside, if they are the core's.
NATIONAL_TEXT = "the national text"
#: The same of words that stood there once, where nobody knows whose they were.
SOMEBODYS = "what stood there"


def whose(base: Library, target: str) -> str:
    """Return what the words of an item or part are called: in a chain they may be an earlier edition's."""
    layer = holder(base, target)
    return _text_of(layer.by if layer else "")


def whose_then(base: Library, target: str, print_: str) -> str:
    """Return what the words are called that stood in an item or part, by their fingerprint."""
    by = holder_then(base, target, print_)
    return SOMEBODYS if by is None else _text_of(by)


def holder_then(base: Library, target: str, print_: str) -> str | None:
    """Return whose words stood in a place, by their fingerprint: empty for the core's, None if nobody knows.

    Whose they were is written down nowhere: they are national where a release had them in this place. Of the
    words of a whole item releases do not tell that. A page follows the items that stand on it: it need not
    be what a release had to be national.
    """
    layer = holder(base, target)
    now = layer.by if layer else ""
    if target.startswith(PAGE):
        return "" if _was_released(base, target, print_) else now
    if not print_ or target.startswith(FACT):
        return now
    if base.ancestry is None and ("#" not in target or not base.history.releases):
        return now
    return "" if _was_released(base, target, print_) else now or None


def _was_released(base: Library, target: str, print_: str) -> bool:
    """Return whether a release had words in a part, under any name that this had."""
    return any(base.changes.follow(name) == target for name in base.history.places.get(print_, ()))


def _text_of(by: str) -> str:
    return f"the text of {by}" if by else NATIONAL_TEXT


def holder(base: Library, target: str) -> Layer | None:
    """Return an earlier edition whose words are among those of an item or part; None if it has none there."""
    found = reworded(base, target)
    if found or "#" in target or base.ancestry is None:
        return found
    layers = base.ancestry.layers
    keys = base.by_id[target].parts if target in base.by_id else ()
    held = (layers.get(f"{target}#{key}") for key in ("title", *keys))
    return next((one for one in held if one and one.words != Label.NOTED), None)


def reworded(base: Library, target: str) -> Layer | None:
    """Return by which earlier edition the words of an item, part or page are; None where they are the core's.

    A note beside words changes none of them.
    """
    if base.ancestry is None:
        return None
    layers, page = base.ancestry.layers, base.ancestry.pages.get(target.removeprefix(PAGE))
    if page and target.startswith(PAGE):  # one that takes no other's place is in no layer
        return Layer(page.by, str(Label.LOCAL))
    found = (layers.get(target), layers.get(target.partition("#")[0]))
    return next((one for one in found if one and one.words != Label.NOTED), None)


def version_of(base: Library, version: str) -> str:
    """Return the id of the earlier edition whose version it is; empty of a release of the core."""
    known = {one.version for one in base.changes.releases}
    return "" if base.ancestry is None or version in known else base.id


def adder(base: Library, item: str) -> str:
    """Return which earlier edition added an item to the guidance; empty for one of the core's."""
    layer = base.ancestry.layers.get(item) if base.ancestry else None
    return layer.by if layer and layer.words == Label.LOCAL else ""


def guidance_of(base: Library) -> str:
    """Return whose guidance an edition is based on: the name of an earlier edition, or the core's title."""
    return base.ancestry.name if base.ancestry else base.title


def fixer(base: Library, item: Item, part: str) -> tuple[str, str] | None:
    """Return the name and contact of the earlier edition that fixed words; None of what the core fixed."""
    return _protector(base, item, (f"{item.id}#{part}", item.id), lambda word: word.fixed)


def requirer(base: Library, item: Item) -> tuple[str, str] | None:
    """Return the name and contact of the earlier edition that asks for an item; None if the core does."""
    parts = (name for name, word in item.protections.items() if word is Protection.SAFETY)
    return _protector(base, item, (item.id, *parts), lambda word: word.required)


def _protector(
    base: Library, item: Item, names: Iterable[str], asks: Callable[[Protection], bool]
) -> tuple[str, str] | None:
    """Return the earlier edition whose protection of some targets asks something; None if the core's does."""
    before = base.ancestry
    if before is None:
        return None
    asking = [name for name in names if asks(item.protections.get(name, Protection.OPEN))]
    by_core = item.space == base.space and not before.protections.keys() >= set(asking)
    return None if by_core else before.protector(asking[0])


def national_words(base: Library, target: str) -> str:
    """Return the national words in whose place an earlier edition has its own; empty where none are known.

    Of a whole item they are its words with those that changed for safety put back in their places.
    """
    national = base.ancestry.national if base.ancestry else {}
    name, _, part = target.partition("#")
    found = national.get(target) or national.get(name, "")
    item = base.by_id.get(name)
    if found or part or item is None:
        return found
    keys = (key for key in ("title", *item.parts) if f"{name}#{key}" in national)
    texts = {key: national[f"{name}#{key}"] for key in keys}
    return item.with_texts(texts).words if texts else ""


def stands(base: Library, target: str) -> str:
    """Return what stands where a target stood: an earlier edition can have replaced its item."""
    now = base.changes.follow(target)
    item = now.partition("#")[0]
    instead = base.ancestry.redirects.get(item, "") if base.ancestry and item not in base.by_id else ""
    return instead or now


def replaced(base: Library, target: str) -> frozenset[str]:
    """Return the items in whose place that of a target was put by an earlier edition, if it was."""
    item, redirects = target.partition("#")[0], base.ancestry.redirects if base.ancestry else {}
    return frozenset(old for old, new in redirects.items() if new == item and old not in base.by_id)


def with_replaced(base: Library, names: Iterable[str]) -> frozenset[str]:
    """Return names with those under which releases tell of the items that earlier editions replaced there."""
    known = frozenset(names)
    olds = {old for name in known for old in replaced(base, name)}
    return known | base.changes.named_in(olds) if olds else known
