"""The states of local work are those that a naive upgrader gives, on random scripts of edits."""

from __future__ import annotations

import pytest
from desk import desk
from hypothesis import given
from naive_upgrader import became, now_called, state
from small_releases import law, stories

from guidance_kit.upgrading.artefacts import Artefact

pytestmark = pytest.mark.long


def names_now(one: Artefact, rows: tuple) -> list[tuple[str, str]]:
    """Return the target and name that a piece of work has by now: several if it is the omission of what was split."""
    if one.what == "leave-out":
        return [(target, "") for target in became(one.target, rows)]
    name = now_called(one.name, rows) if one.what == "fact" else one.name
    return [(now_called(one.target, rows), name)]


@law(120)
@given(stories(3, 2))
def test_each_piece_of_local_work_is_in_the_state_of_the_oracle(story: tuple) -> None:
    cores, ops = story
    with desk(cores[0]) as made:
        made.work(ops)
        made.up()
        first = [one.artefact for one in made.opened().standings]
        for at, core in enumerate(cores[1:], 2):
            made.publish(core)
            made.up()
            found, wanted = made.states(), {}
            for one in first:
                for target, name in names_now(one, core.rows):
                    piece = (
                        str(one.what),
                        one.target if target == now_called(one.target, core.rows) else target,
                        one.name,
                    )
                    wanted[str(one.what), target, name] = state(piece, one.text.strip(), cores[:at])
            pages = {key for key in found if key[0] == "page"}  # their prose is not told apart here
            assert {key: word for key, word in found.items() if key not in pages} == {
                key: word for key, word in wanted.items() if key[0] != "page"
            }
