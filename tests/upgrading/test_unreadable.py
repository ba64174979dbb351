"""No other text is taken over words that cannot be read, and words of which nobody knows how old they are wait."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from small_chains import Chain
from small_core import DAY, RELEASES, started, take

from guidance_kit.cli.adapt import adapt
from guidance_kit.cli.fact import fact
from guidance_kit.cli.leave_out import leave_out
from guidance_kit.cli.note import note
from guidance_kit.cli.status import status
from guidance_kit.cli.upgrade import upgrade as command
from guidance_kit.model.lock import How, Lock
from guidance_kit.problems import Severity
from guidance_kit.upgrading import Decision, accept, open_edition, upgrade
from guidance_kit.upgrading.unreadable import unreadable_work

NOTE = "```{local-note} core:access#summary\n:id: ours\n\nFour weeks, in the café.\n```\n"
HOSPITALS = "```{adapt} core:placements#summary\n:kind: context\n:reason: R.\n\nThree hospitals.\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    return root


def newer(root: Path) -> None:
    core = root.parent / "core"
    shutil.rmtree(core)
    shutil.copytree(RELEASES / "2.0.0", core)


def ran(which, root: Path, *options: str):
    return CliRunner().invoke(which, [str(root), *options], standalone_mode=False)


def spoilt(root: Path) -> None:
    (root / "local/ours.md").write_bytes(NOTE.encode("cp1252"))
    newer(root)


def test_an_upgrade_that_would_pass_over_words_is_refused_and_writes_nothing(root):
    spoilt(root)
    lock = (root / "edition.lock").read_bytes()
    made, problems = upgrade(root, DAY)
    assert made is None
    assert [one.code for one in problems] == ["unread-work", "not-text"]
    assert "guidance-kit upgrade" in problems[0].hint
    assert (root / "edition.lock").read_bytes() == lock
    (root / "local/ours.md").write_text(NOTE, "utf-8")
    made, problems = upgrade(root, DAY)
    assert made, problems
    assert [one.artefact.name for one in made.standings if one.open] == ["ours:ours"]


def test_a_plan_says_what_it_would_do_and_why_it_is_refused(root):
    spoilt(root)
    plan = ran(command, root, "--plan")
    assert plan.return_value == 1
    assert "would be composed from core 2.0.0" in plan.output
    assert "It is refused until these are mended" in plan.output
    assert "[not-text]" in plan.output
    assert "To do it" not in plan.output
    (one,) = json.loads(ran(command, root, "--plan", "--json").output)["refused"]
    assert (one["code"], Path(one["path"]).name) == ("not-text", "ours.md")


def decided_twice(root: Path) -> None:
    """Upgrade by two releases and decide: the text of the first is then of no use any more."""
    for version in ("1.1.0", "2.0.0"):
        take(root, version)
    done, problems = accept(root, "ours", Decision(how=How.KEPT_MINE, by="Lead", reason="R.", on=DAY))
    assert done, problems


def test_an_upgrade_that_only_tidies_says_that_the_text_is_the_same(root):
    decided_twice(root)
    assert "Some records of the tool's own would be tidied up." in ran(command, root, "--plan").output
    said = ran(command, root).output
    assert said.startswith("Nothing changed in the text. Some records of the tool's own were tidied up.\n")
    assert "was taken" not in said
    assert "the newest there is" in ran(command, root).output


@pytest.mark.parametrize("idle", [False, True])
def test_where_words_cannot_be_read_nobody_is_told_that_nothing_needs_a_decision(root, idle):
    decided_twice(root)
    if idle:
        ran(command, root)
    (root / "local/ours.md").write_bytes(NOTE.encode("cp1252"))
    (one,) = json.loads(ran(command, root, "--plan", "--json").output)["unread"]
    assert one["code"] == "not-text"
    said = ran(command, root)
    assert said.return_value == 1
    assert "needs a decision is not known.\n" in said.output
    assert "[not-text]" in said.output
    assert "Nothing of your own needs a decision" not in said.output


def test_a_refused_plan_does_not_say_that_nothing_needs_a_decision(root):
    spoilt(root)
    said = ran(command, root, "--plan").output
    assert "Nothing of your own needs a decision" not in said
    assert said.count("[not-text]") == 1


def test_work_that_cannot_be_read_for_now_keeps_its_record(root):
    decided_twice(root)
    (root / "local/more.md").write_text(NOTE.replace("ours", "more").replace("Four", "Five"), "utf-8")
    (root / "local/ours.md").write_bytes(NOTE.encode("cp1252"))
    assert "Of 1 piece of local work it was written down" in ran(command, root).output
    (root / "local/ours.md").write_text(NOTE, "utf-8")
    for path in (root / ".guidance/reviewed").glob("note.*.ours.ours.*.toml"):
        path.unlink()
    assert {one.artefact.name: str(one.state) for one in opened(root).standings} == {
        "ours:ours": "note-check",
        "ours:more": "current",
    }


def test_status_tells_of_the_newer_text_though_its_upgrade_is_refused(root):
    spoilt(root)
    said = ran(status, root)
    assert said.return_value == 1
    assert "2.0.0 is there" in said.output
    assert "about safety" in said.output


def opened(root: Path):
    found, problems = open_edition(root, DAY)
    assert found, problems
    return found


def states(root: Path) -> dict[str, str]:
    return {one.artefact.called: str(one.state) for one in opened(root).standings}


@pytest.mark.parametrize(
    ("which", "options", "called"),
    [
        (adapt, ("placements", "summary"), "core:placements#summary"),
        (note, ("placements", "summary", "--id", "one", "--text", "Ours."), "ours:one"),
        (leave_out, ("placements", "--reason", "None here."), "core:placements"),
    ],
)
def test_what_a_command_makes_beside_a_safety_change_is_known_to_be_made_then(root, which, options, called):
    take(root, "2.0.0")
    done = ran(which, root, *options)
    assert done.return_value == 0, done.output
    assert states(root)[called] in ("current", "left-out")


def test_what_was_written_by_hand_is_not_taken_for_the_commands_own(root):
    take(root, "2.0.0")
    (root / "local/late.md").write_text(HOSPITALS, "utf-8")
    assert ran(note, root, "access", "--text", "More.").return_value == 0
    assert states(root)["core:placements#summary"] == "stale-safety"
    kept = Decision(how=How.KEPT_MINE, by="Lead", reason="They know.", on=DAY)
    done, problems = accept(root, "core:placements#summary", kept)
    assert done, problems
    assert states(root)["core:placements#summary"] == "current"


def test_a_value_that_a_command_gives_is_known_to_be_given_then(root):
    take(root, "2.0.0")
    assert ran(fact, root, "crisis-line", "0808 157 0110").return_value == 0
    assert states(root)["fact:crisis-line"] == "current"


def test_no_other_text_is_taken_while_the_folder_of_local_words_is_away(root):
    newer(root)
    (root / "local").rename(root.parent / "away")
    made, problems = upgrade(root, DAY)
    assert made is None
    assert [one.code for one in problems] == ["unread-work", "local-missing"]
    (root.parent / "away").rename(root / "local")
    made, problems = upgrade(root, DAY)
    assert made, problems


MEDICINES = NOTE.replace("core:access#summary", "core:medicines#summary")


def test_words_beside_what_was_not_there_before_are_newer_than_it(root):
    take(root, "2.0.0")
    (root / "local/late.md").write_text(MEDICINES.replace(":id: ours", ":id: late"), "utf-8")
    assert states(root)["ours:late"] == "current"


def test_words_without_any_lock_wait_where_the_whole_item_was_about_safety(tmp_path: Path):
    root = started(tmp_path, MEDICINES)
    take(root, "2.0.0")
    assert states(root)["ours:ours"] == "note-check-safety"


# What keeps nothing back.


def refused(root: Path) -> list[str]:
    newer(root)
    made, problems = upgrade(root, DAY)
    return [] if made else [one.code for one in problems]


def test_a_value_for_a_fact_of_our_own_keeps_nothing_back(root):
    declared = '[[fact]]\nid = "desk"\ntype = "text"\nlabel = "Desk"\n'
    (root / "local/facts.toml").write_text(declared, "utf-8")
    manifest = root / "edition.toml"
    manifest.write_text(f'{manifest.read_text("utf-8")}\n[facts]\ndesk = "Room 1"\n', "utf-8")
    assert refused(root) == []


@pytest.mark.parametrize(
    ("part", "codes"), [("why-it-persists", []), ("why-it-lasts", ["unread-work", "unknown-target"])]
)
def test_a_part_that_the_national_item_could_have_keeps_nothing_back(root, part, codes):
    assert "why-it-persists" not in opened(root).base.by_id["core:placements"].parts
    (root / "local/part.md").write_text(HOSPITALS.replace("#summary", f"#{part}"), "utf-8")
    assert refused(root) == codes


def test_what_is_no_error_keeps_nothing_back(root):
    (root / "local/ours.md").write_text(f"{NOTE}\nWords that nobody will read.\n", "utf-8")
    found = opened(root)
    assert found.faults
    assert not any(one.severity is Severity.ERROR for one in found.faults)
    assert refused(root) == []


def test_words_that_had_their_place_when_they_were_recorded_keep_nothing_back(root):
    """What they are about is gone without a word, which is no slip of theirs."""
    take(root, "1.1.0")
    found = opened(root)
    bare = attrs.evolve(
        found.base,
        pages=tuple(
            attrs.evolve(page, items=tuple(item for item in page.items if item.id != "core:access"))
            for page in found.base.pages
        ),
    )
    assert "core:access" not in bare.by_id
    assert unreadable_work((), found.overlay, found.lock, bare, bare) == ()
    (slip,) = unreadable_work((), found.overlay, Lock(), bare, bare)
    assert slip.code == "unknown-target"


def test_words_about_what_a_parent_left_out_keep_nothing_back(tmp_path: Path):
    chain = Chain(tmp_path)
    chain.core()
    out = '[[leave_out]]\nitem = "core:small"\nreason = "None here."\n'
    words = HOSPITALS.replace("core:placements#summary", "core:access#summary")
    chain.edition("region", "core", out, {"a.md": words})
    chain.edition("uni", "region")
    chain.up("region", "uni")
    note = NOTE.replace("core:access#summary", "core:small#summary")
    chain.write("uni", {"local/a.md": note})
    chain.write("region", {"local/a.md": words.replace("Three", "Four")})
    assert chain.up("uni").moved
    chain.write("uni", {"local/a.md": note.replace("small", "smal")})
    chain.write("region", {"local/a.md": words.replace("Three", "Five")})
    assert [one.code for one in chain.refused("uni")] == ["unread-work", "unknown-target"]


def test_words_that_were_taken_out_by_hand_and_are_made_again_are_new(root):
    """The record of those from before says nothing of them."""
    (root / "local/more.md").write_text(HOSPITALS, "utf-8")
    take(root, "1.1.0")
    (root / "local/more.md").unlink()
    take(root, "2.0.0")
    done = ran(adapt, root, "placements", "summary")
    assert done.return_value == 0, done.output
    assert states(root)["core:placements#summary"] in ("current", "converged")


def test_words_in_a_file_that_notepad_named_are_not_passed_over(root):
    (root / "local/ours.md").rename(root / "local/ours.md.txt")
    newer(root)
    made, problems = upgrade(root, DAY)
    assert made is None
    assert [one.code for one in problems] == ["unread-work", "misnamed"]
    assert problems[1].hint == "Rename it to ours.md."


def test_work_about_what_was_withdrawn_long_ago_is_no_slip(root):
    take(root, "2.0.0")
    text = NOTE.replace("core:access#summary", "core:small-provider-hub").replace(":id: ours", ":id: late")
    (root / "local/late.md").write_text(text, "utf-8")
    found = opened(root)
    assert unreadable_work((), found.overlay, found.lock, found.base, found.base) == ()
