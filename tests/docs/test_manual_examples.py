"""The manual's examples are tests."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
from pathlib import Path

import pytest
from manual_pages import DOCS, ROOT, Example, examples_of, pages
from replaying import is_play

from guidance_kit import check, read_library
from guidance_kit.api import read_edition
from guidance_kit.model.kinds import KINDS
from guidance_kit.problems import Place
from guidance_kit.reading.files import read_toml
from guidance_kit.reading.pages import read_page

#: What an example's class says of the exit code of its commands: a problem, or decisions waiting.
CODES = {"stops": 1, "waits": 2}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def having(language: str) -> list[Path]:
    return [page for page in pages() if any(one.language == language for one in examples_of(page))]


def name_of(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


@pytest.mark.parametrize("page", having("python"), ids=name_of)
def test_python_examples_print_what_the_manual_says(page: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    said: list[str] = []
    for example in examples_of(page):
        if example.language == "python" and ">>>" in example.text:
            test = doctest.DocTestParser().get_doctest(
                example.text, names, str(page), str(page), example.line
            )
            runner.run(test, out=said.append, clear_globs=False)
            names = test.globs
        elif example.language == "python":
            compile(example.text, str(page), "exec")
    assert not runner.failures, "".join(said)
    assert runner.tries or all(">>>" not in one.text for one in examples_of(page))


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_read_without_a_problem_and_is_of_that_kind(kind: str):
    path = DOCS / "example" / f"{kind}.md"
    read = read_page(path.read_text(encoding="utf-8"), path.name, Place(str(path)), "example")
    assert read.problems == ()
    assert [item.kind for item in read.page.items] == [kind]


def test_the_examples_of_the_kinds_together_are_a_library_without_a_problem():
    library = read_library(DOCS / "example")
    assert check(library) == ()
    assert {item.kind for item in library} == set(KINDS)


@pytest.mark.parametrize("page", having("markdown"), ids=name_of)
def test_markdown_examples_are_read_without_a_problem(page: Path):
    for example in examples_of(page):
        if example.language == "markdown":
            read = read_page(example.text, page.name, Place(str(page), example.line), "ourtown")
            assert read.problems == (), example.text


@pytest.mark.parametrize("page", having("toml"), ids=name_of)
def test_toml_examples_can_be_read(page: Path, tmp_path: Path):
    for example in examples_of(page):
        if example.language == "toml":
            file = tmp_path / "example.toml"
            file.write_text(example.text, encoding="utf-8")
            assert read_toml(file)[1] == [], example.text


def test_the_examples_on_the_composing_page_make_two_editions_without_an_error(tmp_path: Path):
    write_captioned(DOCS / "composing.md", tmp_path)
    found = sorted(path.parent for path in tmp_path.rglob("edition.toml"))
    assert [folder.name for folder in found] == ["ourtown", "smalltown"]
    for folder in found:
        edition, problems = read_edition(folder)
        assert edition is not None
        assert problems == ()
        assert [str(p) for p in check(edition) if p.code != "fact-missing"] == []
    ourtown = read_edition(tmp_path / "ourtown")[0]
    assert ourtown is not None
    assert {"ourtown:clinic-days", "ourtown:board"} <= set(ourtown.by_id)
    assert ourtown.redirects == {"core:liaison-forum": "ourtown:board"}


def write_captioned(page: Path, folder: Path) -> None:
    """Write the examples that name a file into that file, one after the other."""
    for example in examples_of(page):
        if example.caption:
            append(example, folder)


def append(example: Example, folder: Path) -> None:
    file = folder / example.caption
    file.parent.mkdir(parents=True, exist_ok=True)
    if "whole" in example.classes:
        assert file.exists(), f"the manual has a reader edit {example.caption}, which is not there"
    keep = file.exists() and "whole" not in example.classes
    before = file.read_text(encoding="utf-8") + "\n" if keep else ""
    file.write_text(before + example.text, encoding="utf-8")
    if file.suffix == ".json":
        json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [page for page in having("console") if not is_play(page)], ids=name_of)
def test_commands_print_what_the_manual_says(page: Path, desk: Path):
    """With REWRITE_MANUAL set, what the commands print is first written into the manual, for review."""
    heard: list[tuple[str, str]] = []
    for example in examples_of(page):
        if example.language == "console":
            code = next((CODES[word] for word in example.classes.split()), 0)
            said = [(command, run(command, desk, code)) for command in commands(example.text)]
            heard.append((example.text, "\n".join(f"$ {command}\n{words}" for command, words in said)))
        elif example.caption:
            append(example, desk)
    if os.environ.get("REWRITE_MANUAL"):
        rewrite(page, heard)
    for expected, said in heard:
        agree = doctest.OutputChecker().check_output(expected, said, FLAGS)
        assert agree, f"{page.name}\nthe manual:\n{expected}\nthe commands:\n{said}"
    assert heard


def rewrite(page: Path, heard: list[tuple[str, str]]) -> None:
    """Write what the commands print into a page; an example with dots in it is left to a person."""
    done, rest = "", page.read_text(encoding="utf-8")
    for expected, said in heard:
        before, _, rest = rest.partition(expected)
        done += before + (expected if "..." in expected else said)
    page.write_text(done + rest, encoding="utf-8")


def commands(text: str) -> list[str]:
    return [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]


def run(command: str, folder: Path, code: int) -> str:
    """Return what a command prints; where the machine's own folders stand in it, dots."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    said = done.stdout + done.stderr
    assert done.returncode == code, f"{command}: exit code {done.returncode}\n{said}"
    assert "Traceback" not in said
    lines = said.replace(str(folder), "...").replace(str(ROOT), "...").strip().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)
