"""An edition as a library that others can build on: the ordinary folder, and whose words are whose.

Its pages are composed and the slots of facts are still slots; every value, lock and protection is in
``ancestry.json``, so that a child composes from this folder alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from guidance_kit.exporting.endorsed import standing
from guidance_kit.exporting.local_pages import local_pages
from guidance_kit.exporting.tree import Tree
from guidance_kit.exporting.words import owner
from guidance_kit.model.ancestry import Layer, Omitted
from guidance_kit.model.changes import PAGE
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.facts import Fact
from guidance_kit.model.layers import national_words, reworded
from guidance_kit.model.overlay import PAGES, Note
from guidance_kit.model.review import Stale
from guidance_kit.model.text import toml_string
from guidance_kit.model.vocabulary import ChangeKind

FORMAT = 1
_COPIED = ("changes.toml", "history.json", "LICENSE")  # passed on as they are
#: Why an item is not there, where no reason was written.
NOT_CHOSEN, NOT_DECIDED = "It was not chosen.", "It is new, and was not decided on yet."


def as_library(edition: Edition) -> Tree:
    """Return the folder of a library; ``edition`` is composed with its slots unfilled."""
    library = edition.library
    texts = {page.path: page.text for page in edition.pages}
    texts["library.toml"] = _manifest(edition)
    texts["facts.toml"] = "\n".join(_fact(fact) for fact in library.facts)
    texts["references.json"] = _json([one.entry for one in library.references])
    texts["ancestry.json"] = _json(ancestry(edition))
    assets = {asset.path: asset.file for asset in library.assets}
    root = edition.base.root
    kept = {name: root / name for name in _COPIED if root and (root / name).is_file()}
    return Tree(texts, {**assets, **kept})


def ancestry(edition: Edition) -> dict[str, object]:
    """Return the account that an edition gives to its children, as JSON has it."""
    overlay, before = edition.overlay, edition.base.ancestry
    ours = _open(edition)
    waits, earlier = sorted(ours.items()), before.put_off if before else {}
    put_off = {key: one.until for key, one in waits if one.until}
    put_off |= {key: day.isoformat() for key, day in earlier.items()}
    reviewers = {key: before.reviewer(key) for key in sorted(before.under_review)} if before else {}
    return {
        "format": FORMAT,
        "edition": {
            "id": edition.id,
            "title": edition.title,
            "publisher": overlay.publisher,
            "contact": overlay.contact,
        },
        **({"made_from": [edition.base.id, *before.made_from]} if before else {}),
        "layers": {key: attrs.asdict(one) for key, one in sorted(_layers(edition))},
        "values": [attrs.asdict(one) for one in edition.given],
        "locked": [attrs.asdict(one) for _, one in sorted(edition.locked.items())],
        "left_out": {key: attrs.asdict(one) for key, one in sorted(_omitted(edition).items())},
        "redirects": dict(sorted(edition.redirects.items())),
        "under_review": {**(before.under_review if before else {}), **{key: one.why for key, one in waits}},
        **({"put_off": dict(sorted(put_off.items()))} if put_off else {}),
        **({"reviewers": reviewers} if reviewers else {}),
        **({"national": national} if (national := dict(sorted(_national(edition)))) else {}),
        **({"noted": noted} if (noted := dict(sorted(_noted(edition)))) else {}),
        **({"pages": pages} if (pages := _pages(edition)) else {}),
        "protections": {key: str(one) for key, one in sorted(edition.protections.items())},
        **({"protectors": protectors} if (protectors := dict(sorted(_protectors(edition)))) else {}),
    }


def _pages(edition: Edition) -> dict[str, dict[str, str | None]]:
    return {name: attrs.asdict(one) for name, one in local_pages(edition).items()}


def _protectors(edition: Edition) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give who protected an item or part, and the contact, where that is not this edition."""
    base, before = edition.base, edition.base.ancestry
    if before is None:
        return
    theirs = {
        name: word for item in base if item.space != base.space for name, word in item.protections.items()
    }
    for target, word in {**theirs, **before.protections}.items():
        if edition.protections.get(target, word) is word:  # it may be stricter here
            yield target, before.protector(target)


def _open(edition: Edition) -> Mapping[str, Stale]:
    """Return the changes that an edition has not looked at, by what changed (a local item by its own id)."""
    notes = ((state, note) for state in edition.composed for note in _notes_of(state))
    beside = {_beside(state, note): edition.review.notes.get(note.id) for state, note in notes}
    told = {target: one for target, one in sorted(beside.items()) if one}
    pages = {f"{PAGE}{name}": one for name, one in edition.review.pages.items()}
    review = edition.review
    return {**told, **pages, **review.omissions, **review.adaptations, **review.items}


def _national(edition: Edition) -> Iterator[tuple[str, str]]:
    """Give the national words that ever changed for safety, by what stands in their place."""
    base, before = edition.base, edition.base.ancestry
    grave = {base.changes.follow(one.what) for one in base.changes.changes if one.kind is ChangeKind.SAFETY}
    inherited = before.national if before else {}
    yield from _national_pages(edition, grave)
    for state in edition.composed:
        over = state.added.instead_of if state.added else state.item.id
        if over in inherited:
            yield state.item.id, inherited[over]
        elif state.added and over in {name.partition("#")[0] for name in grave} & base.by_id.keys():
            yield state.item.id, national_words(base, over) or base.by_id[over].words
        for part in state.parts:
            target = f"{state.item.id}#{part.key}"
            if not {target, state.item.id} & grave:
                continue
            if before and reworded(base, target):
                if target in before.national:
                    yield target, before.national[target]
            elif part.adapted:
                yield target, part.national


def _national_pages(edition: Edition, grave: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give the national pages that ever changed for safety, and in whose place others stand."""
    before = edition.base.ancestry
    ours = {page.name.removeprefix(PAGES) for page in edition.overlay.pages}
    for page in edition.base.pages:
        target = f"{PAGE}{page.name}"
        if target in grave and before and reworded(edition.base, target):
            if target in before.national:
                yield target, before.national[target]
        elif target in grave and page.name in ours:
            yield target, page.text


def _notes_of(state: ComposedItem) -> Iterator[Note]:
    yield from state.notes
    for part in state.parts:
        yield from part.notes


def _beside(state: ComposedItem, note: Note) -> str:
    return f"{state.item.id}#{note.part}".removesuffix("#")


def _layers(edition: Edition) -> Iterator[tuple[str, Layer]]:
    by = owner(edition)
    yield from _of_pages(edition, by)
    for state in edition.composed:
        if state.added:
            yield state.item.id, Layer(by, str(Label.LOCAL))
            continue
        if state.layer:
            yield state.item.id, state.layer
        elif state.notes:
            yield state.item.id, Layer(by, str(Label.NOTED))
        yield from _of_parts(state, by)


def _of_pages(edition: Edition, by: str) -> Iterator[tuple[str, Layer]]:
    """Give whose the pages are that stand in the place of national ones: here, or in an earlier edition."""
    before = edition.base.ancestry
    ours = {page.name.removeprefix(PAGES) for page in edition.overlay.pages}
    for page in edition.base.pages:
        target = f"{PAGE}{page.name}"
        layer = Layer(by, str(Label.LOCAL)) if page.name in ours else before and before.layers.get(target)
        if layer:
            yield target, layer


def _of_parts(state: ComposedItem, by: str) -> Iterator[tuple[str, Layer]]:
    for part in state.parts:
        target = f"{state.item.id}#{part.key}"
        if part.adapted:
            yield target, Layer(by, str(part.label))
        elif layer := state.layer_alone(part):
            yield target, layer
        elif part.notes:
            yield target, Layer(by, str(Label.NOTED))


def _noted(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Give who wrote the notes of which no layer tells, as it tells of a change of the words beside them."""
    before = edition.base.ancestry.noted if edition.base.ancestry else {}
    for state in edition.composed:
        told = {state.item.id: [owner(edition)] if state.notes and state.layer else []}
        told |= {f"{state.item.id}#{part.key}": _untold(edition, state, part) for part in state.parts}
        for target, names in told.items():
            found = dict.fromkeys((*before.get(target, ()), *names))
            if found:
                yield target, list(found)


def _untold(edition: Edition, state: ComposedItem, part: PartState) -> list[str]:
    layer = state.layer_alone(part)
    theirs = [layer.by] if layer and layer.words == Label.NOTED and part.adapted else []
    return [*theirs, *([owner(edition)] if part.notes and (part.adapted or layer) else [])]


def _omitted(edition: Edition) -> Mapping[str, Omitted]:
    by, by_id = owner(edition), edition.base.by_id
    found = dict(edition.base.ancestry.left_out) if edition.base.ancestry else {}
    absent = {left.item: left.reason for left in edition.left_out}
    absent |= dict.fromkeys(edition.not_chosen, NOT_CHOSEN) | dict.fromkeys(edition.waiting, NOT_DECIDED)
    return found | {name: Omitted(by_id[name].title, reason, by) for name, reason in absent.items()}


def _manifest(edition: Edition) -> str:
    library, base = edition.library, edition.base
    head = {
        "id": edition.id,
        "title": edition.title,
        "version": library.version,
        "publisher": library.publisher,
        "licence": library.licence,
        "space": library.space,
    }
    lines = _table("[library]", head)
    if base.writing.known or base.writing.names:
        lines += ["", "[writing]"]
        lines += [f"{key} = {_list(getattr(base.writing, key))}" for key in ("known", "names")]
    for section in library.sections:
        lines += ["", *_table("[[section]]", attrs.asdict(section))]
    for one in standing(edition):
        said = {"what": one.what, "by": one.by, "covers": one.covers, "on": one.on}
        lines += ["", *_table("[[endorsement]]", said)]
    return "\n".join(lines) + "\n"


def _fact(fact: Fact) -> str:
    values = {
        "id": fact.id,
        "type": str(fact.type),
        "label": fact.label,
        "help": fact.help,
        "fill_by": str(fact.fill_by),
        "max_age": fact.max_age,
        "example": fact.example,
        "default": fact.default,
    }
    lines = _table("[[fact]]", values)
    lines += ["required = true"] if fact.required else []
    lines += [f"choices = {_list(fact.choices)}"] if fact.choices else []
    return "\n".join(lines) + "\n"


def _table(header: str, values: Mapping[str, str]) -> list[str]:
    return [header, *(f"{key} = {toml_string(value)}" for key, value in values.items() if value)]


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(toml_string(value) for value in values)}]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
