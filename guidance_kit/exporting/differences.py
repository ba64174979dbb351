"""The page *How this edition differs from the national guidance*, in the order of RIGHT-Ad@pt.

RIGHT-Ad@pt is the checklist for reporting adapted guidelines (Song and others, Annals of Internal Medicine
2022): first what was adapted and by whom, then each recommendation and how it was changed and why, then what
was reviewed, and what is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from guidance_kit.exporting import facts_used, left_out
from guidance_kit.exporting.inherited import inherited
from guidance_kit.exporting.local_pages import in_place_of, own_pages
from guidance_kit.exporting.readable import escaped, readable
from guidance_kit.exporting.told import (
    SHORT,
    approval,
    counted,
    link,
    listed,
    meant,
    page_link,
    part_title,
    reason,
    theirs,
    value_shown,
)
from guidance_kit.exporting.under_review import under_review
from guidance_kit.exporting.words import item_label, replaced
from guidance_kit.model.edition import ComposedItem, Edition, Label, PartState
from guidance_kit.model.layers import adder
from guidance_kit.model.overlay import Note
from guidance_kit.model.page import FACTS_USED, LEFT_OUT

TITLE = "How this edition differs from the national guidance"


def is_needed(edition: Edition) -> bool:
    """Return whether an edition differs at all: without local work there is no page."""
    overlay = edition.overlay
    return bool(
        edition.left_out
        or edition.not_chosen
        or edition.waiting
        or overlay.values
        or overlay.arrangements
        or overlay.puts
        or overlay.adaptations
        or overlay.notes
        or overlay.adds
        or overlay.pages
        or _differs_before(edition)
    )


def _differs_before(edition: Edition) -> bool:
    """Return whether an earlier edition changed, left out or filled in anything."""
    before = edition.base.ancestry
    return before is not None and bool(before.layers or before.left_out or before.values)


def differences(edition: Edition) -> str:
    """Return the page as Markdown."""
    sections = (
        _about,
        _in_short,
        _adapted,
        inherited,
        _added,
        _left_out,
        _notes,
        _facts,
        _pages,
        _not_recorded,
    )
    told = [list(section(edition)) for section in sections]
    return f"# {TITLE}\n\n" + "\n".join("\n".join(lines) + "\n" for lines in told if lines)


def _about(edition: Edition) -> Iterator[str]:
    overlay, base = edition.overlay, edition.base
    yield "## Who made this edition, and from what"
    yield ""
    yield from listed(
        (
            ("Edition", overlay.title),
            ("Publisher", overlay.publisher or "not stated"),
            ("Contact", overlay.contact or "not stated"),
            ("Version", overlay.version or "not stated"),
            ("Made from", f"{base.title}, version {base.version or 'not stated'}"),
            (f"Publisher of {theirs(edition)}", base.publisher or "not stated"),
        )
    )


def _in_short(edition: Edition) -> Iterator[str]:
    count = Counter(state.counted for state in edition.composed)
    yield "## In short"
    yield ""
    yield from listed(
        (
            ("Items in this edition", str(len(edition.composed))),
            ("In national wording", str(count[Label.NATIONAL])),
            ("In national wording, with local details", str(count[Label.DETAILS])),
            ("In national wording, with a local note", str(count[Label.NOTED])),
            ("Adapted to local context", str(count[Label.CONTEXT])),
            ("Changed in meaning", str(count[Label.MEANING])),
            *_in_regional(count[Label.REGIONAL]),
            ("Local items", str(count[Label.LOCAL])),
            *_absent(edition),
            *_waiting(edition),
            *_under_review(edition),
            ("Required local facts still missing", str(len(edition.missing))),
        )
    )


def _in_regional(number: int) -> Iterator[tuple[str, str]]:
    if number:
        yield "In the wording of an earlier edition", str(number)


def _under_review(edition: Edition) -> Iterator[tuple[str, str]]:
    found = under_review(edition)
    lost = sum(one.lost for one in found)
    yield "Under review, as the national text changed", str(len(found) - lost)
    if lost:
        yield "Under review, as there is no record of what they were looked at beside", str(lost)


def _absent(edition: Edition) -> Iterator[tuple[str, str]]:
    names = (*(left.item for left in edition.left_out), *edition.not_chosen)
    count = Counter(adder(edition.base, name) for name in names)
    yield "National items left out", str(count.pop("", 0))
    yield from ((f"Items of {escaped(by)} left out", str(number)) for by, number in sorted(count.items()))


def _waiting(edition: Edition) -> Iterator[tuple[str, str]]:
    count = Counter(adder(edition.base, name) for name in edition.waiting)
    for by, number in sorted(count.items()):
        new = f"New items of {escaped(by)}" if by else "New national items"
        yield f"{new} that nobody has decided on yet", str(number)


def _adapted(edition: Edition) -> Iterator[str]:
    parts = [(state, part) for state in edition.composed for part in state.parts if part.adapted or part.held]
    yield "## What was adapted, and why"
    yield ""
    if not parts:
        yield "No national wording was adapted."
    for state, part in parts:
        yield f"- {link(state)}, {escaped(part_title(state.item, part.key).lower())}: {_change(part)}"


def _change(part: PartState) -> str:
    adapted = part.adapted or part.held
    if adapted is None:  # pragma: no cover - the caller has looked
        return ""
    layer = f" from the wording of {escaped(part.layer.by)}" if part.layer else ""
    said = f"{adapted.kind.label.lower()}{layer}."
    approved = [escaped(line) for line in approval(adapted)]
    return " ".join((said, reason(adapted.reason), *approved, *_review(part)))


def _review(part: PartState) -> Iterator[str]:
    if part.stale:
        yield f"Under review: {escaped(part.stale.said)}."
        if part.stale.why:
            yield reason(part.stale.why)
    if part.held:
        yield "Until then the national wording stands in its place."


def _added(edition: Edition) -> Iterator[str]:
    local = [state for state in edition.composed if state.label is Label.LOCAL]
    yield "## What was added or replaced"
    yield ""
    if not local:
        yield "Nothing was added."
    for state in local:
        added = state.added
        why = f" {reason(added.reason)}" if added and (added.reason.strip() or replaced(state)) else ""
        yield f"- {link(state)}: {escaped(item_label(edition, state))}.{why}"


def _left_out(edition: Edition) -> Iterator[str]:
    yield "## What was left out, and why"
    yield ""
    if not left_out.is_needed(edition):
        yield "Nothing was left out."
        return
    rows = [left_out.omission(edition, left.item, left.reason) for left in edition.left_out]
    if len(rows) <= SHORT:
        yield from rows
    before = edition.base.ancestry
    counts = (
        (len(rows) if len(rows) > SHORT else 0, "left out or replaced"),
        (len(edition.not_chosen), "not chosen"),
        (len(edition.waiting), "new and not decided on yet"),
        (len(before.left_out) if before else 0, "left out by an earlier edition"),
    )
    yield from (f"- {counted(number, 'item')} {what}." for number, what in counts if number)
    yield ""
    yield f"The whole list: {page_link(LEFT_OUT)}."


def _notes(edition: Edition) -> Iterator[str]:
    noted = [(state, note) for state in edition.composed for note in _notes_of(state)]
    yield "## Local notes"
    yield ""
    if not noted:
        yield "There are no local notes."
    for state, note in noted:
        title = f": {escaped(readable(note.title, edition))}" if note.title else ""
        where = f", {escaped(part_title(state.item, note.part).lower())}" if note.part else ""
        yield f"- {link(state)}{where}{title}"


def _notes_of(state: ComposedItem) -> Iterator[Note]:
    for part in state.parts:  # an adaptation that waits stands as a note, and is told as what it is
        yield from (note for note in part.notes if not part.is_held(note))
    yield from state.notes


def _facts(edition: Edition) -> Iterator[str]:
    yield "## Local facts used"
    yield ""
    if not facts_used.is_needed(edition):
        missing = (f"- **{escaped(fact.label)}**: {escaped(fact.placeholder)}" for fact in edition.missing)
        yield from list(missing) or ["No local fact is filled in."]
        return
    uses = [use for use in facts_used.uses_of(edition) if not use.item or use.item in edition.by_id]
    used, unused = [use for use in uses if use.is_used], [use for use in uses if not use.is_used]
    yield from _values(edition, used) if used else ["None is used."]
    yield ""
    if unused:
        yield "Not used anywhere in this edition:"
        yield ""
        yield from _values(edition, unused)
        yield ""
    yield f"Who gave each, and where it is used: {page_link(FACTS_USED)}."


def _values(edition: Edition, uses: Sequence[facts_used.Use]) -> Iterator[str]:
    if len(uses) > SHORT:
        without = sum(not use.by for use in uses)
        yield f"- {counted(len(uses), 'value')}, {without or 'none'} of them still missing."
        return
    for use in uses:
        where = f" (in {link(edition.by_id[use.item])} only)" if use.item else ""
        yield f"- **{escaped(use.fact.label)}**{where}: {value_shown(use.value)}"


def _pages(edition: Edition) -> Iterator[str]:
    overlay = edition.overlay
    yield "## Pages and order"
    yield ""
    rows = []
    for name, page in own_pages(edition).items():
        stale = edition.review.pages.get(name)
        open_ = f" Under review: {escaped(stale.said)}." if stale else ""
        rows.append(f"- Local page: {page_link(name)}{in_place_of(page)}.{open_}")
    sections = {section.id: section.title for section in edition.base.sections}
    rows += [
        f"- Put in a different order: {escaped(sections[one.section])}."
        for one in overlay.arrangements
        if one.section in sections
    ]
    put = filter(None, (meant(edition, one.item) for one in overlay.puts))
    rows += [f"- Moved to another section: {link(state)}." for state in put]
    yield from rows or [f"The pages and their order are those of {theirs(edition)}."]


def _not_recorded(_edition: Edition) -> Iterator[str]:
    yield "## What is not recorded here"
    yield ""
    yield (
        "This page is made from the files of the edition. They do not record funding, interests, or review "
        "by people outside the team. Ask the contact named above."
    )
