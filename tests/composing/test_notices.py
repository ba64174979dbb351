"""The notice on a local page whose national page changed: where it stands, and which words it holds."""

from __future__ import annotations

import pytest

from guidance_kit.composing.lines import apply, lines_of_page, text_of
from guidance_kit.composing.notices import notice
from guidance_kit.model.page import Page
from guidance_kit.model.review import Stale
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place
from guidance_kit.reading.pages import read_page

HEAD = "```{admonition} Under review: the national text changed in 1.1.\n:class: guidance-review\n"
WHY = f"{HEAD}\nIt is so.\n```\n"
NATIONAL = """\
---
orphan: true
---
# Emergencies

% For authors only.

(first)=
:::{admonition} Danger to life
:class: warning

Call 999 first.
:::

```{figure} first.png
:alt: A telephone

Say where you are.
```

```text
no words
```

## After that #

Tell the desk.
"""
WORDS = """\
**National wording now**

**Emergencies**

**Danger to life**

Call 999 first.

Say where you are.

**After that**

Tell the desk.
"""


def page(text: str) -> Page:
    return read_page(text, "a.md", Place("a.md"), "core").page


def noticed(
    text: str, why: str = "It is so.", kind: ChangeKind = ChangeKind.SUBSTANTIVE, national: str = NATIONAL
) -> str:
    lines = lines_of_page(page(text), "ours")
    return text_of(
        apply(lines, [notice(lines, Stale(kind=kind, version="1.1", why=why), page(national), "ours")])
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Ours\n\nWords.\n", f"# Ours\n\n{WHY}\nWords.\n"),
        ("# Ours\nWords.\n", f"# Ours\n\n{WHY}\nWords.\n"),
        ("# Ours\n", f"# Ours\n\n{WHY}"),
        ("Words.\n", f"\n{WHY}\nWords.\n"),
        ("\nWords.\n", f"\n{WHY}\nWords.\n"),
        ("Words.\n\n# Ours\n\nMore.\n", f"Words.\n\n# Ours\n\n{WHY}\nMore.\n"),
        ("---\n# no: title\n---\n# Ours\n", f"---\n# no: title\n---\n# Ours\n\n{WHY}"),
        ("---\na: b\n---\nWords.\n", f"---\na: b\n---\n\n{WHY}\nWords.\n"),
        ("", f"\n{WHY}"),
        ("Ours\n====\nWords.\n", f"Ours\n====\n\n{WHY}\nWords.\n"),
        ("```sh\n# no title\n```\n\n# Ours\n", f"```sh\n# no title\n```\n\n# Ours\n\n{WHY}"),
        ("> # Theirs\n\n# Ours\n", f"> # Theirs\n\n# Ours\n\n{WHY}"),
        ("## Below\n\n# Ours\n", f"## Below\n\n# Ours\n\n{WHY}"),
    ],
)
def test_it_stands_below_the_title_or_on_top(text: str, found: str):
    assert noticed(text) == found


def test_it_says_why_if_that_is_known():
    since = f"{HEAD}\nThis page has not been looked at since.\n```\n"
    assert noticed("# Ours\n", why="") == f"# Ours\n\n{since}"


def test_line_ends_are_those_of_the_page():
    assert noticed("# Ours\r\n") == f"# Ours\n\n{WHY}".replace("\n", "\r\n")


@pytest.mark.parametrize("national", [NATIONAL, NATIONAL.replace("\n", "\r\n"), f"\ufeff{NATIONAL}"])
def test_for_safety_it_gives_the_national_words_as_readers_get_them(national: str):
    found = noticed("# Ours\n", kind=ChangeKind.SAFETY, national=national)
    head = HEAD.replace("changed in", "changed for safety in")
    assert found == f"# Ours\n\n{head}\nIt is so.\n\n{WORDS}```\n"


@pytest.mark.parametrize(
    ("national", "words"),
    [
        ("::::{grid} 2\n:::{grid-item-card} Ring us\nNow.\n:::\n::::\n", "**Ring us**\n\nNow.\n"),
        ("```{image} first.png\n```\n\nNow.\n", "Now.\n"),
        ("```{include} other.md\n```\n\nNow.\n", "Now.\n"),
        ("{fact}`desk` answers.\n", "{fact}`desk` answers.\n"),
    ],
)
def test_what_stands_beside_the_name_of_a_block_is_given_if_it_is_a_title(national: str, words: str):
    found = noticed("# Ours\n", kind=ChangeKind.SAFETY, national=national)
    assert found.endswith(f"**National wording now**\n\n{words}```\n")


def test_a_page_without_a_head_loses_none_of_its_words():
    found = noticed("# Ours\n", kind=ChangeKind.SAFETY, national="Call 999.\n\n---\n\nStay.\n")
    assert "Call 999.\n\n---\n\nStay.\n```" in found
