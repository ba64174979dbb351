"""What ``edition.json`` tells is shown: labels, panels, what was left out; and warnings name what a person wrote."""

from __future__ import annotations

import json
import re
import shutil

import pytest
import sphinx_project as texts
from bs4 import BeautifulSoup

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
CONF = texts.CONF + 'guidance_space = "core"\n'
NATIONAL = {
    "label": "National wording",
    "words": "national",
    "page": "one",
    "replaces": "",
    "reason": "",
    "parts": [],
}


def part(key, **more):
    return {
        "key": key, "title": key, "label": "National wording", "words": "national", "facts": [], "national": "",
        "local": "", "diff": [], "reason": "", "kind": "", "approved_by": "", "approved_on": "", "review_by": "", **more,
    }  # fmt: skip


ADAPTED = part(
    "what-it-looks-like",
    title="What it looks like",
    label="Changed in meaning by Northshire ICB",
    words="meaning",
    national="Students wait four weeks.\n• One",
    local="Students wait two weeks.\n• One",
    diff=[["same", "Students wait "], ["del", "four"], ["ins", "two"], ["same", " weeks.\n• One"]],
    reason="We agreed it.",
    kind="meaning",
    approved_by="The medical director",
    approved_on="2026-03-01",
    review_by="2027-03-01",
)


def edition(items, **more):
    return json.dumps(
        {"format": 1, "edition": {}, "items": items, "left_out": {}, "redirects": {}, "lines": {}, **more}
    )


@pytest.fixture
def adapted(small):
    made = small(CONF, one=texts.challenge("two-homes", "Two homes"))
    told = {
        **NATIONAL,
        "label": "Changed in meaning by Northshire ICB",
        "words": "meaning",
        "parts": [ADAPTED],
    }
    made.write({"edition.json": edition({"core:two-homes": told})})
    return made


def soup(built, page="one.html"):
    return BeautifulSoup(built.text(page), "html.parser")


def test_a_block_shows_its_label_and_each_part_that_differs_its_own(adapted):
    page = soup(adapted.build())
    labels = [(p.parent["id"], p.get_text()) for p in page.select("p.guidance-label")]
    assert labels == [
        ("two-homes", "Changed in meaning by Northshire ICB"),
        ("two-homes--what-it-looks-like", "Changed in meaning by Northshire ICB"),
    ]


def test_without_an_edition_there_is_no_label(small):
    assert "guidance-label" not in small(one=texts.challenge("two-homes", "T")).build().text("one.html")


def test_the_panel_shows_both_wordings_the_change_the_reason_and_who(adapted):
    panel = soup(adapted.build()).select_one("section#two-homes--what-it-looks-like > details")
    assert panel.summary.get_text() == "Compare with the national wording: What it looks like"
    text = re.sub(r"\s+", " ", panel.get_text(" "))
    assert (
        "National wording Students wait four weeks. • One Local wording Students wait two weeks. • One"
        in text
    )
    assert "[deleted: four end of deletion]" in text
    assert "[inserted: two end of insertion]" in text
    assert (panel.select_one("del").contents[1], panel.select_one("ins").contents[1]) == ("four", "two")
    assert (
        "Reason: We agreed it. Approved by The medical director on 1 March 2026 To be reviewed by 1 March 2027"
        in text
    )


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "xml"])
def test_the_panel_is_plain_text_elsewhere(adapted, builder):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", adapted.build(builder).all_text()))
    for words in (
        "National wording",
        "wait four weeks",
        "wait two weeks",
        "deleted:",
        "inserted:",
        "We agreed it.",
    ):
        assert words in text


def test_the_first_part_and_the_title_have_panels_before_the_parts(adapted):
    changed = {**ADAPTED, "key": "summary", "title": "Summary"}
    told = {
        **NATIONAL,
        "label": "Adapted",
        "words": "meaning",
        "parts": [changed, {**ADAPTED, "key": "title", "title": "Title"}],
    }
    adapted.write({"edition.json": edition({"core:two-homes": told})})
    page = soup(adapted.build())
    names = [panel.summary.get_text() for panel in page.select("section#two-homes > details")]
    assert names == ["Compare with the national wording: Summary", "Compare with the national wording: Title"]


def test_a_local_item_that_replaces_another_says_so_and_why(adapted):
    label = 'Local item (Northshire ICB); replaces national item "Old"'
    told = {**NATIONAL, "label": label, "words": "local", "replaces": "core:old", "reason": "Ours fits."}
    adapted.write({"edition.json": edition({"core:two-homes": told})})
    text = adapted.build("text").text("one.txt")
    assert label in text.replace("\n", " ")
    assert "Reason: Ours fits." in text


@pytest.mark.parametrize(("by", "whose"), [("", "a national item"), ("The Region", "an item of The Region")])
def test_a_panel_says_whose_item_a_local_one_replaces(adapted, by, whose):
    told = {**NATIONAL, "words": "local", "replaces": "core:old", "replaces_of": by, "reason": "Ours fits."}
    adapted.write({"edition.json": edition({"core:two-homes": told})})
    assert soup(adapted.build()).details.summary.get_text() == f"Why it replaces {whose}"


def test_a_part_with_local_details_has_a_label_and_no_panel(adapted):
    told = {
        **NATIONAL,
        "parts": [part("questions", label="National wording with local details", words="details")],
    }
    adapted.write({"edition.json": edition({"core:two-homes": told})})
    page = soup(adapted.build())
    assert (
        page.select_one("#two-homes--questions > p.guidance-label").get_text()
        == "National wording with local details"
    )
    assert not page.select("details")


STALE = {
    "kind": "substantive",
    "version": "1.5.0",
    "on": "2026-07-01",
    "why": "The wait was cut",
    "was": "Students wait six weeks.\n• One",
}
REVIEWED = {
    **ADAPTED,
    "label": f"{ADAPTED['label']} - under review: the national text changed on 1 July 2026",
    "whose": ADAPTED["label"],
    "stale": STALE,
    "change": [["same", "Students wait "], ["del", "six"], ["ins", "four"], ["same", " weeks.\n• One"]],
}
REPLACED = {
    "replaces": "core:gone",
    "reason": "Ours.",
    "national": "Gone\n\nIts words.",
    "stale": STALE,
    "parts": [{**REVIEWED, "stale": {}}],
}


@pytest.fixture
def reviewed(adapted):
    def write(part=REVIEWED, **item):
        told = {**NATIONAL, "label": "L", "words": "meaning", "parts": [part], **item}
        adapted.write({"edition.json": edition({"core:two-homes": told})})
        return adapted

    return write


def test_a_part_under_review_has_a_notice_that_leads_to_its_panel(reviewed):
    built = reviewed().build()
    assert built.warnings == ""
    part = soup(built).select_one("section#two-homes--what-it-looks-like")
    assert [one.name for one in part.find_all(recursive=False)][:3] == ["h2", "p", "p"]
    assert part.select_one("p.guidance-label").get_text() == ADAPTED["label"]
    notice = part.select_one("p.guidance-review")
    said = "Under review: the national text changed on 1 July 2026. The wait was cut. See what changed"
    assert notice.get_text() == said
    assert part.select_one("details > span")["id"] == notice.a["href"].removeprefix("#")


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("told", [{"parts": [REVIEWED]}, REPLACED], ids=["part", "item"])
def test_the_link_of_a_notice_opens_its_panel_in_a_browser(reviewed, told):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    made = reviewed(**told)
    made.build()
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto((made.out / "html" / "one.html").as_uri())
        panel = page.locator("details:has(> span[id$=--review])")
        assert panel.get_attribute("open") is None
        page.locator("p.guidance-review a").first.press("Enter")
        assert panel.get_attribute("open") is not None
        browser.close()


def test_who_stands_behind_exactly_these_words_is_said_below_the_label(reviewed):
    behind = [{"by": "The College", "on": "2026-09-01"}, {"by": "The Trust", "on": ""}]
    part = {**REVIEWED, "stale": {}, "change": [], "endorsed": behind[:1]}
    page = soup(reviewed(part, endorsed=behind).build())
    item, within = page.select_one("#two-homes"), page.select_one("section#two-homes--what-it-looks-like")
    said = "Endorsed in exactly these words by The College on 1 September 2026."
    assert within.select_one("p.guidance-endorsed").get_text() == said
    title = {**part, "key": "title", "title": "Title"}
    named = soup(reviewed(title).build()).select_one("#two-homes > p.guidance-endorsed").get_text()
    assert named == f"Title: {said}"
    both = [one.get_text() for one in item.find_all("p", "guidance-endorsed", recursive=False)]
    assert both == [said, "Endorsed in exactly these words by The Trust."]


def test_the_panel_of_a_part_under_review_shows_every_wording_and_the_national_change(reviewed):
    panel = soup(reviewed().build()).select_one("details:has(> span#two-homes--what-it-looks-like--review)")
    assert [one.get_text() for one in panel.select("p.guidance-panel-name")] == [
        "National wording now",
        "National wording that the local wording was written beside",
        "What changed in the national text",
        "Local wording",
        "How the local wording differs from the national wording now",
    ]
    text = re.sub(r"\s+", " ", panel.get_text(" "))
    assert "Students wait [deleted: six end of deletion] [inserted: four end of insertion] weeks." in text
    assert "Reason: We agreed it." in text


@pytest.mark.parametrize(
    ("stale", "said"),
    [
        ({"version": "1.5.0"}, "Under review: the national text changed in 1.5.0."),
        ({"kind": "editorial"}, "Under review: the national text changed."),
        ({"kind": "safety"}, "Under review: the national text changed for safety."),
        (
            {"kind": "safety", "on": "2026-07"},
            "Under review: the national text changed for safety on July 2026.",
        ),
        (
            {"kind": "safety", "version": "2"},
            "Under review: the national text changed for safety in 2.",
        ),
    ],
)
def test_the_notice_says_as_much_as_is_known(reviewed, stale, said):
    page = soup(reviewed({**REVIEWED, "stale": stale, "change": []}).build())
    assert page.select_one("p.guidance-review strong").get_text() == said


def test_where_the_text_beneath_is_an_earlier_editions_it_is_named_as_that(reviewed):
    part = {**REVIEWED, "stale": {**STALE, "by": "The Region"}, "text_of": "The Region"}
    page = soup(reviewed(part).build())
    said = "Under review: the text of The Region changed on 1 July 2026."
    assert page.select_one("p.guidance-review strong").get_text() == said
    panel = page.find("details")
    assert panel.summary.get_text() == "Compare with the wording of The Region: What it looks like"
    assert [one.get_text() for one in panel.select("p.guidance-panel-name")] == [
        "Wording of The Region now",
        "Wording of The Region that the local wording was written beside",
        "What changed in the text of The Region",
        "Local wording",
        "How the local wording differs from the wording of The Region now",
    ]


@pytest.mark.parametrize(
    ("then", "now", "words", "headings"),
    [
        (None, "", "noted", ["National wording now", "Wording that the local note was written beside"]),
        (None, "", "meaning", ["National wording now", "Wording that the local wording was written beside"]),
        ("", "The Region", "noted", ["Wording of The Region now", "National wording that the local note was written beside"]),
        ("The Region", "", "noted", ["National wording now", "Wording of The Region that the local note was written beside"]),
    ],
)  # fmt: skip
def test_each_wording_is_called_by_whose_it_is(reviewed, then, now, words, headings):
    local = {} if words == "meaning" else {"local": "", "diff": []}
    part = {**REVIEWED, "stale": {**STALE, "then": then}, "text_of": now, "words": words, **local}
    panel = soup(reviewed(part).build()).find("details")
    names = [one.get_text() for one in panel.select("p.guidance-panel-name")]
    assert names[:3] == [*headings, "What changed in the text"]
    assert panel.summary.get_text().startswith("Compare with" if words == "meaning" else names[2])


def test_where_no_release_changed_the_words_the_notice_says_so(reviewed):
    stale = {"kind": "substantive", "version": "", "was": "Ours.", "then": None}
    page = soup(reviewed({**REVIEWED, "stale": stale}).build())
    said = "Under review: the text that the local words were written beside changed."
    assert page.select_one("p.guidance-review strong").get_text() == said


@pytest.mark.parametrize(("by", "text"), [("", "national text"), ("The Region", "text of The Region")])
def test_where_no_change_is_known_the_notice_tells_of_none(reviewed, by, text):
    stale = {"kind": "substantive", "version": "", "on": "", "why": "", "by": by, "was": "", "lost": "yes"}
    page = soup(reviewed({**REVIEWED, "stale": stale, "change": [], "text_of": by}).build())
    notice = page.select_one("p.guidance-review")
    said = f"Under review: the local words are to be looked at again beside the {text}."
    assert notice.strong.get_text() == said
    assert notice.a.get_text().startswith("Compare with the ")
    assert "What changed" not in page.find("details").get_text().replace("What was changed", "")


def test_an_item_of_which_no_change_is_known_is_compared_with_what_it_replaces(reviewed):
    stale = {"kind": "substantive", "version": "", "on": "", "why": "", "by": "", "was": "", "lost": "yes"}
    told = {"replaces": "core:gone", "reason": "Ours.", "national": "Gone.", "stale": stale}
    block = soup(reviewed({**REVIEWED, "stale": {}}, **told).build()).select_one("#two-homes")
    panel = block.select_one("details:has(> span#two-homes--replaced--review)")
    assert panel.summary.get_text() == "Compare with the national wording"


def test_national_words_for_safety_over_which_an_earlier_edition_kept_its_own_stand_first(reviewed):
    kept = {"kind": "safety", "version": "2", "by": "The Region", "kept": "yes", "over": "Call 999.\n\nStay."}
    page = soup(reviewed({**REVIEWED, "stale": kept, "change": [], "text_of": "The Region"}).build())
    notice = page.select_one("section#two-homes--what-it-looks-like > p.guidance-review")
    assert notice.strong.get_text() == (
        "Under review: the national text changed for safety in 2. The Region has words of its own there."
    )
    name, words, then = notice.find_next_siblings(limit=3)
    assert (name.get_text(), then.get_text()) == ("National wording now", "Wording of The Region")
    assert [one.get_text() for one in words.find_all("p")] == ["Call 999.", "Stay."]


@pytest.mark.parametrize("ours", [False, True])
def test_national_words_in_whose_place_others_stand_are_a_click_away(reviewed, ours):
    part = {**REVIEWED, "stale": {}, "change": [], "text_of": "The Region", "core": "Call 999."}
    part |= {} if ours else {"words": "regional", "national": "", "local": "", "diff": [], "reason": ""}
    panel = soup(reviewed(part).build()).select_one("section#two-homes--what-it-looks-like details")
    said = "Compare with the wording of The Region" if ours else "Compare with the national wording"
    assert panel.summary.get_text() == f"{said}: What it looks like"
    name = panel.select_one("p.guidance-panel-name")
    assert name.get_text() == "Wording of the national guidance"
    assert name.find_next_sibling().get_text().strip() == "Call 999."


def test_what_an_earlier_edition_has_not_looked_at_is_told_at_the_top_of_the_item(reviewed):
    waits = {"by": "The Region", "why": "The wait was cut"}
    page = soup(reviewed({**REVIEWED, "stale": {}}, waits=waits).build())
    said = page.select_one("#two-homes > p.guidance-review").get_text()
    assert said == "Under review by The Region, as the national text changed. The wait was cut."


def test_an_item_under_review_that_replaces_another_shows_the_words_of_that(reviewed):
    told = {"replaces": "core:gone", "reason": "Ours.", "national": "Gone\n\nIts words.", "stale": STALE}
    block = soup(reviewed({**REVIEWED, "stale": {}}, **told).build()).select_one("#two-homes")
    panel = block.select_one("details:has(> span#two-homes--replaced--review)")
    assert block.select_one("p.guidance-review a")["href"] == "#two-homes--replaced--review"
    assert panel.summary.get_text() == "What changed in the national text"
    said = [one.get_text() for one in panel.find_all("p")]
    assert said == ["Reason: Ours.", "National wording now", "Gone", "Its words."]


def test_words_that_wait_are_in_the_panel_of_the_national_ones(reviewed):
    waits = {**REVIEWED, "words": "noted", "local": "", "diff": [], "held": "Students wait two weeks."}
    panel = soup(reviewed(waits).build()).find("details")
    assert panel.summary.get_text() == "What changed in the national text: What it looks like"
    assert "Local wording, which is not shown in its place for now" in panel.get_text()


def test_a_note_under_review_shows_what_changed_beside_it(reviewed):
    note = {
        **REVIEWED,
        "words": "noted",
        "local": "",
        "diff": [],
        "reason": "",
        "approved_by": "",
        "review_by": "",
    }
    panel = soup(reviewed(note).build()).find("details")
    assert "National wording that the local note was written beside" in panel.get_text()
    assert panel.find("del")


def test_where_no_older_text_is_kept_the_notice_leads_nowhere(reviewed):
    page = soup(reviewed({**REVIEWED, "words": "noted", "stale": {**STALE, "was": ""}}).build())
    assert page.select_one("p.guidance-review")
    assert not page.select("p.guidance-review a")
    assert not page.select("details")


def test_the_notices_of_the_item_and_of_its_first_part_stand_below_its_label(reviewed):
    first = {**REVIEWED, "key": "summary", "title": "Summary"}
    block = soup(reviewed(first, stale={**STALE, "why": "Why?", "was": ""}).build()).select_one("#two-homes")
    names = [one.get("class", [""])[0] for one in block.find_all(recursive=False)]
    assert names[1:4] == ["guidance-label", "guidance-review", "guidance-review"]
    notices = [one.get_text() for one in block.select("p.guidance-review")]
    assert notices[0].endswith("Why?")
    assert block.select_one("details:has(> span#two-homes--summary--review)")


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "xml", "singlehtml", "epub"])
def test_a_part_under_review_says_so_in_every_form(reviewed, builder):
    built = reviewed().build(builder)
    assert built.warnings == ""
    if builder != "epub":
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", built.all_text()))
        assert "the national text changed on 1 July 2026" in text
        assert "wait six weeks" in text


def test_words_of_an_earlier_edition_have_a_label_and_no_panel(reviewed):
    regional = part("questions", label="Regional wording (The Region)", words="regional")
    page = soup(reviewed(regional).build())
    label = page.select_one("#two-homes--questions > p.guidance-label-regional")
    assert label.get_text() == "Regional wording (The Region)"
    assert not page.select("details")


def test_a_label_that_changes_rewrites_its_page_and_no_other(adapted):
    adapted.write(
        {"two.md": "# Two\n\n{challenge}`two-homes`\n", "index.md": "# S\n\n```{toctree}\none\ntwo\n```\n"}
    )
    adapted.build()
    adapted.write({"edition.json": edition({"core:two-homes": NATIONAL})})
    built = adapted.build()
    assert built.written == ["index", "one"]
    assert "Changed in meaning" not in built.text("one.html")


LEFT_OUT = {"core:gone": {"title": "A title that nobody may see", "reason": "Not here."}}


def test_links_to_what_is_left_out_show_words_and_no_title(small):
    page = (
        "# P\n\n1 {challenge}`gone` 2 {challenge}`these words <gone>` 3 [more words](#gone) 4 {any}`gone` 5 {ref}`gone`\n\n"
        + texts.solution("a-one", "S", "gone, two-homes")
        + "\n"
        + texts.challenge("two-homes", "Two homes")
    )
    made = small(CONF, one=page)
    made.write({"edition.json": edition({}, left_out=LEFT_OUT)})
    built = made.build()
    assert built.warnings == ""
    text = soup(built).get_text()
    assert (
        "1 (an item that is not in this edition) 2 these words 3 more words 4 (an item that is not in this edition) 5 (an item that is not in this edition)"
        in text
    )
    assert "Addresses:\nTwo homes" in text
    assert "nobody may see" not in built.all_text()


def test_redirects_are_followed(small):
    page = "# P\n\n{challenge}`old` [w](#old)\n\n" + texts.challenge("northshire:new", "A new thing")
    page += "\n" + texts.solution("a-one", "S", "old")
    made = small(CONF, one=page)
    made.write({"edition.json": edition({}, redirects={"core:old": "northshire:new"})})
    built = made.build()
    assert built.warnings == ""
    assert [a["href"] for a in soup(built).select("p a.internal")] == [
        "#northshire-new", "#northshire-new", "#a-one", "#northshire-new",
    ]  # fmt: skip


def test_our_files_are_never_in_the_output(adapted):
    adapted.write({"facts.json": "{}"})
    built = adapted.build(html_extra_path=["."], html_copy_source=True)
    assert not {"edition.json", "references.json", "facts.json"} & set(built.files())


def test_a_damaged_edition_file_is_told_and_stops_nothing(adapted):
    adapted.write({"edition.json": "{"})
    assert "[guidance.json-syntax]" in adapted.build().warnings


def test_warnings_name_the_file_and_line_that_a_person_wrote(small, tmp_path):
    page = texts.challenge("two-homes", "T").replace(":felt-by: nhs", ":felt-by: nsh") + "\n{any}`nobody`\n"
    made = small(CONF, one=page)
    lines = {
        "one": [
            [3, "core", "challenges/x.md", 11],
            [20, "northshire", "local/y.md", 5],
            [9, "northshire", "edition.toml", 0],
        ]
    }
    made.write({"edition.json": edition({}, lines=lines)})
    warnings = made.build(guidance_sources={"northshire": str(tmp_path / "mine")}).warnings
    assert f'{tmp_path}/mine/local/y.md:5: WARNING: "nsh" is not a word' in warnings
    line = page.splitlines().index("{any}`nobody`") + 1
    assert f"{tmp_path}/mine/local/y.md:{line - 3 + 4}: WARNING: " in warnings
    assert "one.md" not in warnings
    made.write({"one.md": page.replace(":id: two-homes", ":id: Two Homes")})
    again = made.build(out="again", guidance_sources={}).warnings
    assert "core/challenges/x.md:12: WARNING: " in again
    assert "northshire/local/y.md:5: WARNING: " in again


def test_a_line_that_the_tool_wrote_is_named_by_its_file_alone(small):
    made = small(CONF, one="# P\n\n{any}`nobody`\n")
    made.write({"edition.json": edition({}, lines={"one": [[9, "northshire", "edition.toml", 0]]})})
    assert "northshire/edition.toml: WARNING: " in made.build().warnings


def test_twins_name_both_places_as_a_person_wrote_them(small):
    made = small(CONF, one=texts.challenge("two-homes", "A"), two=texts.challenge("two-homes", "B"))
    lines = {"one": [[40, "core", "a.md", 7]], "two": [[40, "northshire", "local/b.md", 1]]}
    made.write({"edition.json": edition({}, lines=lines)})
    said = 'northshire/local/b.md:1: WARNING: The id "core:two-homes" is already used at core/a.md:7.'
    assert said in made.build().warnings


ODD = [
    "<script>alert(1)</script>",
    "{fact}`crisis-line`",
    "{{ x }}",
    "*a* [b](c) $d$",
    "a &amp; <b>",
    "`` ` ``",
]


@pytest.mark.parametrize("value", ODD)
def test_a_local_fact_is_text_and_nothing_else(small, value):
    from guidance_kit.model.inline import local_fact

    made = small(CONF, one=f"# P\n\nCall {local_fact(value)} now.\n")
    built = made.build(myst_enable_extensions=["colon_fence", "dollarmath", "substitution"])
    span = soup(built).select_one("span.guidance-local-fact")
    assert span.get_text() == value
    assert not span.find(True)
    assert "<script>alert" not in built.text("one.html")


def test_a_fact_without_a_value_says_what_is_missing(small):
    made = small(one="# P\n\nCall {fact}`crisis-line`.\n")
    made.write(
        {
            "facts.json": json.dumps(
                {"crisis-line": {"label": "Crisis line", "type": "phone", "required": True}}
            )
        }
    )
    built = made.build()
    assert built.warnings == ""
    assert (
        soup(built).select_one("span.guidance-fact-missing").get_text()
        == "[to be completed locally: Crisis line]"
    )


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ({"type": "hours", "default": "9:00 to 17:00"}, "9:00 to 17:00"),
        ({"type": "date", "default": "2026-03-01"}, "1 March 2026"),
        ({"type": "text", "default": "<b>*Us*</b>"}, "<b>*Us*</b>"),
    ],
)
def test_a_fact_with_a_default_shows_it_until_it_changes(small, declared, shown):
    made = small(one="# P\n\nOpen {fact}`opening`.\n")
    made.write({"facts.json": json.dumps({"opening": {"label": "Opening", "required": True, **declared}})})
    assert soup(made.build()).select_one("span.guidance-local-fact").get_text() == shown
    made.write({"facts.json": json.dumps({"opening": {"label": "Opening", "required": True}})})
    built = made.build()
    assert (
        soup(built).select_one("span.guidance-fact-missing").get_text()
        == "[to be completed locally: Opening]"
    )
    assert not soup(built).select("span.guidance-local-fact")


def test_dates_of_an_item_are_shown_in_words(project):
    page = soup(project.build(), "studies/liverpool.html").select_one("section.guidance-case-study")
    rows = dict(zip(page.select("dl.guidance-about dt"), page.select("dl.guidance-about dd"), strict=True))
    said = {
        name.get_text(" ", strip=True).strip(" :"): value.get_text(strip=True) for name, value in rows.items()
    }
    assert (said["Began"], said["As of"]) == ("February 2019", "2024")


def test_a_fact_that_nobody_declared_is_told_with_the_nearest_name(project):
    project.replace("prose.md", "{fact}`crisis-line`", "{fact}`crisis-lin`")
    said = 'prose.md:7: WARNING: There is no fact "crisis-lin". Did you mean "crisis-line"? [guidance.unknown-fact]'
    assert said in project.build().warnings


def test_damaged_facts_are_told_and_stop_nothing(project):
    project.write({"facts.toml": "[["})
    assert "[guidance.manifest-syntax]" in project.build().warnings


def test_a_note_is_an_aside_with_a_name(project):
    aside = soup(project.build(), "prose.html").select_one("aside.guidance-note")
    assert aside["aria-label"] == "Local note (by Northshire ICB): In Northshire"
    assert aside["id"] == "northshire-isa"
    assert aside.strong.get_text() == "agreement"


@pytest.mark.parametrize("builder", ["html", "latex", "text", "man", "texinfo", "epub", "json"])
def test_facts_sources_and_links_may_stand_in_headings_and_titles(project, builder):
    title = "Call {fact}`crisis-line` on {local-fact}`day 1` {cite}`ofs` of {challenge}`unclear-roles`"
    project.replace("challenges/two-homes.md", "Students have *two homes*", title)
    project.replace("plain.md", "# A plain page", f"# {title}\n\n## {title}")
    built = project.build(builder, epub_show_urls="no")
    assert built.warnings == ""
    if builder == "html":
        shown = soup(built, "solutions/place-of-study.html").select_one("dl.guidance-about").get_text()
        assert "Call [to be completed locally: 24-hour crisis line] on day 1" in shown
        assert "24-hour crisis line" in soup(built, "index.html").select_one("div.toctree-wrapper").get_text()


def test_a_value_of_a_fact_keeps_its_quotes_and_dashes(small):
    page = "# P\n\nIt's -- for {local-fact}`Team \"it's\" -- ...`.\n"
    text = small(one=page).build().text("one.html")
    assert "It\u2019s \u2013 for" in text
    assert ">Team &quot;it's&quot; -- ...</span>" in text
