"""Rules about protected wording, in a library and in an edition of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guidance_kit.api import read_edition
from guidance_kit.checking import check_edition, check_library
from guidance_kit.model.fingerprint import item_fingerprint
from guidance_kit.model.library import Library
from guidance_kit.reading.folders import read_library_folder

SMALL = Path(__file__).parent.parent / "releases" / "small-core" / "2.0.0"
EDITION = """\
[edition]
id = "northtown"
title = "Northtown"
version = "1"
based_on = "../core"

[facts]
crisis-line = "0808 157 0100"
liaison-team = "Northtown team"
"""


@pytest.fixture
def core(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "core"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def found(root: Path, code: str):
    library, _ = read_library_folder(root)
    assert isinstance(library, Library)
    return [one for one in check_library(library) if one.code == code]


def in_edition(core: Path, code: str, manifest: str = "", local: str = ""):
    root = core.parent / "edition"
    (root / "local").mkdir(parents=True)
    (root / "edition.toml").write_text(EDITION + manifest)
    (root / "local" / "ours.md").write_text(local)
    edition, problems = read_edition(root)
    assert edition is not None, problems
    return [one for one in check_edition(edition) if one.code == code]


CODES = ("endorsement-mismatch", "unshaped-fact", "bad-value", "unknown-target")


@pytest.mark.parametrize("code", CODES)
def test_the_small_core_breaks_none_of_them(core, code):
    assert found(core, code) == []
    assert in_edition(core, code) == []


def test_an_endorsement_covers_exactly_the_words_that_stand(core):
    edit(core / "challenges" / "information-sharing.md", "does not see", "never sees")
    (problem,) = found(core, "endorsement-mismatch")
    assert problem.message == (
        "The College of Test Data endorsed other words than those that "
        '"core:information-sharing#summary" says now.'
    )
    library, _ = read_library_folder(core)
    assert f'covers = "{library.prints["core:information-sharing#summary"]}"' in problem.hint
    lines = (core / "library.toml").read_text().split("\n")
    assert lines[problem.place.line - 1] == "[[endorsement]]"
    (again,) = in_edition(core, "endorsement-mismatch")
    assert (again.message, again.place.path.endswith("library.toml")) == (problem.message, True)


def test_an_endorsement_may_cover_a_whole_item(core):
    library, _ = read_library_folder(core)
    print_ = item_fingerprint(library.by_id["core:access"])
    with (core / "library.toml").open("a") as file:
        file.write(f'\n[[endorsement]]\nwhat = "access"\nby = "The College"\ncovers = "{print_}"\n')
    assert found(core, "endorsement-mismatch") == []
    edit(core / "challenges" / "access.md", "Terms are", "A term is")
    assert len(found(core, "endorsement-mismatch")) == 1


def test_an_edition_that_adapts_endorsed_words_makes_no_endorsement_wrong(core):
    edit(core / "challenges" / "information-sharing.md", ":protection: endorsed\n", "")
    local = "```{adapt} core:information-sharing#summary\n\nOur own words.\n```\n"
    assert in_edition(core, "endorsement-mismatch", local=local) == []


def test_an_endorsement_of_what_is_not_there_names_what_is(core):
    edit(core / "library.toml", "core:information-sharing#summary", "core:information-sharing#sumary")
    (problem,) = found(core, "unknown-target")
    assert problem.hint == 'Did you mean "core:information-sharing#summary"?'


def test_a_fact_in_fixed_wording_has_a_shape(core):
    edit(
        core / "solutions" / "immediate-danger.md",
        "Nobody needs",
        "Ask the {fact}`liaison-team`. Nobody needs",
    )
    (problem,) = found(core, "unshaped-fact")
    assert problem.message == ('The wording here is fixed, and the fact "liaison-team" in it may be any org.')
    assert problem.place.path.endswith("immediate-danger.md")
    assert problem.place.line == 12
    (again,) = in_edition(core, "unshaped-fact")
    assert (again.message, again.place.line) == (problem.message, 12)


def test_a_fact_in_open_wording_may_be_any_words(core):
    edit(core / "challenges" / "out-of-hours.md", "The college closes", "{fact}`liaison-team` closes")
    assert found(core, "unshaped-fact") == []


def test_an_edition_that_fixes_wording_is_told_of_facts_in_it(core):
    protect = '\n[[protect]]\nitem = "core:named-contacts"\nprotection = "safety"\n'
    (problem,) = in_edition(core, "unshaped-fact", protect)
    assert '"liaison-team"' in problem.message


@pytest.mark.parametrize(
    ("said", "words", "hint"),
    [
        ("sumary: safety", 'has no part "sumary" to protect', 'Did you mean "summary"?'),
        ("why-it-persists: safety", 'has no part "why-it-persists"', ""),
        ("summary: safe", '"safe" is no protection of a part', 'Did you mean "safety"?'),
        ("summary: required", '"required" is no protection', "Write summary: safety, or summary: endorsed."),
        ("summary", 'The part "summary" is given no protection', "Write summary: safety"),
    ],
)
def test_a_protection_of_a_part_names_a_part_and_a_word_for_it(core, said, words, hint):
    edit(core / "challenges" / "out-of-hours.md", "summary: safety", said)
    (problem,) = found(core, "bad-value")
    assert words in problem.message
    assert hint in problem.hint
    assert problem.place.line == 7
    (again,) = in_edition(core, "bad-value")
    assert (again.message, again.place.line) == (problem.message, 7)


def test_what_an_edition_asks_of_those_based_on_it_is_no_fault_of_the_item(core):
    protect = '\n[[protect]]\nitem = "core:access"\npart = "summary"\nprotection = "required"\n'
    assert in_edition(core, "bad-value", protect) == []
