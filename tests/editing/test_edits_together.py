"""Edits beside other edits, and of things that bear several names: one is written, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from test_edits import done, refused

from guidance_kit.api import read_edition
from guidance_kit.editing import (
    NewEdition,
    NewNote,
    new_edition,
    write_adaptation,
    write_fact,
    write_note,
    write_omission,
)
from guidance_kit.editing import journal as cut
from guidance_kit.editing.splicing import with_body
from guidance_kit.editing.transaction import commit
from guidance_kit.reading.overlays import read_overlay_folder

MOVED = """
[[release]]
version = "2"
date = 2026-05-01

[[moved]]
release = "2"
old = "fact:help-line"
new = "fact:crisis-line"
why = "A better name."

[[moved]]
release = "2"
old = "two-places"
new = "two-homes"
why = "A better name."
"""
ONE = "import sys; from pathlib import Path; from guidance_kit.editing import write_fact\n"
ONE += "assert write_fact(Path(sys.argv[1]), sys.argv[2], sys.argv[3])[0]"


def manifest(edition: Path) -> dict:
    return tomllib.loads((edition / "edition.toml").read_text("utf-8"))


def add(edition: Path, words: str) -> None:
    file = edition / "edition.toml"
    file.write_text(file.read_text("utf-8") + words, "utf-8")


def test_of_edits_at_the_same_time_each_stands(edition: Path):
    extra = "".join(
        f'\n[[fact]]\nid = "line-{n}"\ntype = "text"\nlabel = "Line {n}"\nfill_by = "region"\n'
        for n in range(6)
    )
    file = edition.parent / "small" / "facts.toml"
    file.write_text(file.read_text("utf-8") + extra, "utf-8")
    some = [
        subprocess.Popen([sys.executable, "-c", ONE, str(edition), f"line-{n}", f"Value {n}"])
        for n in range(6)
    ]
    assert [one.wait(60) for one in some] == [0] * 6
    facts = manifest(edition)["facts"]
    assert {name: facts[name] for name in facts if name.startswith("line-")} == {
        f"line-{n}": f"Value {n}" for n in range(6)
    }


def test_a_change_that_was_cut_short_is_finished_before_an_edit(edition: Path, monkeypatch):
    text = (edition / "edition.toml").read_text("utf-8").replace("Northtown edition", "Another title")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cut, "_carry_out", stop)
        with pytest.raises(KeyboardInterrupt):
            commit(edition, {"edition.toml": text.encode()})
    done(write_fact(edition, "crisis-line", "0808 157 0999"))
    assert manifest(edition)["edition"]["title"] == "Another title"
    assert manifest(edition)["facts"]["crisis-line"] == "0808 157 0999"


@pytest.mark.parametrize("name", ["two-homes", "small:two-homes", "northtown:two-homes", "two-places"])
def test_a_value_in_an_item_is_one_by_whatever_name(edition: Path, name: str):
    (edition.parent / "small" / "changes.toml").write_text(MOVED, "utf-8")
    add(edition, f'\n[[fact_for]]\nitem = "{name}"\nfact = "crisis-line"\nvalue = "0808 157 0001"\n')
    made = done(write_fact(edition, "crisis-line", "0808 157 0002", item="two-homes"))
    assert 'It was "0808 157 0001"' in made.message
    (row,) = manifest(edition)["fact_for"]
    assert row["value"] == "0808 157 0002"


@pytest.mark.parametrize("name", ["two-homes", "small:two-homes", "northtown:two-homes", "two-places"])
def test_an_omission_an_adaptation_and_a_note_are_one_by_whatever_name(edition: Path, name: str):
    (edition.parent / "small" / "changes.toml").write_text(MOVED, "utf-8")
    block = f"```{{adapt}} {name}#summary\nOurs.\n```\n\n```{{local-note}} {name}\n:id: ours\n\nOurs.\n```\n"
    (edition / "local" / "mine.md").write_text(block, "utf-8")
    assert not done(write_adaptation(edition, "two-homes", "summary")).changed
    assert not done(write_note(edition, "two-homes", note=NewNote(id="ours"))).changed
    add(edition, f'\n[[leave_out]]\nitem = "{name}"\nreason = "We have one."\n')
    assert "with another reason: We have one." in refused(write_omission(edition, "two-homes", "No."))


def test_a_value_stands_under_the_name_that_a_fact_had(edition: Path):
    (edition.parent / "small" / "changes.toml").write_text(MOVED, "utf-8")
    file = edition / "edition.toml"
    file.write_text(file.read_text("utf-8").replace("crisis-line", "help-line"), "utf-8")
    for name, value in (("crisis-line", "0808 157 0002"), ("help-line", "0808 157 0003")):
        done(write_fact(edition, name, value))
        assert manifest(edition)["facts"] == {"help-line": value}


@pytest.mark.parametrize(
    ("words", "edit"),
    [
        ('\n[leave_out]\nitem = "two-homes"\n', lambda root: write_omission(root, "two-homes", "No.")),
        (
            '\n[fact_for]\nitem = "two-homes"\n',
            lambda root: write_fact(root, "crisis-line", "0808 157 0002", item="two-homes"),
        ),
    ],
)
def test_a_table_with_the_wrong_brackets_is_left_as_it_is(edition: Path, words: str, edit):
    add(edition, words)
    before = (edition / "edition.toml").read_text("utf-8")
    made, problems = edit(edition)
    assert made is None
    assert problems
    assert (edition / "edition.toml").read_text("utf-8") == before


def test_a_title_with_backticks_makes_a_block_that_is_read(edition: Path):
    note = NewNote(id="ours", title="The `111` line", text="Call.\n\n::::{note}\nSee.\n::::")
    done(write_note(edition, "two-homes", note=note))
    overlay, problems = read_overlay_folder(edition)
    assert problems == ()
    assert overlay is not None
    assert [(one.title, one.text) for one in overlay.notes] == [(note.title, note.text)]


@pytest.mark.parametrize("words", ["caf\udce9", "a\0b"])
def test_characters_that_are_none_are_refused(edition: Path, words: str):
    assert refused(write_note(edition, "two-homes", note=NewNote(text=words))).startswith("not-text")
    if "\0" not in words:  # which TOML has a way to write
        assert refused(write_omission(edition, "two-homes", words)).startswith("not-text")
    assert not list((edition / "local").iterdir())


def test_a_manifest_that_nobody_may_write_stays(edition: Path):
    file = edition / "edition.toml"
    before = file.read_bytes()
    file.chmod(0o444)
    assert "unreadable: This cannot be written: permission denied." in refused(
        write_fact(edition, "crisis-line", "0808 157 0002")
    )
    assert file.read_bytes() == before
    assert not (edition / "attic").exists()


def test_links_in_a_circle_are_refused(edition: Path):
    (edition / "local").rmdir()
    (edition / "local").symlink_to("local")
    made, problems = write_note(edition, "two-homes", note=NewNote(text="Ours."))
    assert made is None
    assert problems


def test_where_to_look_is_the_line_that_was_written(edition: Path):
    add(edition, '\n[[leave_out]]\nitem = "other"\n\n[[leave_out]]\nitem = "another"\nreason = "No."\n')
    assert done(write_fact(edition, "crisis-line", "0808 157 0002")).place.line == 12
    made = done(write_omission(edition, "two-homes", "No."))
    lines = (edition / "edition.toml").read_text("utf-8").split("\n")
    assert lines[made.place.line - 1] == "[[leave_out]]"
    assert "two-homes" in lines[made.place.line]


def test_a_longer_fence_does_not_end_the_block_around_it():
    text = "````{admonition} A\n```{adapt} core:a#summary\n\nOurs.\n```\n````\n"
    assert with_body(text, 2, "```sh\nls\n```") is None
    assert with_body(text, 2, "Others.") == text.replace("Ours.", "Others.")


def test_a_title_is_the_same_however_it_is_spaced(tmp_path: Path, library: Path):
    asked = NewEdition(id="ours", title="My  Edition", based_on="../small")
    done(new_edition(tmp_path / "ours", asked))
    assert not done(new_edition(tmp_path / "ours", asked)).changed
    assert library.is_dir()


def test_a_new_edition_in_the_folder_where_one_stands_names_it(tmp_path: Path, library: Path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    done(new_edition(Path(), NewEdition(id="ours", title="Ours", based_on="../small")))
    assert "guidance-kit facts here " in Path("README.md").read_text("utf-8")
    assert library.is_dir()


def test_a_new_edition_that_is_refused_leaves_nothing(tmp_path: Path, library: Path):
    asked = NewEdition(id="ours", title="Ours", based_on="../small")
    made, problems = new_edition(tmp_path / "ours", asked, beside={"../out.md": b"x"})
    assert made is None
    assert problems[0].code == "path-escape"
    assert sorted(path.name for path in tmp_path.iterdir()) == [library.name]


def test_a_mark_at_the_head_of_the_manifest_does_no_harm(edition: Path):
    file = edition / "edition.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    done(write_omission(edition, "two-homes", "No."))
    opened, problems = read_edition(edition)
    assert opened is not None, problems
    assert "small:two-homes" in {one.item for one in opened.overlay.leave_out}
