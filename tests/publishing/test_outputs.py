"""An output folder is ours or it is not touched; what is stale in it goes."""

from pathlib import Path

import pytest

from guidance_kit.publishing import outputs
from guidance_kit.publishing.outputs import MARKER, State


def filled(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def test_a_state_reads_back_as_it_was_written(tmp_path: Path) -> None:
    state = State(builder="html", edition="x", finished=True, pages=("a", "b/c"), files=("a.html",))
    outputs.write_state(tmp_path, state)
    assert outputs.read_state(tmp_path) == state


@pytest.mark.parametrize("text", ["", "{", "[]", '{"odd": 1}', "null"])
def test_a_broken_state_trusts_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / MARKER).write_text(text)
    assert outputs.read_state(tmp_path) == State()


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    assert outputs.stranger(tmp_path) is None
    assert outputs.stranger(tmp_path / "new") is None
    assert outputs.stranger(filled(tmp_path / "desktop", ".DS_Store", "desktop.ini")) is None
    assert outputs.stranger(filled(tmp_path / "hidden", ".secret")) is not None
    filled(tmp_path, "thesis.docx")
    problem = outputs.stranger(tmp_path)
    assert problem is not None
    assert problem.code == "would-overwrite"


def test_clearing_keeps_what_was_there_before_us(tmp_path: Path) -> None:
    filled(tmp_path, "CNAME", "index.html", "a/b.html", "_static/x.css")
    outputs.clear(tmp_path, ["CNAME"])
    assert list(outputs.files_in(tmp_path)) == ["CNAME"]
    assert not (tmp_path / "a").exists()


def test_what_shows_a_gone_page_goes(tmp_path: Path) -> None:
    stay = ["a/x-ray.html", "a/x.y.html", "b/x.html", "searchindex.js"]
    go = ["a/x.html", "a/x/index.html", "a/x.txt", "_sources/a/x.md.txt", "index.html"]
    root = filled(tmp_path / "out", *stay, *go)
    trees = filled(tmp_path / "trees", "a/x.doctree", "b/x.doctree")
    outputs.remove_stale(root, trees, {"a/x"}, [*stay, *go])
    assert sorted(outputs.files_in(root)) == stay
    assert list(outputs.files_in(trees)) == ["b/x.doctree"]


def test_a_path_in_a_state_never_leads_out(tmp_path: Path) -> None:
    filled(tmp_path, "precious.txt", "out/x.html")
    outputs.remove(tmp_path / "out", ["../precious.txt", str(tmp_path / "precious.txt")])
    assert (tmp_path / "precious.txt").exists()
