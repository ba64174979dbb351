"""Builds the same items with our directives and as plain MyST admonitions, in one run, and prints ratios.

    python benchmarks/run.py --items 300 1500 --repeat 3

Each figure is the best of ``--repeat`` runs, the trees taking turns; time is wall time of the whole
``sphinx-build`` process, memory the peak of its main process. Nothing here is an assertion: machines
differ, and a ratio measured beside its floor is the only number that travels.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

AIMS = {"clean": (0.85, 0.85), "no-op": (1.1, None), "one edit": (1.1, None)}
Figure = tuple[float, float]  # seconds, MiB


def measure(command: list[str], cwd: Path) -> Figure:
    """Return the wall time in seconds and the peak memory in MiB of a command; stop if it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        errors = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode(errors='replace')[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


def sphinx(tree: Path, jobs: str, *, fresh: bool = False) -> Figure:
    """Build a tree and return what it cost."""
    more = ["-E", "-a"] if fresh else []
    command = [sys.executable, "-m", "sphinx", "-q", "-j", jobs, *more, ".", "_build/html"]
    return measure(command, tree)


def edit(tree: Path, turn: int) -> None:
    """Change one sentence of one page."""
    page = tree / "page-0001.md"
    lines = page.read_text("utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("- ") and "`" not in line)
    lines[at] = f"- Edited in turn {turn}."
    page.write_text("\n".join(lines), "utf-8")


def best(figures: list[Figure]) -> Figure:
    """Return the least time and the least memory."""
    return min(f[0] for f in figures), min(f[1] for f in figures)


def compare(count: int, jobs: str, names: list[str], repeat: int) -> dict[str, dict[str, Figure]]:
    """Return, for clean, no-op and one edit, what each tree costs."""
    found: dict[str, dict[str, list[Figure]]] = {phase: {name: [] for name in names} for phase in AIMS}
    with tempfile.TemporaryDirectory() as folder:
        trees = {name: Path(folder) / name for name in names}
        for name, tree in trees.items():
            generate.write(name, count, tree)
        for turn in range(repeat):
            for name, tree in trees.items():
                found["clean"][name].append(sphinx(tree, jobs, fresh=True))
                sphinx(tree, jobs)
                found["no-op"][name].append(sphinx(tree, jobs))
                edit(tree, turn)
                found["one edit"][name].append(sphinx(tree, jobs))
    return {phase: {name: best(runs) for name, runs in by.items()} for phase, by in found.items()}


def show(count: int, jobs: str, figures: dict[str, dict[str, Figure]]) -> None:
    """Print the figures, each beside the floor's, with the aim."""
    for phase, by in figures.items():
        for name, (seconds, memory) in by.items():
            floor = by["floor"]
            time_ratio, memory_ratio = seconds / floor[0], memory / floor[1]
            aim = f"aim {AIMS[phase][0]}" if name == "ours" else ""
            print(
                f"{count:>5} items  -j {jobs:<4}  {phase:<8}  {name:<5}  {seconds:7.2f} s  {time_ratio:5.2f}x"
                f"  {memory:6.0f} MiB  {memory_ratio:5.2f}x  {aim}",
                flush=True,
            )


def reading(count: int) -> None:
    """Print how long reading and composing take."""
    from guidance_kit.composing import compose  # noqa: PLC0415 - only this part needs it
    from guidance_kit.model.overlay import Overlay  # noqa: PLC0415 - the same
    from guidance_kit.reading.folders import read_library_folder  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        generate.write_library(count, Path(folder))
        start = time.perf_counter()
        library, problems = read_library_folder(Path(folder))
        read = time.perf_counter()
        if library is None:
            sys.exit("\n".join(map(str, problems)))
        compose(library, Overlay(id="northtown", title="Northtown"))
        done = time.perf_counter()
    pages = -(-count // generate.PER_PAGE) + 1
    print(
        f"{count:>5} items  reading {read - start:.2f} s ({(read - start) / pages * 1000:.2f} ms a page of ten), "
        f"composing {done - read:.2f} s, together {done - start:.2f} s",
        flush=True,
    )


def edition(repeat: int) -> None:
    """Print a no-op ``guidance-kit build`` beside a no-op ``sphinx-build`` of the same tree."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "edition"
        root.mkdir()
        (root / "edition.toml").write_text(
            '[edition]\nid = "northtown"\ntitle = "Northtown"\npublisher = "Northtown"\n', "utf-8"
        )
        whole = [sys.executable, "-m", "guidance_kit", "build", str(root)]
        stock = [sys.executable, "-m", "sphinx", "-q", "-d", "../stock-doctrees", ".", "../stock-html"]
        measure(whole, root)
        measure(stock, root / "_build" / "source")
        ours = best([measure(whole, root) for _ in range(repeat)])
        floor = best([measure(stock, root / "_build" / "source") for _ in range(repeat)])
    print(
        f"no-op guidance-kit build {ours[0]:.2f} s, sphinx-build {floor[0]:.2f} s: {ours[0] / floor[0]:.2f}x, aim 1.3"
    )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, nargs="+", default=[300, 1500, 6000])
    parser.add_argument("--jobs", nargs="+", default=["1", "auto"])
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    names = ["floor", "ours"] + ["needs"] * bool(importlib.util.find_spec("sphinx_needs"))
    for count in given.items:
        reading(count)
        for jobs in given.jobs:
            show(count, jobs, compare(count, jobs, names, given.repeat))
    edition(given.repeat)


if __name__ == "__main__":
    main()
