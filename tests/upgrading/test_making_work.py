"""Local work that a command makes: its words and the record of them are there together, or neither is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import DAY, Desk, desk
from editing.kill_driver import tree_of
from kill_acts import EDITS
from test_kills import FIRST

from guidance_kit.editing.journal import alone
from guidance_kit.model.lock import How
from guidance_kit.upgrading import make_work

NOTE = "```{local-note} aa#summary\n:id: by-hand\n\nOurs.\n```\n"


@pytest.fixture
def made() -> Iterator[Desk]:
    with desk(FIRST) as made:
        made.work([])
        made.up()
        yield made


def records(made: Desk) -> dict[str, str]:
    return {one.artefact.called: one.decision.how for one in made.opened().standings if one.decision}


@pytest.mark.parametrize("work", EDITS)
def test_what_a_command_makes_is_known_to_stand_beside_the_text_as_it_is(made: Desk, work: str) -> None:
    assert make_work(made.root, DAY, lambda: EDITS[work](made.root))[0]
    assert list(records(made).values()) == [How.CREATED]
    after = tree_of(made.root)
    assert made.up().idle
    assert tree_of(made.root) == after


def test_work_made_by_hand_gets_its_record_with_the_next_that_a_command_makes(made: Desk) -> None:
    (made.root / "local").mkdir(exist_ok=True)
    (made.root / "local" / "by-hand.md").write_text(NOTE, "utf-8")
    assert records(made) == {}
    assert make_work(made.root, DAY, lambda: EDITS["leave-out"](made.root))[0]
    assert list(records(made).values()) == [How.CREATED, How.CREATED]


def test_pictures_beside_the_work_are_no_matter(made: Desk) -> None:
    (made.root / "local" / "images").mkdir(parents=True, exist_ok=True)
    (made.root / "local" / "images" / "map.png").write_bytes(b"\x89PNG")
    assert make_work(made.root, DAY, lambda: EDITS["note"](made.root))[0]
    assert list(records(made).values()) == [How.CREATED]


def test_doing_it_again_writes_nothing(made: Desk) -> None:
    assert make_work(made.root, DAY, lambda: EDITS["fact"](made.root))[0]
    after = tree_of(made.root)
    done, _ = make_work(made.root, DAY, lambda: EDITS["fact"](made.root))
    assert done is not None
    assert not done.changed
    assert tree_of(made.root) == after


def test_without_room_to_work_out_the_record_nothing_is_written(
    made: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree_of(made.root)
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        done, problems = make_work(made.root, DAY, lambda: EDITS["fact"](made.root))
    assert done is None
    assert [one.code for one in problems] == ["unreadable"]
    assert tree_of(made.root) == before


def test_who_has_an_edition_alone_does_not_wait_for_it_again(made: Desk) -> None:
    with alone(made.root):
        assert make_work(made.root, DAY, lambda: EDITS["note"](made.root))[0]
