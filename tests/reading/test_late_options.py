"""What somebody meant as an option of a block of ours, and what is read as its text, is told at its line."""

from __future__ import annotations

import pytest

ADAPT = "```{adapt} core:access#summary\n"
NOTE = "```{local-note} core:access#summary\n:id: ours\n"
ITEM = ":::{term} Triage\n:id: aa\n"
PARTS = "\n\n## In the NHS\n\nOne.\n\n## In higher education\n\nTwo.\n:::\n"


@pytest.mark.parametrize(
    ("text", "line", "option"),
    [
        (f"{ADAPT}\n:kind: meaning\n\nHi.\n```\n", 3, "kind: meaning"),
        (f"{ADAPT}kind: meaning\n:reason: x\n\nHi.\n```\n", 2, "kind: meaning"),
        (f"{ADAPT}:kind meaning\n\nHi.\n```\n", 2, "kind: meaning"),
        (f"{ADAPT}:kind:meaning\n\nHi.\n```\n", 2, "kind: meaning"),
        (f"{ADAPT}: reason: x\n\nHi.\n```\n", 2, "reason: x"),
        (f"{ADAPT}\uff1akind\uff1a meaning\n\nHi.\n```\n", 2, "kind: meaning"),
        (f"{ADAPT}:kind: context\nReason: we ask less\n\nHi.\n```\n", 3, "reason: we ask less"),
        (f"{ADAPT}Approved by: the board\n\nHi.\n```\n", 2, "approved-by: the board"),
        (f"{ADAPT}reasn: x\n\nHi.\n```\n", 2, "reason: x"),
        (f"{ADAPT}\n:knd: meaning\n\nHi.\n```\n", 3, "kind: meaning"),
        (f"{ADAPT}---\nkind: meaning\n---\n\nHi.\n```\n", 3, "kind: meaning"),
        (f"{ADAPT}\n:kind:\n\nHi.\n```\n", 3, "kind:"),
        (f"{NOTE}\nBy: us\n\nHi.\n```\n", 4, "by: us"),
        (f"{ITEM}sources: one{PARTS}", 3, "sources: one"),
        (f"{ITEM}:reason: x\n\nreason: y{PARTS}", 5, "reason: y"),
        (f"{ITEM}\nSources: one{PARTS}", 4, "sources: one"),
    ],
)
def test_a_line_that_looks_like_an_option_is_told_with_how_to_write_it(told, text, line, option):
    (one,) = (problem for problem in told(text) if problem.code == "unknown-field")
    assert one.place.line == line
    assert one.hint.startswith(f'Write ":{option}" directly below the opening line')


@pytest.mark.parametrize(
    "text",
    [
        f"{ADAPT}:kind: context\n\nHi.\n\n:reason: x\nreason: x\n```\n",
        f"{ADAPT}Season: autumn.\n```\n",
        f"{ADAPT}\n:strength: strong\n```\n",
        f"{ADAPT}\n:reasn:`x` is how others write a role.\n```\n",
        f"{ADAPT}Kind words help.\n```\n",
        f"{ADAPT}```\n",
        f"{ITEM}:reason: x\n\nReason: a word for why{PARTS}",
        "```{note}\n\nkind: words\n```\n",
    ],
)
def test_other_text_stays_text(told, text):
    assert [one for one in told(text) if one.code == "unknown-field"] == []
