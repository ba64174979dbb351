"""The local work of an edition, a piece at a time: what each is about, and a fingerprint of its words."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from guidance_kit.composing.names import Names, with_full_ids
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.facts import Fact
from guidance_kit.model.fingerprint import (
    OPTIONS,
    fingerprint,
    item_fingerprint,
    part_fingerprint,
    part_fingerprints,
)
from guidance_kit.model.identity import fact_fingerprint, value_fingerprint
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Key, Lock, Reviewed, What, called, key_of
from guidance_kit.model.overlay import PAGES, Adapt, Note, Overlay
from guidance_kit.model.page import Page
from guidance_kit.problems import NOWHERE, Place


@attrs.frozen(kw_only=True)
class Artefact:
    """A piece of local work beside national text.

    ``target`` is what it is about, as that is called now (see :mod:`guidance_kit.model.changes`); ``name``
    tells apart several pieces about one target: the id of a note or local item, or the item of a value.
    ``text`` are the local words. ``own`` says that it is about something that the edition declares itself.
    """

    what: What
    target: str
    name: str = ""
    local: str = ""
    text: str = attrs.field(default="", repr=False)
    reason: str = ""
    own: bool = False
    origin: Place = attrs.field(default=NOWHERE, eq=False)

    @property
    def key(self) -> Key:
        """What there is one decision for."""
        return self.what, key_of(self.target, self.name)

    @property
    def called(self) -> str:
        """What a person writes to name it: no two pieces are called the same."""
        return called(self.what, self.target, self.name)

    @property
    def item(self) -> str:
        """The id of the item it is about; empty for a fact or page."""
        return "" if self.target.startswith((FACT, PAGE)) else self.target.partition("#")[0]

    @property
    def part(self) -> str:
        """The key of the part it is about; empty for a whole item, a fact or a page."""
        return self.target.partition("#")[2]


def artefacts_of(base: Library, overlay: Overlay) -> tuple[Artefact, ...]:
    """Return the local work of an overlay in order of what it is about, each piece once."""
    full = with_full_ids(overlay, Names.of(base, overlay))
    found: dict[Key, Artefact] = {}
    for one in (*_changes(full), *_choices(base, full), *_facts(full), *_pages(base, full)):
        found.setdefault(one.key, one)
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0])))


def decisions_now(base: Library, lock: Lock) -> dict[Key, Reviewed]:
    """Return the decisions by what they are about, as that is called now.

    That on an omission stands for each item that the omitted one became, until there is one on that item.
    """
    follow = base.changes.follow
    found: dict[Key, Reviewed] = {}
    parted = [(divided(base, one), one) for one in lock.reviewed.values()]
    for names, one in sorted(parted, key=lambda pair: (-len(pair[0]), pair[1].key)):
        found |= {(one.what, name): one for name in names}
    every = sorted(lock.reviewed.values(), key=lambda one: one.key)
    found |= {one.key: one for one in every}
    for one in every:  # what moved is known by its new name too, and a decision that bears that counts before
        within = follow(one.name) if one.what is What.FACT else one.name
        found.setdefault((one.what, key_of(follow(one.target), within)), one)
    return found


def about(targets: Iterable[str]) -> Callable[[Artefact], bool]:
    """Return what tells whether local work is about one of some targets, in one, or on the item of one.

    What is said of the options of an item is said of how each of its parts must stand.
    """
    names = frozenset(name.removesuffix(f"#{OPTIONS}") for name in targets)
    wholes = frozenset(name.partition("#")[0] for name in names)
    return lambda one: one.target in names or one.item in names or one.target in wholes


def name_of(one: Artefact) -> str:
    """Return how the lock names a piece of local work that has a record."""
    return f"{one.what} {one.key[1]}"


def worded(one: Artefact) -> str:
    """Return how the lock names a piece of local work with the words that it had at an upgrade."""
    return f"{name_of(one)} {one.local}"


def divided(base: Library, one: Reviewed) -> tuple[str, ...]:
    """Return the items that the omitted item of a decision became; nothing if it did not become several."""
    if one.what is not What.LEAVE_OUT or exists(base, one.target):
        return ()
    names = base.changes.became(one.target)
    return names if len(names) > 1 else ()


def print_of(base: Library, target: str) -> str:
    """Return the fingerprint of a target as it stands now; empty if there is none of that name."""
    name, _, part = target.partition("#")
    item = base.by_id.get(name)
    if item is not None:
        if not part:
            return item_fingerprint(item)
        if part == OPTIONS:
            return part_fingerprints(item)[OPTIONS]
        text = item.title if part == "title" else item.parts.get(part, "")
        return part_fingerprint(part, text) if text else ""
    if target.startswith(FACT):
        fact = _facts_of(base).get(target.removeprefix(FACT))
        return fact_fingerprint(fact) if fact else ""
    page = _pages_of(base).get(target.removeprefix(PAGE)) if target.startswith(PAGE) else None
    return page.print if page else ""


def exists(base: Library, target: str) -> bool:
    """Return whether there is a target of that name."""
    name, _, part = target.partition("#")
    item = base.by_id.get(name)
    if item is not None:
        return part in ("", "title", OPTIONS) or part in item.parts
    if target.startswith(FACT):
        return target.removeprefix(FACT) in _facts_of(base)
    return target.startswith(PAGE) and target.removeprefix(PAGE) in _pages_of(base)


def _facts_of(base: Library) -> Mapping[str, Fact]:
    return {fact.id: fact for fact in base.facts}


def _pages_of(base: Library) -> Mapping[str, Page]:
    return {page.name: page for page in base.pages}


def title_of(base: Library, target: str) -> str:
    """Return the title of the item that a target is or is in; empty for a fact, a page, or what is gone."""
    item = base.by_id.get(target.partition("#")[0])
    return item.title if item else ""


def text_of(base: Library, target: str) -> str:
    """Return the national words of a target: a part, the block of an item as written, a fact, or a page."""
    if target.startswith(FACT):
        fact = next((one for one in base.facts if one.id == target.removeprefix(FACT)), None)
        return f"{fact.label} ({fact.type})\n\n{fact.help}" if fact else ""
    if target.startswith(PAGE):
        return next((page.text for page in base.pages if page.name == target.removeprefix(PAGE)), "")
    item, _, part = target.partition("#")
    found = base.by_id.get(item)
    if found is None:
        return ""
    if part and part != OPTIONS:
        return {"title": found.title, **found.parts}.get(part, "")
    span = found.lines.block
    block = "".join(base.page_of[item].lines[span.start : span.end]).replace("\r\n", "\n")
    return options_in(block) if part else block


def options_in(block: str) -> str:
    """Return the options of a block as written, a line each."""
    lines = itertools.takewhile(lambda line: line.startswith(":"), block.split("\n")[1:])
    return "\n".join(line for line in lines if not line.startswith(":::"))


def _changes(overlay: Overlay) -> Iterator[Artefact]:
    for op in overlay.adaptations:
        yield _adapt(op)
    for note in overlay.notes:
        yield _note(note)
    for add in overlay.adds:
        if add.instead_of:
            yield Artefact(
                what=What.REPLACE,
                target=add.instead_of,
                name=add.item.id,
                local=item_fingerprint(add.item),
                text="\n\n".join((add.item.title, *add.item.parts.values())),
                reason=add.reason,
                origin=add.origin,
            )


def _adapt(op: Adapt) -> Artefact:
    return Artefact(
        what=What.ADAPT,
        target=f"{op.item}#{op.part}",
        local=part_fingerprint(op.part, op.text),
        text=op.text,
        reason=op.reason,
        origin=op.origin,
    )


def _note(op: Note) -> Artefact:
    return Artefact(
        what=What.NOTE,
        target=f"{op.item}#{op.part}".removesuffix("#"),
        name=op.id,
        local=fingerprint(f"{op.title}\n\n{op.text}"),
        text=op.text,
        origin=op.origin,
    )


def _choices(base: Library, overlay: Overlay) -> Iterator[Artefact]:
    """Give the omissions; where an item became several, one for each of them."""
    for op in overlay.leave_out:
        for item in (op.item,) if op.item in base.by_id else base.changes.became(op.item):
            yield Artefact(what=What.LEAVE_OUT, target=item, reason=op.reason, origin=op.origin)


def _facts(overlay: Overlay) -> Iterator[Artefact]:
    own = {fact.id for fact in overlay.facts}
    for op in overlay.values:
        yield Artefact(
            what=What.FACT,
            target=f"{FACT}{op.fact}",
            name=op.item,
            local=value_fingerprint(op.value),
            text=op.value,
            own=op.fact in own,
            origin=op.origin,
        )


def _pages(base: Library, overlay: Overlay) -> Iterator[Artefact]:
    names = {page.name for page in base.pages}
    for page in overlay.pages:
        name = page.name.removeprefix(PAGES)
        if name in names:
            where = Place(f"{overlay.root}/local/{page.path}" if overlay.root else page.path, 1)
            yield Artefact(
                what=What.PAGE,
                target=f"{PAGE}{name}",
                local=page.print,
                text=page.text,
                origin=where,
            )
