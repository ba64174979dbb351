"""Words that an edition before this one fixed are not called national: it is named, and whom to ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_chains import DAY, Chain

from guidance_kit.editing import write_adaptation
from guidance_kit.model.lock import How
from guidance_kit.problems import Problem
from guidance_kit.upgrading import Decision, accept

#: Fixed wording has no fact that may be any words.
SHAPED = {"challenges/access.md": ("{fact}`team`", "a team")}
CONTACT = "region@example.org"
ADAPT = "```{{adapt}} {}\n:kind: context\n:reason: R.\n\n{}\n```\n"
OURS = ADAPT.format("core:access#summary", "Students wait a week here.")
OWN = ":::{challenge} Own\n:id: own\n:themes: roles\n:felt-by: nhs\n:strength: strong\n:sources: one\n:protection: safety\n\nOwn.\n\n## What it looks like\n\nSo.\n\n## Questions to put to each other\n\n- Who?\n:::\n"
BY_REGION = "is fixed by Region, whose edition this one is based on, and cannot be changed."
NATIONAL = "is national safety wording and cannot be changed."


def protect(item: str, word: str, part: str = "") -> str:
    line = f'part = "{part}"\n' if part else ""
    return f'\n[[protect]]\nitem = "core:{item}"\n{line}protection = "{word}"\n'


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    made = Chain(tmp_path)
    made.core(SHAPED)
    return made


def fix(chain: Chain, option: str) -> None:
    """Let the core fix words of its own."""
    chain.core(SHAPED)
    page = chain.folder / "core/challenges/access.md"
    page.write_text(page.read_text("utf-8").replace(":id: access\n", f":id: access\n:{option}\n"), "utf-8")


def region(chain: Chain, manifest: str, local: dict[str, str] | None = None) -> Path:
    root = chain.edition("region", "core", manifest, local or {})
    chain.up("region")
    return root


def refused(chain: Chain, target: str = "core:access#summary") -> Problem:
    """Return what an edition on the region's is told of an adaptation."""
    chain.edition("uni", "region")
    chain.up("uni")
    chain.write("uni", {"local/a.md": ADAPT.format(target, "Students wait a week here.")})
    (one,) = (one for one in chain.problems("uni") if one.code == "fixed-wording")
    return one


@pytest.mark.parametrize(
    "said",
    [protect("access", "safety"), protect("access", "endorsed"), protect("access", "safety", "summary")],
)
def test_who_fixed_words_is_named_with_the_contact(chain: Chain, said: str):
    region(chain, said)
    one = refused(chain)
    assert one.message == f'"Access is slow" {BY_REGION}'
    assert "You can add a note after the national text: " in one.hint
    assert one.hint.endswith(f"\n    Questions: {CONTACT}")


def test_nobody_is_to_be_asked_where_no_contact_is_known(chain: Chain):
    manifest = region(chain, protect("access", "safety")) / "edition.toml"
    manifest.write_text(manifest.read_text().replace(f'contact = "{CONTACT}"\n', ""))
    assert "Questions" not in refused(chain).hint


def test_a_note_stands_after_the_words_of_who_fixed_them(chain: Chain):
    region(chain, protect("access", "safety"), {"a.md": OURS})
    assert "You can add a note after the text of Region: " in refused(chain).hint


def test_an_item_of_the_region_is_fixed_by_the_region(chain: Chain):
    region(chain, "", {"own.md": OWN})
    assert refused(chain, "region:own#summary").message == f'"Own" {BY_REGION}'


@pytest.mark.parametrize(
    "said",
    [
        "",
        protect("small", "safety"),
        protect("danger", "safety"),
        protect("danger", "safety", "summary"),
        protect("danger", "safety", "what-it-looks-like"),
    ],
)
def test_what_the_core_fixed_is_national_whatever_the_region_says_of_it(chain: Chain, said: str):
    region(chain, said)
    one = refused(chain, "core:danger#summary")
    assert one.message == f'"Danger to life" {NATIONAL}'
    assert "Questions" not in one.hint


@pytest.mark.parametrize(
    ("core", "said"),
    [
        ("protected-parts: summary: safety", protect("access", "safety")),
        ("protection: endorsed", protect("access", "safety", "summary")),
    ],
)
def test_words_that_the_core_fixed_are_the_cores_where_the_region_fixes_more_or_less(
    chain: Chain, core: str, said: str
):
    fix(chain, core)
    region(chain, said)
    assert refused(chain).message == f'"Access is slow" {NATIONAL}'


def test_an_editor_is_told_before_anything_is_written(chain: Chain):
    region(chain, protect("access", "safety"))
    chain.edition("uni", "region")
    chain.up("uni")
    done, problems = write_adaptation(chain.folder / "uni", "core:access", "summary", reason="R.")
    assert done is None
    assert problems[0].message == f'"Access is slow" {BY_REGION} Nothing was written.'
    assert problems[0].hint.endswith(f"\n    Questions: {CONTACT}")
    _, problems = write_adaptation(chain.folder / "uni", "core:danger", "summary", reason="R.")
    assert problems[0].message == f'"Danger to life" {NATIONAL} Nothing was written.'
    assert "Questions" not in problems[0].hint


def test_words_that_the_region_fixed_since_say_so_in_what_is_to_be_decided(chain: Chain):
    region(chain, "")
    chain.edition("uni", "region", "", {"a.md": OURS})
    chain.up("uni")
    region(chain, protect("access", "safety"))
    chain.up("uni")
    (one,) = chain.opened("uni").standings
    assert one.words == "the wording is fixed by Region now"
    _, problems = accept(chain.folder / "uni", "core:access#summary", Decision(how=How.KEPT_MINE, on=DAY))
    assert (
        problems[0].message == '"core:access#summary" is fixed by Region now, and must stand as it is there.'
    )


def test_words_that_the_core_fixed_since_are_national_in_what_is_to_be_decided(chain: Chain):
    region(chain, "")
    chain.edition("uni", "region", "", {"a.md": OURS})
    chain.up("uni")
    fix(chain, "protection: safety")
    chain.up("region", "uni")
    (one,) = chain.opened("uni").standings
    assert one.words == "the national wording is fixed now"
    _, problems = accept(chain.folder / "uni", "core:access#summary", Decision(how=How.KEPT_MINE, on=DAY))
    assert problems[0].message == 'The national text of "core:access#summary" must stand as it is now.'


def test_an_editor_who_names_what_is_not_there_is_told_whose_guidance_lacks_it(chain: Chain):
    region(chain, "")
    root = chain.edition("uni", "region")
    chain.up("uni")
    of_whom = {root: "the guidance of Region", chain.folder / "region": "the national guidance"}
    for folder, whose in of_whom.items():
        _, (problem,) = write_adaptation(folder, "nowhere", "summary", reason="R.")
        assert problem.message == f'There is no item "nowhere" in {whose}.'
