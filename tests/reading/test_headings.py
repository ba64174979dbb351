"""Headings told from lines alone are those that the parser finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guidance_kit.reading.blocks import tokens_of
from guidance_kit.reading.headings import in_lines, in_tokens, needs_parser

BITS = (
    *(
        "# a",
        "## b ##",
        "###### c #",
        "####### d",
        "#e",
        "# ",
        "#",
        "## #",
        "- x",
        "  # in a list",
        "> q",
        "> # in a quote",
    ),
    *(
        "1. y",
        "    code",
        "\t# tab",
        "| a | b |",
        "| --- | --- |",
        "words",
        "*x*",
        "[a]: b 'c",
        "",
        "",
        "# a \\#",
        "# \u00a0x",
        "$$",
    ),
)
texts = st.lists(st.sampled_from(BITS), max_size=12).map("\n".join)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(texts)
def test_lines_tell_what_the_parser_tells(text: str) -> None:
    if not needs_parser(text):
        assert in_lines(text) == in_tokens(tokens_of(text))
