"""The manual is a Sphinx site, built with our own extension."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from manual_pages import DOCS
from sphinx.util.inventory import InventoryFile
from tested import PACKAGES

import guidance_kit
from guidance_kit import load_library
from guidance_kit.model.fields import options_of, parts_of
from guidance_kit.model.kinds import KINDS
from guidance_kit.problems import CODES


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual, built with every warning an error, and every name that is not found a warning."""
    folder = tmp_path_factory.mktemp("manual")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q"),
            *("-d", folder / "doctrees", DOCS, folder / "html"),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(PACKAGES), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def words(page: Path) -> str:
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u2019", "'").split())


def test_every_page_of_the_manual_is_built(site: Path):
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS)
        if name.parts[0] not in ("example", "_build"):
            assert (site / name.with_suffix(".html")).is_file(), name


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_kind_lists_each_option_and_part_with_its_help(kind: str, site: Path):
    text = words(site / "kinds" / f"{kind}.html")
    for spec in options_of(KINDS[kind]):
        assert f"{spec.key} {' '.join(spec.about.help.split())}" in text
        for word in spec.words:
            assert f"{word} ( {word.label} )" in text or f"{word} ({word.label})" in text
    for spec in parts_of(KINDS[kind]):
        assert spec.label in text
        assert " ".join(spec.about.help.split()) in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_kind_shows_its_example_as_written_and_as_a_real_section(kind: str, site: Path):
    page = (site / "kinds" / f"{kind}.html").read_text(encoding="utf-8")
    source = (DOCS / "example" / f"{kind}.md").read_text(encoding="utf-8")
    title = source.split("\n")[0].partition("} ")[2]
    name = re.search(r"^:id: (.*)$", source, re.MULTILINE)
    assert name
    assert f":id: {name[1]}" in words(site / "kinds" / f"{kind}.html")
    assert re.search(rf"<section[^>]* id=\"{name[1]}\"", page)
    assert re.search(rf"<h\d>(?:<[^>]+>)*{re.escape(title)}", page)


def test_the_figures_of_the_guidance_are_those_of_the_guidance(site: Path):
    core = load_library("core")
    page = (site / "figures.html").read_text("utf-8")
    table = BeautifulSoup(page, "html5lib").select_one("table")
    assert table.caption.get_text().startswith("The national guidance, section by section")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")
    ]
    assert [row[0] for row in rows[:3]] == ["Challenges", "Solutions", "Case studies"]
    assert rows[-1][:2] == ["All", str(len(core.pages))]
    assert sum(int(row[1]) for row in rows[:-1]) == len(core.pages)
    words = [int(row[2].replace(",", "")) for row in rows]
    assert sum(words[:-1]) == words[-1] > 10_000
    assert all(4 < float(row[3]) < 20 and 5 < int(row[4]) < 16 for row in rows)


def test_each_problem_has_an_address_that_does_not_change(site: Path):
    page = (site / "problems.html").read_text(encoding="utf-8")
    for code in CODES:
        assert f'id="problem-{code}"' in page
        assert CODES[code].summary in words(site / "problems.html")


def test_the_lists_and_the_matrix_on_the_sphinx_page_are_filled_from_the_examples(site: Path):
    text = words(site / "sphinx.html")
    assert "Case studies and criteria" in text
    assert "Riverton: booking round the terms" in text
    assert "Appointments are offered when students are away" in text


def test_each_public_name_has_an_entry_in_the_inventory(site: Path):
    data = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    found = {name for kind in data.data if kind.startswith("py:") for name in data.data[kind]}
    assert {f"guidance_kit.{name}" for name in guidance_kit.__all__} <= found
