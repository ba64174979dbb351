"""What is mended by hand alone: what became several, and no local work is about it."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from small_core import started, take

from guidance_kit.problems import Place, Problem, Severity
from guidance_kit.upgrading import open_edition
from guidance_kit.upgrading.states import State
from guidance_kit.upgrading.stopping import by_hand, mended_by_none

#: In 2.0.0 the one becomes part of another, and the other two items.
LOCAL = "```{local-note} core:agreement\n:id: near\n\nOurs.\n```\n"
TAKEN = '\n[choose]\nstart_from = "nothing"\n\n[[take]]\nitem = "core:joint-meetings"\n\n[[take]]\nitem = "core:agreement"\n'


def test_what_is_taken_and_became_part_of_another_is_mended_by_hand(tmp_path: Path):
    root = started(tmp_path, LOCAL)
    manifest = root / "edition.toml"
    manifest.write_text(manifest.read_text("utf-8") + TAKEN, "utf-8")
    take(root, "1.0.0")
    take(root, "2.0.0")
    opened, problems = open_edition(root)
    assert opened is not None
    divided = [one for one in problems if one.code == "split-choice"]
    assert [one.place.path.rpartition("/")[2] for one in divided] == ["edition.toml", "ours.md"]
    assert len(problems) > len(divided)
    assert by_hand(problems, opened.standings) == divided[:1]


def test_an_error_that_no_decision_mends_is_told_and_one_that_waits_for_a_decision_is_not(tmp_path: Path):
    settled = "\n```{local-note} core:two-homes\n:id: other\n\nOurs.\n```\n"
    root = started(tmp_path, LOCAL + settled)
    take(root, "1.0.0")
    take(root, "2.0.0")
    opened, _ = open_edition(root)
    assert opened is not None
    waits, stands = (one.artefact.origin for one in sorted(opened.standings, key=lambda one: not one.open))
    nowhere = Place("edition.toml", 3)
    errors = [Problem("unknown-target", "X.", "", place) for place in (waits, stands, nowhere)]
    others = [Problem("no-reason", "X.", "", place) for place in (waits, stands, nowhere)]
    assert {one.severity for one in errors} == {Severity.ERROR}
    assert mended_by_none([*errors, *others], opened.standings) == errors[1:]


@pytest.mark.parametrize("state", ["now-protected", "now-required", "orphaned", "stale", "fact-check"])
def test_what_is_wrong_with_words_that_can_stay_is_told_beside_what_is_to_be_decided(tmp_path: Path, state):
    root = started(tmp_path, LOCAL)
    take(root, "1.0.0")
    opened, _ = open_edition(root)
    assert opened is not None
    one = attrs.evolve(opened.standings[0], state=State(state))
    wrong, grave = (
        Problem(code, "X.", "", one.artefact.origin) for code in ("bad-fact", "safety-unreviewed")
    )
    can_stay = state in ("stale", "fact-check")
    assert mended_by_none([wrong, grave], [one]) == ([wrong] if can_stay else [])
