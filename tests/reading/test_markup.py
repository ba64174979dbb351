"""HTML in local words is balanced, or it is told: what is left open would take in national words below."""

from __future__ import annotations

import pytest

from guidance_kit.problems import NOWHERE
from guidance_kit.reading.markup import html_faults, unbalanced


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


def told(text: str) -> list[tuple[str, str]]:
    return [(one.code, one.message.rpartition(": ")[2]) for one in html_faults(text, NOWHERE)]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("Words.\n\n<STYLE>.national { display: none }</STYLE>", "<style>"),
        ("A <b onclick='x()'>word</b>.", "<b onclick=...>"),
        ("<img src='x' onerror=x()>", "<img onerror=...>"),
        ("<link rel='stylesheet' href='x.css'>", "<link>"),
        (":::{tip}\n<script>x</script>\n:::", "<script>"),
        ("```{raw} html\n<style>x</style>\n<script></script>\n```", "<style>, <script>"),
        ("<svg><style>x</style></svg>", "<style>"),
    ],
)
def test_html_that_reaches_the_words_around_it_is_an_error(text: str, tags: str):
    assert told(text) == [("fixed-wording", tags)]


@pytest.mark.parametrize("tag", ["iframe", "object"])
def test_a_frame_of_what_others_write_is_untidy(tag: str):
    assert told(f"<{tag}></{tag}>") == [("untidy-text", f"<{tag}>")]


@pytest.mark.parametrize(
    "text", ["`<script>`", "```html\n<style></style>\n```", "<b class='one'>x</b>", "3 < 4"]
)
def test_html_that_is_shown_as_it_is_written_or_does_nothing_is_no_matter(text: str):
    assert told(text) == []
