"""The laws of deciding: each decision is about one thing, ends it, and loses no word (rules, section 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from desk import DAY, LOCAL, Desk, desk, states_key
from hypothesis import assume, given, note
from hypothesis import strategies as st
from small_releases import law, stories

from guidance_kit.checking import check_edition
from guidance_kit.model.lock import How, What
from guidance_kit.problems import worst
from guidance_kit.upgrading import Decision, accept, open_edition
from guidance_kit.upgrading.artefacts import print_of
from guidance_kit.upgrading.comparing import Compared
from guidance_kit.upgrading.reviewing import compared

pytestmark = pytest.mark.long

HOWS = {
    "--keep-mine": How.KEPT_MINE, "--take-national": How.TOOK_NATIONAL, "--use-merged": How.USED_MERGED,
    "--as-local": How.AS_LOCAL, "--attic": How.LEFT_OUT, "--seen": How.SEEN, "--defer": How.DEFERRED,
}  # fmt: skip
STAYS = (How.KEPT_MINE, How.SEEN, How.DEFERRED)
#: What tells that somebody has still to decide.
OPEN_CODES = {
    "stale", "note-check", "fact-check", "left-out-changed", "safety-unreviewed", "safety-unread", "orphaned",
    "split-choice", "new-items-waiting",
}  # fmt: skip


@contextmanager
def upgraded(story: tuple) -> Iterator[Desk]:
    """Give a desk whose edition was upgraded from the first release of a story to the last."""
    (core, *later), ops = story
    with desk(core) as made:
        made.work(ops)
        made.up()
        for new in later:
            made.publish(new)
        made.up()
        yield made


def waits(made: Desk) -> tuple[Compared, ...]:
    return compared(made.opened())


def offered(one: Compared) -> list[How]:
    return [HOWS[choice] for choice in one.choices if choice in HOWS]


def decision(how: How) -> Decision:
    until = DAY + dt.timedelta(days=90) if how is How.DEFERRED else None
    return Decision(how=how, by="Lead", reason="We looked.", until=until, on=DAY)


def decide(made: Desk, one: Compared, how: How) -> bool:
    done, problems = accept(made.root, one.called, decision(how))
    assert done is not None, (one, how, problems)
    return done.changed


def names_of(one: Compared) -> list[str]:
    """Return what a person may write to name a thing: as it is called, and what it is about."""
    return sorted({one.called, one.target, one.target.partition("#")[0]})


def words_of(made: Desk) -> list[str]:
    """Return every local text that stands in the edition."""
    overlay = made.opened().overlay
    texts = [op.text for op in (*overlay.adaptations, *overlay.notes)]
    texts += [text for add in overlay.adds for text in (add.item.title, *add.item.parts.values())]
    texts += [page.text for page in overlay.pages] + [value.value for value in overlay.values]
    return [*texts, *(left.reason for left in overlay.leave_out)]


def lost(made: Desk, words: list[str]) -> list[str]:
    """Return the texts that are on the disk no longer."""
    held = [data.decode() for data in made.files(*LOCAL).values()]
    return [text for text in words if not any(text.strip() in one for one in held)]


@law(60)
@given(stories(3, 2), st.data())
def test_accept_terminates_each_choice_offered_is_accepted_and_leaves_less_to_decide(
    story: tuple, data: st.DataObject
) -> None:
    with upgraded(story) as made:
        words = words_of(made)
        while waiting := waits(made):
            one = data.draw(st.sampled_from(waiting))
            how = data.draw(st.sampled_from(offered(one)))
            note(f"{one.called} {one.state} {how}")
            assert decide(made, one, how)
            assert len(waits(made)) < len(waiting)
            assert lost(made, words) == []
        opened = made.opened()
        assert OPEN_CODES & {problem.code for problem in opened.problems} == set()
        assert not any(one.open for one in opened.standings)
        assert opened.news == ()


@law(40)
@given(stories(2, 2), st.data())
def test_accept_is_idempotent(story: tuple, data: st.DataObject) -> None:
    with upgraded(story) as made:
        waiting = waits(made)
        assume(waiting)
        one = data.draw(st.sampled_from(waiting))
        how = data.draw(st.sampled_from(offered(one)))
        work = [each.artefact for each in made.opened().standings if each.artefact.called != one.called]
        others = {name for art in work for name in (art.called, art.target, art.item)}
        others |= {name for other in waiting if other is not one for name in names_of(other)}
        names = [name for name in names_of(one) if name not in others]  # or it would mean another thing
        assume(names)
        decide(made, one, how)
        before = made.files()
        done, _ = accept(made.root, data.draw(st.sampled_from(names)), decision(how))
        if how in STAYS:
            assert done is None or not done.changed
        assert made.files() == before


@law(50)
@given(stories(2, 2), st.data())
def test_accepting_one_leaves_all_others_alone(story: tuple, data: st.DataObject) -> None:
    with upgraded(story) as made:
        waiting = waits(made)
        assume(len(waiting) > 1)
        one = data.draw(st.sampled_from(waiting))
        how = data.draw(st.sampled_from(offered(one)))
        before, news, files = made.opened(), {new.called for new in waiting}, made.files(".guidance/reviewed")
        decide(made, one, how)
        opened, now = made.opened(), made.files(".guidance/reviewed")
        mine = {(one.what, one.target, one.name)}
        assert others(opened.standings, mine) == others(before.standings, mine)
        assert {new.called for new in waits(made)} == news - {one.called} or one.called in {
            new.called for new in waits(made)
        }
        changed = {name for name in {*files, *now} if files.get(name) != now.get(name)}
        changed = {
            name for name in changed if "/safety." not in name
        }  # what was told with it is read with it
        assert len(changed) <= 2  # the decision, and that under an older name


def others(standings: tuple, mine: set) -> dict:
    return {
        states_key(one.artefact): (one.state, one.stale, one.decision, one.artefact.text)
        for one in standings
        if states_key(one.artefact) not in mine
    }


@law(40)
@given(stories(2, 2), st.data())
def test_a_decision_that_stays_is_beside_the_text_as_it_is_now_unless_it_is_put_off(
    story: tuple, data: st.DataObject
) -> None:
    with upgraded(story) as made:
        waiting = [one for one in waits(made) if set(offered(one)) & set(STAYS)]
        assume(waiting)
        one = data.draw(st.sampled_from(waiting))
        how = data.draw(st.sampled_from([how for how in offered(one) if how in STAYS]))
        before, standings = made.opened().lock.reviewed, made.opened().standings
        decide(made, one, how)
        opened = made.opened()
        new = {key: found for key, found in opened.lock.reviewed.items() if before.get(key) != found}
        if one.what is not What.SAFETY:  # a safety change that was told with it is read with it
            new = {key: found for key, found in new.items() if found.what is not What.SAFETY}
        (found,) = new.values()
        assert (found.how, found.by, found.on) == (how, "Lead", DAY)
        if how is How.DEFERRED and one.what is not What.NEW_ITEM:
            old = next(known.decision for known in standings if known.artefact.called == one.called)
            assert (found.base, found.base_version) == (old.base, old.base_version)
        else:
            assert found.base == print_of(opened.base, found.target)
            assert found.base_version == opened.base.version or found.what in (What.SAFETY, What.NEW_ITEM)


@law(40)
@given(stories(2, 2), st.data())
def test_what_is_put_off_is_open_again_after_its_day_and_safety_never_waits(
    story: tuple, data: st.DataObject
) -> None:
    with upgraded(story) as made:
        waiting = waits(made)
        assume(waiting)
        one = data.draw(st.sampled_from(waiting))
        if one.safety:
            assert How.DEFERRED not in offered(one)
            assert accept(made.root, one.called, decision(How.DEFERRED))[0] is None
            assert worst(made.opened().problems, release=True)
        elif How.DEFERRED in offered(one):
            decide(made, one, How.DEFERRED)
            later, _ = open_edition(made.root, DAY + dt.timedelta(days=91))
            assert one.called in {new.called for new in compared(later)}
            assert one.called not in {new.called for new in waits(made)}
            check_edition(later.edition, DAY)
