"""Whatever stops a command, a kill, a full disk or a file that may not be written: the tree is before or after."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import DAY, MEMORY, Desk
from editing.kill_driver import everywhere, tree_of
from kill_acts import EDITS, packed
from small_cores import Core, Guide, released

from guidance_kit.editing import NewEdition
from guidance_kit.model.lock import How
from guidance_kit.problems import Problem
from guidance_kit.upgrading import Decision, accept, make_work, upgrade
from guidance_kit.upgrading.flattening import flatten
from guidance_kit.upgrading.starting import start_edition

pytestmark = pytest.mark.long

CHALLENGE = {
    "summary": "So students wait.",
    "what-it-looks-like": "So not two.",
    "questions": "- four\n- weeks",
}
TERM = {"in-the-nhs": "So teams agree.", "in-higher-education": "So local teams agree."}
FIRST = Core(
    (
        Guide("challenge", "aa", "Students wait", CHALLENGE),
        Guide("challenge", "bb", "Teams agree", CHALLENGE),
        Guide("term", "cc", "Local", TERM),
    )
)
SECOND = released(
    FIRST,
    [
        {"do": "withdraw", "slug": "cc", "kind": ""},
        {"do": "move", "slug": "bb", "kind": ""},
        {"do": "change", "slug": "aa", "part": "summary", "text": "So students must wait.", "kind": "safety"},
    ],
)
WORK = [
    {"op": "adapt", "item": "aa", "part": "summary", "text": "So ours wait.", "kind": "context"},
    {"op": "adapt", "item": "cc", "part": "title", "text": "Ours", "kind": "context"},
    {"op": "note", "item": "bb", "part": "", "text": "So we agree.", "id": "note-bb", "before": False},
    {"op": "leave-out", "item": "bb", "reason": "Ours."},
    {"op": "fact", "item": "", "fact": "crisis-line", "value": "0808 157 0100"},
]  # fmt: skip
REOPEN = ("--reopen", "upgrading.kill_acts:reopened")


@pytest.fixture
def made() -> Iterator[Desk]:
    """An edition that keeps the first release, with the second one published."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield behind(Desk(Path(name)))


def behind(made: Desk) -> Desk:
    made.publish(FIRST)
    made.work(WORK)
    made.up()
    made.publish(SECOND)
    return made


def killed(root: Path, act: str, *words: str, least: int, options: tuple[str, ...] = ()) -> dict:
    """Kill a command at each of its writes; what the next command finds is before or after, never between."""
    report = everywhere(root, f"upgrading.kill_acts:{act}", str(root), *words, options=(*REOPEN, *options))
    assert report["between"] == []
    assert report["kills"] >= least
    assert report["before"] + report["after"] == report["kills"]
    assert min(report["before"], report["after"]) > 3
    return report


def test_a_kill_at_any_write_of_an_upgrade_leaves_before_or_after(made: Desk) -> None:
    killed(made.root, "upgraded", least=100)


def test_a_power_cut_at_any_write_of_an_upgrade_leaves_before_or_after(made: Desk) -> None:
    killed(made.root, "upgraded", least=20, options=("--power-cut", "--every", "5"))


def test_a_kill_at_any_write_of_a_first_upgrade_leaves_before_or_after(made: Desk) -> None:
    for name in made.files("national", ".guidance", "edition.lock"):
        (made.root / name).unlink()
    for folder in sorted((path for path in made.root.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
    killed(made.root, "upgraded", least=20, options=("--every", "5"))


def test_a_kill_at_any_write_of_an_undo_leaves_before_or_after(made: Desk) -> None:
    before = tree_of(made.root)
    made.up()
    killed(made.root, "undone", least=20, options=("--every", "2"))
    assert tree_of(made.root) == before


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("aa#summary", How.TOOK_NATIONAL),
        ("aa#summary", How.KEPT_MINE),
        ("cc#title", How.AS_LOCAL),
        ("cc#title", How.LEFT_OUT),
        ("note-bb", How.LEFT_OUT),
        ("core:gg", How.TOOK_NATIONAL),
        ("crisis-line", How.TOOK_NATIONAL),
    ],
)
def test_a_kill_at_any_write_of_a_decision_leaves_before_or_after(made: Desk, name: str, how: How) -> None:
    made.up()
    report = killed(made.root, "decided", name, str(how), least=10) if how is How.KEPT_MINE else None
    report = report or everywhere(
        made.root, "upgrading.kill_acts:decided", str(made.root), name, str(how), options=REOPEN
    )
    assert report["between"] == []
    assert report["kills"] > 10


def test_a_kill_at_any_write_of_a_new_edition_leaves_nothing_or_all_of_it(made: Desk) -> None:
    root = made.folder / "newtown"
    (root / "local").mkdir(parents=True)
    killed(root, "started", least=40)


def test_a_kill_at_any_write_of_flattening_leaves_nothing_or_all_of_it(made: Desk) -> None:
    child = with_child(made)
    root = made.folder / "alone"
    root.mkdir()
    killed(root, "flattened", str(child), least=40)


def with_child(made: Desk) -> Path:
    """Return an edition that is based on the one on the desk, where nothing is open."""
    made.publish(FIRST)
    child = made.folder / "child"
    child.mkdir()
    head = '[edition]\nid = "child"\ntitle = "Child"\npublisher = "Child"\nbased_on = "../edition"\n'
    (child / "edition.toml").write_text(head)
    assert upgrade(child, DAY)[0]
    return child


# All of them are made in one way: at every write that is tried for one, at every third for the others.
@pytest.mark.parametrize(("work", "every"), [(work, "1" if work == "fact" else "3") for work in EDITS])
def test_a_kill_at_any_write_of_local_work_leaves_words_and_record_or_neither(
    made: Desk, work: str, every: str
) -> None:
    before = made.files()
    killed(made.root, "worked", work, least=10, options=("--every", every))
    new = set(made.files()) - set(before)
    assert any(name.startswith(".guidance/reviewed/") for name in new)
    assert any(name.startswith(("local/", "attic/")) for name in new)


def test_a_kill_at_any_write_of_a_package_leaves_nothing_or_all_of_it(made: Desk) -> None:
    root = made.folder / "package"
    root.mkdir()
    killed(root, "packaged", str(made.root), least=20, options=("--every", "11"))


def test_a_kill_at_any_write_of_a_later_package_leaves_the_one_before_or_that(made: Desk) -> None:
    root = made.folder / "package"
    assert packed(made.root, root).folder
    (made.root / "local" / "new.md").write_text("# New\n\nWords.\n", "utf-8")
    (made.root / "local" / "ours-0.md").unlink()
    killed(root, "packaged", str(made.root), least=20, options=("--every", "5"))


# A disk that is full, and files that may not be written.


@contextlib.contextmanager
def disk(size: str) -> Iterator[Path]:
    """Give a folder on a small disk of its own."""
    with tempfile.TemporaryDirectory() as name:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", name]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a small disk cannot be mounted here")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


def fill(path: Path, free: int) -> None:
    """Fill the disk but for some blocks."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    with path.open("ab") as file:
        file.truncate(max(0, path.stat().st_size - 4096 * free))


def tried(made: Desk, command: str) -> tuple[object, tuple[Problem, ...]]:
    new = made.folder / "folders" / "new"
    if command in EDITS:
        return make_work(made.root, DAY, lambda: EDITS[command](made.root))
    if command == "accept":
        return accept(made.root, "aa#summary", Decision(how=How.TOOK_NATIONAL, on=DAY))
    if command == "new":
        return start_edition(new, NewEdition(id="newtown", title="Newtown", based_on="../../core"))
    if command == "flatten":
        return flatten(made.folder / "child", new, DAY)
    if command == "package":
        result = packed(made.root, new)
        return result.folder, result.problems
    return upgrade(made.root, DAY)


@pytest.mark.parametrize("command", ["upgrade", "accept", *EDITS, "new", "flatten", "package"])
def test_on_a_disk_with_any_room_a_command_is_refused_or_done(command: str) -> None:
    with disk("1m") as place:
        behind(Desk(place))
        if command == "accept":
            Desk(place).up()
        if command == "flatten":
            with_child(Desk(place))
        made, results = Desk(place), []
        before = tree_of(place)
        for free in range(80):
            fill(place / "filler", free)
            done, problems = tried(made, command)
            (place / "filler").unlink()
            results.append(done is not None)
            if done is not None:
                break
            assert {problem.code for problem in problems} == {"unreadable"}
            assert "no space left" in str(problems[0]).casefold()
            assert tree_of(place) == before
        assert not results[0]
        assert results[-1]
        after = tree_of(place)
        assert made.opened()
        assert tree_of(place) == after


@pytest.mark.parametrize(
    "name", ["edition.lock", "national/library.toml", "national/terms.md", "national/challenges/aa.md"]
)
def test_a_file_that_may_not_be_written_refuses_an_upgrade_and_nothing_changes(made: Desk, name: str) -> None:
    path, before = made.root / name, tree_of(made.root)
    path.chmod(0o444)
    done, problems = upgrade(made.root, DAY)
    assert done is None
    assert [problem.code for problem in problems] == ["unreadable"]
    assert tree_of(made.root) == before
    path.chmod(0o644)
    assert made.up().new.version == "2.0.0"


@pytest.mark.parametrize("name", ["local/ours-0.md"])
def test_a_file_that_may_not_be_written_refuses_a_decision_and_nothing_changes(made: Desk, name: str) -> None:
    made.up()
    path, before = made.root / name, tree_of(made.root)
    path.chmod(0o444)
    done, problems = tried(made, "accept")
    assert done is None
    assert [problem.code for problem in problems] == ["unreadable"]
    assert tree_of(made.root) == before
    path.chmod(0o644)
    assert tried(made, "accept")[0]


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("edition.toml", "fact"),
        ("edition.toml", "leave-out"),
        (".guidance/reviewed/fact.fact.crisis-line.*.toml", "fact"),
    ],
)
def test_a_file_that_may_not_be_written_refuses_local_work_and_nothing_changes(
    made: Desk, name: str, work: str
) -> None:
    (path,), before = made.root.glob(name), tree_of(made.root)
    path.chmod(0o444)
    done, problems = tried(made, work)
    assert done is None
    assert [problem.code for problem in problems] == ["unreadable"]
    assert tree_of(made.root) == before
    path.chmod(0o644)
    assert tried(made, work)[0]
