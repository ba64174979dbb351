"""Sentences, words and reading grades of Markdown, as a reader meets them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance_kit.model.prose import grade, plain, sentences, syllables_of


def said(text: str) -> list[tuple[str, int]]:
    return [(one.text, one.line) for one in sentences(text)]


def test_each_sentence_has_the_line_it_begins_on():
    assert said("One\nline. Two is here.\nThree.\n\n- Four.\n- Five\n  goes on. Six.") == [
        ("One line.", 0), ("Two is here.", 1), ("Three.", 2), ("Four.", 4), ("Five goes on.", 5), ("Six.", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "# A heading",
        ":id: two-homes",
        "% a comment",
        "```python\nx = 1. Two.\n```",
        "~~~\nCode. More.\n~~~",
        "```{toctree}\nindex\n```",
        ":::{important}\n:::",
        "| --- | --- |",
        "```{list-table} Sixty minutes\n:header-rows: 1\n```",
    ],
)
def test_what_is_no_prose_is_no_sentence(text):
    assert said(text) == []


def test_prose_inside_a_block_is_read_and_its_code_is_not():
    text = ":::{note} Title\nWords here.\n\n```\ncode. More code.\n```\n\nWords there.\n:::"
    assert said(text) == [("Words here.", 1), ("Words there.", 7)]


def test_a_reader_sees_words_of_links_and_no_citations():
    text = 'See [the page](a.md "b") and {challenge}`two homes <two-homes>` {cite}`one, two`. *Then* ![x](y.png) stop.'
    assert said(text) == [("See the page and two homes.", 0), ("Then stop.", 0)]


def test_a_citation_counts_for_its_own_sentence_only():
    found = list(sentences("One {cite}`a`. Two. Three\n{cite}`b,\nc`."))
    assert [one.sources for one in found] == [("a",), (), ("b", "c")]
    assert [one.cited for one in found] == [True, False, True]


def test_a_local_fact_is_noticed_filled_in_or_not():
    text = "Ring {fact}`crisis-line`. Ring {local-fact}`999`. Ring us."
    found = [(one.text, one.local) for one in sentences(text)]
    assert found == [("Ring crisis-line.", True), ("Ring 999.", True), ("Ring us.", False)]


def test_clauses_end_at_semicolons_and_have_citations_of_their_own():
    (one,) = sentences("It has a strategy {cite}`a`; its text was not seen.")
    assert [(clause.text, clause.cited) for clause in one.clauses] == [
        ("It has a strategy", True),
        ("its text was not seen.", False),
    ]


def test_a_label_in_bold_belongs_to_the_sentence_after_it():
    assert said("- **Waits.** The median was 26 days.\n- **All of it**") == [
        ("Waits. The median was 26 days.", 0),
        ("All of it", 1),
    ]


def test_a_row_of_a_table_is_a_sentence():
    assert said("| One | Two |\n| --- | --- |\n| a | b |") == [("One | Two", 0), ("a | b", 2)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1),
        ("table", 2),
        ("student", 2),
        ("university", 5),
        ("2019", 1),
        ("NHS", 1),
        ("committee", 3),
        ("a", 1),
    ],
)
def test_syllables(word, count):
    assert syllables_of(word) == count


def test_the_grade_is_that_of_kincaid():
    easy = list(sentences("The cat sat. The dog ran."))
    assert grade(easy) == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)
    assert grade([]) == 0
    hard = list(
        sentences(
            "Organisational interoperability necessitates considerable multidisciplinary collaboration."
        )
    )
    assert grade(hard) > grade(easy)


@given(st.text(alphabet="ab .?!\n*_`[](){}:-#%|", max_size=80))
def test_any_text_has_sentences_with_lines_that_exist(text):
    lines = text.count("\n") + 1
    for one in sentences(text):
        assert 0 <= one.line < lines
        assert one.text.strip()
    assert isinstance(plain(text), str)


def test_a_sign_that_people_write_is_a_word_of_theirs():
    (one,) = sentences("Duties under § 117 of the Act and § 5 apply, ¤ too.")
    assert one.text == "Duties under § 117 of the Act and § 5 apply, ¤ too."
    assert (one.sources, one.local) == ((), False)


@pytest.mark.parametrize("line", [" " * 100_000 + "x", "| " + " " * 100_000 + "x"])
def test_a_long_line_takes_no_longer_than_any_other(line):
    assert len(list(sentences(line))) == 1
