"""A library or edition as JSON, CSV and Markdown, for machines, spreadsheets and word processors.

They hold the items, and the local notes beside them; what else stands on pages is not in them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from guidance_kit.exporting.noted import Noted, notes_of, with_values
from guidance_kit.exporting.readable import library_of, readable
from guidance_kit.exporting.reported import plain
from guidance_kit.exporting.words import item_label, part_label
from guidance_kit.model.edition import ComposedItem, Edition
from guidance_kit.model.fields import FieldSpec, options_of, parts_of
from guidance_kit.model.item import Item
from guidance_kit.model.library import Library

FORMAT = 1
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OUR_OWN = ("instead_of", "reason")


def as_json(subject: Library | Edition) -> str:
    """Return everything typed: items with fields, parts, notes, relations and labels; facts; sources."""
    library = library_of(subject)
    value = {
        "format": FORMAT,
        "id": library.id,
        "title": library.title,
        "version": library.version,
        "publisher": library.publisher,
        "items": [_item(item, subject) for item in library],
        "facts": [_fact(fact.id, subject) for fact in library.facts],
        "references": [reference.entry for reference in library.references],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_csv(subject: Library | Edition) -> str:
    """Return a table with a row a part, and one a note beside it, the words as a person reads them.

    The last two columns are for notes: the id, and who says it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow(("item", "kind", "title", "label", "part", "heading", "words", "page", "note", "by"))
    for item in library_of(subject):
        page = _page(item, subject)
        for label, key, heading, text, *note in _rows(item, subject):
            row = (item.id, item.kind, item.title, label, key, heading, text, page, *note)
            writer.writerow([cell(readable(words, subject, item.id)) for words in row])
    return out.getvalue()


def _rows(item: Item, subject: Library | Edition) -> Iterator[tuple[str, ...]]:
    """Give a row for each part of an item, the notes beside it below it, then those beside the whole item."""
    state, notes = _state(item, subject), notes_of(item, subject)
    for key, heading, text in _parts(item):
        yield _part_label(subject, state, key), key, heading, text, "", ""
        yield from (_noted(one) for one in notes if one.part == key)
    yield from (_noted(one) for one in notes if not one.part)


def _noted(note: Noted) -> tuple[str, ...]:
    return note.label, note.part, note.title, note.text, note.id, note.by


def _at(notes: Sequence[Noted], place: str, *, before: bool) -> Iterator[Noted]:
    """Give the notes that stand before or after a part, or at the beginning or end of an item."""
    return (one for one in notes if one.place == place and one.before is before)


def as_markdown(subject: Library | Edition) -> str:
    """Return every item in plain Markdown, in order, under the title of its section."""
    library = library_of(subject)
    titles = {section.kind: section.title for section in library.sections if section.kind}
    lines = [f"# {library.title}", ""]
    kind = ""
    for item in library:
        if item.kind != kind:
            kind = item.kind
            lines += [f"## {titles.get(kind, item.plural)}", ""]
        lines += [f"### {readable(item.title, subject, item.id)}", "", *_markdown(item, subject)]
    if library.references:
        lines += ["## Sources", ""]
        lines += [f"- {reference.id}: {reference.title}" for reference in library.references]
    return "\n".join(lines).rstrip() + "\n"


def values_of(item: Item) -> Iterator[tuple[FieldSpec, tuple[str, ...]]]:
    """Give the options of an item that hold something, each value as an author writes it."""
    for spec in options_of(type(item)):
        value = getattr(item, spec.name)
        if value:
            yield spec, tuple(str(one) for one in value) if spec.many else (str(value),)


def _item(item: Item, subject: Library | Edition) -> dict[str, Any]:
    fields = {
        spec.key: list(values) if spec.many else values[0]
        for spec, values in values_of(item)
        if spec.name != "id"
    }
    ratings = [
        {"target": rating.target, "value": str(rating.value), "reason": rating.reason}
        for rating in item.ratings
    ]
    value: dict[str, Any] = {"id": item.id, "kind": item.kind, "title": item.title, "fields": fields}
    value["parts"] = dict(item.parts)
    value["notes"] = [_note(one, item, subject) for one in notes_of(item, subject)]
    value["ratings"] = ratings
    value["page"] = _page(item, subject)
    state = _state(item, subject)
    if isinstance(subject, Edition) and state is not None:
        value["label"] = {"word": str(state.label), "words": item_label(subject, state)}
        value["fingerprint"] = state.fingerprint
    return value


def _note(note: Noted, item: Item, subject: Library | Edition) -> dict[str, Any]:
    title, text = (with_values(words, subject, item.id) for words in (note.title, note.text))
    return {
        "id": note.id,
        "part": note.part,
        "before": note.before,
        "by": note.by,
        "title": title,
        "text": text,
    }


def _fact(name: str, subject: Library | Edition) -> dict[str, Any]:
    fact = library_of(subject).fact(name)
    value = {"id": fact.id, "type": str(fact.type), "label": fact.label, "required": fact.required}
    if isinstance(subject, Edition):
        value["value"] = subject.values.get(fact.id, "")
    return value


def _markdown(item: Item, subject: Library | Edition) -> Iterator[str]:
    state, notes = _state(item, subject), notes_of(item, subject)
    if isinstance(subject, Edition) and state is not None:
        yield f"*{item_label(subject, state)}*"
        yield ""
    for spec, values in values_of(item):
        if spec.name not in ("id", *_OUR_OWN):
            yield f"- {spec.label}: {_said(spec, values, subject)}"
    yield ""
    yield from _quoted(_at(notes, "", before=True), item, subject)
    for key, heading, text in _parts(item, title=False):
        if key != "summary":
            yield from (f"#### {heading}", "")
        yield from _quoted(_at(notes, key, before=True), item, subject)
        yield from (_words(text, item, subject), "")
        yield from _quoted(_at(notes, key, before=False), item, subject)
    yield from _quoted(_at(notes, "", before=False), item, subject)


def _quoted(notes: Iterable[Noted], item: Item, subject: Library | Edition) -> Iterator[str]:
    """Give each note as a block of its own, marked in words."""
    for note in notes:
        title = readable(note.title, subject, item.id)
        head = plain(f"{note.label}: {title}" if title else note.label)
        lines = (f"**{head}**", "", *_words(note.text, item, subject).split("\n"))
        yield from (*(f"> {line}".rstrip() for line in lines), "")


def _words(text: str, item: Item, subject: Library | Edition) -> str:
    return readable(text, subject, item.id).replace("\u2022 ", "- ")


def _said(spec: FieldSpec, values: tuple[str, ...], subject: Library | Edition) -> str:
    """Return the values of a field in the words a reader sees."""
    items = library_of(subject).by_id
    if spec.words:
        labels = {word.value: word.label for word in spec.words}
        return "; ".join(labels[value] for value in values)
    return "; ".join(items[value].title if value in items else value for value in values)


def _parts(item: Item, *, title: bool = True) -> Iterator[tuple[str, str, str]]:
    if title:
        yield "title", "Title", item.title
    for spec in parts_of(type(item)):
        text = getattr(item, spec.name)
        if text:
            yield spec.key, spec.label, text


def _state(item: Item, subject: Library | Edition) -> ComposedItem | None:
    return subject.by_id.get(item.id) if isinstance(subject, Edition) else None


def _part_label(subject: Library | Edition, state: ComposedItem | None, key: str) -> str:
    if not isinstance(subject, Edition) or state is None:
        return ""
    return next((part_label(subject, part) for part in state.parts if part.key == key), "")


def _page(item: Item, subject: Library | Edition) -> str:
    page = library_of(subject).page_of.get(item.id)
    return page.name if page else ""


def cell(words: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
