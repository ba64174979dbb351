"""Flattening by example: what becomes of each thing that two editions say, and when nothing is written."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_chains import DAY, Chain, words
from small_core import RELEASES
from test_chains import ADAPT, BOARD, REGION_LOCAL, REGION_SAYS, newer

from guidance_kit.cli.flatten import flatten as command
from guidance_kit.exporting.as_library import as_library
from guidance_kit.model.lock import How, What
from guidance_kit.problems import Problem
from guidance_kit.publishing.package import package
from guidance_kit.upgrading import Decision, accept
from guidance_kit.upgrading.flattening import Flattened, flatten

UNI_SAYS = """
[facts]
team = "Uni team"

[[fact_for]]
item = "core:roles"
fact = "team"
value = "Uni roles"

[[arrange]]
section = "challenges"
last = ["region:transport"]
"""
UNI_LOCAL = {
    "adapt.md": "# Ours\n\n```{adapt} core:access#summary\n:kind: meaning\n:reason: Ours.\n:approved-by: Us\n\nTwo weeks.\n```\n\n"
    "```{adapt} region:transport#summary\n:kind: context\n\nOur bus runs. Ring {fact}`desk`.\n```\n\n"
    "```{local-note} region:board\n:id: seat\n\nWe have a seat.\n```\n\n"
    "```{local-note} core:danger#summary\n:id: ours\n\nOur note.\n```\n",
    "pages/year.md": "# Our year\n\nSee {solution}`board` and {challenge}`access`.\n",
    "references.json": '[{"id": "two", "type": "book", "title": "Two"}]\n',
}


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("region", "core", REGION_SAYS, REGION_LOCAL)
    chain.edition("uni", "region", UNI_SAYS, UNI_LOCAL)
    chain.up("region", "uni")
    return chain


def flat(chain: Chain, name: str = "uni") -> Flattened:
    made, problems = flatten(chain.folder / name, chain.folder / "flat", DAY)
    assert made is not None, [str(one) for one in problems]
    return made


def refused(chain: Chain, name: str = "uni") -> list[Problem]:
    made, problems = flatten(chain.folder / name, chain.folder / "flat", DAY)
    assert made is None
    assert not (chain.folder / "flat").exists()
    return list(problems)


def test_it_says_the_same_word_for_word_and_is_sound(chain):
    made = flat(chain)
    assert (made.id, made.parent, made.based_on, made.differing) == ("uni", "region", "core", ())
    assert chain.codes("flat") == chain.codes("uni") == []
    one, other = chain.opened("flat").edition, chain.opened("uni").edition
    assert {page.path: page.text for page in one.pages} == {page.path: page.text for page in other.pages}


def test_it_needs_its_parent_no_more(chain):
    flat(chain)
    (chain.folder / "region").rename(chain.folder / "gone")
    assert chain.up("flat").idle
    assert chain.opened("flat").base.id == "core"


def test_neither_edition_is_touched(chain):
    def files() -> dict[str, bytes]:
        both = [chain.folder / "uni", chain.folder / "region"]
        return {str(path): path.read_bytes() for one in both for path in one.rglob("*") if path.is_file()}

    before = files()
    flat(chain)
    assert files() == before


def test_the_childs_adaptation_stands_with_both_reasons_and_the_graver_kind(chain):
    flat(chain)
    (op,) = [one for one in chain.opened("flat").overlay.adaptations if one.item == "core:access"]
    assert (str(op.kind), op.text) == ("meaning", "Two weeks.")
    assert op.reason == "Ours. Region: Shorter waits here."
    assert op.approved_by == "Us"


def test_the_parents_notes_keep_their_ids_and_who_says_them(chain):
    flat(chain)
    notes = {note.id: note for note in chain.opened("flat").overlay.notes}
    assert set(notes) == {"region:line", "region:whole", "region:before", "uni:ours"}
    assert {one.by for name, one in notes.items() if name.startswith("region:")} == {"Region"}


def test_what_the_child_says_of_the_parents_items_is_written_into_them(chain):
    flat(chain)
    opened = chain.opened("flat")
    assert opened.overlay.carries == ("region",)
    assert {add.item.id for add in opened.overlay.adds} == {"region:transport", "region:board"}
    assert "Our bus runs." in words(opened.edition, "challenges/transport")
    assert words(opened.edition, "solutions/forum").count("We have a seat.") == 1
    assert opened.edition.redirects == {"core:forum": "region:board"}


def test_locks_and_protections_hold_for_what_is_based_on_it(chain):
    flat(chain)
    chain.edition(
        "dept",
        "flat",
        '[facts]\ncrisis-line = "01632 960999"\n',
        {"a.md": ADAPT.replace("core:access#summary", "core:roles#first-steps")},
    )
    chain.up("dept")
    assert sorted(chain.codes("dept")) == ["fact-locked", "fixed-wording"]


def test_who_looked_at_a_piece_of_work_and_when_is_kept(chain):
    flat(chain)
    known = chain.opened("flat").lock.reviewed
    region = chain.opened("region").lock.reviewed
    key = next(key for key in region if key[1] == "fact:crisis-line")
    assert (known[key].how, known[key].on) == (How.CREATED, region[key].on)
    assert known[key].base == region[key].base


def test_words_of_the_parent_that_the_child_went_back_to_have_the_record_of_the_parent(chain):
    done, problems = accept(
        chain.folder / "uni", "core:access#summary", Decision(how=How.TOOK_NATIONAL, by="Uni", on=DAY)
    )
    assert done, [str(one) for one in problems]
    flat(chain)
    key = (What.ADAPT, "core:access#summary")
    known = chain.opened("flat").lock.reviewed[key]
    region = chain.opened("region").lock.reviewed[key]
    assert (known.how, known.by, known.local) == (region.how, region.by, region.local)


def test_an_item_of_the_parents_that_the_child_leaves_out_is_gone_and_links_to_it_are_words(chain):
    local = {"adapt.md": "", "pages/year.md": "# Our year\n\nSee {solution}`the board <region:board>`.\n"}
    tables = '[[leave_out]]\nitem = "region:transport"\nreason = "Town."\n[[leave_out]]\nitem = "region:board"\nreason = "Gone."\n'
    chain.edition("uni", "region", tables, {**UNI_LOCAL, **local})
    chain.up("uni")
    flat(chain)
    opened = chain.opened("flat")
    assert opened.overlay.adds == ()
    assert {one.item: one.reason for one in opened.edition.left_out} == {
        "core:small": "We have none.",
        "core:forum": "Gone.",
    }
    assert "See the board." in words(opened.edition, "year")


def test_an_item_in_the_place_of_the_parents_is_in_the_place_of_what_that_replaced(chain):
    own = (
        BOARD.replace(":id: board", ":id: circle")
        .replace("core:forum", "region:board")
        .replace(", needs", "")
    )
    local = {
        **UNI_LOCAL,
        "circle.md": own,
        "adapt.md": "",
        "pages/year.md": "# Our\n\n{solution}`region:board`\n",
    }
    chain.edition("uni", "region", "", local)
    chain.up("uni")
    flat(chain)
    edition = chain.opened("flat").edition
    assert edition.redirects == {"core:forum": "uni:circle"}
    assert "{solution}`uni:circle`" in words(edition, "year")


def test_an_edition_that_starts_from_nothing_stays_one(chain):
    chain.edition(
        "uni",
        "region",
        '[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:access"\n',
        {"adapt.md": ""},
    )
    (chain.folder / "uni/local/pages/year.md").unlink()
    chain.up("uni")
    flat(chain)
    one, other = chain.opened("flat"), chain.opened("uni")
    assert one.overlay.start_from == "nothing"
    assert set(one.edition.by_id) == set(other.edition.by_id) == {"core:access", "core:danger"}


def test_a_short_name_that_would_mean_another_item_is_written_in_full(chain):
    own = (
        REGION_LOCAL["items.md"]
        .replace("Buses are few", "Our roles")
        .replace(":id: transport", ":id: roles")
        .replace("challenge}`access", "solution}`core:roles")
    )
    chain.edition(
        "uni",
        "region",
        "",
        {
            "own.md": own,
            "adapt.md": "",
            "pages/year.md": "# Our\n\n{challenge}`roles` {challenge}`transport`\n",
        },
    )
    chain.up("uni")
    made = flat(chain)
    assert made.differing == ()
    text = words(chain.opened("flat").edition, "year")
    assert "{challenge}`uni:roles` {challenge}`region:transport`" in text


def test_who_kept_their_words_and_why_is_kept(chain):
    newer(chain)
    chain.up("region")
    how = Decision(how=How.KEPT_MINE, by="Region lead", reason="Ours are shorter.", on=DAY)
    assert accept(chain.folder / "region", "core:access#summary", how)[0]
    plain_uni(chain)
    flat(chain)
    known = chain.opened("flat").lock.reviewed[What.ADAPT, "core:access#summary"]
    assert (known.how, known.by, known.reason) == (How.KEPT_MINE, "Region lead", "Ours are shorter.")


def test_words_that_the_national_text_says_now_are_no_hindrance(chain):
    chain.core({"challenges/access.md": ("Students wait four", "Students in the region wait three")})
    library = chain.folder / "core/library.toml"
    library.write_text(library.read_text().replace("1.0.0", "1.1.0"))
    chain.up("region")
    assert chain.state("region", "core:access#summary") == "converged"
    plain_uni(chain)
    assert flat(chain).id == "uni"


def test_a_parent_that_keeps_no_copy_gives_the_text_that_it_is_composed_from(chain):
    plain_uni(chain)
    for name in ("national", ".guidance"):
        shutil.rmtree(chain.folder / "region" / name)
    (chain.folder / "region/edition.lock").unlink()
    assert flat(chain).differing == ()
    assert chain.opened("flat").lock.base.id == "core"


def test_an_edition_of_an_edition_of_an_edition_is_flattened_step_by_step(chain):
    chain.edition(
        "college", "uni", "", {"a.md": ADAPT.replace("summary", "questions").replace("three", "six")}
    )
    chain.up("college")
    made = flat(chain, "college")
    assert (made.parent, made.based_on, made.lacks) == ("uni", "region", "")
    assert chain.opened("flat").overlay.based_on == "../region"


def test_an_edition_that_it_is_based_on_is_named_from_where_it_stands(chain):
    chain.edition(
        "college", "uni", "", {"a.md": ADAPT.replace("summary", "questions").replace("three", "six")}
    )
    chain.up("college")
    made, problems = flatten(chain.folder / "college", chain.folder / "deep" / "flat", DAY)
    assert made is not None, problems
    assert chain.opened("deep/flat").overlay.based_on == "../../region"


def test_what_it_is_based_on_may_not_be_where_the_parents_people_have_it(chain):
    root = chain.folder / "region"
    made = package(root, chain.opened("region").edition, chain.folder / "packaged")
    assert made.folder is not None
    chain.edition("uni", "packaged/guidance_region/library")
    chain.up("uni")
    (chain.folder / "core").rename(chain.folder / "elsewhere")
    told = flat(chain)
    assert (told.based_on, told.lacks) == ("core", "../core")
    args = [str(chain.folder / "uni"), "--output", str(chain.folder / "second")]
    ran = CliRunner().invoke(command, args, standalone_mode=False)
    assert 'There is no "../core" here: write in its edition.toml where core is.' in ran.output


def plain_uni(chain: Chain) -> None:
    """Let the university say nothing of its own."""
    shutil.rmtree(chain.folder / "uni")
    chain.edition("uni", "region")
    chain.up("uni")


# When nothing is written.


def test_what_is_open_or_put_off_in_the_parent_is_settled_first(chain):
    newer(chain)
    chain.up("region")
    plain_uni(chain)
    assert [one.code for one in refused(chain)] == ["stale"]
    until = dt.date(2027, 1, 1)
    how = Decision(how=How.DEFERRED, reason="The board meets then.", until=until, on=DAY)
    assert accept(chain.folder / "region", "core:access#summary", how)[0]
    (problem,) = refused(chain)
    assert (problem.code, "region/" in problem.place.path) == ("stale", True)


def test_a_folder_that_is_no_edition_is_told(chain):
    assert [one.code for one in refused(chain, "core")] == ["not-found"]


def test_a_library_that_keeps_no_edition_beside_it_is_no_parent(chain):
    library = as_library(chain.opened("region").unfilled())
    chain.write("given", library.texts)
    chain.write("given", {"images/desk.svg": "<svg/>\n"})
    chain.edition("uni", "given")
    chain.up("uni")
    assert [one.code for one in refused(chain)] == ["missing-base"]


def test_a_file_is_no_folder_to_write_to(chain):
    (chain.folder / "flat").write_text("mine")
    made, problems = flatten(chain.folder / "uni", chain.folder / "flat", DAY)
    assert (made, [one.code for one in problems]) == (None, ["would-overwrite"])
    assert (chain.folder / "flat").read_text() == "mine"


def test_an_empty_folder_is_written_to(chain):
    chain.write("flat", {".DS_Store": "", "Thumbs.db": ""})  # systems leave these in every folder
    assert flat(chain).id == "uni"


def test_an_edition_of_the_core_has_nothing_to_flatten(chain):
    assert [one.code for one in refused(chain, "region")] == ["bad-value"]


def test_the_parents_own_files_are_needed(chain):
    (chain.folder / "region").rename(chain.folder / "gone")
    (problem,) = refused(chain)
    assert problem.code == "missing-base"
    assert "guidance-kit package" in problem.hint


def test_the_child_is_brought_up_to_date_first(chain):
    chain.write("region", {"local/adapt.md": ADAPT.replace("three", "nine")})
    assert [one.code for one in refused(chain)] == ["parent-behind"]


def test_a_parent_that_names_another_base_decides_on_that_first(chain):
    shutil.copytree(chain.folder / "core", chain.folder / "other")
    manifest = chain.folder / "other/library.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('id = "core"', 'id = "other"'), "utf-8")
    region = chain.folder / "region/edition.toml"
    region.write_text(region.read_text("utf-8").replace('"../core"', '"../other"'), "utf-8")
    assert [one.code for one in refused(chain)] == ["other-base"]


def test_what_is_open_is_settled_first(chain):
    newer(chain)
    chain.up("region", "uni")
    assert "stale" in [one.code for one in refused(chain)]


def test_what_a_release_brought_is_decided_first(tmp_path):
    """A safety change that nobody has read, and a new item that nobody has taken, each by its own name."""
    chain = Chain(tmp_path)
    for version in ("1.0.0", "1.1.0"):
        shutil.rmtree(chain.folder / "core", ignore_errors=True)
        shutil.copytree(RELEASES / version, chain.folder / "core")
        if version == "1.0.0":
            chain.edition("region", "core")
            chain.edition("uni", "region")
        chain.up("region", "uni")
    told = [(one.code, one.message) for one in refused(chain)]
    assert ("safety-unread", '"core:medicines" changed for safety, and nobody has read it.') in told
    assert ("new-items-waiting", '"core:waiting-well" waits for a decision.') in told


def test_errors_are_mended_first(chain):
    chain.write("uni", {"local/bad.md": "```{adapt} core:nowhere#summary\n\nOurs.\n```\n"})
    assert "unknown-target" in [one.code for one in refused(chain)]


def test_a_folder_that_holds_something_is_left_alone(chain):
    chain.write("flat", {"mine.txt": "mine"})
    made, problems = flatten(chain.folder / "uni", chain.folder / "flat", DAY)
    assert made is None
    assert [one.code for one in problems] == ["would-overwrite"]
    assert [path.name for path in (chain.folder / "flat").iterdir()] == ["mine.txt"]


def test_a_parent_that_was_installed_is_flattened_from_the_sources_in_its_package(chain):
    root = chain.folder / "region"
    made = package(root, chain.opened("region").edition, chain.folder / "packaged")
    library = "packaged/guidance_region/library"
    chain.edition("uni", library, UNI_SAYS, UNI_LOCAL)
    chain.up("uni")
    root.rename(chain.folder / "gone")
    assert made.folder is not None
    told = flat(chain)
    assert (told.parent, told.differing) == ("region", ())


def test_what_an_installed_parent_has_open_is_for_its_own_people(chain):
    root = chain.folder / "region"
    newer(chain)
    chain.up("region")
    package(root, chain.opened("region").edition, chain.folder / "packaged", draft=True)
    chain.edition("alone", "packaged/guidance_region/library")
    chain.up("alone")
    made, problems = flatten(chain.folder / "alone", chain.folder / "flat", DAY)
    assert made is None
    assert problems
    asked = chain.opened("region").overlay
    for one in problems:
        assert one.place.path == str(chain.folder / "alone/edition.toml")
        assert one.message.startswith(f"{asked.publisher or asked.title} has something to settle first: its ")
        assert one.hint.startswith(f"Ask {asked.publisher or asked.title}")
        assert "packaged" not in f"{one.message}{one.hint}"


def test_the_command_tells_what_it_wrote(chain):
    args = [str(chain.folder / "uni"), "--output", str(chain.folder / "flat")]
    ran = CliRunner().invoke(command, [*args, "--json"], standalone_mode=False)
    assert ran.return_value == 0
    assert json.loads(ran.output)["based_on"] == "core"
    again = CliRunner().invoke(command, args, standalone_mode=False)
    assert "Nothing was written." in again.output


def test_an_item_on_a_page_of_the_parents_stands_there_and_nowhere_else(chain):
    board = BOARD.replace("board", "year-board").replace(":instead-of: core:forum\n", "")
    page = f"# The year\n\n{board}"
    (chain.folder / "region/local/pages/the-year.md").write_text(page, "utf-8")
    chain.up("region", "uni")
    accept(chain.folder / "uni", "year-board", Decision(how=How.TOOK_NATIONAL, on=DAY))
    made = flat(chain)
    assert made.differing == ()
    files = [
        file
        for file in (chain.folder / "flat/local").rglob("*.md")
        if "year-board" in file.read_text("utf-8")
    ]
    assert files == [chain.folder / "flat/local/pages/the-year.md"]


def test_who_says_a_note_of_the_parents_stays_who_said_it(chain):
    notes = chain.folder / "region/local/notes.md"
    notes.write_text(
        notes.read_text("utf-8").replace(":id: line", ":id: line\n:by: The crisis team"), "utf-8"
    )
    chain.up("region", "uni")
    assert flat(chain).differing == ()
    assert ":by: The crisis team\n" in (chain.folder / "flat/local/carried/region/notes.md").read_text(
        "utf-8"
    )


def test_a_parent_without_a_publisher_is_named_by_its_title(chain):
    manifest = chain.folder / "region/edition.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('publisher = "Region"\n', ""), "utf-8")
    chain.up("region", "uni")
    flat(chain)
    assert ":reason: Ours. Region edition: Shorter waits here." in "".join(
        file.read_text("utf-8") for file in (chain.folder / "flat/local").rglob("*.md")
    )


def test_it_names_what_it_is_based_on_from_where_it_stands_itself(chain):
    made, problems = flatten(chain.folder / "uni", chain.folder / "deep" / "flat", DAY)
    assert made is not None, problems
    assert (made.lacks, made.differing) == ("", ())
    assert 'based_on = "../../core"' in (chain.folder / "deep/flat/edition.toml").read_text("utf-8")


def plain(folder: Path, region: str = "", uni: str = "") -> Chain:
    """Return a chain in which neither edition has a word of its own: only what its manifest says."""
    chain = Chain(folder)
    chain.core()
    chain.edition("region", "core", region)
    chain.edition("uni", "region", uni)
    chain.up("region", "uni")
    return chain


def test_an_order_and_a_place_of_the_parents_stand_without_any_words_of_either(tmp_path):
    says = '[[arrange]]\nsection = "challenges"\nfirst = ["core:danger"]\n\n'
    says += '[[place]]\nitem = "core:small"\nsection = "solutions"\n'
    chain = plain(tmp_path, says)
    assert flat(chain).differing == ()
    manifest = (chain.folder / "flat/edition.toml").read_text("utf-8")
    assert [line for line in manifest.splitlines() if line.startswith(("[", "section", "first"))] == [
        "[edition]",
        "[choose]",
        "[publish]",
        "[[place]]",
        'section = "solutions"',
        "[[arrange]]",
        'section = "challenges"',
        'first = ["core:danger", "core:access"]',
        "[[arrange]]",
        'section = "solutions"',
        'first = ["core:forum", "core:roles", "core:small"]',
    ]


def test_nothing_is_said_of_what_the_child_leaves_out(tmp_path):
    says = '[[place]]\nitem = "core:small"\nsection = "solutions"\n\n'
    says += '[[protect]]\nitem = "core:small"\npart = "summary"\nprotection = "endorsed"\n'
    chain = plain(tmp_path, says, '[[leave_out]]\nitem = "core:small"\nreason = "None here."\n')
    assert flat(chain).differing == ()
    manifest = (chain.folder / "flat/edition.toml").read_text("utf-8")
    assert manifest.count("core:small") == 1
    assert "[[place]]" not in manifest
    assert "[[protect]]" not in manifest


def test_that_words_are_checked_is_kept(tmp_path):
    chain = plain(tmp_path, uni='[writing]\ncheck = true\nknown = ["ABC"]\n')
    flat(chain)
    manifest = (chain.folder / "flat/edition.toml").read_text("utf-8")
    assert '[writing]\ncheck = true\nknown = ["ABC"]\n' in manifest


def test_an_item_inside_another_goes_with_it_where_little_is_chosen(tmp_path):
    chain = Chain(tmp_path)
    chain.core()
    page = chain.folder / "core/challenges/access.md"
    text = page.read_text("utf-8").replace(":::{challenge}", "::::{challenge}").removesuffix(":::\n")
    inner = ":::{term} Triage\n:id: triage\n\n## In the NHS\n\nOne.\n\n## In higher education\n\nTwo.\n:::\n"
    page.write_text(text.replace("## What it", f"{inner}\n## What it", 1) + "::::\n", "utf-8")
    chain.edition("region", "core")
    chain.edition("uni", "region", '[choose]\nstart_from = "nothing"\n[[take]]\nitem = "core:access"\n')
    chain.up("region", "uni")
    assert "core:triage" in chain.opened("uni").edition.by_id
    assert flat(chain).differing == ()
    assert "triage" not in (chain.folder / "flat/edition.toml").read_text("utf-8")
