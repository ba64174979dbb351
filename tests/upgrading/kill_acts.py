"""What the driver of kills runs: each function is a command of the tool on a folder (see ``kill_driver.py``)."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs

from guidance_kit.editing import NewEdition, NewNote
from guidance_kit.editing.adapting import plan_adaptation
from guidance_kit.editing.done import Edit
from guidance_kit.editing.facts import plan_fact
from guidance_kit.editing.noting import plan_note
from guidance_kit.editing.omitting import plan_omission
from guidance_kit.model.lock import How
from guidance_kit.publishing.package import Packaged, package
from guidance_kit.upgrading import Decision, accept, make_work, open_edition, undo_upgrade, upgrade
from guidance_kit.upgrading.flattening import flatten
from guidance_kit.upgrading.starting import start_edition

DAY = dt.date(2026, 11, 25)
#: What the commands that make local work do, each to the edition in a folder.
EDITS: Mapping[str, Callable[[Path], Edit]] = {
    "note": lambda root: plan_note(root, "aa", "questions", NewNote(text="So ours ask.")),
    "adapt": lambda root: plan_adaptation(root, "aa", "questions"),
    "leave-out": lambda root: plan_omission(root, "aa", "Not here."),
    "fact": lambda root: plan_fact(root, "crisis-line", "0808 157 0111"),
}


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


def worked(words: Sequence[str]) -> None:
    """Make local work: the folder, and which command."""
    root = Path(words[0])
    tempfile.tempdir = str(root.parent)  # what a kill leaves there goes with the folder of the test
    done, problems = make_work(root, DAY, lambda: EDITS[words[1]](root))
    assert done is not None, problems


def packed(root: Path, output: Path) -> Packaged:
    """Write the package of an edition, whatever is open in it."""
    opened, problems = open_edition(root, DAY)
    assert opened is not None, problems
    overlay = attrs.evolve(opened.edition.overlay, version="1")
    return package(root, attrs.evolve(opened.edition, overlay=overlay), output, draft=True)


def packaged(words: Sequence[str]) -> None:
    root, edition = map(Path, words)
    tempfile.tempdir = str(root.parent)
    made = packed(edition, root)
    assert made.folder is not None, made.problems


def started(words: Sequence[str]) -> None:
    asked = NewEdition(id="newtown", title="Newtown", publisher="NHS Newtown", based_on="../core")
    done, problems = start_edition(Path(words[0]), asked)
    assert done is not None, problems


def flattened(words: Sequence[str]) -> None:
    tempfile.tempdir = str(Path(words[0]).parent)
    made, problems = flatten(Path(words[1]), Path(words[0]), DAY)
    assert made is not None, problems
