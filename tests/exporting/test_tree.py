from __future__ import annotations

import ast
import json

import attrs
import pytest

from guidance_kit.exporting import MANIFEST, Tree, tree, write_tree

NOTE = "```{local-note} core:agree#summary Ours\n:id: ours\n\nSigned in 2026.\n```\n"


def test_without_local_work_the_pages_are_the_cores_byte_for_byte(folders):
    made = tree(folders.compose())
    for path in ("index.md", "challenges/index.md", "challenges/two-homes.md", "solutions.md"):
        assert made.texts[path].encode() == (folders.core / path).read_bytes()
    assert not {"differences.md", "left-out.md", "facts-used.md"} & made.texts.keys()


def test_with_local_work_the_first_page_lists_the_page_of_differences(folders):
    folders.local(NOTE)
    made = tree(folders.compose())
    assert "solutions\ndifferences\n```" in made.texts["index.md"]
    assert made.texts["differences.md"].startswith("# How this edition differs from the national guidance\n")


def test_each_page_that_is_made_is_listed_in_turn(folders):
    folders.manifest(
        '[[leave_out]]\nitem = "core:waits"\nreason = "Not here."\n[facts]\ncrisis-line = "0808 157 0100"\n'
    )
    made = tree(folders.compose())
    assert "solutions\ndifferences\nleft-out\nfacts-used\n" in made.texts["index.md"]
    assert made.texts["left-out.md"].startswith("# What we left out and why\n")
    assert made.texts["facts-used.md"].startswith("# Local facts used\n")


def test_a_page_that_a_person_wrote_stands_before_one_that_is_made(folders):
    folders.manifest('[[leave_out]]\nitem = "core:waits"\nreason = "Not here."\n')
    folders.local("# Ours\n\nOurs alone.\n", "pages/left-out.md")
    assert tree(folders.compose()).texts["left-out.md"] == "# Ours\n\nOurs alone.\n"


def test_every_line_of_every_page_is_accounted_for(folders):
    folders.local(NOTE)
    made = tree(folders.compose())
    lines = json.loads(made.texts["edition.json"])["lines"]
    for path, text in made.texts.items():
        if path.endswith(".md"):
            assert sum(run[0] for run in lines[path.removesuffix(".md")]) == text.count("\n")


def test_a_local_line_names_the_local_file_and_line(folders):
    folders.local(NOTE)
    made = tree(folders.compose())
    number = made.texts["solutions.md"].split("\n").index("Signed in 2026.") + 1
    first = 1
    for count, source, path, line in json.loads(made.texts["edition.json"])["lines"]["solutions"]:
        if first <= number < first + count:
            assert (source, path, line + number - first) == ("northtown", "local/ours.md", 4)
        first += count


def test_a_source_that_only_left_out_items_cite_is_not_carried(folders):
    folders.manifest('[[leave_out]]\nitem = "core:waits"\nreason = "Not here."\n')
    made = tree(folders.compose())
    assert "Canary" not in "".join(
        text
        for path, text in made.texts.items()
        if path not in ("differences.md", "left-out.md", "edition.json", "provenance.json")
    )
    assert [one["id"] for one in json.loads(made.texts["references.json"])] == ["src-one"]


def test_an_image_that_no_page_shows_is_not_carried(folders):
    folders.write(folders.core / "unused.png", "x")
    assert list(tree(folders.compose()).assets) == ["plan.png"]


@pytest.mark.parametrize(
    "title", ["Plain", 'With "quotes"', "It's \\ odd", "\u2018Curly\u2019 \u00e9", "a {b} %s"]
)
def test_settings_are_python_that_says_the_title(folders, title):
    edition = folders.compose()
    edition = attrs.evolve(edition, title=title, overlay=attrs.evolve(edition.overlay, publisher=title))
    values = {
        node.targets[0].id: node.value
        for node in ast.parse(tree(edition).texts["conf.py"]).body
        if isinstance(node, ast.Assign)
    }
    assert ast.literal_eval(values["project"]) == title
    assert ast.literal_eval(values["author"]) == title


def test_only_changed_files_are_written_again(folders, tmp_path):
    out = tmp_path / "out"
    assert write_tree(tree(folders.compose()), out) == []
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    folders.local(NOTE)
    assert write_tree(tree(folders.compose()), out) == []
    changed = {
        path.relative_to(out).as_posix() for path, at in before.items() if path.stat().st_mtime_ns != at
    }
    assert changed == {"index.md", "solutions.md", "edition.json", "provenance.json", MANIFEST}


def test_files_that_are_gone_from_the_tree_are_removed_and_no_others(folders, tmp_path):
    out = tmp_path / "out"
    write_tree(tree(folders.compose()), out)
    (out / "challenges" / "mine.txt").write_text("keep")
    folders.manifest('[[leave_out]]\nitem = "core:waits"\n')
    write_tree(tree(folders.compose()), out)
    assert not (out / "challenges" / "waits.md").exists()
    assert (out / "challenges" / "mine.txt").exists()


def test_a_folder_of_somebody_else_is_refused_and_left_alone(folders, tmp_path):
    out = tmp_path / "letters"
    folders.write(out / "letter.doc", "Dear")
    (problem,) = write_tree(tree(folders.compose()), out)
    assert problem.code == "would-overwrite"
    assert [path.name for path in out.iterdir()] == ["letter.doc"]


def test_what_a_system_leaves_in_each_folder_is_not_somebody_else(folders, tmp_path):
    out = tmp_path / "out"
    folders.write(out / ".DS_Store", "")
    folders.write(out / "Thumbs.db", "")
    assert write_tree(tree(folders.compose()), out) == []
    assert (out / ".DS_Store").is_file()


@pytest.mark.parametrize("path", ["../x.md", "/etc/x.md", "a/../../x.md", "c:\\x.md"])
def test_no_path_leads_out_of_the_folder(path, tmp_path):
    (problem,) = write_tree(Tree({path: "x"}), tmp_path / "out")
    assert problem.code == "path-escape"
    assert not (tmp_path / "out").exists()


def test_a_failure_while_writing_leaves_whole_files_only(folders, tmp_path):
    out = tmp_path / "out"
    made = tree(folders.compose())
    broken = attrs.evolve(made, assets={**made.assets, "zz.png": tmp_path / "gone.png"})
    (problem,) = write_tree(broken, out)
    assert problem.code == "unreadable"
    assert not list(out.rglob(".guidance-*[!n]"))
    assert write_tree(made, out) == []
