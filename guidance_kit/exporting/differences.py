"""The page *How this edition differs from the national guidance*, in the order of RIGHT-Ad@pt.

RIGHT-Ad@pt is the checklist for reporting adapted guidelines (Song and others, Annals of Internal Medicine
2022): first what was adapted and by whom, then each recommendation and how it was changed and why, then what
was reviewed, and what is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from guidance_kit.exporting.provenance import part_title
from guidance_kit.exporting.readable import escaped, readable
from guidance_kit.exporting.words import item_label
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.facts import Fact
from guidance_kit.model.overlay import Adapt, Note

NAME = "differences"
TITLE = "How this edition differs from the national guidance"


def is_needed(edition: Edition) -> bool:
    """Return whether an edition differs at all: without local work there is no page."""
    overlay = edition.overlay
    return bool(
        edition.left_out
        or edition.not_chosen
        or overlay.values
        or overlay.arrangements
        or overlay.puts
        or overlay.adaptations
        or overlay.notes
        or overlay.adds
        or overlay.pages
    )


def differences(edition: Edition) -> str:
    """Return the page as Markdown."""
    sections = (
        _about,
        _in_short,
        _adapted,
        _added,
        _left_out,
        _notes,
        _facts,
        _pages,
        _not_recorded,
    )
    return f"# {TITLE}\n\n" + "\n".join("\n".join(section(edition)) + "\n" for section in sections)


def missing_facts(edition: Edition) -> tuple[Fact, ...]:
    """Return the required facts that have no value."""
    return tuple(fact for fact in edition.library.facts if fact.required and not edition.values.get(fact.id))


def _about(edition: Edition) -> Iterator[str]:
    overlay, base = edition.overlay, edition.base
    yield "## Who made this edition, and from what"
    yield ""
    yield from _listed(
        (
            ("Edition", overlay.title),
            ("Publisher", overlay.publisher or "not stated"),
            ("Contact", overlay.contact or "not stated"),
            ("Version", overlay.version or "not stated"),
            ("Made from", f"{base.title}, version {base.version or 'not stated'}"),
            ("Publisher of the national guidance", base.publisher or "not stated"),
        )
    )


def _in_short(edition: Edition) -> Iterator[str]:
    count = Counter(state.label for state in edition.composed)
    yield "## In short"
    yield ""
    yield from _listed(
        (
            ("Items in this edition", str(len(edition.composed))),
            ("In national wording", str(count[Label.NATIONAL])),
            ("In national wording, with local details", str(count[Label.DETAILS])),
            ("In national wording, with a local note", str(count[Label.NOTED])),
            ("Adapted to local context", str(count[Label.CONTEXT])),
            ("Changed in meaning", str(count[Label.MEANING])),
            ("Local items", str(count[Label.LOCAL])),
            ("National items left out", str(len(edition.left_out) + len(edition.not_chosen))),
            ("Required local facts still missing", str(len(missing_facts(edition)))),
        )
    )


def _adapted(edition: Edition) -> Iterator[str]:
    parts = [(state, part) for state in edition.composed for part in state.parts if part.adapted is not None]
    yield "## What was adapted, and why"
    yield ""
    if not parts:
        yield "No national wording was adapted."
    for state, part in parts:
        yield f"- {_link(state)}, {escaped(part_title(state.item, part.key).lower())}: {_change(part)}"


def _change(part: PartState) -> str:
    adapted = part.adapted
    if adapted is None:  # pragma: no cover - the caller has looked
        return ""
    pieces = [f"{adapted.kind.label.lower()}.", _reason(adapted.reason), *_approval(adapted)]
    return " ".join(pieces)


def _approval(adapted: Adapt) -> Iterator[str]:
    if adapted.approved_by:
        on = f" on {escaped(date_in_words(adapted.approved_on))}" if adapted.approved_on else ""
        yield f"Approved by {escaped(adapted.approved_by)}{on}."
    else:
        yield "Nobody is named who approved it."
    if adapted.review_by:
        yield f"To be reviewed by {escaped(date_in_words(adapted.review_by))}."


def _added(edition: Edition) -> Iterator[str]:
    local = [state for state in edition.composed if state.label is Label.LOCAL]
    yield "## What was added or replaced"
    yield ""
    if not local:
        yield "Nothing was added."
    for state in local:
        added = state.added
        reason = f" {_reason(added.reason)}" if added and (added.reason or added.instead_of) else ""
        yield f"- {_link(state)}: {escaped(item_label(edition, state))}.{reason}"


def _left_out(edition: Edition) -> Iterator[str]:
    by_id = edition.base.by_id
    yield "## What was left out, and why"
    yield ""
    if not edition.left_out and not edition.not_chosen:
        yield "Nothing was left out."
    for left in edition.left_out:
        title = escaped(readable(by_id[left.item].title, edition.base))
        new = edition.redirects.get(left.item, "")
        instead = f" In its place: {_link(edition.by_id[new])}." if new in edition.by_id else ""
        yield f"- {title}. {_reason(left.reason)}{instead}"
    for name in edition.not_chosen:
        yield f"- {escaped(readable(by_id[name].title, edition.base))}. Not chosen for this edition."


def _notes(edition: Edition) -> Iterator[str]:
    noted = [(state, note) for state in edition.composed for note in _notes_of(state)]
    yield "## Local notes"
    yield ""
    if not noted:
        yield "There are no local notes."
    for state, note in noted:
        title = f": {escaped(readable(note.title, edition))}" if note.title else ""
        where = f", {escaped(part_title(state.item, note.part).lower())}" if note.part else ""
        yield f"- {_link(state)}{where}{title}"


def _notes_of(state: ComposedItem) -> Iterator[Note]:
    for part in state.parts:
        yield from part.notes
    yield from state.notes


def _facts(edition: Edition) -> Iterator[str]:
    facts = {fact.id: fact for fact in edition.library.facts}
    given = sorted(edition.overlay.values, key=lambda value: (value.fact, value.item))
    shown = [value for value in given if value.fact in facts]
    yield "## Local facts used"
    yield ""
    rows = []
    for value in shown:
        state = edition.by_id.get(value.item)
        where = f" (in {_link(state)} only)" if state else ""
        if value.item and not state:
            continue
        fact = facts[value.fact]
        rows.append(f"- **{escaped(fact.label)}**{where}: {escaped(fact.shown(value.value))}")
    rows += [f"- **{escaped(fact.label)}**: {escaped(fact.placeholder)}" for fact in missing_facts(edition)]
    yield from rows or ["No local fact is filled in."]


def _pages(edition: Edition) -> Iterator[str]:
    overlay = edition.overlay
    local = {page.path.removeprefix("pages/").removesuffix(".md") for page in overlay.pages}
    national = {page.name for page in edition.base.pages}
    present = {page.name for page in edition.pages}
    yield "## Pages and order"
    yield ""
    rows = []
    for name in sorted(local & present):
        instead = ", in place of the national page" if name in national else ""
        rows.append(f"- Local page: {{doc}}`/{name}`{instead}.")
    sections = {section.id: section.title for section in edition.base.sections}
    rows += [
        f"- Put in a different order: {escaped(sections[one.section])}."
        for one in overlay.arrangements
        if one.section in sections
    ]
    rows += [
        f"- Moved to another section: {_link(edition.by_id[put.item])}."
        for put in overlay.puts
        if put.item in edition.by_id
    ]
    yield from rows or ["The pages and their order are those of the national guidance."]


def _not_recorded(_edition: Edition) -> Iterator[str]:
    yield "## What is not recorded here"
    yield ""
    yield (
        "This page is made from the files of the edition. They do not record funding, interests, or review "
        "by people outside the team. Ask the contact named above."
    )


def _listed(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, words in rows:
        yield f"- **{label}**: {escaped(words)}"


def _reason(reason: str) -> str:
    words = escaped(reason)
    if not words:
        return "No reason is given."
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _link(state: ComposedItem) -> str:
    return f"{{guidance:{state.item.kind}}}`{state.item.id}`"
