"""What an edition carries, in whose words, and which facts it lacks: in lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from guidance_kit.model.edition import ComposedItem, Edition, Label
from guidance_kit.model.inline import roles_in

_IN_WORDS = (
    (Label.NATIONAL, "in national wording"),
    (Label.DETAILS, "with local details"),
    (Label.NOTED, "with a local note"),
    (Label.REGIONAL, "in regional wording"),
    (Label.CONTEXT, "adapted to local context"),
    (Label.MEANING, "changed in meaning"),
    (Label.LOCAL, "of our own"),
)


def counted(number: int, what: str, plural: str = "") -> str:
    """Return a number and what it counts."""
    return f"{number} {what if number == 1 else plural or what + 's'}"


def item_line(edition: Edition) -> str:
    """Return how many items an edition has, and in whose words they are."""
    count = Counter(state.counted for state in edition.composed)
    total = counted(len(edition.composed), "item")
    changed = {label for label in count if label not in (Label.NATIONAL, Label.DETAILS)}
    if not changed:
        details = f", {count[Label.DETAILS]} with local details" if count[Label.DETAILS] else ""
        return f"{total}, all in national wording{details}."
    return f"{total}: {', '.join(f'{count[label]} {words}' for label, words in _IN_WORDS if count[label])}."


def missing_line(edition: Edition) -> str:
    """Return which required facts have no value and where they are used; empty if none is missing."""
    found = (f"{fact.id} ({_used(edition, fact.id)})" for fact in edition.missing)
    return f"Missing: {', '.join(found)}." if edition.missing else ""


def _used(edition: Edition, fact: str) -> str:
    """Return in how many items a fact is used, and on how many pages that hold none of those."""
    states = [state for state in edition.composed if _uses(_texts(state), fact)]
    told = {state.page for state in states}
    pages = sum(page.name not in told and _uses([page.text], fact) for page in edition.pages)
    some = [counted(len(states), "item")] if states or not pages else []
    some += [counted(pages, "page")] if pages else []
    return f"used in {' and '.join(some)}"


def _texts(state: ComposedItem) -> Iterator[str]:
    """Give every text of an item: its title, its parts, and the notes in it."""
    yield from (state.item.title, *state.item.parts.values())
    notes = (*state.notes, *(note for part in state.parts for note in part.notes))
    yield from (words for note in notes for words in (note.title, note.text))


def _uses(texts: Iterable[str], fact: str) -> bool:
    return any(
        role.name.removeprefix("guidance:") == "fact" and role.content.strip() == fact
        for text in texts
        if "fact}" in text
        for role in roles_in(text)
    )
