"""The example that is a Sphinx project of its own."""

from __future__ import annotations

import re

import pytest
from built_examples import Built, sphinx


def test_each_page_is_built(plain: Built):
    assert set(plain.pages) >= {"index", "challenges", "solutions", "cases", "words", "sources"}


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "text", "latex", "man", "texinfo", "epub", "xml"]
)
def test_each_builder_builds_it_with_warnings_as_errors(builder: str, plain: Built, tmp_path):
    assert any(sphinx(plain.folder, tmp_path / builder, builder=builder).iterdir())


def test_a_block_shows_its_relations_in_both_directions(plain: Built):
    assert "Addresses: A student is on a list in another town" in plain.words("solutions")
    assert "Solutions that address it: Places kept for students in September" in plain.words("challenges")
    assert "Seen in: Two practices and a letter" in plain.words("solutions")


def test_blocks_in_restructuredtext_are_the_same_blocks(plain: Built):
    words = plain.words("cases")
    assert "Two practices and a letter" in words
    assert "What is not known" in words
    assert 'id="two-practices"' in plain.html("cases")


def test_the_matrix_of_criteria_says_the_verdicts_in_words(plain: Built):
    table = re.search(
        r"<table(?:(?!</table>).)*The case against the criteria.*?</table>", plain.html("cases"), re.DOTALL
    )
    assert table
    assert "Shown" in table[0]
    assert "Claimed" in table[0]


def test_the_matrix_of_solutions_has_a_row_and_a_column_header_for_each_item(plain: Built):
    table = re.search(
        r"<table(?:(?!</table>).)*Which solution answers which.*?</table>", plain.html("index"), re.DOTALL
    )
    assert table
    assert table[0].count('scope="row"') == 2
    assert table[0].count('scope="col"') >= 2


def test_a_fact_without_a_value_shows_what_is_to_be_completed(plain: Built):
    assert "[to be completed locally: dental access line]" in plain.words("index")


def test_sources_are_cited_and_listed(plain: Built):
    assert "(Fennbridge Students' Union, 2025)" in plain.words("challenges")
    assert "Teeth and terms: a survey of students in Fennbridge (a made-up report)" in plain.words("sources")
