"""The closed words that a field may hold. One word travels the whole way: option, JSON value, CSS class."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word of a closed vocabulary; ``value`` is what an author writes, ``label`` what a reader sees."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Return the member for ``value``, carrying its ``label``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Sector(Word):
    """Who feels a challenge, or is asked to act."""

    NHS = "nhs", "NHS mental health services"
    HE = "he", "Universities and colleges"
    STUDENTS = "students", "Students"
    FAMILIES = "families", "Families and trusted contacts"
    GOVERNMENT = "government", "Government"
    REGULATORS = "regulators", "Regulators and funders"
    LOCAL_GOVERNMENT = "local-government", "Local government"
    PRIMARY_CARE = "primary-care", "General practice and primary care"
    VOLUNTARY = "voluntary", "Voluntary organisations"


class Theme(Word):
    """What a challenge is about; the recurring themes of the literature."""

    ROLES = "roles", "Roles and responsibilities"
    INFORMATION = "information", "Information sharing and consent"
    TRANSITIONS = "transitions", "Moving between home and university"
    REGISTRATION = "registration", "Registering with a GP"
    WAITING = "waiting", "Waiting and the academic calendar"
    THRESHOLDS = "thresholds", "Thresholds for care"
    CAPACITY = "capacity", "Capacity"
    COMMISSIONING = "commissioning", "Commissioning and geography"
    LANGUAGE = "language", "Language and culture"
    EVIDENCE = "evidence", "Data and evidence"
    CRISIS = "crisis", "Crisis and discharge"
    CONDITIONS = "conditions", "Particular conditions"
    HEALTHCARE_STUDENTS = "healthcare-students", "Students on healthcare courses"
    INTERNATIONAL = "international", "International students"
    SMALL_PROVIDERS = "small-providers", "Small and specialist providers"
    FUNDING = "funding", "Funding"
    THERAPIES = "therapies", "Talking therapies"
    FAMILIES = "families", "Families and trusted contacts"
    YOUNG_ADULTS = "young-adults", "Young adults between services"


class Strength(Word):
    """How well the published evidence supports that a challenge is real.

    Strong: two or more independent sources that were read, one of them official, academic or from a
    national body. Moderate: one good source, or several that are old or partial. Thin: a judgement
    on slight evidence.
    """

    STRONG = "strong", "Strong"
    MODERATE = "moderate", "Moderate"
    THIN = "thin", "Thin"


class Status(Word):
    """Whether a solution has been seen in use, whole or in part, or only proposed."""

    IN_USE = "in-use", "In use"
    IN_PART = "in-part", "In use in part, or outside services for students"
    PROPOSED = "proposed", "Proposed; no delivery was seen"


class Standing(Word):
    """How much is known of a case study, and whether it lies within the scope of the guidance."""

    FULL = "full", "Full case study"
    EMERGING = "emerging", "Emerging: described by its partners, with little evidence yet"
    OUTSIDE_SCOPE = "outside-scope", "Outside the main scope: early help, not specialist care"
    COMPARISON = "comparison", "For comparison: not in England"


class ReadExtent(Word):
    """How much of a published document was read."""

    WHOLE = "whole", "The whole"
    PART = "part", "A part"
    OPENING = "opening", "The opening"
    ABSTRACT = "abstract", "The abstract"
    SECOND_HAND = "second-hand", "A summary"
    NOT_SEEN = "not-seen", "Not seen"


class Scope(Word):
    """What of its scope the Taskforce's proposal asks guidance to cover."""

    CHALLENGES = "challenges", "Challenges"
    SOLUTIONS = "solutions", "Solutions"
    GOOD_PRACTICE = "good-practice", "Good practice"
    EVIDENCE = "evidence", "Evidence of benefit"


class Setting(Word):
    """Where a service in a case study is delivered."""

    NHS_SITE = "nhs-site", "NHS site"
    CAMPUS = "campus", "On campus"
    BOTH = "both", "On campus and at NHS sites"
    ONLINE = "online", "Online or by telephone"
    NOT_SEEN = "not-seen", "Not seen in any source"


class Resemblance(Word):
    """The kind of NHS service that a case study is most like."""

    CMHT = "cmht", "Community mental health team"
    LIAISON = "liaison", "Liaison service"
    THERAPY = "therapy", "Psychological therapies service"
    LIAISON_AND_THERAPY = "liaison-and-therapy", "Liaison service with psychological therapy"
    EARLY_HELP = "early-help", "Early help"
    NONE = "none", "No close NHS equivalent"


class Verdict(Word):
    """How a case study stands against one criterion."""

    SHOWN = "shown", "Shown"
    CLAIMED = "claimed", "Claimed"
    NOT_SEEN = "not-seen", "Not seen"
    NOT_MET = "not-met", "Not met"


class FactType(Word):
    """What shape the value of a local fact has."""

    TEXT = "text", "Text"
    ORG = "org", "Name of an organisation"
    PERSON_ROLE = "person-role", "Role of a person"
    PHONE = "phone", "Telephone number"
    EMAIL = "email", "Email address"
    URL = "url", "Web address"
    HOURS = "hours", "Opening hours"
    NUMBER = "number", "Number"
    DATE = "date", "Date"
    CHOICE = "choice", "One of a list"


class FilledBy(Word):
    """Who is expected to give the value of a local fact."""

    CORE = "core", "The national guidance"
    REGION = "region", "The regional edition"
    PROVIDER = "provider", "A university or college"


class AdaptKind(Word):
    """Whether an adaptation keeps the scope and intention of the national text."""

    CONTEXT = "context", "Adapted to local context"
    MEANING = "meaning", "Changed in meaning"


class Protection(Word):
    """What an edition may do with an item or part: two questions, whether it may be left out and reworded.

    The words are those of the rules of composing, section 7. They are rules of honest derivation, not locks.
    """

    OPEN = "open", "Open: may be adapted or left out"
    REQUIRED = "required", "Required: may be adapted, must appear"
    ENDORSED = "endorsed", "Endorsed: may be left out, fixed wording"
    SAFETY = "safety", "Safety: must appear, in fixed wording"

    @property
    def fixed(self) -> bool:
        """Whether its words stand as they are."""
        return self in (Protection.ENDORSED, Protection.SAFETY)

    @property
    def required(self) -> bool:
        """Whether it must appear."""
        return self in (Protection.REQUIRED, Protection.SAFETY)

    @property
    def wording(self) -> str:
        """What its words are called, in a message that refuses to change them."""
        return "national safety wording" if self is Protection.SAFETY else "endorsed wording"

    def joined(self, other: Protection) -> Protection:
        """Return the least protection that is at least as strict as both."""
        return _PROTECTIONS[self.fixed or other.fixed, self.required or other.required]

    def allows(self, other: Protection) -> bool:
        """Return whether another protection is at least as strict as this one."""
        return self.joined(other) is other


_PROTECTIONS = {(one.fixed, one.required): one for one in Protection}


class ChangeKind(Word):
    """How grave a change of national text is, as a release declares it; mildest first."""

    EDITORIAL = "editorial", "Editorial"
    SUBSTANTIVE = "substantive", "Substantive"
    SAFETY = "safety", "Safety"

    @property
    def rank(self) -> int:
        """How grave it is, from 0."""
        return list(ChangeKind).index(self)
