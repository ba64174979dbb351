"""The rules of writing: what each tells, at the line a person wrote, what it lets be, and how it is silenced."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guidance_kit.api import read_edition
from guidance_kit.checking import check_edition, check_library
from guidance_kit.checking.allowances import SILENCEABLE
from guidance_kit.checking.rules import RULES_OF_WRITING
from guidance_kit.problems import CODES, Problem, Severity
from guidance_kit.reading.folders import read_library_folder

TODAY = dt.date(2026, 6, 1)
PAGE = """\
# Core

Guidance for leaders. See the [challenges](items.md).

## More

Words of our own.
"""
ITEMS = """\
# Items

:::{challenge} Waiting
:id: waiting
:themes: waiting
:felt-by: nhs
:strength: thin
:sources: one

Students wait, Acme University says {cite}`one`.

## What it looks like

- **Letters.** They come late {cite}`one`.
- They wait for four weeks, our reading of it is.

The same report names three steps {cite}`one`:

- write a letter sooner;
- write a letter again.

## Questions to put to each other

- Who writes to Acme Hospital Trust in 2026?
:::

:::{solution} Agree
:id: agree
:addresses: waiting
:status: in-use
:sources: one

Two teams agree, as we see it.

## How it works

They meet in a {guidance:term}`weekly forum <forum>` {cite}`one`. No outcome was found.

## First steps

1. Meet.
:::

:::{case-study} City
:id: city
:place: City
:partners: Acme Hospital Trust
:resembles: none
:setting: campus
:began: 2019
:as-of: 2025
:shows: agree
:sources: one

It works like a team {cite}`one`.

## The model in NHS terms

Nurses {cite}`one`.

## Outcomes

None was found.

## What is not known

Cost.

## Against the criteria

- {criterion}`benefit`: claimed. They say so {cite}`one`.
:::

:::{criterion} Benefit
:id: benefit
:sources: one

Better {cite}`one`.

## What would show it

Numbers.
:::

:::{term} Weekly forum (WF)
:id: forum
:sources: one

## In the NHS

A meeting {cite}`one`.

## In higher education

A meeting {cite}`one`.
:::
"""
SOURCES = """[
  {"id": "one", "title": "One", "author": [{"literal": "Acme Hospital Trust"}], "note": "Read whole."},
  {"id": "two", "title": "Two", "note": "Not read."},
  {"id": "three", "title": "Three"}
]"""
LONG = "One two three four five six seven eight nine ten " * 4
HARD = (
    "Organisational interoperability considerations necessitate multidisciplinary collaboration arrangements. "
    * 6
)
SAID = (
    "Every team writes one letter to the student in the first week of term. It writes another one in the last "
    "week of it, says who will answer and when, and keeps a copy for its own records."
)


def library(root: Path, old: str = "", new: str = "", *, on: bool = True) -> list[Problem]:
    """Return what is told of a library with some of its words changed."""
    files = {
        "library.toml": '[library]\nid = "core"\ntitle = "Core"\n' + "[writing]\ncheck = true\n" * on,
        "index.md": PAGE,
        "items.md": ITEMS,
        "references.json": SOURCES,
    }
    assert not old or any(old in text for text in files.values())
    root.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / name).write_text(text.replace(old, new, 1) if old else text)
    (root / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return check_folder(root)


def check_folder(root: Path) -> list[Problem]:
    found, problems = read_library_folder(root)
    assert problems == ()
    assert found is not None
    return list(check_library(found, TODAY))


def told(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(p.code, Path(p.place.path).name, p.place.line) for p in problems]


def test_a_well_written_library_has_no_problems(tmp_path: Path) -> None:
    assert library(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "file", "line"),
    [
        (":addresses: waiting", ":addresses: benefit", "no-solution", "items.md", 3),
        (" {cite}`one`.\n\n## What it looks", ".\n\n## What it looks", "uncited", "items.md", 10),
        ("come late {cite}`one`", "come late", "uncited", "items.md", 14),
        (", our reading of it is.", ".", "uncited", "items.md", 15),
        ("three steps {cite}`one`:", "three steps:", "uncited", "items.md", 19),
        ("Two teams agree, as we see it.", "Two teams agreed in May.", "uncited", "items.md", 33),
        ("1. Meet.", "1. Meet like Acme Hospital Trust.", "uncited", "items.md", 41),
        ("1. Meet.", "1. Meet like the University of Acme.", "uncited", "items.md", 41),
        ("Words of our own.", "It costs 5 pounds.", "uncited", "index.md", 7),
        ("say so {cite}`one`", "say so", "uncited", "items.md", 71),
        ("says {cite}`one`", "says {cite}`one, two`", "source-not-read", "items.md", 10),
        ("says {cite}`one`", "says {cite}`one, three`", "source-not-read", "items.md", 10),
        (":sources: one\n\nStudents", ":sources: one, three\n\nStudents", "source-uncited", "items.md", 8),
        ("says {cite}`one`", "says {cite}`one, two`", "source-unlisted", "items.md", 10),
        (":as-of: 2025", ":as-of: 2024-05", "as-of-old", "items.md", 51),
        ("Words of our own.", f"{'Words of our own. ' * 2}{LONG}.", "long-sentences", "index.md", 7),
        ("Words of our own.", f"{HARD}", "hard-to-read", "index.md", 3),
        ("Words of our own.", "Words of the ABC.", "unexplained-abbreviation", "index.md", 7),
        ("Two teams agree, as we see it.", "Two XYs agree, we say.", "unexplained-abbreviation", "items.md", 33),
        ("They say so {cite}", "The weekly forum says so {cite}", "unlinked-term", "items.md", 71),
        ("See the [challenges](items.md)", "See [here](items.md)", "vague-link", "index.md", 3),
        ("See the [challenges](items.md)", "See [https://a.example](items.md)", "vague-link", "index.md", 3),
        ("## More", "#### More", "heading-order", "index.md", 5),
        ("## More", "# More", "heading-order", "index.md", 5),
        ("Words of our own.", "![](a.png)", "missing-alt", "index.md", 7),
        ("Words of our own.", "```{figure} a.png\n:width: 5\n```", "missing-alt", "index.md", 7),
        ("Words of our own.", "```{image} a.png\n```", "missing-alt", "index.md", 7),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, file: str, line: int
) -> None:
    assert (code, file, line) in told(library(tmp_path, old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (":strength: thin", ":strength: thin\n:no-solution: None was found."),
        ("Words of our own.", "![Two teams at a table](a.png)"),
        ("Words of our own.", "```{figure} a.png\n:alt: Two teams\n```"),
        ("Words of our own.", "Words of the Acme Board of Care (ABC). The ABC meets."),
        ("Words of our own.", "We see what it costs in 2026."),
        ("Words of our own.", "What did it cost in 2026?"),
        ("Words of our own.", "`Code of 2026` is our own."),
        ("Words of our own.", "```\nAcme Hospital Trust paid 5 pounds.\n```"),
        ("Words of our own.", "% a comment of 2026\n\nWords."),
        ("The same report names three steps {cite}`one`:", "In our reading there are three steps:"),
        ("1. Meet.", "1. Ask the University of Acme."),
    ],
)
def test_what_is_right_is_let_be(tmp_path: Path, old: str, new: str) -> None:
    assert told(library(tmp_path, old, new)) == []


def test_a_budget_of_words_counts_what_a_reader_reads(tmp_path: Path) -> None:
    short = "We see it so. " * 60
    found = library(tmp_path, "Two teams agree, as we see it.", short)
    assert told(found) == []
    found = library(tmp_path, "Two teams agree, as we see it.", short * 2)
    assert told(found) == [("over-budget", "items.md", 27)]


def test_a_short_case_study_has_a_smaller_budget(tmp_path: Path) -> None:
    words = ":as-of: 2025\n:standing: emerging"
    found = library(tmp_path, ":as-of: 2025", words)
    assert told(found) == []
    (tmp_path / "items.md").write_text(
        ITEMS.replace(":as-of: 2025", words).replace("\nCost.", "\n" + "Who knows it? " * 55)
    )
    read, _ = read_library_folder(tmp_path)
    assert read is not None
    assert told(list(check_library(read, TODAY))) == [("over-budget", "items.md", 44)]


def test_text_that_stands_twice_is_told_at_the_second_place(tmp_path: Path) -> None:
    one = library(tmp_path, "Words of our own.", f"{SAID} We meet.\n\nWords.")
    assert told(one) == []
    (tmp_path / "more.md").write_text(f"# More\n\nAt first. {SAID}\n")
    read, _ = read_library_folder(tmp_path)
    assert read is not None
    assert told(list(check_library(read, TODAY))) == [("near-duplicate", "more.md", 1)]


def test_a_leap_day_is_a_day_like_any_other(tmp_path: Path) -> None:
    library(tmp_path, ":as-of: 2025", ":as-of: 2026-02-28")
    read, _ = read_library_folder(tmp_path)
    assert read is not None
    assert told(list(check_library(read, dt.date(2028, 2, 29)))) == [("as-of-old", "items.md", 51)]


@pytest.mark.parametrize("authors", ['"Acme"', '["Acme"]', '[{"literal": 7}]', "7", "null"])
def test_odd_authors_of_a_source_are_let_be(tmp_path: Path, authors: str) -> None:
    assert library(tmp_path, '"title": "Three"', f'"title": "Three", "author": {authors}') == []


@pytest.mark.long
@pytest.mark.parametrize("text", ["[" * 200_000, "![" * 100_000, "no " * 100_000, "![a](" * 60_000])
@pytest.mark.timeout(300)  # a careless pattern takes hours
def test_odd_text_is_looked_at_in_no_time(tmp_path: Path, text: str) -> None:
    assert library(tmp_path, "Words of our own.", text) is not None


def test_an_item_may_break_a_rule_with_a_reason_that_is_listed(tmp_path: Path) -> None:
    found = library(tmp_path, ":as-of: 2025", ":as-of: 2019\n:allow: as-of-old: nothing newer was found")
    assert told(found) == [("allowed", "items.md", 52)]
    assert "nothing newer was found" in found[0].message


def test_a_paragraph_may_break_a_rule_with_a_reason_that_is_listed(tmp_path: Path) -> None:
    words = "% allow uncited: a number of our own\nIt costs 5 pounds.\n\nIt costs 6 pounds."
    assert told(library(tmp_path, "Words of our own.", words)) == [
        ("allowed", "index.md", 7),
        ("uncited", "index.md", 10),
    ]


def test_a_paragraph_of_a_part_may_break_a_rule_and_the_next_may_not(tmp_path: Path) -> None:
    words = "% allow uncited: a number of our own\nIt costs 5 pounds.\n\nIt costs 6 pounds."
    assert told(library(tmp_path, "None was found.", words)) == [
        ("allowed", "items.md", 63),
        ("uncited", "items.md", 66),
    ]


def test_a_page_that_says_the_same_may_say_why(tmp_path: Path) -> None:
    library(tmp_path, "Words of our own.", SAID)
    (tmp_path / "twice.md").write_text(f"# Twice\n\n{SAID}\n")
    assert [one.code for one in check_folder(tmp_path)] == ["near-duplicate"]
    (tmp_path / "twice.md").write_text(f"# Twice\n\n% allow near-duplicate: to be printed\n{SAID}\n")
    assert [one.code for one in check_folder(tmp_path)] == ["allowed"]


@pytest.mark.parametrize(
    "words", ["% allow uncited:", "% allow unciteb: why", ":allow: as-of-old", ":allow: missing-alt: why"]
)
def test_a_rule_is_silenced_only_by_name_and_with_a_reason(tmp_path: Path, words: str) -> None:
    old = "Words of our own." if words.startswith("%") else ":as-of: 2025"
    assert [p.code for p in library(tmp_path, old, f"{words}\n{old}")] == ["bad-value"]


def test_the_rules_are_off_unless_they_are_asked_for(tmp_path: Path) -> None:
    assert library(tmp_path, "Words of our own.", "It costs 5 pounds.", on=False) == []
    read, _ = read_library_folder(tmp_path)
    assert read is not None
    assert [p.code for p in check_library(read, TODAY, writing=True)] == ["uncited"]


@pytest.mark.parametrize("asked", ["in the manifest", "for one run"])
def test_of_an_edition_only_its_own_words_are_looked_at(tmp_path: Path, asked: str) -> None:
    library(tmp_path / "core", "Words of our own.", "It costs 5 pounds.")
    root = tmp_path / "edition"
    (root / "local" / "pages").mkdir(parents=True)
    toml = '[edition]\nid = "northtown"\ntitle = "Ours"\nbased_on = "../core"\n'
    on = "[writing]\ncheck = true\n" if asked == "in the manifest" else ""
    (root / "edition.toml").write_text(toml + on)
    (root / "local" / "notes.md").write_text(
        "```{local-note} core:waiting\n:id: a-note\n\nOne line.\nSee [here](index.md).\n```\n\n"
        "```{adapt} core:agree#how-it-works\n:reason: x\n\nThey meet in May.\n```\n"
    )
    (root / "local" / "pages" / "travel.md").write_text("# Travel\n\n![](bus.png)\n")
    edition, _ = read_edition(root)
    assert edition is not None
    found = list(check_edition(edition, TODAY, writing=asked == "for one run"))
    assert all(Path(one.place.path).exists() for one in found)
    assert [one for one in told(found) if one[0] in SILENCEABLE | {"missing-alt"}] == [
        ("vague-link", "notes.md", 5),
        ("uncited", "notes.md", 11),
        ("missing-alt", "travel.md", 3),
    ]


def test_a_note_and_an_adapted_part_may_break_a_rule_with_a_reason(tmp_path: Path) -> None:
    library(tmp_path / "core")
    root = tmp_path / "edition"
    (root / "local").mkdir(parents=True)
    (root / "edition.toml").write_text('[edition]\nid = "northtown"\ntitle = "Ours"\nbased_on = "../core"\n')
    (root / "local" / "notes.md").write_text(
        "```{local-note} core:waiting\n:id: a-note\n\n% allow uncited: our own count\nIt costs 5 pounds.\n```\n\n"
        "```{adapt} core:agree#how-it-works\n:reason: x\n\n% allow uncited: our board\nThey meet in May.\n\n"
        "They part in June.\n```\n"
    )
    edition, _ = read_edition(root)
    assert edition is not None
    found = [
        one
        for one in told(list(check_edition(edition, TODAY, writing=True)))
        if one[0] in ("allowed", "uncited")
    ]
    assert found == [("allowed", "notes.md", 4), ("allowed", "notes.md", 11), ("uncited", "notes.md", 14)]


def test_what_can_be_silenced_is_a_rule_of_writing_that_misleads_nobody() -> None:
    assert {CODES[code].severity for code in SILENCEABLE - {"uncited"}} == {Severity.WARNING}


def test_every_rule_has_a_sentence_of_its_own() -> None:
    said = [rule.__doc__ for rule in RULES_OF_WRITING]
    assert all(said)
    assert len(set(said)) == len(RULES_OF_WRITING)
