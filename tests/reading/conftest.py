"""An edition with one file of local words, read for its problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit.problems import Problem
from guidance_kit.reading.overlays import read_overlay_folder


@pytest.fixture
def told(tmp_path: Path):
    """Return what tells the problems of a text that stands in the local folder."""

    def problems(text: str) -> list[Problem]:
        (tmp_path / "local").mkdir()
        (tmp_path / "edition.toml").write_text('[edition]\nid = "ours"\ntitle = "Ours"\nbased_on = "core"\n')
        (tmp_path / "local/ours.md").write_text(text, encoding="utf-8")
        return list(read_overlay_folder(tmp_path)[1])

    return problems
