"""What the attic keeps of what goes from ``edition.toml``: the lines that went, and none of their neighbours'."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit.upgrading.retiring import _taken_out, attic_name

ONE = '[[leave_out]]\nitem = "one"\nreason = "First."\n'
TWO = '[[leave_out]]\nitem = "two"\nreason = "Second."\n'
THREE = ONE.replace("one", "three")


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        (f"{ONE}\n{TWO}", TWO, f"{ONE}\n"),
        (f"{ONE}\n{TWO}", f"{ONE}\n", TWO),
        (f"a = 1\n\n{ONE}\n{TWO}", f"a = 1\n\n{TWO}", f"{ONE}\n"),
        (ONE + TWO, TWO, ONE),
        (ONE + TWO + THREE, ONE + THREE, TWO),
        ('[facts]\na = "1"\nb = "2"\n', '[facts]\nb = "2"\n', 'a = "1"\n'),
        ('[facts]\na = "1"\na = "1"\n', '[facts]\na = "1"\n', 'a = "1"\n'),
        ("a\nb\n", "c\n", "a\nb\n"),
        ("a\nb\nc\n", "b\nd\n", "a\nc\n"),  # more than one run of lines: a comparison tells
        ("a\n", "a\nb\n", ""),
        (ONE, "", ONE),
        (f'{ONE}[facts]\na = "1"\nb = "2"\n', f'{ONE}[facts]\nb = "2"\n', 'a = "1"\n'),
        (ONE, ONE, ""),
    ],
)
def test_the_lines_that_went_are_kept(old: str, new: str, gone: str) -> None:
    assert _taken_out(old.splitlines(), new.splitlines()) == gone.splitlines()


def test_where_one_table_went_and_another_came_the_words_of_the_first_are_kept() -> None:
    found = _taken_out(f"{ONE}\n{TWO}".splitlines(), (TWO + THREE).splitlines())
    assert 'item = "one"' in found
    assert 'item = "two"' not in found


def test_a_file_of_the_attic_takes_the_name_of_no_other(tmp_path: Path) -> None:
    (tmp_path / "attic").mkdir()
    (tmp_path / "attic" / "words-1.md").write_text("Ours.", "utf-8")
    assert attic_name(tmp_path, "Words") == "attic/words-2.md"
    assert attic_name(tmp_path, "Words", taken={"attic/words-2.md"}) == "attic/words-3.md"
    assert attic_name(tmp_path, "Words", taken={"attic/words-1.md", "attic/words-3.md"}) == "attic/words-2.md"
