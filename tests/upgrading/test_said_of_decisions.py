"""What is said of a decision, and of one that cannot be: what is true of the thing, and why."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from published import published
from small_core import DAY, RELEASES, started, take

from guidance_kit.cli.note import note
from guidance_kit.model.lock import How
from guidance_kit.upgrading import Decision, accept, open_edition, upgrade

LOCAL = """\
```{adapt} access#summary
:reason: Ours.

A student should be seen within four weeks. Both partners should know who is waiting.

We ring.
```

```{local-note} core:access#summary Ours
:id: ring

Ring us.
```
"""
TABLES = """
[facts]
liaison-team = "Our team"

[[leave_out]]
item = "out-of-hours"
reason = "Nobody is there."

[[leave_out]]
item = "crisis"
reason = "No."
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an edition made beside 1.0.0, upgraded to 2.0.0."""
    made = started(tmp_path, LOCAL)
    manifest = made / "edition.toml"
    manifest.write_text(f"{manifest.read_text('utf-8')}{TABLES}", "utf-8")
    take(made, "1.0.0")
    take(made, "2.0.0")
    return made


def said(root: Path, name: str, how: How, until: dt.date | None = None, reason: str = "R") -> str:
    """Return what an editor is told who decides on something."""
    done, problems = accept(root, name, Decision(how=how, by="Lead", reason=reason, until=until, on=DAY))
    return done.message if done else problems[0].message


@pytest.mark.parametrize(
    ("name", "how", "words"),
    [
        ("liaison-team", How.KEPT_MINE, "your value stays"),
        ("liaison-team", How.TOOK_NATIONAL, "your value is taken out"),
        ("ring", How.TOOK_NATIONAL, "your note is taken out"),
        ("ring", How.KEPT_MINE, "your words stay"),
        ("crisis", How.KEPT_MINE, "it stays left out"),
        ("crisis", How.TOOK_NATIONAL, "the item is taken again"),
        ("access#summary", How.KEPT_MINE, "your words stay"),
    ],
)
def test_what_was_decided_is_said_in_words_that_fit(root: Path, name: str, how: How, words: str):
    assert said(root, name, how).endswith(f"({words}).")


@pytest.mark.parametrize(
    ("how", "words", "stays"),
    [
        (How.KEPT_MINE, "it is no longer there; your lines on it stay", True),
        (How.TOOK_NATIONAL, "it is no longer there; your lines on it are in the attic", False),
        (How.LEFT_OUT, "put in the attic", False),
    ],
)
def test_of_what_is_left_out_and_was_withdrawn_nobody_says_that_it_is_taken_again(
    tmp_path: Path, how: How, words: str, *, stays: bool
):
    made = started(tmp_path, "")
    manifest = made / "edition.toml"
    table = '\n[[leave_out]]\nitem = "small-provider-hub"\nreason = "We meet."\n'
    manifest.write_text(f"{manifest.read_text('utf-8')}{table}", "utf-8")
    take(made, "1.0.0")
    take(made, "2.0.0")
    assert said(made, "small-provider-hub", how).endswith(f"({words}).")
    assert ("small-provider-hub" in manifest.read_text("utf-8")) == stays


def test_a_page_is_named_by_its_name_alone(root: Path):
    core = root.parent / "core"
    index = core / "index.md"
    index.write_text(f"{index.read_text('utf-8')}\nOf all who help.\n", "utf-8")
    changes = core / "changes.toml"
    change = '\n[[change]]\nrelease = "2.0.1"\nwhat = "page:index"\nkind = "safety"\nwhy = "W."\n'
    changes.write_text(f'{changes.read_text("utf-8")}\n[[release]]\nversion = "2.0.1"\n{change}', "utf-8")
    library = core / "library.toml"
    library.write_text(library.read_text("utf-8").replace('"2.0.0"', '"2.0.1"'), "utf-8")
    published(core)
    assert upgrade(root, DAY)[0]
    assert said(root, "index", How.SEEN).startswith("Recorded: page:index")


def test_of_a_slip_in_the_name_of_news_the_name_is_told(root: Path):
    problems = accept(root, "core:medicine", Decision(how=How.TOOK_NATIONAL, on=DAY))[1]
    assert "core:medicines" in problems[0].hint


def test_under_another_id_nothing_is_decided(root: Path):
    manifest = root / "edition.toml"
    text = manifest.read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("id"))
    manifest.write_text(text.replace(name, 'id = "other"', 1), "utf-8")
    assert said(root, "access#summary", How.KEPT_MINE).startswith('The id of this edition is "other" now')
    assert said(root, "medicines", How.TOOK_NATIONAL).startswith('The id of this edition is "other" now')
    manifest.write_text(text, "utf-8")
    assert said(root, "access#summary", How.KEPT_MINE).startswith("Accepted")


def test_of_a_value_that_was_written_anew_it_is_said_so(root: Path):
    manifest = root / "edition.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("Our team", "Our new team"), "utf-8")
    assert said(root, "liaison-team", How.EDITED).endswith("(your new value).")


@pytest.mark.parametrize("how", [How.LEFT_OUT, How.DEFERRED])
def test_of_an_item_that_was_taken_nothing_is_said_to_be_put_away(root: Path, how: How):
    assert said(root, "medicines", How.TOOK_NATIONAL).startswith("Recorded")
    again = said(root, "medicines", how, DAY + dt.timedelta(days=9))
    assert "put away" not in again
    assert "medicines" in again


def test_what_was_decided_on_is_not_merged_any_more(root: Path):
    assert said(root, "access#summary", How.KEPT_MINE).startswith("Accepted")
    assert "nothing to merge" in said(root, "access#summary", How.USED_MERGED)


def test_the_safety_change_of_an_omission_that_was_taken_back_was_brought_by_a_release(root: Path):
    assert said(root, "out-of-hours", How.TOOK_NATIONAL).startswith("Accepted")
    assert "was decided already" in said(root, "out-of-hours", How.SEEN)


def test_who_puts_something_off_is_told_which_of_day_and_reason_is_missing(root: Path):
    day = DAY + dt.timedelta(days=9)
    assert said(root, "access#summary", How.DEFERRED, day, "") == "To put something off needs a reason."
    assert "a day that is still to come" in said(root, "access#summary", How.DEFERRED, DAY)


def test_the_day_that_is_named_to_put_something_off_to_is_one_that_it_can_be_put_off_to(root: Path):
    done, problems = accept(root, "access#summary", Decision(how=How.DEFERRED, reason="Read.", on=DAY))
    assert done is None
    _, _, day = problems[0].hint.rpartition(" ")
    assert said(root, "access#summary", How.DEFERRED, dt.date.fromisoformat(day)).startswith("Accepted")


def test_a_fact_that_changed_for_safety_is_told_once_and_settled_with_its_value(tmp_path: Path):
    made = started(tmp_path, "")
    manifest = made / "edition.toml"
    manifest.write_text(f'{manifest.read_text("utf-8")}\n[facts]\nliaison-team = "Our team"\n', "utf-8")
    take(made, "1.0.0")
    safety = (
        '[[change]]\nrelease = "1.1.0"\nwhat = "fact:liaison-team"\nkind = "safety"\nwhy = "Ring it first."\n'
    )
    copy = tmp_path / "releases" / "1.1.0"
    shutil.copytree(RELEASES / "1.1.0", copy)
    (copy / "changes.toml").write_text(f"{(copy / 'changes.toml').read_text('utf-8')}\n{safety}", "utf-8")
    published(copy)
    shutil.rmtree(tmp_path / "core")
    shutil.copytree(copy, tmp_path / "core")
    assert upgrade(made, DAY)[0]
    opened, _ = open_edition(made, DAY)
    assert opened is not None
    told = [one for one in opened.problems if "liaison-team" in one.message]
    assert [one.code for one in told] == ["fact-check"]
    assert "means something else since 1.1.0, for safety" in told[0].message
    assert said(made, "liaison-team", How.KEPT_MINE).startswith("Accepted")
    assert "was decided already" in said(made, "fact:liaison-team", How.SEEN)
    opened, problems = open_edition(made, DAY)
    assert not [one for one in problems if "liaison-team" in one.message]


def test_of_two_decisions_it_is_said_how_to_decide_again(root: Path, tmp_path: Path):
    other = Path(shutil.copytree(root, tmp_path / "other"))
    assert said(root, "access#summary", How.KEPT_MINE).startswith("Accepted")
    assert said(other, "access#summary", How.DEFERRED, DAY + dt.timedelta(days=9)).startswith("Accepted")
    shutil.copytree(other / ".guidance" / "reviewed", root / ".guidance" / "reviewed", dirs_exist_ok=True)
    _, problems = open_edition(root, DAY)
    (hint,) = (one.hint for one in problems if one.code == "decided-twice")
    assert hint.endswith(f"guidance-kit review {root} core:access#summary")


def test_a_decision_on_work_that_waits_for_nothing_reads_no_safety_change_beside_it(tmp_path: Path):
    root = started(tmp_path, "")
    take(root, "1.0.0")
    take(root, "1.1.0")
    args = [str(root), "immediate-danger", "first-steps", "--id", "ours", "--text", "Ours."]
    assert CliRunner().invoke(note, args, standalone_mode=False).exit_code == 0
    said(root, "ours", How.KEPT_MINE)
    opened, _ = open_edition(root, DAY)
    assert opened is not None
    assert "core:immediate-danger#first-steps" in [one.target for one in opened.undecided]
