"""Conservation of local work: each block is applied, unused, waits or lies in the attic, and is only one of these."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from composing.small_worlds import Op
from desk import Desk, desk
from hypothesis import given, note
from hypothesis import strategies as st
from small_releases import law, stories
from test_laws_of_accepting import decide, offered, waits

from guidance_kit.model.edition import ComposedItem, Edition
from guidance_kit.model.overlay import Adapt, Add, Note
from guidance_kit.problems import Place
from guidance_kit.upgrading import Opened

pytestmark = pytest.mark.long

#: What tells that a block comes to nothing, and what that it waits until somebody has chosen a place for it.
UNUSED = {"unused", "no-op-adaptation", "fixed-wording", "unknown-target", "unknown-part"}
HOMELESS = {"orphaned", "split-choice"}
MARK = re.compile(r"mark\d+q")
FOUND: Counter[str] = Counter()


def marked(ops: list[Op]) -> list[Op]:
    """Return operations each of whose blocks bears a word of its own."""
    found = []
    for at, op in enumerate(ops):
        mark = f" mark{at}q"
        if op["op"] == "add":
            found.append({**op, "parts": {key: f"{text}\n\nSee{mark}." for key, text in op["parts"].items()}})
        elif op["op"] in ("adapt", "note"):
            one_line = op.get("part") == "title" and op["op"] == "adapt"
            found.append({**op, "text": op["text"] + (mark if one_line else f"\n\nSee{mark}.")})
        else:
            found.append(op)
    return found


def stands_in(edition: Edition) -> dict[Place, set[str]]:
    """Return what the composed items hold of each block, by where it is written."""
    found: dict[Place, set[str]] = defaultdict(set)
    for state in edition.composed:
        for place, how in held_by(state):
            found[place].add(how)
    return found


def held_by(state: ComposedItem) -> Iterator[tuple[Place, str]]:
    for part in state.parts:
        if part.adapted:
            yield part.adapted.origin, "applied"
        if part.held:
            yield part.held.origin, "waiting"
        yield from ((one.origin, "waiting" if part.is_held(one) else "applied") for one in part.notes)
    yield from ((one.origin, "applied") for one in state.notes)
    if state.added:
        yield state.added.origin, "waiting" if state.added.beside else "applied"


def words_of(block: Adapt | Note | Add) -> str:
    return block.text if not isinstance(block, Add) else "\n".join(block.item.parts.values())


def cases_of(one: Opened) -> dict[str, list[set[str]]]:
    """Return in which cases of the law each block in ``local`` is, by the word that it bears."""
    stands, told = stands_in(one.edition), defaultdict(set)
    for problem in one.problems:
        told[problem.place].add(problem.code)
    shown = "\n".join(page.text for page in one.edition.pages)
    found: dict[str, list[set[str]]] = defaultdict(list)
    for block in (*one.overlay.adaptations, *one.overlay.notes, *one.overlay.adds):
        cases = set(stands[block.origin])
        there = isinstance(block, Add) and bool(cases)  # it stands, and what is told is of what it replaces
        cases |= {"unused"} if told[block.origin] & UNUSED and not there else set()
        cases |= {"waiting"} if told[block.origin] & HOMELESS and not there else set()
        for mark in set(MARK.findall(words_of(block))):
            found[mark].append(cases)
            assert mark in shown or "applied" not in cases, (mark, cases)
            assert mark not in shown or stands[block.origin], (mark, cases)
    return found


def conserved(made: Desk, marks: set[str]) -> None:
    """Check that each block is in one of the cases, and that its words are on the disk."""
    live = cases_of(made.opened())
    local = b"\n".join(made.files("local/").values()).decode()
    attic = b"\n".join(made.files("attic/").values()).decode()
    for mark in marks:
        cases = live.get(mark, [{"attic"}] if re.search(rf"\b{mark}\b", attic) else [])
        assert [len(some) for some in cases] == [1], (mark, cases)
        assert re.search(rf"\b{mark}\b", local if mark in live else attic)
        FOUND.update(cases[0])


@law(40)
@given(stories(3, 2), st.data())
def each_block_is_in_one_case(story: tuple, data: st.DataObject) -> None:
    (core, *later), ops = story
    ops = marked(ops)
    with desk(core) as made:
        made.work(ops)
        marks = set(MARK.findall(b"".join(made.files("local/").values()).decode()))
        conserved(made, marks)
        made.up()
        conserved(made, marks)
        for new in later:
            made.publish(new)
            made.up()
            conserved(made, marks)
        for _ in range(2):
            if waiting := waits(made):
                one = data.draw(st.sampled_from(waiting))
                how = data.draw(st.sampled_from(offered(one)))
                note(f"{one.called} {one.state} {how}")
                decide(made, one, how)
                conserved(made, marks)


def test_before_and_after_every_command_each_block_is_applied_unused_waiting_or_in_the_attic() -> None:
    FOUND.clear()
    each_block_is_in_one_case()
    assert min(FOUND[case] for case in ("applied", "unused", "waiting", "attic")) > 10, FOUND
