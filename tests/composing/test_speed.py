"""Reading and composing stay quick, and their cost grows with the guidance and no faster."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

import pytest

from guidance_kit.composing import compose
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.overlay import FactValue, LeaveOut, Overlay
from guidance_kit.problems import Place
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.pages import read_page

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
generate = pytest.importorskip("generate", reason="the benchmarks are not here")


def seconds(root: Path) -> float:
    """Return the time of the processor, not of the wall, that one reading and composing takes."""
    gc.collect()
    started = time.process_time()
    library, _ = read_library_folder(root)
    assert library is not None
    compose(library, Overlay(id="northtown", title="N", leave_out=(LeaveOut("core:challenge-0", "x"),)))
    return time.process_time() - started


def test_six_thousand_items_are_read_and_composed_in_two_seconds(tmp_path: Path) -> None:
    generate.write_library(6000, tmp_path)
    assert any(seconds(tmp_path) < 2 for _ in range(6))  # a busy machine gets more than one chance


def test_cost_grows_with_the_number_of_items(tmp_path: Path) -> None:
    generate.write_library(300, tmp_path / "small")
    generate.write_library(1200, tmp_path / "large")
    small = min(seconds(tmp_path / "small") for _ in range(4))
    assert min(seconds(tmp_path / "large") for _ in range(3)) < 8 * small


def test_a_page_of_ordinary_size_is_read_within_a_millisecond() -> None:
    text = generate.ours(4, 10)
    times = []
    for _ in range(60):
        started = time.process_time()
        read = read_page(text, "page.md", Place("page.md"), "core", KINDS)
        times.append(time.process_time() - started)
    assert read.page.items
    assert min(times) < 0.001


def test_many_operations_cost_little(tmp_path: Path) -> None:
    generate.write_library(1500, tmp_path)
    library, _ = read_library_folder(tmp_path)
    assert library is not None
    names = list(library.by_id)
    overlay = Overlay(
        id="northtown",
        title="N",
        leave_out=tuple(LeaveOut(name, "x") for name in names[:700]),
        values=tuple(FactValue("none", "x", name) for name in names),
    )
    started = time.process_time()
    compose(library, overlay)
    assert time.process_time() - started < 2
