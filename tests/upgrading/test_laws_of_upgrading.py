"""The laws of upgrading, tried on generated releases with real files (rules of composing, section 10)."""

from __future__ import annotations

import itertools

import attrs
import pytest
from desk import DAY, LOCAL, Desk, desk
from editing.kill_driver import tree_of
from hypothesis import assume, given
from hypothesis import strategies as st
from small_cores import released
from small_releases import Edit, law, local_work, scripts, stories

from guidance_kit.checking.release import check_release
from guidance_kit.model.edition import Label
from guidance_kit.model.lock import How
from guidance_kit.reading.locks import lock_text
from guidance_kit.upgrading import Standing, plan_upgrade, undo_upgrade

pytestmark = pytest.mark.long


def started(made: Desk, ops: list, new_items: str = "ask") -> Desk:
    """Return a desk whose edition keeps the national text."""
    made.work(ops, new_items)
    made.up()
    return made


def pages(made: Desk) -> dict[str, str]:
    return {page.path: page.text for page in made.opened().edition.pages}


def without_undo(files: dict) -> dict:
    return {name: data for name, data in files.items() if not name.startswith(".guidance/undo/")}


def seen(standings: tuple[Standing, ...]) -> list[tuple]:
    return [(one.artefact, one.state, one.stale, one.decision) for one in standings]


@law(40)
@given(stories(3))
def test_every_story_is_one_of_releases_that_the_checks_let_pass(story: tuple) -> None:
    cores, _ = story
    with desk() as made:
        libraries = [made.publish(core) for core in cores]
    found = [p for old, new in itertools.pairwise(libraries) for p in check_release(new, old)]
    honest = [p for p in found if p.code not in ("undeclared-change", "not-editorial")]
    assert honest == []


@law(30)
@given(stories())
def test_an_upgrade_to_the_same_release_touches_no_file(story: tuple) -> None:
    (core, _), ops = story
    with desk(core) as made:
        started(made, ops)
        before = {path: path.stat().st_mtime_ns for path in sorted(made.folder.rglob("*"))}
        assert made.up().idle
        assert {path: path.stat().st_mtime_ns for path in sorted(made.folder.rglob("*"))} == before


@law(40)
@given(stories(3), st.booleans())
def test_untouched_follows_an_edition_with_nothing_of_its_own_becomes_the_new_core(
    story: tuple,
    direct: bool,  # noqa: FBT001 - drawn
) -> None:
    first, *later = story[0]
    with desk(first) as made:
        started(made, [], "include")
        for core in later:
            library = made.publish(core)
            if not direct:
                made.up()
        made.up()
        assert pages(made) == {page.path: page.text for page in library.pages}
        assert {state.label for state in made.opened().edition.composed} <= {Label.NATIONAL}


@law(50)
@given(stories())
def test_plan_is_act_file_for_file_and_state_for_state(story: tuple) -> None:
    (core, new), ops = story
    with desk(core) as made:
        started(made, ops)
        made.publish(new)
        before = made.files()
        plan, problems = plan_upgrade(made.root, DAY)
        assert plan is not None, problems
        assert plan_upgrade(made.root, DAY, made.opened())[0] == plan
        assert made.files() == before
        wanted = without_undo({**before, **plan.changes})
        done = made.up()
        assert done == plan
        assert done.changes == plan.changes
        assert without_undo(made.files()) == {name: data for name, data in wanted.items() if data is not None}
        opened = made.opened()
        assert seen(opened.standings) == seen(plan.standings)
        assert opened.news == plan.waiting
        assert lock_text(opened.lock) == lock_text(plan.lock)
        assert opened.lock.reviewed == plan.lock.reviewed
        assert opened.edition.pages == plan.edition.pages
        assert {p for p in plan.problems if p.code != "base-not-genuine"} <= set(opened.problems)
        assert made.up().idle


@law(40)
@given(stories(3))
def test_an_upgrade_touches_no_local_file_and_no_decision_that_is_there(story: tuple) -> None:
    (core, *later), ops = story
    with desk(core) as made:
        started(made, ops)
        local = made.files(*LOCAL)
        for new in later:
            decided = {
                name: data
                for name, data in made.files(".guidance/reviewed").items()
                if name.endswith(".toml")
            }
            made.publish(new)
            made.up()
            assert made.files(*LOCAL) == local
            assert made.files(".guidance/reviewed").items() >= decided.items()


@law(40)
@given(stories(3), st.data())
def test_lock_honesty_a_first_record_is_beside_the_text_that_stood_when_the_work_was_written(
    story: tuple, data: st.DataObject
) -> None:
    (core, second, third), ops = story
    more = data.draw(local_work(second))
    with desk(core) as made:
        started(made, ops)
        for old, new, work in ((core, second, []), (second, third, more)):
            known = made.opened().lock.reviewed
            made.work(work) if work else None
            made.publish(new)
            made.up()
            lock = made.opened().lock
            for key, one in lock.reviewed.items():
                if key in known:
                    assert one == known[key]
                else:
                    assert (one.how, one.base_version, one.on) == (How.CREATED, old.version, DAY)


@law(60)
@given(stories(3))
def test_no_hidden_staleness_a_step_on_the_way_hides_and_invents_nothing(story: tuple) -> None:
    """With no decision between, the way does not matter at all: each piece is in the same state."""
    (first, second, third), ops = story
    with desk(first) as made:
        started(made, ops)
        made.publish(second)
        made.up()
        made.publish(third)
        made.up()
        stepwise = made.opened()
    with desk(first) as made:
        started(made, ops)
        made.publish(second)
        made.publish(third)
        made.up()
        direct = made.opened()
    strip = {one.artefact.key: (one.state, one.stale) for one in stepwise.standings}
    assert strip == {one.artefact.key: (one.state, one.stale) for one in direct.standings}
    assert items_of(direct.news) <= items_of(stepwise.news)


def items_of(news: tuple) -> set[tuple]:
    return {(one.what, one.target.partition("#")[0]) for one in news}


@law(40)
@given(stories(), st.booleans())
def test_undo_restores_the_tree_byte_for_byte(story: tuple, first: bool) -> None:  # noqa: FBT001 - drawn
    (core, new), ops = story
    with desk(core) as made:
        made.work(ops)
        if not first:
            made.up()
            made.publish(new)
        before = tree_of(made.root)
        assume(not made.up().idle)
        done, problems = undo_upgrade(made.root)
        assert done, problems
        assert tree_of(made.root) == before


@law(40)
@given(stories(), st.data())
def test_rename_transparency_what_moved_is_as_if_it_had_always_been_called_so(
    story: tuple, data: st.DataObject
) -> None:
    (first, _), ops = story
    slug = data.draw(st.sampled_from([guide.slug for guide in first.guides]))
    new_name = "gg"  # the first that is free
    script = data.draw(scripts(first, ops, "change change withdraw protect fact"))
    moved = released(first, [{"do": "move", "slug": slug, "kind": ""}, *_called(script, slug, new_name)])
    always = attrs.evolve(
        first,
        guides=tuple(attrs.evolve(g, slug=new_name) if g.slug == slug else g for g in first.guides),
    )
    then = released(always, _called(script, slug, new_name))
    ops = [op for op in ops if op["op"] != "page"]
    with desk(first) as made:
        started(made, ops)
        made.publish(moved)
        made.up()
        one, one_pages = made.states(), pages(made)
    with desk(always) as made:
        started(made, [_renamed(op, slug, new_name) for op in ops])
        made.publish(then)
        made.up()
        other, other_pages = made.states(), pages(made)
    assert one == other
    assert one_pages == other_pages


def _called(script: list[Edit], old: str, new: str) -> list[Edit]:
    return [{**one, "slug": new if one["slug"] == old else one["slug"]} for one in script]


def _renamed(op: dict, old: str, new: str) -> dict:
    names = {old: new, f"core:{old}": f"core:{new}"}
    return {
        key: names.get(value, value) if key in ("item", "instead_of") else value for key, value in op.items()
    }


@law(30)
@given(stories(), st.data())
def test_convergence_when_the_core_says_what_we_say_there_is_nothing_to_decide(
    story: tuple, data: st.DataObject
) -> None:
    (core, _), ops = story
    ours = [op for op in ops if op["op"] == "adapt"]
    with desk(core) as made:
        started(made, ours)
        current = [one for one in made.opened().standings if one.state == "current"]
        assume(current)
        art = data.draw(st.sampled_from(current)).artefact
        kind = data.draw(st.sampled_from(("editorial", "substantive", "safety")))
        edit = {
            "do": "change",
            "slug": art.item.partition(":")[2],
            "part": art.part,
            "text": art.text.strip(),
        }
        new = released(core, [{**edit, "kind": kind}])
        assume(new.rows)
        made.publish(new)
        made.up()
        found = {one.artefact.target: one for one in made.opened().standings}
        assert found[art.target].state == "converged"
        assert not found[art.target].open
        assert made.opened().news == ()


@law(30)
@given(stories())
def test_self_containment_another_core_changes_no_composed_byte_until_an_upgrade(story: tuple) -> None:
    (core, new), ops = story
    with desk(core) as made:
        started(made, ops)
        before, problems = pages(made), made.opened().problems
        made.publish(new)
        assert (pages(made), made.opened().problems) == (before, problems)
        for path in (made.folder / "core").rglob("*.*"):
            path.unlink()
        assert (pages(made), made.opened().problems) == (before, problems)


@law(30)
@given(stories())
def test_all_at_once_an_unrelated_mistake_hides_no_state_and_no_problem(story: tuple) -> None:
    (core, new), ops = story
    mistake = {"op": "leave-out", "item": "core:not-there-at-all", "reason": "Ours."}
    found = []
    for work in (ops, [*ops, mistake]):
        with desk(core) as made:
            started(made, ops)
            made.publish(new)
            made.up()
            made.work(work)  # while such a mistake stands no other text would be taken
            told = made.opened().problems
            said = {(one.code, one.message.replace(str(made.folder), "")) for one in told}
            found.append((made.states(), said))
    (states, said), (more_states, more_said) = found
    assert states.items() <= more_states.items()
    assert said < more_said
