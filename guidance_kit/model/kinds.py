"""The kinds of guidance. A new kind goes here, and only here.

From a class below follow the directive and its options, the roles, reading without Sphinx, messages,
the JSON Schema, the manual's table, the CSS class, and the search, inventory and gettext entries.
"""

from __future__ import annotations

import attrs

from guidance_kit.model.fields import PartialDate, SourceKey, about, part
from guidance_kit.model.item import Item
from guidance_kit.model.vocabulary import (
    ReadExtent,
    Resemblance,
    Scope,
    Sector,
    Setting,
    Standing,
    Status,
    Strength,
    Theme,
    Verdict,
)


@attrs.frozen(kw_only=True)
class Challenge(Item):
    """A difficulty that recurs between NHS mental health services and universities or colleges."""

    kind = "challenge"
    label = "Challenge"
    plural = "Challenges"
    budget = 250

    themes: tuple[Theme, ...] = attrs.field(metadata=about("What it is about."))
    felt_by: tuple[Sector, ...] = attrs.field(metadata=about("Who feels it."))
    strength: Strength = attrs.field(
        metadata=about("How well the published evidence supports it.", label="Strength of evidence")
    )
    no_solution: str = attrs.field(
        default="",
        metadata=about("Where no solution is known: that none was found.", label="Solutions"),
    )
    sources: tuple[SourceKey, ...] = attrs.field(metadata=about("Sources it rests on."))

    summary: str = attrs.field(
        metadata=part("Summary", "One short paragraph that a chief executive can read aloud.", evidence=True)
    )
    what_it_looks_like: str = attrs.field(
        metadata=part("What it looks like", "How each side meets it in daily work.", evidence=True)
    )
    why_it_persists: str = attrs.field(
        default="",
        metadata=part("Why it persists", "What keeps it in place, without blame.", evidence=True),
    )
    questions: str = attrs.field(
        metadata=part("Questions to put to each other", "A list: questions that open a conversation.")
    )


@attrs.frozen(kw_only=True)
class Solution(Item):
    """Something that partners can do about one or more challenges."""

    kind = "solution"
    label = "Solution"
    plural = "Solutions"
    budget = 300

    addresses: tuple[str, ...] = attrs.field(
        metadata=about(
            "Challenges it addresses.",
            links_to="challenge",
            says="Addresses",
            says_back="Solutions that address it",
        )
    )
    status: Status = attrs.field(metadata=about("Whether it has been seen in use."))
    sources: tuple[SourceKey, ...] = attrs.field(metadata=about("Sources it rests on."))

    summary: str = attrs.field(metadata=part("Summary", "What it is, in one short paragraph.", evidence=True))
    how_it_works: str = attrs.field(metadata=part("How it works", "Who does what, and when.", evidence=True))
    what_it_takes: str = attrs.field(
        default="", metadata=part("What it takes", "People, money, agreements, and who must agree.")
    )
    first_steps: str = attrs.field(
        metadata=part("First steps", "A list: what two leaders can start next month.")
    )
    limits: str = attrs.field(default="", metadata=part("Limits", "What it does not do or show."))


@attrs.frozen(kw_only=True)
class CaseStudy(Item):
    """A partnership in one place, described so that another place can judge it."""

    kind = "case-study"
    label = "Case study"
    plural = "Case studies"
    budget = 600

    standing: Standing = attrs.field(
        default=Standing.FULL, metadata=about("How much is known of it, and whether it lies within scope.")
    )
    place: str = attrs.field(metadata=about("The place, in words."))
    partners: tuple[str, ...] = attrs.field(
        metadata=about("Partner organisations, separated by semicolons.", separator=";")
    )
    resembles: Resemblance = attrs.field(metadata=about("The NHS service it is most like."))
    setting: Setting = attrs.field(metadata=about("Where it is delivered."))
    began: PartialDate = attrs.field(metadata=about("When it began: year, month or day."))
    as_of: PartialDate = attrs.field(metadata=about("The latest date that the description can speak for."))
    checked_on: PartialDate = attrs.field(
        default=PartialDate(),
        metadata=about("When somebody last opened every source on the live web.", label="Sources checked on"),
    )
    shows: tuple[str, ...] = attrs.field(
        metadata=about(
            "Solutions it shows in practice.",
            links_to="solution",
            says="Shows",
            says_back="Seen in",
        )
    )
    sources: tuple[SourceKey, ...] = attrs.field(metadata=about("Sources it rests on."))

    summary: str = attrs.field(
        metadata=part("Summary", "First, what it is like in NHS terms.", evidence=True)
    )
    model: str = attrs.field(
        metadata=part(
            "The model in NHS terms", "Staffing, entry, exclusions, crisis, discharge.", evidence=True
        )
    )
    who_it_serves: str = attrs.field(
        default="", metadata=part("Who it serves", "Who is eligible, and who is not.", evidence=True)
    )
    how_students_reach_it: str = attrs.field(
        default="", metadata=part("How students reach it", "Who refers, and by what route.", evidence=True)
    )
    team_and_money: str = attrs.field(
        default="",
        metadata=part("Team and money", "Who works in it and who pays, with dates.", evidence=True),
    )
    outcomes: str = attrs.field(
        metadata=part("Outcomes", "What was measured, by whom; or that nothing was found.", evidence=True)
    )
    not_known: str = attrs.field(metadata=part("What is not known", "What a careful reader would still ask."))
    against_the_criteria: str = attrs.field(
        metadata=part(
            "Against the criteria",
            "One bullet a criterion: the criterion, a verdict, and the reason.",
            rates=("criterion", Verdict),
            evidence=True,
        )
    )

    @property
    def most_words(self) -> int:
        """The most words that its parts together should have: fewer if little is known of it."""
        return self.budget if self.standing is Standing.FULL else 150


@attrs.frozen(kw_only=True)
class Criterion(Item):
    """One of the tests that a model of good practice is judged against."""

    kind = "criterion"
    label = "Criterion"
    plural = "Criteria"
    budget = 150

    sources: tuple[SourceKey, ...] = attrs.field(metadata=about("Sources it rests on."))

    summary: str = attrs.field(metadata=part("Summary", "The criterion in one or two sentences."))
    what_would_show_it: str = attrs.field(
        metadata=part("What would show it", "Evidence that would settle it.")
    )
    what_would_not: str = attrs.field(
        default="", metadata=part("What would not", "What looks like evidence and is not.")
    )


@attrs.frozen(kw_only=True)
class Recommendation(Item):
    """Something that a published source asks a named sector to do."""

    kind = "recommendation"
    label = "Recommendation"
    plural = "Recommendations"
    budget = 120

    source: SourceKey = attrs.field(metadata=about("The source that makes it."))
    to: tuple[Sector, ...] = attrs.field(metadata=about("Who is asked to act.", label="To"))
    about_challenges: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            "Challenges it answers.",
            links_to="challenge",
            says="About",
            says_back="Recommendations about it",
            aside=True,
        ),
    )
    supports: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            "Solutions it supports.",
            links_to="solution",
            says="Supports",
            says_back="Supported by recommendation",
            aside=True,
        ),
    )

    summary: str = attrs.field(
        metadata=part("Summary", "What is recommended, in our own words.", evidence=True)
    )


@attrs.frozen(kw_only=True)
class Term(Item):
    """A word that the two sectors use differently."""

    kind = "term"
    label = "Term"
    plural = "Terms"
    budget = 120

    sources: tuple[SourceKey, ...] = attrs.field(default=(), metadata=about("Sources the meanings rest on."))

    summary: str = attrs.field(
        default="", metadata=part("Summary", "Why the difference matters; may be left out.")
    )
    in_the_nhs: str = attrs.field(metadata=part("In the NHS", "What NHS services mean by it.", evidence=True))
    in_higher_education: str = attrs.field(
        metadata=part("In higher education", "What universities and colleges mean by it.", evidence=True)
    )


@attrs.frozen(kw_only=True)
class Document(Item):
    """A published document that bears on the subject, and how much of it was read."""

    kind = "document"
    label = "Document"
    plural = "Documents"
    budget = 120

    source: SourceKey = attrs.field(
        default=SourceKey(), metadata=about("The source; left out if it was not seen.")
    )
    for_: tuple[Sector, ...] = attrs.field(metadata=about("Whom it addresses.", label="For"))
    read: ReadExtent = attrs.field(metadata=about("How much of it was read."))
    covers: tuple[Scope, ...] = attrs.field(
        default=(), metadata=about("What of the proposal's scope it bears on.")
    )
    about_challenges: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            "Challenges it bears on.",
            links_to="challenge",
            says="About",
            says_back="Documents about it",
            aside=True,
        ),
    )
    supports: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            "Solutions it supports.",
            links_to="solution",
            says="Supports",
            says_back="Supported by document",
            aside=True,
        ),
    )

    summary: str = attrs.field(metadata=part("Summary", "Its purpose, and what it offers.", evidence=True))
    what_was_read: str = attrs.field(
        metadata=part("What was read, and what was not", "How far it can be relied on here.", evidence=True)
    )


KINDS: dict[str, type[Item]] = {
    kind.kind: kind for kind in (Challenge, Solution, CaseStudy, Criterion, Recommendation, Term, Document)
}
