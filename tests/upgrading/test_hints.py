"""What a person is told to do helps: who obeys a hint ends what it was told with, and loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_core import DAY, started, take

from guidance_kit.cli.review import review
from guidance_kit.cli.status import status
from guidance_kit.cli.subjects import find
from guidance_kit.model.lock import How
from guidance_kit.problems import GuidanceError, Problem
from guidance_kit.reading import libraries
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading import Decision, accept, open_edition, upgrade

FIXED = "```{adapt} out-of-hours#summary\n:reason: Ours.\n\nAt night we ring.\n```\n"
BEFORE = "```{local-note} information-sharing#summary\n:id: ours\n:stands: before\n\nOurs.\n```\n"
ADAPT = "```{adapt} access#summary\n:reason: Ours.\n\nWe ring.\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an edition made beside 1.0.0."""
    made = started(tmp_path, ADAPT)
    take(made, "1.0.0")
    return made


def told(root: Path, code: str) -> Problem:
    """Return the one problem of a code that an edition is told."""
    (one,) = (one for one in open_edition(root, DAY)[1] if one.code == code)
    return one


def decide(root: Path, name: str, how: How) -> tuple[Problem, ...]:
    """Return why a decision was refused."""
    return accept(root, name, Decision(how=how, by="Lead", reason="R", on=DAY))[1]


def missing(root: Path) -> str:
    """Return what to do where what the edition was made from is gone."""
    made, (one,) = upgrade(root, DAY)
    assert made is None
    assert one.code == "missing-base"
    return one.hint


def test_who_misses_a_folder_is_told_to_put_it_back_and_of_no_other_library(root: Path):
    (root.parent / "core").rename(root.parent / "elsewhere")
    assert (
        missing(root) == 'Put that folder back, or write in edition.toml where it is now: based_on = "...".'
    )


def test_who_misses_a_folder_of_which_there_is_a_package_is_told_of_that(root: Path, monkeypatch):
    manifest = root / "edition.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("../core", "../fens"), "utf-8")
    monkeypatch.setattr(libraries, "installed", lambda: {"fens": None, "core": None})
    assert missing(root).endswith('The package "fens" is installed: based_on = "fens".')


def test_who_wrote_the_name_of_a_folder_wrong_is_told_the_nearest(root: Path):
    manifest = root / "edition.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("../core", "../cor"), "utf-8")
    assert missing(root).endswith('Did you mean "../core"?')


def test_who_misses_a_package_is_told_to_install_it(root: Path):
    manifest = root / "edition.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("../core", "cores"), "utf-8")
    assert missing(root) == "Install that package again, in the Python that runs guidance-kit."


@pytest.mark.parametrize("text", ["", "\n", "\ufeff\n"])
def test_an_emptied_manifest_is_found_in_the_attic(root: Path, text: str):
    kept = root / "attic/edition-2.toml"
    kept.parent.mkdir(exist_ok=True)
    shutil.copy(root / "edition.toml", kept)
    (root / "edition.toml").write_text(text, "utf-8")
    overlay, problems = read_overlay_folder(root)
    assert overlay is None
    hint = f"Copy the last one that was kept back to edition.toml, and write again what was new since: {kept}"
    assert {one.hint for one in problems if one.code == "missing-key"} == {hint}
    shutil.copy(kept, root / "edition.toml")
    assert open_edition(root, DAY)[1] == ()


@pytest.mark.parametrize(
    ("old", "hint"),
    [
        ('title = "Ours"', 'Add title = "..."'),
        ('id = "ours"', 'Add id = "..."'),
        ("[edition]", 'Add the line [edition], and below it id = "..." and title = "...".'),
    ],
)
def test_over_a_manifest_with_words_in_it_nothing_is_to_be_copied(root: Path, old: str, hint: str):
    manifest = root / "edition.toml"
    (root / "attic").mkdir(exist_ok=True)
    shutil.copy(manifest, root / "attic/edition-2.toml")
    assert old in manifest.read_text("utf-8")
    manifest.write_text(manifest.read_text("utf-8").replace(old, ""), "utf-8")
    overlay, problems = read_overlay_folder(root)
    assert overlay is None
    assert [one.hint for one in problems if one.code == "missing-key"] == [hint]


@pytest.mark.parametrize("text", ["# Ours\n", '[facts]\nteam = "T"\n'])
def test_what_is_left_of_a_manifest_stays(root: Path, text: str):
    (root / "attic").mkdir(exist_ok=True)
    shutil.copy(root / "edition.toml", root / "attic/edition-2.toml")
    (root / "edition.toml").write_text(text, "utf-8")
    (one,) = read_overlay_folder(root)[1]
    assert one.hint == 'Add the line [edition], and below it id = "..." and title = "...".'


def test_an_emptied_manifest_of_which_no_copy_was_kept_is_to_be_written(root: Path):
    (root / "edition.toml").write_text("", "utf-8")
    assert [one.hint for one in read_overlay_folder(root)[1]] == [
        'Add the line [edition], and below it id = "..." and title = "...".'
    ]


def test_words_beside_what_became_fixed_go_to_the_attic_as_the_hint_says(tmp_path: Path):
    root = started(tmp_path, FIXED)
    take(root, "1.0.0")
    take(root, "2.0.0")
    assert (
        f"guidance-kit accept {root} out-of-hours#summary --take-national" in told(root, "fixed-wording").hint
    )
    assert decide(root, "out-of-hours#summary", How.TOOK_NATIONAL) == ()
    assert "fixed-wording" not in [one.code for one in open_edition(root, DAY)[1]]


def test_a_note_that_stood_before_what_became_fixed_is_settled_once_it_stands_after(tmp_path: Path):
    root = started(tmp_path, BEFORE)
    take(root, "1.0.0")
    take(root, "2.0.0")
    assert "leave the line out" in told(root, "fixed-wording").hint
    file = root / "local/ours.md"
    file.write_text(file.read_text("utf-8").replace(":stands: before\n", ""), "utf-8")
    (refused,) = decide(root, "ours", How.EDITED)
    assert refused.message == 'The words of "ours:ours" have not been edited since they were last looked at.'
    assert "If they are right as they are, use --keep-mine." in refused.hint
    assert decide(root, "ours", How.KEPT_MINE) == ()
    codes = {one.code for one in open_edition(root, DAY)[1]}
    assert not codes & {"fixed-wording", "note-check"}


def test_the_folder_that_words_are_copied_back_into_stays_when_the_last_are_put_away(root: Path):
    assert decide(root, "access#summary", How.TOOK_NATIONAL) == ()
    assert list((root / "local").iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('version = "1.0.0"', 'version = "2.0.0"', "edition.lock: This record was changed by hand"),
        ("lock = 1", "lock = 9", "edition.lock: "),
    ],
)
def test_of_a_lock_that_cannot_be_relied_on_nothing_is_told_but_that(
    root: Path, old: str, new: str, words: str
):
    lock = root / "edition.lock"
    lock.write_text(lock.read_text("utf-8").replace(old, new), "utf-8")
    out = CliRunner().invoke(status, [str(root)], standalone_mode=False).output
    assert words in out
    assert "Composed from" not in out


def test_a_lock_that_is_gone_is_named(root: Path):
    (root / "edition.lock").unlink()
    out = CliRunner().invoke(status, [str(root)], standalone_mode=False).output
    assert "edition.lock is gone, and with it" in out


LINKS = """\
# Ours

{solution}`joint-meetings` {solution}`agreement`

{solution}`small-provider-hub` {fact}`hub-hours` {challenge}`two-homes` {challenge}`nope`
"""


def test_a_link_to_what_a_release_gave_up_is_told_what_became_of_it(root: Path):
    (root / "local/pages").mkdir()
    (root / "local/pages/ours.md").write_text(LINKS, "utf-8")
    take(root, "2.0.0")
    found = find(str(root)).problems
    assert {one.message: one.hint for one in found if one.code in ("unknown-link", "unknown-fact")} == {
        'The solution "joint-meetings" became working-together in 2.0.0. They were always done together.': (
            "Name working-together here."
        ),
        'The solution "agreement" became data-agreement and working-agreement in 2.0.0. '
        "Different people sign the two halves.": "Name data-agreement or working-agreement here.",
        'The solution "small-provider-hub" was withdrawn in 2.0.0. No hub was ever set up.': (
            "Take it out, or name something else."
        ),
        'The fact "hub-hours" was withdrawn in 2.0.0. There is no hub whose hours could be given.': (
            "Take it out, or name something else."
        ),
        'There is no challenge "nope".': (
            "Use one of: access, information-sharing, out-of-hours, placements, two-addresses."
        ),
    }


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (":review-by: 2020-01-02", "was to be reviewed by 2 January 2020."),
        (":approved-on: 2127-03", "is said to be approved on March 2127: a day to come."),
    ],
)
def test_days_are_told_in_words(root: Path, option: str, words: str):
    (root / "local/ours.md").write_text(ADAPT.replace(":reason:", f"{option}\n:reason:"), "utf-8")
    assert [one.message for one in find(str(root)).problems if one.message.endswith(words)]


def test_an_item_that_was_taken_and_is_part_of_another_is_told_with_the_line_to_write(root: Path):
    manifest = root / "edition.toml"
    taken = '\n[choose]\nstart_from = "nothing"\n\n[[take]]\nitem = "core:joint-meetings"\n'
    manifest.write_text(manifest.read_text("utf-8") + taken, "utf-8")
    take(root, "2.0.0")
    one = told(root, "split-choice")
    assert "became part of" in one.message
    assert one.hint == 'Write item = "core:working-together" here in its place, or delete this [[take]].'
    said = CliRunner().invoke(status, [str(root)], standalone_mode=False).output
    assert one.hint in said
    text = manifest.read_text("utf-8").replace("core:joint-meetings", "core:working-together")
    manifest.write_text(text, "utf-8")
    opened, problems = open_edition(root, DAY)
    assert not [one for one in problems if one.code == "split-choice"]
    assert opened
    assert "core:working-together" in opened.edition.by_id
    manifest.write_text(f'{text}\n[[take]]\nitem = "core:shared-training"\n', "utf-8")
    assert told(root, "split-choice").hint == (
        'Delete this [[take]]: you take "core:working-together" already.'
    )


def test_without_its_lock_whoever_decides_or_looks_is_told_what_an_upgrade_tells(root: Path):
    (root / "edition.lock").unlink()
    _, (refused,) = upgrade(root, DAY)
    assert f"guidance-kit upgrade {root} --anew" in refused.hint
    assert decide(root, "access#summary", How.KEPT_MINE) == (refused,)
    with pytest.raises(GuidanceError) as told_by_review:
        CliRunner().invoke(review, [str(root)], standalone_mode=False, catch_exceptions=False)
    assert told_by_review.value.problems == (refused,)
