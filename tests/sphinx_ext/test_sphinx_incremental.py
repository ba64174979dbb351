"""Incremental equals clean, parallel equals serial; and what is not affected is not written again."""

from __future__ import annotations

import pytest
import sphinx_project as texts

MANY = 4  # processes; Sphinx reads in parallel when more than five pages have changed


def same(one, other):
    """Compare two outputs file by file, and say which file differs."""
    ours, theirs = one.files(), other.files()
    assert sorted(ours) == sorted(theirs)
    assert [path for path in ours if ours[path] != theirs[path]] == []


def retitle(project):
    project.replace("challenges/unclear-roles.md", "Roles are unclear", "Nobody knows who does what")


def retarget(project):
    project.replace("solutions/liaison-forum.md", ":addresses: unclear-roles", ":addresses: two-homes")


def rejudge(project):
    project.replace("studies/exeter.md", "`recurring`: not met", "`recurring`: claimed")


def reword_a_part(project):
    project.replace("terms.md", "An emergency.", "A great emergency.")


def recite(project):
    project.replace("references.json", "Office for Students", "The Office")


def rename_a_fact(project):
    project.replace("facts.toml", "24-hour crisis line", "Night line")


def change_a_field(project):
    project.replace("challenges/threshold-gap.md", ":strength: strong", ":strength: moderate") if (
        ":strength: strong" in project.read("challenges/threshold-gap.md")
    ) else project.replace("challenges/threshold-gap.md", ":strength: thin", ":strength: strong")


def delete(project):
    for path in ("solutions/liaison-forum.md",):
        project.write({path: None})
    project.replace("index.md", "solutions/liaison-forum\n", "")
    project.replace("studies/liverpool.md", "agree-roles, liaison-forum", "agree-roles")


def move(project):
    text = project.read("challenges/two-homes.md")
    project.write({"challenges/two-homes.md": None, "moved.md": text})
    project.replace("index.md", "challenges/two-homes\n", "moved\n")


def add(project):
    project.write({"solutions/new.md": texts.solution("new", "A new thing", "small-providers, two-homes")})
    project.replace("index.md", "solutions/place-of-study\n", "solutions/place-of-study\nsolutions/new\n")


def reorder(project):
    project.replace("index.md", "challenges/small-providers\n", "")
    project.replace(
        "index.md", "challenges/unclear-roles\n", "challenges/unclear-roles\nchallenges/small-providers\n"
    )


CHANGES = [
    retitle,
    retarget,
    rejudge,
    reword_a_part,
    recite,
    rename_a_fact,
    change_a_field,
    delete,
    move,
    add,
    reorder,
]


@pytest.mark.parametrize("theme", ["basic", "alabaster"])
@pytest.mark.parametrize("change", CHANGES)
def test_an_incremental_build_equals_a_clean_one(project, change, theme):
    before = project.build(html_theme=theme)
    change(project)
    incremental = project.build(html_theme=theme)
    clean = project.build(out="clean", html_theme=theme)
    gone = set(incremental.files()) - set(clean.files())
    for path in gone:  # Sphinx leaves the pages of documents that are gone; whoever publishes removes them
        assert path in before.files()
        (incremental.folder / path).unlink()
    same(incremental, clean)
    assert incremental.warnings == clean.warnings == ""


@pytest.mark.parametrize("builder", ["text", "man", "xml"])
@pytest.mark.parametrize("change", [retitle, retarget, recite])
def test_other_builders_are_incremental_too(project, change, builder):
    project.build(builder)
    change(project)
    same(project.build(builder), project.build(builder, out="clean"))


WRITTEN = {
    retitle: {
        "challenges/unclear-roles",  # itself
        "solutions/agree-roles",  # addresses it
        "solutions/liaison-forum",
        "recommendations",  # is about it
        "prose",  # links to it in text
        "glance",  # lists it
        "index",  # names it in the contents
        "challenges/two-homes",  # its neighbour
        "criteria",  # the same
    },
    retarget: {
        "solutions/liaison-forum",
        "challenges/unclear-roles",
        "challenges/two-homes",
        "glance",
        "index",
    },
    rejudge: {"studies/exeter", "criteria", "glance", "index"},
    reword_a_part: {"terms", "index"},
    rename_a_fact: {"terms", "prose", "index"},
}


@pytest.mark.parametrize("change", WRITTEN)
def test_only_what_shows_the_change_is_written_again(project, change):
    project.build()
    change(project)
    assert set(project.build().written) == WRITTEN[change]


def test_nothing_is_written_when_nothing_has_changed(project):
    project.build()
    assert project.build().written == []


def test_pages_that_are_not_affected_keep_their_time_stamps(project):
    built = project.build()
    before = (built.folder / "plain.html").stat().st_mtime_ns
    retitle(project)
    built = project.build()
    assert (built.folder / "plain.html").stat().st_mtime_ns == before


def test_a_page_whose_words_changed_rewrites_no_other(project):
    project.build()
    project.replace("challenges/two-homes.md", "It looks like", "It seems like")
    assert set(project.build().written) == {"challenges/two-homes", "index"}


def test_a_build_that_failed_leaves_nothing_undone(project, monkeypatch):
    from sphinx.builders.html import StandaloneHTMLBuilder

    project.build()
    retitle(project)
    with monkeypatch.context() as broken:
        broken.setattr(StandaloneHTMLBuilder, "prepare_writing", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            project.build()
    again = project.build()
    same(again, project.build(out="clean"))


def test_two_builders_may_share_their_doctrees(project, tmp_path):
    shared = str(tmp_path / "shared")
    project.build("html", doctrees=shared)
    project.build("text", doctrees=shared)
    retitle(project)
    project.build("html", doctrees=shared)
    same(project.build("text", doctrees=shared), project.build("text", out="clean"))


@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "xml", "json"])
def test_a_parallel_build_equals_a_serial_one(project, builder):
    project.write(
        {
            "plain.md": "# Plain\n\n{challenge}`nobody` {cite}`nobody`\n\n"
            + texts.challenge("two-homes", "Again")
        }
    )
    project.replace("solutions/agree-roles.md", ":status: in-use", ":status: in-us")
    serial = project.build(builder, out="serial")
    parallel = project.build(builder, out="parallel", jobs=MANY)
    same(serial, parallel)
    assert serial.warnings.count("WARNING") == 4
    assert sorted(serial.warnings.splitlines()) == sorted(parallel.warnings.splitlines())


def test_a_parallel_build_after_a_change_equals_a_clean_one(project):
    project.build(jobs=MANY)
    for path in sorted(texts.files()):
        if path.endswith(".md"):
            project.write({path: project.read(path) + "\nMore.\n"})
    retitle(project)
    same(project.build(jobs=MANY), project.build(out="clean"))


def test_two_builds_are_the_same_byte_for_byte(project):
    same(project.build(out="one"), project.build(out="two"))
