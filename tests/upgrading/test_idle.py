"""An upgrade that brings nothing writes nothing, whatever was decided since the last one."""

from __future__ import annotations

from pathlib import Path

import pytest
from editing.kill_driver import tree_of
from small_core import DAY, started, take

from guidance_kit.model.lock import How
from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.reading.locks import read_lock
from guidance_kit.upgrading import Decision, accept, open_edition

NOTE = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"


@pytest.mark.parametrize(
    ("name", "how"),
    [("core:medicines", How.SEEN), ("core:waiting-well", How.TOOK_NATIONAL), ("ours", How.KEPT_MINE)],
)
def test_what_was_decided_is_written_into_the_lock_by_the_next_release_only(
    tmp_path: Path, name: str, how: How
):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    take(root, "1.1.0")
    done, problems = accept(root, name, Decision(how=how, by="Lead", reason="R.", on=DAY))
    assert done, problems
    before = tree_of(root)
    take(root, "1.1.0")
    assert tree_of(root) == before
    take(root, "2.0.0")
    settled = [one.target for one in (read_lock(root)[0] or pytest.fail("no lock")).settled]
    assert settled == ([name] if name != "ours" else [])


def test_what_is_asked_again_as_its_record_is_lost_is_asked_still_after_it(tmp_path: Path):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    take(root, "1.1.0")
    seen = Decision(how=How.SEEN, by="Lead", reason="R.", on=DAY)
    done, problems = accept(root, "core:medicines", seen)
    assert done, problems
    take(root, "2.0.0")
    (record,) = (path for path in (root / REVIEWED).glob("*.toml") if "medicines" in path.read_text("utf-8"))
    record.unlink()
    before = tree_of(root)
    take(root, "2.0.0")
    assert tree_of(root) == before
    opened, _ = open_edition(root, DAY)
    assert opened is not None
    assert "core:medicines" in [one.target for one in opened.undecided]
