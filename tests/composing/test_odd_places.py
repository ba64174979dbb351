"""Items in lists, quotes and grids; pages with other line ends; names that clash: local words still fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_laws_of_composing import bare

from guidance_kit.api import read_edition
from guidance_kit.model.edition import Edition
from guidance_kit.problems import Place
from guidance_kit.reading.pages import read_page

HEAD = '[edition]\nid = "northtown"\ntitle = "Ours"\npublisher = "Us"\nbased_on = "../core"\n'
TERM = "{term} Triage\n:id: triage\n\n## In the NHS\n\nOne {fact}`team`.\n\n## In higher education\n\nTwo.\n"
CHANGES = (
    (
        "`````{adapt} core:triage#in-the-nhs\n\n:::{tip}\nOurs.\n:::\n\n```text\ncode\n```\n`````\n\n"
        "````{local-note} core:triage#in-higher-education A `title`\n:id: aside\n\n```{tip}\nx\n```\n````\n"
    )
    .replace("````{local-note}", "~~~~{local-note}")
    .replace("x\n```\n````", "x\n```\n~~~~")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "core/library.toml", '[library]\nid = "core"\ntitle = "Core"\n')
    put(tmp_path / "core/facts.toml", '[[fact]]\nid = "team"\ntype = "text"\nlabel = "Team"\n')
    put(tmp_path / "core/index.md", "# Core\n\n```{toctree}\nterms\n```\n")
    put(tmp_path / "edition/edition.toml", HEAD)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def composed(folder: Path) -> Edition:
    edition, problems = read_edition(folder / "edition")
    assert problems == ()
    assert edition is not None
    for page in edition.library.pages:
        read = read_page(page.text, page.path, Place(page.path), "core")
        assert read.problems == ()
        assert [bare(item).parts for item in read.page.items] == [bare(item).parts for item in page.items]
        assert [bare(item).parts for item in read.page.nested] == [bare(item).parts for item in page.nested]
    return edition


def prefixed(text: str, first: str, rest: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])]) + "\n"


WAYS = {
    "alone": f":::{TERM}:::\n",
    "with backticks": f"```{TERM}```\n",
    "with tildes": f"~~~{TERM}~~~\n",
    "in a list": prefixed(f":::{TERM}:::\n", "- ", "  "),
    "in a numbered list": prefixed(f":::{TERM}:::\n", "1. ", "   "),
    "in a quote": prefixed(f":::{TERM}:::\n", "> ", "> "),
    "in a grid": f":::::{{grid}}\n::::{{grid-item}}\n:::{TERM}:::\n::::\n:::::\n",
    "in a box of backticks": f"````{{note}}\n:::{TERM}:::\n````\n",
    "at the end without a line end": f":::{TERM}:::",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("way", WAYS)
def test_changes_to_an_item_fit_wherever_it_stands(folder: Path, way: str, ending: str) -> None:
    put(folder / "core/terms.md", f"# Terms\n\n{WAYS[way]}".replace("\n", ending))
    put(folder / "edition/local/x.md", CHANGES)
    edition = composed(folder)
    text = edition.page_by_name["terms"].text
    assert (ending == "\r\n") == ("\r" in text)
    assert text.count("\r") in (0, text.count("\n"))
    state = edition.by_id["core:triage"]
    assert state.item.parts["in-the-nhs"] == ":::{tip}\nOurs.\n:::\n\n```text\ncode\n```"
    assert "{local-note} A `title`" in text


@pytest.mark.parametrize("way", WAYS)
def test_an_item_left_out_leaves_the_rest_of_the_page(folder: Path, way: str) -> None:
    put(folder / "core/terms.md", f"# Terms\n\nBefore.\n\n{WAYS[way].rstrip()}\n\nAfter.\n")
    put(folder / "edition/edition.toml", HEAD + '[[leave_out]]\nitem = "core:triage"\nreason = "x"\n')
    text = composed(folder).page_by_name["terms"].text
    assert "Triage" not in text
    assert text.startswith("# Terms\n\nBefore.\n\n")
    assert text.endswith("After.\n")


@pytest.mark.parametrize("way", WAYS)
def test_an_item_is_replaced_in_its_place(folder: Path, way: str) -> None:
    put(folder / "core/terms.md", f"# Terms\n\nBefore.\n\n{WAYS[way].rstrip()}\n\nAfter.\n")
    own = TERM.replace(":id: triage", ":id: ours\n:instead-of: triage\n:reason: x")
    put(
        folder / "edition/local/x.md",
        f":::::{own.replace('One', '::::{tip}' + chr(10) + 'x' + chr(10) + '::::' + chr(10))}:::::\n",
    )
    edition = composed(folder)
    text = edition.page_by_name["terms"].text
    assert edition.by_id["northtown:ours"].page == "terms"
    assert text.index("Before.") < text.index(":id: northtown:ours") < text.index("After.")
    assert edition.redirects == {"core:triage": "northtown:ours"}


def test_two_blocks_with_nothing_between_both_go(folder: Path) -> None:
    other = TERM.replace("triage", "other")
    put(folder / "core/terms.md", f"Words.\n\n:::{TERM}:::\n:::{other}:::")
    leave = "".join(f'[[leave_out]]\nitem = "core:{name}"\nreason = "x"\n' for name in ("triage", "other"))
    put(folder / "edition/edition.toml", HEAD + leave)
    assert composed(folder).page_by_name["terms"].text == "Words.\n"


def test_front_matter_and_options_hold_no_slots(folder: Path) -> None:
    put(folder / "core/terms.md", "---\ntitle: '{fact}`team`'\n---\n\n# T\n\nAsk {fact}`team`.\n")
    put(folder / "edition/edition.toml", HEAD + '[facts]\nteam = "Us"\n')
    assert composed(folder).page_by_name["terms"].text == (
        "---\ntitle: '{fact}`team`'\n---\n\n# T\n\nAsk {local-fact}`Us`.\n"
    )


def test_headings_underlined_stay_headings(folder: Path) -> None:
    text = ":::{term} Triage\n:id: triage\n\nIn the NHS\n===\nOne.\n\nIn higher education\n===\nTwo.\n:::\n"
    put(folder / "core/terms.md", text)
    put(
        folder / "edition/local/x.md",
        "```{adapt} core:triage#summary\nWhy.\n```\n\n```{adapt} core:triage#in-the-nhs\n## Smaller\n\nOurs.\n```\n",
    )
    assert dict(composed(folder).by_id["core:triage"].item.parts) == {
        "summary": "Why.",
        "in-the-nhs": "## Smaller\n\nOurs.",
        "in-higher-education": "Two.",
    }


def test_every_line_of_every_page_can_be_traced(folder: Path) -> None:
    put(folder / "core/terms.md", f"# Terms\n\n:::{TERM}:::\n")
    put(folder / "edition/local/x.md", CHANGES)
    edition = composed(folder)
    for page in edition.pages:
        assert sum(run.count for run in page.origins) == page.text.count("\n")
        for number, line in enumerate(page.text.split("\n")[:-1], 1):
            source, path, at = page.origin_of(number)
            root = folder / ("edition" if source == "northtown" else "core")
            written = (root / path).read_text().split("\n")[at - 1]
            assert line in (written, "") or line.startswith((":by:", ":id:", ":", "~", "`", "#"))


def test_pages_with_one_name_get_another(folder: Path) -> None:
    put(
        folder / "core/library.toml",
        '[library]\nid = "core"\ntitle = "C"\n[[section]]\nid = "words"\ntitle = "W"\nkind = "term"\n',
    )
    put(folder / "core/words/index.md", "# Words\n\n```{toctree}\ntriage\n```\n")
    put(folder / "core/words/triage.md", f":::{TERM}:::\n")
    put(folder / "core/index.md", "# Core\n\n```{toctree}\nwords/index\n```\n")
    put(folder / "edition/local/x.md", f":::{TERM}:::\n")
    put(folder / "edition/local/pages/words/northtown-triage.md", "# Mine\n")
    edition = composed(folder)
    assert edition.by_id["northtown:triage"].page == "words/northtown-triage-2"
    assert len({page.path for page in edition.pages}) == len(edition.pages)


def test_a_local_page_without_a_contents_list_gets_one(folder: Path) -> None:
    put(folder / "core/terms.md", f"# Terms\n\n:::{TERM}:::\n")
    put(folder / "edition/local/pages/index.md", "# Ours\n\nWords.\n")
    put(folder / "edition/local/pages/more.md", "# More\n")
    assert composed(folder).page_by_name["index"].text == "# Ours\n\nWords.\n\n```{toctree}\nmore\n```\n"


def test_operations_on_a_local_page_are_applied_and_not_shown(folder: Path) -> None:
    put(folder / "core/terms.md", f"# Terms\n\n:::{TERM}:::\n")
    put(
        folder / "edition/local/pages/more.md",
        "# More\n\n```{adapt} core:triage#in-the-nhs\nOurs.\n```\n\nWords.\n",
    )
    edition = composed(folder)
    assert edition.page_by_name["more"].text == "# More\n\nWords.\n"
    assert edition.by_id["core:triage"].item.parts["in-the-nhs"] == "Ours."
