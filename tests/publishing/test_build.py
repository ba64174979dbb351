"""Building an edition: a web site that holds what it should, and nothing that it should not."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from guidance_kit.problems import Problem
from guidance_kit.publishing import Built, build
from guidance_kit.publishing.outputs import MARKER

BODY_CANARIES = ("axolotlword", "Narwhalalt", "narwhal", "capybaraword", "Pangolin", "wombatword")
TITLE_CANARIES = ("Quokkatitle", "Wombattitle")
OMISSIONS = """
[[leave_out]]
item = "small:quokka"
reason = "Nobody here."

[[leave_out]]
item = "small:wombat"
reason = "Not ours."
"""


def leave_out(edition: Path) -> None:
    with (edition / "edition.toml").open("a") as file:
        file.write(OMISSIONS)


def good(built: Built) -> Path:
    assert [str(problem) for problem in built.problems] == []
    assert [str(warned) for warned in built.warnings] == []
    assert built.good
    assert built.output is not None
    return built.output


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def words_in(output: Path) -> dict[str, str]:
    """Return the text of every file below a folder, inside archives too."""
    found = {}
    for path in output.rglob("*"):
        name = path.relative_to(output).as_posix()
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as archive:
                for inner in archive.namelist():
                    found[f"{name}/{inner}"] = inner + archive.read(inner).decode("utf-8", "replace")
        elif path.is_file():
            data = path.read_bytes()
            if name == "objects.inv":
                import zlib

                data = zlib.decompress(data.split(b"zlib.\n", 1)[1])
            found[name] = name + data.decode("utf-8", "replace")
    return found


def holders(output: Path, canary: str) -> list[str]:
    return sorted(name for name, text in words_in(output).items() if canary.casefold() in text.casefold())


def test_an_edition_becomes_a_web_site(edition: Path) -> None:
    output = good(build(edition))
    assert output == edition / "_build" / "html"
    assert "0808 157 0100" in (output / "challenges" / "two-homes.html").read_text()


def test_the_canaries_are_there_before_they_are_left_out(edition: Path) -> None:
    output = good(build(edition))
    for canary in (*BODY_CANARIES, *TITLE_CANARIES):
        assert holders(output, canary), canary


@pytest.mark.parametrize(
    "builder",
    ["html", "dirhtml", "singlehtml", "text", "json", "xml", "epub", "latex", "man", "texinfo", "gettext"],
)
@pytest.mark.parametrize("built_before", [False, True])
def test_what_is_left_out_is_nowhere(edition: Path, builder: str, *, built_before: bool) -> None:
    if built_before:
        good(build(edition, builder))
    leave_out(edition)
    output = good(build(edition, builder))
    for canary in BODY_CANARIES:
        assert holders(output, canary) == []
    for canary in TITLE_CANARIES:
        where = holders(output, canary)
        if builder in ("html", "dirhtml", "text", "json", "xml", "epub"):
            allowed = ("differences", "left-out", "provenance", "searchindex", "search")
            assert [name for name in where if not any(word in name for word in allowed)] == []
            assert [name for name in where if "differences" in name]


def test_an_incremental_build_equals_a_clean_one(edition: Path, tmp_path: Path) -> None:
    good(build(edition))
    leave_out(edition)
    later = words_in(good(build(edition)))
    fresh = words_in(good(build(edition, output=tmp_path / "fresh")))
    for both in (later, fresh):
        both.pop(MARKER)
        both.pop(".buildinfo", None)
    assert later == fresh


def test_stock_sphinx_builds_the_source_tree(edition: Path, tmp_path: Path) -> None:
    leave_out(edition)
    good(build(edition))
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "-q",
        str(edition / "_build" / "source"),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "differences.html").is_file()


def times(root: Path) -> dict[str, int]:
    return {
        path.relative_to(root).as_posix(): path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.suffix in (".md", ".json", ".py", ".html") and path.name not in _EACH_TIME
    }


#: Sphinx writes these at every build.
_EACH_TIME = (MARKER, "genindex.html", "search.html", "searchindex.json")


def test_a_second_build_writes_no_page(edition: Path) -> None:
    output = good(build(edition))
    before = times(output), times(edition / "_build" / "source")
    assert len(before[0]) == 10
    good(build(edition))
    assert (times(output), times(edition / "_build" / "source")) == before


def test_one_edit_writes_only_the_pages_it_touches(edition: Path) -> None:
    output = good(build(edition))
    before = times(edition / "_build" / "source")
    pages = times(output)
    local = edition / "local" / "a.md"
    local.write_text("```{adapt} small:liaison#how-it-works\n\nOnce a week.\n```\n")
    good(build(edition))
    after = times(edition / "_build" / "source")
    changed = {name for name in after if after[name] != before.get(name)}
    assert "solutions/liaison.md" in changed
    assert "challenges/two-homes.md" not in changed
    assert times(output)["criteria.html"] == pages["criteria.html"] or "differences.md" in changed


def test_the_editions_own_files_are_never_written(edition: Path) -> None:
    own = {path: path.stat().st_mtime_ns for path in edition.rglob("*") if path.is_file()}
    for builder in ("html", "text"):
        good(build(edition, builder))
    assert {path: path.stat().st_mtime_ns for path in own} == own
    assert {path.name for path in edition.iterdir()} == {"edition.toml", "local", "_build"}


def test_parallel_equals_serial(edition: Path, tmp_path: Path) -> None:
    one = words_in(good(build(edition, output=tmp_path / "one", jobs=1)))
    two = words_in(good(build(edition, output=tmp_path / "two", jobs=2)))
    for both in (one, two):
        both.pop(MARKER)
    assert one == two


# what goes wrong


def test_an_edition_with_an_error_is_a_marked_draft(edition: Path) -> None:
    manifest = edition / "edition.toml"
    sound = manifest.read_text()
    clean = good(build(edition))
    manifest.write_text(sound + '\n[[leave_out]]\nitem = "small:quoka"\n')
    built = build(edition)
    assert codes(built.problems) == ["unknown-target"]
    assert (built.good, built.marked) == (False, True)
    for page in ("index.html", "challenges/two-homes.html"):
        assert "Draft with 1 error: not for publication." in (clean / page).read_text()
    manifest.write_text(sound)
    good(build(edition))
    assert holders(clean, "not for publication") == []


def test_an_edition_with_an_error_is_no_book(edition: Path) -> None:
    (edition / "local" / "a.md").write_text("```{adapt} small:nothing#summary\n\nx\n```\n")
    built = build(edition, "text")
    assert built.output is None
    assert codes(built.problems) == ["build-failed", "unknown-target"]
    assert not (edition / "_build" / "text").exists()


def test_a_folder_that_is_no_edition_is_left_alone(tmp_path: Path) -> None:
    built = build(tmp_path)
    assert codes(built.problems) == ["not-found"]
    assert list(tmp_path.iterdir()) == []


def test_a_builder_that_does_not_exist(edition: Path) -> None:
    for builder in ("htlm", "../x", "source", "doctrees", ""):
        built = build(edition, builder)
        assert codes(built.problems) == ["build-failed"], builder
        assert built.output is None


def test_an_output_folder_with_other_files_is_refused(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    assert codes(build(edition, output=tmp_path / "mine").problems) == ["would-overwrite"]
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("name", [".", "..", "local", "local/site", "_build/source", "attic"])
def test_the_result_never_goes_among_what_it_is_made_from(edition: Path, name: str) -> None:
    assert codes(build(edition, output=edition / name).problems) == ["would-overwrite"]


def test_files_put_into_an_output_folder_later_stay(edition: Path, tmp_path: Path) -> None:
    output = good(build(edition, output=tmp_path / "site"))
    (output / "CNAME").write_text("northtown.example")
    leave_out(edition)
    good(build(edition, output=output))
    (output / MARKER).write_text(
        (output / MARKER).read_text().replace('"finished": true', '"finished": false')
    )
    good(build(edition, output=output))
    assert (output / "CNAME").read_text() == "northtown.example"


def test_a_build_that_was_cut_short_is_not_trusted(edition: Path) -> None:
    output = good(build(edition))
    page = output / "challenges" / "two-homes.html"
    whole = page.read_text()
    page.write_text(whole[:100])  # as a process killed while it was writing would leave it
    (output / MARKER).write_text(
        (output / MARKER).read_text().replace('"finished": true', '"finished": false')
    )
    good(build(edition))
    assert page.read_text() == whole


def test_other_warnings_name_the_line_a_person_wrote(edition: Path) -> None:
    (edition / "local" / "a.md").write_text(
        "\n\n```{adapt} small:two-homes#summary\n\nSee [there](no-such-page.md).\n```\n"
    )
    built = build(edition)
    (warned,) = built.warnings
    assert (warned.place.path, warned.place.line) == (str(edition / "local" / "a.md"), 5)
    assert warned.kind.startswith("myst.")


def test_a_link_that_leads_nowhere_is_told_once(edition: Path) -> None:
    (edition / "local" / "a.md").write_text(
        "```{local-note} small:two-homes\n:id: one\n\nSee {challenge}`nothing`.\n```\n"
    )
    built = build(edition)
    assert [(one.code, one.place.line) for one in built.problems] == [("unknown-link", 4)]
    assert built.warnings == ()


def test_a_file_that_vanishes_while_building(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing = sys.modules["guidance_kit.publishing.source"]
    write = writing.write_tree

    def write_then_lose(tree: object, folder: Path) -> object:
        problems = write(tree, folder)
        (folder / "challenges" / "two-homes.md").unlink()
        return problems

    monkeypatch.setattr(writing, "write_tree", write_then_lose)
    built = build(edition)
    assert not built.good or built.warnings
    monkeypatch.undo()
    good(build(edition))


def test_an_asset_that_vanishes_while_building(
    edition: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = sys.modules["guidance_kit.publishing.source"]
    compose = writing.tree

    def lose(edition_: object) -> object:
        made = compose(edition_)
        (library / "pictures" / "narwhal.png").unlink()
        return made

    monkeypatch.setattr(writing, "tree", lose)
    built = build(edition)
    assert not built.good
    assert codes(built.problems) == ["unreadable"]
    assert built.output is None


def test_output_has_no_path_of_this_machine(edition: Path) -> None:
    output = good(build(edition))
    where = str(edition.parent)
    assert holders(output, where) == []
    assert os.sep in where
