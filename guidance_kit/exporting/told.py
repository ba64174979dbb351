"""How the pages that are made from an edition's files tell things: links, titles, reasons, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guidance_kit.exporting.readable import escaped, readable
from guidance_kit.model.ancestry import Ancestry, Layer
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.edition import ComposedItem, Edition, Label
from guidance_kit.model.fields import parts_of
from guidance_kit.model.inline import local_fact
from guidance_kit.model.item import Item
from guidance_kit.model.overlay import Adapt

#: What Sphinx would make curly quotes, long dashes or dots of.
_CURLED = re.compile(r"['\"]|--|\.\.\.")
#: The longest list that the page of differences repeats from another page.
SHORT = 10


def link(state: ComposedItem) -> str:
    """Return a link to an item of the edition, shown as its title."""
    return f"{{guidance:{state.item.kind}}}`{state.item.id}`"


def meant(edition: Edition, name: str) -> ComposedItem | None:
    """Return the item that a name in an edition's files means: short or in full, or one it had before.

    None if readers do not meet it here.
    """
    by_id, follow = edition.by_id, edition.base.changes.follow
    space, _, slug = name.rpartition(":")
    if space not in ("", edition.id):
        return by_id.get(name) or by_id.get(follow(name))
    national = f"{edition.base.space}:{slug}"
    others = (state.item.id for state in edition.composed if state.item.slug == slug)
    names = (f"{edition.id}:{slug}", national, *others, follow(national))
    return next((by_id[one] for one in names if one in by_id), None)


def page_link(name: str) -> str:
    """Return a link to a page of the tree, shown as its title."""
    return f"{{doc}}`/{name}`"


def listed(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give a list of words with what each stands for."""
    for label, words in rows:
        yield f"- **{label}**: {escaped(words)}"


def titled(edition: Edition, item: str) -> str:
    """Return the title of an item of the base, which may have been left out, as Markdown."""
    return escaped(readable(edition.base.by_id[item].title, edition.base))


def part_title(item: Item, key: str) -> str:
    """Return what a part of an item is called."""
    return next((spec.label for spec in parts_of(type(item)) if spec.key == key), "Title")


def theirs(edition: Edition) -> str:
    """Return what an edition is made from, in words: the national guidance, or another edition."""
    return "the edition that this one is based on" if edition.base.ancestry else "the national guidance"


def ended(words: str) -> str:
    """Return words with a full stop, unless they end with something like it."""
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def value_shown(value: str) -> str:
    """Return a value of a local fact as Markdown that shows exactly it: its quotes and dashes as typed."""
    return local_fact(value) if _CURLED.search(value) else escaped(value)


def reason(words: str) -> str:
    """Return a reason as a sentence of Markdown, or that there is none."""
    return ended(escaped(words)) if words.strip() else "No reason is given."


def approval(adapted: Adapt) -> Iterator[str]:
    """Give who approved an adaptation, and when it is to be looked at again, as plain sentences."""
    if adapted.approved_by:
        on = f" on {date_in_words(adapted.approved_on)}" if adapted.approved_on else ""
        yield f"Approved by {adapted.approved_by}{on}."
    else:
        yield "Nobody is named who approved it."
    if adapted.review_by:
        yield f"To be reviewed by {date_in_words(adapted.review_by)}."


#: What an earlier edition did, by the word of its label.
_DID = {
    Label.CONTEXT: "adapted to local context by {by}",
    Label.MEANING: "changed in meaning by {by}",
    Label.NOTED: "has a local note by {by}",
    Label.LOCAL: "added by {by}",
}


def did(layer: Layer) -> str:
    """Return what an earlier edition did to words, in words."""
    word = next((label for label in Label if label == layer.words), Label.REGIONAL)
    return _DID.get(word, "changed by {by}").format(by=layer.by)


def noted_by(before: Ancestry | None, target: str) -> str:
    """Return who wrote notes beside words that were changed before, in words; empty if nobody did."""
    names = before.noted.get(target, ()) if before else ()
    return f"it has a local note by {' and '.join(names)}" if names else ""


def counted(number: int, what: str) -> str:
    """Return how many there are of something, in words."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
