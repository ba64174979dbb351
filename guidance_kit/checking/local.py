"""Rules about an edition's own changes: reasons, approvals and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guidance_kit.checking.subject import Subject
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.overlay import Adapt
from guidance_kit.model.versions import is_draft
from guidance_kit.model.vocabulary import AdaptKind
from guidance_kit.problems import Place, Problem


def reasons(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each omission, replacement or change of meaning without a reason."""
    for left in subject.edition.left_out if subject.edition else ():
        if not left.reason.strip():
            replaced = subject.edition is not None and left.item in subject.edition.redirects
            words = f'"{left.item}" is {"replaced" if replaced else "left out"} without a reason.'
            hint = "Add a line :reason: ..." if replaced else 'Add reason = "..."'
            yield Problem("no-reason", words, f"{hint} so that readers know why.", left.origin)
    for adapt in _adaptations(subject):
        if adapt.kind is AdaptKind.MEANING and not adapt.reason:
            words = f'The change of meaning in "{adapt.item}#{adapt.part}" has no reason.'
            yield Problem("no-reason", words, "Add a line :reason: ... below the title.", adapt.origin)


def approvals(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each change of meaning that names nobody who approved it."""
    for adapt in _adaptations(subject):
        if adapt.kind is AdaptKind.MEANING and not adapt.approved_by:
            words = f'Nobody is named who approved the change of meaning in "{adapt.item}#{adapt.part}".'
            hint = "Add a line :approved-by: with the person's role."
            yield Problem("not-approved", words, hint, adapt.origin)


def future_approvals(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each approval on a day that is still to come."""
    for adapt in _adaptations(subject):
        if adapt.approved_on > subject.today.isoformat():
            day = date_in_words(adapt.approved_on)
            words = f'"{adapt.item}#{adapt.part}" is said to be approved on {day}: a day to come.'
            yield Problem("not-approved", words, "Correct the line :approved-on:", adapt.origin)


def reviews(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each adaptation that is past its date of review."""
    for adapt in _adaptations(subject):
        if adapt.review_by and adapt.review_by < subject.today.isoformat()[: len(adapt.review_by)]:
            day = date_in_words(adapt.review_by)
            words = f'The adaptation of "{adapt.item}#{adapt.part}" was to be reviewed by {day}.'
            yield Problem("review-overdue", words, "Read it again and set a new date.", adapt.origin)


def drafts(subject: Subject) -> Iterator[Problem]:
    """Give a problem if an edition is made from a draft: its version is one that is no release (PEP 440)."""
    base, overlay = (subject.edition.base, subject.edition.overlay) if subject.edition else (None, None)
    if base is None or overlay is None or not is_draft(base.version):
        return
    words = f"{base.id} {base.version}, which this edition is made from, is a draft and no release."
    contact = base.ancestry.contact if base.ancestry else ""
    hint = f"Ask {contact or 'its publisher'} for a release, and take that with guidance-kit upgrade."
    yield Problem("base-draft", words, hint, Place.within(overlay.root, "edition.toml"))


def today() -> dt.date:
    """Return the day of the check."""
    return dt.datetime.now(tz=dt.UTC).date()


def _adaptations(subject: Subject) -> Iterator[Adapt]:
    for state in subject.edition.composed if subject.edition else ():
        for part in state.parts:
            if part.adapted:
                yield part.adapted
