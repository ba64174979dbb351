"""What is named almost like ``edition.toml``, ``local`` or ``local/pages`` may be somebody's work: it is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidance_kit.problems import Problem, worst
from guidance_kit.reading.copies import copies
from guidance_kit.reading.overlays import read_overlay_folder

MANIFEST = '[edition]\nid = "ours"\ntitle = "Ours"\nbased_on = "core"\n'
LEFT_OUT = f'{MANIFEST}\n[[leave_out]]\nitem = "core:aa"\nreason = "None here"\n'
PAGE = "# Desk\n\nWhere to find us.\n"
NOTE = "```{local-note} core:aa#in-the-nhs\n:id: ours\n\nHere too.\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "edition"
    (root / "local").mkdir(parents=True)
    (root / "edition.toml").write_text(MANIFEST)
    (root / "edition.lock").write_text("")
    return root


def written(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def told(root: Path) -> list[Problem]:
    return list(read_overlay_folder(root)[1])


@pytest.mark.parametrize(
    "name",
    [
        "edition (1).toml",
        "edition - Copy.toml",
        "edition (conflicted copy 2026-11-30).toml",
        "edition.sync-conflict-20261130-091500-ABCDEFG.toml",
        "edition-LAPTOP7.toml",
        "edition2.TOML",
        "Edition.toml",
        "EDITION copy.toml",
    ],
)
def test_a_file_that_is_named_almost_like_the_manifest_stops_a_release(root, name):
    path = written(root, name, LEFT_OUT)
    (one,) = told(root)
    assert (one.code, one.place.path) == ("copy-unread", str(path))
    assert one.message == "Nothing reads this file: only what stands in edition.toml counts."
    assert "Write what belongs in edition.toml there by hand." in one.hint
    assert worst([one], release=True)


def test_a_copy_of_the_manifest_that_says_the_same_is_news_and_stops_nothing(root):
    written(root, "edition - Copy.toml", MANIFEST)
    (one,) = told(root)
    assert (one.code, worst([one], release=True)) == ("unused", False)
    assert "says the same" in one.message


def test_a_second_lock_is_news_as_nobody_writes_in_it(root):
    written(root, "edition (1).lock", "other")
    (one,) = told(root)
    assert (one.code, worst([one], release=True)) == ("unused", False)
    assert "the records that count stand in edition.lock" in one.message


def test_the_only_lock_is_not_to_be_deleted_for_its_name(root):
    (root / "edition.lock").unlink()
    written(root, "edition (1).lock", "")
    (one,) = told(root)
    assert (one.code, one.hint) == ("misnamed", "If it is the one that is meant, call it edition.lock.")


@pytest.mark.parametrize("name", ["local (1)", "local - Copy", "Local", "LOCAL 2", "local_old", "local2"])
@pytest.mark.parametrize("inside", ["notes/wait.md", "facts.toml"])
def test_a_folder_that_is_named_almost_like_that_of_local_words_stops_a_release(root, name, inside):
    written(root, f"{name}/{inside}", NOTE)
    (one,) = told(root)
    code = "misnamed" if name == "Local" else "copy-unread"
    assert (one.code, one.place.path) == (code, str(root / name))
    assert "Put what belongs in local/ there by hand." in one.hint
    assert worst([one], release=True)


def test_the_only_folder_of_local_words_is_to_be_given_its_name(root):
    (root / "local").rmdir()
    written(root, "Local/wait.md", NOTE)
    (one,) = told(root)
    assert (one.code, one.hint) == ("misnamed", "Call it local.")


@pytest.mark.parametrize(
    "name",
    [
        "attic/edition (1).toml",
        "national/edition (1).toml",
        "_build/local (1)/a.md",
        "README.md",
        "docs/a.md",
        "editions.toml",
        "edition-notes.md",
        "edition.pdf",
        "my edition.toml",
        "localities/a.md",
        "Localisation/a.md",
        "locale/a.md",
        "local letters/a.docx",
        "local (1)/.hidden.md",
        "local notes.md",
        "edition (1).toml/a.md",
    ],
)
def test_what_is_somebodys_own_is_not_told(root, name):
    written(root, name, "Text.")
    assert told(root) == []


def test_a_manifest_is_no_copy_where_the_disk_makes_no_difference_of_capital_letters(root, monkeypatch):
    names = ("Edition.toml", "EDITION.LOCK", "Local")
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([folder / name for name in names]))
    assert list(copies(root)) == []


def test_nothing_is_told_in_a_library(root):
    written(root, "library.toml", "")
    written(root, "edition (1).toml", LEFT_OUT)
    assert list(copies(root)) == []


def test_a_name_in_another_encoding_is_told_all_the_same(root):
    name = os.fsdecode(b"edition (Jos\xe9).toml")
    try:
        written(root, name, LEFT_OUT)
    except OSError:
        pytest.skip("no file can have such a name here")
    (one,) = told(root)
    assert one.place.path.endswith("edition (Jos\\udce9).toml")


def test_a_folder_that_cannot_be_listed_is_read_all_the_same(root, monkeypatch):
    def refused(folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refused)
    assert list(copies(root)) == []


@pytest.mark.parametrize("name", ["Pages", "PAGES", "page", "Page"])
def test_a_folder_that_is_named_almost_like_that_of_pages_stops_a_release(root, name):
    written(root, f"local/{name}/desk.md", PAGE)
    written(root, f"local/{name}/more/list.md", "```{challenges}\n```\n")
    (one,) = told(root)
    assert (one.code, one.place.path) == ("misnamed", str(root / "local" / name))
    assert one.hint.startswith("Call it pages.")
    assert worst([one], release=True)


def test_what_is_read_in_any_folder_may_stand_in_one_called_page(root):
    written(root, "local/page/note.md", NOTE)
    written(root, "local/Pages/other.md", NOTE.replace(":id: ours", ":id: more"))
    assert told(root) == []


@pytest.mark.parametrize("name", ["Facts.toml", "FACTS.TOML", "References.json", "references (1).json"])
def test_a_file_that_is_named_almost_like_one_of_data_stops_a_release(root, name):
    written(root, f"local/{name}", "{}")
    (one,) = told(root)
    assert (one.code, one.place.path) == ("misnamed", str(root / "local" / name))
