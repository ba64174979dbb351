"""Totality: whatever stands in the files, the answer is a value or problems with places, never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_worlds import LABELS, World, core_files, edition_files, worlds, write
from test_laws_of_composing import bare, edition_of, law

from guidance_kit.checking import check_edition
from guidance_kit.composing import compose
from guidance_kit.model.fingerprint import fingerprint
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.reading.pages import read_page

pytestmark = pytest.mark.long

BITS = (
    *(
        ":::",
        "::::",
        "```",
        "````",
        "~~~",
        "{challenge} T",
        "{term} T",
        "{note}",
        "{toctree}",
        "{adapt} core:aa#title",
    ),
    *(
        "{local-note} core:aa#summary",
        ":id: aa",
        ":id: zz",
        ":themes: roles",
        ":instead-of: aa",
        "## In the NHS",
    ),
    *(
        "# x",
        "===",
        "---",
        "- ",
        "> ",
        "\t",
        "    ",
        "\r",
        "\r\n",
        "\n",
        "\n\n",
        " ",
        "{fact}`team`",
        "`",
        "<!--",
    ),
    *(
        "-->",
        "<div>",
        "| a | b |",
        "|---|---|",
        "[a]: b",
        "](#aa)",
        "<#aa>",
        "](../../x)",
        "\\",
        "\u2028",
        "\f",
    ),
    *("\ufeff", "\u00e9", "$$", "{{x}}", "words", "../x", "/x", "x <y>", "(a)=", "%", "+++"),
)
soups = st.lists(st.sampled_from(BITS), max_size=25).map("".join)
lines = st.lists(st.sampled_from(BITS), max_size=25).map("\n".join)
tables = st.lists(
    st.sampled_from(
        (
            *(
                "[edition]",
                "[[edition]]",
                "[facts]",
                "[[fact]]",
                "[library]",
                "[[section]]",
                "[[arrange]]",
                "[choose]",
            ),
            *(
                'id = "aa"',
                "id = 3",
                'title = "T"',
                'first = "aa"',
                'first = ["aa", 3]',
                "x = [",
                "team = 0123",
            ),
            *(
                "fact = 3",
                "section = {}",
                "edition.id = 'x'",
                '[[leave_out]]\nitem = "aa"',
                "a = 1979-13-01",
                "\u201c",
            ),
        )
    ),
    max_size=8,
).map("\n".join)
anything = st.one_of(
    soups.map(str.encode), lines.map(str.encode), tables.map(str.encode), st.binary(max_size=60)
)


def everything(core: Path, edition: Path) -> list[Problem]:
    library, problems = read_library_folder(core)
    overlay, more = read_overlay_folder(edition)
    found = [*problems, *more]
    if library and overlay:
        composed = compose(library, overlay)
        found += [*composed.problems, *check_edition(composed)]
    return found


@law
@given(worlds(), anything, st.data())
def test_any_bytes_in_any_file_give_a_value_or_problems_with_places(
    world: World, junk: bytes, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        core = write(core_files(world), Path(folder) / "core")
        edition = write(edition_files(world), Path(folder) / "edition")
        names = sorted(path for path in Path(folder).rglob("*.*") if path.is_file())
        path = data.draw(
            st.sampled_from([*names, edition / "local" / "x.md", edition / "local/pages/index.md"])
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(junk)
        problems = everything(core, edition)
    assert all(problem.place.path.startswith(folder) for problem in problems)
    assert all(problem.message and str(problem).strip() for problem in problems)


@law
@given(worlds(), st.one_of(soups, lines), st.one_of(soups, lines))
def test_any_text_in_a_part_and_in_an_adaptation_composes(world: World, national: str, local: str) -> None:
    kind, slug, title, parts = world.items[0]
    key = list(parts)[-1]
    world = World(((kind, slug, title, {**parts, key: national}), *world.items[1:]))
    adapt = {"op": "adapt", "item": f"core:{slug}", "part": key, "text": local, "kind": "context"}
    note = {**adapt, "op": "note", "id": "a-note", "before": False}
    with tempfile.TemporaryDirectory() as folder:
        core = write(core_files(world), Path(folder) / "core")
        edition = write(edition_files(world.with_ops([adapt, note])), Path(folder) / "edition")
        problems = everything(core, edition)
    assert all(problem.place.path.startswith(folder) for problem in problems)


@law
@given(st.one_of(soups, lines, st.text(max_size=80)))
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert fingerprint(text) == fingerprint(text)
    assert fingerprint(text).startswith("fp1:")


@law
@given(worlds(), st.one_of(soups, lines), st.data())
def test_no_local_text_can_change_what_stands_around_it(
    world: World, local: str, data: st.DataObject
) -> None:
    kind, slug, _, _parts = world.items[0]
    key = data.draw(st.sampled_from(list(LABELS[kind])))
    adapt = {"op": "adapt", "item": f"core:{slug}", "part": key, "text": local, "kind": "context"}
    note = {**adapt, "op": "note", "id": "a-note", "part": "", "before": data.draw(st.booleans())}
    world = World(world.items, (data.draw(st.sampled_from([adapt, note])),))
    edition = edition_of(world)
    for page in edition.library.pages:
        read = read_page(page.text, page.path, Place(page.path), "core")
        assert list(map(bare, read.page.items)) == list(map(bare, page.items))
    for state in edition.composed:
        assert all(
            part.final == part.national
            for part in state.parts
            if "{fact}" not in part.national and not part.adapted
        )
