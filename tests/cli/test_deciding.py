"""Deciding at a terminal: one thing, in one way, from wherever the editor stands, and no file of theirs lost."""

from __future__ import annotations

import json
from pathlib import Path

NOTE = "```{local-note} core:two-homes#summary\n:id: ours\n\nOurs.\n```\n"


def test_two_ways_at_once_are_refused_and_nothing_is_done(run, kept: Path) -> None:
    (kept / "local" / "ours.md").write_text(NOTE)
    ran = run("accept", kept, "ours", "--keep-mine", "--take-national")
    assert ran.code == 64
    assert "Decide in one way only: --keep-mine or --take-national." in ran.err
    assert (kept / "local" / "ours.md").read_text() == NOTE


def test_what_is_missing_is_named(run, kept: Path) -> None:
    assert "Say how you decide" in run("accept", kept, "ours").err
    assert "accept DIR WHAT" in run("accept", kept, "--keep-mine").err


def test_a_decision_is_made_inside_the_folder_too(run, kept: Path) -> None:
    (kept / "local" / "ours.md").write_text(NOTE)
    ran = run("accept", "ours", "--keep-mine", "--by", "Lead", cwd=kept)
    assert ran.code == 0, ran.err
    assert "Accepted: northtown:ours" in ran.out


def test_a_review_is_written_over_a_review_and_over_nothing_else(run, kept: Path, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    assert run("review", kept, "--html", page).code == 0
    assert run("review", kept, "--html", page).code == 0
    manifest = (kept / "edition.toml").read_bytes()
    ran = run("review", kept, "--html", kept / "edition.toml")
    assert ran.code == 1
    assert "[would-overwrite]" in ran.err
    assert (kept / "edition.toml").read_bytes() == manifest


def test_a_program_that_has_a_page_written_is_told_as_a_program(run, kept: Path, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    ran = run("review", kept, "--html", page, "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])
    assert page.is_file()


def test_a_newer_core_with_a_safety_change_is_no_quiet_end_of_status(run, kept: Path, library: Path) -> None:
    assert run("status", kept).code == 0
    page = library / "challenges" / "two-homes.md"
    page.write_text(page.read_text().replace("lives in another", "lives in danger in another"))
    (library / "library.toml").write_text(
        (library / "library.toml").read_text().replace("[library]\n", '[library]\nversion = "2"\n', 1)
    )
    (library / "changes.toml").write_text(
        '[[release]]\nversion = "2"\ndate = "2026-06-01"\n\n[[change]]\nrelease = "2"\n'
        'what = "two-homes#summary"\nkind = "safety"\nwhy = "Danger."\n'
    )
    ran = run("status", kept)
    assert ran.code == 2, ran.err
    assert "1 about safety" in ran.out


def test_a_change_of_marks_alone_is_not_said_to_be_none(
    run, kept: Path, library: Path, tmp_path: Path
) -> None:
    (kept / "local" / "ours.md").write_text(
        "```{adapt} two-homes#summary\n:kind: context\n:reason: R\n:approved-by: Lead\n\nOurs is another home.\n```\n"
    )
    assert run("upgrade", kept).code == 0
    page = library / "challenges" / "two-homes.md"
    page.write_text(page.read_text().replace("lives in another", "lives **in another**"))
    manifest = library / "library.toml"
    manifest.write_text(manifest.read_text().replace("[library]\n", '[library]\nversion = "2"\n', 1))
    run("upgrade", kept)
    sheet = tmp_path / "review.html"
    assert "**in another**" in run("review", kept).out
    assert run("review", kept, "--html", sheet).code == 2
    assert "<ins>" in sheet.read_text().partition("What changed in the national text")[2].partition("<h3>")[0]
    assert "Nothing: the words are the same." not in sheet.read_text()
