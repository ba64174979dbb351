"""The page *Local facts used*: every local value, where it holds, who gave it, and where readers meet it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from guidance_kit.exporting.readable import escaped
from guidance_kit.exporting.told import link, page_link, value_shown
from guidance_kit.exporting.words import owner
from guidance_kit.model.edition import ComposedItem, Edition
from guidance_kit.model.facts import Fact
from guidance_kit.model.inline import roles_in
from guidance_kit.model.overlay import PAGES

TITLE = "Local facts used"
_MOST = 5
_HEAD = ("Fact", "Value", "Where it holds", "Who gave it", "Fixed", "Where it is used")


@attrs.frozen(kw_only=True)
class Use:
    """A value of a fact: what readers see, the item in which alone it holds, who gave it, and its uses.

    ``by`` is empty if nobody gave a value; ``fixed`` names who fixed it for editions that build on theirs.
    ``items`` and ``pages`` are ids and names of what uses it.
    """

    fact: Fact
    value: str
    item: str = ""
    by: str = ""
    fixed: str = ""
    items: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def is_used(self) -> bool:
        """Whether readers meet it anywhere."""
        return bool(self.items or self.pages)


def is_needed(edition: Edition) -> bool:
    """Return whether anybody gave a value to a fact."""
    return any(given.fact in _facts(edition) for given in edition.given)


def facts_used(edition: Edition) -> str:
    """Return the page as Markdown."""
    rows = [_row(edition, use) for use in uses_of(edition)]
    lines = [
        f"# {TITLE}",
        "",
        "The national guidance leaves some names, numbers and times to be filled in. These are ours.",
        "",
        "```{list-table} Local facts, and where they are used",
        ":header-rows: 1",
        ":widths: 19 23 15 12 8 23",
        ":class: local-facts",
        "",
    ]
    for cells in (_HEAD, *rows):
        lines += [f"{'* - ' if at == 0 else '  - '}{cell}" for at, cell in enumerate(cells)]
    return "\n".join((*lines, "```")) + "\n"


def uses_of(edition: Edition) -> tuple[Use, ...]:
    """Return the values of facts in the order of their labels, and those that nobody gave and some need."""
    facts, items, pages = _facts(edition), _in_items(edition), _in_pages(edition)
    given = [_given(edition, facts[one.fact], one.item) for one in edition.given if one.fact in facts]
    whole = {one.fact for one in edition.given if not one.item}
    rest = [_lacking(edition, fact) for fact in facts.values() if fact.id not in whole]
    alone = {(use.fact.id, use.item) for use in given if use.item}
    holders = _holders(edition)

    def placed(use: Use) -> Use:
        name = use.fact.id
        outer = {item: holders.get(item, item) for item in items.get(name, ())}
        if use.item:
            return attrs.evolve(use, items=tuple(item for item in outer if outer[item] == use.item))
        where = tuple(item for item in outer if (name, outer[item]) not in alone)
        return attrs.evolve(use, items=where, pages=pages.get(name, ()))

    found = [placed(use) for use in (*given, *rest)]
    shown = [*found[: len(given)], *(use for use in found[len(given) :] if _matters(use))]
    return tuple(sorted(shown, key=lambda use: (use.fact.label.casefold(), use.fact.id, use.item)))


def _matters(use: Use) -> bool:
    """Return whether a fact that nobody gave a value is needed, or seen by readers."""
    return use.fact.required or use.is_used


def _facts(edition: Edition) -> Mapping[str, Fact]:
    return {fact.id: fact for fact in edition.library.facts}


def _given(edition: Edition, fact: Fact, item: str) -> Use:
    one = next(one for one in edition.given if (one.fact, one.item) == (fact.id, item))
    before = edition.base.ancestry.values if edition.base.ancestry else ()
    by = one.by if one in before else "This edition"
    fixed = edition.locked.get(fact.id)
    return Use(
        fact=fact,
        value=fact.shown(one.value),
        item=item,
        by=by or "An earlier edition",
        fixed=fixed.by if fixed else "",
    )


def _lacking(edition: Edition, fact: Fact) -> Use:
    """Return what readers see where nobody gave a value: the national default, or that it is missing."""
    fixed = edition.locked.get(fact.id)
    by = "The national default" if fact.default else ""
    value = fact.shown(fact.default) if fact.default else fact.placeholder
    return Use(fact=fact, value=value, by=by, fixed=fixed.by if fixed else "")


def _row(edition: Edition, use: Use) -> tuple[str, ...]:
    where = "The whole edition"
    if use.item:
        state = edition.by_id.get(use.item)
        where = f"Only in {link(state)}" if state else "Only in an item that is not in this edition"
    by = "this edition" if use.fixed == owner(edition) else use.fixed
    fixed = f"Yes, by {by}" if use.fixed else "No"
    return (
        escaped(use.fact.label),
        value_shown(use.value),
        where,
        escaped(use.by or "Nobody yet"),
        escaped(fixed),
        _places(edition, use),
    )


def _places(edition: Edition, use: Use) -> str:
    links = [link(edition.by_id[name]) for name in use.items]
    links += [page_link(name) for name in use.pages]
    if not links:
        return "Nowhere in this edition"
    rest = len(links) - _MOST
    return "; ".join([*links[:_MOST], *([f"and {rest} more"] if rest > 0 else [])])


def _in_items(edition: Edition) -> Mapping[str, list[str]]:
    """Return the items that use each fact, in their parts or in the notes beside them."""
    found: dict[str, list[str]] = {}
    for state in edition.composed:
        for fact in dict.fromkeys(_of_item(state)):
            found.setdefault(fact, []).append(state.item.id)
    return found


def _of_item(state: ComposedItem) -> Iterator[str]:
    for part in state.parts:
        yield from (*part.facts, *part.missing)
    for note in (*state.notes, *(note for part in state.parts for note in part.notes)):
        yield from _slots(f"{note.title}\n\n{note.text}")


def _in_pages(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Return the pages that use each fact in their prose; slots are filled in those that readers get."""
    written = {page.name: page for page in edition.base.pages}
    own = {page.name.removeprefix(PAGES): page for page in edition.overlay.pages}
    found: dict[str, list[str]] = {}
    for name in edition.page_by_name:
        page = own.get(name) or written.get(name)
        for fact in dict.fromkeys(_slots(page.prose) if page else ()):
            found.setdefault(fact, []).append(name)
    return {fact: tuple(names) for fact, names in found.items()}


def _slots(text: str) -> Iterable[str]:
    if "fact}" not in text:
        return ()
    roles = (role for role in roles_in(text) if role.name.removeprefix("guidance:") == "fact")
    return [role.content.strip() for role in roles]


def _holders(edition: Edition) -> Mapping[str, str]:
    """Return which item holds each that stands inside another: a value for the outer holds in the inner."""
    pages = (*edition.base.pages, *(add.page for add in edition.overlay.adds))
    return {inner: outer for page in pages for inner, outer in page.holders.items()}
