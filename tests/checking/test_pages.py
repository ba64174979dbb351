"""Whole pages: each can be found by readers, and what a page names is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guidance_kit.api import read_edition, read_library
from guidance_kit.checking import check_edition, check_library

RELEASES = Path(__file__).parents[1] / "releases" / "small-core"
HEAD = '[edition]\nid = "ours"\ntitle = "Ours"\npublisher = "Us"\nbased_on = "../core"\n'
PICTURE = b"\x89PNG\r\n\x1a\n"
OURS = ("pages-hidden", "dead-link", "page-is-made")


def put(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def told(folder: Path, files: dict[str, str], version: str = "1.1.0") -> list[tuple[str, str, int, str]]:
    """Return what is told of the pages of an edition of a small core."""
    shutil.copytree(RELEASES / version, folder / "core")
    put(folder / "edition", {"edition.toml": HEAD, **files})
    (folder / "edition/local").mkdir(exist_ok=True)
    (folder / "edition/local/map.png").write_bytes(PICTURE)
    edition, problems = read_edition(folder / "edition")
    assert edition is not None, problems
    found = check_edition(edition)
    root = f"{folder}/edition/"
    return [
        (one.code, one.place.path.removeprefix(root), one.place.line, one.message)
        for one in found
        if one.code in OURS
    ]


def national(version: str, path: str) -> str:
    return (RELEASES / version / path).read_text("utf-8")


def without(text: str, line: str) -> str:
    assert f"\n{line}\n" in text
    return text.replace(f"\n{line}\n", "\n")


def test_a_copy_of_the_national_lists_hides_nothing(tmp_path):
    pages = ("index.md", "solutions/index.md")
    files = {f"local/pages/{path}": national("1.1.0", path) for path in pages}
    assert told(tmp_path, files) == []


def test_an_item_that_is_new_since_a_page_was_copied_is_told_safety_first(tmp_path):
    old = national("1.0.0", "solutions/index.md")
    found = told(tmp_path, {"local/pages/solutions/index.md": old})
    assert [(code, path, line) for code, path, line, _ in found] == [
        ("pages-hidden", "local/pages/solutions/index.md", 1)
    ] * len(found)
    assert '"solutions/medicines", which is about safety:' in found[0][3]


def test_a_mistyped_entry_is_told_with_the_page_that_it_hides(tmp_path):
    index = national("1.1.0", "index.md").replace("challenges/index", "challenges/indx")
    line = index.split("\n").index("challenges/indx") + 1
    found = told(tmp_path, {"local/pages/index.md": index})
    assert [one[:3] for one in found] == [
        ("pages-hidden", "local/pages/index.md", 1),
        ("dead-link", "local/pages/index.md", line),
    ]
    assert '"challenges/index"' in found[0][3]


def test_a_pattern_lists_what_it_matches(tmp_path):
    text = "# Solutions\n\n```{toctree}\n:glob:\n\n*\n```\n"
    assert told(tmp_path, {"local/pages/solutions/index.md": text}) == []


def test_a_list_may_name_its_own_page_an_address_and_pages_that_are_made(tmp_path):
    more = "```{toctree}\nself\nElsewhere <https://example.org>\ndifferences\n/one\n```\n"
    files = {"local/pages/more/one.md": f"# One\n\n{more}", "local/pages/one.md": f"# One\n\n{more}"}
    found = told(tmp_path, files)
    assert [one[:3] for one in found] == [("dead-link", "local/pages/more/one.md", 6)]


def test_an_item_that_is_left_out_need_not_be_listed(tmp_path):
    text = without(national("1.1.0", "solutions/index.md"), "joint-meetings")
    tables = '[[leave_out]]\nitem = "core:joint-meetings"\nreason = "None."\n'
    files = {"edition.toml": HEAD + tables, "local/pages/solutions/index.md": text}
    assert told(tmp_path, files) == []
    again = told(tmp_path / "again", {"local/pages/solutions/index.md": text})
    assert [one[0] for one in again] == ["pages-hidden"]


def test_a_list_may_still_name_what_is_left_out(tmp_path):
    tables = '[[leave_out]]\nitem = "core:joint-meetings"\nreason = "None."\n'
    text = national("1.1.0", "solutions/index.md")
    assert told(tmp_path, {"edition.toml": HEAD + tables, "local/pages/solutions/index.md": text}) == []


def test_a_national_page_without_items_may_go_unlisted_but_for_safety(tmp_path):
    core = tmp_path / "core"
    shutil.copytree(RELEASES / "1.1.0", core)
    (core / "about.md").write_text("# About\n\nWords.\n", "utf-8")
    index = (core / "index.md").read_text("utf-8")
    (core / "index.md").write_text(index.replace("challenges/index", "about\nchallenges/index"), "utf-8")
    put(tmp_path / "edition", {"edition.toml": HEAD, "local/pages/index.md": index})
    edition, _ = read_edition(tmp_path / "edition")
    assert [one.code for one in check_edition(edition) if one.code in OURS] == []
    change = '\n[[change]]\nrelease = "1.1.0"\nwhat = "page:about"\nkind = "safety"\nwhy = "It matters."\n'
    with (core / "changes.toml").open("a", encoding="utf-8") as file:
        file.write(change)
    edition, _ = read_edition(tmp_path / "edition")
    (found,) = [one for one in check_edition(edition) if one.code in OURS]
    assert 'the page "about", which is about safety' in found.message


def test_a_page_that_is_listed_only_where_nobody_comes_is_told(tmp_path):
    files = {
        "local/pages/one.md": "# One\n\n```{toctree}\ntwo\n```\n",
        "local/pages/two.md": "# Two\n\n```{toctree}\none\n```\n",
    }
    found = told(tmp_path, files)
    assert [one[:3] for one in found] == [
        ("pages-hidden", "local/pages/one.md", 1),
        ("pages-hidden", "local/pages/two.md", 1),
    ]


def test_a_page_without_a_list_of_its_own_is_listed_by_itself(tmp_path):
    assert told(tmp_path, {"local/pages/one.md": "# One\n"}) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Words alone.\n", True),
        ("## A smaller title\n", False),
        ("```\n# no title\n```\n", True),
        ("# A title\n", False),
        ("A title\n=======\n", False),
        ("---\ntitle: A title\n---\n\nWords.\n", False),
        ("---\nauthor: A title\n---\n\nWords.\n", True),
    ],
)
def test_a_page_without_a_title_can_be_shown_in_no_list(tmp_path, text, wrong):
    assert [one[0] for one in told(tmp_path, {"local/pages/one.md": text})] == ["pages-hidden"] * wrong


@pytest.mark.parametrize(
    "name", ["differences", "left-out", "facts-used", "whats-changed", "search", "genindex"]
)
def test_no_page_stands_in_place_of_one_that_is_made(tmp_path, name):
    found = told(tmp_path, {f"local/pages/{name}.md": "# Ours\n"})
    assert [one[:3] for one in found] == [("page-is-made", f"local/pages/{name}.md", 1)]


def test_a_page_deeper_down_may_have_such_a_name(tmp_path):
    assert told(tmp_path, {"local/pages/more/differences.md": "# Ours\n"}) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("See [this](challenges/access.md).", False),
        ("See [this](challenges/acces.md).", True),
        ("See [this](challenges/access.md#access).", False),
        ("See [this](/challenges/access.md).", False),
        ("See [this](challenges/access.html).", False),
        ("See [this](challenges/acces.html).", True),
        ("See [this](two.md) page.", False),
        ("See [this](differences.md).", False),
        ("See [this](#access).", False),
        ("See [this](#core:access).", False),
        ("See [this](#acess).", True),
        ("See [this](#core:acess).", True),
        ("See [this](#a-label).\n\n(a-label)=\n## Named", False),
        ("See [this](#a-labl).\n\n(a-label)=\n## Named", True),
        ("`[this](#acess)`", False),
        ("`[this](acess.md)` and ``![a](b.png)``", False),
        ("See [this](some-heading).", False),
        ("See [this](https://example.org/a.md).", False),
        ("See [this](www.example.org).", True),
        ("Write to [us](mailto:us@example.org).", False),
        ("![A map](../map.png)", False),
        ("![A map](mp.png)", True),
        ("![A map](https://example.org/map.png)", False),
        ("```{figure} ../map.png\n:alt: A map\n```", False),
        ("```{figure} mp.png\n:alt: A map\n```", True),
        ("```{image} mp.png\n:alt: A map\n```", True),
        ("```\n![A map](mp.png)\n```", False),
        ("![A map](../../map.png)", False),  # it leads out, which is told as that
        ("See {doc}`two`.", False),
        ("See {doc}`the other <two>`.", False),
        ("See {doc}`tow`.", True),
        ("See {doc}`/challenges/access`.", False),
        ("Take {download}`../map.png`.", False),
        ("Take {download}`mp.png`.", True),
        ("See [this][there].\n\n[there]: challenges/acces.md", True),
        ("See [this][there].\n\n[there]: challenges/access.md", False),
        ("A picture ![with spaces](my%20map.png)", True),
        ("A picture ![with spaces](<my map.png>)", True),
        ("A picture ![in brackets](<../map.png>)", False),
    ],
)
def test_what_a_page_names_is_there(tmp_path, text, wrong):
    page = f"# One\n\nWords.\n\n{text}\n"
    found = told(tmp_path, {"local/pages/one.md": page, "local/pages/two.md": "# Two\n"})
    line = 7 if "there]" in text else 5
    assert [one[:3] for one in found] == [("dead-link", "local/pages/one.md", line)] * wrong


def test_what_a_note_or_an_adaptation_names_is_there(tmp_path):
    note = "```{local-note} core:access#summary\n:id: our-note\n\nSee [this](gone.md).\n```\n"
    adapt = "```{adapt} core:referral#first-steps\n:kind: context\n:reason: x\n\nSee ![a](gone.png).\n```\n"
    found = told(tmp_path, {"local/ours.md": f"{note}\n{adapt}"})
    assert [one[:3] for one in found] == [
        ("dead-link", "local/ours.md", 4),
        ("dead-link", "local/ours.md", 11),
    ]


def test_what_a_page_of_a_library_names_is_there(tmp_path):
    shutil.copytree(RELEASES / "1.1.0", tmp_path / "core")
    index = tmp_path / "core/index.md"
    index.write_text(index.read_text("utf-8") + "\nSee [this](gone.md).\n", "utf-8")
    library = read_library(tmp_path / "core")
    lines = index.read_text("utf-8").count("\n")
    found = [one for one in check_library(library) if one.code in OURS]
    assert [(one.code, one.place.path, one.place.line) for one in found] == [("dead-link", str(index), lines)]
