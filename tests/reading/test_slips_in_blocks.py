"""What somebody meant as a block of ours, and did not write as one, is told at its line."""

from __future__ import annotations

import pytest

ADAPT = "```{adapt} core:access#summary\n"
NOTE = "```{local-note} core:access#summary\n:id: ours\n"
ITEM = ":::{term} Triage\n:id: aa\n"


@pytest.mark.parametrize(
    ("fence", "hint"),
    [
        ("```{local note} core:access#summary Our wait", "```{local-note} core:access#summary Our wait"),
        ("```{Local\u2013Note} core:access#summary", "```{local-note} core:access#summary"),
        ("~~~{ adapt } core:access#summary", "~~~{adapt} core:access#summary"),
        ("```{adapt core:access#summary}", "```{adapt} core:access#summary"),
        ("```{adapt core:access#summary", "```{adapt} core:access#summary"),
        ("```adapt core:access#summary", "```{adapt} core:access#summary"),
        (":::local note core:access", ":::{local-note} core:access"),
        (":::{case study} Ours", ":::{case-study} Ours"),
    ],
)
def test_a_fence_whose_name_is_nearly_that_of_a_block_of_ours_is_told(told, fence, hint):
    text = f"Words.\n\n````{{note}}\n{fence}\nHi.\n{fence[:3]}\n````\n"
    (one,) = (problem for problem in told(text) if problem.code != "unused")
    assert (one.code, one.place.line, one.hint) == ("unknown-view", 4, f"Write {hint}")


def test_a_name_in_capitals_is_a_slip(told):
    (one,) = told("```{ADAPT} core:access#summary\nHi.\n```\n")
    assert (one.code, one.hint) == ("unknown-view", 'Did you mean "adapt"?')


@pytest.mark.parametrize(
    "fence",
    [
        "{note} core:access#summary Our wait",
        "{note} core:access",
        "{note} access#summary",
        "{note}\n:id: wait",
        "{note} Our wait\n:reason: x",
        "{local} core:access#summary",
    ],
)
def test_a_block_of_others_that_says_what_ours_say_is_told(told, fence):
    (one,) = told(f"```{fence}\n\nHi.\n```\n")
    assert (one.code, one.place.line) == ("unknown-view", 1)
    assert "Write {local-note}" in one.hint


@pytest.mark.parametrize(
    "text",
    [
        "```text\nlocal note\n```\n",
        "```{note} Note: two weeks\n:class: ours\n\nHi.\n```\n",
        "```{figure} a.png\n:id: a\n```\n",
        "````{code-block} text\n```{local note} core:access\n```\n````\n",
        "```{r echo=TRUE}\n1\n```\n",
        "`adapt` is a word, and so is {local note}.\n",
    ],
)
def test_blocks_of_others_are_no_errors(told, text):
    assert [one for one in told(text) if one.code != "unused"] == []


@pytest.mark.parametrize("marks", ["\u2019\u2019\u2019", "``\u2018", "\u201c\u201d", "\uff1a\uff1a\uff1a"])
@pytest.mark.parametrize("start", [f"{NOTE}\n", f"{ITEM}\n"])
def test_a_block_that_ends_with_other_marks_is_told_at_that_line(told, start, marks):
    (one,) = (problem for problem in told(f"{start}Hi.\n{marks}\n") if problem.code == "unterminated-block")
    assert one.place.line == 5
    assert one.message.startswith("This line closes no block")


def test_a_block_that_the_end_of_the_next_one_closes_is_told_at_its_own_end(told):
    lines = [one.place.line for one in told(f"{NOTE}\nHi.\n\u2019\u2019\u2019\n\n{ADAPT}\nHi.\n```\n")]
    assert 5 in lines


@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("{adapt} core: access#summary", "core:access#summary"),
        ("{adapt} core:access #summary", "core:access#summary"),
        ("{adapt} core:access# summary", "core:access#summary"),
        ("{local-note} core : access Our wait", "core:access"),
    ],
)
def test_a_space_within_a_target_is_told_with_the_target(told, start, target):
    (one,) = told(f"```{start}\n:kind: context\n\nHi.\n```\n")
    assert (one.code, one.hint) == ("unknown-target", f"Write it without: {target}")


def test_the_title_of_a_note_may_hold_a_colon_and_a_number(told):
    assert told("```{local-note} core:access #1: Our wait: long\n:id: ours\n\nHi.\n```\n") == []
