"""Every sentence of the core with a number is mapped to facts of the evidence: a changed number fails."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from guidance_kit.checking.passages import passages
from guidance_kit.checking.subject import Subject
from guidance_kit.model.library import Library
from guidance_kit.model.prose import Sentence

TABLE = tomllib.loads((Path(__file__).parent / "numbers.toml").read_text("utf-8"))
WORDS = (
    "two three four five six seven eight nine ten eleven twelve twenty hundred thousand million half third quarter "
    "quarters fifth tenth"
)
NUMBER = re.compile(rf"\d[\d,.]*\d|\d|\b(?:{'|'.join(WORDS.split())})\b", re.IGNORECASE)


def numbers_in(sentence: Sentence) -> list[str]:
    return [number.lower() for number in NUMBER.findall(sentence.text)]


def with_numbers(core: Library) -> list[tuple[str, Sentence]]:
    """Return the sentences that claim a number: all with digits, and those with number words that cite."""
    return [
        (passage.name, sentence)
        for passage in passages(Subject(core))
        for sentence in passage.sentences
        if numbers_in(sentence)
        and len(sentence.words) >= 3
        and (sentence.cited or re.search(r"\d", sentence.text))
    ]


def begins(sentence: Sentence) -> str:
    return " ".join(sentence.text.split()[:7]).replace('"', "'")


def test_the_table_holds_each_sentence_with_its_numbers_and_no_other(core):
    written = [(name, begins(sentence), numbers_in(sentence)) for name, sentence in with_numbers(core)]
    assert [(row["in"], row["begins"], row["numbers"]) for row in TABLE["sentence"]] == written


def test_each_number_is_a_facts_or_the_year_of_a_source_or_said_to_be_ours(core):
    years = {
        one.id: str(one.entry["issued"]["date-parts"][0][0])
        for one in core.references
        if "issued" in one.entry
    }
    for row, (name, sentence) in zip(TABLE["sentence"], with_numbers(core), strict=True):
        held = {number for fact in row["facts"] for number in TABLE["fact"][fact]}
        held |= {years[key] for key in sentence.sources if key in years}
        ours = set(row.get("ours", ()))
        assert set(row["numbers"]) - held == ours, (name, row["begins"])
        assert ours == set() or not ours & held, (name, row["begins"])


def test_no_fact_is_in_the_table_that_no_sentence_needs():
    assert {fact for row in TABLE["sentence"] for fact in row["facts"]} == set(TABLE["fact"])


@pytest.mark.parametrize(("old", "new"), [("429", "492"), ("93%", "39%"), ("£575,000", "£757,000")])
def test_a_changed_number_is_noticed(core, old, new):
    liverpool = core.get("liverpool")
    texts = {key: text for key, text in liverpool.parts.items() if old in text}
    assert texts
    for key, text in texts.items():
        changed = liverpool.with_texts({key: text.replace(old, new)})
        found = [
            numbers_in(sentence)
            for passage in passages(Subject(core))
            if passage.item is liverpool and passage.spec is not None and passage.spec.key == key
            for sentence in type(passage)(getattr(changed, passage.spec.name), passage.first, "x").sentences
        ]
        rows = [row["numbers"] for row in TABLE["sentence"] if row["in"] == f"liverpool#{key}"]
        assert [one for one in found if one] != rows
