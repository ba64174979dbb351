"""The local notes beside the words of an item: an edition's own, and those of the text that it is made from.

The latter stand as blocks in the pages of that text. What one is beside is told by where it stands and, at an
end of the item, where it may be beside all of it, by the account of the earlier edition.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from guidance_kit.exporting.words import owner
from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.edition import ComposedItem, Edition, Label
from guidance_kit.model.inline import Role, local_fact, replace_roles
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library
from guidance_kit.model.page import Aside, Page

_TITLE = "title"


@attrs.frozen(kw_only=True)
class Noted:
    """A local note as readers meet it: which part it is beside, and who says what in it.

    ``part`` is empty for a note beside the whole item; ``before`` says that it stands before the words.
    """

    id: str
    part: str
    before: bool
    by: str
    title: str
    text: str = attrs.field(repr=False)

    @property
    def label(self) -> str:
        """That it is a note, and whose."""
        return f"Local note (by {self.by})" if self.by else "Local note"

    @property
    def place(self) -> str:
        """The part that it stands next to; empty for the beginning or the end of the item."""
        return "" if self.part == _TITLE else self.part


def notes_of(item: Item, subject: Library | Edition) -> tuple[Noted, ...]:
    """Return the notes beside an item and its parts; those at one place are in the order of the page."""
    if isinstance(subject, Library):
        return tuple(_standing(item, subject.page_of[item.id], subject.ancestry))
    state = subject.by_id[item.id]
    own = tuple(_own(state, subject))
    written, page = (
        (state.added.item, state.added.page)
        if state.added
        else (subject.base.by_id[item.id], subject.base.page_of[item.id])
    )
    earlier = tuple(_standing(written, page, subject.base.ancestry))
    inner = [one for one in own if bool(one.place) != one.before]  # these stand nearer to what is before them
    return (*inner, *earlier, *(one for one in own if one not in inner))


def with_values(text: str, subject: Library | Edition, item: str) -> str:
    """Return a text with the facts that have a value in an item filled in, as its words have them."""
    if isinstance(subject, Library):
        return text
    given = {(one.fact, one.item): one.value for one in subject.given}

    def fill(role: Role) -> str | None:
        name = role.content.strip()
        value = given.get((name, item)) or given.get((name, ""))
        is_slot = role.name.removeprefix("guidance:") == "fact"
        return local_fact(subject.library.fact(name).shown(value)) if is_slot and value else None

    return replace_roles(text, fill)


def _own(state: ComposedItem, edition: Edition) -> Iterator[Noted]:
    every = (*(note for part in state.parts for note in part.notes), *state.notes)
    for note in sorted(every, key=lambda note: note.id):
        yield Noted(
            id=note.id,
            part=note.part,
            before=note.before,
            by=note.by or owner(edition),
            title=note.title,
            text=note.text,
        )


def _standing(item: Item, page: Page, account: Ancestry | None) -> Iterator[Noted]:
    """Give the notes in the block of an item on the page where it was written, but those amid its words."""
    for aside in page.asides:
        within = any(aside.span.start in span for span in item.lines.parts.values())
        if page.item_at(aside.span.start) != item.id or within:
            continue
        by = aside.by or (account.name if account else "")
        at, before = _next_to(aside, item, page)
        told = (key for key in _meant(item, at, before=before) if _has_note(account, item.id, key, by))
        part = next(told, at)
        yield Noted(id=aside.id, part=part, before=before, by=by, title=aside.title, text=aside.text)


def _next_to(aside: Aside, item: Item, page: Page) -> tuple[str, bool]:
    """Return the part next to which a note stands, and whether it stands before it; no part at the top."""
    lines = page.lines_without(one.span for one in page.asides)
    last = ""
    for key, span in item.lines.parts.items():
        if span.end <= aside.span.start:
            last = key
        elif not "".join(lines[aside.span.end : span.start]).strip("> \t\r\n"):
            return key, True
    return last, not last


def _meant(item: Item, at: str, *, before: bool) -> tuple[str, ...]:
    """Return what a note next to a part may be beside: at an end of the item also all of it, or its title."""
    keys = tuple(item.lines.parts)
    if before:
        return (at, "", _TITLE) if at in ("", *keys[:1]) else (at,)
    return ("", _TITLE, at) if at in keys[-1:] else (at,)


def _has_note(account: Ancestry | None, item: str, part: str, by: str) -> bool:
    """Return whether an earlier edition says that somebody has a note beside an item or a part of it."""
    target = f"{item}#{part}".removesuffix("#")
    layer = account.layers.get(target) if account else None
    names = account.noted.get(target, ()) if account else ()
    return by in names or (layer is not None and layer.words == Label.NOTED and layer.by == by)
