"""A kept national text is that of a release, or is told to be none."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest
from small_core import DAY, RELEASES, started, take

from guidance_kit.model.ancestry import Ancestry
from guidance_kit.model.history import History
from guidance_kit.model.lock import Lock
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.seals import all_again
from guidance_kit.upgrading import open_edition, upgrade
from guidance_kit.upgrading.genuine import composed_of, files_in, genuineness, lock_lost, lock_missing


def told(root: Path, change: str = "", *, history: bool = True, ancestry: bool = False) -> list[str]:
    """Return what is said of a copy whose lock agrees with it, after a change to its first page."""
    national = root / "national"
    shutil.copytree(RELEASES / "1.1.0", national)
    page = national / "index.md"
    page.write_text(f"{page.read_text('utf-8')}{change}", "utf-8")
    library, problems = read_library_folder(national)
    assert library is not None, problems
    library = attrs.evolve(library, history=library.history if history else History())
    if ancestry:
        library = attrs.evolve(library, ancestry=Ancestry(id="region", title="Region"))
    lock = Lock(base=composed_of(library, files_in(national)))
    return [one.message for one in genuineness(root, library, lock)]


def test_the_text_of_a_release_is_genuine(tmp_path: Path):
    assert told(tmp_path) == []


def test_another_text_is_that_of_no_release_though_the_lock_agrees_with_it(tmp_path: Path):
    assert told(tmp_path, "\nMore.\n") == [
        "The national text kept in this folder is that of no release of core."
    ]


def test_where_no_release_is_known_none_is_asked_for(tmp_path: Path):
    assert told(tmp_path, "\nMore.\n", history=False) == []


def test_the_text_of_an_edition_is_no_release_of_the_core(tmp_path: Path):
    assert told(tmp_path, "\nMore.\n", ancestry=True) == []


def test_words_that_were_changed_in_the_copy_are_told_where_they_belong(tmp_path: Path):
    shutil.copytree(RELEASES / "1.1.0", tmp_path / "national")
    library, problems = read_library_folder(tmp_path / "national")
    assert library is not None, problems
    lock = Lock(base=composed_of(library, files_in(tmp_path / "national")))
    page = tmp_path / "national" / "index.md"
    page.write_text(f"{page.read_text('utf-8')}\nMore.\n", "utf-8")
    changed, _ = read_library_folder(tmp_path / "national")
    assert changed is not None
    (one,) = genuineness(tmp_path, changed, lock)
    assert one.message == (
        "The national text kept in this folder was changed by hand, so it is no longer national."
    )
    assert one.hint == (
        "Put national/ back from a copy of the folder, or have core 1.1.0 installed and write it again: "
        f"guidance-kit upgrade {tmp_path}. {all_again(tmp_path)}. "
        "What you changed there belongs in local/, as an adaptation."
    )


def test_a_changed_copy_is_told_with_a_way_out_that_holds_whichever_release_is_installed(tmp_path: Path):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    shutil.rmtree(tmp_path / "core")
    shutil.copytree(RELEASES / "2.0.0", tmp_path / "core")
    (root / "national/index.md").write_text("# Ours\n", "utf-8")
    _, checked = open_edition(root, DAY)
    (one,) = (problem for problem in checked if problem.code == "base-not-genuine")
    made, (refused,) = upgrade(root, DAY)
    assert made is None
    assert one.hint == f"{refused.hint}. What you changed there belongs in local/, as an adaptation."


NOTE = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"


@pytest.mark.parametrize("local", ["", NOTE])
def test_without_its_lock_an_edition_is_told_what_to_do(tmp_path: Path, local: str):
    root = started(tmp_path, local)
    take(root, "1.0.0")
    (root / "edition.lock").unlink()
    (one,) = lock_missing(root)
    assert f"Without a copy: guidance-kit upgrade {root} --anew (then all that is local" in one.hint


def test_a_copy_of_the_text_alone_says_that_there_was_a_lock(tmp_path: Path):
    root = started(tmp_path, NOTE)
    assert not lock_lost(root)
    (root / "national").mkdir()
    assert not lock_lost(root)
    (root / "national/index.md").write_text("# Ours\n", "utf-8")
    assert lock_lost(root)
    (root / "edition.lock").write_text("", "utf-8")
    assert not lock_lost(root)


def test_an_older_release_of_the_core_is_refused_in_words_about_the_core(tmp_path: Path):
    root = started(tmp_path, NOTE)
    take(root, "1.1.0")
    shutil.rmtree(tmp_path / "core")
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core")
    made, (one,) = upgrade(root, DAY)
    assert made is None
    assert one.message == "core 1.0.0 is installed; this edition is made from 1.1.0, which is newer."
    assert one.hint.endswith(f"guidance-kit upgrade {root} --undo")


@pytest.mark.parametrize("name", ["Thumbs.db", "DESKTOP.INI", "~$index.md", ".DS_Store"])
def test_what_a_system_leaves_in_its_folders_is_no_change_by_hand(tmp_path: Path, name: str):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    for folder in ("national", "national/challenges", ".guidance/reviewed", "attic", "local"):
        (root / folder).mkdir(exist_ok=True)
        (root / folder / name).write_bytes(b"x\0y")
        (root / folder / f"~${name}.toml").write_bytes(b"x\0y")
    assert open_edition(root, DAY)[1] == ()
    shutil.rmtree(root / ".guidance")
    (root / "edition.lock").unlink()
    shutil.rmtree(root / "national")
    (root / "national").mkdir()
    (root / "national" / name).write_bytes(b"x")
    assert not lock_lost(root)
