"""Every builder: nothing raises, nothing is lost; and every visible word can be translated."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import sphinx_project as texts
from babel.messages.pofile import read_po

BUILDERS = [
    "html", "dirhtml", "singlehtml", "latex", "text", "man", "texinfo", "epub", "xml", "pseudoxml", "json", "gettext",
]  # fmt: skip
#: Words of the kitchen-sink page that a reader must find, whichever way it is written.
WORDS = [
    "A challenge with everything",
    "A summary with a",
    "Crisis and discharge",
    "What it looks like",
    "Two",
    "An admonition.",
    "A heading inside a part",
    "Text under it.",
    "A solution inside a challenge",
    "Nested.",
    "Proposed; no delivery was seen",
    "Local note (by Somebody): Deep",
    "Deep inside.",
    "Solutions that address it",
    "Addresses",
    "A term in a list",
    "Another.",
    "A term in a cell",
    "That.",
    "The footnote.",
    "Office for Students, 2023",
    "Meeting the needs",
    "Students have two homes",
    "Recurring",
]


@pytest.fixture
def kitchen(project):
    project.write({"kitchen.md": texts.KITCHEN, "square.png": texts.SQUARE})
    project.replace("index.md", "glance\n", "glance\nkitchen\n")
    return project


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_writes_every_page_without_a_warning(kitchen, builder):
    assert kitchen.build(builder, epub_show_urls="no").warnings == ""


@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "text", "man", "texinfo", "xml"])
def test_nothing_of_the_page_is_lost(kitchen, builder):
    text = kitchen.build(builder).all_text()
    text = re.sub(r"\\(?:sphinxhyphen\{\}|-|&|%)|<[^>]*>", lambda m: "-" if "hyphen" in m[0] else "", text)
    text = text.replace("@comma{}", ",")
    flat = re.sub(r"[\s|+*]+", " ", re.sub(r"\\sphinxAtStartPar|\\sphinx\w+\{|[{}]", " ", text))
    missing = [words for words in WORDS if words not in flat and words.replace("-", r"\-") not in flat]
    assert missing == []


def test_linkcheck_reads_every_page_without_the_network(kitchen):
    built = kitchen.build("linkcheck", linkcheck_ignore=[".*"])
    assert "Traceback" not in built.warnings
    assert "example.org/ofs" in built.text("output.txt") or built.text("output.txt") == ""


def test_links_in_one_long_page_lead_to_places_on_it(kitchen):
    from bs4 import BeautifulSoup

    page = BeautifulSoup(kitchen.build("singlehtml").text("index.html"), "html.parser")
    ids = {tag["id"] for tag in page.find_all(id=True)}
    ours = ".guidance a.internal, .guidance-region a.internal, .guidance-cite a, .guidance-list a"
    links = [a["href"] for a in page.select(ours)]
    assert "#two-homes" in links
    assert [href for href in links if href.removeprefix("#") not in ids] == []


def test_latex_links_lead_to_labels_that_exist(kitchen):
    latex = next(
        text for path, text in kitchen.build("latex").files().items() if path.endswith(".tex")
    ).decode()
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}", latex))
    wanted = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}", latex))
    assert "challenges/two-homes:two-homes" in wanted
    assert wanted <= labels


def messages(built):
    """Return every message of the catalogues."""
    found = set()
    for path in built.folder.rglob("*.pot"):
        with path.open("rb") as file:
            found |= {message.id for message in read_po(file)}
    return found


def test_every_visible_word_of_a_block_can_be_translated(kitchen):
    found = messages(kitchen.build("gettext"))
    assert {
        "Students have *two homes*",
        "The summary of exeter.",
        "The city of exeter",
        "A trust",
        "A university",
        "A question about two-homes?",
        "One word, two meanings",
        "Local note (by Northshire ICB): In Northshire",
        "A term in a list",
        "Where",
    } <= found


def test_our_own_words_are_in_our_own_catalogue_and_not_in_the_projects(kitchen):
    found = messages(kitchen.build("gettext"))
    assert not {"What it looks like", "Addresses", "Themes", "Solutions that address it"} & found


def test_translations_are_shown(project):
    po = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Roles are unclear"\nmsgstr "Rollen sind unklar"\n\n'
    )
    city = po + 'msgid "The city of exeter"\nmsgstr "Die Stadt Exeter"\n'
    project.write(
        {
            "locale/de/LC_MESSAGES/challenges.po": po,
            "locale/de/LC_MESSAGES/studies.po": city,
        }
    )
    built = project.build("text", language="de", locale_dirs=["locale"])
    assert "Rollen sind unklar" in built.text("challenges/unclear-roles.txt")
    assert "Rollen sind unklar" in built.text("solutions/agree-roles.txt")
    assert "Rollen sind unklar" in built.text("glance.txt")
    assert "Die Stadt Exeter" in built.text("studies/exeter.txt")


def test_our_own_words_are_translated_through_our_catalogue(project, monkeypatch, tmp_path):
    from babel.messages.mofile import write_mo

    from guidance_kit.sphinx_ext import words

    folder = tmp_path / "ours" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Addresses"\nmsgstr "Antwortet auf"\n\nmsgid "In use"\nmsgstr "In Gebrauch"\n\n'
        'msgid "First steps"\nmsgstr "Erste Schritte"\n'
    )
    (folder / "x.po").write_text(source)
    with (folder / "x.po").open("rb") as po, (folder / "guidance_kit.mo").open("wb") as mo:
        write_mo(mo, read_po(po))
    monkeypatch.setattr(words, "LOCALE", tmp_path / "ours")
    text = project.build("text", language="de").text("solutions/agree-roles.txt")
    assert "Antwortet auf:\n" in text
    assert "In Gebrauch" in text
    assert "Erste Schritte\n====" in text


def test_the_template_of_our_catalogue_holds_every_word_that_kinds_and_we_say():
    from guidance_kit.model.kinds import KINDS
    from guidance_kit.sphinx_ext import words

    assert (words.LOCALE / "guidance_kit.pot").read_text("utf-8") == words.catalogue(KINDS)


@pytest.mark.long  # the newest Sphinx says it
def test_nothing_that_sphinx_will_take_away_is_used(project):
    code = "import sys; from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-W", "always", "-c", code, "-q", "-j", "2"]
    for builder in ("html", "latex", "gettext"):
        result = subprocess.run(
            [*command, "-b", builder, str(project.source), str(project.out / builder)],
            capture_output=True,
            text=True,
            check=True,
        )
        ours = [line for line in result.stderr.splitlines() if "guidance_kit" in line]
        assert ours == []


@pytest.mark.long
def test_deprecations_as_errors_stop_nothing_of_ours(project):
    """Without MyST, whose own uses would stop the build: the same project in reStructuredText."""
    rst = (
        "Page\n====\n\n.. challenge:: Title\n   :id: a-name\n   :themes: crisis\n   :felt-by: he\n"
        "   :strength: thin\n   :sources: ofs\n\n   Words.\n\n   What it looks like\n   ------------------\n\n"
        "   This.\n\n   Questions to put to each other\n   ------------------------------\n\n   * Why?\n\n"
        ".. challenges::\n   :as: cards\n\nSee :challenge:`a-name` :cite:`ofs`.\n\n.. references::\n"
    )
    conf = texts.CONF.replace('"myst_parser", ', "").replace('myst_enable_extensions = ["colon_fence"]\n', "")
    folder = project.source.with_name("rst")
    folder.mkdir()
    (folder / "conf.py").write_text(conf)
    (folder / "references.json").write_text(texts.REFERENCES)
    (folder / "index.rst").write_text(rst)
    for builder in sorted({*BUILDERS} - {"json"}):  # whose own extension uses what will go
        result = subprocess.run(
            [
                sys.executable,
                "-m",
                "sphinx",
                "-q",
                "-W",
                "-b",
                builder,
                str(folder),
                str(project.out / builder),
                "-d",
                str(project.out / f"{builder}-doctrees"),
            ],
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONWARNINGS": "error::PendingDeprecationWarning,error::DeprecationWarning", "PATH": ""},
        )
        assert result.returncode == 0, result.stderr
