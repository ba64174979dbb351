"""The words of whatever a decision can be about, as a review shows them."""

from __future__ import annotations

import pytest
from small_core import release

from guidance_kit.model.library import Library
from guidance_kit.upgrading.artefacts import options_in, text_of


@pytest.fixture(scope="module")
def base() -> Library:
    """The first release of the small core."""
    return release("1.0.0")


def test_of_a_part_its_words_and_of_a_title_that(base: Library):
    assert text_of(base, "core:access#title") == base.by_id["core:access"].title
    assert text_of(base, "core:access#summary") == base.by_id["core:access"].parts["summary"]
    assert text_of(base, "core:access#nothing") == ""


def test_of_an_item_its_block_as_written(base: Library):
    text = text_of(base, "core:access")
    assert text.startswith(":::{challenge} ")
    assert text.rstrip().endswith("\n:::")
    assert base.by_id["core:access"].parts["summary"] in text


def test_of_the_options_a_line_each(base: Library):
    lines = text_of(base, "core:access#options").split("\n")
    assert ":id: access" in lines
    assert all(line.startswith(":") and not line.startswith(":::") for line in lines)
    assert options_in(":::{term} T\n:id: t\n:::\n:x: y\n") == ":id: t\n:x: y"


def test_of_a_fact_what_it_is_called_and_what_helps(base: Library):
    (fact,) = (one for one in base.facts if one.id == "crisis-line")
    assert text_of(base, "fact:crisis-line") == f"{fact.label} ({fact.type})\n\n{fact.help}"
    assert text_of(base, "fact:nothing") == ""


def test_of_a_page_all_of_it(base: Library):
    (page,) = (one for one in base.pages if one.name == "challenges/access")
    assert text_of(base, "page:challenges/access") == page.text
    assert text_of(base, "page:nothing") == ""


def test_of_what_is_gone_nothing(base: Library):
    assert text_of(base, "core:nobody") == ""
    assert text_of(base, "core:nobody#summary") == ""
