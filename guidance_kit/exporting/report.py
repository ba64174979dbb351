"""The adaptation report of an edition, in the order of RIGHT-Ad@pt, as Markdown or as a value of JSON.

RIGHT-Ad@pt is the checklist for reporting adapted guidelines (Song and others, Annals of Internal Medicine
2022). It asks for seven things; what an edition's files do not record is said to be not recorded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from guidance_kit.exporting.decided import decision_about, decision_row, decision_words, order
from guidance_kit.exporting.facts_used import Use, uses_of
from guidance_kit.exporting.readable import readable
from guidance_kit.exporting.record import Absent, record_of
from guidance_kit.exporting.reported import Decisions, Told, adapted, added, inherited, noted, plain
from guidance_kit.exporting.told import counted, ended
from guidance_kit.exporting.under_review import Waits, under_review, unread
from guidance_kit.exporting.words import owner
from guidance_kit.model.edition import Edition, Label
from guidance_kit.model.lock import How

#: What else can wait, of which an edition itself does not know.
_ELSEWHERE = (
    "Work that has lost its place, items left out that changed since, and facts to check are not told here;\n"
    "`guidance-kit status` lists them."
)
NOT_RECORDED = "Not recorded in the files of the edition."
_COUNTED = {
    Label.NATIONAL: "in national wording",
    Label.DETAILS: "in national wording, with local details",
    Label.NOTED: "in national wording, with a local note",
    Label.REGIONAL: "in regional wording",
    Label.CONTEXT: "adapted to local context",
    Label.MEANING: "changed in meaning",
    Label.LOCAL: "of the edition's own",
}
#: What is told even where there is none of it.
_ALWAYS = (Label.NATIONAL, Label.CONTEXT, Label.MEANING, Label.LOCAL)
_HOW_ABSENT = {
    "left-out": "Left out",
    "replaced": "Replaced",
    "not-chosen": "Not chosen",
    "waiting": "New, and not decided on yet",
}


def report(edition: Edition, decisions: Decisions = ()) -> str:
    """Return the report as Markdown that reads well as it stands, in a terminal or a word processor."""
    lines = [
        f"# Adaptation report: {plain(edition.title)}",
        "",
        "In the order of RIGHT-Ad@pt, the checklist for reporting adapted guidelines. It is made from the",
        "files of the edition, and says so where they record nothing.",
        "",
    ]
    for number, (heading, section) in enumerate(_SECTIONS, 1):
        lines += [f"## {number}. {heading}", "", *section(edition, _now(edition, decisions)), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _now(edition: Edition, decisions: Decisions) -> Decisions:
    """Return decisions in order, each about a thing by the name that it has now."""
    follow = edition.base.changes.follow
    return tuple(sorted((attrs.evolve(one, target=follow(one.target)) for one in decisions), key=order))


def report_rows(edition: Edition, decisions: Decisions = ()) -> dict[str, Any]:
    """Return what the report tells as a value of JSON."""
    record, decisions = record_of(edition), _now(edition, decisions)
    return {
        "edition": attrs.asdict(record.edition),
        "base": attrs.asdict(record.base),
        "items": {str(label): number for label, number in _counts(edition).items()},
        "adapted": [one.row() for one in adapted(edition, decisions)],
        "notes": [one.row() for one in noted(edition, decisions)],
        "added": [one.row() for one in added(edition, decisions)],
        "inherited": [one.row() for one in inherited(edition)],
        "left_out": [attrs.asdict(one) for one in record.left_out],
        "facts": [_fact_row(use) for use in uses_of(edition)],
        "under_review": [{"item": one.target, "words": one.words} for one in _open(edition)],
        "decisions": [decision_row(one) for one in decisions],
    }


def _basics(edition: Edition, _decisions: Decisions) -> Iterator[str]:
    overlay, base = edition.overlay, edition.base
    yield from _listed(
        ("Title", overlay.title),
        ("Publisher", overlay.publisher or "not stated"),
        ("Contact", overlay.contact or "not stated"),
        ("Version", overlay.version or "not stated"),
        ("Adapted from", f"{base.title}, version {base.version or 'not stated'}"),
        ("Publisher of what it is adapted from", base.publisher or "not stated"),
        ("Fingerprint of what it is adapted from", base.content),
    )


def _scope(edition: Edition, _decisions: Decisions) -> Iterator[str]:
    out = len(record_of(edition).left_out)
    yield f"The edition has {counted(len(edition.composed), 'item')} of guidance."
    verb = "is" if out == 1 else "are"
    yield f"{counted(out, 'item')} of what it is adapted from {verb} not in it (section 4)."
    yield ""
    titles = {section.kind: section.title for section in edition.library.sections if section.kind}
    kinds = Counter(state.item.kind for state in edition.composed)
    yield from (f"- {plain(titles.get(kind, kind))}: {number}" for kind, number in kinds.items())
    yield ""
    yield "Whom it is for, and in which settings, is that of the national guidance unless its pages say more."


def _rigour(edition: Edition, decisions: Decisions) -> Iterator[str]:
    people = sorted({one.by for one in decisions if one.by})
    yield from _listed(
        ("Who adapted it", owner(edition)),
        ("Who decided", "; ".join(people) or "no decision names anybody"),
        ("How each decision was made", "see section 5" if decisions else NOT_RECORDED),
        ("Sources added here", "; ".join(one.title for one in edition.overlay.references) or "none"),
    )
    yield ""
    yield "How far it follows the national guidance:"
    yield ""
    counts = _counts(edition)
    told = {label: words for label, words in _COUNTED.items() if counts[label] or label in _ALWAYS}
    yield from (f"- {counted(counts[label], 'item')} {words}" for label, words in told.items())


def _recommendations(edition: Edition, decisions: Decisions) -> Iterator[str]:
    record = record_of(edition)
    yield from _told("What was adapted, and why", adapted(edition, decisions), "Nothing was adapted.")
    if edition.base.ancestry:
        yield from _told("What earlier editions changed", inherited(edition), "Nothing is known of any.")
    yield from _told("What was added or replaced", added(edition, decisions), "Nothing was added.")
    yield from _told("Local notes", noted(edition, decisions), "There are none.")
    yield from _block("What was left out, and why", map(_absent, record.left_out), "Nothing was left out.")
    yield from _block("Local facts", map(_fact, uses_of(edition)), "None is filled in.")


def _review(edition: Edition, decisions: Decisions) -> Iterator[str]:
    changes = [part.adapted or part.held for state in edition.composed for part in state.parts]
    some = [one for one in changes if one]
    approved = sum(bool(one.approved_by) for one in some)
    yield from _listed(
        ("Adaptations that somebody approved", f"{approved} of {len(some)}"),
        ("Review by people outside the team", NOT_RECORDED),
    )
    yield ""
    still = (f"- {plain(one.title)} ({one.target}): {plain(ended(one.words))}" for one in _open(edition))
    yield from _block("Under review", still, "Nothing that readers see is under review.")
    yield from (_ELSEWHERE, "")
    said = (f"- {plain(decision_about(one))}: {plain(decision_words(one))}" for one in decisions)
    yield from _block("Decisions", said, "No decision is recorded.")


def _open(edition: Edition) -> tuple[Waits, ...]:
    """Return what is under review, and the safety changes that nobody has read: those come first."""
    return (*unread(edition), *under_review(edition))


def _funding(_edition: Edition, _decisions: Decisions) -> Iterator[str]:
    yield from _listed(
        ("Funding", NOT_RECORDED),
        ("Declaration of interests", NOT_RECORDED),
        ("Management of interests", NOT_RECORDED),
    )


def _other(edition: Edition, decisions: Decisions) -> Iterator[str]:
    missing = "; ".join(fact.label for fact in edition.missing)
    new = "New items" if edition.base.ancestry else "New national items"
    titles = (readable(edition.base.by_id[name].title, edition.base) for name in edition.waiting)
    put_off = [one for one in decisions if one.how is How.DEFERRED]
    fixed = (f"{one.fact} ({ended(one.reason or 'no reason is given')})" for one in edition.locked.values())
    yield from _listed(
        ("Required local facts still missing", missing or "none"),
        (f"{new} not decided on yet", "; ".join(titles) or "none"),
        ("Decisions put off", str(len(put_off))),
        ("Facts fixed for editions based on this one", "; ".join(fixed) or "none"),
        ("Putting it into practice, and what that costs", NOT_RECORDED),
        ("Where to ask", edition.overlay.contact or "no contact is stated"),
    )


_SECTIONS: tuple[tuple[str, Callable[[Edition, Decisions], Iterator[str]]], ...] = (
    ("Basic information", _basics),
    ("Scope", _scope),
    ("Rigour of development", _rigour),
    ("Recommendations", _recommendations),
    ("External review and quality assurance", _review),
    ("Funding, declaration and management of interest", _funding),
    ("Other information", _other),
)


def _counts(edition: Edition) -> Counter[Label]:
    return Counter(state.counted for state in edition.composed)


def _listed(*rows: tuple[str, str]) -> Iterator[str]:
    yield from (f"- {label}: {plain(words)}" for label, words in rows)


def _told(heading: str, entries: Iterable[Told], otherwise: str) -> Iterator[str]:
    yield from _block(heading, (line for one in entries for line in one.lines()), otherwise)


def _block(heading: str, lines: Iterable[str], otherwise: str) -> Iterator[str]:
    yield from (f"### {heading}", "", *(list(lines) or [otherwise]), "")


def _absent(one: Absent) -> str:
    reason = ended(one.reason) if one.reason else ("" if one.how == "waiting" else "No reason is recorded.")
    how = f"{_HOW_ABSENT[one.how]} by {ended(one.by)}" if one.by else f"{_HOW_ABSENT[one.how]}."
    return f"- {plain(f'{one.title} ({one.id}): {how} {reason}')}"


def _fact(use: Use) -> str:
    where = f" (only in {use.item})" if use.item else ""
    fixed = f", fixed by {use.fixed}" if use.fixed else ""
    by = f" - {use.by}{fixed}" if use.by else ""
    return f"- {plain(f'{use.fact.label}{where}: {use.value}{by}')}"


def _fact_row(use: Use) -> dict[str, object]:
    return {
        "fact": use.fact.id,
        "label": use.fact.label,
        "value": use.value if use.by else "",
        "item": use.item,
        "by": use.by,
        "fixed_by": use.fixed,
        "used_in": [*use.items, *use.pages],
    }
