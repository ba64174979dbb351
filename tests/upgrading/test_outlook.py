"""What lies ahead of an edition in a chain: nothing for safety waits above it unsaid."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from published import published
from small_chains import DAY, Chain
from small_core import RELEASES

from guidance_kit.cli.check import check
from guidance_kit.cli.review import review
from guidance_kit.cli.status import status
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.model.history import History
from guidance_kit.model.lock import How, What
from guidance_kit.problems import Problem, Severity
from guidance_kit.publishing.package import package
from guidance_kit.reading import libraries
from guidance_kit.reading.locks import read_composed
from guidance_kit.upgrading import Decision, accept
from guidance_kit.upgrading import upgrade as upgrade_again
from guidance_kit.upgrading.flattening import flatten
from guidance_kit.upgrading.outlook import above, outlook, what_stops

WHY = "Students ran out of medicine in the holidays."


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """A core at 1.0.0, a region on it, a university on that and a college on the university."""
    chain = Chain(tmp_path)
    core(chain, "1.0.0")
    chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.edition("college", "uni")
    chain.up("region", "uni", "college")
    return chain


def core(chain: Chain, version: str) -> None:
    shutil.rmtree(chain.folder / "core", ignore_errors=True)
    shutil.copytree(RELEASES / version, chain.folder / "core")


def ahead(chain: Chain, name: str) -> list[Problem]:
    return list(outlook(chain.folder / name, chain.opened(name).edition))


def spoil(chain: Chain, name: str, line: str) -> None:
    file = chain.folder / name / "edition.toml"
    file.write_text(file.read_text("utf-8") + line, "utf-8")


def test_where_nothing_is_newer_nothing_is_told(chain):
    assert ahead(chain, "region") == ahead(chain, "uni") == ahead(chain, "college") == []


@pytest.mark.parametrize("name", ["uni", "college"])
def test_a_safety_change_that_waits_above_the_parent_stops_a_release_of_the_child(chain, name):
    core(chain, "1.1.0")
    (problem,) = ahead(chain, name)
    assert problem.code == "newer-core-has-safety"
    assert WHY in problem.message
    assert "edition lacks" in problem.message
    above = "region" if name == "uni" else "uni"
    assert f"{above}@example.org" in problem.hint
    ran = CliRunner().invoke(check, [str(chain.folder / name), "--release"], standalone_mode=False)
    assert ran.return_value == 1
    assert WHY in ran.output


def test_status_and_upgrade_of_the_child_say_it_too(chain):
    core(chain, "1.1.0")
    root = str(chain.folder / "uni")
    ran = CliRunner().invoke(status, [root], standalone_mode=False)
    assert ran.return_value == 2
    assert WHY in ran.output
    for args in ([root, "--plan"], [root]):
        ran = CliRunner().invoke(upgrade, args, standalone_mode=False)
        assert ran.return_value == 2
        assert WHY in ran.output
    value = json.loads(CliRunner().invoke(status, [root, "--json"], standalone_mode=False).output)
    assert [one["code"] for one in value["ahead"]] == ["newer-core-has-safety"]


def test_once_the_parent_has_taken_it_the_child_is_told_to_take_it(chain):
    core(chain, "1.1.0")
    chain.up("region")
    (problem,) = ahead(chain, "uni")
    assert "region 1 has 2 safety changes that this edition lacks" in problem.message
    assert "Nobody should be left alone" in problem.message
    assert WHY in problem.message
    assert "guidance-kit upgrade" in problem.hint
    (problem,) = ahead(chain, "college")
    assert problem.message.startswith("Uni, which this edition is based on, is behind")
    chain.up("uni", "college")
    assert [one.code for one in ahead(chain, "college")] == []


def test_what_is_new_and_not_about_safety_stops_no_release_of_a_child_before_its_parent_has_it(chain):
    core(chain, "1.1.0")
    file = chain.folder / "core/changes.toml"
    file.write_text(file.read_text("utf-8").replace('"safety"', '"substantive"'), "utf-8")
    published(chain.folder / "core")
    assert ahead(chain, "uni") == []


@pytest.mark.parametrize("upgraded", [False, True])
def test_errors_of_the_parent_hide_no_safety_change(chain, upgraded):
    core(chain, "1.1.0")
    if upgraded:
        chain.up("region")
    spoil(chain, "region", '[facts]\nnothing-such = "a"\n')
    found = {one.code: one for one in ahead(chain, "uni")}
    assert set(found) == {"parent-behind", "newer-core-has-safety"}
    assert WHY in found["newer-core-has-safety"].message
    assert ("keep it back" in found["newer-core-has-safety"].message) == upgraded


def test_errors_of_a_parent_that_has_nothing_newer_for_safety_are_told_and_stop_nothing(chain):
    spoil(chain, "region", '[facts]\nnothing-such = "a"\n')
    assert [one.code for one in ahead(chain, "uni")] == ["parent-behind"]


@pytest.mark.parametrize("name", ["uni", "college"])
def test_a_parent_that_cannot_be_read_stops_a_release(chain, name):
    spoil(chain, "region", "[[[")
    assert [one.code for one in ahead(chain, name)] == ["base-unknown"]


def test_a_parent_whose_national_text_was_changed_by_hand_stops_a_release(chain):
    file = chain.folder / "region/national/challenges/access.md"
    file.write_text(file.read_text("utf-8").replace("weeks", "years"), "utf-8")
    assert [one.code for one in ahead(chain, "uni")] == ["base-unknown"]


@pytest.mark.parametrize("name", ["region", "uni"])
def test_what_an_edition_is_based_on_and_is_not_there_stops_a_release(chain, name):
    file = chain.folder / name / "edition.toml"
    file.write_text(file.read_text("utf-8").replace('based_on = "../', 'based_on = "../old-'), "utf-8")
    (problem,) = ahead(chain, name)
    assert problem.code == "base-unknown"
    assert "old-" in problem.message
    assert problem.place.path.endswith("edition.toml")


def test_a_circle_stops_a_release(chain):
    chain.edition("region", "college")
    assert [one.code for one in ahead(chain, "uni")] == ["base-unknown"]


@pytest.mark.parametrize("itself", [".", "", "../region", "national", "../region/national"])
def test_an_edition_that_is_based_on_itself_stops_a_release(chain, itself):
    core(chain, "1.1.0")
    file = chain.folder / "region/edition.toml"
    file.write_text(file.read_text("utf-8").replace('"../core"', f'"{itself}"'), "utf-8")
    (problem,) = ahead(chain, "region")
    assert problem.code == "base-unknown"
    assert problem.message == (
        f'This edition is based on its own folder ("{itself}"): whether there is a newer text, or a safety '
        "change, is not known."
    )


@pytest.mark.parametrize("how", ["gone", "spoilt", "older"])
def test_a_core_that_does_not_say_what_it_changed_stops_a_release_and_is_not_taken(chain, how):
    core(chain, "2.0.0")
    file = chain.folder / "core/changes.toml"
    if how == "gone":
        file.unlink()
    else:
        older = (RELEASES / "1.1.0/changes.toml").read_text("utf-8")
        file.write_text(older if how == "older" else "x=[", "utf-8")
    assert [one.code for one in ahead(chain, "region")] == ["base-unknown"]
    assert "base-unknown" in [one.code for one in ahead(chain, "uni")]
    refusal = "missing-base" if how == "spoilt" else "base-not-genuine"
    first = chain.refused("region")[0]
    assert first.code == refusal
    listed = first.hint.endswith(f"They are listed by: guidance-kit upgrade {chain.folder / 'region'} --plan")
    assert listed == (how == "spoilt")


@pytest.mark.parametrize("name", ["region", "uni"])
def test_another_library_of_that_name_stops_a_release_and_is_not_taken(chain, name):
    file = chain.folder / name / "edition.toml"
    there = "../core" if name == "region" else "../region"
    file.write_text(file.read_text("utf-8").replace(f'"{there}"', '"core"'), "utf-8")
    (problem,) = ahead(chain, name)
    assert problem.code == "base-unknown"
    assert "does not know the text" in problem.message
    assert [one.code for one in chain.refused(name)] == ["base-not-genuine"]


def test_a_safety_change_that_the_parent_has_not_looked_at_is_no_error_of_it(chain):
    local = {"a.md": "```{adapt} core:placements#summary\n:reason: x\n\nOurs.\n```\n"}
    chain.edition("region", "core", "", local)
    chain.up("region", "uni")
    core(chain, "2.0.0")
    chain.up("region")
    (problem,) = ahead(chain, "uni")
    assert problem.code == "newer-core-has-safety"
    assert "errors" not in problem.message
    assert "--plan" in problem.hint


def test_the_package_of_a_parent_that_is_older_is_not_taken(chain):
    first = package(chain.folder / "region", chain.opened("region").edition, chain.folder / "first")
    core(chain, "1.1.0")
    chain.up("region")
    second = package(chain.folder / "region", chain.opened("region").edition, chain.folder / "second")
    assert first.folder
    assert second.folder
    chain.edition("uni", "second/guidance_region/library")
    chain.up("uni")
    chain.edition("uni", "first/guidance_region/library")
    (problem,) = chain.refused("uni")
    assert problem.code == "older-base"
    assert "made from release 1.0.0 of the national guidance" in problem.message
    assert "has the text of 1.1.0, which is newer" in problem.message
    assert ahead(chain, "uni") == []


def installed(chain: Chain) -> None:
    """Put the region's package in place of its folder."""
    assert package(chain.folder / "region", chain.opened("region").edition, chain.folder / "made").folder
    chain.edition("uni", "made/guidance_region/library")
    chain.up("uni")
    shutil.rmtree(chain.folder / "region")


def test_a_safety_change_that_an_installed_parent_lacks_is_told(chain, monkeypatch):
    installed(chain)
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "1.0.0")
    assert ahead(chain, "uni") == []
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "1.1.0")
    (problem,) = ahead(chain, "uni")
    assert problem.code == "newer-core-has-safety"
    assert problem.message == (
        "Region, which this edition is based on, has not taken 2 safety changes of core 1.1.0 yet: "
        f"Nobody should be left alone before help has come. {WHY}"
    )
    assert "region@example.org" in problem.hint


def test_a_parent_whose_newer_package_has_the_safety_changes_is_not_said_to_lack_them(chain, monkeypatch):
    shutil.copytree(chain.folder / "region", chain.folder / "kept")
    installed(chain)
    shutil.copytree(chain.folder / "kept", chain.folder / "region")
    core(chain, "1.1.0")
    chain.up("region")
    shutil.rmtree(chain.folder / "made")
    assert package(
        chain.folder / "region", chain.opened("region").edition, chain.folder / "made", draft=True
    ).folder
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "1.1.0")
    ran = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False)
    assert ran.return_value == 2
    assert "has not taken" not in ran.output
    (problem,) = ahead(chain, "uni")
    assert problem.code == "newer-core-has-safety"
    assert problem.message.startswith("region 1.dev0 has 2 safety changes that this edition lacks")
    chain.up("uni")
    shutil.rmtree(chain.folder / "made")
    shutil.rmtree(chain.folder / "core")
    shutil.copytree(RELEASES / "1.0.0", chain.folder / "core")
    shutil.rmtree(chain.folder / "region")
    shutil.copytree(chain.folder / "kept", chain.folder / "region")
    assert package(chain.folder / "region", chain.opened("region").edition, chain.folder / "made").folder
    assert ahead(chain, "uni") == []  # an older package lacks what this edition has


def test_an_installed_library_that_is_another_one_of_that_name_says_nothing(chain):
    installed(chain)
    assert ahead(chain, "uni") == []  # the national guidance that is installed has never been the small one


def test_a_safety_change_of_what_an_installed_parent_left_out_is_not_told(chain, monkeypatch):
    left_out = '[[leave_out]]\nitem = "core:small-provider-hub"\nreason = "None here."\n'
    chain.edition("region", "core", left_out)
    installed(chain)
    newer = chain.folder / "newer"
    shutil.copytree(RELEASES / "1.1.0", newer)
    file = newer / "changes.toml"
    text = file.read_text("utf-8").replace('"safety"', '"substantive"')
    change = '\n[[change]]\nrelease = "1.1.0"\nwhat = "core:small-provider-hub#summary"\nkind = "safety"\n'
    file.write_text(f'{text}{change}why = "It matters."\n', "utf-8")
    published(newer)
    monkeypatch.setattr(libraries, "content_root", lambda: newer)
    assert ahead(chain, "uni") == []


HOSPITALS = "```{adapt} core:placements#summary\n:kind: context\n:reason: R.\n\nThree hospitals.\n```\n"


@pytest.fixture
def kept(tmp_path: Path) -> Chain:
    """A region that kept its words over a safety change, a university with words of its own, one without."""
    chain = Chain(tmp_path)
    core(chain, "1.0.0")
    chain.edition("region", "core", "", {"a.md": HOSPITALS})
    chain.edition("uni", "region")
    chain.edition("college", "uni", "", {"a.md": HOSPITALS.replace("Three", "Nine")})
    chain.up("region", "uni", "college")
    core(chain, "2.0.0")
    chain.up("region")
    decision = Decision(how=How.KEPT_MINE, by="Lead", reason="They know.", on=DAY)
    done, problems = accept(chain.folder / "region", "core:placements#summary", decision)
    assert done, problems
    chain.up("uni", "college")
    return chain


def reviewed(chain: Chain, name: str) -> dict[str, object]:
    ran = CliRunner().invoke(
        review, [str(chain.folder / name), "placements#summary", "--json"], standalone_mode=False
    )
    (one,) = json.loads(ran.output)
    return one


@pytest.mark.parametrize("name", ["uni", "college"])
def test_the_national_words_that_a_parent_kept_its_own_over_are_shown_below(kept, name):
    one = reviewed(kept, name)
    assert "call 999" in str(one["now"])
    assert "Region has words of its own there" in str(one["message"])
    assert (one["was"], one["whose"], one["safety"], one["open"]) == ("", "the national text", True, True)
    assert str(one["why"]).endswith("Region has words of its own there.")
    assert (str(one["instead"]).strip(), one["whose_instead"]) == ("Three hospitals.", "the text of Region")
    assert "--take-national" not in str(one["choices"])
    assert "of Region changed" not in f"{one['words']} {one['message']}"
    assert "--take-national" not in str(one["message"])
    ran = CliRunner().invoke(check, [str(kept.folder / name), "--release"], standalone_mode=False)
    assert ran.return_value == 1
    assert "Region has words of its own there" in ran.output


def test_the_words_that_stand_there_are_shown_after_the_national_ones(kept, tmp_path):
    folder, page = str(kept.folder / "uni"), tmp_path / "sheet.html"
    printed = CliRunner().invoke(review, [folder, "placements#summary"], standalone_mode=False).output
    CliRunner().invoke(review, [folder, "placements#summary", "--html", str(page)], standalone_mode=False)
    for text in (printed, page.read_text("utf-8")):
        told = [
            text.index(words) for words in ("The national text now", "call 999", "The text of Region now")
        ]
        assert sorted(told) == told
        assert "Three hospitals." in text


def test_what_was_read_can_be_looked_up_again(kept):
    decision = Decision(how=How.SEEN, by="Lead", on=DAY)
    done, problems = accept(kept.folder / "uni", "core:placements#summary", decision)
    assert done, problems
    one = reviewed(kept, "uni")
    assert "call 999" in str(one["now"])
    assert (one["words"], one["open"], one["choices"]) == ("a safety change; read", False, [])


def test_a_decision_of_the_parent_is_told_though_its_text_is_the_same(chain):
    note = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"
    (chain.folder / "region/local").mkdir(exist_ok=True)
    (chain.folder / "region/local/a.md").write_text(note, "utf-8")
    chain.up("region", "uni", "college")
    core(chain, "1.1.0")
    chain.up("region", "uni")
    assert [one.code for one in ahead(chain, "uni")] == []
    before = chain.opened("uni")
    assert "parent-under-review" in [one.code for one in before.problems]
    decision = Decision(how=How.KEPT_MINE, by="Lead", reason="Read.", on=DAY)
    done, problems = accept(chain.folder / "region", "ours", decision)
    assert done, problems
    (problem,) = ahead(chain, "uni")
    assert problem.code == "parent-behind"
    assert problem.message == "region has decided on what this edition waits for."
    ran = CliRunner().invoke(upgrade, [str(chain.folder / "uni")], standalone_mode=False)
    assert "put right" not in ran.output
    assert "What region says of its own text was taken; the text itself is the same." in ran.output
    assert [one.code for one in ahead(chain, "uni")] == []
    assert "parent-under-review" not in [one.code for one in chain.opened("uni").problems]


CITY = """\
:::{case-study} One team in the city
:id: city
:place: The city
:partners: An NHS trust; A university
:resembles: liaison
:shows: named-contacts
:setting: both
:began: 2019
:as-of: 2024-03
:sources: made-up-report

It is like a liaison service.

## The model in NHS terms

Three nurses.

## Outcomes

Nothing was found.

## What is not known

Its cost.

## Against the criteria

- {criterion}`benefit`: not seen. Nobody has looked.
:::

:::{criterion} It costs no more
:id: cost
:sources: made-up-report

Somebody has counted.

## What would show it

Numbers from before and after.
:::
"""


def test_what_is_wrong_in_the_words_of_a_parent_is_told_with_who_can_mend_it(chain):
    chain.edition("region", "core", "", {"a.md": CITY})
    chain.edition("other", "region")
    chain.up("region", "other")
    ran = CliRunner().invoke(check, [str(chain.folder / "other")], standalone_mode=False)
    assert "[assessment-incomplete]" in ran.output
    assert "[parent-unready]" not in ran.output
    assert "the words of Region (region@example.org): ask them to mend it, then upgrade." in ran.output
    ran = CliRunner().invoke(check, [str(chain.folder / "region")], standalone_mode=False)
    assert "[assessment-incomplete]" in ran.output
    assert "ask them" not in ran.output


def test_words_of_a_parent_with_an_error_that_only_a_check_finds_are_not_taken(chain):
    own_note(chain, "region", "Ring {fact}`nobody`.")
    chain.up("region")
    first, second = chain.refused("uni")
    assert (first.code, second.code) == ("missing-base", "unknown-fact")
    assert second.hint == "Ask Region (region@example.org) to mend it."


def test_the_words_of_a_parent_are_not_told_as_taken_back_where_its_folder_of_them_is_gone(chain):
    own_note(chain, "region")
    chain.up("region", "uni")
    shutil.rmtree(chain.folder / "region/local")
    first, second = chain.refused("uni")
    assert (first.code, second.code) == ("missing-base", "local-missing")
    assert [one.code for one in ahead(chain, "uni")] == ["parent-behind", "parent-unready"]


MEANING = "```{adapt} core:access#summary\n:kind: meaning\n:reason: R\n\nWe wait.\n```\n"


def test_that_a_parent_could_not_be_released_reaches_all_who_build_on_it(chain):
    chain.edition("region", "core", "", {"a.md": MEANING})
    chain.up("region", "uni", "college")
    (problem,) = ahead(chain, "uni")
    assert (problem.code, problem.severity) == ("parent-unready", Severity.BLOCKER)
    assert problem.message == (
        "Region, which this edition is based on, could not be released itself: Nobody is named who approved "
        'the change of meaning in "core:access#summary".'
    )
    assert problem.hint.startswith("Ask region@example.org to see to that; then: guidance-kit upgrade ")
    (problem,) = ahead(chain, "college")
    assert problem.message.startswith(
        "Uni, which this edition is based on, waits for another: Region, which its edition is based on, could"
    )
    assert problem.hint.startswith("Ask uni@example.org to ask for that;")
    for command in (check, status):
        ran = CliRunner().invoke(command, [str(chain.folder / "uni")], standalone_mode=False)
        assert ran.return_value == 2
        assert "Nobody is named who approved" in ran.output


def test_more_than_one_thing_that_stops_a_release_of_a_parent_is_counted(chain):
    late = MEANING.replace(":reason: R", ":reason: R\n:review-by: 2020-05")
    chain.edition("region", "core", "", {"a.md": late})
    chain.up("region", "uni")
    (problem,) = ahead(chain, "uni")
    assert problem.message.endswith(" And 1 more.")


def test_a_change_of_substance_in_words_of_a_parent_is_no_safety_change_that_it_kept_them_over(chain):
    note = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"
    chain.edition("uni", "region", "", {"a.md": note})
    chain.up("uni")
    adapt = HOSPITALS.replace("placements", "access")
    chain.edition("region", "core", "", {"a.md": adapt})
    chain.up("region", "uni")
    (standing,) = chain.opened("uni").standings
    assert standing.stale is not None
    assert (str(standing.state), standing.stale.kept) == ("note-check", False)
    (problem,) = (one for one in chain.opened("uni").problems if one.code == "note-check")
    assert "has words of its own" not in problem.message


def doubtful(chain: Chain, how: str) -> None:
    """Make what the region says of its own text a thing that nobody can trust."""
    lock = chain.folder / "region/edition.lock"
    if how == "lock gone":
        lock.unlink()
    elif how == "lock edited":
        lock.write_text(lock.read_text("utf-8").replace("1.0.0", "1.0.9"), "utf-8")
    elif how == "newer tool":
        lock.write_text(lock.read_text("utf-8").replace("lock = 1", "lock = 99"), "utf-8")
    else:
        shutil.rmtree(chain.folder / "region/national")


@pytest.mark.parametrize("how", ["lock gone", "lock edited", "newer tool", "text gone"])
def test_a_parent_whose_own_text_is_doubtful_stops_a_release(chain, how):
    core(chain, "1.1.0")
    doubtful(chain, how)
    (problem,) = ahead(chain, "uni")
    assert problem.code == "base-unknown"
    assert problem.message == (
        'The edition "region", which this one is based on, cannot be read: whether it has a safety change '
        "that this one lacks is not known."
    )
    contact = "its publisher" if how == "text gone" else "region@example.org"
    assert problem.hint.startswith(f"Ask {contact} to mend it; then: guidance-kit upgrade ")
    assert problem.hint.endswith("/uni")
    assert problem.place.path.endswith("uni/edition.lock")


def own_note(chain: Chain, name: str, words: str = "Ours.") -> None:
    file = chain.folder / name / "local/a.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"```{{local-note}} core:access#summary\n:id: ours\n\n{words}\n```\n", "utf-8")


def put_off(chain: Chain, day: dt.date) -> None:
    decision = Decision(how=How.DEFERRED, by="Lead", reason="Later.", until=day, on=DAY)
    done, problems = accept(chain.folder / "region", "ours", decision)
    assert done, problems


def test_what_a_parent_puts_off_to_another_day_is_told(chain):
    own_note(chain, "region")
    chain.up("region", "uni")
    core(chain, "1.1.0")
    chain.up("region")
    put_off(chain, DAY + dt.timedelta(30))
    chain.up("uni")
    assert ahead(chain, "uni") == []
    put_off(chain, DAY + dt.timedelta(60))
    (problem,) = ahead(chain, "uni")
    assert problem.message == "region has decided on what this edition waits for."
    chain.up("uni")
    assert ahead(chain, "uni") == []


def test_other_words_of_a_parent_are_told_with_its_version_if_that_is_new(chain):
    own_note(chain, "region")
    (problem,) = ahead(chain, "uni")
    assert problem.code == "parent-behind"
    assert problem.message == "region says something else than when this edition was composed from it."
    assert problem.hint == (f"See what it asks of you: guidance-kit upgrade {chain.folder / 'uni'} --plan")
    file = chain.folder / "region/edition.toml"
    file.write_text(file.read_text("utf-8").replace('version = "1"', 'version = "2"'), "utf-8")
    (problem,) = ahead(chain, "uni")
    assert problem.message == "region 2 is there; this edition is composed from 1."


def test_what_a_parent_fixes_without_a_word_of_its_own_is_told_and_what_it_makes_wrong_too(chain):
    ours = '\n[facts]\nliaison-team = "Us"\n'
    file = chain.folder / "uni/edition.toml"
    file.write_text(file.read_text("utf-8") + ours, "utf-8")
    chain.up("uni")
    region = chain.folder / "region/edition.toml"
    fixed = '\n[[lock_fact]]\nfact = "liaison-team"\nreason = "One team."\n'
    region.write_text(region.read_text("utf-8") + fixed, "utf-8")
    (problem,) = ahead(chain, "uni")
    assert problem.message == "region says something else than when this edition was composed from it."
    ran = CliRunner().invoke(upgrade, [str(chain.folder / "uni"), "--plan"], standalone_mode=False)
    assert ran.return_value == 1
    assert "To be put right by hand:\n" in ran.output
    assert (
        'edition.toml:10: The value of "liaison-team" is fixed by Region. One team. [fact-locked]'
        in ran.output
    )


def test_another_version_of_the_same_words_is_told_until_it_is_taken(chain):
    file = chain.folder / "region/edition.toml"
    file.write_text(file.read_text("utf-8").replace('version = "1"', 'version = "2"'), "utf-8")
    (problem,) = ahead(chain, "uni")
    assert problem.message == "region 2 is there; this edition is composed from 1."
    ran = CliRunner().invoke(upgrade, [str(chain.folder / "uni"), "--plan"], standalone_mode=False)
    assert "would be composed from region 2; it is now 1." in ran.output
    chain.up("uni")
    assert ahead(chain, "uni") == []
    kept = read_composed(chain.folder / "uni")
    assert kept
    assert kept.version == "2"
    file.write_text(file.read_text("utf-8").replace('version = "2"', 'version = "1.9"'), "utf-8")
    (problem,) = ahead(chain, "uni")
    assert problem.message == "region 1.9, an older version, is there; this edition is composed from 2."
    ran = CliRunner().invoke(upgrade, [str(chain.folder / "uni"), "--plan"], standalone_mode=False)
    assert "would be composed from region 1.9, an older version; it is now 2." in ran.output
    ran = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False)
    assert "Composed from region 2; 1.9, an older version, is there, with " in ran.output


def test_another_edition_in_its_place_is_told_with_both_names(chain):
    chain.edition("county", "core")
    own_note(chain, "county")
    chain.up("county")
    chain.edition("uni", "county")
    (problem,) = ahead(chain, "uni")
    assert problem.code == "other-base"
    assert problem.severity is Severity.BLOCKER
    assert problem.message == (
        "based_on names county now, and this edition is made from region 1: what Region wrote goes with that."
    )
    assert problem.hint == (
        f"If that is meant: guidance-kit upgrade {chain.folder / 'uni'} --plan lists what it changes, and "
        "--other-base takes it. If not, let based_on name region again."
    )


@pytest.mark.parametrize(
    ("gone", "named"),
    [((), "Region"), (("publisher",), "Region edition")],
)
def test_a_parent_is_named_by_whatever_name_it_has(chain, gone, named):
    core(chain, "1.1.0")
    file = chain.folder / "region/edition.toml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith((*gone, "contact"))]
    file.write_text("".join(kept), "utf-8")
    problem = next(one for one in ahead(chain, "uni") if one.code == "newer-core-has-safety")
    assert problem.message.startswith(f"{named}, which this edition is based on, is behind: core 1.1.0 has ")
    assert problem.hint.startswith("Ask its publisher to upgrade its edition; then: ")


def test_what_has_to_be_mended_above_the_parent_is_said_so(chain):
    spoil(chain, "region", "[[[")
    (problem,) = ahead(chain, "college")
    assert problem.message.startswith("Uni, which this edition is based on, has to mend this first: ")
    assert problem.hint.startswith("Ask uni@example.org to mend it; then: ")


def test_one_safety_change_is_counted_as_one(chain):
    core(chain, "1.1.0")
    file = chain.folder / "core/changes.toml"
    file.write_text(file.read_text("utf-8").replace('"safety"', '"substantive"', 1), "utf-8")
    published(chain.folder / "core")
    (problem,) = ahead(chain, "region")
    assert problem.message == f"core 1.1.0 has a safety change that this edition lacks: {WHY}"


def test_an_upgrade_that_is_refused_hides_nothing_that_waits_above(chain):
    """The parent is sound, and the child cannot take it: what is told of the parent is no talk of errors."""
    core(chain, "1.1.0")
    chain.up("region", "uni")
    ran = CliRunner().invoke(upgrade, [str(chain.folder / "region"), "--undo"], standalone_mode=False)
    assert ran.return_value == 0, ran.output
    ran = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False)
    assert ran.return_value == 2
    assert "which is newer" in ran.output
    assert "Region, which this edition is based on, is behind: " in ran.output
    assert "keep it back" not in ran.output


def test_an_installed_parent_of_a_core_that_is_not_there_says_nothing(chain, monkeypatch):
    installed(chain)
    monkeypatch.setattr(libraries, "content_root", lambda: chain.folder / "nowhere")
    assert ahead(chain, "uni") == []


def test_of_what_a_parent_has_taken_and_what_it_lacks_the_first_is_told_alone(chain):
    core(chain, "1.1.0")
    chain.up("region")
    core(chain, "2.0.0")
    (problem,) = ahead(chain, "uni")
    assert problem.message.startswith("region 1 has 2 safety changes that this edition lacks")


@pytest.mark.parametrize(("first", "then"), [("core", "region"), ("region", "core")])
def test_a_library_in_place_of_an_edition_and_the_other_way_round_is_told(chain, first, then):
    chain.edition("town", first)
    chain.up("town")
    chain.edition("town", then)
    (problem,) = ahead(chain, "town")
    assert problem.code == "other-base"
    assert ("its text is not that of a later release" in problem.message) == (first == "core")


def test_a_safety_change_of_what_a_parent_left_out_is_none_that_its_child_lacks(chain):
    left_out = '[[leave_out]]\nitem = "core:small-provider-hub"\nreason = "None here."\n'
    chain.edition("region", "core", left_out)
    chain.up("region", "uni")
    core(chain, "1.1.0")
    file = chain.folder / "core/changes.toml"
    text = file.read_text("utf-8").replace('"safety"', '"substantive"')
    change = '\n[[change]]\nrelease = "1.1.0"\nwhat = "core:small-provider-hub#summary"\nkind = "safety"\n'
    file.write_text(f'{text}{change}why = "It matters."\n', "utf-8")
    published(chain.folder / "core")
    chain.up("region")
    assert [one.code for one in ahead(chain, "uni")] == ["parent-behind"]


@pytest.mark.parametrize("local", [{}, {"a.md": HOSPITALS}])
def test_what_waits_for_a_parent_is_no_error_that_keeps_its_text_back(chain, local):
    chain.edition("region", "core", "", local)
    chain.up("region", "uni")
    core(chain, "2.0.0")
    chain.up("region")
    base = chain.opened("uni").base
    assert chain.opened("region").problems
    assert above(chain.folder / "uni", "../region", base) == ()


def test_what_is_made_from_the_library_itself_is_not_told_of_it_twice(chain, monkeypatch):
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "1.1.0")
    assert ahead(chain, "region") == []


def test_an_installed_parent_whose_releases_nobody_knows_says_nothing(chain, monkeypatch):
    installed(chain)
    monkeypatch.setattr(libraries, "content_root", lambda: RELEASES / "1.1.0")
    base = attrs.evolve(chain.opened("uni").base, history=History())
    assert above(chain.folder / "uni", "../made/guidance_region/library", base) == ()


def test_an_installed_library_that_does_not_know_the_text_of_a_parent_says_nothing(chain, monkeypatch):
    installed(chain)
    other = chain.folder / "other"
    shutil.copytree(RELEASES / "1.1.0", other)
    (other / "history.json").unlink()
    monkeypatch.setattr(libraries, "content_root", lambda: other)
    assert ahead(chain, "uni") == []


@pytest.mark.parametrize("name", ["region", "uni"])
def test_a_copy_that_is_half_one_release_and_half_another_stops_a_release(chain, name):
    for folder in ("challenges", "solutions"):
        shutil.copytree(RELEASES / "2.0.0" / folder, chain.folder / "core" / folder, dirs_exist_ok=True)
    (problem,) = ahead(chain, name)
    assert problem.code == "base-unknown"
    assert "is that of no release of it" in problem.message
    assert [one.code for one in chain.refused("region")] == ["base-not-genuine"]


def test_a_safety_change_of_what_a_library_does_not_have_is_not_taken_for_nothing(chain):
    core(chain, "1.1.0")
    file = chain.folder / "core/changes.toml"
    file.write_text(
        file.read_text("utf-8").replace("immediate-danger#first-steps", "immediate-danger#frist"), "utf-8"
    )
    (problem,) = ahead(chain, "region")
    assert problem.code == "base-unknown"
    assert (
        'declares a safety change of "core:immediate-danger#frist", which it does not have.'
        in problem.message
    )
    assert [one.code for one in chain.refused("region")] == ["base-not-genuine"]


def test_an_edition_with_words_of_its_own_and_no_trace_of_a_lock_reads_every_safety_change(chain):
    core(chain, "2.0.0")
    root = chain.folder / "region"
    for name in ("national", ".guidance"):
        shutil.rmtree(root / name)
    (root / "edition.lock").unlink()
    chain.up("region")
    assert chain.opened("region").news == ()  # it says nothing of its own: a new edition
    own_note(chain, "region")
    shutil.rmtree(root / "national")
    shutil.rmtree(root / ".guidance")
    (root / "edition.lock").unlink()
    chain.up("region")
    assert len([one for one in chain.opened("region").news if one.what is What.SAFETY]) == 4


def test_what_is_asked_anew_leaves_new_items_out_as_long_as_nobody_took_them(chain):
    own_note(chain, "region")
    chain.up("region")
    core(chain, "1.1.0")
    chain.up("region")
    assert "core:waiting-well" in [one.target for one in chain.opened("region").news]
    done, problems = upgrade_again(chain.folder / "region", DAY, anew=True)
    assert done, problems
    opened = chain.opened("region")
    assert "core:waiting-well" in [one.target for one in opened.news]
    assert "core:waiting-well" not in opened.edition.by_id


def test_who_has_to_decide_is_named_at_every_level(chain):
    own_note(chain, "region")
    file = chain.folder / "uni/local/a.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HOSPITALS.replace("placements", "access"), "utf-8")
    chain.up("region", "uni", "college")
    core(chain, "1.1.0")
    chain.up("region")
    put_off(chain, DAY + dt.timedelta(30))
    chain.up("uni", "college")
    (problem,) = (one for one in chain.opened("college").problems if one.code.startswith("parent-"))
    assert "and Region (region@example.org) has put its review off until 25 December 2026" in problem.message


@pytest.mark.parametrize("adapts_first", [True, False])
def test_the_words_that_stood_beneath_are_called_whose_they_were_as_far_as_that_is_known(
    tmp_path, adapts_first
):
    chain = Chain(tmp_path)
    core(chain, "1.0.0")
    note = "```{local-note} core:placements#summary\n:id: ours\n\nOurs.\n```\n"
    chain.edition("region", "core", "", {"a.md": HOSPITALS if adapts_first else ""})
    chain.edition("uni", "region", "", {"n.md": note})
    chain.up("region", "uni")
    chain.edition("region", "core", "", {"a.md": "" if adapts_first else HOSPITALS})
    chain.up("region", "uni")
    one = reviewed(chain, "uni")
    named = ("what stood there", "the national text"), ("the national text", "the text of Region")
    assert (one["whose_then"], one["whose"]) == named[not adapts_first]
    ran = CliRunner().invoke(review, [str(chain.folder / "uni")], standalone_mode=False)
    assert ("What stood there then:" in ran.output) == adapts_first


def test_an_error_that_the_core_has_by_itself_keeps_nothing_back(tmp_path):
    chain = Chain(tmp_path)
    chain.core({"challenges/access.md": (":sources: one", ":sources: nowhere")})
    chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.up("region", "uni")
    ran = CliRunner().invoke(check, [str(chain.folder / "uni")], standalone_mode=False)
    assert "[unknown-source]" in ran.output


def test_an_error_of_a_parent_does_not_hide_that_its_words_wait(chain):
    chain.edition("region", "core", "", {"a.md": MEANING})
    chain.up("region", "uni", "college")
    spoil(chain, "region", '\n[[leave_out]]\nitem = "core:nowhere"\nreason = "R"\n')
    for name in ("uni", "college"):
        assert "parent-unready" in [one.code for one in ahead(chain, name)]


def test_that_a_parent_names_another_base_reaches_those_below(chain):
    file = chain.folder / "uni/edition.toml"
    file.write_text(file.read_text("utf-8").replace('"../region"', '"../core"'), "utf-8")
    (problem,) = ahead(chain, "college")
    assert problem.code == "other-base"
    assert problem.message.startswith(
        "Uni, which this edition is based on, has to decide on this first: based_on"
    )
    assert problem.hint.startswith("Ask uni@example.org to do that;")
    ran = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False)
    assert ran.return_value == 2
    made, (refused,) = flatten(chain.folder / "college", chain.folder / "flat", DAY)
    assert (made, refused.code) == (None, "other-base")


DANGER = """\
:::{solution} Danger here
:id: danger-here
:addresses: access
:status: proposed
:sources: made-up-report
:protection: safety

Ring.

## How it works

So.

## First steps

Begin.
:::
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (DANGER, "newer-core-has-safety"),
        (DANGER.replace("protection: safety", "protected-parts: summary: safety"), "newer-core-has-safety"),
        (DANGER.replace(":protection: safety\n", ""), "parent-behind"),
    ],
    ids=["item", "part", "open"],
)
def test_wording_for_safety_that_a_parent_adds_stops_a_release_until_it_is_taken(chain, text, code):
    chain.edition("region", "core", "", {"a.md": text})
    chain.up("region")
    (problem,) = ahead(chain, "uni")
    assert problem.code == code
    told = '"Danger here" is new there, with wording for safety.' in problem.message
    assert told == (code != "parent-behind")
    chain.up("uni")
    assert ahead(chain, "uni") == []
    chain.write("region", {"local/more.md": "```{local-note} core:access\n:id: more\n\nMore.\n```\n"})
    assert [one.code for one in ahead(chain, "uni")] == ["parent-behind"]


def test_that_what_is_newer_is_a_draft_is_told(chain):
    own_note(chain, "region")
    file = chain.folder / "region/edition.toml"
    file.write_text(file.read_text("utf-8").replace('version = "1"', 'version = "2.dev0"'), "utf-8")
    (problem,) = ahead(chain, "uni")
    assert (
        problem.message == "region 2.dev0, a draft and no release, is there; this edition is composed from 1."
    )
    args = [str(chain.folder / "uni"), "--plan"]
    told = CliRunner().invoke(upgrade, args, standalone_mode=False).output
    assert "composed from region 2.dev0, a draft and no release; it is now 1." in told
    told = CliRunner().invoke(status, [str(chain.folder / "uni")], standalone_mode=False).output
    assert "2.dev0, a draft and no release, is there" in told


@pytest.mark.parametrize(
    ("code", "reaches"),
    [
        ("not-approved", False),
        ("fact-expired", False),
        ("local-missing", False),
        ("fact-check", True),
        ("left-out-changed", True),
        ("note-check", True),
        ("parent-under-review", True),
        ("safety-unread", True),
        ("stale", True),
        ("assessment-incomplete", True),
        ("fact-missing", True),
        ("new-items-waiting", True),
        ("orphaned", True),
        ("split-choice", True),
        ("parent-put-off", True),  # it stops nothing
    ],
)
def test_what_reaches_those_below_in_another_way_is_not_told_twice(code, reaches):
    one = Problem(code, "It waits.")
    assert what_stops([one]) == ([] if reaches else [one])
