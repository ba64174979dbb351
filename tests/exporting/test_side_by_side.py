"""Texts that are compared are never shown as the same if a reader could notice a difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance_kit.api import read_library
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


MOVED = read_library(Path(__file__).parent.parent / "releases" / "small-core" / "1.1.0")


@pytest.mark.parametrize("role", ["challenge", "guidance:challenge", "any"])
def test_a_link_to_what_has_another_name_now_is_shown_as_its_title(role):
    assert readable(f"See {{{role}}}`two-homes`.", MOVED) == "See Students have two homes."
    assert readable(f"{{{role}}}`This <core:two-homes>`", MOVED) == "This (Students have two homes)"


@pytest.mark.parametrize("new", ["two-addresses", "core:two-addresses"])
def test_a_link_by_the_old_name_and_by_the_new_one_say_the_same(new):
    texts = (f"*See* {{challenge}}`{name}` or {{challenge}}`it <{name}>`." for name in ("two-homes", new))
    first, second = side_by_side(*((text, MOVED) for text in texts))
    assert first == second == "See Students have two homes or it (Students have two homes)."


def test_a_link_to_another_item_is_a_difference():
    first, second = side_by_side(("{challenge}`two-homes`", MOVED), ("{challenge}`access`", MOVED))
    assert first != second
