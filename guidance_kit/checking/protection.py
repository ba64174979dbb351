"""Rules about protected wording: endorsements cover what stands, facts in it have a shape.

Rules of composing, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.checking.subject import Subject
from guidance_kit.model.fingerprint import item_fingerprint
from guidance_kit.model.inline import roles_in
from guidance_kit.model.item import Item
from guidance_kit.model.library import Endorsement, Library
from guidance_kit.model.vocabulary import FactType, Protection
from guidance_kit.problems import Problem, nearest

#: The types of facts whose values are checked, so that no value can change what fixed wording says.
SHAPED = (FactType.PHONE, FactType.EMAIL, FactType.URL, FactType.NUMBER, FactType.DATE, FactType.CHOICE)
_OF_PARTS = (Protection.ENDORSED, Protection.SAFETY)


def endorsements(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each endorsement of words that are not those that stand.

    Of an edition the national words are looked at: an edition that changes them just does not show it.
    """
    library = subject.edition.base if subject.edition else subject.library
    for one in library.endorsements:
        now = print_now(library, one.what)
        if not now:
            if one.what.partition("#")[0] not in library.broken:
                yield _unknown(library, one)
        elif now != one.covers:
            words = f'{one.by} endorsed other words than those that "{one.what}" says now.'
            hint = f'If they endorse these words too, write covers = "{now}"; if not, delete the endorsement.'
            yield Problem("endorsement-mismatch", words, hint, one.origin)


def print_now(library: Library, what: str) -> str:
    """Return the fingerprint of an item, part or fact as it stands; empty if there is none."""
    item = library.by_id.get(what)
    return item_fingerprint(item) if item else library.prints.get(what, "")


def _unknown(library: Library, one: Endorsement) -> Problem:
    words = f'There is no "{one.what}" to endorse.'
    known = (*library.by_id, *library.prints)
    return Problem("unknown-target", words, nearest(one.what, known), one.origin)


def unshaped_facts(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each fact in fixed wording whose value may be any words at all."""
    for item, key, text in _fixed_texts(subject):
        for role in roles_in(text):
            fact = subject.facts.get(role.content.strip())
            if role.name.removeprefix("guidance:") != "fact" or fact is None or fact.type in SHAPED:
                continue
            first = subject.place_of(item, key)
            words = f'The wording here is fixed, and the fact "{fact.id}" in it may be any {fact.type}.'
            hint = f"Use a fact of one of these types: {', '.join(SHAPED)}. Or take it out of this part."
            yield Problem(
                "unshaped-fact", words, hint, first.at(first.line + text.count("\n", 0, role.start))
            )


def _fixed_texts(subject: Subject) -> Iterator[tuple[Item, str, str]]:
    """Give each part whose wording is fixed, with its facts as slots, in an edition too."""
    if subject.edition is None:
        for item in subject.library:
            for key, text in (("title", item.title), *item.parts.items()):
                if item.protection_of(key).fixed:
                    yield item, key, text
        return
    added = subject.edition.protections
    for state in subject.edition.composed:
        item = state.item
        if not (added or item.protection.fixed or item.protected_parts):
            continue
        whole = added.get(item.id, Protection.OPEN)
        for part in state.parts:
            own = added.get(f"{item.id}#{part.key}", Protection.OPEN)
            if item.protection_of(part.key).joined(whole).joined(own).fixed:
                yield item, part.key, part.unfilled


def protected_parts(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each protection of a part that the item has not, or in a word that means nothing."""
    library = subject.edition.base if subject.edition else subject.library
    added = library.ancestry.protections if library.ancestry else {}
    for item in subject.library:
        for said in item.protected_parts:
            key, _, word = (piece.strip() for piece in said.partition(":"))
            if f"{item.id}#{key}" in added:
                continue  # an edition said so, and was told there
            fault = _fault(item, key, word)
            if fault:
                yield Problem("bad-value", *fault, subject.place_of(item, "protected-parts"))


def _fault(item: Item, key: str, word: str) -> tuple[str, str] | None:
    known = ("title", *item.parts)
    if key not in known:
        return f'"{item.slug}" has no part "{key}" to protect.', nearest(key, known)
    if word not in _OF_PARTS:
        said = f'"{word}" is no protection of a part' if word else f'The part "{key}" is given no protection'
        near = nearest(word, _OF_PARTS) if word not in list(Protection) else ""
        return f"{said}.", f"{near} Write {key}: safety, or {key}: endorsed.".strip()
    return None
