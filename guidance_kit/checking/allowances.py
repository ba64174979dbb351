"""Rules that are silenced at a place: each is listed with its reason, and one without is a fault."""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.checking.passages import Allowance, passages
from guidance_kit.checking.subject import Subject
from guidance_kit.problems import Problem, nearest

#: What can be silenced, by code.
SILENCEABLE = frozenset(
    (
        "as-of-old",
        "hard-to-read",
        "long-sentences",
        "near-duplicate",
        "over-budget",
        "uncited",
        "unexplained-abbreviation",
        "unlinked-term",
        "vague-link",
    )
)


def allowances(subject: Subject) -> Iterator[Problem]:
    """Give news of each rule that is silenced, with the reason; a problem where there is none."""
    found = dict.fromkeys(one for passage in passages(subject) for one in passage.allowed)
    for one in found:
        yield _told(one)


def _told(one: Allowance) -> Problem:
    if one.code not in SILENCEABLE:
        words = f'"{one.code}" is no rule that can be silenced.'
        return Problem("bad-value", words, nearest(one.code, SILENCEABLE), one.place)
    if not one.reason:
        words = f'The rule "{one.code}" is silenced without a reason.'
        return Problem("bad-value", words, f"Write {one.code}: and then why.", one.place)
    return Problem("allowed", f'The rule "{one.code}" is silenced here: {one.reason}', "", one.place)
