"""The steps of a case: commands carried out in order on real files, and what must hold after each of them.

Whatever a case expects, no step but ``accept`` and those of the case's people touches a file of theirs, a
step that is refused or that only looks writes nothing, and what is taken out of local words is in the attic.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
from case_files import TODAY, Case, files_of, put, put_releases, releases_of, without_id, write
from case_variants import Vary, as_written, dealt_from
from published import published

from guidance_kit.checking.release import check_release
from guidance_kit.editing.done import Changes, Done, Edit
from guidance_kit.model.library import Library
from guidance_kit.model.lock import How
from guidance_kit.problems import NOWHERE, Problem
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.upgrading import (
    Decision,
    Plan,
    accept,
    accept_editorial,
    make_work,
    open_edition,
    plan_upgrade,
    undo_upgrade,
    upgrade,
)
from guidance_kit.upgrading.flattening import differing, flatten

Tree = dict[str, bytes]
Step = dict[str, Any]
Problems = tuple[Problem, ...]


@attrs.define
class World:
    """The folders of a case: ``core/`` as it is to be had, ``edition/``, perhaps ``parent/``."""

    root: Path
    releases: dict[str, Path]
    vary: Vary
    day: dt.date
    refused: list[str] = attrs.field(factory=list)
    upgrades: list[tuple[Path, Tree, Tree]] = attrs.field(factory=list)
    plan: Plan | None = None
    planned: dict[str, bytes | None] = attrs.field(factory=dict)

    @classmethod
    def of(cls, case: Case, folder: Path, vary: Vary = as_written) -> World:
        """Return the folders of a case as they are before its first step."""
        files = files_of(case)
        releases: dict[str, Path] = {}
        if "steps" in case:
            written = {version: vary(core) for version, core in releases_of(case, files).items()}
            releases = put_releases(written, folder / "releases")
        root = folder / "case"
        put(vary(files), root, case.get("encoding", {}))
        world = cls(root, releases, vary, case.get("day", TODAY))
        if releases:
            world.take(next(iter(releases)))
        return world

    def take(self, version: str) -> None:
        """Install a release of the core."""
        shutil.rmtree(self.root / "core")
        shutil.copytree(self.releases[version], self.root / "core")

    def run(self, steps: list[Step]) -> None:
        """Carry out the steps of a case."""
        for number, step in enumerate(steps, 1):
            for problem in dict.fromkeys(one.code for one in self.step(step)):
                self.refused.append(f"{number} {problem}")

    def step(self, step: Step) -> Problems:
        """Carry out a step, and see that it did what such a step may do; return why it was refused."""
        if "to" in step:
            self.take(step["to"])
        folder = self.root / step.get("in", "edition")
        before = tree(folder)
        problems = _DOING[step["do"]](self, folder, step)
        after = tree(folder)
        if problems or step["do"] in ("plan", "look", "release", "release-check", "flatten"):
            assert after == before, "a step that is refused, or only looks, writes nothing"
        if step["do"] == "upgrade":
            new = own(after).items() - own(before).items()
            assert own(before).items() <= own(after).items(), (
                "an upgrade touches no file of the edition's own"
            )
            assert all(name.startswith("attic/national-") for name, _ in new), (
                "it only keeps what it puts right"
            )
            if after != before and not new:  # to put right what somebody changed is no step of its own
                self.upgrades.append((folder, before, after))
        if step["do"] in ("accept", "accept-editorial"):
            lost = lines_in(before, "local/") - lines_in(after, "local/", "attic/")
            assert not lost, "what an acceptance takes out of local words is in the attic"
        return problems


def tree(folder: Path) -> Tree:
    """Return the bytes of every file below a folder."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def own(files: Tree) -> Tree:
    """Return the files that people write."""
    return {
        name: data for name, data in files.items() if name.startswith(("local/", "edition.toml", "attic/"))
    }


def lines_in(files: Tree, *folders: str) -> set[str]:
    """Return the lines of the pages in some folders."""
    pages = (data for name, data in files.items() if name.startswith(folders) and name.endswith(".md"))
    return {line.strip() for data in pages for line in data.decode("utf-8", "replace").split("\n")}


def _upgrade(world: World, folder: Path, step: Step) -> Problems:
    asked = {"anew": step.get("anew", False), "other_base": step.get("other-base", False)}
    made, problems = upgrade(folder, step.get("day", world.day), **asked)
    if world.plan and made:
        assert made.changes == world.planned, "an upgrade does what its plan says"
        assert made.standings == world.plan.standings
        opened, _ = open_edition(folder, step.get("day", world.day))
        assert opened, "an edition that was upgraded can be opened"
        assert opened.standings == made.standings, "what a plan says of local work is so afterwards"
        assert opened.news == made.waiting
    world.plan = None
    return problems


def _plan(world: World, folder: Path, step: Step) -> Problems:
    world.plan, problems = plan_upgrade(folder, step.get("day", world.day), anew=step.get("anew", False))
    world.planned = dict(world.plan.changes) if world.plan else {}
    return problems


def _look(world: World, folder: Path, step: Step) -> Problems:
    opened, problems = open_edition(folder, step.get("day", world.day))
    return () if opened else problems


def _release(world: World, folder: Path, step: Step) -> Problems:
    return ()


def _release_check(world: World, folder: Path, step: Step) -> Problems:
    """Say what is wrong with a release; ``core`` is what stands there, whatever it was released as."""
    new, old = (_library(world, step.get(key, "")) for key in ("new", "old"))
    assert new is not None
    return check_release(new, old)


def _library(world: World, version: str) -> Library | None:
    folder = world.root / "core" if version == "core" else world.releases.get(version)
    return read_library_folder(folder)[0] if folder else None


def _flatten(world: World, folder: Path, step: Step) -> Problems:
    """Flatten an edition, and see that the one that is written says the same; it goes again."""
    flat = world.root / "flat"
    made, problems = flatten(folder, flat, step.get("day", world.day))
    if made:
        one, other = (open_edition(root, world.day)[0] for root in (folder, flat))
        assert one is not None
        assert other is not None
        assert made.differing == differing(one.edition, other.edition) == ()
        assert other.base.ancestry is None
        shutil.rmtree(flat)
    assert not flat.exists()
    return problems


def _undo(world: World, folder: Path, step: Step) -> Problems:
    now = tree(folder)
    done, problems = undo_upgrade(folder)
    if done:
        _, before, after = world.upgrades.pop()
        wanted = {
            name: data
            for name in {*before, *after, *now}
            if (data := (before if before.get(name) != after.get(name) else now).get(name)) is not None
        }
        assert tree(folder) == wanted, "after an undo the tree is byte for byte as it was before the upgrade"
    return problems


def _accept(world: World, folder: Path, step: Step) -> Problems:
    decision = _decision(world, step, How(step["how"]))
    return accept(folder, step["what"], decision)[1]


def _accept_editorial(world: World, folder: Path, step: Step) -> Problems:
    return accept_editorial(folder, _decision(world, step, How.KEPT_MINE))[1]


def _decision(world: World, step: Step, how: How) -> Decision:
    return Decision(
        how=how,
        by=step.get("by", ""),
        reason=step.get("reason", ""),
        until=step.get("until"),
        on=step.get("day", world.day),
    )


def _record(world: World, folder: Path, step: Step) -> Problems:
    return _made(world, folder, step, {})


def _write(world: World, folder: Path, step: Step) -> Problems:
    for path in _files(world, step):
        path.unlink()
    write(world.vary({step["file"]: step["text"]}), world.root, {})
    return ()


def _make(world: World, folder: Path, step: Step) -> Problems:
    """Write a file as a command does that makes local work: it is known beside which text."""
    changes: dict[str, bytes | None] = dict.fromkeys(
        path.relative_to(folder).as_posix() for path in _files(world, step)
    )
    for name, text in world.vary({step["file"]: step["text"]}).items():
        changes[(world.root / name).relative_to(folder).as_posix()] = text.encode()
    return _made(world, folder, step, changes)


def _made(world: World, folder: Path, step: Step, changes: Changes) -> Problems:
    return make_work(folder, step.get("day", world.day), lambda: Edit(Done("", NOWHERE), changes))[1]


def _replace(world: World, folder: Path, step: Step) -> Problems:
    texts = {path: path.read_bytes().decode("utf-8") for path in _files(world, step)}
    found = False
    for path, text in texts.items():
        ends = "\r\n" if "\r\n" in text else "\n"
        old, new = (step[key].replace("\n", ends) for key in ("old", "new"))
        found |= old in text
        path.write_bytes(text.replace(old, new).encode("utf-8"))
    assert found, f"{step['file']} does not hold {step['old']!r}"
    return ()


def _fingerprint(world: World, folder: Path, step: Step) -> Problems:
    """Write the fingerprints of the core anew, as who makes a release of it does."""
    published(world.root / "core")
    return ()


def _remove(world: World, folder: Path, step: Step) -> Problems:
    files = _files(world, step)
    assert files, f"there is no {step['file']}"
    for path in files:
        path.unlink()
    return ()


def _files(world: World, step: Step) -> list[Path]:
    """Return the file that a step names, or those into which its blocks were put."""
    folder = (world.root / step["file"]).parent
    names = {path.relative_to(world.root).as_posix(): path for path in folder.glob("*")}
    return [path for name, path in sorted(names.items()) if dealt_from(step["file"], without_id(name))]


def _merge_copy(world: World, folder: Path, step: Step) -> Problems:
    """Let two people work in copies of one folder, then put the files of the one over those of the other.

    All of them (``whole``), as who copies a folder does, or only those that were changed.
    """
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    start = tree(folder)
    told = [problem for one in step["here"] for problem in world.step(one)]
    told += [problem for one in step["there"] for problem in world.step({**one, "in": "copy"})]
    here, there = tree(folder), tree(copy)
    if step.get("whole"):
        shutil.copytree(copy, folder, dirs_exist_ok=True)
        start = there
    for name in {*start, *there}:
        if there.get(name) == start.get(name):
            continue
        assert here.get(name) == start.get(name), f"two people changed one file: {name}"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name in there:
            (folder / name).write_bytes(there[name])
        else:
            (folder / name).unlink()
    shutil.rmtree(copy)
    return tuple(told)


_DOING: dict[str, Callable[[World, Path, Step], Problems]] = {
    "upgrade": _upgrade,
    "plan": _plan,
    "look": _look,
    "release": _release,
    "flatten": _flatten,
    "release-check": _release_check,
    "undo": _undo,
    "accept": _accept,
    "accept-editorial": _accept_editorial,
    "record": _record,
    "write": _write,
    "make": _make,
    "replace": _replace,
    "fingerprint": _fingerprint,
    "remove": _remove,
    "merge-copy": _merge_copy,
}
