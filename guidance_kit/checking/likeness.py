"""A rule against saying the same twice: parts that share most of their words in the same order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from guidance_kit.checking.passages import Passage, passages
from guidance_kit.checking.subject import Subject
from guidance_kit.model.prose import plain, words_in
from guidance_kit.problems import Problem

#: Words in a run that is compared; the fewest words worth comparing; the share of runs that is too much.
RUN, FEWEST, SHARE = 5, 25, 0.5
_COMMON = 40  # a run that stands in more places than this tells nothing, and would make the work quadratic

Runs = frozenset[tuple[str, ...]]


def near_duplicates(subject: Subject) -> Iterator[Problem]:
    """Give a word on each text that shares at least half of its five-word runs with an earlier one.

    The share is that of the shorter of the two, so a text that holds another whole is found as well
    (containment: Broder 1997, On the resemblance and containment of documents).
    """
    texts = [(one, runs) for one in passages(subject) if (runs := _runs(one))]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, (passage, runs) in enumerate(texts):
        shared: Counter[int] = Counter()
        for run in runs:
            others = holders[run]
            if len(others) <= _COMMON:
                shared.update(others)
                others.append(at)
        shares = {other: count / min(len(runs), len(texts[other][1])) for other, count in shared.items()}
        if shares and max(shares.values()) >= SHARE:
            nearest = min(shares, key=lambda other: (-shares[other], other))
            yield from _told(passage, texts[nearest][0])


def _told(passage: Passage, other: Passage) -> Iterator[Problem]:
    if not passage.allows_somewhere("near-duplicate"):
        words = f"{passage.name} says much the same as {other.name}, at {other.first}."
        yield Problem("near-duplicate", words, "Say it once, and link to it.", passage.first)


def _runs(passage: Passage) -> Runs:
    words = [word.strip(".,;:()").casefold() for word in words_in(plain(passage.text))]
    if len(words) < FEWEST:
        return frozenset()
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
