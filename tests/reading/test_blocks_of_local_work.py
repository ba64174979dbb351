"""A block of local work inside another block changes nothing, and is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit.reading.overlays import read_overlay_folder

ADAPT = "```{adapt} core:access#summary\n:kind: context\n\nHi.\n```\n"
NOTE = "````{local-note} core:access#summary\n:id: ours\n\nOurs.\n\n"


@pytest.mark.parametrize(
    ("text", "line", "around"),
    [
        (f"{NOTE}{ADAPT}````\n", 6, "local-note"),
        (NOTE.replace("{local-note}", "{adapt}").replace(":id: ours\n", "") + f"{ADAPT}````\n", 5, "adapt"),
        (f"# Ours\n\n:::{{note}}\n{ADAPT}:::\n", 4, "note"),
    ],
)
def test_it_is_told_and_nothing_of_it_is_applied(tmp_path: Path, text: str, line: int, around: str):
    (tmp_path / "local").mkdir()
    (tmp_path / "edition.toml").write_text('[edition]\nid = "ours"\ntitle = "Ours"\nbased_on = "core"\n')
    (tmp_path / "local/ours.md").write_text(text)
    overlay, problems = read_overlay_folder(tmp_path)
    assert overlay is not None
    assert (overlay.adaptations, overlay.notes) == ((), ())
    (one,) = (problem for problem in problems if problem.code != "unused")
    assert (one.code, one.place.line) == ("misnamed", line)
    assert one.message.startswith("This {adapt} block stands inside {" + around + "}")
    assert one.hint == f"Put it below the end of the {{{around}}} block, as a block of its own."
