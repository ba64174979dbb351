"""HTML in local words is balanced, or it is told: what is left open would take in national words below."""

from __future__ import annotations

import pytest

from guidance_kit.reading.markup import unbalanced


@pytest.mark.parametrize(
    "text",
    [
        "Plain < words > of 3 < 4.",
        "<details><summary>More</summary>\n\nWords.\n\n</details>",
        "A <b>word</b>, a<br>line, a<br/>line, <img src='x.png'>.",
        "<p>One\n<p>Two",
        "<ul>\n<li>One\n<li>Two\n</ul>",
        "<table>\n<tr><td>One\n<tr><td>Two\n</table>",
        "`<details>` and\n\n```html\n<details>\n```\n",
        "<svg><path d='M0'/><g></g></svg>",
        "<!-- <details> -->",
        "See <https://example.org/a>.",
        "\\<details>",
        "<!-- a --> <!-- b -->",
        "```{code-block} html\n<details>\n<!--\n```",
        ":::{tip}\n<details>\n</details>\n:::",
        "```{raw} html\n<textarea></textarea>\n```",
        '<object><param name="a"></object>',
    ],
)
def test_what_is_closed_is_no_matter(text: str):
    assert unbalanced(text) == ()


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<details><summary>More</summary>\n\nWords.", ("<details>",)),
        ("- <details>\n\nWords.\n\n> <div>", ("<details>", "<div>")),
        ("A <b>word.", ("<b>",)),
        ('<div title="a', ("<div",)),
        ('<p title="a>b', ("<p",)),
        ("<?php x", ("<?php",)),
        ("<![CDATA[ x", ("<![CDATA[",)),
        ("<!DOCTYPE x", ("<!DOCTYPE",)),
        ("<!-- c --> ok <span", ("<span",)),
        ("Words.\n\n<!-- never closed", ("<!--",)),
        ("- a\n\n  <!-- never closed", ("<!--",)),
        ("<!-- a -->\n\n<!--" * 3, ("<!--",)),
        (":::{tip}\n<textarea>x\n:::", ("<textarea>",)),
        (":::::{tip}\n:::{note}\n<!-- y\n:::\n:::::", ("<!--",)),
        ("```{raw} html\n<details>\n```", ("<details>",)),
        ("Words.\n\n</div>\n\nMore </section>.", ("</div>", "</section>")),
        ("<div/>\n\nWords.", ("<div>",)),
        ("<DIV>\n\n</div>\n<div>", ("<div>",)),
        ("<div>\n<b>\n</div>", ("<b>",)),
        ("| a |\n|---|\n| <span>b |", ("<span>",)),
    ],
)
def test_what_is_left_open_or_closed_too_often_is_named(text: str, tags: tuple[str, ...]):
    assert unbalanced(text) == tags
