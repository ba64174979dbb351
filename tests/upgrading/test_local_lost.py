"""A folder that came without its local words says so, and nobody is told who put the words away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_core import DAY, started, take

from guidance_kit.cli.check import check
from guidance_kit.cli.status import status
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition

ADAPT = "```{adapt} access#summary\n:reason: Ours.\n\nWe ring.\n```\n"
NOTE = "```{local-note} core:access#summary\n:id: ours\n\nOurs.\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an edition with an adaptation and a note, each in a file, and the records of them."""
    made = started(tmp_path, ADAPT)
    (made / "local/notes.md").write_text(NOTE, "utf-8")
    take(made, "1.0.0")
    return made


def codes(root: Path) -> list[str]:
    """Return what is told of the local words."""
    return [one.code for one in open_edition(root, DAY)[1]]


def test_words_that_were_not_copied_are_missed(root: Path):
    shutil.rmtree(root / "local")
    (one,) = open_edition(root, DAY)[1]
    assert one.code == "local-missing"
    assert 'your own words on "core:access#summary" and 1 more' in one.message
    assert "whose names begin with adapt or note" in one.hint
    ran = CliRunner().invoke(check, [str(root), "--release"], standalone_mode=False)
    assert ran.return_value == 1
    ran = CliRunner().invoke(status, [str(root)], standalone_mode=False)
    assert one.message in ran.output


def test_words_that_were_deleted_one_by_one_are_not_missed(root: Path):
    for path in (root / "local").iterdir():
        path.unlink()
        assert codes(root) == []


def test_what_the_hint_says_ends_it(root: Path):
    shutil.rmtree(root / "local")
    for kind in ("adapt", "note"):
        for path in (root / ".guidance/reviewed").glob(f"{kind}*"):
            path.unlink()
    assert codes(root) == []


def test_words_that_were_put_away_are_not_missed(root: Path):
    for name in ("access#summary", "ours"):
        done, problems = accept(root, name, Decision(how=How.TOOK_NATIONAL, by="Lead", reason="R", on=DAY))
        assert done, problems
    shutil.rmtree(root / "local", ignore_errors=True)
    assert codes(root) == []
