"""What a command says where it does nothing, or does more than one thinks: what is so, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOTE = "```{local-note} two-homes#summary\n:id: ours\n\nOurs.\n```\n"
NEW = ("--title", "Sub", "--id", "sub", "--publisher", "ICB", "--contact", "", "--organisation", "nhs-icb")


@pytest.mark.parametrize(
    "args",
    [
        ("accept", "northtown", "nothing", "--keep-mine"),
        ("diff", "northtown", "nothing"),
        ("review", "northtown", "nothing"),
        ("flatten", "northtown", "--output", "flat"),
        ("package", "northtown"),
        ("status", "nowhere"),
    ],
)
def test_a_refusal_is_told_to_a_program_too(run, kept: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    (kept / "local" / "ours.md").write_text("```{adapt} two-homes#summary\n```\n")
    ran = run(*args, "--json", cwd=tmp_path)
    assert ran.code == 1
    problems = json.loads(ran.out)["problems"]
    assert problems
    assert all(one["message"] in ran.err for one in problems)


def test_who_names_nothing_that_there_is_is_told_where_to_look(run, kept: Path, tmp_path: Path) -> None:
    manifest = kept / "edition.toml"
    manifest.write_text(manifest.read_text().replace("crisis-line = ", "# "))
    ran = run("review", "northtown", "nope", cwd=tmp_path)
    assert "guidance-kit status northtown lists what there is." in ran.err


def test_a_file_of_something_else_is_no_place_for_an_edition(run, tmp_path: Path) -> None:
    (tmp_path / "passwd").write_text("root\n")
    ran = run("check", "passwd")
    assert "guidance-kit new" not in ran.said
    assert "Name the folder of an edition or library." in ran.said


def test_no_edition_is_started_inside_another(run, kept: Path) -> None:
    ran = run("new", kept / "sub", *NEW, "--based-on", kept.parent / "small")
    assert ran.code == 1
    assert "inside the edition in" in ran.err
    assert "[would-overwrite]" in ran.err
    assert not (kept / "sub").exists()


def test_an_edition_is_no_library_to_release(run, kept: Path) -> None:
    ran = run("release-check", kept)
    assert ran.code == 1
    assert "This is an edition." in ran.err
    assert f"guidance-kit check {kept} --release" in ran.err


def test_what_is_not_shown_with_an_item_that_is_left_out_is_named(run, kept: Path) -> None:
    (kept / "local" / "ours.md").write_text(NOTE)
    ran = run("leave-out", kept, "two-homes", "--reason", "R")
    assert ran.code == 0
    assert f"Not shown either, while it is left out: your note at {kept / 'local' / 'ours.md'}:1" in ran.out
    assert "Not shown" not in run("leave-out", kept, "quokka", "--reason", "R").out


def test_a_note_without_words_is_not_said_to_be_a_way_to_drop_an_item(run, kept: Path) -> None:
    (kept / "local" / "ours.md").write_text("```{local-note} two-homes\n:id: ours\n```\n")
    ran = run("check", kept)
    assert "[empty-adaptation]" in ran.said
    assert "To drop an item" not in ran.said


def test_what_is_neither_a_folder_nor_a_library_is_said_to_be_neither(run) -> None:
    ran = run("check", "nosuch")
    assert 'There is no folder "nosuch", and no library of guidance of that name is installed.' in ran.out


def test_a_name_that_is_no_folder_here_is_said_to_be_that_of_the_installed_library(
    run, library: Path, tmp_path: Path
) -> None:
    said = "core (the installed library, no folder here): "
    assert run("check", "core").out.split("\n")[-2].startswith(said)
    library.rename(tmp_path / "core")
    assert run("check", "core").out.split("\n")[-2].startswith("core: ")


def test_which_of_two_bases_of_one_name_was_taken_is_said(run, library: Path, tmp_path: Path) -> None:
    told = 'It is based on the folder "core" here, not on the installed library of that name.'
    library.rename(tmp_path / "core")
    assert told in run("new", "sub", *NEW, "--based-on", "core", cwd=tmp_path).out
    (tmp_path / "core").rename(tmp_path / "other")
    assert "It is based on" not in run("new", "sub2", *NEW, "--based-on", "other", cwd=tmp_path).out


def test_work_whose_record_cannot_be_written_is_refused_in_plain_words_and_nothing_changes(
    run, kept: Path, tmp_path: Path
) -> None:
    assert run("fact", kept, "crisis-line", "0808 157 0110").code == 0
    (record,) = (kept / ".guidance" / "reviewed").glob("fact.fact.crisis-line.*.toml")
    record.chmod(0o444)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = run("fact", kept, "crisis-line", "0808 157 0111")
    assert ran.code == 1
    assert f"{record}: This cannot be written" in ran.err
    assert "Nothing was changed." in ran.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
