"""The laws hold for the real core as they do for small ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from test_laws_of_composing import bare

from guidance_kit.api import load_library, read_edition
from guidance_kit.composing import compose
from guidance_kit.model.edition import Label
from guidance_kit.model.item import Item
from guidance_kit.model.overlay import Overlay
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Place
from guidance_kit.reading.pages import read_page

EDITIONS = sorted(path.parent for path in Path(__file__).parents[2].glob("examples/*/edition.toml"))


def test_identity_holds_for_the_real_core() -> None:
    core = load_library()
    edition = compose(core, Overlay(id="northtown", title="Northtown"))
    assert {page.path: page.text for page in edition.pages} == {page.path: page.text for page in core.pages}
    assert {state.label for state in edition.composed} == {Label.NATIONAL}
    assert edition.library.items == core.items


def words(item: Item) -> Item:
    """Return an item without what an earlier edition asks of it, which stands beside the pages."""
    return attrs.evolve(bare(item), protection=Protection.OPEN, protected_parts=())


@pytest.mark.parametrize("root", EDITIONS, ids=lambda path: path.name)
def test_the_example_editions_read_back_as_they_were_composed(root: Path) -> None:
    edition, _ = read_edition(root)
    assert edition is not None
    for page in edition.library.pages:
        read = read_page(page.text, page.path, Place(page.path), edition.base.space).page
        assert list(map(words, (*read.items, *read.nested))) == list(map(words, (*page.items, *page.nested)))


DIGEST = """\
import hashlib, sys
from guidance_kit.api import read_edition
edition, problems = read_edition(sys.argv[1])
told = [page.path + page.text for page in edition.pages] + [str(p) for p in problems] + [repr(edition.composed)]
print(hashlib.sha256("".join(told).encode()).hexdigest())
"""


@pytest.mark.parametrize("root", EDITIONS[:1], ids=lambda path: path.name)
def test_determinism_whatever_the_hash_seed_time_zone_and_locale(root: Path) -> None:
    found = set()
    for seed, zone, tongue in (("1", "UTC", "C"), ("2", "Asia/Kathmandu", "tr_TR.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": tongue, "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", DIGEST, str(root)]
        found.add(subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout)
    assert len(found) == 1
