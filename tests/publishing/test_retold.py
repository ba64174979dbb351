"""What Sphinx warns of is told in our words, once, with what to do."""

from __future__ import annotations

from guidance_kit.problems import Place, Problem
from guidance_kit.publishing.messages import Warned
from guidance_kit.publishing.retold import retold

IN_NO_LIST = "document isn't included in any toctree"
HIDDEN = Problem(
    "pages-hidden",
    'Readers cannot find the page "solutions/medicines", which is about safety.',
    "Add medicines to the {toctree} block here.",
    Place("ed/local/pages/solutions/index.md", 1),
)


def test_a_hidden_page_is_told_at_the_list_that_lacks_it_with_what_to_do():
    warned = Warned(IN_NO_LIST, "toc.not_included", Place("ed/national/solutions/medicines.md"))
    (one,) = retold([warned], [HIDDEN])
    assert str(one) == f"{HIDDEN.place}: {HIDDEN.message} {HIDDEN.hint} [pages-hidden]"


def test_another_page_in_no_list_is_told_where_to_put_it():
    warned = Warned(IN_NO_LIST, "toc.not_included", Place("ed/local/pages/desk.md"))
    (one,) = retold([warned], [HIDDEN])
    assert one.place == warned.place
    assert one.message.endswith("Add it to the {toctree} of a page that they find.")
    assert one.kind == "pages-hidden"


def test_a_file_of_ones_own_in_the_national_text_is_told_once():
    spoilt = Problem("base-not-genuine", "Changed by hand.", "", Place("ed/national"))
    warned = Warned(IN_NO_LIST, "toc.not_included", Place("ed/national/own.md"))
    assert list(retold([warned], [spoilt])) == []


def test_a_block_that_is_told_as_a_problem_is_not_told_in_the_words_of_sphinx():
    misplaced = Problem("misnamed", "This {adapt} block stands inside {note}.", "", Place("ed/local/n.md", 6))
    warned = Warned("Unknown directive type: 'adapt'", "myst.directive_unknown", Place("ed/local/n.md", 6))
    assert list(retold([warned], [misplaced])) == []
    assert list(retold([warned], [])) == [warned]
