"""The list of mutants that survive speaks of the engine as it is."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "mutation"))

from mutants import names_of  # noqa: E402 - found by the path above

PACKAGE = HERE.parent / "guidance_kit"


def plain(name: str) -> str:
    """Return a name without the quotation marks, which each Python puts otherwise."""
    return name.translate(str.maketrans("", "", "\"'\\"))


def test_each_survivor_that_is_explained_is_a_mutant_that_there_is():
    lines = (HERE / "mutation" / "survivors.txt").read_text("utf-8").splitlines()
    explained = [line.partition(" -- ")[0] for line in lines if " -- " in line]
    modules = {line.partition(": ")[0] for line in explained}
    texts = {name: (PACKAGE / name).read_text("utf-8") for name in modules}
    there = {plain(f"{name}: {what}") for name, text in texts.items() for what in names_of(text)}
    assert [one for one in explained if plain(one) not in there] == []
    assert len(set(explained)) == len(explained)
