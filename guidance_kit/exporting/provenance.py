"""``edition.json``: labels, differences, and where each line of each page was written.

The Sphinx face reads it beside the pages; it knows nothing else of editions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from guidance_kit.exporting.changes import changes
from guidance_kit.exporting.readable import readable
from guidance_kit.exporting.words import item_label, part_label
from guidance_kit.model.edition import ComposedItem, ComposedPage, Edition, Label, PartState
from guidance_kit.model.fields import parts_of
from guidance_kit.model.item import Item

FORMAT = 1


def provenance(edition: Edition, pages: Iterable[ComposedPage]) -> str:
    """Return the text of ``edition.json``; ``pages`` are those of the tree."""
    absent = {left.item: left.reason for left in edition.left_out} | dict.fromkeys(edition.not_chosen, "")
    return _written(
        {
            "format": FORMAT,
            "edition": _about(edition),
            "items": {state.item.id: _item(edition, state) for state in edition.composed},
            "left_out": {name: _absent(edition, name, reason) for name, reason in absent.items()},
            "redirects": dict(sorted(edition.redirects.items())),
            "lines": {
                page.name: [[run.count, run.source, run.path, run.line] for run in page.origins]
                for page in pages
            },
        }
    )


def _absent(edition: Edition, name: str, reason: str) -> dict[str, str]:
    return {"title": edition.base.by_id[name].title, "reason": reason}


def _about(edition: Edition) -> dict[str, str]:
    overlay = edition.overlay
    return {
        "id": edition.id,
        "title": edition.title,
        "publisher": overlay.publisher,
        "contact": overlay.contact,
        "version": overlay.version,
        "based_on": edition.base.id,
        "base_version": edition.base.version,
        "base_title": edition.base.title,
    }


def _item(edition: Edition, state: ComposedItem) -> dict[str, Any]:
    added = state.added
    return {
        "label": item_label(edition, state),
        "words": str(state.label),
        "page": state.page,
        "replaces": added.instead_of if added else "",
        "reason": added.reason if added else "",
        "parts": [
            _part(edition, state.item, part)
            for part in state.parts
            if part.label not in (Label.NATIONAL, Label.LOCAL)
        ],
    }


def _part(edition: Edition, item: Item, part: PartState) -> dict[str, Any]:
    adapted = part.adapted
    national = readable(part.national, edition, item.id) if adapted else ""
    local = readable(part.unfilled, edition, item.id) if adapted else ""
    return {
        "key": part.key,
        "title": part_title(item, part.key),
        "label": part_label(edition, part),
        "words": str(part.label),
        "facts": list(part.facts),
        "national": national,
        "local": local,
        "diff": [list(change) for change in changes(national, local)] if adapted else [],
        "reason": adapted.reason if adapted else "",
        "kind": str(adapted.kind) if adapted else "",
        "approved_by": adapted.approved_by if adapted else "",
        "approved_on": adapted.approved_on if adapted else "",
        "review_by": adapted.review_by if adapted else "",
    }


def part_title(item: Item, key: str) -> str:
    """Return what a part of an item is called."""
    return next((spec.label for spec in parts_of(type(item)) if spec.key == key), "Title")


def _written(value: Mapping[str, Any]) -> str:
    """Return JSON with an entry of each table a line: small, and easy to compare."""
    tables = ",\n".join(f"{json.dumps(key)}: {_table(part)}" for key, part in value.items())
    return f"{{\n{tables}\n}}\n"


def _table(value: object) -> str:
    if not isinstance(value, dict) or not value:
        return json.dumps(value)
    rows = (f" {json.dumps(key)}: {json.dumps(part, ensure_ascii=False)}" for key, part in value.items())
    return "{\n" + ",\n".join(rows) + "\n}"
