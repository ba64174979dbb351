"""Words as a TOML file holds them."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance_kit.model.text import toml_string


@given(st.text())
def test_a_toml_string_is_read_as_the_words_it_holds(words: str):
    assert tomllib.loads(f"a = {toml_string(words)}") == {"a": words}


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ('say "so"', r'"say \"so\""'),
        ("a\\b", r'"a\\b"'),
        ("one\ntwo\r\n\tthree", r'"one\ntwo\r\n\tthree"'),
        ("\x00\x7f", r'"\u0000\u007f"'),
        ("Ynys Môn – £5", '"Ynys Môn – £5"'),
    ],
)
def test_a_toml_string_escapes_what_it_must_and_nothing_else(words: str, written: str):
    assert toml_string(words) == written
