"""The commands report, suggest and diff, in a process of their own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

ADAPT = """\
```{adapt} small:two-homes#summary
:kind: meaning
:reason: Ours is other.
:approved-by: Clinical lead

Our students have two homes.
```
"""


@pytest.fixture
def adapted(edition: Path) -> Path:
    (edition / "local" / "a.md").write_text(ADAPT)
    return edition


def test_report_prints_the_seven_sections(run, adapted: Path) -> None:
    ran = run("report", adapted)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# Adaptation report: Northtown edition\n")
    assert ran.out.count("\n## ") == 7
    assert "Reason: Ours is other." in ran.out


def test_report_works_where_one_stands_and_for_programs(run, adapted: Path) -> None:
    ran = run("report", "--json", cwd=adapted)
    value = json.loads(ran.out)
    assert ran.code == 0
    assert [one["target"] for one in value["adapted"]] == ["small:two-homes#summary"]


def test_suggest_prints_csv_byte_for_byte(run, adapted: Path) -> None:
    ran = run("suggest", adapted)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.replace("\r\n", "\n").count("\r") == 0
    assert "response\r\n" in ran.out
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert [(row["item#part"], row["our text"], row["response"]) for row in rows] == [
        ("small:two-homes#summary", "Our students have two homes.", "")
    ]
    assert json.loads(run("suggest", adapted, "--json").out)[0]["what"] == "adapt"


def test_diff_does_not_say_that_every_word_is_national_where_a_page_is_ours(run, edition: Path) -> None:
    assert run("diff", edition).out == "Every word is national.\n"
    page = edition / "local/pages/index.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# Northtown\n\nOurs.\n\n```{toctree}\nchallenges/index\n```\n")
    assert "Every word is national." not in run("diff", edition).out
    assert "{+Ours+}" in run("diff", edition).out


def test_diff_does_not_say_that_the_words_of_a_region_are_all_its_own(run, kept: Path) -> None:
    campus = kept.parent / "campus"
    campus.mkdir()
    (campus / "edition.toml").write_text(
        '[edition]\nid = "campus"\ntitle = "Campus"\nbased_on = "../northtown"\n'
    )
    assert run("upgrade", campus).code == 0
    ran = run("diff", campus)
    assert ran.said == "Every word is as in the edition of NHS Northtown.\n"


def test_diff_reads_without_colour(run, adapted: Path) -> None:
    ran = run("diff", adapted)
    assert (ran.code, ran.err) == (0, "")
    assert "(small:two-homes#summary)\n  Changed in meaning by NHS Northtown\n\n" in ran.out
    assert "{+" in ran.out
    assert "[-" in ran.out
    assert "\x1b" not in ran.out


def test_diff_of_one_item_is_found_by_its_short_name(run, adapted: Path) -> None:
    assert run("diff", adapted, "two-homes").out == run("diff", adapted, "small:two-homes#summary").out
    assert run("diff", adapted, "liaison").out == "Every word is national.\n"
    assert run("diff", "two-homes", cwd=adapted).out == run("diff", adapted).out
    (row,) = json.loads(run("diff", adapted, "two-homes", "--json").out)
    assert row["ours"] == "Our students have two homes."


def test_diff_of_an_item_by_a_name_that_it_had_before(run, adapted: Path, library: Path) -> None:
    page = library / "challenges/two-homes.md"
    page.write_text(page.read_text().replace(":id: two-homes", ":id: two-addresses"))
    (library / "changes.toml").write_text(
        '[[release]]\nversion = "2"\n\n[[moved]]\nrelease = "2"\nold = "small:two-homes"\n'
        'new = "small:two-addresses"\n'
    )
    ran = run("diff", adapted, "two-homes")
    assert "(small:two-addresses#summary)\n" in ran.out


def test_diff_of_an_item_that_is_not_there_names_the_nearest(run, adapted: Path) -> None:
    ran = run("diff", adapted, "two-hoems")
    assert ran.code == 1
    assert 'There is no item "two-hoems" in this edition.' in ran.err
    assert 'Did you mean "two-homes"?' in ran.err


@pytest.mark.parametrize("command", ["report", "suggest", "diff"])
def test_an_error_is_told_beside_what_can_be_shown(run, adapted: Path, command: str) -> None:
    manifest = adapted / "edition.toml"
    manifest.write_text(manifest.read_text() + '\n[[leave_out]]\nitem = "small:quoka"\n')
    ran = run(command, adapted)
    assert ran.code == 1
    assert "[unknown-target]" in ran.err
    assert "Our students have two homes" in ran.out or command == "report"


@pytest.mark.parametrize("command", ["report", "suggest", "diff"])
def test_a_folder_that_is_no_edition_is_said_to_be_none(run, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    ran = run(command, tmp_path / "empty")
    assert ran.code == 1
    assert ran.out == ""
