"""The rules, in a closed tuple: each takes a subject and gives problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from guidance_kit.checking import content, links, local, local_facts
from guidance_kit.checking.subject import Subject
from guidance_kit.model.edition import Edition
from guidance_kit.model.library import Library
from guidance_kit.problems import Problem, in_order

Rule = Callable[[Subject], Iterator[Problem]]


def check_library(library: Library) -> tuple[Problem, ...]:
    """Return every problem of a library, in order of place."""
    return _check(Subject(library))


def check_edition(edition: Edition, today: dt.date | None = None) -> tuple[Problem, ...]:
    """Return every problem of an edition's result, in order of place; ``today`` is for reviews."""
    return _check(Subject(edition.library, edition, today or local.today()))


def _check(subject: Subject) -> tuple[Problem, ...]:
    return in_order(problem for rule in RULES for problem in rule(subject))


RULES: tuple[Rule, ...] = (
    links.declared_links,
    links.links_in_text,
    links.sources,
    links.facts_in_text,
    content.assessments,
    local.reasons,
    local.approvals,
    local.reviews,
    local_facts.missing_facts,
    local_facts.hidden_facts,
    local_facts.repeated_facts,
)
