"""``provenance.json``: the public account of an edition, for programs; it stands beside the built pages.

The value is a :class:`Record`. ``format`` is 1. ``edition`` and ``base`` name the edition and what it is
composed from (``content`` is the fingerprint of all that the base says). ``items`` are in the order of the
edition, each with its label as a word (``national``, ``details``, ``noted``, ``regional``, ``context``,
``meaning``, ``local``) and as readers see it, the page it stands on, and its parts. Of a part there are the
fingerprints of the final and of the national words (empty for a local item), whose words they are (``by``;
empty where that is not known), the reason and approval of an adaptation, the facts filled in and the notes
beside it. ``under_review`` says that the national text changed and nobody has looked yet; it is empty
otherwise. ``endorsed_by`` names who stands behind exactly these words. ``left_out`` gives ids, titles and
reasons, and never a word of a text that is left out.

The same edition gives the same bytes: there is no time stamp in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import attrs
import cattrs

from guidance_kit.exporting.endorsed import Endorsed, endorsed
from guidance_kit.exporting.words import gravest, item_label, owner, part_label, replaced
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.fingerprint import part_fingerprint

NAME = "provenance.json"
FORMAT = 1
_OURS = (Label.CONTEXT, Label.MEANING, Label.LOCAL)


@attrs.frozen(kw_only=True)
class PartRecord:
    """Whose words a part holds, and what stands behind them."""

    key: str
    label: str
    words: str
    fingerprint: str
    national: str = ""
    by: str = ""
    reason: str = ""
    approved_by: str = ""
    approved_on: str = ""
    review_by: str = ""
    under_review: str = ""
    endorsed_by: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ItemRecord:
    """An item: its label, where it stands, what it replaces and why, and its parts."""

    id: str
    label: str
    words: str
    page: str
    fingerprint: str
    replaces: str = ""
    reason: str = ""
    under_review: str = ""
    endorsed_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple[PartRecord, ...] = ()


@attrs.frozen(kw_only=True)
class Absent:
    """A national item that is not in the edition: ``how`` is left-out, replaced, not-chosen or waiting."""

    id: str
    title: str
    how: str
    by: str = ""
    reason: str = ""


@attrs.frozen(kw_only=True)
class Named:
    """An edition or a library, by what it is called."""

    id: str
    title: str
    version: str = ""
    publisher: str = ""
    contact: str = ""
    content: str = ""


@attrs.frozen(kw_only=True)
class Record:
    """The whole account of an edition."""

    edition: Named
    base: Named
    items: tuple[ItemRecord, ...] = ()
    left_out: tuple[Absent, ...] = ()
    format: int = FORMAT


def record_of(edition: Edition) -> Record:
    """Return the account of an edition."""
    overlay, base, backed = edition.overlay, edition.base, endorsed(edition)
    return Record(
        edition=Named(
            id=edition.id,
            title=edition.title,
            version=overlay.version,
            publisher=overlay.publisher,
            contact=overlay.contact,
        ),
        base=Named(
            id=base.id,
            title=base.title,
            version=base.version,
            publisher=base.publisher,
            content=base.content,
        ),
        items=tuple(_item(edition, state, backed) for state in edition.composed),
        left_out=tuple(_absent(edition)),
    )


def record_text(record: Record) -> str:
    """Return an account as JSON, without what is empty."""
    return json.dumps(_filled(attrs.asdict(record)), ensure_ascii=False, indent=1) + "\n"


def read_record(text: str) -> Record:
    """Return the account that a text holds; ValueError if it is not one that this package writes."""
    value = json.loads(text)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        message = "This is no provenance file of a format that is known."
        raise ValueError(message)
    try:
        return _READER.structure(value, Record)
    except cattrs.BaseValidationError as error:
        message = f"This provenance file is damaged: {'; '.join(cattrs.transform_error(error))}"
        raise ValueError(message) from error


_READER = cattrs.Converter(forbid_extra_keys=True)


def _item(edition: Edition, state: ComposedItem, backed: Endorsed) -> ItemRecord:
    added, stale = state.added, gravest(state)
    return ItemRecord(
        id=state.item.id,
        label=str(state.label),
        words=item_label(edition, state),
        page=state.page,
        fingerprint=state.fingerprint,
        replaces=replaced(state),
        reason=added.reason if added else "",
        under_review=stale.said if stale else "",
        endorsed_by=_bodies(backed, state.item.id),
        notes=tuple(note.id for note in state.notes),
        parts=tuple(
            attrs.evolve(_part(edition, part), endorsed_by=_bodies(backed, f"{state.item.id}#{part.key}"))
            for part in state.parts
        ),
    )


def _bodies(backed: Endorsed, what: str) -> tuple[str, ...]:
    return tuple(one["by"] for one in backed.get(what, ()))


def _part(edition: Edition, part: PartState) -> PartRecord:
    adapted = part.adapted or part.held
    return PartRecord(
        key=part.key,
        label=str(part.label),
        words=part_label(edition, part),
        fingerprint=part.fingerprint,
        national=part_fingerprint(part.key, part.national) if part.national else "",
        by=_by(edition, part),
        reason=adapted.reason if adapted else "",
        approved_by=adapted.approved_by if adapted else "",
        approved_on=adapted.approved_on if adapted else "",
        review_by=adapted.review_by if adapted else "",
        under_review=part.stale.said if part.stale else "",
        facts=part.facts,
        notes=tuple(note.id for note in part.notes),
    )


def _by(edition: Edition, part: PartState) -> str:
    """Return whose words a part holds; in a chain nobody tells who published the first library."""
    if part.label in _OURS:
        return owner(edition)
    if part.layer and part.layer.words != Label.NOTED:
        return part.layer.by
    return "" if edition.base.ancestry else edition.base.publisher or edition.base.title


def _absent(edition: Edition) -> Iterator[Absent]:
    by_id, by = edition.base.by_id, owner(edition)
    before = edition.base.ancestry
    for left in edition.left_out:
        how = "replaced" if left.item in edition.redirects else "left-out"
        yield Absent(id=left.item, title=by_id[left.item].title, how=how, by=by, reason=left.reason)
    for names, how in ((edition.not_chosen, "not-chosen"), (edition.waiting, "waiting")):
        yield from (Absent(id=name, title=by_id[name].title, how=how, by=by) for name in names)
    for name, one in sorted(before.left_out.items()) if before else ():
        how = "replaced" if before and name in before.redirects else "left-out"
        yield Absent(id=name, title=one.title, how=how, by=one.by, reason=one.reason)


def _filled(value: object) -> object:
    """Return a value of JSON without keys that say nothing."""
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if one not in ("", ())}
    return [_filled(one) for one in value] if isinstance(value, tuple) else value
