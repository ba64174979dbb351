"""A consultation table: what an edition changed or added, for the national team to read and answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import attrs

from guidance_kit.exporting.formats import cell
from guidance_kit.exporting.readable import Slots, readable, side_by_side
from guidance_kit.exporting.words import owner, replaced
from guidance_kit.model.edition import ComposedItem, Edition, Label
from guidance_kit.model.item import Item
from guidance_kit.model.layers import holder
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Note

HEAD = ("organisation", "item#part", "national text", "our text", "our reason", "response")
#: The same for an edition that is based on another: the text before ours can be that one's.
HEAD_IN_CHAIN = (*HEAD[:2], "text before ours", "whose text", *HEAD[3:])
_CORE = "national"
#: What tells words that stand beside a text from those that stand in its place.
_BESIDE = "Note beside this text: "


@attrs.frozen(kw_only=True)
class Suggestion:
    """A local change put to the national team: both texts as a person reads them, and why.

    Local facts stand in both as slots, never as values: the national text leaves them open for every edition.
    ``what`` is adapt, replace, add or note; ``target`` an item, or ``item#part``. ``whose`` names the earlier
    edition whose text ``national`` is, where it is not the core's.
    """

    what: str
    target: str
    national: str = ""
    whose: str = ""
    ours: str = ""
    reason: str = ""


def suggest(edition: Edition) -> str:
    """Return the table as CSV (RFC 4180), its last column empty for the answers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    chain = edition.base.ancestry is not None
    writer.writerow(HEAD_IN_CHAIN if chain else HEAD)
    for one in suggestions(edition):
        whose = (one.whose or _CORE if one.national else "",) if chain else ()
        ours = f"{_BESIDE}{one.ours}" if one.what == "note" else one.ours
        row = (owner(edition), one.target, one.national, *whose, ours, one.reason, "")
        writer.writerow([cell(words) for words in row])
    return out.getvalue()


def suggest_rows(edition: Edition) -> list[dict[str, str]]:
    """Return the table as a value of JSON, with what kind of change each row is."""
    by = owner(edition)
    return [{"organisation": by, **attrs.asdict(one), "response": ""} for one in suggestions(edition)]


def suggestions(edition: Edition) -> tuple[Suggestion, ...]:
    """Return what an edition changed or added, in the order of the edition."""
    found = (one for state in edition.composed for one in _of(edition, state))
    return tuple(attrs.evolve(one, whose=_whose(edition, one)) for one in found)


def _whose(edition: Edition, one: Suggestion) -> str:
    layer = holder(edition.base, one.target) if one.national else None
    return layer.by if layer else ""


def _of(edition: Edition, state: ComposedItem) -> Iterator[Suggestion]:
    if state.label is Label.LOCAL:
        yield _local(edition, state)
    for part in state.parts:
        adapted = part.adapted or part.held
        if adapted:
            national, ours = side_by_side(
                (part.national, Slots(edition.base)),
                (adapted.text, Slots(edition.library)),
                item=state.item.id,
            )
            yield Suggestion(
                what="adapt",
                target=f"{state.item.id}#{part.key}",
                national=national,
                ours=ours,
                reason=adapted.reason,
            )
        for note in part.notes:
            if not part.is_held(note):
                yield _note(edition, state, note, part.national)
    for note in state.notes:
        yield _note(edition, state, note, _whole(state))


def _local(edition: Edition, state: ComposedItem) -> Suggestion:
    target = replaced(state)
    unfilled = state.item.with_texts({part.key: part.unfilled for part in state.parts})
    return Suggestion(
        what="replace" if target else "add",
        target=target or state.item.id,
        national=_read(edition.base, edition.base.by_id[target]) if target else "",
        ours=_read(edition.library, unfilled),
        reason=state.added.reason if state.added else "",
    )


def _note(edition: Edition, state: ComposedItem, note: Note, national: str) -> Suggestion:
    title = f"{note.title}\n\n" if note.title else ""
    return Suggestion(
        what="note",
        target=f"{state.item.id}#{note.part}".removesuffix("#"),
        national=readable(national, Slots(edition.base)),
        ours=readable(f"{title}{note.text}", Slots(edition.library)),
    )


def _whole(state: ComposedItem) -> str:
    return "\n\n".join(part.national for part in state.parts)


def _read(library: Library, item: Item) -> str:
    return readable("\n\n".join((item.title, *item.parts.values())), Slots(library))
