"""``edition.json``: labels, differences, and where each line of each page was written.

The Sphinx face reads it beside the pages; it knows nothing else of editions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from guidance_kit.exporting.changes import changes
from guidance_kit.exporting.endorsed import Endorsed, endorsed
from guidance_kit.exporting.local_pages import pages_to_label
from guidance_kit.exporting.readable import readable, side_by_side
from guidance_kit.exporting.told import part_title
from guidance_kit.exporting.words import item_label, part_label, part_wording, replaced
from guidance_kit.model.edition import ComposedItem, ComposedPage, Edition, Label, PartState
from guidance_kit.model.item import Item
from guidance_kit.model.layers import adder, national_words
from guidance_kit.model.overlay import Adapt
from guidance_kit.model.review import Stale

__all__ = ["FORMAT", "part_title", "provenance"]

FORMAT = 1


def provenance(edition: Edition, pages: Iterable[ComposedPage]) -> str:
    """Return the text of ``edition.json``; ``pages`` are those of the tree."""
    backed = endorsed(edition)
    return _written(
        {
            "format": FORMAT,
            "edition": _about(edition),
            "items": {state.item.id: _item(edition, state, backed) for state in edition.composed},
            "left_out": _left_out(edition),
            "redirects": dict(sorted(edition.redirects.items())),
            "pages": {name: attrs.asdict(one) for name, one in pages_to_label(edition).items()},
            "lines": {
                page.name: [[run.count, run.source, run.path, run.line] for run in page.origins]
                for page in pages
            },
        }
    )


def _left_out(edition: Edition) -> dict[str, dict[str, str]]:
    """Return what is not there, so that links to it can say so; earlier editions left out some of it."""
    before = edition.base.ancestry.left_out if edition.base.ancestry else {}
    found = {name: {"title": one.title, "reason": one.reason} for name, one in before.items()}
    absent = {left.item: left.reason for left in edition.left_out}
    absent |= dict.fromkeys((*edition.not_chosen, *edition.waiting), "")
    by_id = edition.base.by_id
    return found | {name: {"title": by_id[name].title, "reason": why} for name, why in absent.items()}


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


def _item(edition: Edition, state: ComposedItem, backed: Endorsed) -> dict[str, Any]:
    added, item = state.added, state.item
    parts = [(part, backed.get(f"{item.id}#{part.key}", [])) for part in state.parts]
    return {
        "label": item_label(edition, state),
        "words": str(state.label),
        "page": state.page,
        "replaces": replaced(state),
        "replaces_of": adder(edition.base, replaced(state)),
        "national": _replaced(edition, state),
        "reason": added.reason if added else "",
        "stale": _stale(edition, item, state.stale),
        "waits": _waits(edition, item),
        "endorsed": backed.get(item.id, []),
        "labels": {
            part.key: {"label": part_label(edition, part), "words": str(part.label)}
            for part in state.parts
            if part.label is not Label.NATIONAL
        },
        "parts": [
            {**_part(edition, item, part), "endorsed": by}
            for part, by in parts
            if by or _is_told(edition, state, part)
        ],
    }


def _replaced(edition: Edition, state: ComposedItem) -> str:
    """Return the words of the item that a local one replaces, if they are to be looked at; else nothing.

    Where an earlier edition has kept its own over a safety change they are the national ones.
    """
    base, name = edition.base, replaced(state) if state.stale else ""
    if name not in base.by_id:
        return ""
    national = national_words(base, name) if state.stale and state.stale.kept else ""
    return readable(national or base.by_id[name].words, edition, name)


def _is_told(edition: Edition, state: ComposedItem, part: PartState) -> bool:
    """Return whether a part has something to say that its item does not say for all of them."""
    if part.stale or _kept_over(edition, state.item, part.key):
        return True
    if part.label is Label.REGIONAL and part.layer == state.layer and not part.facts and not part.notes:
        return False
    return part.label not in (Label.NATIONAL, Label.LOCAL)


def _part(edition: Edition, item: Item, part: PartState) -> dict[str, Any]:
    adapted, stale = part.adapted, part.stale
    texts = (
        part.national if adapted or stale else "",
        part.unfilled if adapted else "",
        part.held.text if part.held else "",
        stale.was if stale else "",
    )
    national, local, held, was = side_by_side(*((text, edition) for text in texts), item=item.id)
    layer = part.layer if part.layer and part.layer.words != Label.NOTED else None
    return {
        "key": part.key,
        "title": part_title(item, part.key),
        "label": part_label(edition, part),
        "whose": part_wording(edition, part),
        "words": str(part.label),
        "facts": list(part.facts),
        "national": national,
        "local": local,
        "diff": _diff(national, local or held) if adapted or held else [],
        "held": held,
        "stale": {**_stale(edition, item, stale, part.key, was), **_then(stale, layer.by if layer else "")},
        "core": "" if stale and stale.kept else _kept_over(edition, item, part.key),
        "change": _diff(was, national) if was and was != national else [],
        "text_of": layer.by if layer else "",
        "layer": {"by": part.layer.by, "words": part.layer.words} if part.layer else {},
        **_account(adapted or part.held),
    }


def _account(adapted: Adapt | None) -> dict[str, str]:
    """Return why a part was adapted and who stands behind it."""
    return {
        "reason": adapted.reason if adapted else "",
        "kind": str(adapted.kind) if adapted else "",
        "approved_by": adapted.approved_by if adapted else "",
        "approved_on": adapted.approved_on if adapted else "",
        "review_by": adapted.review_by if adapted else "",
    }


def _stale(
    edition: Edition, item: Item, stale: Stale | None, part: str = "", was: str = ""
) -> dict[str, Any]:
    """Return what is known of a change beneath local words; nothing if there is none to look at.

    ``over`` are the national words in whose place the edition named by ``by`` has its own, if it has.
    """
    if stale is None:
        return {}
    kind, over = str(stale.kind), _over(edition, item, part) if stale.kept else ""
    version = "" if stale.undeclared else stale.release
    known = {"version": version, "on": stale.on, "by": stale.by, "why": stale.why}
    kept = {"kept": "yes", "over": over} if stale.kept else {}
    lost = {"lost": "yes"} if stale.lost else {}
    return {"kind": kind, **known, "was": was, **kept, **lost}


def _then(stale: Stale | None, now: str) -> dict[str, str | None]:
    """Return whose the older words are (null where nobody knows), if not of those whose they are now."""
    differs = stale and (stale.was or stale.then is None) and stale.then != now
    return {"then": stale.then} if stale and differs else {}


def _over(edition: Edition, item: Item, part: str) -> str:
    """Return the national words to read where others stand: those of an item that was replaced as a whole."""
    national = edition.base.ancestry.national if edition.base.ancestry else {}
    whole = readable(national.get(item.id, ""), edition, item.id)
    return _kept_over(edition, item, part) or whole


def _kept_over(edition: Edition, item: Item, part: str) -> str:
    """Return the national words of a part, or of each part of an item, in whose place others stand."""
    national = edition.base.ancestry.national if edition.base.ancestry else {}
    keys = (part,) if part else item.parts
    texts = (national.get(f"{item.id}#{key}", "") for key in keys)
    return "\n\n".join(readable(text, edition, item.id) for text in texts if text)


def _waits(edition: Edition, item: Item) -> dict[str, str]:
    """Return that an earlier edition has yet to look at a change beneath its own words in an item."""
    before = edition.base.ancestry
    waiting = before.waiting(item.id) if before else ()
    if before is None or not waiting:
        return {}
    why = dict.fromkeys(before.under_review[target] for target in waiting)
    return {"by": before.reviewer(waiting[0])[0], "why": " ".join(one for one in why if one)}


def _diff(old: str, new: str) -> list[list[str]]:
    return [list(change) for change in changes(old, new)]


def _written(value: Mapping[str, Any]) -> str:
    """Return JSON with an entry of each table a line: small, and easy to compare."""
    tables = ",\n".join(f"{json.dumps(key)}: {_table(part)}" for key, part in value.items())
    return f"{{\n{tables}\n}}\n"


def _table(value: object) -> str:
    if not isinstance(value, dict) or not value:
        return json.dumps(value)
    rows = (f" {json.dumps(key)}: {json.dumps(part, ensure_ascii=False)}" for key, part in value.items())
    return "{\n" + ",\n".join(rows) + "\n}"
