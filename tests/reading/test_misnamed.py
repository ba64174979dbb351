"""A file that somebody meant to be read, and that nobody reads for its name, stops a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit.api import read_edition
from guidance_kit.problems import Problem

TERM = ":::{term} Triage\n:id: aa\n\n## In the NHS\n\nOne.\n\n## In higher education\n\nTwo.\n:::\n"
NOTE = "```{local-note} core:aa#in-the-nhs\n:id: ours\n\nHere too.\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    core, root = tmp_path / "core", tmp_path / "edition"
    core.mkdir()
    (core / "library.toml").write_text('[library]\nid = "core"\ntitle = "Core"\n')
    (core / "terms.md").write_text(TERM)
    (root / "local" / "pages").mkdir(parents=True)
    (root / "edition.toml").write_text('[edition]\nid = "ours"\ntitle = "Ours"\nbased_on = "../core"\n')
    return root


def told(root: Path) -> list[Problem]:
    return [one for one in read_edition(root)[1] if one.code in ("misnamed", "unused")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("wait.md.txt", "wait.md"),
        ("Wait.MD.TXT", "Wait.md"),
        ("wait.markdown.txt", "wait.md"),
        ("wait.md.bak", "wait.md"),
        ("wait.md~", "wait.md"),
        ("wait.md.docx", "wait.md"),
        ("facts.toml.txt", "facts.toml"),
        ("references.json.txt", "references.json"),
        ("wait.txt", "wait.md"),
        ("wait.docx", "wait.md"),
        ("wait.rtf", "wait.md"),
        ("wait.odt", "wait.md"),
        ("wait.doc", "wait.md"),
    ],
)
def test_a_file_with_a_name_by_which_nobody_reads_it_is_told_with_the_name_that_is_meant(root, name, meant):
    (root / "local" / name).write_text(NOTE)
    (one,) = told(root)
    assert one.code == "misnamed"
    assert one.place.path == str(root / "local" / name)
    assert meant in one.hint


def test_a_second_manifest_is_told(root):
    (root / "edition.toml.txt").write_text("")
    (one,) = told(root)
    assert (one.code, one.place.path) == ("misnamed", str(root / "edition.toml.txt"))
    assert "Beside it stands edition.toml" in one.hint


@pytest.mark.parametrize("name", ["wait.md.bak", "wait.md~", "wait.md.orig"])
def test_a_copy_that_was_kept_beside_a_file_is_not_told(root, name):
    (root / "local/wait.md").write_text(NOTE)
    (root / "local" / name).write_text(NOTE)
    assert told(root) == []


def test_of_a_file_and_what_notepad_made_of_it_one_is_to_be_kept(root):
    (root / "local/wait.md").write_text(NOTE)
    (root / "local/wait.md.txt").write_text(NOTE)
    (one,) = told(root)
    assert "Beside it stands wait.md" in one.hint


def test_a_document_that_a_page_links_to_is_not_told(root):
    (root / "local/pages/desk.md").write_text("# Desk\n\n[A letter](../letter.docx), [text](../a.md.txt).\n")
    (root / "local/letter.docx").write_text("Dear colleague")
    (root / "local/a.md.txt").write_text("Text.")
    assert told(root) == []


def test_a_text_of_thoughts_is_news_and_no_error(root):
    (root / "local/thoughts.txt").write_text("Ask the ward.")
    assert [one.code for one in told(root)] == ["unused"]


def test_a_block_beside_local_in_a_file_that_notepad_named_is_told(root):
    (root / "wait.md.txt").write_text(NOTE)
    (one,) = told(root)
    assert one.hint == f"Move the file there: {root / 'local' / 'wait.md'}"
