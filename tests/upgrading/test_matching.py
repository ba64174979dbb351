"""Which record a piece of local work has, where its name changed or its record is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_core import release, started, take

from guidance_kit.model.library import Library
from guidance_kit.model.lock import LOST, How, Lock, Reviewed, Waiting, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading import open_edition
from guidance_kit.upgrading.artefacts import Artefact, print_of
from guidance_kit.upgrading.matching import decisions_on

WAIT, LIMITS, NOW = "core:access#summary", "core:referral#limits", "core:referral#what-it-takes"
NOTE = "```{{local-note}} core:access#summary\n:id: {id}\n\n{words}\n```\n"


@pytest.fixture(scope="module")
def base() -> Library:
    return release("2.0.0")


def note(name: str, words: str, target: str = WAIT) -> Artefact:
    return Artefact(what=What.NOTE, target=target, name=name, local=words)


def record(name: str, words: str, beside: str, target: str = WAIT, what: What = What.NOTE) -> Reviewed:
    return Reviewed(what=what, target=target, name=name, local=words, base=beside)


def found(base: Library, known: tuple[Reviewed, ...], *work: Artefact, recorded: tuple[str, ...] = ()) -> str:
    """Return beside what the first piece of work was looked at; empty if there is no record of it."""
    lock = Lock(reviewed={one.key: one for one in known}, recorded=recorded)
    one = decisions_on(base, lock, work).get(work[0].key)
    return one.base if one else ""


def test_the_same_words_under_a_new_id_have_the_record_of_the_old_one(base: Library):
    now = print_of(base, WAIT)
    for beside in ("fp1:older", now):
        assert found(base, (record("n1", "A", beside),), note("n2", "A")) == beside


def test_other_words_under_a_new_id_wait_as_those_did_that_are_gone(base: Library):
    assert found(base, (record("n1", "A", "fp1:older"),), note("n2", "B")) == "fp1:older"


def test_other_words_are_new_where_those_that_are_gone_waited_for_nobody(base: Library):
    assert found(base, (record("n1", "A", print_of(base, WAIT)),), note("n2", "B")) == ""


def test_of_several_that_are_gone_the_same_words_count_first(base: Library):
    known = (record("n1", "A", "fp1:older"), record("n2", "B", "fp1:old"))
    assert found(base, known, note("n3", "B")) == "fp1:old"
    assert found(base, known, note("n3", "C")) == "fp1:older"


def test_work_that_stands_lends_its_record_to_no_other(base: Library):
    known = (record("n1", "A", "fp1:older"),)
    for words in ("A", "B"):
        assert found(base, known, note("n2", words), note("n1", "A")) == ""


def test_what_is_gone_is_found_by_the_name_that_its_place_has_now(base: Library):
    known = (record("n1", "A", "fp1:older", LIMITS),)
    assert found(base, known, note("n2", "A", NOW)) == "fp1:older"
    assert found(base, known, note("n1", "B", NOW)) == "fp1:older"


def test_other_words_in_a_place_that_moved_have_the_record_of_that_place(base: Library):
    now = print_of(base, NOW)
    known = (record("", "A", now, LIMITS, What.ADAPT),)
    words = Artefact(what=What.ADAPT, target=NOW, local="B")
    assert found(base, known, words) == now
    assert found(base, (*known, record("", "A", "fp1:new", NOW, What.ADAPT)), words) == "fp1:new"


def test_another_value_in_an_item_that_moved_has_the_record_of_that_item(base: Library):
    team = "fact:liaison-team"
    known = (record("core:two-homes", "A", print_of(base, team), team, What.FACT),)
    value = Artefact(what=What.FACT, target=team, name="core:two-addresses", local="B")
    assert found(base, known, value) == print_of(base, team)


def test_what_is_gone_counts_for_its_own_place_and_kind_only(base: Library):
    assert found(base, (record("n1", "A", "fp1:older", NOW),), note("n2", "A")) == ""
    known = (record("n1", "A", "fp1:older", what=What.REPLACE),)
    assert found(base, known, note("n2", "A")) == ""


def test_a_record_of_its_own_comes_before_that_of_what_is_gone(base: Library):
    known = (record("n1", "A", "fp1:older"), record("n2", "A", "fp1:own"))
    assert found(base, known, note("n2", "A")) == "fp1:own"


def test_words_that_were_put_away_are_back_under_a_new_id_too(base: Library):
    away = Reviewed(
        what=What.NOTE, target=WAIT, name="n1", base="", local="A", before="A", how=How.TOOK_NATIONAL
    )
    assert found(base, (away,), note("n2", "A")) == LOST
    assert found(base, (away,), note("n2", "B")) == ""


def test_words_from_before_an_edit_are_back_under_a_new_id_too(base: Library):
    edited = Reviewed(
        what=What.NOTE, target=WAIT, name="n1", base=print_of(base, WAIT), local="B", before="A"
    )
    assert found(base, (edited,), note("n2", "A")) == LOST
    assert found(base, (edited,), note("n2", "B")) == edited.base


def test_a_record_that_is_lost_is_so_under_a_new_id_too(base: Library):
    had = (f"note {WAIT} n1",)
    assert found(base, (), note("n2", "B"), recorded=had) == LOST
    assert found(base, (), note("n2", "B", NOW), recorded=had) == ""
    assert found(base, (), note("n2", "B"), note("n1", "A"), recorded=had) == ""
    known = (record("n1", "A", print_of(base, WAIT)),)
    assert found(base, known, note("n2", "B"), recorded=had) == ""


def test_nothing_that_waits_ends_when_its_id_changes(tmp_path: Path):
    root = started(tmp_path, NOTE.format(id="one", words="It is four weeks."))
    take(root, "1.0.0")
    take(root, "1.1.0")
    for id_, words in (("two", "It is four weeks."), ("three", "It is five weeks.")):
        (root / "local" / "ours.md").write_text(NOTE.format(id=id_, words=words), "utf-8")
        assert waits(root) == [f"ours:{id_}"]
    take(root, "2.0.0")
    assert waits(root) == ["ours:three"]


def waits(root: Path) -> list[str]:
    opened, problems = open_edition(root)
    assert opened is not None, problems
    return [one.artefact.name for one in opened.standings if one.open]


@pytest.mark.parametrize(("older", "beside"), [("fp1:older", LOST), ("", "")], ids=["changed", "new"])
def test_words_beside_what_is_new_for_safety_were_written_beside_it(base: Library, older: str, beside: str):
    came = Waiting(what=What.UPDATED, target=WAIT, kind=ChangeKind.SAFETY, version="2.0.0", base=older)
    one = note("n1", "A")
    known = decisions_on(base, Lock(updated=(came,)), [one]).get(one.key)
    assert (known.base if known else "") == beside
