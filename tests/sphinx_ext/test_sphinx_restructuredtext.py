"""The same in a project of reStructuredText, without MyST."""

from __future__ import annotations

import sphinx_project as texts
from bs4 import BeautifulSoup

CONF = texts.CONF.replace('"myst_parser", ', "").replace('myst_enable_extensions = ["colon_fence"]\n', "")
PAGE = """\
Page
====

.. challenge:: Students have
   *two homes*
   :id: two-homes
   :themes: transitions,
      registration
   :felt-by: he
   :strength: thin
   :sources: ofs

   The summary :cite:`ofs`.

   What it looks like
   ------------------

   This.

   Deeper
   ~~~~~~

   Down there.

   Questions to put to each other
   ------------------------------

   * Why?

     .. term:: A term
        :id: a-term

        In the NHS
        ----------

        One.

        In higher education
        -------------------

        Two.

Next
----

See :challenge:`two-homes`, :guidance:challenge:`words <two-homes>`, :any:`two-homes`, :ref:`two-homes`,
:local-fact:`<b>` and :fact:`crisis-line`.

.. solution:: A solution
   :id: a-solution
   :addresses: two-homes
   :status: in-use
   :sources: york

   Sum.

   How it works
   ------------

   It does.

   First steps
   -----------

   #. One.

.. matrix:: A caption
   :rows: challenge
   :columns: solution

.. challenges::
   :as: cards
   :columns: themes

.. local-note:: A note
   :by: Us

   Noted.

.. references::
"""


def build(empty):
    empty.write(
        {"conf.py": CONF, "index.rst": PAGE, "references.json": texts.REFERENCES, "facts.toml": texts.FACTS}
    )
    return empty.build()


def test_it_builds_without_a_warning(empty):
    assert build(empty).warnings == ""


def test_blocks_parts_and_headings_have_their_levels(empty):
    page = BeautifulSoup(build(empty).text("index.html"), "html.parser")
    assert page.select_one("section#two-homes > h2 em").get_text() == "two homes"
    assert page.select_one("#two-homes--what-it-looks-like > h3").get_text() == "What it looks like"
    assert (
        page.find(string="Down there.")
        .find_parent("section")
        .find(["h3", "h4"])
        .get_text()
        .startswith("Deeper")
    )
    assert page.find(id="a-term")["role"] == "group"


def test_links_views_facts_and_notes_work(empty):
    page = BeautifulSoup(build(empty).text("index.html"), "html.parser")
    links = [a.get_text() for a in page.find(string="words").find_parent("p").select('a[href="#two-homes"]')]
    assert links == ["Students have two homes", "words", "Students have two homes", "Students have two homes"]
    assert page.select_one("span.guidance-local-fact").get_text() == "<b>"
    assert "[to be completed locally: 24-hour crisis line]" in page.get_text()
    assert "Addresses" in page.select_one("table.guidance-matrix").get_text()
    assert (
        "Moving between home and university, Registering with a GP"
        in page.select_one(".guidance-card").get_text()
    )
    assert (
        page.select_one("aside.guidance-note").get_text(strip=True).startswith("Local note (by Us): A note")
    )
    assert len(page.select("ul.guidance-references > li")) == 2
