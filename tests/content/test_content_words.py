"""The words of the core: cited, short, British, and never more than the evidence bears."""

from __future__ import annotations

import re

from core_sentences import plain, prose_of, sentences, uncited, words_in

#: The most words that an item may have, over all its parts; other kinds have the last.
BUDGETS = {"challenge": 250, "solution": 300, "case-study": 600}
SMALL = 120

#: Sentences with a figure that need no citation, by the words they begin with, and why.
NO_CITATION_NEEDED = {
    "Its report of 2021": "names a document that was not read, so that readers know of it",
}

#: The same for pages outside the blocks.
NO_CITATION_NEEDED_ON_PAGES = {
    "the Royal College of Psychiatrists' report of 2021": "names a document that was not read",
    "This guidance is licensed under": "the number of the licence",
    "Cite it as": "the number of the licence",
}

AMERICAN = (
    r"\w+iz(?:e|ed|es|ing|ation|ations|er|ers)",
    r"(?:analy|cataly|paraly)z\w+",
    r"(?:behavi|col|fav|hon|lab|neighb|rum)or(?:s|ed|ing|al|ite|hood)?",
    r"(?:cent|theat|lit)er(?:s|ed)?",
    r"(?:counsel|travel|cancel|label|model)(?:ed|ing|or|ors|er|ers)",
    r"programs?|enroll(?:ment|s)?|fulfill(?:ment|s)?|skillful|gray|practicing|toward|judgment",
)
BRITISH_ALL_THE_SAME = {"size", "sizes", "prize", "prizes", "seize", "seized"}

#: Claims that several places make of themselves, and boasts.
NEVER = ("first of its kind", "first dedicated", "first ever", "groundbreaking", "world-leading")


def test_items_keep_to_their_budget_of_words(core):
    for item in core:
        count = sum(len(words_in(text)) for text in item.parts.values())
        assert count <= BUDGETS.get(item.kind, SMALL), (item.id, count)


def test_sentences_are_short_on_average(core):
    lengths = [
        len(words_in(sentence.replace("[cited]", "")))
        for item in core
        for text in item.parts.values()
        for sentence in sentences(text)
    ]
    assert sum(lengths) / len(lengths) < 20
    assert max(lengths) <= 45


def test_every_sentence_with_a_figure_in_an_item_is_cited(core):
    for item in core:
        for key, text in item.parts.items():
            assert uncited(text, NO_CITATION_NEEDED) == [], (item.id, key)


def test_every_sentence_with_a_figure_on_a_page_is_cited(core):
    for page in core.pages:
        assert uncited(prose_of(page.text), NO_CITATION_NEEDED_ON_PAGES) == [], page.path


def test_a_removed_citation_is_noticed(core):
    outcomes = core.get("liverpool").outcomes
    without = outcomes.replace("{cite}`wiredgov-2022`", "", 1)
    assert without != outcomes
    assert len(uncited(without, NO_CITATION_NEEDED)) == 1


def test_every_reason_for_leaving_a_citation_out_is_still_needed(core):
    items = [s for item in core for text in item.parts.values() for s in uncited(text, {})]
    pages = [s for page in core.pages for s in uncited(prose_of(page.text), {})]
    for allowed, found in ((NO_CITATION_NEEDED, items), (NO_CITATION_NEEDED_ON_PAGES, pages)):
        for start in allowed:
            assert any(sentence.startswith(start) for sentence in found), start


def test_the_spelling_is_british(core):
    american = re.compile(rf"\b(?:{'|'.join(AMERICAN)})\b", re.IGNORECASE)
    for page in core.pages:
        found = {match[0].lower() for match in american.finditer(plain(page.text))}
        assert found - BRITISH_ALL_THE_SAME == set(), page.path


def test_claims_that_the_evidence_warns_of_are_not_made(core):
    for page in core.pages:
        words = " ".join(page.text.lower().split())
        assert [claim for claim in NEVER if claim in words] == [], page.path


def test_nothing_is_quoted(core):
    """No words of a source are copied: nothing longer than a few words stands in quotation marks."""
    for item in core:
        for text in item.parts.values():
            quoted = re.findall('[“"]([^”"]*)[”"]', plain(text))
            assert [words for words in quoted if len(words.split()) > 4] == [], item.id


def test_pages_begin_with_one_heading(core):
    for page in core.pages:
        own = [line for line in prose_of(page.text).split("\n") if line.startswith("# ")]
        assert len(own) == (0 if page.text.startswith(":::{") else 1), page.path
