"""An older national text that is not what it was is told as damaged, and no upgrade throws it away."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_core import DAY, started, take

from guidance_kit.upgrading import open_edition, upgrade

LOCAL = (
    "```{adapt} access#summary\n:reason: Ours.\n\nWe ring.\n```\n\n"
    "```{local-note} core:small-provider-hub\n:id: hub\n\nThe hub is here.\n```\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = started(tmp_path, LOCAL)
    take(root, "1.0.0")
    take(root, "2.0.0")
    return root


def texts(root: Path) -> list[Path]:
    return sorted((root / ".guidance/reviewed").glob("*.md"))


def damaged(root: Path) -> list[str]:
    return [one.place.path for one in open_edition(root, DAY)[1] if one.code == "lock-edited"]


def test_texts_as_they_were_kept_are_good_whatever_their_line_ends(root: Path):
    assert len(texts(root)) > 1
    assert damaged(root) == []
    for path in texts(root):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert damaged(root) == []


def test_each_that_was_emptied_is_told_and_no_upgrade_takes_it_away(root: Path):
    for path in texts(root):
        path.write_text("")
    assert damaged(root) == [str(path) for path in texts(root)]
    made, problems = upgrade(root, DAY)
    assert made is None
    assert {one.code for one in problems} == {"lock-edited"}
    assert all("Without a copy delete it" in one.hint for one in problems)
    for path in texts(root):
        path.unlink()
    assert damaged(root) == []
    assert upgrade(root, DAY)[0]


def test_the_text_of_a_part_in_other_words_is_told(root: Path):
    (path,) = (one for one in texts(root) if "four weeks" in one.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("four", "nine"), "utf-8")
    assert damaged(root) == [str(path)]
