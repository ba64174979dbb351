"""What the driver of kills runs: each function is a command of the tool on a folder (see ``kill_driver.py``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from guidance_kit.editing import NewEdition
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition, undo_upgrade, upgrade
from guidance_kit.upgrading.flattening import flatten
from guidance_kit.upgrading.starting import start_edition

DAY = dt.date(2026, 11, 25)


def reopened(root: Path) -> None:
    """Open a folder as the next command does, which carries a cut-short change to its end."""
    open_edition(root, DAY)


def upgraded(words: Sequence[str]) -> None:
    made, problems = upgrade(Path(words[0]), DAY)
    assert made is not None, problems


def undone(words: Sequence[str]) -> None:
    done, problems = undo_upgrade(Path(words[0]))
    assert done or [one.code for one in problems] == ["not-found"], problems


def decided(words: Sequence[str]) -> None:
    """Take a decision: the folder, what it is about, and how."""
    decision = Decision(how=How(words[2]), by="Lead", reason="We looked.", on=DAY)
    done, problems = accept(Path(words[0]), words[1], decision)
    assert done is not None, problems


def started(words: Sequence[str]) -> None:
    asked = NewEdition(id="newtown", title="Newtown", publisher="NHS Newtown", based_on="../core")
    done, problems = start_edition(Path(words[0]), asked)
    assert done is not None, problems


def flattened(words: Sequence[str]) -> None:
    made, problems = flatten(Path(words[1]), Path(words[0]), DAY)
    assert made is not None, problems
