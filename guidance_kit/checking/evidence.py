"""Rules about evidence: what is claimed has a source, and somebody has read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance_kit.checking.passages import Passage, allows, own_items, passages
from guidance_kit.checking.subject import Subject
from guidance_kit.model.fields import PartialDate, SourceKey, options_of
from guidance_kit.model.inline import roles_in
from guidance_kit.model.item import Item
from guidance_kit.model.prose import Sentence
from guidance_kit.problems import Problem

#: A sentence with one of these says that it is the authors' own.
_OWN = re.compile(
    r"\bour (?:own|main|sources?|reading|judgement|inference|suggestion|hope|reconstruction)\b"
    r"|\bare ours\b|\bas we (?:read|see)\b"
    r"|\bwe (?:read|see|hold|know|name|take|use|say|expect|have|found no)\b",
    re.IGNORECASE,
)
#: A clause with one of these says that something is not known, or how far somebody read.
_UNKNOWN = re.compile(
    r"\b(?:no|not|none|nothing|nobody|nor|never|little|only|neither|without)\b.*"
    r"\b(?:found|seen|read|known|mentioned|named|given|published|shown|said|dated|shows?|names?)\b"
    r"|\b(?:found|seen|read|known)\b.*\b(?:no|not|nothing|nobody|little|only|in part|whole)\b"
    r"|\b(?:was|were) read\b",
    re.IGNORECASE,
)
#: What asks for something and claims nothing begins with one of these.
_ASKS = re.compile(
    r"(?:Agree|Ask|Bring|Check|Choose|Cite|Count|Decide|Follow|Give|Hold|Join|Keep|Let|Look|Move|Offer|Plan|Put"
    r"|Read|Review|Say|See|Send|Set|Share|Start|Tell|Treat|Try|Use|Write)\b"
    r"|(?:For|When|Where|If|Until) [^,]+, (?:let|look|plan|see|help|ask)\b"
)
_FIGURE = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NAMED = re.compile(
    r"\b(?:University of|[A-Z]\w+ (?:University|College London|Council|NHS Foundation Trust))\b"
)
_VERDICT = re.compile(r"\S+: [a-z ]+\.")
_UNREAD = re.compile(r"not (?:read|seen)\b", re.IGNORECASE)
_YEARS, _SHORTEST = 2, 3  # years that a date may be old; words that make a sentence
_LONGEST = 2000  # letters of a clause that are looked at; a longer one is no sentence that a person wrote


def unanswered(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each challenge that no solution addresses and that does not say so."""
    for item in own_items(subject, "challenge"):
        links = subject.library.back_links.get(item.id, ())
        if not getattr(item, "no_solution", "") and not any(one.kind == "solution" for one, _ in links):
            words = f'No solution addresses "{item.title}".'
            hint = "Link a solution to it (:addresses:), or say with :no-solution: that none is known."
            yield Problem("no-solution", words, hint, item.origin)


def claims(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each sentence that claims something and cites no source for it."""
    names = _organisations(subject)
    for passage in passages(subject):
        covered = False
        for sentence in passage.sentences:
            opens = sentence.text.endswith(":")
            listed = covered and not opens and sentence.text[0].islower()
            if opens:
                covered = _is_settled(sentence)
            elif not sentence.text[0].islower():
                covered = False
            place = passage.at(sentence.line)
            fault = None if listed else _fault(passage, sentence, names)
            if fault and not passage.allows("uncited", place):
                words = f'This sentence {fault} and cites no source: "{_short(sentence.text)}"'
                hint = "Add {cite}`...` before its full stop, or say that it is your own reading."
                yield Problem("uncited", words, hint, place)


def _is_settled(sentence: Sentence) -> bool:
    """Return whether a sentence is cited, its authors' own, or about what is not known.

    A citation covers what stands before it. After the last one, each clause (they end at semicolons) must say
    for itself that something is not known.
    """
    if sentence.local or _OWN.search(sentence.text):
        return True
    cited = max((at for at, clause in enumerate(sentence.clauses) if clause.cited), default=-1)
    return all(_UNKNOWN.search(clause.text[:_LONGEST]) for clause in sentence.clauses[cited + 1 :])


def _fault(passage: Passage, sentence: Sentence, names: re.Pattern[str]) -> str | None:
    """Return what is wrong with a sentence, in words; None if nothing is."""
    text = sentence.text
    if (
        len(sentence.words) < _SHORTEST
        or _is_settled(sentence)
        or text.endswith("?")
        or _VERDICT.fullmatch(text)
        or _ASKS.match(text)
    ):
        return None
    if _FIGURE.search(text):
        return "has a number or a date"
    if passage.spec is not None and passage.spec.about.evidence:
        return None if text.endswith(":") else "says what is so"
    return "speaks of an organisation" if names.search(text) else None


def _organisations(subject: Subject) -> re.Pattern[str]:
    """Return a pattern of the names of organisations: authors of sources, and partners of case studies."""
    found: set[str] = set()
    for reference in subject.library.references:
        found |= set(_bodies(reference.entry.get("author")))
    for item in subject.library.of_kind("case-study"):
        found |= set(getattr(item, "partners", ()))
    full = {name for name in found if " " in name and name[:1].isupper()} | places_of(subject) | subject.names
    ordered = sorted(full, key=lambda name: (-len(name), name))
    return re.compile("|".join([_NAMED.pattern, *(rf"\b{re.escape(name)}\b" for name in ordered)]))


def _bodies(authors: object) -> Iterator[str]:
    """Give the authors of a CSL JSON entry that are no persons, whatever somebody has written there."""
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict) and isinstance(author.get("literal"), str):
            yield author["literal"]


def places_of(subject: Subject) -> set[str]:
    """Return the places of the case studies, by which people call the partnerships: ``Exeter``."""
    places = (str(getattr(item, "place", "")) for item in subject.library.of_kind("case-study"))
    return {place.partition(",")[0] for place in places} - {""}


def judgements(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each judgement against a criterion whose reason cites no source."""
    for passage in passages(subject):
        if passage.item is None or passage.spec is None or passage.spec.about.rates is None:
            continue
        for rating in passage.item.ratings:
            if not any(role.name == "cite" for role in roles_in(rating.reason)):
                name = rating.target.rpartition(":")[2]
                line = passage.text.count("\n", 0, max(0, passage.text.find(f"`{name}`")))
                words = f'The judgement on "{name}" cites no source.'
                hint = "Add {cite}`...` to its reason: the source that was looked at."
                yield Problem("uncited", words, hint, passage.at(line))


def sources_read(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each citation of a source of which nobody says that it was read."""
    silent, unread = set[str](), set[str]()
    for reference in subject.library.references:
        note = str(reference.entry.get("note", ""))
        if not note.strip():
            silent.add(reference.id)
        elif _UNREAD.match(note):
            unread.add(reference.id)
    for passage in passages(subject):
        for role in roles_in(passage.text):
            for key in _keys(role.content) if role.name == "cite" else ():
                place = passage.at(passage.text.count("\n", 0, role.start))
                if key in silent:
                    words = f'Nothing says how much of the source "{key}" was read.'
                    hint = f'Say so in the "note" of "{key}" in references.json.'
                    yield Problem("source-not-read", words, hint, place)
                elif key in unread:
                    words = f'The source "{key}" was not read.'
                    yield Problem("source-not-read", words, "Cite only what somebody has read.", place)


def sources_listed(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each source that an item lists and does not cite, or cites and does not list."""
    for item in own_items(subject):
        listed = {key: spec.key for spec in options_of(type(item)) for key in _sources(item, spec.name)}
        if not any(spec.type is SourceKey for spec in options_of(type(item))):
            continue
        cited = {
            key: part
            for part, text in item.parts.items()
            for role in roles_in(text)
            if role.name == "cite"
            for key in _keys(role.content)
        }
        for key, option in listed.items():
            if key not in cited:
                words = f'"{item.title}" lists the source "{key}" and does not cite it.'
                hint = "Cite it where it is needed, or take it out of the list."
                yield Problem("source-uncited", words, hint, subject.place_of(item, option))
        if not any(spec.type is SourceKey and spec.many for spec in options_of(type(item))):
            continue
        for key, part in cited.items():
            if key not in listed:
                words = f'"{item.title}" cites the source "{key}" and does not list it.'
                yield Problem(
                    "source-unlisted", words, f"Add {key} to its sources.", subject.place_of(item, part)
                )


def _sources(item: Item, name: str) -> tuple[str, ...]:
    value = getattr(item, name)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in values if isinstance(one, SourceKey) and one)


def old_dates(subject: Subject) -> Iterator[Problem]:
    """Give a word on each case study that speaks for a time more than two years ago."""
    oldest = f"{max(subject.today.year - _YEARS, 1):04}{subject.today.isoformat()[4:]}"
    for item in own_items(subject):
        date = getattr(item, "as_of", None)
        if isinstance(date, PartialDate) and date and date < oldest[: len(date)]:
            words = f'"{item.title}" speaks for {date}, more than {_YEARS} years ago.'
            place = subject.place_of(item, "as-of")
            if not allows(item, "as-of-old"):
                yield Problem("as-of-old", words, "Open its sources again, and say what has changed.", place)


def _keys(content: str) -> list[str]:
    return [key.strip() for key in content.split(",") if key.strip()]


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:67]}..."  # noqa: PLR2004 - what fits a line
