"""Upgrades that bring no newer text: local work is written down, or the copy of the text is put right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from published import published
from small_chains import Chain
from small_core import DAY, RELEASES, started, take

from guidance_kit.cli.check import check
from guidance_kit.cli.status import status
from guidance_kit.cli.upgrade import upgrade as command
from guidance_kit.model.lock import How, What
from guidance_kit.upgrading import Decision, accept, plan_upgrade, undo_upgrade, upgrade
from guidance_kit.upgrading.copies import is_record
from guidance_kit.upgrading.planning import Plan

NOTE = "```{local-note} core:access#summary\n:id: ours-one\n\nOurs.\n```\n"
MORE = "\n```{local-note} core:referral#summary\n:id: ours-two\n\nOurs too.\n```\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    return root


def planned(root: Path) -> Plan:
    plan, problems = plan_upgrade(root, DAY)
    assert plan is not None, problems
    return plan


def said(root: Path, *options: str) -> str:
    return CliRunner().invoke(command, [str(root), *options], standalone_mode=False).output


def spoil(root: Path, name: str, words: str = "years") -> bytes:
    """Write into a page of the copy, and return what it was."""
    file = root / "national" / name
    before = file.read_bytes()
    file.write_bytes(before.replace(b"weeks", words.encode()))
    return before


def test_where_nothing_is_to_be_done_nothing_is_said_to_be(root):
    plan = planned(root)
    assert (plan.idle, plan.recorded, plan.put_right, plan.kept) == (True, 0, False, {})
    assert "the newest there is" in said(root)


def test_work_that_has_no_record_is_written_down_and_said_to_be(root):
    file = root / "local/ours.md"
    file.write_text(NOTE + MORE, "utf-8")
    plan = planned(root)
    assert (plan.idle, plan.recorded, plan.put_right, plan.kept) == (False, 1, False, {})
    told = said(root, "--plan")
    assert "Of 1 piece of local work it would be written down beside which text it was made." in told
    assert "put right" not in told
    assert "Of 1 piece of local work it was written down" in said(root)
    assert planned(root).idle


def test_several_pieces_are_counted(root):
    (root / "local/ours.md").write_text(NOTE + MORE + MORE.replace("two", "three"), "utf-8")
    assert planned(root).recorded == 2
    assert "Of 2 pieces of local work it was written down beside which text they were made." in said(root)


def test_what_somebody_wrote_into_the_copy_is_put_right_and_kept(root):
    before = spoil(root, "challenges/access.md")
    stray = root / "national/notes.docx"
    stray.write_bytes(b"Ours")
    plan = planned(root)
    kept = {
        "national/challenges/access.md": "attic/national-challenges-access-1.md",
        "national/notes.docx": "attic/national-notes-1.docx",
    }
    assert (plan.idle, plan.recorded, plan.put_right, plan.kept) == (False, 0, True, kept)
    assert "would be kept as attic/national-notes-1.docx" in said(root, "--plan")
    told = said(root)
    assert "The files of core 1.0.0 were put right; its text is the same." in told
    assert "national/challenges/access.md is kept as attic/national-challenges-access-1.md." in told
    assert "To go back" not in told
    assert (root / "national/challenges/access.md").read_bytes() == before
    assert b"years" in (root / "attic/national-challenges-access-1.md").read_bytes()
    assert (root / "attic/national-notes-1.docx").read_bytes() == b"Ours"
    assert not stray.exists()


def test_the_settings_of_the_copy_are_no_records_of_decisions(root):
    file = root / "national/library.toml"
    file.write_bytes(file.read_bytes() + b"# ours\n")
    plan = planned(root)
    assert (plan.recorded, plan.put_right) == (0, True)
    assert list(plan.kept) == ["national/library.toml"]


def test_a_file_that_is_gone_is_put_back_and_nothing_is_kept_of_it(root):
    file = root / "national/challenges/access.md"
    before = file.read_bytes()
    file.unlink()
    plan = planned(root)
    assert (plan.put_right, plan.kept) == (True, {})
    said(root)
    assert file.read_bytes() == before


def test_line_ends_alone_are_nobodys_words(root):
    for file in (root / "national").rglob("*.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    plan = planned(root)
    assert (plan.put_right, plan.kept) == (False, {})
    spoil(root, "challenges/access.md")
    assert list(planned(root).kept) == ["national/challenges/access.md"]


def test_work_beside_a_copy_that_is_put_right_is_written_down_with_it(root):
    (root / "local/ours.md").write_text(NOTE + MORE, "utf-8")
    spoil(root, "challenges/access.md")
    plan = planned(root)
    assert (plan.recorded, plan.put_right) == (0, True)
    made, problems = upgrade(root, DAY)
    assert made is not None, problems
    assert planned(root).idle


def test_a_newer_text_is_an_upgrade_whatever_else_there_is(root):
    (root / "local/ours.md").write_text(NOTE + MORE, "utf-8")
    shutil.rmtree(root.parent / "core")
    shutil.copytree(RELEASES / "1.1.0", root.parent / "core")
    plan = planned(root)
    assert (plan.moved, plan.recorded, plan.put_right, plan.kept) == (True, 0, False, {})


def test_to_put_right_is_no_step_that_is_undone(root):
    take(root, "1.1.0")
    spoil(root, "challenges/index.md", "years")
    (root / "national/challenges/index.md").write_bytes(b"# Ours\n")
    done, (problem,) = undo_upgrade(root)
    assert done is None
    assert problem.code == "base-not-genuine"
    assert "write it again: guidance-kit upgrade" in problem.hint
    said(root)
    done, problems = undo_upgrade(root)
    assert done is not None, problems
    assert "composed from core 1.0.0 again" in done.message
    assert (root / "attic/national-challenges-index-1.md").read_bytes() == b"# Ours\n"


def test_the_first_upgrade_undone_leaves_no_copy(tmp_path):
    root = started(tmp_path, NOTE)
    take(root, "1.0.0")
    done, problems = undo_upgrade(root)
    assert done is not None, problems
    assert "it keeps no national text again" in done.message


def test_what_somebody_wrote_into_the_copy_is_kept_where_a_newer_version_says_the_same(root):
    spoil(root, "challenges/access.md")
    file = root.parent / "core/library.toml"
    file.write_text(file.read_text("utf-8").replace('"1.0.0"', '"1.0.1"'), "utf-8")
    plan = planned(root)
    kept = {"national/challenges/access.md": "attic/national-challenges-access-1.md"}
    assert (plan.moved, plan.put_right, plan.kept) == (True, False, kept)
    told = said(root)
    assert "is now composed from core 1.0.1" in told
    assert "national/challenges/access.md is kept as attic/national-challenges-access-1.md." in told
    assert b"years" in (root / "attic/national-challenges-access-1.md").read_bytes()
    assert planned(root).idle


def test_another_version_of_a_parent_is_an_upgrade_though_it_says_the_same(tmp_path):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core", dirs_exist_ok=True)
    region = chain.edition("region", "core")
    chain.edition("uni", "region")
    chain.up("region", "uni")
    assert planned(tmp_path / "uni").idle
    file = region / "edition.toml"
    file.write_text(file.read_text("utf-8").replace('version = "1"', 'version = "2"'), "utf-8")
    plan = planned(tmp_path / "uni")
    assert plan.old is not None
    assert (plan.moved, plan.old.version, plan.base.version) == (True, "1", "2")
    chain.up("uni")
    assert planned(tmp_path / "uni").idle


def test_an_older_copy_that_was_put_back_is_put_right(root, tmp_path):
    shutil.copytree(root / "national", tmp_path / "older")
    take(root, "1.1.0")
    shutil.rmtree(root / "national")
    shutil.copytree(tmp_path / "older", root / "national")
    plan = planned(root)
    assert (plan.moved, plan.put_right) == (False, True)
    assert "The files of core 1.1.0 were put right; its text is the same." in said(root)
    assert planned(root).idle


def test_after_an_undo_status_says_that_safety_changes_are_lacking_though_they_were_read(root):
    take(root, "1.1.0")
    for name in ("core:medicines", "core:immediate-danger#first-steps"):
        done, problems = accept(root, name, Decision(how=How.SEEN, by="Lead", on=DAY))
        assert done, problems
    assert undo_upgrade(root)[0]
    ran = CliRunner().invoke(status, [str(root)], standalone_mode=False)
    assert ran.return_value == 2
    assert "2 safety changes that this text lacks" in ran.output


def test_another_library_is_named_as_another(tmp_path):
    chain = Chain(tmp_path)
    shutil.copytree(RELEASES / "1.0.0", tmp_path / "core", dirs_exist_ok=True)
    chain.edition("region", "core")
    chain.edition("uni", "core")
    chain.up("region", "uni")
    file = tmp_path / "uni/edition.toml"
    file.write_text(file.read_text("utf-8").replace("../core", "../region"), "utf-8")
    ran = CliRunner().invoke(status, [str(tmp_path / "uni")], standalone_mode=False)
    assert "Composed from core 1.0.0, and based_on names region 1, another base. See what " in ran.output
    assert "composed from region 1; it was core 1.0.0." in said(tmp_path / "uni", "--other-base")


def test_what_an_earlier_release_brought_is_not_told_as_news_again(root):
    take(root, "2.0.0")
    gone = {one.target for one in planned(root).planner.lock.updated if one.what is What.WITHDRAWN}
    assert gone
    core = root.parent / "core"
    file = core / "library.toml"
    file.write_text(file.read_text("utf-8").replace('"2.0.0"', '"2.0.1"'), "utf-8")
    changes = core / "changes.toml"
    changes.write_text(f'{changes.read_text("utf-8")}\n[[release]]\nversion = "2.0.1"\n', "utf-8")
    published(core)
    plan = planned(root)
    assert plan.moved
    assert plan.news == ()
    assert gone <= {one.target for one in plan.noted.updated}
    assert "withdrawn" not in said(root, "--plan")


def test_what_a_system_leaves_in_the_copy_is_nobodys_change_and_stays(root):
    left = root / "national" / "challenges" / "Thumbs.db"
    left.write_bytes(b"x")
    assert planned(root).idle
    assert "the newest there is" in said(root)
    take(root, "1.1.0")
    assert left.is_file()


def test_while_the_copy_is_not_whole_no_name_is_called_wrong(root):
    """Whoever obeyed "Did you mean ..." would spoil words that are right."""
    (root / "national" / "solutions" / "referral.md").unlink()
    (root / "local" / "more.md").write_text(MORE, "utf-8")
    ran = CliRunner().invoke(check, [str(root)], standalone_mode=False)
    assert ran.return_value == 1
    assert "[base-not-genuine]" in ran.output
    assert "Did you mean" not in ran.output
    assert "unknown" not in ran.output


def test_a_lock_that_was_changed_by_hand_is_no_hindrance_to_look_at_all_again(root):
    lock = root / "edition.lock"
    lock.write_text(lock.read_text("utf-8").replace('version = "1.0.0"', 'version = "9.9.9"'), "utf-8")
    made, (problem,) = upgrade(root, DAY)
    assert (made, problem.code) == (None, "lock-edited")
    made, problems = upgrade(root, DAY, anew=True)
    assert made, problems


def test_what_a_newer_tool_wrote_is_not_lost(root):
    lock = root / "edition.lock"
    lock.write_text(lock.read_text("utf-8").replace("lock = 1", "lock = 99"), "utf-8")
    made, problems = upgrade(root, DAY, anew=True)
    assert (made, [one.code for one in problems]) == (None, ["newer-tool"])


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (".guidance/reviewed/note.access.toml", True),
        (".guidance/reviewed/older.md", False),
        ("edition.toml", False),
    ],
)
def test_a_record_is_known_by_where_it_stands(path, is_one):
    assert is_record(path) is is_one


def test_where_the_text_is_gone_and_the_record_of_what_was_read_an_upgrade_puts_both_right(root):
    take(root, "1.1.0")
    done, problems = accept(root, "core:medicines", Decision(how=How.SEEN, by="Lead", on=DAY))
    assert done, problems
    take(root, "2.0.0")
    for record in (root / ".guidance/reviewed").glob("safety.core.medicines.*.toml"):
        record.unlink()
    shutil.rmtree(root / "national")
    plan = planned(root)
    assert "core:medicines" in {one.target for one in plan.waiting}
    assert plan.put_right
