"""Readers are told in words whose a page is that is not national, and whose the words are that a list shows."""

from __future__ import annotations

import json

import pytest
import sphinx_project as texts
from bs4 import BeautifulSoup

CONF = texts.CONF + 'guidance_space = "core"\n'
INDEX = "# Start\n\n```{toctree}\none\nours\ntwo\n```\n"
OURS = "# Whom to call\n\nCall us.\n"
LISTS = """\
# Lists

```{challenges}
:as: cards
```

```{challenges}
:as: cards
:columns: questions
```

```{challenges} A table
:as: table
:columns: summary, strength
```

```{challenges}
```
"""
MEANING = {"label": "Changed in meaning by Us", "words": "meaning"}
NATIONAL = {"label": "National wording", "words": "national", "parts": []}


def told(pages=(), labels=(), **more):
    items = {"core:two-homes": {**NATIONAL, "labels": dict(labels)}, "core:unclear-roles": NATIONAL}
    value = {"format": 1, "items": items, "left_out": {}, "redirects": {}, "lines": {}, "pages": dict(pages)}
    return {"edition.json": json.dumps({**value, **more})}


@pytest.fixture
def paged(small):
    made = small(CONF, one=texts.challenge("two-homes", "Two homes"), ours=OURS, two=LISTS)
    made.write({"index.md": INDEX, **told({"ours": {"by": "Us", "instead": None}})})
    return made


def labels(built, page="ours.html"):
    soup = BeautifulSoup(built.text(page), "html.parser")
    return [
        (one.find_previous_sibling().name, one.get_text()) for one in soup.select("p.guidance-label-local")
    ]


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        (None, "Local page (Us)"),
        ("", "Local page in place of the national one (Us)"),
        ("The Region", "Local page in place of the page of The Region (Us)"),
    ],
)
def test_a_local_page_says_below_its_title_whose_it_is(paged, instead, words):
    paged.write(told({"ours": {"by": "Us", "instead": instead}}))
    assert labels(paged.build()) == [("h1", words)]


def test_a_national_page_says_nothing(paged):
    built = paged.build()
    assert labels(built, "index.html") == labels(built, "two.html") == []


@pytest.mark.parametrize("page", ["one", "index"])
def test_a_page_that_begins_with_an_item_says_it_above(paged, page):
    paged.write(told({page: {"by": "Us", "instead": ""}}))
    paged.write({"index.md": "```{toctree}\none\nours\ntwo\n```\n"})
    text = BeautifulSoup(paged.build().text(f"{page}.html"), "html.parser").select_one("div.body").get_text()
    assert text.strip().startswith("Local page in place of the national one (Us)")


@pytest.mark.parametrize(
    ("builder", "file"),
    [("text", "ours.txt"), ("singlehtml", "index.html"), ("latex", "northshireguidance.tex"), ("man", "northshireguidance.1")],
)  # fmt: skip
def test_it_is_said_once_in_every_form(paged, builder, file):
    text = " ".join(paged.build(builder).text(file).split())
    assert text.count("Local page (Us)") == 1
    before, after = text.split("Local page (Us)")
    assert "call" in before.casefold()
    assert after.find("Call us.") < 100


def test_it_is_no_word_of_the_project_to_translate(paged):
    assert "Local page" not in paged.build("gettext").all_text()


def test_whose_a_page_is_is_written_again_when_it_changes(paged):
    paged.build()
    paged.write(told({"ours": {"by": "Them", "instead": None}}))
    built = paged.build()
    assert built.written == ["index", "ours"]
    assert labels(built) == [("h1", "Local page (Them)")]


def shown(built):
    soup = BeautifulSoup(built.text("two.html"), "html.parser")
    cards, more, table, plain = soup.select("ul.guidance-cards, table.guidance-challenge, ul.guidance-list")
    return [
        [one.get_text() for one in part.select("p.guidance-label")] for part in (cards, more, table, plain)
    ]


def test_a_list_labels_the_words_that_it_shows_and_no_others(paged):
    paged.write(told(labels={"summary": MEANING}))
    built = paged.build()
    assert shown(built) == [[MEANING["label"]]] * 3 + [[]]
    (label, *_) = BeautifulSoup(built.text("two.html"), "html.parser").select("li p.guidance-label")
    assert "guidance-label-meaning" in label["class"]
    assert "guidance-card-name" in label.find_previous_sibling()["class"]
    assert label.find_next_sibling().get_text().startswith("The summary of two-homes")


def test_each_part_that_a_list_shows_has_its_own_label(paged):
    paged.write(told(labels={"questions": MEANING}))
    assert shown(paged.build()) == [[], [MEANING["label"]], [], []]


def test_a_list_is_written_again_when_a_label_changes(paged):
    paged.write(told(labels={"summary": MEANING}))
    paged.build()
    paged.write(told())
    built = paged.build()
    assert "two" in built.written
    assert shown(built) == [[]] * 4
