"""Rules about language: short, plain, explained. Each can be silenced at its place, with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance_kit.checking.passages import Passage, allows, own_items, passages
from guidance_kit.checking.subject import Subject
from guidance_kit.model.inline import replace_roles, roles_in
from guidance_kit.model.item import Item
from guidance_kit.model.prose import Sentence, grade, plain, sentences, words_in
from guidance_kit.problems import Problem

#: Words a sentence: on average over a part, and in any one of them.
AVERAGE, LONGEST = 20, 35
#: The highest reading grade of a part, and how few words tell nothing of it.
GRADE, FEW = 16, 40
#: Abbreviations that every reader of this guidance knows.
KNOWN = frozenset(("NHS", "GP", "A&E", "UK", "PDF", "CC", "BY"))

_CAPITALS = re.compile(r"(?<![\w-])[A-Z][A-Z&]+(?=s?(?![\w-]))")
_EXPLAINED = re.compile(r"\(([A-Z][A-Z&]+)s?\)")


def budgets(subject: Subject) -> Iterator[Problem]:
    """Give a word on each item that is longer than its kind should be."""
    for item in own_items(subject):
        count = sum(len(words_in(plain(text))) for text in item.parts.values())
        if item.most_words and count > item.most_words and not allows(item, "over-budget"):
            words = f'"{item.title}" has {count} words; a {item.label.lower()} has at most {item.most_words}.'
            yield Problem("over-budget", words, "Say less, or split it.", item.origin)


def long_sentences(subject: Subject) -> Iterator[Problem]:
    """Give a word on each part whose sentences are long, on average or one of them."""
    for passage in passages(subject):
        found = passage.sentences
        counts = [len(sentence.words) for sentence in found]
        if len(counts) > 2 and sum(counts) / len(counts) > AVERAGE:  # noqa: PLR2004 - two make no average
            words = f"The sentences of {passage.name} have {sum(counts) / len(counts):.0f} words on average."
            yield from _unless_allowed(
                passage, found[0], "long-sentences", words, f"Aim below {AVERAGE}: one idea a sentence."
            )
        for sentence, count in zip(found, counts, strict=True):
            if count > LONGEST:
                words = f"This sentence has {count} words."
                yield from _unless_allowed(passage, sentence, "long-sentences", words, "Make two of it.")


def reading_grades(subject: Subject) -> Iterator[Problem]:
    """Give a word on each part that asks for too many years of schooling."""
    for passage in passages(subject):
        found = passage.sentences
        if sum(len(sentence.words) for sentence in found) < FEW:
            continue
        level = grade(found)
        if level > GRADE:
            words = f"The reading grade of {passage.name} is {level:.0f}."
            hint = f"Aim below {GRADE}: shorter words and sentences."
            yield from _unless_allowed(passage, found[0], "hard-to-read", words, hint)


def abbreviations(subject: Subject) -> Iterator[Problem]:
    """Give a word on each abbreviation that is not explained in the item or on the page where it stands."""
    known = KNOWN | set(subject.known_abbreviations)
    explained = {item.slug: set(_EXPLAINED.findall(item.title)) for item in subject.library}
    for group in _by_item(subject):
        whole = " ".join((group[0].item.title if group[0].item else "", *(one.text for one in group)))
        told = known | set(_EXPLAINED.findall(whole))
        for role in roles_in(whole):
            told |= explained.get(role.target.rpartition(":")[2], set())
        for passage in group:
            for sentence in passage.sentences:
                for word in dict.fromkeys(_CAPITALS.findall(sentence.text)):
                    if word not in told:
                        told |= {word}
                        words = f'The abbreviation "{word}" is not explained.'
                        hint = f"Write it out at first use, with ({word}) after it, or link its term."
                        yield from _unless_allowed(passage, sentence, "unexplained-abbreviation", words, hint)


def terms(subject: Subject) -> Iterator[Problem]:
    """Give a word on each item that uses a term of the glossary and never links it."""
    names = [(_pattern(term), term) for term in subject.library.of_kind("term")]
    for group in _by_item(subject):
        item = group[0].item
        if item is None or item.kind in ("term", "document"):
            continue
        linked = {role.target.rpartition(":")[2] for one in group for role in roles_in(one.text)}
        bare = [(one, each) for one in group for each in sentences(_without_links(one.text))]
        for pattern, term in names:
            if pattern is None or term.slug in linked:
                continue
            hit = next(((one, each) for one, each in bare if pattern.search(each.text)), None)
            if hit:
                words = f'"{term.title}" is a term of the glossary and is not linked in this item.'
                hint = f"At its first use write {{guidance:term}}`... <{term.slug}>`."
                yield from _unless_allowed(*hit, "unlinked-term", words, hint)


def _without_links(text: str) -> str:
    return replace_roles(text, lambda role: None if role.name == "cite" or not role.words else "")


def _pattern(term: Item) -> re.Pattern[str] | None:
    """Return what finds a term in prose: names of several words, and abbreviations; None if it has none."""
    name, _, bracket = term.title.partition("(")
    names = [name.strip()] if " " in name.strip() else []
    names += _EXPLAINED.findall(f"({bracket}") if bracket else []
    if not names:
        return None
    either = "|".join(re.escape(one) if one.isupper() else f"(?i:{re.escape(one)})" for one in names)
    return re.compile(rf"(?<![\w-])(?:{either})s?(?![\w-])")


def _by_item(subject: Subject) -> list[list[Passage]]:
    """Return the passages of each item together, and each page or note by itself."""
    groups: dict[object, list[Passage]] = {}
    for at, passage in enumerate(passages(subject)):
        groups.setdefault(passage.item.id if passage.item else at, []).append(passage)
    return list(groups.values())


def _unless_allowed(
    passage: Passage, sentence: Sentence, code: str, words: str, hint: str
) -> Iterator[Problem]:
    place = passage.at(sentence.line)
    if not passage.allows(code, place):
        yield Problem(code, words, hint, place)
