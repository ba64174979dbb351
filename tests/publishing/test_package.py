"""The project of an edition: what it holds, and when it is refused."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tomllib
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from editing.kill_driver import tree_of
from upgrading.small_chains import Chain

from guidance_kit.cli.package import package as command
from guidance_kit.problems import Severity
from guidance_kit.publishing.package import package, version_of
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.upgrading import open_edition

FACTS = '[facts]\ncrisis-line = "01632 960100"\n'


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    chain = Chain(tmp_path)
    chain.core()
    chain.edition("north-town", "core", FACTS, {"pages/p.md": "# P\n\nWords.\n"})
    chain.up("north-town")
    return chain


def packaged(chain: Chain, **options):
    root = chain.folder / "north-town"
    return package(root, chain.opened("north-town").edition, chain.folder / "out", **options)


def test_the_project_reads_as_what_installers_need(chain):
    made = packaged(chain)
    assert (made.name, made.version, made.problems) == ("guidance-north-town", "1", ())
    said = tomllib.loads((made.folder / "pyproject.toml").read_text())
    assert said["project"]["name"] == "guidance-north-town"
    assert said["project"]["entry-points"]["guidance_kit.libraries"] == {
        "north-town": "guidance_north_town:library"
    }


def test_the_library_in_it_is_what_a_child_in_a_folder_would_keep(chain):
    made = packaged(chain)
    library, problems = read_library_folder(made.folder / "guidance_north_town/library")
    assert library is not None
    assert problems == ()
    chain.edition("uni", "north-town")
    chain.up("uni")
    assert library.content == chain.opened("uni").base.content


def test_the_sources_in_it_are_the_edition_again(chain):
    made = packaged(chain)
    opened, problems = open_edition(made.folder / "guidance_north_town/sources")
    assert opened is not None
    assert problems == ()
    assert opened.edition.pages == chain.opened("north-town").edition.pages


def test_two_packages_of_one_edition_are_the_same_byte_for_byte(chain):
    one = {path.name: path.read_bytes() for path in packaged(chain).folder.rglob("*") if path.is_file()}
    other = {path.name: path.read_bytes() for path in packaged(chain).folder.rglob("*") if path.is_file()}
    assert one == other


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("1", "1"),
        ("2026.1", "2026.1"),
        ("v2026-1", "2026.1"),
        ("2026/2", "2026.2"),
        ("1.0rc1", "1.0rc1"),
        (" 2 ", "2"),
    ],
)
def test_a_version_is_made_one_that_installers_compare(chain, said, version):
    edition = chain.opened("north-town").edition
    edition = attrs.evolve(edition, overlay=attrs.evolve(edition.overlay, version=said))
    assert version_of(edition, chain.folder, draft=False) == (version, None)
    assert version_of(edition, chain.folder, draft=True) == (f"{version}.dev0", None)


@pytest.mark.parametrize(
    ("said", "code"), [("", "missing-key"), ("spring 2026", "bad-value"), ("1.", "bad-value")]
)
def test_a_version_that_cannot_be_one_is_told_in_plain_words(chain, said, code):
    edition = chain.opened("north-town").edition
    edition = attrs.evolve(edition, overlay=attrs.evolve(edition.overlay, version=said))
    version, problem = version_of(edition, chain.folder, draft=False)
    assert (version, problem.code) == ("", code)
    assert problem.place.path.endswith("edition.toml")


def test_nothing_is_written_while_something_is_open_unless_it_is_a_draft(chain):
    root = chain.edition("north-town", "core", "")  # a required fact has no value
    refused = CliRunner().invoke(command, [str(root)], standalone_mode=False)
    assert refused.return_value == 1
    assert "fact-missing" in refused.output
    assert "--draft" in refused.output
    assert not (root / "_build").exists()
    made = CliRunner().invoke(command, [str(root), "--draft", "--json"], standalone_mode=False)
    assert made.return_value == 0
    assert '"version": "1.dev0"' in made.output


def test_a_draft_says_what_it_is_and_what_is_wrong_with_it(chain):
    root = chain.edition(
        "north-town", "core", FACTS, {"a.md": "```{adapt} no-such-item#summary\n\nOurs.\n```\n"}
    )
    made = CliRunner().invoke(command, [str(root), "--draft"], standalone_mode=False)
    assert made.return_value == 1
    assert "unknown-target" in made.stderr
    assert "Wrote a draft with errors, not for publication: the project guidance-north-town" in made.stdout
    readme = root / "_build/package/README.md"
    assert "\nA draft, not for publication.\n" in readme.read_text("utf-8")


def test_a_release_does_not_say_that_it_is_a_draft(chain):
    made = CliRunner().invoke(command, [str(chain.folder / "north-town")], standalone_mode=False)
    assert (made.return_value, "raft" in made.output) == (0, False)
    assert "raft" not in (chain.folder / "north-town/_build/package/README.md").read_text("utf-8")


def test_a_package_that_was_cut_short_is_made_whole_by_the_next(chain, monkeypatch):
    whole = tree_of(packaged(chain).folder)
    stops = 0
    for count in itertools.count(step=4):
        shutil.rmtree(chain.folder / "out", ignore_errors=True)  # it may have been taken away
        with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
            patch.setattr(Path, "replace", stopping(count))
            packaged(chain)
            break
        stops += 1
        assert packaged(chain).problems == ()
        assert tree_of(chain.folder / "out") == whole
    assert stops > 5


def stopping(after: int):
    """Return what names a file anew some times, and then is interrupted."""
    real, left = Path.replace, iter(range(after))

    def replace(path: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(path, target)

    return replace


def test_a_folder_that_holds_something_else_is_left_alone(chain):
    chain.write("out", {"mine.txt": "mine"})
    made = packaged(chain)
    assert made.folder is None
    assert len(made.problems) == 1
    assert sorted(path.name for path in (chain.folder / "out").iterdir()) == ["mine.txt"]


def test_a_licence_of_the_editions_own_comes_before_that_of_the_national_text(chain):
    assert "Licence: not stated" in (packaged(chain).folder / "LICENSE").read_text()
    chain.write("north-town", {"LICENSE": "Ours.\n"})
    assert (packaged(chain).folder / "LICENSE").read_text() == "Ours.\n"


def test_what_somebody_wrote_into_the_project_is_not_written_over(chain):
    made = packaged(chain)
    project, page = made.folder / "pyproject.toml", made.folder / "guidance_north_town/library/p.md"
    text = project.read_text("utf-8")
    assert packaged(chain).problems == ()  # the same once more
    project.write_text(f"{text}# ours\n", "utf-8")
    page.unlink()  # what is gone is written again
    (problem,) = packaged(chain).problems
    assert (problem.code, problem.place.path) == ("would-overwrite", str(project))
    assert project.read_text("utf-8").endswith("# ours\n")
    assert not page.exists()
    project.write_text(text, "utf-8")
    assert packaged(chain).problems == ()
    assert page.is_file()


def test_a_new_version_is_written_over_the_one_before(chain):
    made = packaged(chain)
    file = chain.folder / "north-town/edition.toml"
    file.write_text(file.read_text("utf-8").replace('version = "1"', 'version = "2"'), "utf-8")
    assert packaged(chain).problems == ()
    assert 'version = "2"' in (made.folder / "pyproject.toml").read_text("utf-8")


def test_other_words_under_the_same_version_are_told(chain):
    assert not packaged(chain).otherwise
    assert not packaged(chain).otherwise
    chain.write("north-town/local", {"pages/p.md": "# P\n\nOther words.\n"})
    assert packaged(chain).otherwise
    chain.write("north-town/local", {"pages/p.md": "# P\n\nOther words again.\n"})
    root = chain.folder / "north-town"
    args = [str(root), "--output", str(chain.folder / "out")]
    said = CliRunner().invoke(command, args, standalone_mode=False)
    assert f"Raise the version in {root / 'edition.toml'}" in said.output
    said = CliRunner().invoke(command, args, standalone_mode=False)
    assert "Raise the version" not in said.output


def test_who_builds_on_a_draft_is_told_that_it_is_none_and_cannot_release(chain):
    root, out = chain.folder / "north-town", chain.folder / "out"
    assert CliRunner().invoke(command, [str(root), "--draft", "--output", str(out)]).exit_code == 0
    library = (out / "guidance_north_town/library/library.toml").read_text("utf-8")
    assert 'version = "1.dev0"\n' in library
    chain.edition("uni", "out/guidance_north_town/library", FACTS)
    chain.up("uni")
    (problem,) = (one for one in chain.problems("uni") if one.code == "base-draft")
    assert problem.severity is Severity.BLOCKER
    assert problem.message == "north-town 1.dev0, which this edition is made from, is a draft and no release."
    assert problem.hint.startswith("Ask north-town@example.org for a release, ")
    shutil.rmtree(out)
    assert CliRunner().invoke(command, [str(root), "--output", str(out)]).exit_code == 0
    assert 'version = "1"\n' in (out / "guidance_north_town/library/library.toml").read_text("utf-8")
    chain.up("uni")
    assert "base-draft" not in chain.codes("uni")
