"""Words that an edition before this one fixed are not called national: it is named, and whom to ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_chains import DAY, Chain

from guidance_kit.editing import write_adaptation, write_omission
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


REFERS = {"region": ("Region", CONTACT), "uni": ("Uni", "uni@example.org")}


def below(chain: Chain, uni: str = "", local: dict[str, str] | None = None) -> None:
    """A university that says something of its own of what the region says, and a college on it."""
    chain.edition("uni", "region", uni)
    chain.edition("college", "uni", "", local)
    chain.up("uni", "college")


def told_below(chain: Chain, code: str) -> str:
    """Return what the college is told, and whom it is to ask."""
    (one,) = (one for one in chain.problems("college") if one.code == code)
    return f"{one.message} {one.hint.partition('Questions: ')[2]}"


@pytest.mark.parametrize(
    ("theirs", "uni", "by"),
    [
        (protect("access", "endorsed"), "", "region"),
        (protect("access", "endorsed", "summary"), "", "region"),
        ("", protect("access", "endorsed"), "uni"),
        (protect("access", "endorsed"), protect("small", "safety"), "region"),
        (protect("access", "endorsed"), protect("access", "safety"), "uni"),
        (protect("access", "required"), protect("access", "safety", "summary"), "uni"),
        (protect("access", "safety", "summary"), protect("access", "endorsed"), "region"),
    ],
)
def test_of_several_editions_before_the_one_that_fixed_words_is_named(
    chain: Chain, theirs: str, uni: str, by: str
):
    region(chain, theirs)
    below(chain, uni, {"a.md": OURS})
    name, contact = REFERS[by]
    assert (
        told_below(chain, "fixed-wording")
        == f'"Access is slow" {BY_REGION.replace("Region", name)} {contact}'
    )
    (one,) = chain.opened("college").standings
    assert one.words == f"the wording is fixed by {name} now"


def test_an_item_of_the_region_is_fixed_by_the_region_for_everybody_below(chain: Chain):
    parts = OWN.replace(":protection: safety", ":protected-parts: summary: endorsed")
    for own in (OWN, parts):
        region(chain, "", {"own.md": own})
        below(chain, "", {"a.md": OURS.replace("core:access", "region:own")})
        assert told_below(chain, "fixed-wording") == f'"Own" {BY_REGION} {CONTACT}'


def test_what_an_edition_says_more_strictly_of_an_item_of_the_region_is_its_own(chain: Chain):
    region(chain, "", {"own.md": OWN.replace(":protection: safety", ":protection: endorsed")})
    uni = protect("own", "safety").replace("core:", "region:")
    below(chain, uni, {"a.md": OURS.replace("core:access", "region:own")})
    assert told_below(chain, "fixed-wording").endswith(" uni@example.org")


def test_what_the_core_fixed_in_an_item_that_the_region_asks_for_is_national(chain: Chain):
    fix(chain, "protected-parts: summary: endorsed")
    region(chain, protect("access", "required"))
    below(chain, "", {"a.md": OURS})
    assert (
        told_below(chain, "fixed-wording").strip()
        == '"Access is slow" is national safety wording and cannot be changed.'
    )


@pytest.mark.parametrize("word", ["required", "safety"])
@pytest.mark.parametrize("by", REFERS)
def test_who_asks_for_an_item_is_named_with_the_contact(chain: Chain, word: str, by: str):
    region(chain, "")
    below(chain)
    out = '\n[[leave_out]]\nitem = "core:access"\nreason = "R."\n'
    chain.edition("college", "uni", out)
    chain.edition(by, {"region": "core", "uni": "region"}[by], protect("access", word))
    chain.up("region", "uni", "college")
    name, contact = REFERS[by]
    words = f'"Access is slow" (core:access) must appear in every edition based on that of {name}'
    assert told_below(chain, "required-item") == f"{words}, so it is not left out. {contact}"
    (one,) = chain.opened("college").standings
    assert one.words == f"must appear now, as {name} asks"
    _, problems = accept(chain.folder / "college", "core:access", Decision(how=How.KEPT_MINE, on=DAY))
    assert problems[0].message == f'"core:access" must appear now in every edition based on that of {name}.'
    chain.edition("college", "uni")
    _, problems = write_omission(chain.folder / "college", "core:access", "R.")
    assert problems[0].message == f"{words}. Nothing was written."
    assert problems[0].hint.endswith(f"\n    Questions: {contact}")


@pytest.mark.parametrize("said", [protect("danger", "safety", "summary"), protect("access", "safety")])
def test_what_the_core_asks_for_is_asked_for_by_nobody_else(chain: Chain, said: str):
    region(chain, said)
    below(chain)
    chain.edition("college", "uni", '\n[[leave_out]]\nitem = "core:danger"\nreason = "R."\n')
    words = '"Danger to life" (core:danger) must appear in every edition, so it is not left out. '
    assert told_below(chain, "required-item") == words
    (one,) = chain.opened("college").standings
    assert one.words == "must appear now"
    _, problems = accept(chain.folder / "college", "core:danger", Decision(how=How.KEPT_MINE, on=DAY))
    assert problems[0].message == '"core:danger" must appear in every edition now.'


def test_what_must_appear_for_a_part_is_asked_for_by_who_protected_the_part(chain: Chain):
    region(chain, protect("access", "safety", "summary"))
    ours = OWN.replace(":id: own", ":id: ours\n:instead-of: core:access").replace(":protection: safety\n", "")
    below(chain, "", {"ours.md": ours})
    words = '"Access is slow" (core:access) must appear in every edition based on that of Region'
    assert told_below(chain, "required-item") == f"{words}, so it is not replaced. {CONTACT}"


def test_who_protected_is_said_only_where_it_was_not_the_nearest_edition(chain: Chain):
    region(chain, protect("access", "safety"))
    below(chain)
    said = {
        name: "protectors" in (chain.folder / name / "national/ancestry.json").read_text()
        for name in ("uni", "college")
    }
    assert said == {"uni": False, "college": True}
