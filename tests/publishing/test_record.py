"""Nothing is read again while not one file has been touched; anything that is touched is seen."""

import os
import time
from pathlib import Path

import pytest

from guidance_kit.publishing import record, source
from guidance_kit.publishing.source import write_source


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written now counts as written long enough after the files for the record to be trusted."""
    monkeypatch.setattr(record, "now", lambda: time.time_ns() + 2_100_000_000)


@pytest.fixture
def settled(edition: Path, later: None) -> Path:
    """An edition that has been written, long enough after its files were for the record to be trusted."""
    assert write_source(edition).whole
    return edition


def is_recalled(edition: Path) -> bool:
    return record.recall(edition) is not None


def test_an_untouched_edition_is_not_read_again(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_source(settled)

    def never(_root: Path) -> None:
        pytest.fail("it was read again")

    monkeypatch.setattr(source, "read_edition", never)
    again = write_source(settled)
    assert (again.pages, again.problems, again.roots) == (first.pages, first.problems, first.roots)


def test_places_are_found_all_the_same(settled: Path) -> None:
    place = write_source(settled).places(
        str(settled / "_build" / "source" / "challenges" / "two-homes.md"), 3
    )
    assert place.path.endswith("small/challenges/two-homes.md")
    assert place.line == 3


def test_problems_are_told_again(settled: Path) -> None:
    (settled / "local" / "a.md").write_text("```{adapt} small:nothing#summary\n\nx\n```\n")
    first = write_source(settled)
    assert is_recalled(settled)
    assert [one.code for one in first.problems] == ["unknown-target"]
    assert write_source(settled).problems == first.problems


def test_a_change_of_the_same_length_and_time_is_seen(settled: Path) -> None:
    manifest = settled / "edition.toml"
    stat = manifest.stat()
    manifest.write_text(manifest.read_text().replace("0808 157 0100", "0808 157 0111"))
    os.utime(manifest, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert not is_recalled(settled)
    write_source(settled)
    assert "0808 157 0111" in (settled / "_build" / "source" / "index.md").read_text()


def test_a_new_file_a_lost_one_and_the_library_are_seen(settled: Path, library: Path) -> None:
    (settled / "local" / "new.md").write_text("x\n")
    assert not is_recalled(settled)
    (settled / "local" / "new.md").unlink()
    assert is_recalled(settled)
    (library / "criteria.md").write_text("# Criteria\n")
    assert not is_recalled(settled)


def test_a_tree_that_somebody_touched_is_mended(settled: Path) -> None:
    page = settled / "_build" / "source" / "criteria.md"
    whole = page.read_text()
    page.write_text("spoilt")
    assert not is_recalled(settled)
    write_source(settled)
    assert page.read_text() == whole


def test_another_day_is_another_check(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(record.dt.datetime):  # type: ignore[name-defined]
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + record.dt.timedelta(days=1)

    monkeypatch.setattr(record.dt, "datetime", Later)
    assert not is_recalled(settled)


def test_a_file_written_a_moment_ago_is_not_trusted(edition: Path) -> None:
    write_source(edition)
    assert not is_recalled(edition)
    time.sleep(2.1)
    write_source(edition)
    assert is_recalled(edition)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"id": 1}'])
def test_a_broken_record_is_no_record(settled: Path, text: str) -> None:
    (settled / "_build" / record.NAME).write_text(text)
    assert not is_recalled(settled)
    assert write_source(settled).whole


def test_a_folder_that_leads_round_in_a_circle_is_no_trap(settled: Path) -> None:
    (settled / "round").symlink_to(settled)
    assert write_source(settled).whole
    assert not is_recalled(settled)
