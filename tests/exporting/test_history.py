"""``history.json``: the fingerprints of every released state, written and read back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import attrs
import pytest

from guidance_kit.exporting.history import as_history
from guidance_kit.model.history import History
from guidance_kit.model.library import Library
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.releases import read_history

SMALL = Path(__file__).parent.parent / "releases" / "small-core"
VERSIONS = ("1.0.0", "1.1.0", "2.0.0")


def released(version: str) -> Library:
    library, problems = read_library_folder(SMALL / version)
    assert library is not None, problems
    return library


def again(text: str, folder: Path) -> History:
    (folder / "history.json").write_text(text, "utf-8")
    history, problems = read_history(folder / "history.json")
    assert problems == []
    return history


@pytest.mark.parametrize("version", VERSIONS)
def test_a_release_holds_its_own_history_as_it_would_be_written(version):
    text = (SMALL / version / "history.json").read_text("utf-8")
    assert as_history(released(version)) == text


def test_what_is_written_reads_back_as_every_state_with_all_its_fingerprints(tmp_path):
    history = again(as_history(released("2.0.0")), tmp_path)
    assert [one.version for one in history.releases] == list(VERSIONS)
    for one in history.releases:
        library = released(one.version)
        assert (one.content, dict(one.prints)) == (library.content, dict(library.prints))


def test_a_state_holds_only_what_it_changed_and_what_was_gone():
    first, second, third = json.loads(as_history(released("2.0.0")))["releases"]
    assert set(first) == {"version", "content", "changes", "prints", "gone"}
    assert (first["gone"], len(first["prints"])) == ([], len(released("1.0.0").prints))
    assert "core:access#summary" in second["prints"]
    assert "core:benefit#summary" not in second["prints"]
    assert "core:two-homes#title" in second["gone"]
    assert "fact:hub-hours" in third["gone"]


def test_a_library_without_history_begins_one(tmp_path):
    library = attrs.evolve(released("1.1.0"), history=History())
    history = again(as_history(library), tmp_path)
    assert [one.version for one in history.releases] == ["1.1.0"]


def test_a_state_takes_the_place_of_one_of_the_same_version(tmp_path):
    root = Path(shutil.copytree(SMALL / "1.1.0", tmp_path / "core"))
    page = root / "challenges" / "access.md"
    page.write_text(page.read_text().replace("two weeks", "three weeks"))
    library, _ = read_library_folder(root)
    history = again(as_history(library), tmp_path)
    assert [one.version for one in history.releases] == ["1.0.0", "1.1.0"]
    assert history.releases[1].content == library.content != released("1.1.0").content


def test_the_same_library_gives_the_same_bytes_in_sorted_lines(tmp_path):
    text = as_history(released("2.0.0"))
    other = Path(shutil.copytree(SMALL / "2.0.0", tmp_path / "elsewhere"))
    assert as_history(read_library_folder(other)[0]) == text
    lines = [line.strip() for line in text.split("\n")]
    prints = [line.partition('": "')[0] for line in lines if '": "fp1:' in line and "content" not in line]
    first = prints[: len(released("1.0.0").prints)]
    assert first == sorted(first)
    assert text.endswith("}\n")
    assert all(line.count("fp1:") <= 1 for line in lines)


def test_what_was_declared_up_to_a_release_is_known_by_its_digest():
    states = released("2.0.0").history.releases
    assert [one.changes for one in states] == [
        released(one.version).changes.digest(one.version) for one in states
    ]
    assert len({one.changes for one in states}) == len(VERSIONS)


def test_the_digest_sees_every_entry_and_neither_their_order_nor_what_comes_later():
    changes = released("2.0.0").changes
    for field in ("changes", "moved", "split", "merged", "withdrawn"):
        entries = getattr(changes, field)
        turned = attrs.evolve(changes, **{field: tuple(reversed(entries))})
        assert turned.digest("2.0.0") == changes.digest("2.0.0")
        without = attrs.evolve(changes, **{field: entries[:-1]})
        assert without.digest("2.0.0") != changes.digest("2.0.0")
    later = attrs.evolve(changes, changes=changes.changes[:-1], merged=(), split=())
    assert later.digest("1.1.0") == changes.digest("1.1.0")
    assert changes.digest("3.0.0") == ""
