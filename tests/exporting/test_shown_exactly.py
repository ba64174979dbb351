"""What people wrote is shown exactly as they wrote it, wherever it is put among Markdown of ours."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guidance_kit.exporting.readable import escaped
from guidance_kit.exporting.reported import plain
from guidance_kit.exporting.told import ended, value_shown
from guidance_kit.model.markdown import parser

WORDS = st.text(max_size=12) | st.text("ab1 \\`*_{}[]()<>#|~$&!^@:;.+-=/'\"\n", max_size=12)
law = settings(max_examples=300, deadline=None, derandomize=True, database=None)
COMMON = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rendered(markdown: str, reader: MarkdownIt) -> str:
    """What stands in an entry of a list, as HTML."""
    match = re.fullmatch(r"<ul>\n<li>(.*)</li>\n</ul>\n", reader.render(f"- {markdown}\n"), re.DOTALL)
    assert match
    return match[1]


@law
@given(WORDS)
def test_the_report_shows_words_exactly(words):
    said = " ".join(words.replace("\0", "").split())
    assert rendered(plain(said), COMMON) == escape(said).replace("&#x27;", "'")


@law
@given(WORDS)
def test_the_pages_show_words_exactly(words):
    said = " ".join(words.replace("\0", "").split())
    assert rendered(escaped(said), parser()) == escape(said).replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("\\<img src=x onerror=alert(1)>", "\\\\\\<img src=x onerror=alert(1)>"),
        ("A [form](javascript:alert)", "A [form\\](javascript:alert)"),
        ("2*3*4", "2\\*3\\*4"),
        ("1. Team", "1\\. Team"),
        ("- dash", "\\- dash"),
        ("snake_case, 1.0, +44 161 and a@b.example & co", "snake_case, 1.0, +44 161 and a@b.example & co"),
        ("[to be completed locally: Line]", "\\[to be completed locally: Line]"),
    ],
)
def test_only_what_would_be_markup_is_escaped_in_the_report(words, markdown):
    assert plain(words) == markdown


@pytest.mark.parametrize(
    ("value", "markdown"),
    [
        ("0808 157 0100", "0808 157 0100"),
        ("1. Team", "1\\. Team"),
        ("+ plus", "\\+ plus"),
        ('it\'s -- "so"', '{local-fact}`it\'s -- "so"`'),
        ("`it's`", "{local-fact}`` `it's` ``"),
    ],
)
def test_a_value_keeps_its_quotes_and_dashes(value, markdown):
    assert value_shown(value) == markdown


def test_a_sentence_ends_once():
    assert ended("No small.\n") == "No small."
    assert ended("Why?") == "Why?"
    assert ended("None here") == "None here."
