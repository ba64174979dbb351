"""Lists, cards, tables, matrices and the list of references."""

from __future__ import annotations

import pytest
import sphinx_project as texts
from bs4 import BeautifulSoup
from tested import dead_links


def soup(built, page):
    return BeautifulSoup(built.text(page), "html.parser")


def grid(table):
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]


def test_a_matrix_is_a_table_with_caption_headers_and_words(project):
    table = soup(project.build(), "glance.html").select("table.guidance-matrix")[0]
    assert table.caption.select_one(".caption-text").get_text() == "Solutions for challenges"
    assert {th["scope"] for th in table.thead.find_all("th")} == {"col"}
    assert [th["scope"] for th in table.tbody.find_all("th")] == ["row"] * 4
    assert grid(table) == [
        ["Challenge", "Agree roles in writing", "A liaison forum", "Care by place of study"],
        ["Small providers have few staff", "–", "–", "–"],
        ["There is a gap between thresholds", "Addresses", "–", "–"],
        ["Students have two homes", "–", "–", "Addresses"],
        ["Roles are unclear", "Addresses", "Addresses", "–"],
    ]


def test_a_matrix_of_judgements_says_the_verdicts(project):
    table = soup(project.build(), "glance.html").select("table.guidance-matrix")[1]
    assert table.caption.select_one(".caption-text").get_text() == "Case studies by criteria"
    assert grid(table)[1:] == [
        ["Exeter: a clinic on campus", "Not seen", "Not met"],
        ["Liverpool: one team", "Shown", "Claimed"],
    ]


def test_a_matrix_reads_the_same_from_either_side(small):
    page = (
        "# P\n\n" + texts.challenge("two-homes", "C") + "\n" + texts.solution("agree-roles", "S", "two-homes")
    )
    views = "\n```{matrix}\n:rows: solution\n:columns: challenge\n```\n\n```{matrix}\n:rows: challenge\n:columns: solution\n```\n"
    one, other = soup(small(one=page + views).build(), "one.html").select("table.guidance-matrix")
    assert grid(one)[1] == ["S", "Addresses"]
    assert grid(other)[1] == ["C", "Addresses"]


def test_a_wide_table_scrolls_in_a_region_with_a_name(project):
    region = soup(project.build(), "glance.html").select_one(".guidance-region")
    assert region["role"] == "region"
    assert region["tabindex"] == "0"
    assert region["aria-label"] == "Solutions for challenges"


def test_a_list_holds_what_passes_its_filter(project):
    listed = soup(project.build(), "glance.html").select("ul.guidance-list > li")
    assert [item.get_text(strip=True) for item in listed] == ["Small providers have few staff"]


def test_filters_take_several_words_and_several_fields(small):
    pages = "# P\n\n" + "\n".join(
        texts.challenge(name, name).replace("transitions, registration", themes)
        for name, themes in (("one-thing", "crisis"), ("two-things", "roles"), ("three-things", "funding"))
    )
    view = "\n```{challenges}\n:themes: crisis, roles\n:strength: strong\n```\n"
    listed = soup(small(one=pages + view).build(), "one.html").select("ul.guidance-list > li")
    assert [item.get_text(strip=True) for item in listed] == ["one-thing"]


def test_a_word_that_holds_where_none_is_given_passes_filters_and_stands_in_tables(small):
    more = "\n" + texts.challenge("two-homes", "C") + "\n" + texts.solution("a-one", "S", "two-homes")
    cases = [texts.case_study(name, name.title(), "a-one", "Shown", "Claimed") for name in ("city", "town")]
    case = cases[0] + "\n" + cases[1].replace(":place:", ":standing: emerging\n:place:") + more
    views = "\n```{case-studies}\n:standing: full\n```\n\n```{case-studies}\n:as: table\n:columns: standing\n```\n"
    page = soup(small(one="# P\n\n" + case + views).build(), "one.html")
    assert [item.get_text(strip=True) for item in page.select("ul.guidance-list > li")] == ["City"]
    assert [row.td.get_text(strip=True)[:8] for row in page.select("tbody tr")] == ["Full cas", "Emerging"]


def test_what_stands_alone_in_a_list_has_no_label(small):
    page = "# P\n\n" + texts.challenge("two-homes", "C")
    one = page + "\n```{challenges}\n:as: list\n:columns: questions\n```\n"
    two = page + "\n```{challenges}\n:as: list\n:columns: questions, strength\n```\n"
    for text, labels in ((one, []), (two, ["Questions to put to each other:", "Strength of evidence:"])):
        listed = soup(small(one=text).build(), "one.html").select_one("ul.guidance-list")
        assert [dt.get_text() for dt in listed.find_all("dt")] == labels
        assert listed.select_one("ul, ol")


def test_a_filter_may_name_an_item(small):
    page = "# P\n\n" + texts.challenge("two-homes", "C") + "\n" + texts.challenge("one-home", "D")
    page += "\n" + texts.solution("a-one", "S", "two-homes") + "\n" + texts.solution("b-two", "T", "one-home")
    listed = soup(small(one=page + "\n```{solutions}\n:addresses: one-home\n```\n").build(), "one.html")
    assert [item.get_text(strip=True) for item in listed.select("ul.guidance-list > li")] == ["T"]


def test_cards_show_the_summary_and_the_columns_that_are_asked_for(project):
    cards = soup(project.build(), "glance.html").select("ul.guidance-cards > li")
    assert [card.p.get_text() for card in cards] == [
        "Agree roles in writing", "A liaison forum", "Care by place of study",
    ]  # fmt: skip
    assert "The summary of agree-roles." in cards[0].get_text()
    assert [dt.get_text() for dt in cards[0].find_all("dt")] == ["Status:", "Addresses:"]
    assert not cards[0].find(["h1", "h2", "h3"])


def test_a_table_shows_fields_links_parts_and_sources(project):
    table = soup(project.build(), "glance.html").select_one("table.guidance-case-study")
    assert grid(table) == [
        ["Case study", "Place", "Shows", "Outcomes", "Sources"],
        ["Exeter: a clinic on campus", "The city of exeter", "Care by place of study", "None were found.", "York and Lee, 2019"],
        [
            "Liverpool: one team", "The city of liverpool", "Agree roles in writing A liaison forum",
            "None were found.", "York and Lee, 2019",
        ],
    ]  # fmt: skip


def test_terms_are_a_table_of_two_meanings_with_their_markup(project):
    table = soup(project.build(), "terms.html").select_one("table.guidance-term")
    assert grid(table)[0] == ["Term", "In the NHS", "In higher education"]
    row = table.tbody.find("tr")
    assert row.select_one("td em").get_text() == "team"
    assert "(York and Lee, 2019)" in row.get_text()
    assert row.select_one('a[href="challenges/two-homes.html#two-homes"]')


def test_a_view_of_nothing_says_so(small):
    assert "None." in small(one="# P\n\n```{challenges}\n```\n").build("text").text("one.txt")


def test_a_table_inside_a_table_becomes_cards(small):
    page = (
        "# P\n\n"
        + texts.challenge("two-homes", "C")
        + "\n```{list-table}\n* - ```{challenges}\n    :as: table\n    ```\n```\n"
    )
    page = page.replace("```{list-table}", "````{list-table}").removesuffix("```\n") + "````\n"
    body = soup(small(one=page).build(), "one.html")
    assert body.select_one("table ul.guidance-cards")
    assert not body.select("table table")


def test_views_follow_the_order_of_the_contents(project):
    def names(built):
        return [card.p.get_text() for card in soup(built, "glance.html").select("ul.guidance-cards > li")]

    assert names(project.build())[1:] == ["A liaison forum", "Care by place of study"]
    project.replace("index.md", "solutions/liaison-forum\n", "")
    project.replace(
        "index.md", "solutions/place-of-study\n", "solutions/place-of-study\nsolutions/liaison-forum\n"
    )
    assert names(project.build())[1:] == ["Care by place of study", "A liaison forum"]


def test_references_list_only_what_is_cited_in_the_harvard_style(project):
    listed = soup(project.build(), "references.html").select("ul.guidance-references > li")
    assert [item.get_text() for item in listed] == [
        "Office for Students (2023) Meeting the needs. Available at: https://example.org/ofs. Note: Opening of the page <only>.",
        "York, A. and Lee, B. (2019) ‘Two homes’, A Journal, 3.",
    ]
    assert listed[0].em.get_text() == "Meeting the needs"
    assert listed[0].a["href"] == "https://example.org/ofs"


def test_citations_lead_to_the_list_of_references(project):
    page = soup(project.build(), "prose.html")
    found = [(a.get_text(), a["href"]) for a in page.select(".guidance-cite a")]
    assert found == [
        ("Office for Students, 2023", "references.html#source-ofs"),
        ("York and Lee, 2019", "references.html#source-york"),
    ]
    assert soup(project.build(), "references.html").find(id="source-york")


def test_without_a_list_of_references_citations_are_plain(small):
    text = small(one="# P\n\nSo it is {cite}`york`.\n").build().text("one.html")
    assert "(<span>York and Lee, 2019</span>)" in text


def test_two_works_of_one_author_and_year_get_letters(small):
    import json

    entry = {
        "id": "b",
        "type": "book",
        "title": "Second",
        "author": [{"literal": "A"}],
        "issued": {"date-parts": [[2020]]},
    }
    made = small(one="# P\n\n{cite}`a` {cite}`b`\n\n```{references}\n```\n")
    made.write({"references.json": json.dumps([entry, {**entry, "id": "a", "title": "First"}])})
    text = made.build("text").text("one.txt")
    assert "(A, 2020a) (A, 2020b)" in text
    assert "A (2020a) *First*." in text


def test_sources_are_text_and_never_markup(small):
    import json

    entry = {
        "id": "a",
        "type": "book",
        "title": "<b>x</b> *y* {cite}`z` &amp;",
        "author": [{"literal": "<script>"}],
    }
    made = small(one="# P\n\n{cite}`a`\n\n```{references}\n```\n")
    made.write({"references.json": json.dumps([entry])})
    text = made.build().text("one.html")
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;x&lt;/b&gt; *y* {cite}`z` &amp;amp;" in text


def test_a_source_that_is_not_there_is_named_at_its_line(project):
    project.replace("prose.md", "{cite}`york, ofs`", "{cite}`yorc, ofs`")
    built = project.build()
    assert (
        'prose.md:7: WARNING: There is no source "yorc". Did you mean "york"? [guidance.unknown-source]'
        in built.warnings
    )
    assert "yorc?" in built.text("prose.html")


def test_bad_references_are_told_and_stop_nothing(project):
    for bad, code in (("[", "json-syntax"), ("{}", "bad-value"), ('[{"title": "x"}]', "missing-key")):
        project.write({"references.json": bad})
        assert f"[guidance.{code}]" in project.build(out=code).warnings


def test_a_source_that_cannot_be_written_is_told_and_shown_by_its_title(small):
    made = small(one="# P\n\n{cite}`a`\n")
    made.write({"references.json": '[{"id": "a", "type": "book", "title": "A title", "author": [3]}]'})
    built = made.build()
    assert "[guidance.bad-value]" in built.warnings
    assert "(<span>A title</span>)" in built.text("one.html")


def test_a_theme_that_boxes_tables_gives_no_address_twice(project):
    page = soup(project.build(html_theme="furo"), "glance.html")
    assert page.select("div.table-wrapper > table[id]")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


LENT = (
    "It works for {challenge}`two-homes`, [in Markdown](../challenges/two-homes.md), {doc}`../challenges/threshold-gap`, "
    "[itself](#agree-roles), [its first steps](#agree-roles--first-steps), {ref}`agree-roles`, {doc}`/glance`, {any}`../challenges/unclear-roles`, {cite}`york`, [by its id](#small-providers) and ![a square](../square.png)."
)
SHOWN = "# Lent\n\n```{references}\n```\n" + "".join(
    f"\n```{{solutions}}\n:as: {layout}\n:columns: how-it-works\n```\n"
    for layout in ("list", "cards", "table")
)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("shown_on", ["lent", "views/lent", "solutions/lent"])
def test_links_in_what_a_view_lends_lead_where_they_led(project, builder, shown_on):
    project.replace("solutions/agree-roles.md", "It works.", LENT)
    project.write({"square.png": texts.SQUARE, f"{shown_on}.md": "---\norphan: true\n---\n" + SHOWN})
    built = project.build(builder)
    assert "lent" not in built.warnings
    assert dead_links(built.folder) == []
    own = "solutions/agree-roles" + ("/index.html" if builder == "dirhtml" else ".html")
    assert "in Markdown</span></a>" in built.text(own)
