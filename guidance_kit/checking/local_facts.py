"""Rules about an edition's local facts: given where needed, used where given, and not written out again."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.checking.subject import Subject
from guidance_kit.model.edition import Edition
from guidance_kit.model.inline import roles_in
from guidance_kit.model.overlay import Adapt, FactValue, Note
from guidance_kit.model.vocabulary import FactType
from guidance_kit.problems import Place, Problem

_SHORTEST = 6  # a shorter value, such as a number, stands in prose by chance


def missing_facts(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each required fact that has no value, naming where it is used."""
    if subject.edition is None:
        return
    spoilt = {value.fact for value in subject.edition.overlay.values if not value.item}  # told of as that
    for fact in (one for one in subject.edition.missing if one.id not in spoilt):
        places = [use.place for use in subject.uses if _names(use.name, use.role.content, fact.id)]
        where = f" It is used at {places[0]}" if places else " No page uses it yet"
        others = len(places) - 1
        more = f" and in {others} more place{'s' * (others > 1)}." if others > 0 else "."
        words = f'The required fact "{fact.id}" ({fact.label}) has no value.{where}{more}'
        hint = f'Add to [facts] in edition.toml: {fact.id} = "{fact.example}"'
        yield Problem("fact-missing", words, hint, _manifest(subject.edition))


def hidden_facts(subject: Subject) -> Iterator[Problem]:
    """Give a word on each value that is given and that no page of this edition shows."""
    if subject.edition is None or not subject.edition.overlay.values:
        return
    everywhere = set(_used(subject.edition))
    for value in subject.edition.overlay.values:
        if value.fact in subject.facts and value.fact not in _shown(subject.edition, value, everywhere):
            where = f'"{value.item}"' if value.item else "no page of this edition"
            does = "does not use it" if value.item else "uses it"
            words = f'The fact "{value.fact}" has a value, but {where} {does}.'
            yield Problem("fact-hidden", words, "Use it in a local note, or delete it.", value.origin)


def repeated_facts(subject: Subject) -> Iterator[Problem]:
    """Give a word on local prose that repeats the value of a fact instead of using the fact."""
    if subject.edition is None:
        return
    values = {
        form: fact
        for fact, value in subject.edition.values.items()
        for form in (value, subject.facts[fact].shown(value))
        if len(value) >= _SHORTEST and subject.facts[fact].type is not FactType.NUMBER
    }
    for text, first in _local_texts(subject.edition):
        for value, fact in values.items():
            if value in text:
                place = first.at(first.line + text.count("\n", 0, text.index(value)))
                words = f'This repeats the value of the fact "{fact}", which may change.'
                yield Problem("fact-repeated", words, f"Write {{fact}}`{fact}` instead.", place)


def _names(role: str, content: str, fact: str) -> bool:
    return role == "fact" and content.strip() == fact


def _shown(edition: Edition, value: FactValue, everywhere: set[str]) -> set[str]:
    """Return the facts that are used where a value holds: in one item, or anywhere."""
    name = value.item if value.item in edition.by_id else ""
    if not name and value.item:
        name = f"{edition.base.space}:{value.item.rpartition(':')[2]}"
    state = edition.by_id.get(name)
    if not value.item:
        return everywhere
    return {fact for part in state.parts for fact in part.facts} if state else {value.fact}


def _used(edition: Edition) -> Iterator[str]:
    for state in edition.composed:
        for part in state.parts:
            yield from part.facts
    present = edition.page_by_name
    pages = [page.text for page in edition.base.pages if page.name in present]
    pages += [page.text for page in edition.overlay.pages]
    for text in (*pages, *(f"{note.title}\n\n{note.text}" for note in edition.overlay.notes)):
        yield from (role.content.strip() for role in roles_in(text) if role.name.endswith("fact"))


def _local_texts(edition: Edition) -> Iterator[tuple[str, Place]]:
    """Give the edition's own words, with the place of their first line."""
    changes: list[Adapt | Note] = [*edition.overlay.adaptations, *edition.overlay.notes]
    for op in changes:
        yield op.text, op.origin.at(op.first_line)
    for note in edition.overlay.notes:
        yield note.title, note.origin
    for page in edition.overlay.pages:
        place = Place.within(edition.overlay.root, f"local/{page.path}")
        blocks = (item.lines.block for item in (*page.items, *page.nested))
        lines = page.lines
        for at in page.prose_outside((*blocks, *page.operations)):
            yield lines[at], place.at(at + 1)
    for add in edition.overlay.adds:
        yield add.item.title, add.origin
        for key, text in add.item.parts.items():
            yield text, add.origin.at(add.item.lines.parts[key].start + 1)


def _manifest(edition: Edition) -> Place:
    return Place.within(edition.overlay.root, "edition.toml")
