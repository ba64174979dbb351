"""Texts that are compared are never shown as the same if a reader could notice a difference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance_kit.exporting.readable import readable, side_by_side
from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.model.library import Library

LIBRARY = Library(id="core", title="Core")
PIECES = (
    "ring", " ", "\n", "\n\n", "*ring*", "**ring**", "`ring`", "# ", "- ", "1. ", "> ", "    ", "\\", "<b>", "<!-- ring -->",
    "[ring](a.md)", "[ring](b.md)", '[ring](a.md "b")', "![ring](a.png)", "![ring](b.png)", "<https://a.example>", "[ring][x]",
    "\n\n[x]: a.md\n", "\n\n[x]: b.md\n", "[^one]", "\n\n[^one]: ring\n", "{doc}`ring <a>`", "{doc}`ring <b>`", "{doc}`a`",
    "{challenge}`ring <a>`", "{challenge}`ring`", "{cite}`a`", "{cite}`b`", "{fact}`a`", "[a]", "{local-fact}`a`", "~~ring~~",
    "\n:::{note}\nring\n:::\n", "\n```\nring\n```\n", "| ring |\n|---|\n", "\u00a0", "% ring\n", "&amp;", "&",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
law = settings(max_examples=400, deadline=None, derandomize=True, database=None)


@law
@given(TEXTS, TEXTS)
def test_texts_that_differ_are_shown_to_differ(one, other):
    first, second = side_by_side((one, LIBRARY), (other, LIBRARY))
    assert (first != second) or fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[ring](https://a.example/1)", "[ring](https://a.example/2)"),
        ("![a map](old.png)", "![a map](new.png)"),
        ("{doc}`ring </a>`", "{doc}`ring </b>`"),
        ("[ring](tel:{fact}`a`)", "[ring](tel:{fact}`b`)"),
        ("[ring][x]\n\n[x]: /_a_", "[ring][x]\n\n[x]: /_b_"),
        ("Ring.[^a]\n\n[^a]: Now.", "Ring.[^a]\n\n[^a]: Never."),
    ],
)
def test_where_something_leads_is_among_its_words(old, new):
    assert readable(old, LIBRARY) != readable(new, LIBRARY)


def test_where_words_are_the_same_the_texts_are_shown_as_written():
    assert side_by_side(("Do *not* ring.", LIBRARY), ("Do not ring.", LIBRARY)) == (
        "Do *not* ring.",
        "Do not ring.",
    )


def test_layout_alone_is_no_difference():
    first, second = side_by_side(("Do\nnot *ring*.\n", LIBRARY), ("Do not _ring_.", LIBRARY))
    assert first == second == "Do not ring."
