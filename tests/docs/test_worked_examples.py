"""The pages of the manual that are plays: each command, in order, prints exactly what the page says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from manual_pages import DOCS, Example, pages
from replaying import Scene, Stage, is_play, steps_of, tidy
from test_manual_examples import CODES, append, commands

PLAYS = [page for page in pages() if is_play(page)]


@pytest.mark.parametrize("page", PLAYS, ids=lambda page: page.stem)
def test_a_play_goes_as_the_manual_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With REWRITE_MANUAL set, what the commands print is first written into the manual, for review."""
    stage, heard = Stage(tmp_path, monkeypatch), []
    monkeypatch.setenv("COLUMNS", "100")
    for step in steps_of(page):
        if isinstance(step, Scene):
            stage.set(step)
        elif step.language == "console":
            heard.append((step, *played(stage, step)))
        elif "written" in step.classes.split():
            heard.append((step, tidy((stage.folder / step.caption).read_text(encoding="utf-8")), set()))
        elif step.caption:
            append(step, stage.folder)
    if os.environ.get("REWRITE_MANUAL"):
        rewrite(page, [(step, said) for step, said, _ in heard])
    for step, said, ended in heard:
        assert said == tidy(step.text), f"{page.name}:{step.line}"
        assert ended <= {code_of(step)}, f"{page.name}:{step.line}\n{said}"
    assert heard


def played(stage: Stage, step: Example) -> tuple[str, set[int]]:
    """Return an example as the commands in it make it, and their exit codes."""
    ran = [(command, *stage.run(command)) for command in commands(step.text)]
    said = "\n".join(f"$ {command}\n{words}" for command, _, words in ran)
    assert "\nTraceback" not in said
    return said, {code for _, code, _ in ran}


def code_of(step: Example) -> int:
    """Return the exit code that the class of an example says its commands have."""
    return next((CODES[word] for word in step.classes.split() if word in CODES), 0)


def rewrite(page: Path, heard: list[tuple[Example, str]]) -> None:
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for step, said in reversed(heard):
        first = step.line + step.options  # counted from 1 for the fence, and from 0 for what is below it
        lines[first : first + step.text.count("\n")] = said.splitlines(keepends=True)
    page.write_text("".join(lines), encoding="utf-8")


def test_the_worked_examples_and_the_afternoon_are_plays():
    assert {"afternoon", "worked-examples"} <= {page.stem for page in PLAYS}


def test_the_releases_of_the_worked_examples_pass_the_check_of_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stage = Stage(tmp_path, monkeypatch)
    releases = sorted(path for path in (DOCS / "example/_releases").iterdir() if path.is_dir())
    assert [path.name for path in releases] == ["1.4.0", "1.5.0", "1.6.0", "2.0.0"]
    for old, new in zip([None, *releases], releases, strict=False):
        against = f" --against '{old}'" if old else ""
        assert stage.run(f"guidance-kit check '{new}'")[0] == 0
        if old:
            code, said = stage.run(f"guidance-kit release-check '{new}'{against}")
            assert code == 0, said
