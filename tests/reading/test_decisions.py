"""Records of decisions that cannot be relied on: what is said of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from guidance_kit.model.lock import How, Lock, Reviewed, What
from guidance_kit.reading.decisions import (
    REVIEWED,
    decision_path,
    decision_stem,
    decision_text,
    read_decisions,
)
from guidance_kit.reading.locks import LOCK, lock_text, read_composed

ONE = Reviewed(
    what=What.NOTE,
    target="core:a#summary",
    name="ours:b",
    base="fp1:x",
    how=How.KEPT_MINE,
    on=dt.date(2026, 5, 1),
)


def put(root: Path, text: str) -> None:
    (root / REVIEWED).mkdir(parents=True)
    (root / decision_path(ONE)).write_text(text, "utf-8")


def test_a_record_of_a_newer_tool_is_not_called_damaged(tmp_path):
    put(tmp_path, decision_text(ONE).replace("lock = 1", 'lock = 2\nsigned = "x"'))
    found, (problem,) = read_decisions(tmp_path)
    assert not found.standing
    assert problem.code == "newer-tool"
    assert "--upgrade guidance-kit" in problem.hint


def test_a_record_that_was_changed_is(tmp_path):
    put(tmp_path, decision_text(ONE).replace("kept-mine", "took-national"))
    found, (problem,) = read_decisions(tmp_path)
    assert not found.standing
    assert problem.code == "lock-edited"


def test_a_folder_of_records_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / REVIEWED).parent.mkdir()
    (tmp_path / REVIEWED).symlink_to("reviewed")
    found, (problem,) = read_decisions(tmp_path)
    assert not found.standing
    assert problem.code == "unreadable"


def test_records_about_different_pages_have_different_names():
    stems = [
        decision_stem(Reviewed(what=What.PAGE, target=name, base="")) for name in ("page:a/b", "page:a b")
    ]
    assert len(set(stems)) == 2
    assert stems[0] == "page.page.a.b"


def test_of_a_lock_that_was_changed_nothing_is_relied_on(tmp_path):
    text = lock_text(Lock(edition="ours"))
    (tmp_path / LOCK).write_text(text.replace("ours", "theirs"), "utf-8")
    assert read_composed(tmp_path) is None
