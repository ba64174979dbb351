"""Rules about what guidance must say: assessments against every criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guidance_kit.checking.subject import Subject
from guidance_kit.model.fields import parts_of
from guidance_kit.problems import Problem


def assessments(subject: Subject) -> Iterator[Problem]:
    """Give a problem for each item with a part of judgements that misses a criterion, or judges one twice."""
    for item in subject.library:
        for spec in parts_of(type(item)):
            if spec.about.rates is None:
                continue
            kind = spec.about.rates[0]
            wanted = [one.id for one in subject.library.of_kind(kind)]
            given = Counter(subject.full(rating.target) for rating in item.ratings)
            missing = [name.rpartition(":")[2] for name in wanted if not given[name]]
            if missing:
                words = f'"{item.title}" is not assessed against: {", ".join(missing)}.'
                hint = f"Add a bullet for each: - {{{kind}}}`{missing[0]}`: not seen. Why."
                yield Problem("assessment-incomplete", words, hint, subject.place_of(item, spec.key))
            for name, count in given.items():
                if count > 1:
                    words = f'"{item.title}" is assessed {count} times against "{name.rpartition(":")[2]}".'
                    yield Problem(
                        "bad-assessment", words, "Keep one bullet.", subject.place_of(item, spec.key)
                    )
