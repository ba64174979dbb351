"""Reading and composing stay quick, told as ratios of two times measured in one run."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from guidance_kit.composing import compose
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.overlay import FactValue, LeaveOut, Overlay
from guidance_kit.problems import Place
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.pages import read_page

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
generate = pytest.importorskip("generate", reason="the benchmarks are not here")

pytestmark = pytest.mark.long

LEFT_OUT = Overlay(id="northtown", title="N", leave_out=(LeaveOut("core:challenge-0", "x"),))


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the time of the processor, not of the wall, that the quickest of some tries takes."""
    taken = []
    for _ in range(times):
        gc.collect()
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def read_and_compose(root: Path) -> None:
    library, _ = read_library_folder(root)
    assert library is not None
    compose(library, LEFT_OUT)


def parse(texts: list[str]) -> None:
    """Parse pages with the parser under MyST and nothing else: what any reading of Markdown costs."""
    parser = MarkdownIt("commonmark").enable("table")
    for text in texts:
        parser.parse(text)


def test_reading_and_composing_cost_less_than_plain_markdown(tmp_path: Path) -> None:
    generate.write_library(1500, tmp_path)
    texts = [path.read_text() for path in sorted(tmp_path.rglob("*.md"))]
    ours = seconds(lambda: read_and_compose(tmp_path))
    assert ours < seconds(lambda: parse(texts))  # measured 0.35 on a quiet machine, 0.55 on a busy one


def test_cost_grows_with_the_number_of_items(tmp_path: Path) -> None:
    generate.write_library(300, tmp_path / "small")
    generate.write_library(1200, tmp_path / "large")
    small = seconds(lambda: read_and_compose(tmp_path / "small"), 4)
    assert seconds(lambda: read_and_compose(tmp_path / "large")) < 8 * small


def test_a_page_of_ordinary_size_costs_less_than_plain_markdown() -> None:
    text = generate.ours(4, 10)
    assert read_page(text, "page.md", Place("page.md"), "core", KINDS).page.items
    ours = seconds(lambda: read_page(text, "page.md", Place("page.md"), "core", KINDS), 60)
    assert ours < seconds(lambda: parse([text]), 20)  # measured 0.45


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
    few = seconds(lambda: compose(library, LEFT_OUT))
    many = seconds(lambda: compose(library, overlay))
    assert many < 3 * few  # measured 0.9
