"""Take one rule out of the engine at a time, and see whether a case of the conformance suite breaks.

    python tests/mutation/run.py [MODULE ...] [--only LOG]

Each mutant of ``composing/`` and ``upgrading/`` is tried in a process of its own against the cases in which the
changed line runs, and in which a changed condition would be another; merging and flattening, which have laws and
tests of their own, then against those. What nothing notices is a survivor. Run by hand: it takes an hour. The
survivors stand in ``survivors.txt`` with the reason for each; an unknown one makes the exit code 1. (That each of them names
a mutant that there is, tests/test_survivors.py sees.)
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType, ModuleType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "guidance_kit"
sys.path[:0] = [str(ROOT), str(HERE.parent), str(HERE.parent / "conformance"), str(HERE)]

import pytest  # noqa: E402 - after the path is set, as what follows
from mutants import Mutant, mutants_of, probed  # noqa: E402 - found by the path above

ENGINE = ("composing", "upgrading")
#: No rules of the suite: what is said in words is tried by the plays of the manual, word for word.
APART = (
    "upgrading/carried",
    "upgrading/comparing",
    "upgrading/comparing_news",
    "upgrading/legible",
    "upgrading/reviewing",
    "upgrading/summary",
    "upgrading/telling",
    "upgrading/values",
    "upgrading/word_changes",
)
_FLATTENING = (
    "upgrading/test_flattened_files.py",
    "upgrading/test_flattening.py",
    "upgrading/test_laws_of_flattening.py",
)
#: Tests that are asked beside the cases.
TESTS = {
    "composing/materials": ("composing/test_materials.py",),
    "composing/fixed": ("upgrading/test_fixed_above.py",),
    "composing/notices": ("composing/test_notices.py",),
    "composing/protecting": ("upgrading/test_fixed_above.py",),
    "composing/reviewing": ("upgrading/test_unedited.py", "exporting/test_provenance.py"),
    "upgrading/accepting": (
        "upgrading/test_said_of_decisions.py",
        "upgrading/test_kept_above.py",
        "upgrading/test_must_appear.py",
    ),
    "upgrading/acting": (
        "upgrading/test_undone.py",
        "upgrading/test_putting_right.py",
        "upgrading/test_unreadable.py",
        "upgrading/test_making_work.py",
        "upgrading/test_other_base.py",
    ),
    "upgrading/arrivals": ("upgrading/test_kept_above.py", "upgrading/test_arrivals.py"),
    "upgrading/beside": ("upgrading/test_beside.py", "upgrading/test_other_base.py"),
    "upgrading/beneath": (
        "upgrading/test_beneath.py",
        "upgrading/test_kept_above.py",
        "upgrading/test_taken_out_above.py",
        "upgrading/test_outlook.py",
        "upgrading/test_other_base.py",
    ),
    "upgrading/copies": ("upgrading/test_putting_right.py",),
    "upgrading/opening": (
        "upgrading/test_unedited.py",
        "upgrading/test_told_to_readers.py",
        "upgrading/test_taken_out_above.py",
        "upgrading/test_kept_above.py",
    ),
    "upgrading/stopping": ("upgrading/test_stopping.py", "upgrading/test_chains.py"),
    "composing/choosing": ("exporting/test_pages_made.py",),
    "composing/targets": ("composing/test_targets.py",),
    "composing/pages": ("upgrading/test_kept_above.py",),
    "upgrading/sources": ("upgrading/test_status.py", "upgrading/test_outlook.py"),
    "upgrading/deciding": ("upgrading/test_said_of_decisions.py", "upgrading/test_fixed_above.py"),
    "upgrading/planner": (
        "upgrading/test_putting_right.py",
        "upgrading/test_outlook.py",
        "upgrading/test_idle.py",
        "upgrading/test_making_work.py",
        "upgrading/test_titles.py",
        "upgrading/test_other_base.py",
    ),
    "upgrading/planning": (
        "upgrading/test_putting_right.py",
        "upgrading/test_unreadable.py",
        "upgrading/test_outlook.py",
        "upgrading/test_other_base.py",
        "upgrading/test_lost.py",
    ),
    "upgrading/unreadable": ("upgrading/test_unreadable.py",),
    "upgrading/artefacts": (
        "upgrading/test_texts.py",
        "upgrading/test_titles.py",
        "upgrading/test_unreadable.py",
        "upgrading/test_matching.py",
    ),
    "upgrading/holding": ("upgrading/test_holding.py",),
    "upgrading/matching": ("upgrading/test_matching.py",),
    "upgrading/genuine": ("upgrading/test_genuine.py", "upgrading/test_putting_right.py"),
    "upgrading/gravity": (
        "upgrading/test_reasons.py",
        "upgrading/test_chains.py",
        "upgrading/test_other_base.py",
        "upgrading/test_reviewing.py",
        "upgrading/test_kept_above.py",
        "upgrading/test_must_appear.py",
    ),
    "upgrading/keeping": ("upgrading/test_keeping.py", "upgrading/test_taken_out_above.py"),
    "upgrading/lost": ("upgrading/test_outlook.py", "upgrading/test_lost.py"),
    "upgrading/lost_links": ("upgrading/test_keeping.py",),
    "upgrading/retiring": ("upgrading/test_taken_out.py",),
    "upgrading/undone": ("upgrading/test_undone.py",),
    "upgrading/older": (
        "upgrading/test_older.py",
        "upgrading/test_genuine.py",
        "upgrading/test_outlook.py",
        "upgrading/test_other_base.py",
    ),
    "upgrading/naming": ("upgrading/test_said_of_decisions.py",),
    "upgrading/outlook": (
        "upgrading/test_outlook.py",
        "upgrading/test_above_packages.py",
        "upgrading/test_other_base.py",
    ),
    "upgrading/states": (
        "upgrading/test_reviewing.py",
        "upgrading/test_fixed_above.py",
        "upgrading/test_taken_out_above.py",
        "upgrading/test_other_base.py",
    ),
    "upgrading/unread": (
        "upgrading/test_unread.py",
        "upgrading/test_told_to_readers.py",
        "upgrading/test_kept_above.py",
        "upgrading/test_must_appear.py",
    ),
    "upgrading/merging": ("upgrading/test_laws_of_merging.py",),
    "upgrading/flat_manifest": _FLATTENING,
    "upgrading/flat_pair": ("upgrading/test_flat_pair.py", *_FLATTENING),
    "upgrading/flat_texts": _FLATTENING,
    "upgrading/flattening": _FLATTENING,
}
SURVIVORS = HERE / "survivors.txt"
PATIENCE = 400
Lines = set[tuple[str, int]]
UNSURE = ("", 0)


def modules() -> list[Path]:
    """Return the modules that are changed."""
    every = (path for folder in ENGINE for path in sorted((PACKAGE / folder).glob("*.py")))
    return [path for path in every if path.stem != "__init__" and name_of(path) not in APART]


def name_of(path: Path) -> str:
    """Return what a module is called here."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def breaks(path: Path) -> bool:
    """Return whether a case does not give what it says it gives."""
    from case_files import read_case
    from case_outcomes import agrees, outcome
    from case_steps import World

    case = read_case(path)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        try:
            agrees(outcome(World.of(case, Path(name).resolve()), case), case["expected"])
        except Exception:  # noqa: BLE001 - whatever goes wrong, the case has noticed
            return True
    return False


def covered(paths: list[Path]) -> dict[Path, Lines]:
    """Return the lines of the engine that each case runs; each must pass."""
    found: dict[Path, Lines] = {}
    for path in paths:
        lines: Lines = set()
        sys.settrace(_tracer(lines))
        broken = breaks(path)
        sys.settrace(None)
        if broken:
            sys.exit(f"{path.stem} breaks with nothing changed.")
        found[path] = lines
    return found


def infected(paths: list[Path]) -> dict[Path, Lines]:
    """Return the mutants that make a difference at once in each case: their numbers, from -1 downwards.

    To look at what a condition would be costs nothing; where that is never another, no case can notice.
    """
    lines: Lines = set()

    def probe(value: object, path: str, *pairs: object) -> object:
        for number, other in zip(pairs[::2], pairs[1::2], strict=True):
            try:
                now = other()
                same = now is value or (type(now) is type(value) and now == value)
            except Exception:  # noqa: BLE001 - the mutant fails where the engine does not
                same = False
            if not same:
                lines.add((path, -1 - number))
        return value

    trees = {path: probed(path.read_text("utf-8"), str(path)) for path in modules()}
    sys.meta_path.insert(0, Changed(trees, probe))
    found: dict[Path, Lines] = {}
    for path in paths:
        lines.clear()
        # a question that also tells something, asked twice, leads elsewhere: then the lines that are run decide
        found[path] = {UNSURE} if breaks(path) else set(lines)
    return found


def _tracer(lines: Lines):
    ours = tuple(str(PACKAGE / folder) for folder in ENGINE)

    def within(frame: FrameType, event: str, arg: object):
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return within

    def outside(frame: FrameType, event: str, arg: object):
        return within if frame.f_code.co_filename.startswith(ours) else None

    return outside


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a changed module in place of the one in its file."""

    def __init__(self, trees: dict[Path, ast.Module], probe=None) -> None:
        self.paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in trees}
        self.trees, self.probe = trees, probe

    def find_spec(self, name, _path=None, _target=None):
        return importlib.util.spec_from_loader(name, self) if name in self.paths else None

    def exec_module(self, module: ModuleType) -> None:
        path = self.paths[module.__name__]
        module.__file__ = str(path)
        if self.probe:
            module.__probe__ = self.probe
        code: CodeType = compile(self.trees[path], str(path), "exec")
        exec(code, module.__dict__)  # noqa: S102 - our own module, one place of it changed


def noticed_by(path: Path, mutant: Mutant, asked: list[Path]) -> Path | None:
    """Return the first case that notices a mutant; the module itself, if its tests do; None if nothing does.

    It is tried in a process of its own.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(PATIENCE)  # a mutant that never ends has been noticed
        code = 1
        try:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            os.fsync = lambda handle: None
            sys.meta_path.insert(0, Changed({path: mutant.tree}))
            notices = (one for one in asked if (fails(path) if one == path else breaks(one)))
            by = next(notices, None)
            os.write(write, str(by or "").encode())
            code = 1 if by else 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read) as told:
        by = told.read()
    _, status = os.waitpid(child, 0)
    return Path(by or path) if status else None


def fails(path: Path) -> bool:
    """Return whether a test fails of those that are asked beside the cases."""
    asked = [str(HERE.parent / name) for name in TESTS[name_of(path)]]
    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", *asked]) != 0


def tried(path: Path, coverage: dict[Path, Lines]) -> Iterator[tuple[Mutant, int, bool]]:
    """Give each mutant of a module, how many cases run it, and whether it survives."""
    noticing: list[Path] = []  # what noticed the last ones is asked first: it often notices the next one too
    for mutant in mutants_of(path.read_text("utf-8")):
        if ONLY and called(path, mutant) not in ONLY:
            continue
        first, last = mutant.lines
        spots = {(str(path), line) for line in range(first, last + 1)}
        probe = {(str(path), -1 - mutant.probe)} if mutant.probe is not None else spots
        runs = [
            case
            for case, lines in coverage.items()
            if mutant.always or (spots if UNSURE in lines else probe) & lines
        ]
        runs.sort(key=lambda case: len(coverage[case]))
        asked = [*runs, *([path] if name_of(path) in TESTS else [])]
        asked.sort(key=lambda one: noticing.index(one) if one in noticing else len(noticing))
        by = noticed_by(path, mutant, asked)
        if by:  # tests take longest, so that they come after all of these cases
            noticing = [by, *(one for one in noticing if one != by)]
            noticing.sort(key=lambda one: one == path)
        yield mutant, len(runs), by is None


def known() -> dict[str, str]:
    """Return the survivors that are explained: what is changed, and why no case notices."""
    lines = SURVIVORS.read_text("utf-8").splitlines() if SURVIVORS.exists() else []
    rows = (line.split(" -- ") for line in lines if " -- " in line)
    return {what.strip(): why.strip() for what, why in rows}


def traced(cases: list[Path], looked=covered) -> dict[Path, Lines]:
    """Return the lines that cases run, found out in a process of its own, so that nothing is loaded here."""
    with tempfile.NamedTemporaryFile() as file:
        child = os.fork()
        if not child:
            os.fsync = lambda handle: None
            Path(file.name).write_bytes(pickle.dumps(looked(cases)))
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.exit("The cases break with nothing changed.")
        return pickle.loads(Path(file.name).read_bytes())  # noqa: S301 - written a moment ago


def listed(path: Path) -> tuple[int, list[tuple[str, str]]]:
    """Return how many mutants a module has, and those that survive: what was changed, and where."""
    found, count = [], 0
    for mutant, runs, alive in tried(path, COVERAGE):
        count += 1
        if alive:
            found.append((called(path, mutant), f"line {mutant.lines[0]}, {runs} cases"))
    return count, found


def called(path: Path, mutant: Mutant) -> str:
    """Return what a mutant is called in what is printed, and in the list of survivors."""
    return f"{path.relative_to(PACKAGE).as_posix()}: {mutant.what}"


COVERAGE: dict[Path, Lines] = {}
ONLY: set[str] = set()


def main() -> int:
    """Try the mutants, and list those that survive."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("module", nargs="*", help="names of modules, such as states; without, all of them")
    parser.add_argument("--only", metavar="LOG", help="try only what an earlier run printed as surviving")
    asked = parser.parse_args()
    wanted = asked.module
    if asked.only:
        lines = Path(asked.only).read_text("utf-8").splitlines()
        ONLY.update(line.partition(" -- ")[0].strip() for line in lines if " -- " in line)
    for name in ("markdown_it", "mdit_py_plugins", "tomlkit", "attrs", "cattrs", "json", "difflib", "click"):
        importlib.import_module(name)  # nobody changes these: loaded once, for every process
    began, explained = time.monotonic(), known()
    cases = sorted((HERE.parent / "conformance" / "cases").glob("*.toml"))
    differs = traced(cases, infected)
    COVERAGE.update({case: lines | differs[case] for case, lines in traced(cases).items()})
    paths = [path for path in modules() if not wanted or {path.stem, name_of(path)} & set(wanted)]
    paths.sort(key=lambda path: -path.stat().st_size)  # the longest first, so that none is alone at the end
    counts = [0, 0, 0]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for count, found in pool.imap_unordered(listed, paths, chunksize=1):
            counts = [counts[0] + count, counts[1] + len(found), counts[2]]
            for what, where in found:
                counts[2] += what not in explained
                print(f"{what} -- {explained.get(what, f'NOT EXPLAINED ({where})')}", flush=True)
    print(f"{counts[0]} mutants, {counts[1]} survive, {counts[2]} of them not explained;", end=" ")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if counts[2] else 0


if __name__ == "__main__":
    sys.exit(main())
