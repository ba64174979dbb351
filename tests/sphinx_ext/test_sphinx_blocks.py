"""Blocks: real sections where one can stand, labelled groups elsewhere, and everything they say."""

from __future__ import annotations

import re

import pytest
import sphinx_project as texts
from bs4 import BeautifulSoup

CRITERION = """\
:::{criterion} Benefit
:id: benefit
:sources: ofs

It helps.

## What would show it

Numbers.
:::
"""


def soup(built, page):
    return BeautifulSoup(built.text(page), "html.parser")


def test_the_whole_project_builds_without_a_warning(project):
    assert project.build().warnings == ""


def test_a_block_that_is_a_page_gives_the_page_its_title(project):
    built = project.build()
    assert built.app.env.titles["challenges/unclear-roles"].astext() == "Roles are unclear"
    page = soup(built, "challenges/unclear-roles.html")
    assert page.select_one("section#unclear-roles > h1").get_text().startswith("Roles are unclear")


def test_parts_of_a_block_that_is_a_page_are_sections_of_its_contents(project):
    built = project.build()
    page = soup(built, "challenges/unclear-roles.html")
    parts = [section["id"] for section in page.select("section#unclear-roles > section.guidance-part")]
    assert parts == ["unclear-roles--what-it-looks-like", "unclear-roles--questions"]
    contents = built.app.env.tocs["challenges/unclear-roles"].astext()
    assert "What it looks like" in contents


def test_a_block_under_a_heading_is_a_section_one_level_down(project):
    page = soup(project.build(), "criteria.html")
    assert [h.name for h in page.select("section#benefit > h2, section#benefit h3")] == ["h2", "h3"]


@pytest.mark.parametrize("marks", ["#", "##", "####"])
def test_headings_inside_a_block_may_have_any_level(small, marks):
    page = soup(small(one=CRITERION.replace("##", marks)).build(), "one.html")
    assert [h.name for h in page.select("section#benefit > h1, section.guidance-part > h2")] == ["h1", "h2"]


def test_a_heading_below_that_of_a_part_is_one_level_deeper(small):
    block = CRITERION.replace("Numbers.", "Numbers.\n\n### Which numbers\n\nGood ones.")
    on_its_own = soup(small(one=block).build(), "one.html")
    assert on_its_own.select_one("section.guidance-part section > h3").get_text().startswith("Which numbers")
    under_heading = soup(small(one=f"# Page\n\n{block}").build(), "one.html")
    assert under_heading.select_one("#benefit h4").get_text() == "Which numbers"


def test_a_heading_may_be_underlined(small):
    block = CRITERION.replace("## What would show it", "What would show it\n---")
    built = small(one=block).build()
    assert built.warnings == ""
    assert (
        soup(built, "one.html")
        .select_one("#benefit--what-would-show-it")
        .get_text()
        .strip()
        .endswith("Numbers.")
    )


def test_a_heading_may_name_its_part_by_key(small):
    built = small(one=CRITERION.replace("## What would show it", "## what-would-show-it")).build()
    assert "What would show it" in built.text("one.html")


def test_links_may_be_defined_in_a_later_part(small):
    block = CRITERION.replace("It helps.", "It [helps][x].").replace(
        "Numbers.", "Numbers.\n\n[x]: https://example.org/x"
    )
    assert 'href="https://example.org/x"' in small(one=block).build().text("one.html")


def test_fields_are_shown_in_words(project):
    text = project.build("text").text("studies/exeter.txt")
    assert "Place:\n   The city of exeter" in text
    assert "Partners:\n   A trust; A university" in text
    assert "Resembles:\n   Community mental health team" in text
    assert "As of:\n   2024" in text


def test_relations_are_shown_in_words_both_ways(project):
    built = project.build("text")
    assert "Addresses:\n   * Roles are unclear\n\n   * There is a gap between" in built.text(
        "solutions/agree-roles.txt"
    )
    assert "Seen in:\n   Liverpool: one team" in built.text("solutions/agree-roles.txt")
    assert "Solutions that address it:\n   Care by place of study" in built.text("challenges/two-homes.txt")
    assert "Recommendations about it:\n   Write down who does what" in built.text(
        "challenges/unclear-roles.txt"
    )
    judged = "Case studies judged against it:\n   * Exeter: a clinic on campus (not seen)"
    assert judged in built.text("criteria.txt")


def test_values_are_never_typed(small):
    study = texts.case_study("yes", "A place", "none", "shown", "shown").replace(
        "The city of yes", "01612 # 'x'"
    )
    text = small(one=study).build("text").text("one.txt")
    assert "Place:\n   01612 # 'x'" in text


def test_inside_other_things_a_block_is_a_group_with_a_name(project):
    project.write({"kitchen.md": texts.KITCHEN, "square.png": texts.SQUARE})
    page = soup(project.build(), "kitchen.html")
    for name in ("inside", "in-a-list", "in-a-cell"):
        group = page.find(id=name)
        assert group["role"] == "group"
        assert page.find(id=group["aria-labelledby"]).name == "p"
        assert not group.find(re.compile("h[1-6]"))


def test_no_id_stands_twice_on_a_page(project):
    project.write({"kitchen.md": texts.KITCHEN, "square.png": texts.SQUARE})
    built = project.build()
    for path in built.files():
        if path.endswith(".html"):
            ids = [tag["id"] for tag in soup(built, path).find_all(id=True)]
            assert sorted(set(ids)) == sorted(ids), path


def test_every_aria_reference_leads_somewhere(project):
    project.write({"kitchen.md": texts.KITCHEN, "square.png": texts.SQUARE})
    project.replace("glance.md", ":strength: strong", ":as: cards\n:columns: why-it-persists")
    built = project.build()
    for path in built.files():
        if path.endswith(".html"):
            page = soup(built, path)
            for tag in page.find_all(attrs={"aria-labelledby": True}):
                assert page.find(id=tag["aria-labelledby"]), (path, tag)


def test_the_anchor_of_an_item_is_its_id_whatever_headings_say(small):
    built = small(one=f"# Benefit\n\nWords.\n\n{CRITERION}\n## Benefit\n\nMore.\n").build()
    page = soup(built, "one.html")
    assert "guidance" in page.find(id="benefit")["class"]
    assert built.warnings == ""


def test_an_item_of_another_space_has_the_space_in_its_anchor(small):
    conf = texts.CONF + 'guidance_space = "core"\n'
    built = small(conf, one=CRITERION, two=CRITERION.replace("benefit", "northtown:benefit")).build()
    assert soup(built, "one.html").find(id="benefit")
    assert soup(built, "two.html").find(id="northtown-benefit")
    assert built.warnings == ""


def test_a_title_may_have_inline_markup(project):
    page = soup(project.build(), "challenges/two-homes.html")
    assert page.select_one("h1 em").get_text() == "two homes"


def test_prose_after_a_block_stays(small):
    built = small(one=f"{CRITERION}\nAfter the block.\n\n## A later heading\n\nMore.\n").build()
    page = soup(built, "one.html")
    assert "After the block." in page.get_text()
    assert "A later heading" in page.get_text()
