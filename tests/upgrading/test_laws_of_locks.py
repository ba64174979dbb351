"""What the tool writes it reads again; what somebody else writes there is told, and never an exception."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from random import Random
from typing import get_type_hints

import attrs
import pytest
from desk import DAY, MEMORY, Desk, desk
from hypothesis import given
from hypothesis import strategies as st
from small_releases import law, stories

from guidance_kit.checking import check_edition
from guidance_kit.model.lock import Composed, How, Lock, Reviewed, Waiting, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import NOWHERE, Problem
from guidance_kit.reading.decisions import (
    decision_id,
    decision_path,
    decision_stem,
    decision_text,
    read_decisions,
)
from guidance_kit.reading.locks import LOCK, lock_text, read_lock
from guidance_kit.upgrading import Decision, accept, accept_editorial, open_edition, plan_upgrade, upgrade
from guidance_kit.upgrading.reviewing import compared

pytestmark = pytest.mark.long

# Any text at all but for what no TOML file can hold (half a character) and what no text file may (NUL).
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
some = st.one_of(
    words, st.sampled_from(["core:aa", "core:aa#summary", "fp1:12", '"', "\\", "a\r\nb", "\u2028", " x "])
)
held = some.filter(bool)  # what has always something in it
dates = st.dates(dt.date(1, 1, 1))
OF_TYPE = {
    str: some, What: st.sampled_from(What), How: st.sampled_from(How), ChangeKind: st.sampled_from(ChangeKind),
    dt.date | None: st.none() | dates, tuple[str, ...]: st.lists(held, max_size=2).map(tuple),
}  # fmt: skip


def drawn(cls: type, **known: st.SearchStrategy) -> st.SearchStrategy:
    """Return a strategy of values of a class with every field drawn: one that is added later too, by its type."""
    hints = get_type_hints(cls)
    names = [one.name for one in attrs.fields(cls)]
    return st.builds(cls, **{name: known[name] if name in known else OF_TYPE[hints[name]] for name in names})


waitings = drawn(Waiting, target=held)
reviews = drawn(Reviewed, target=held, origin=st.just(NOWHERE))
composeds = drawn(Composed, id=held, content=held)
OF_TYPE |= {Composed | None: composeds, tuple[Waiting, ...]: st.lists(waitings, max_size=3).map(tuple)}
# the edition is always named, and its decisions are in files of their own
locks = drawn(Lock, edition=held, reviewed=st.just({}), outdated=st.just(()))


def written(root: Path, lock: Lock, *decisions: Reviewed) -> Path:
    root.joinpath(LOCK).write_bytes(lock_text(lock).encode())
    for one in decisions:
        path = root / decision_path(one)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(decision_text(one).encode())
    return root


def in_order(lock: Lock) -> dict[str, object]:
    """Return every field of a lock, rows in one order."""
    said = attrs.asdict(lock, recurse=False)
    rows = {name: sorted(some, key=repr) for name, some in said.items() if isinstance(some, tuple)}
    return said | rows | {"reviewed": dict(lock.reviewed)}


def of(lock: Lock, one: Reviewed, *, says_so: bool) -> Reviewed:
    """Return a decision of the edition that the lock is of, whether or not it says so."""
    return attrs.evolve(one, edition=lock.edition if says_so else "")


@law(150)
@given(locks, reviews, st.booleans())
def test_round_trip_a_lock_and_a_decision_are_read_as_they_were_written(
    lock: Lock,
    one: Reviewed,
    says_so: bool,  # noqa: FBT001 - drawn
) -> None:
    one = of(lock, one, says_so=says_so)
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        read, problems = read_lock(written(Path(folder), lock, one))
    assert problems == ()
    assert read is not None
    assert in_order(read) == in_order(attrs.evolve(lock, reviewed={one.key: one}))
    assert lock_text(read) == lock_text(lock)
    assert decision_text(read.reviewed[one.key]) == decision_text(one)


slugs = st.sampled_from(["aa", "bb", "aa-bb", "title", "summary", "fact", "page"])
ids = st.builds("{}:{}".format, st.sampled_from(["core", "northtown", "aa", "title"]), slugs)
parts = st.builds("{}#{}".format, ids, st.sampled_from(["title", "summary", "first-steps", "aa"]))
pages = st.sampled_from(
    ["page:index", "page:a/b", "page:a.b", "page:a-b", "page:A", "page:a", "page:\u00e9", "page:\u00fc"]
)
keys = st.one_of(
    st.tuples(st.just(What.ADAPT), parts, st.just("")),
    st.tuples(st.just(What.NOTE), st.one_of(ids, parts), ids),
    st.tuples(st.just(What.LEAVE_OUT), ids, st.just("")),
    st.tuples(st.just(What.REPLACE), ids, ids),
    st.tuples(st.just(What.FACT), st.builds("fact:{}".format, slugs), st.one_of(st.just(""), ids)),
    st.tuples(st.just(What.PAGE), pages, st.just("")),
    st.tuples(st.sampled_from([What.SAFETY, What.NEW_ITEM]), st.one_of(ids, parts), st.just("")),
)


@law(400)
@given(keys, keys)
def test_two_decisions_never_share_a_file(one: tuple, other: tuple) -> None:
    first, second = (
        Reviewed(what=what, target=target, name=name, base="") for what, target, name in (one, other)
    )
    stems = decision_stem(first).casefold(), decision_stem(second).casefold()
    assert (stems[0] == stems[1]) == (first.key == second.key)


@law(300)
@given(st.lists(reviews, max_size=4, unique_by=lambda one: one.how), st.sampled_from([0, 1, 2]), st.randoms())
def test_copies_of_a_folder_are_put_together_in_any_order(
    some: list[Reviewed], shared: int, chance: Random
) -> None:
    """Records are only added up: what was written in place of another stands, whichever copy comes last."""
    about = {"what": What.ADAPT, "target": "core:aa#summary", "name": ""}
    chain: list[Reviewed] = []
    for one in some[:shared] or some[:1]:
        olds = tuple(decision_id(old) for old in chain)
        chain.append(attrs.evolve(one, replaces=olds, **about))
    every = [*chain, *some[shared:]]
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        root = written(Path(folder), Lock(), *every)
        read, problems = read_decisions(root)
        again = written(Path(folder), Lock(), *chance.sample(every, len(every)))
        assert read_decisions(again)[0] == read
    assert {problem.code for problem in problems} <= {"decided-twice"}
    keys = {one.key for one in some[shared:]}
    if chain and chain[-1].key not in keys:
        assert read.standing[chain[-1].key] == chain[-1]
    assert set(read.standing.values()) | set(read.outdated) == set(every)


@law(200)
@given(locks, reviews, st.data())
def test_a_character_changed_by_hand_is_told_or_changes_nothing(
    lock: Lock, one: Reviewed, data: st.DataObject
) -> None:
    """A comment or the space around a value may change: what cannot happen is that it says something else."""
    one = of(lock, one, says_so=data.draw(st.booleans()))
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        root = written(Path(folder), lock, one)
        path = data.draw(st.sampled_from([root / LOCK, root / decision_path(one)]))
        text = path.read_bytes().decode()
        at = data.draw(st.integers(0, len(text) - 1))
        char = data.draw(
            st.one_of(st.sampled_from("\"'=[]#\n\\ 0a"), st.characters(exclude_categories=["Cs"]))
        )
        was, problems = read_lock(root)
        path.write_bytes(f"{text[:at]}{char}{text[at + 1 :]}".encode())
        now, told = read_lock(root)
    assert problems == ()
    assert was is not None
    codes = {problem.code for problem in told}
    # of a lock that names another edition the records are those of another, and that is told beside it
    if codes & {"lock-edited", "newer-tool"} and codes <= {"lock-edited", "newer-tool", "wrong-space"}:
        return
    assert told == ()
    assert now is not None
    assert in_order(now) == in_order(was)


# Totality.

FILES = (
    "edition.lock", ".guidance/reviewed/x.toml", "national/library.toml", "national/changes.toml",
    "national/history.json", "national/facts.toml", "national/challenges/index.md", "national/index.md",
    "local/ours-0.md", ".guidance/undo/0001/undo.json", ".guidance/journal/commit.json", "national/new.md",
)  # fmt: skip
LINES = (
    "lock = 1", "lock = 2", "lock = []", "lock = true", 'seal = "x"', "seal = 3", "[base]", 'id = "core"', "id = 3",
    'content = "fp1:00"', "base = 3", "base = []", "[[waiting]]", "[[updated]]", "waiting = 3", "waiting = [3]",
    'what = "safety"', 'what = "new-item"', 'what = "adapt"', "what = 1", 'kind = "safety"', 'kind = "grave"', "kind = 3",
    'target = "core:aa"', 'target = "core:aa#summary"', 'version = "1.0.0"', "on = 2026-05-12", "on = 2026-05-12T10:00:00",
    'on = "2026"', "until = 3", 'how = "created"', 'how = "x"', 'base = "fp1:00"', "local = {}", "[[release]]",
    "[[change]]", "[[moved]]", 'old = "core:aa"', 'new = "core:aa"', 'new = "core:bb"', "[[split]]", 'into = ["core:aa"]',
    "[[withdrawn]]", 'release = "1.0.0"', "why = 3", '{"format": 1, "releases": [{}]}', '{"format": 1, "files": 3}',
)  # fmt: skip
BITS = (
    ":::",
    "```",
    "{challenge} T",
    ":id: aa",
    "## x",
    "{fact}`places`",
    "\n",
    "\n",
    "<!--",
    "\ufeff",
    "\0",
    "\r",
    "]",
)
junk = st.one_of(
    st.binary(max_size=40),
    st.lists(st.sampled_from(BITS), max_size=9).map("".join).map(str.encode),
    st.lists(st.sampled_from(LINES), max_size=9).map("\n".join).map(str.encode),
)


def whatever_is_asked(made: Desk) -> list[Problem]:
    """Return every problem of every command that can be asked of an edition."""
    opened, found = open_edition(made.root, DAY)
    told = [*found]
    if opened:
        told += check_edition(opened.edition, DAY)
        compared(opened)
        for one in opened.standings:
            told += accept(
                made.root, one.artefact.name or one.artefact.target, Decision(how=How.KEPT_MINE, on=DAY)
            )[1]
        for new in opened.news:
            told += accept(made.root, new.target, Decision(how=How.SEEN, on=DAY))[1]
    told += accept_editorial(made.root, Decision(how=How.KEPT_MINE, on=DAY))[1]
    told += plan_upgrade(made.root, DAY)[1]
    return [*told, *upgrade(made.root, DAY)[1]]


@law(120)
@given(stories(), junk, st.sampled_from(FILES), st.integers(0, 2))
def test_any_bytes_in_any_file_of_the_tool_give_problems_and_never_an_exception(
    story: tuple, data: bytes, name: str, how: int
) -> None:
    (core, new), ops = story
    with desk(core) as made:
        made.work(ops)
        made.up()
        made.publish(new)
        if how == 1:
            made.up()
        path = made.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes() if path.exists() and how == 2 else b""
        path.write_bytes(old + b"\n" + data)
        problems = whatever_is_asked(made)
    assert all(problem.message and str(problem).strip() for problem in problems)
    assert all(problem.place.path.startswith(str(made.folder)) for problem in problems if problem.place.path)
