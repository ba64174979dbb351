"""Blocks of a page, with their lines."""

import pytest

from guidance_kit.problems import Place
from guidance_kit.reading.blocks import blocks_of, headings_of
from guidance_kit.reading.pages import read_page

CHALLENGE = """\
:::{challenge} Two homes
:id: two-homes
:themes: transitions, registration
:felt-by: nhs, he
:strength: strong
:sources: ofs-smhp

The summary, over
two lines.

## What it looks like

It looks so.

## Questions to put to each other

- Who?
:::
"""


def read(text: str, space: str = "core"):
    return read_page(text, "page.md", Place("page.md"), space)


def codes(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in read(text).problems]


def test_a_block_becomes_a_typed_item() -> None:
    (item,) = read(CHALLENGE).page.items
    assert (item.id, item.title, item.strength.label) == ("core:two-homes", "Two homes", "Strong")
    assert [theme.value for theme in item.themes] == ["transitions", "registration"]


def test_parts_are_found_by_heading() -> None:
    (item,) = read(CHALLENGE).page.items
    assert dict(item.parts) == {
        "summary": "The summary, over\ntwo lines.",
        "what-it-looks-like": "It looks so.",
        "questions": "- Who?",
    }


@pytest.mark.parametrize("before", ["", "# A page\n\nSome prose.\n\n", "---\na: b\n---\n"])
def test_spans_are_lines_of_the_page(before: str) -> None:
    page = read(before + CHALLENGE).page
    (item,) = page.items
    for key, span in item.lines.parts.items():
        assert "".join(page.lines[span.start : span.end]).rstrip("\n") == item.parts[key]


def test_a_block_inside_a_block_is_found_with_its_true_line() -> None:
    text = "::::{note} x\n:class: y\n\n" + CHALLENGE + "::::\n"
    page = read(text).page
    assert page.items == ()
    assert [item.origin.line for item in page.nested] == [4]


def test_code_is_not_read_as_a_block() -> None:
    assert read("`````text\n" + CHALLENGE + "`````\n").page.items == ()


def test_values_stay_text() -> None:
    (block,) = blocks_of(':::{x} y\n:a: 01612345670\n:b: NO\n:c: 1.10 # not a comment\n:d: "q"\n:::\n')
    assert block.raw == {"a": "01612345670", "b": "NO", "c": "1.10 # not a comment", "d": '"q"'}


def test_headings_in_lists_and_fences_are_no_parts() -> None:
    assert [h.text for h in headings_of("# a\n\n- # b\n\n```\n# c\n```\n")] == ["a"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (":strength: strong\n", "", "missing-field", 1),
        (":strength: strong", ":strength: storng", "bad-word", 5),
        (":strength: strong", ":strenght: strong", "unknown-field", 5),
        (":id: two-homes", ":id: Two Homes", "bad-id", 2),
        ("{challenge} Two homes", "{challenge}", "missing-title", 1),
        (":strength: strong", ":strength: strong\n:strength: thin", "duplicate-field", 6),
        ("## What it looks like", "## What it lokes like", "unknown-part", 11),
        ("## Questions to put to each other", "## What it looks like", "duplicate-part", 15),
        ("- Who?\n:::\n", "- Who?\n", "unterminated-block", 1),
        ("## Questions to put to each other\n\n- Who?\n", "", "missing-part", 1),
    ],
)
def test_each_mistake_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    assert (code, line) in codes(CHALLENGE.replace(old, new))


def test_all_mistakes_are_told_at_once() -> None:
    text = CHALLENGE.replace("strong", "storng").replace("two-homes", "Two").replace("nhs", "nsh")
    assert [code for code, _ in codes(text)] == ["bad-id", "bad-word", "bad-word"]


def test_a_misspelt_word_gets_the_nearest() -> None:
    (problem,) = read(CHALLENGE.replace("strong", "storng")).problems
    assert 'Did you mean "strong"?' in problem.hint


@pytest.mark.parametrize(
    "text", ["", "\ufeff", ":::", "```{", "::::{challenge}", "\t:::{challenge} x\n", "# \r\n\r"]
)
def test_odd_pages_are_read(text: str) -> None:
    assert read(text).page.text == text
