"""The local notes beside words are in what is exported: an edition's own, and those of the editions before it."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from guidance_kit.api import compose, load_edition, read_library
from guidance_kit.exporting import EXPORTERS, as_csv, as_json, as_markdown, as_schema
from guidance_kit.exporting.as_library import as_library
from guidance_kit.exporting.files import write_tree

FACTS = '[facts]\ncrisis-line = "0808 157 0100"\n'
UNIVERSITY = '[edition]\nid = "uni"\ntitle = "U"\npublisher = "The University"\nbased_on = "../region"\n'
TERM = (
    ":::{term} Week\n:id: week\n:sources: src-one\n\n## In the NHS\n\nSeven days.\n\n"
    "## In higher education\n\nFive days.\n:::\n"
)
REGION = "NHS Northtown"


def note(name: str, target: str, text: str = "", *options: str, title: str = "") -> str:
    head = "\n".join((f":id: {name}", *options))
    return f"~~~{{local-note}} core:{target} {title}\n{head}\n\n{text or f'Said in {name}.'}\n~~~\n\n"


def exported(edition, item: str = "core:agree") -> list[dict[str, object]]:
    return next(one["notes"] for one in json.loads(as_json(edition))["items"] if one["id"] == item)


def places(edition) -> list[tuple[str, str, bool, str]]:
    return [(one["id"], one["part"], one["before"], one["by"]) for one in exported(edition)]


def made_library(folders):
    """Write the library that is made of the edition in a folder."""
    edition = folders.compose()
    unfilled = compose(edition.base, edition.overlay, edition.review, filled=False)
    folder = folders.edition.parent / "region"
    write_tree(as_library(unfilled), folder)
    return folder


@pytest.fixture
def chain(folders):
    """Return what composes an edition of a university on one of a region, each with its notes."""

    def made(region: str, university: str = "", manifest: str = ""):
        folders.local(region)
        folders.manifest(FACTS)
        if manifest:
            folders.write(folders.edition / "edition.toml", manifest)
        made_library(folders)
        root = folders.edition.parent / "uni"
        folders.write(root / "edition.toml", UNIVERSITY)
        folders.write(root / "local" / "ours.md", university)
        return load_edition(root)

    return made


def test_the_markdown_has_notes_where_they_stand(folders):
    folders.manifest(FACTS)
    folders.local(
        note("ours", "agree#summary", "Ring {fact}`crisis-line`:\n\n- at *night*", title="Our *line*")
        + note("first", "agree#how-it-works", "", ":stands: before")
        + note("whole", "agree")
    )
    text = as_markdown(folders.compose())
    assert (
        "Agree roles within four weeks.\n\n"
        f"> **Local note (by {REGION}): Our line**\n>\n> Ring 0808 157 0100:\n>\n> - at night\n\n"
        "#### How it works\n\n"
        f"> **Local note (by {REGION})**\n>\n> Said in first.\n\n"
        "Talk.\n\n#### First steps\n\n1. Meet.\n\n"
        f"> **Local note (by {REGION})**\n>\n> Said in whole.\n"
    ) in text


def test_whoever_says_a_note_is_shown_exactly(folders):
    folders.local(note("ours", "agree#summary", "", ":by: *A* team"))
    assert "> **Local note (by \\*A\\* team)**" in as_markdown(folders.compose())


def test_the_json_has_each_note_with_its_facts_filled_in(folders):
    folders.manifest(
        f'{FACTS}\n[[fact_for]]\nitem = "core:waits"\nfact = "crisis-line"\nvalue = "0800 1111"\n'
    )
    words = "Ring {fact}`crisis-line`, see {solution}`agree`."
    folders.local(
        note("ours", "agree#summary", words, title="{fact}`crisis-line`") + note("waits", "waits", words)
    )
    edition = folders.compose()
    (one,) = exported(edition)
    assert one == {
        "id": "northtown:ours",
        "part": "summary",
        "before": False,
        "by": REGION,
        "title": "{local-fact}`0808 157 0100`",
        "text": "Ring {local-fact}`0808 157 0100`, see {solution}`agree`.",
    }
    assert "{local-fact}`0800 1111`" in str(exported(edition, "core:waits"))
    assert exported(edition, "core:two-homes") == []


def test_a_fact_without_a_value_stays_a_slot(folders):
    folders.local(note("ours", "agree#summary", "Ring {fact}`crisis-line`."))
    assert exported(folders.compose())[0]["text"] == "Ring {fact}`crisis-line`."


def test_the_csv_has_a_row_a_note_below_what_it_is_beside(folders):
    folders.local(note("ours", "agree#summary", "=Signed *now*.", ":stands: before", title="When"))
    rows = [
        row for row in csv.DictReader(io.StringIO(as_csv(folders.compose()))) if row["item"] == "core:agree"
    ]
    assert [(row["part"], row["note"]) for row in rows[:4]] == [
        ("title", ""),
        ("summary", ""),
        ("summary", "northtown:ours"),
        ("how-it-works", ""),
    ]
    told = {key: rows[2][key] for key in ("label", "heading", "words", "page", "by")}
    assert told == {
        "label": f"Local note (by {REGION})",
        "heading": "When",
        "words": "'=Signed now.",
        "page": "solutions",
        "by": REGION,
    }
    assert rows[1]["by"] == ""


def test_a_note_beside_a_whole_item_is_the_last_row_of_it(folders):
    folders.local(note("whole", "agree"))
    rows = [
        row for row in csv.DictReader(io.StringIO(as_csv(folders.compose()))) if row["item"] == "core:agree"
    ]
    assert (rows[-1]["part"], rows[-1]["note"]) == ("", "northtown:whole")


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name != "schema"])
def test_the_notes_of_a_region_are_in_what_a_university_exports(chain, name):
    edition = chain(note("theirs", "agree#summary", "It is *six* weeks."), note("ours", "agree#summary"))
    text = EXPORTERS[name](edition)
    assert all(words in text for words in (f"{REGION}", "weeks", "Said in ours.", "The University"))


def test_what_a_note_of_a_region_is_beside_is_seen_from_where_it_stands(chain):
    edition = chain(
        note("n-a", "agree#summary")
        + note("n-b", "agree#how-it-works", "", ":stands: before")
        + note("n-c", "agree#how-it-works")
        + note("n-d", "agree#first-steps")
    )
    assert places(edition) == [
        ("northtown:n-a", "summary", False, REGION),
        ("northtown:n-b", "how-it-works", True, REGION),
        ("northtown:n-c", "how-it-works", False, REGION),
        ("northtown:n-d", "first-steps", False, REGION),
    ]


@pytest.mark.parametrize(
    ("target", "stands", "part"),
    [
        ("agree", "after", ""),
        ("agree", "before", ""),
        ("agree#title", "after", "title"),
        ("agree#title", "before", "title"),
        ("agree#summary", "before", "summary"),
        ("agree#first-steps", "after", "first-steps"),
    ],
)
def test_at_an_end_of_the_item_the_region_says_what_it_is_beside(chain, target, stands, part):
    edition = chain(note("theirs", target, "", f":stands: {stands}"))
    assert places(edition) == [("northtown:theirs", part, stands == "before", REGION)]


def test_a_note_before_the_first_part_is_beside_it_although_another_is_beside_the_item(chain):
    edition = chain(note("first", "agree#summary", "", ":stands: before") + note("whole", "agree"))
    assert [part for _, part, _, _ in places(edition)] == ["summary", ""]


@pytest.mark.parametrize(("target", "part"), [("week", ""), ("week#title", "title")])
def test_a_note_above_the_first_heading_is_before_the_item(chain, folders, target, part):
    folders.write(folders.core / "terms.md", TERM)
    edition = chain(note("theirs", target, "", ":stands: before"))
    (one,) = exported(edition, "core:week")
    assert (one["part"], one["before"]) == (part, True)
    said = f"> **Local note (by {REGION})**\n>\n> Said in theirs.\n\n#### In the NHS\n\nSeven days.\n"
    assert said in as_markdown(edition)


def test_a_note_beside_words_that_the_region_changed_is_still_beside_them(chain):
    adapt = "```{adapt} core:agree#first-steps\n:reason: R.\n\n1. Ring.\n```\n\n"
    edition = chain(adapt + note("theirs", "agree"))
    assert places(edition) == [("northtown:theirs", "", False, REGION)]


def test_the_notes_at_one_place_are_in_the_order_of_the_page(chain):
    where = (
        ("agree", ":stands: before"),
        ("agree#how-it-works", ":stands: before"),
        ("agree#how-it-works",),
        ("agree",),
    )
    notes = "".join(note(f"n{at}", target, "", *stands) for at, (target, *stands) in enumerate(where))
    edition = chain(notes, notes)
    text = edition.page_by_name["solutions"].text
    found = [
        line.removeprefix(":id: ") for line in text.split("\n") if line.startswith(":id: ") and ":n" in line
    ]
    lines = [line for line in as_markdown(edition).split("\n") if line.startswith("> ")]
    said = [
        f"{'uni' if 'University' in head else 'northtown'}:{words.removeprefix('> Said in ').removesuffix('.')}"
        for head, words in zip(lines[::2], lines[1::2], strict=True)
    ]
    assert said == found
    assert len(said) == 2 * len(where)


def test_a_library_has_the_notes_of_its_edition(folders):
    folders.local(note("whole", "agree") + note("ours", "agree#summary", "Ring {fact}`crisis-line`."))
    folders.manifest(FACTS)
    made = read_library(made_library(folders))
    assert places(made) == [
        ("northtown:ours", "summary", False, REGION),
        ("northtown:whole", "", False, REGION),
    ]
    assert exported(made)[0]["text"] == "Ring {fact}`crisis-line`."


def test_a_note_of_an_edition_that_names_no_publisher_is_by_its_title(chain):
    head = '[edition]\nid = "northtown"\ntitle = "Ours"\nbased_on = "../core"\n'
    assert places(chain(note("theirs", "agree"), "", head)) == [("northtown:theirs", "", False, "Ours")]


def test_a_note_in_an_item_of_another_belongs_to_the_inner_one(folders):
    inner = (
        ":::{solution} Inner\n:id: inner\n:addresses: two-homes\n:status: in-use\n:sources: src-one\n\nWords.\n\n"
        "```{local-note}\n:id: in\n:by: Them\n\nBeside.\n```\n\n## How it works\n\nSo.\n\n"
        "## First steps\n\n1. Go.\n:::"
    )
    path = folders.core / "solutions.md"
    path.write_text(
        path.read_text().replace(":::{solution}", "::::{solution}").replace("Talk.", f"Talk.\n\n{inner}")
    )
    path.write_text(path.read_text().replace("1. Meet.\n:::", "1. Meet.\n::::"))
    edition = folders.compose()
    assert exported(edition) == []
    assert [one["by"] for one in exported(edition, "core:inner")] == ["Them"]


def test_a_note_amid_the_words_of_a_part_is_among_them(folders):
    path = folders.core / "solutions.md"
    aside = "Talk.\n\n```{local-note}\n:id: in\n:by: Them\n\nBeside.\n```\n\nAnd talk."
    path.write_text(path.read_text().replace("Talk.", aside))
    edition = folders.compose()
    assert exported(edition) == []
    assert "Beside." in as_markdown(edition)


def test_an_item_of_an_edition_has_the_notes_that_stand_in_it(folders):
    folders.local(
        ":::{solution} Ours\n:id: ours\n:addresses: core:two-homes\n:status: in-use\n:sources: src-one\n\nWords.\n\n"
        "```{local-note}\n:id: in\n:by: Them\n\nBeside.\n```\n\n## How it works\n\nSo.\n\n"
        "## First steps\n\n1. Go.\n:::\n"
    )
    assert [(one["part"], one["by"]) for one in exported(folders.compose(), "northtown:ours")] == [
        ("summary", "Them")
    ]


def test_the_json_with_notes_is_what_the_schema_says(chain):
    edition = chain(note("n-a", "agree#title") + note("n-b", "agree"), note("ours", "agree#summary"))
    made, schema = json.loads(as_json(edition)), json.loads(as_schema())
    jsonschema.validate(made, schema)
    for key, value in (("part", "mood"), ("before", "yes"), ("whose", "ours")):
        changed = json.loads(as_json(edition))
        next(one for one in changed["items"] if one["notes"])["notes"][0][key] = value
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(changed, schema)
