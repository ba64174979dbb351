"""Whatever stands on disk, a person is told what is wrong and where; nothing is lost in silence."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from guidance_kit.api import read_edition
from guidance_kit.model.library import Asset
from guidance_kit.problems import Problem
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.overlays import read_overlay_folder

TERM = ":::{term} Triage\n:id: aa\n\n## In the NHS\n\nOne.\n\n## In higher education\n\nTwo.\n:::\n"
HEAD = '[edition]\nid = "northtown"\ntitle = "Ours"\nbased_on = "../core"\n'


@pytest.fixture
def core(tmp_path: Path) -> Path:
    root = tmp_path / "core"
    root.mkdir()
    (root / "library.toml").write_text('[library]\nid = "core"\ntitle = "Core"\n')
    (root / "facts.toml").write_text('[[fact]]\nid = "team"\ntype = "text"\nlabel = "Team"\n')
    (root / "index.md").write_text("# Core\n\nAsk {fact}`team`.\n")
    (root / "terms.md").write_text(TERM)
    return root


@pytest.fixture
def edition(core: Path) -> Path:
    root = core.parent / "edition"
    (root / "local" / "pages").mkdir(parents=True)
    (root / "edition.toml").write_text(HEAD)
    return root


def told(problems: tuple[Problem, ...], root: Path) -> list[tuple[str, str, int]]:
    return [(p.place.path.removeprefix(f"{root}/"), p.code, p.place.line) for p in problems]


def of_core(core: Path) -> list[tuple[str, str, int]]:
    return told(read_library_folder(core)[1], core)


def of_edition(edition: Path) -> list[tuple[str, str, int]]:
    return told(read_edition(edition)[1], edition)


def test_a_link_to_nothing_is_told(core: Path) -> None:
    (core / "gone.md").symlink_to(core / "nowhere.md")
    assert of_core(core) == [("gone.md", "not-found", 0)]


def test_a_folder_linked_from_outside_is_told_and_not_read(core: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text(TERM)
    (core / "linked").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert of_core(core) == [("linked", "path-escape", 0)]


def test_a_picture_linked_from_outside_is_told_and_not_shown(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_text("x")
    (edition / "local" / "map.png").symlink_to(tmp_path / "secret.png")
    overlay, problems = read_overlay_folder(edition)
    assert told(problems, edition) == [("local/map.png", "path-escape", 0)]
    assert overlay is not None
    assert overlay.assets == ()


def test_a_folder_named_like_a_page_is_a_folder(core: Path) -> None:
    (core / "x.md").mkdir()
    (core / "x.md" / "y.md").write_text("# Y\n")
    assert of_core(core) == []


def test_a_manifest_that_is_a_folder_is_told(edition: Path) -> None:
    (edition / "edition.toml").unlink()
    (edition / "edition.toml").mkdir()
    assert ("edition.toml", "unreadable", 0) in of_edition(edition)


def test_a_manifest_linked_to_nothing_is_told(edition: Path) -> None:
    (edition / "edition.toml").unlink()
    (edition / "edition.toml").symlink_to(edition / "nowhere.toml")
    assert ("edition.toml", "not-found", 0) in of_edition(edition)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_told_and_does_not_hang(core: Path) -> None:
    os.mkfifo(core / "pipe.md")
    assert of_core(core) == [("pipe.md", "unreadable", 0)]


def test_a_folder_that_cannot_be_opened_is_told(core: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (core / "shut").mkdir()
    real = os.scandir

    def scandir(path: str | Path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert of_core(core) == [("shut", "unreadable", 0)]


def test_a_file_that_cannot_be_opened_is_told(core: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_bytes(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (core / "library.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert ("library.toml", "unreadable", 0) in of_core(core)


@pytest.mark.parametrize(
    "name", ["NOTES.MD", "notes.markdown", "a\tb.md", b"\xff.md".decode("utf-8", "surrogateescape")]
)
def test_a_page_whose_name_nobody_reads_is_told_in_text(core: Path, name: str) -> None:
    (core / name).write_text("# x\n")
    ((path, code, _),) = of_core(core)
    assert code == "unreadable"
    assert path.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "a = " + "1" * 5000, "a = 1979-13-01", "[a]\n[a]\n", "a = {", "\\"]
)
def test_odd_toml_is_told(edition: Path, text: str) -> None:
    (edition / "edition.toml").write_text(text + "\n")
    assert [(path, code) for path, code, _ in of_edition(edition)] == [("edition.toml", "manifest-syntax")]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "1" * 5000, '[{"id": "\\ud800", "title": "x"}]', "nul", "[1e999, {}]", '"x"']
)
def test_odd_json_is_told(edition: Path, text: str) -> None:
    (edition / "local" / "references.json").write_text(text)
    assert {(path, code) for path, code, _ in of_edition(edition)} <= {
        ("local/references.json", "json-syntax"),
        ("local/references.json", "missing-key"),
    }
    assert of_edition(edition)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("fact = 3\n", "bad-value", 1),
        ('[fact]\nid = "x"\n', "bad-value", 1),
        ('[[fact]]\nid = "bb"\ntype = "text"\nlabel = "B"\nspace = "x"\n', "unknown-key", 5),
        ('[[fact]]\nid = "bb"\ntype = "choice"\nlabel = "B"\nchoices = "xy"\n', "bad-value", 5),
        ('[[fact]]\nid = "bb"\ntype = "text"\nlabel = "B"\ntypo = "x"\nother = "y"\n', "unknown-key", 6),
    ],
)
def test_odd_facts_are_told_with_their_line(core: Path, text: str, code: str, line: int) -> None:
    (core / "facts.toml").write_text(text)
    assert ("facts.toml", code, line) in of_core(core)


@pytest.mark.parametrize(
    "toml", ['[arrange]\nsection = "x"\n', '[[arrange]]\nsection = "x"\nfirst = "core:aa"\n']
)
def test_a_list_that_is_no_list_is_told(edition: Path, toml: str) -> None:
    (edition / "edition.toml").write_text(HEAD + toml)
    assert "bad-value" in [code for _, code, _ in of_edition(edition)]


def test_a_mistake_in_the_head_hides_no_other(edition: Path) -> None:
    (edition / "edition.toml").write_text('[edition]\ntitle = "T"\n\n[[take]]\nitme = "aa"\n')
    (edition / "local" / "x.md").write_text("```{adapt} core:aa#summary\n```\n")
    assert [code for _, code, _ in of_edition(edition)] == [
        "missing-key",
        "missing-key",
        "unknown-key",
        "empty-adaptation",
    ]


def test_a_missing_base_is_told(edition: Path) -> None:
    (edition / "edition.toml").write_text(HEAD.replace("../core", "nowhere"))
    assert [code for _, code, _ in of_edition(edition)] == ["missing-base"]


def test_twenty_mistakes_in_one_file_are_all_told(core: Path) -> None:
    (core / "terms.md").write_text(
        "\n".join(TERM.replace(":id: aa", f":id: Bad {n}\n:colour: red") for n in range(10))
    )
    found = of_core(core)
    assert len(found) == 20
    assert len({line for _, _, line in found}) == 20


def test_one_id_in_two_files_names_both(core: Path) -> None:
    (core / "zz.md").write_text(TERM)
    (problem,) = read_library_folder(core)[1]
    assert (problem.code, problem.place.path) == ("duplicate-id", str(core / "zz.md"))
    assert f"{core}/terms.md:1" in problem.message


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "<b>x", "a\nb", "a\u2028b", "\u202eabc", "", "x" * 600]
)
def test_a_value_that_could_mislead_is_refused(edition: Path, value: str) -> None:
    quoted = value.replace("\n", "\\n")
    (edition / "edition.toml").write_text(f'{HEAD}[facts]\nteam = "{quoted}"\n')
    assert ("edition.toml", "bad-fact", 6) in of_edition(edition)
    composed, _ = read_edition(edition)
    assert composed is not None
    assert "Ask {fact}`team`." in composed.pages[0].text


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(core: Path, ending: str) -> None:
    text = "# Terms\n\n" + TERM.replace(":id: aa", ":id: aa\n:sorces: x")
    (core / "terms.md").write_bytes(text.replace("\n", ending).encode())
    assert of_core(core) == [("terms.md", "unknown-field", 5)]


def test_a_block_behind_a_tab_is_told(core: Path) -> None:
    (core / "terms.md").write_text("# Terms\n\n\t" + TERM.replace("\n", "\n\t"))
    assert of_core(core) == [("terms.md", "untidy-text", 3)]


def _seconds(edition: Path, body: str) -> float:
    (edition.parent / "core" / "terms.md").write_text(TERM.replace("One.", body))
    (edition / "edition.toml").write_text(HEAD + '[facts]\nteam = "Us"\n')
    started = time.process_time()
    read_edition(edition)
    return time.process_time() - started


HOSTILE = [
    "word " * 200_000,
    "`" * 1_000_000,
    "".join("`" * n + "a" for n in range(1, 1400)),
    "[" * 300_000,
    "{fact}`" * 140_000,
    "{fact}`team` " * 80_000,
    "- " * 400_000,
    "> " * 400_000,
    "#" * 1_000_000,
    "# " + " " * 1_000_000 + "x",
    "`a" + " " * 1_000_000 + "<b>`",
    "\n".join(":" * (n % 90 + 3) + "{note} x" for n in range(20_000)),
    ":a: b\n" * 160_000,
    "| a " * 250_000 + "\n|---|\n",
]


@pytest.mark.long
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_megabyte_costs_no_more_than_sixty_ordinary_ones(edition: Path, body: str) -> None:
    ordinary = "A plain line of words that a person might write.\n\n" * 20_000
    bound = 60 * min(_seconds(edition, ordinary) for _ in range(3))  # the worst measured costs 28
    assert any(_seconds(edition, body) < bound for _ in range(3))


def test_a_file_beyond_all_measure_is_refused(core: Path) -> None:
    (core / "terms.md").write_text("x" * 5_000_000)
    assert of_core(core) == [("terms.md", "too-large", 0)]


LEFT_BY_OTHERS = (
    "Thumbs.db",
    "thumbs.db",
    "desktop.ini",
    "Desktop.ini",
    "~$ours.md",
    "~WRL0001.tmp",
    "Icon\r",
)


@pytest.mark.parametrize("name", LEFT_BY_OTHERS)
def test_what_a_system_leaves_in_a_folder_is_none_of_ours(edition: Path, core: Path, name: str) -> None:
    for folder in (core, edition / "local", edition / "local" / "pages"):
        (folder / name).write_bytes(b"x\0y\xff")
    assert of_edition(edition) == []
    overlay, _ = read_overlay_folder(edition)
    assert overlay is not None
    assert overlay.assets == ()
    assert files_beside(core) == ()


def files_beside(core: Path) -> tuple[Asset, ...]:
    """Return what a library holds beside its pages."""
    library, problems = read_library_folder(core)
    assert library is not None, problems
    return library.assets


@pytest.mark.parametrize("marks", ["\u2018\u2018\u2018", "\u201c\u2018", "`\u2018\u2019", "''\u2019"])
def test_marks_of_a_block_that_a_word_processor_made_curly_are_an_error(edition: Path, marks: str) -> None:
    text = f"{marks}{{adapt}} aa#summary\n:reason: R\n\nOurs.\n{marks}\n"
    (edition / "local" / "a.md").write_text(text, "utf-8")
    (one,) = read_edition(edition)[1]
    assert (one.code, one.place.line) == ("unterminated-block", 1)
    assert "curly quotes" in one.message
    assert one.hint.endswith("```{adapt} aa#summary")


def test_a_quotation_that_begins_with_a_link_is_no_block(edition: Path) -> None:
    text = "# Ours\n\n\u201c{term}`aa`\u201d it says.\n\n\u201c\u2018{term}`aa`\u2019\u201d again.\n"
    (edition / "local" / "pages" / "ours.md").write_text(text, "utf-8")
    assert of_edition(edition) == []


def test_who_names_no_part_is_told_how_to_with_the_item_that_is_meant(edition: Path) -> None:
    (edition / "local" / "a.md").write_text("```{adapt} aa\n:reason: R\n\nOurs.\n```\n")
    (one,) = read_edition(edition)[1]
    assert one.hint == "Write the part after it, such as aa#summary."
