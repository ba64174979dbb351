from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance_kit.exporting.changes import DELETED, INSERTED, SAME, changes

WORDS = st.lists(st.sampled_from(["must", "not", "two", "four", " ", "\n", ".", "weeks"]), max_size=12).map(
    "".join
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "within four weeks",
            "within two weeks",
            [(SAME, "within "), (DELETED, "four"), (INSERTED, "two"), (SAME, " weeks")],
        ),
        ("same", "same", [(SAME, "same")]),
        ("", "new", [(INSERTED, "new")]),
        (
            "Ring (https://a.example/1).",
            "Ring (https://a.example/2).",
            [
                (SAME, "Ring ("),
                (DELETED, "https://a.example/1"),
                (INSERTED, "https://a.example/2"),
                (SAME, ")."),
            ],
        ),
        ("a b", "c d", [(DELETED, "a b"), (INSERTED, "c d")]),
    ],
)
def test_the_change_is_told_word_by_word(old, new, expected):
    assert changes(old, new) == expected


ANY = st.text(max_size=12) | st.text(
    "a1 \t\n\r\x0b\x1c\x85\u00a0\u2009\u2028\u202f\u3000'-.\u2019", max_size=12
)


@given(ANY, ANY)
def test_no_character_of_any_text_is_lost(old, new):
    found = changes(old, new)
    assert "".join(words for kind, words in found if kind != INSERTED) == old
    assert "".join(words for kind, words in found if kind != DELETED) == new


@given(WORDS, WORDS)
def test_what_is_not_inserted_is_the_old_text_and_what_is_not_deleted_the_new(old, new):
    found = changes(old, new)
    assert "".join(words for kind, words in found if kind != INSERTED) == old
    assert "".join(words for kind, words in found if kind != DELETED) == new


@given(WORDS, WORDS)
def test_no_two_pieces_of_a_kind_stand_together(old, new):
    kinds = [kind for kind, _ in changes(old, new)]
    assert all(one != other for one, other in itertools.pairwise(kinds))
