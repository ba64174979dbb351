"""The rules, in a closed tuple: each takes a subject and gives problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from guidance_kit.checking import (
    access,
    allowances,
    anchors,
    content,
    evidence,
    labels,
    language,
    likeness,
    links,
    local,
    local_facts,
    pages,
    protection,
)
from guidance_kit.checking.subject import Subject
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.problems import Problem, in_order

Rule = Callable[[Subject], Iterator[Problem]]


def check_library(
    library: Library, today: dt.date | None = None, *, writing: bool = False
) -> tuple[Problem, ...]:
    """Return every problem of a library, in order of place.

    ``writing`` turns the rules of writing on, even if the library does not ask for them.
    """
    return _check(Subject(library, None, today or local.today(), writing))


def check_edition(
    edition: Edition, today: dt.date | None = None, *, writing: bool = False
) -> tuple[Problem, ...]:
    """Return every problem of an edition's result, in order of place; ``today`` is for reviews.

    ``writing`` turns the rules of writing on for the edition's own words, even if it does not ask for them.
    """
    return _check(Subject(edition.library, edition, today or local.today(), writing))


def _check(subject: Subject) -> tuple[Problem, ...]:
    rules = (*RULES, *RULES_OF_WRITING) if subject.checks_writing else RULES
    return in_order(problem for rule in rules for problem in rule(subject))


RULES: tuple[Rule, ...] = (
    links.declared_links,
    links.links_in_text,
    links.sources,
    links.facts_in_text,
    content.assessments,
    pages.made_pages,
    pages.untitled_pages,
    pages.hidden_pages,
    pages.lists_of_nothing,
    pages.dead_links,
    anchors.dead_anchors,
    labels.shared_labels,
    local.reasons,
    local.approvals,
    local.future_approvals,
    local.reviews,
    local.drafts,
    local_facts.missing_facts,
    local_facts.hidden_facts,
    local_facts.repeated_facts,
    protection.endorsements,
    protection.unshaped_facts,
    protection.protected_parts,
)

#: On where a library or an edition asks for them: evidence, language, access.
RULES_OF_WRITING: tuple[Rule, ...] = (
    evidence.unanswered,
    evidence.claims,
    evidence.judgements,
    evidence.sources_read,
    evidence.sources_listed,
    evidence.old_dates,
    language.budgets,
    language.long_sentences,
    language.reading_grades,
    language.abbreviations,
    language.terms,
    access.vague_links,
    access.headings,
    access.pictures,
    likeness.near_duplicates,
    allowances.allowances,
)
