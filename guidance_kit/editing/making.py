"""An edit is made: its words, the copies that it keeps and what is written beside them, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guidance_kit.editing.done import Changes, Done, Edit
from guidance_kit.editing.journal import alone
from guidance_kit.editing.transaction import commit, recover


def _nothing(_changes: Changes) -> Changes:
    return {}


def made(root: Path, plan: Callable[[], Edit], beside: Callable[[Changes], Changes] = _nothing) -> Done:
    """Make the edit that ``plan`` gives in the edition in a folder, and return what was done.

    Nobody else edits it meanwhile. A change of many files that was cut short is carried to its end first, or
    it would be made over this one. ``beside`` gives more files to write with those of the edit.
    """
    with alone(root):
        recover(root)
        edit = plan()
        commit(root, {**edit.changes, **beside(edit.changes)})
    return edit.done
