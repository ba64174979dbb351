"""What a reader of the example editions sees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from built_examples import EDITIONS, EXAMPLES, Built, run, sphinx
from tested import dead_links

from guidance_kit import check, load_edition
from guidance_kit.api import read_edition

BY = "NHS Northtown ICB with the University of Northtown"
LEFT_OUT = ("small-providers", "pooled-service")


def title_of(item: str) -> str:
    return read_edition(EXAMPLES / "northtown")[0].base.by_id[item].title


@pytest.mark.parametrize("name", EDITIONS)
def test_an_example_is_read_and_checked_without_any_problem(name: str):
    edition, problems = read_edition(EXAMPLES / name)
    assert edition is not None
    assert [str(problem) for problem in (*problems, *check(edition))] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_command_builds_an_example_and_warns_of_nothing(name: str, edition: Callable[[str], Built]):
    built = edition(name)
    assert (built.site / "index.html").is_file()
    assert built.said == f"Built: {len(built.edition_pages)} pages, {built.site / 'index.html'}\n"


def test_the_result_can_be_written_elsewhere_and_is_the_same(northtown: Built, tmp_path):
    run("-m", "guidance_kit", "build", northtown.folder, "--output", tmp_path / "site", cwd=tmp_path)
    for page in northtown.pages:
        assert (tmp_path / f"site/{page}.html").read_text("utf-8") == northtown.html(page), page


@pytest.mark.parametrize("name", EDITIONS)
def test_every_link_of_an_example_leads_to_a_page_and_a_place_on_it(
    name: str, edition: Callable[[str], Built]
):
    assert dead_links(edition(name).site) == []


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "latex", "gettext"])
def test_stock_sphinx_builds_the_source_of_an_example_with_warnings_as_errors(
    name: str, builder: str, edition: Callable[[str], Built], tmp_path
):
    source = edition(name).folder / "_build/source"
    output = sphinx(source, tmp_path / builder, "-n", builder=builder)
    assert any(output.iterdir())


def test_the_smallest_edition_has_three_facts_and_nothing_else():
    edition = load_edition(EXAMPLES / "minimal")
    written = {path.name for path in (EXAMPLES / "minimal").iterdir()}
    assert written - {"_build", "national", "edition.lock", ".guidance"} == {"edition.toml"}
    assert set(edition.overlay.values) == {value for value in edition.overlay.values if not value.item}
    assert {value.fact for value in edition.overlay.values} == {
        fact.id for fact in edition.library.facts if fact.required
    }
    assert len(edition.overlay.values) == 3
    assert {state.label for state in edition.composed} == {"national", "details"}


def test_the_first_page_of_northtown_says_that_northtown_is_made_up(northtown: Built):
    assert "Northtown is a made-up place." in northtown.words("index")


def test_northtown_uses_every_operation():
    overlay = load_edition(EXAMPLES / "northtown").overlay
    assert all(left.reason for left in overlay.leave_out)
    assert any(value.item for value in overlay.values)
    assert len({value.fact for value in overlay.values}) >= 9
    assert overlay.arrangements
    assert all(one.first and one.last for one in overlay.arrangements)
    assert overlay.puts
    assert {adapt.kind for adapt in overlay.adaptations} == {"context", "meaning"}
    assert "title" in {adapt.part for adapt in overlay.adaptations}
    assert {(note.before, bool(note.part)) for note in overlay.notes} >= {
        (True, True),
        (False, True),
        (False, False),
    }
    assert {add.item.kind for add in overlay.adds} >= {"challenge", "solution", "case-study", "term"}
    assert [add.reason for add in overlay.adds if add.instead_of]
    assert {page.path for page in overlay.pages} == {"pages/index.md", "pages/who-to-call.md"}
    assert overlay.facts
    assert overlay.locks
    assert overlay.protects
    assert overlay.references
    assert overlay.assets


def test_riverside_starts_from_nothing_takes_what_it_needs_and_has_a_case_study_of_its_own(riverside: Built):
    edition = load_edition(EXAMPLES / "riverside-college")
    assert edition.overlay.start_from == "nothing"
    assert len(edition.overlay.takes) == len(edition.library) - 1
    assert [add.item.kind for add in edition.overlay.adds] == ["case-study"]
    assert edition.overlay.writing.check
    assert "The college is made up." in riverside.words("index")
    assert not (riverside.site / "challenges" / "young-adults.html").exists()


def test_a_national_link_to_what_riverside_did_not_take_says_so(riverside: Built):
    words = riverside.words("challenges/two-homes")
    assert "See (an item that is not in this edition)." in words
    assert "First episode psychosis" not in words
    assert "psychosis-moves" not in riverside.html("challenges/two-homes")


def test_every_number_and_address_in_the_examples_is_one_that_nobody_has():
    for file in EXAMPLES.rglob("*"):
        ours = not {"_build", "national"} & set(file.parts)
        if file.suffix in (".toml", ".md", ".rst", ".json") and ours:
            text = file.read_text(encoding="utf-8")
            for number in re.findall(r"\b0\d[\d ]{8,}\d\b", text):
                assert re.fullmatch(r"0808 157 0\d{3}|01632 960\d{3}", number), (file, number)
            for host in re.findall(r"(?:https?://|@)([\w.-]+)", text):
                assert host.rstrip(".").endswith(".example"), (file, host)


LABELS = {
    "core:two-homes": f"Adapted to local context by {BY}",
    "core:agree-roles": f"Adapted to local context by {BY}",
    "core:place-of-study": f"Changed in meaning by {BY}",
    "core:eating-disorders": "National wording with a local note",
    "northtown:rural-transport": f"Local item ({BY})",
    "northtown:moor-campus": f"Local item ({BY})",
    "northtown:student-mh-board": f"Local item ({BY}); replaces national item",
    "core:unclear-roles": "National wording",
}


@pytest.mark.parametrize("item", LABELS)
def test_a_block_says_whose_words_it_holds(item: str, northtown: Built):
    page = load_edition(EXAMPLES / "northtown").by_id[item].page
    assert LABELS[item] in northtown.words(page)


def test_a_changed_part_shows_the_national_words_the_local_words_and_the_approval(northtown: Built):
    edition = load_edition(EXAMPLES / "northtown")
    page = northtown.html("solutions/place-of-study")
    words = northtown.words("solutions/place-of-study")
    national = next(p for p in edition.by_id["core:place-of-study"].parts if p.key == "how-it-works").national
    assert " ".join(national.replace("*", "").lstrip("- ").split()[:4]) in words
    assert "It does not yet hold for eating disorders" in words
    assert "The two eating disorder teams are commissioned by home address" in words
    assert "Medical director, NHS Northtown ICB" in words
    assert "<ins" in page
    roles = northtown.html("solutions/agree-roles")
    assert "<ins" in roles
    assert "<del" in roles


def test_local_notes_stand_beside_the_national_words_and_name_their_author(northtown: Built):
    for page, title in (
        ("challenges/information-sharing", "Our agreement"),
        ("challenges/crisis-and-discharge", "Numbers in Northtown"),
        ("challenges/eating-disorders", "Who to ask"),
    ):
        assert f"Local note (by {BY}): {title}" in northtown.words(page)


def test_facts_are_filled_in_and_one_item_has_a_value_of_its_own(northtown: Built):
    assert "0808 157 0101" in northtown.words("challenges/crisis-and-discharge")
    assert "0808 157 0100" not in northtown.words("challenges/crisis-and-discharge")
    assert "0808 157 0100" in northtown.words("who-to-call")
    assert "01632 960210" in northtown.words("who-to-call")
    for page in northtown.pages:
        assert "to be completed locally" not in northtown.words(page), page


def test_the_page_of_differences_lists_every_operation(northtown: Built):
    words = northtown.words("differences")
    edition = load_edition(EXAMPLES / "northtown")
    for left in edition.overlay.leave_out:
        assert title_of(left.item) in words
        assert left.reason in words
    for adapt in edition.overlay.adaptations:
        assert adapt.reason in words
        assert adapt.approved_by in words
    for note in edition.overlay.notes:
        assert note.title in words
    for add in edition.overlay.adds:
        assert add.item.title in words
    declared = {fact.id: fact for fact in edition.library.facts}
    for value in edition.overlay.values:
        assert declared[value.fact].shown(value.value) in words + northtown.words("facts-used")
    assert title_of("core:liaison-forum") in words
    assert "Who to call in Northtown" in words
    assert "in place of the national page" in words
    assert "Put in a different order: Challenges." in words
    assert "Moved to another section:" in words


@pytest.mark.parametrize("item", LEFT_OUT)
def test_what_is_left_out_is_nowhere_in_the_site_but_on_the_page_of_differences(item: str, northtown: Built):
    title = title_of(f"core:{item}")
    found = []
    for file in northtown.site.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            if title.encode() in data or f"core:{item}".encode() in data:
                found.append(file.relative_to(northtown.site).as_posix())
            assert f"/{item}.html" not in file.as_posix()
    told = ("differences", "left-out", "provenance.json")  # the last is for machines
    assert [name for name in found if not name.startswith(told)] == []
    assert "differences.html" in found


def test_a_replacement_stands_where_the_replaced_item_stood_and_links_lead_to_it(northtown: Built):
    words = northtown.words("solutions/liaison-forum")
    assert words.startswith("The Northtown Student Mental Health Board")
    assert f'replaces national item "{title_of("core:liaison-forum")}"' in words
    for page in northtown.pages:
        assert 'id="liaison-forum"' not in northtown.html(page), page
    linked = [page for page in northtown.pages if "#northtown-student-mh-board" in northtown.html(page)]
    assert {"challenges/unclear-roles", "challenges/information-sharing", "solutions/index"} <= set(linked)


def test_local_pages_stand_in_the_contents_and_one_takes_the_place_of_the_first_page(northtown: Built):
    index = northtown.html("index")
    assert 'href="who-to-call.html"' in index
    assert 'href="differences.html"' in index
    assert "A student who becomes unwell in Northtown" in northtown.words("index")


def test_the_local_picture_is_shown_with_its_words(northtown: Built):
    image = re.search(r'<img alt="([^"]+)"[^>]*src="(_images/[^"]+)"', northtown.html("who-to-call"))
    assert image
    assert image[1].startswith("Three boxes from left to right.")
    assert (northtown.site / image[2]).is_file()


def test_challenges_stand_in_the_order_that_was_asked_for(northtown: Built):
    page = northtown.html("challenges/index")
    names = ("information-sharing", "rural-transport", "unclear-roles", "healthcare-students")
    at = [page.index(f'href="{name}.html"') for name in names]
    assert at == sorted(at)


def test_the_placed_case_study_is_in_the_contents_of_its_new_section(northtown: Built):
    assert "liverpool.html" in northtown.html("solutions/index")
    toctree = (northtown.folder / "_build/source/case-studies/index.md").read_text(encoding="utf-8")
    assert not re.search(r"^(/?case-studies/)?liverpool$", toctree, re.MULTILINE)


def test_the_matrices_hold_local_items_and_say_their_cells_in_words(northtown: Built):
    tables = "".join(
        re.findall(r"<table.*?</table>", "".join(map(northtown.html, northtown.pages)), re.DOTALL)
    )
    rows = re.findall(r"<tr.*?</tr>", tables, re.DOTALL)
    assert any("Clinic days at Moor Campus" in row for row in rows)
    moor = [row for row in rows if "Moor Campus: an NHS clinic" in row]
    assert any("Claimed" in row and "Not seen" in row for row in moor)


def test_local_sources_stand_in_the_references(northtown: Built):
    everything = " ".join(map(northtown.words, northtown.pages))
    assert "Students in Northtown: a joint needs assessment (a made-up report)" in everything


def test_the_same_example_built_twice_is_the_same_byte_for_byte(northtown: Built, tmp_path):
    source = northtown.folder / "_build/source"
    again = sphinx(source, tmp_path / "again")
    for file in sorted(northtown.site.rglob("*.html")):
        assert file.read_bytes() == (again / file.relative_to(northtown.site)).read_bytes(), file
