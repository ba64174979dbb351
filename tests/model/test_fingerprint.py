"""Fingerprints are blind to layout and sensitive to every word."""

import pytest

from guidance_kit.model.fingerprint import fingerprint, title_fingerprint

TEXT = "Two *named* contacts must meet [here](a.md)\nwithin four weeks.\n\n- one\n- two\n"


@pytest.mark.parametrize(
    "same",
    [
        TEXT.replace("here](a.md)\nwithin", "here](a.md) within"),
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        TEXT.replace("*named*", "_named_"),
        TEXT.replace("- ", "* "),
        TEXT.replace("\n\n", "\n\n\n"),
        TEXT.replace("weeks.\n", "weeks.   \n"),
        TEXT.replace("four weeks", "four\u00a0weeks"),
        TEXT.replace("- one\n", "- one\n\n"),
    ],
)
def test_layout_does_not_count(same: str) -> None:
    assert fingerprint(same) == fingerprint(TEXT)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("four", "two"),
        TEXT.replace("must", "must not"),
        TEXT.replace("must", "should"),
        TEXT.replace("*named*", "named"),
        TEXT.replace("*named*", "**named**"),
        TEXT.replace("a.md", "b.md"),
        TEXT.replace("- two\n", ""),
        TEXT.replace("- two", "  - two"),
        TEXT.replace("- one\n- two", "- one - two"),
        TEXT.replace("weeks.", "weeks"),
        TEXT.replace("- one\n- two", "1. one\n2. two"),
        TEXT.replace("one", "{fact}`crisis-line`"),
    ],
)
def test_every_word_counts(other: str) -> None:
    assert other != TEXT
    assert fingerprint(other) != fingerprint(TEXT)


def test_a_number_list_counts_its_start() -> None:
    assert fingerprint("1. a\n2. b") != fingerprint("2. a\n3. b")


def test_composed_and_decomposed_letters_are_one() -> None:
    assert fingerprint("caf\u00e9") == fingerprint("cafe\u0301")


def test_table_padding_does_not_count() -> None:
    assert fingerprint("| a | b |\n|---|---|\n| c | d |") == fingerprint(
        "|a|b|\n|:-:|-|\n|c  |  d|".replace(":-:", "-")
    )


def test_directive_options_and_bodies_count() -> None:
    block = ":::{note} Title\n:class: x\n\nWords.\n:::"
    changed = (
        block.replace("Words", "Other"),
        block.replace("class: x", "class: y"),
        block.replace("note", "tip"),
    )
    assert all(fingerprint(other) != fingerprint(block) for other in changed)


def test_a_title_is_not_a_paragraph() -> None:
    assert title_fingerprint("A *b*") == title_fingerprint("A  _b_")
    assert title_fingerprint("A b") != fingerprint("A b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("See it.\n\n[t]: https://good.example", "See it.\n\n[t]: https://evil.example"),
        ("See it.\n\n[t]: u 'One'", "See it.\n\n[t]: u 'Two'"),
        ("See [it][t].\n\n[t]: u", "See [it][t].\n\n[t]: v"),
        ("[x]: u\n\n```{note}\n[x]\n```", "[x]: v\n\n```{note}\n[x]\n```"),
        ("See it.\n\n[^d]: never more than 5 mg", "See it.\n\n[^d]: never more than 50 mg"),
        ("See it.\n\n[^d]: Five.\n\n    - one", "See it.\n\n[^d]: Five.\n\n    - two"),
        ("See it[^d].\n\n[^d]: 5 mg", "See it[^d].\n\n[^d]: 50 mg"),
        ("Ring.\n% Write.", "Ring. % Write."),
        ("Ring.\n% Now.\nWrite.", "Ring. Write."),
    ],
)
def test_what_another_part_can_refer_to_and_what_is_a_comment_count(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ring.\n\n% Ask Jo.\n\nWrite.", "Ring.\n\nWrite."),
        ("Ring.\n% Ask Jo.\n% Or Mo.\nWrite.", "Ring.\n\nWrite."),
        ("See it.\n\n[a]: u\n[b]: v", "[b]: v\n\n[a]: u\n\nSee it."),
        ("See [it][t].\n\n[t]: u", "See [it](u)."),
    ],
)
def test_comments_and_where_a_definition_stands_do_not_count(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)
