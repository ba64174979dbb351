"""A folder with a library.toml becomes a library, or problems."""

from pathlib import Path

import pytest

from guidance_kit.problems import Problem
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.libraries import library_root, read_named_library
from guidance_kit.reading.overlays import read_overlay_folder

TERM = """\
:::{{term}} {title}
:id: {id}

## In the NHS

One thing.

## In higher education

Another.
:::
"""


def term(name: str, title: str = "Triage") -> str:
    return TERM.format(id=name, title=title)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library.toml").write_text('[library]\nid = "core"\ntitle = "Core"\n')
    (tmp_path / "index.md").write_text("# Core\n\n```{toctree}\nterms/b\nterms/a\n```\n")
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "a.md").write_text(term("aa"))
    (tmp_path / "terms" / "b.md").write_text(term("bb"))
    return tmp_path


def problems(root: Path) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in read_library_folder(root)[1]]


def test_items_come_in_the_order_of_the_contents(library: Path) -> None:
    read, found = read_library_folder(library)
    assert found == ()
    assert read is not None
    assert [item.id for item in read] == ["core:bb", "core:aa"]


def test_an_item_is_found_by_slug_or_full_id(library: Path) -> None:
    read, _ = read_library_folder(library)
    assert read is not None
    assert read.get("aa") is read.get("core:aa")


def test_one_id_in_two_files_names_both(library: Path) -> None:
    (library / "terms" / "c.md").write_text(term("aa"))
    (problem,) = read_library_folder(library)[1]
    assert problem.code == "duplicate-id"
    assert problem.place.path.endswith("c.md")
    assert "a.md:1" in problem.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("# x\n".encode("utf-16"), "not-text"),
        ("# x\n".encode("utf-16-le"), "not-text"),
        (b"# x\n\xff\n", "not-text"),
        (b"# x\n\nab\0c\n", "not-text"),
        (b"# x\n<<<<<<< mine\n", "conflict-markers"),
        (b"x" * 5_000_000, "too-large"),
    ],
)
def test_a_page_that_is_no_text_is_told(library: Path, data: bytes, code: str) -> None:
    (library / "odd.md").write_bytes(data)
    assert [found for found, _ in problems(library)] == [code]


def test_a_link_out_of_the_folder_is_refused(library: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text("# Secret\n")
    (library / "in.md").symlink_to(outside)
    read, found = read_library_folder(library)
    assert [problem.code for problem in found] == ["path-escape"]
    assert read is not None
    assert "in" not in [page.name for page in read.pages]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("[library]\nid = “core”\n", ("manifest-syntax", 2)),
        ("[library]\nid = core\n", ("manifest-syntax", 2)),
        ('[library]\nid = "core"\n', ("missing-key", 1)),
        ('[library]\nid = "core"\ntitle = "T"\nfoo = "x"\n', ("unknown-key", 4)),
        ('[library]\nid = "core"\ntitle = 3\n', ("bad-value", 3)),
        ('[library]\nid = "Core!"\ntitle = "T"\n', ("bad-id", 2)),
        ('[library]\nid = "core"\ntitle = "T"\n[[section]]\nid="x"\ntitle="y"\nkind="z"\n', ("bad-value", 4)),
        ('[other]\n[library]\nid = "core"\ntitle = "T"\n', ("unknown-key", 1)),
    ],
)
def test_each_mistake_in_the_manifest_is_told(library: Path, toml: str, expected: tuple[str, int]) -> None:
    (library / "library.toml").write_text(toml)
    assert expected in problems(library)


def test_curly_quotes_are_told_in_plain_words(library: Path) -> None:
    (library / "library.toml").write_text("[library]\nid = “core”\n")
    (problem, *_) = read_library_folder(library)[1]
    assert "curly quotes" in problem.message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('id = "a-b"\ntype = "phone"\nlabel = "L"\nexample = "abc"', "bad-fact"),
        ('id = "A B"\ntype = "text"\nlabel = "L"', "bad-id"),
        ('id = "a-b"\ntype = "fone"\nlabel = "L"', "bad-value"),
        ('id = "a-b"\ntype = "text"', "missing-key"),
        ('id = "a-b"\ntype = "text"\nlabel = "L"\nrequired = "yes"', "bad-value"),
    ],
)
def test_each_mistake_in_a_fact_is_told(library: Path, row: str, code: str) -> None:
    (library / "facts.toml").write_text(f"[[fact]]\n{row}\n")
    assert [found for found, _ in problems(library)] == [code]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("{", "json-syntax"),
        ("{}", "json-syntax"),
        ('[{"title": "x"}]', "missing-key"),
        ("[" * 100_000, "json-syntax"),
    ],
)
def test_each_mistake_in_the_references_is_told(library: Path, data: str, code: str) -> None:
    (library / "references.json").write_text(data)
    assert [found for found, _ in problems(library)] == [code]


def test_a_missing_library_names_what_there_is(tmp_path: Path) -> None:
    root, found = library_root("cor", tmp_path)
    assert root is None
    assert [problem.code for problem in found] == ["missing-base"]
    assert 'Did you mean "core"?' in found[0].hint


def test_a_folder_works_as_an_installed_library_does(library: Path) -> None:
    read, found = read_named_library(str(library))
    assert found == ()
    assert read is not None
    assert len(read) == 2


MANIFEST = '[edition]\nid = "northtown"\ntitle = "Ours"\n'


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "edition.toml").write_text(MANIFEST)
    (tmp_path / "local").mkdir()
    return tmp_path


def overlay_problems(root: Path) -> tuple[Problem, ...]:
    return read_overlay_folder(root)[1]


def test_operations_are_read_with_their_places(edition: Path) -> None:
    (edition / "local" / "changes.md").write_text(
        "# Our changes\n\n```{adapt} core:aa#summary\n:kind: meaning\n:reason: Ours.\n\nNew words.\n```\n\n"
        "```{local-note} core:bb A title\n:id: our-note\n:stands: before\n\nA note.\n```\n"
    )
    overlay, found = read_overlay_folder(edition)
    assert found == ()
    assert overlay is not None
    (adapt,), (note,) = overlay.adaptations, overlay.notes
    assert (adapt.item, adapt.part, adapt.text, adapt.first_line) == ("core:aa", "summary", "New words.", 7)
    assert (note.id, note.title, note.before, note.first_line) == ("northtown:our-note", "A title", True, 14)


def test_local_items_get_the_space_of_the_edition(edition: Path) -> None:
    (edition / "local" / "more.md").write_text(
        term("hub").replace(":id: hub", ":id: hub\n:instead-of: core:aa")
    )
    overlay, found = read_overlay_folder(edition)
    assert found == ()
    assert overlay is not None
    assert [(add.item.id, add.instead_of) for add in overlay.adds] == [("northtown:hub", "core:aa")]


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ("[facts]\ncrisis-line = 01612345670\n", "manifest-syntax", 5),
        ("[facts]\ncrisis-line = 1612345670\n", "bad-value", 5),
        ("[facts]\na = “x”\n", "manifest-syntax", 5),
        ('[[leave_out]]\nreason = "x"\n', "missing-key", 4),
        ('[[leave_out]]\nitem = "x"\nreson = "y"\n', "unknown-key", 6),
        ('[leave_out]\nitem = "x"\n', "bad-value", 4),
        ('[choose]\nstart_from = "all"\n', "bad-value", 5),
        ("[wrong]\n", "unknown-key", 4),
    ],
)
def test_each_mistake_in_an_edition_is_told(edition: Path, more: str, code: str, line: int) -> None:
    (edition / "edition.toml").write_text(MANIFEST + more)
    found = [(problem.code, problem.place.line) for problem in overlay_problems(edition)]
    assert (code, line) in found


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("```{adapt}\n\nx\n```", "unknown-target"),
        ("```{adapt} core:aa\n\nx\n```", "unknown-target"),
        ("```{adapt} core:aa#summary\n```", "empty-adaptation"),
        ("```{adapt} core:aa#summary\n:kind: other\n\nx\n```", "bad-word"),
        ("```{adapt} core:aa#summary\n:resaon: x\n\nx\n```", "unknown-field"),
        ("```{local-note} core:aa\n\nx\n```", "missing-field"),
        ("```{adapt} core:aa#summary\n\nx\n", "unterminated-block"),
    ],
)
def test_each_mistake_in_an_operation_is_told(edition: Path, block: str, code: str) -> None:
    (edition / "local" / "x.md").write_text(block + "\n")
    assert [problem.code for problem in overlay_problems(edition)] == [code]


def test_a_folder_without_a_manifest_says_how_to_start(tmp_path: Path) -> None:
    overlay, (problem,) = read_overlay_folder(tmp_path)
    assert overlay is None
    assert "guidance-kit new" in problem.hint
