"""Whose a page is: an edition's own, an earlier edition's, or the national one, of which nothing is said."""

from __future__ import annotations

import json

import attrs
import pytest
from reviewed import BUSES, composed

from guidance_kit.exporting.as_library import as_library
from guidance_kit.exporting.compared import differences_of
from guidance_kit.exporting.differences import differences
from guidance_kit.exporting.local_pages import local_pages
from guidance_kit.exporting.tree import tree
from guidance_kit.model.ancestry import Ancestry, LocalPage
from guidance_kit.reading.ancestries import read_ancestry

OURS = "NHS Northtown"
REGION = Ancestry(
    id="region",
    publisher="A <Region>",
    pages={
        "index": LocalPage("A <Region>", ""),
        "solutions": LocalPage("A <Region>", ""),
        "gone": LocalPage("A <Region>"),
    },
)
FRONT = "# Northtown\n\n```{toctree}\nchallenges/index\nsolutions\nmore\n```\n"


@pytest.fixture
def make(folders):
    def make(ancestry=None, **pages):
        for name, text in pages.items():
            folders.local(text, f"pages/{name}.md")
        return composed(folders, ancestry=ancestry, local="Ours.\n")

    return make


def said(edition):
    return json.loads(tree(edition).texts["edition.json"])["pages"]


def test_a_page_of_ones_own_takes_the_place_of_the_national_one_or_of_none(make):
    edition = make(index=FRONT, more="# More\n\nWords.\n")
    assert local_pages(edition) == {"index": LocalPage(OURS, ""), "more": LocalPage(OURS)}
    assert said(edition) == {
        "index": {"by": OURS, "instead": ""},
        "more": {"by": OURS, "instead": None},
    }


def test_in_a_chain_each_page_is_named_by_whose_it_is(make):
    edition = make(REGION, index=FRONT)
    assert local_pages(edition) == {
        "index": LocalPage(OURS, "A <Region>"),
        "solutions": LocalPage("A <Region>", ""),
    }
    text = differences(edition)
    assert "- Local page: {doc}`/index`, in place of the page of A \\<Region\\>.\n" in text
    assert "- The page {doc}`/solutions`: by A \\<Region\\>, in place of the national page.\n" in text
    (found,) = differences_of(edition)
    assert found.label == f"Local page ({OURS}), in place of the page of A <Region>"


def test_in_a_chain_a_national_page_is_national(make):
    edition = make(attrs.evolve(REGION, pages={}), index=FRONT)
    assert local_pages(edition) == {"index": LocalPage(OURS, "")}
    assert differences_of(edition)[0].label == f"Local page ({OURS}), in place of the national page"


def test_what_is_told_to_editions_that_build_on_this_one_is_read_again(make, tmp_path):
    edition = make(index=FRONT, more="# More\n\nWords.\n")
    (tmp_path / "ancestry.json").write_text(as_library(edition).texts["ancestry.json"])
    read, problems = read_ancestry(tmp_path / "ancestry.json")
    assert (read and dict(read.pages), problems) == (local_pages(edition), [])


def test_a_page_of_items_alone_says_nothing_as_they_do(make):
    edition = make(more=BUSES)
    assert local_pages(edition) == {"more": LocalPage(OURS)}
    assert said(edition) == {}


def test_sphinx_is_told_the_label_of_each_part_that_is_not_plainly_national(folders):
    items = json.loads(tree(composed(folders)).texts["edition.json"])["items"]
    found = {name: one["labels"] for name, one in items.items()}
    assert found["core:two-homes"] == {}
    assert found["core:agree"]["summary"]["label"].startswith(
        "Changed in meaning by NHS Northtown - under review"
    )
    assert found["core:agree"]["how-it-works"] == {
        "label": "National wording with a local note",
        "words": "noted",
    }
    assert found["northtown:buses"]["summary"] == {"label": f"Local wording ({OURS})", "words": "local"}
