"""Each rule of checking: what it tells, at the line a person wrote, and what it lets be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guidance_kit.api import read_edition
from guidance_kit.checking import check_edition, check_library
from guidance_kit.checking.rules import RULES
from guidance_kit.reading.folders import read_library_folder

TODAY = dt.date(2026, 6, 1)
CORE = {
    "library.toml": '[library]\nid = "core"\ntitle = "Core"\n',
    "facts.toml": (
        '[[fact]]\nid = "line"\ntype = "phone"\nlabel = "Line"\nrequired = true\nexample = "0808 157 0100"\n'
        '[[fact]]\nid = "team"\ntype = "org"\nlabel = "Team"\n'
    ),
    "references.json": '[{"id": "one", "title": "One"}]',
    "index.md": "# Core\n\nRing {fact}`line`.\n",
    "items.md": """\
# Items

:::{challenge} Waiting
:id: waiting
:themes: waiting
:felt-by: nhs
:strength: thin
:sources: one

Long, {cite}`one`.

## What it looks like

See {challenge}`roles`.

## Questions to put to each other

- Who?
:::

:::{challenge} Roles
:id: roles
:themes: roles
:felt-by: nhs
:strength: thin
:sources: one

Unclear.

## What it looks like

Two teams.

## Questions to put to each other

- Who?
:::

:::{criterion} Benefit
:id: benefit
:sources: one

Better.

## What would show it

Numbers.
:::

:::{solution} Agree
:id: agree
:addresses: roles
:status: in-use
:sources: one

One page.

## How it works

Meet.

## First steps

1. Meet.
:::

:::{case-study} City
:id: city
:place: City
:partners: A trust
:resembles: none
:setting: campus
:began: 2019
:as-of: 2024
:shows: agree
:sources: one

Like a team.

## The model in NHS terms

Nurses.

## Outcomes

None.

## What is not known

Cost.

## Against the criteria

- {criterion}`benefit`: claimed. They say so.
:::
""",
}
HEAD = '[edition]\nid = "northtown"\ntitle = "Ours"\nbased_on = "../core"\n'
GIVEN = '[facts]\nline = "0808 157 0100"\n'
Told = list[tuple[str, str, int]]


def put(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def of_library(root: Path, old: str = "", new: str = "") -> Told:
    """Return what is told of the core with some of its words changed."""
    files = {name: text.replace(old, new) if old else text for name, text in CORE.items()}
    assert not old or files != CORE
    put(root, files)
    library, problems = read_library_folder(root)
    assert problems == ()
    assert library is not None
    return [(p.code, p.place.path.removeprefix(f"{root}/"), p.place.line) for p in check_library(library)]


def of_edition(root: Path, toml: str = GIVEN, local: str = "", more: dict[str, str] | None = None) -> Told:
    """Return what is told of an edition of the core."""
    put(root / "core", CORE)
    put(
        root / "edition",
        {"edition.toml": HEAD + toml, **({"local/ours.md": local} if local else {}), **(more or {})},
    )
    edition, problems = read_edition(root / "edition")
    assert [p for p in problems if p.code != "unused"] == []
    assert edition is not None
    found = check_edition(edition, TODAY)
    return [(p.code, p.place.path.removeprefix(f"{root}/edition/"), p.place.line) for p in found]


def adapt(options: str, text: str = "Ours.") -> str:
    return f"```{{adapt}} core:roles#summary\n{options}\n{text}\n```\n"


def test_a_good_library_and_a_good_edition_have_no_problems(tmp_path: Path) -> None:
    assert of_library(tmp_path / "library") == []
    assert of_edition(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (":addresses: roles", ":addresses: rolls", "unknown-link", 52),
        (":addresses: roles", ":addresses: benefit", "wrong-kind", 52),
        ("{challenge}`roles`", "{challenge}`rolls`", "unknown-link", 14),
        ("{challenge}`roles`", "{solution}`roles`", "wrong-kind", 14),
        ("{challenge}`roles`", "{guidance:term}`roles`", "wrong-kind", 14),
        ("{cite}`one`", "{cite}`one, two`", "unknown-source", 10),
        (":sources: one\n\nLong", ":sources: two\n\nLong", "unknown-source", 8),
        ("{criterion}`benefit`: claimed", "{criterion}`roles`: claimed", "wrong-kind", 94),
        ("They say so.", "They say so.\n- {criterion}`benefit`: shown. Again.", "bad-assessment", 94),
        ("Meet.\n\n## First", "Ask {fact}`tem`.\n\n## First", "unknown-fact", 60),
    ],
)
def test_each_mistake_in_a_library_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert (code, "items.md", line) in of_library(tmp_path, old, new)


def test_a_case_study_that_misses_a_criterion_is_told(tmp_path: Path) -> None:
    assert of_library(tmp_path, "- {criterion}`benefit`: claimed. They say so.", "Not yet.") == [
        ("assessment-incomplete", "items.md", 94)
    ]


def test_sphinx_own_glossary_and_code_are_let_be(tmp_path: Path) -> None:
    assert of_library(tmp_path, "Two teams.", "{term}`anything` and `` {challenge}`rolls` ``") == []


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (":kind: meaning\n", ["no-reason", "not-approved"]),
        (":kind: meaning\n:reason: Ours.\n:approved-by: Lead\n", []),
        (":reason: Ours.\n:review-by: 2026-05-31\n", ["review-overdue"]),
        (":reason: Ours.\n:review-by: 2026-06-01\n", []),
        (":reason: Ours.\n:review-by: 2026-06\n", []),
        (":reason: Ours.\n:review-by: 2025\n", ["review-overdue"]),
    ],
)
def test_reasons_approvals_and_reviews(tmp_path: Path, options: str, codes: list[str]) -> None:
    assert of_edition(tmp_path, local=adapt(options)) == [(code, "local/ours.md", 1) for code in codes]


def test_an_omission_without_a_reason_is_told(tmp_path: Path) -> None:
    toml = f'{GIVEN}[[leave_out]]\nitem = "core:city"\n'
    assert of_edition(tmp_path, toml) == [("no-reason", "edition.toml", 7)]


def test_an_omission_with_a_reason_is_let_be_and_national_links_to_it_too(tmp_path: Path) -> None:
    assert of_edition(tmp_path, f'{GIVEN}[[leave_out]]\nitem = "core:roles"\nreason = "x"\n') == []


def test_local_words_that_link_to_what_is_left_out_are_told(tmp_path: Path) -> None:
    toml = f'{GIVEN}[[leave_out]]\nitem = "core:waiting"\nreason = "x"\n'
    local = adapt("", "Two lines,\nsee {challenge}`waiting`.")
    assert of_edition(tmp_path, toml, local) == [("broken-link", "local/ours.md", 4)]


@pytest.mark.parametrize("words", ["{challenge}`waitng`", "{cite}`two`", "{fact}`tem`"])
def test_a_mistake_in_composed_text_is_told_in_the_file_a_person_wrote(tmp_path: Path, words: str) -> None:
    note = f"```{{local-note}} core:waiting\n:id: a-note\n\nOne line,\nand {words}.\n```\n"
    ((_, path, line),) = of_edition(tmp_path, local=note)
    assert (path, line) == ("local/ours.md", 5)


def test_a_mistake_on_a_local_page_is_told_there(tmp_path: Path) -> None:
    page = {"local/pages/travel.md": "# Travel\n\nWords.\n\n{cite}`two`\n"}
    assert of_edition(tmp_path, more=page) == [("unknown-source", "local/pages/travel.md", 5)]


def test_a_judgement_in_an_adapted_part_is_told_where_it_was_written(tmp_path: Path) -> None:
    local = "```{adapt} core:city#against-the-criteria\n:reason: x\n\n- {criterion}`roles`: shown. x\n```\n"
    assert of_edition(tmp_path, local=local) == [
        ("assessment-incomplete", "local/ours.md", 4),
        ("wrong-kind", "local/ours.md", 4),
    ]


def test_a_required_fact_without_a_value_is_told_with_where_it_is_used(tmp_path: Path) -> None:
    assert of_edition(tmp_path, "") == [("fact-missing", "edition.toml", 0)]
    edition, _ = read_edition(tmp_path / "edition")
    assert edition is not None
    (problem,) = check_edition(edition, TODAY)
    assert "index.md:3" in problem.message
    assert "0808 157 0100" in problem.hint


def test_a_value_that_no_page_shows_is_told(tmp_path: Path) -> None:
    toml = GIVEN + 'team = "Us here"\n[[fact_for]]\nitem = "core:roles"\nfact = "line"\nvalue = "999"\n'
    assert of_edition(tmp_path, toml) == [
        ("fact-hidden", "edition.toml", 7),
        ("fact-hidden", "edition.toml", 8),
    ]


def test_a_value_shown_only_in_a_note_is_let_be(tmp_path: Path) -> None:
    note = "```{local-note} core:waiting\n:id: a-note\n\nAsk {fact}`team`.\n```\n"
    assert of_edition(tmp_path, GIVEN + 'team = "Us here"\n', note) == []


def test_prose_that_repeats_a_value_is_told_at_its_line(tmp_path: Path) -> None:
    local = adapt("", "Ring us,\non 0808 157 0100.")
    assert of_edition(tmp_path, local=local) == [("fact-repeated", "local/ours.md", 4)]


def test_a_title_or_a_page_that_repeats_a_value_is_told_too(tmp_path: Path) -> None:
    note = "```{local-note} core:waiting Ring 0808 157 0100\n:id: a-note\n\nAt night.\n```\n"
    assert of_edition(tmp_path / "note", local=note) == [("fact-repeated", "local/ours.md", 1)]
    page = f"# Ours\n\nRing us.\n\nOn 0808 157 0100.\n\n{adapt('', 'On 0808 157 0100.')}"
    found = of_edition(tmp_path / "page", more={"local/pages/ring.md": page})
    assert found == [("fact-repeated", "local/pages/ring.md", line) for line in (5, 9)]


def test_a_link_to_a_replaced_item_leads_to_the_new_one(tmp_path: Path) -> None:
    local = (
        ":::{challenge} Ours\n:id: ours\n:instead-of: core:roles\n:reason: x\n:themes: roles\n:felt-by: nhs\n"
        ":strength: thin\n:sources: one\n\nSee {challenge}`roles`.\n\n## What it looks like\n\nSo.\n\n"
        "## Questions to put to each other\n\n- Who?\n:::\n"
    )
    assert of_edition(tmp_path, local=local) == []


LIST = "# Core\n\nRing {fact}`line`.\n\n```{toctree}\nitems\n```\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Ours\n\nHello.\n", [("pages-hidden", "local/pages/index.md", 1)]),
        ("# Ours\n\n```{toctree}\nitems\n```\n", []),
    ],
)
def test_a_first_page_that_lists_no_pages_hides_them(tmp_path: Path, text: str, told: Told) -> None:
    put(tmp_path / "core", {**CORE, "index.md": LIST})
    put(
        tmp_path / "edition",
        {"edition.toml": HEAD + GIVEN, "local/pages/index.md": text + "\nRing {fact}`line`.\n"},
    )
    edition, _ = read_edition(tmp_path / "edition")
    assert edition is not None
    found = check_edition(edition, TODAY)
    assert [(p.code, p.place.path.removeprefix(f"{tmp_path}/edition/"), p.place.line) for p in found] == told


@pytest.mark.parametrize(("day", "told"), [("2026-06-01", False), ("2026-06-02", True), ("2027", True)])
def test_an_approval_on_a_day_to_come_is_told(tmp_path: Path, day: str, *, told: bool) -> None:
    local = adapt(f":reason: x\n:approved-by: Lead\n:approved-on: {day}\n")
    assert of_edition(tmp_path, local=local) == [("not-approved", "local/ours.md", 1)] * told


@pytest.mark.parametrize(("where", "told"), [("waiting", True), ("roles", False)])
def test_a_value_for_each_item_that_uses_a_fact_is_enough(tmp_path: Path, where: str, *, told: bool) -> None:
    used = CORE["items.md"].replace("Unclear.", "Unclear: {fact}`line`.")
    put(tmp_path / "core", {**CORE, "index.md": "# Core\n", "items.md": used})
    toml = f'[[fact_for]]\nitem = "core:{where}"\nfact = "line"\nvalue = "0808 157 0100"\n'
    put(tmp_path / "edition", {"edition.toml": HEAD + toml})
    edition, _ = read_edition(tmp_path / "edition")
    assert edition is not None
    assert ("fact-missing" in {p.code for p in check_edition(edition, TODAY)}) == told
    assert bool(edition.missing) == told


def test_every_rule_has_a_sentence_of_its_own() -> None:
    said = [rule.__doc__ for rule in RULES]
    assert all(said)
    assert len(set(said)) == len(RULES)
