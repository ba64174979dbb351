"""A small library and an edition of it, in a folder of the test's own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from many_files import BEFORE, RECORD, files_of, fill, kill_when_there

SMALL = Path(__file__).parents[1] / "cli" / "small"
MANIFEST = """\
# Our edition. This comment stays.

[edition]
id        = "northtown"  # short
title     = "Northtown edition"
publisher = "NHS Northtown"
version   = "1"
based_on  = "../small"

# facts we know
[facts]
crisis-line = "0808 157 0100"  # checked by telephone

# the end
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def edition(tmp_path: Path, library: Path) -> Path:
    root = tmp_path / "northtown"
    (root / "local").mkdir(parents=True)
    (root / "edition.toml").write_text(MANIFEST)
    assert library.is_dir()
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "northtown" / "empty").mkdir(parents=True)
    return fill(tmp_path / "northtown", BEFORE)


@pytest.fixture
def quick(root: Path) -> Iterator[Path]:
    """The same folder in memory where there is such a disk: thousands of kills are quick there."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield root
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(shutil.copytree(root, Path(name, "northtown")))


@pytest.fixture(scope="session")
def killed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose change was killed when it counted and nothing of it was carried out yet."""
    root = tmp_path_factory.mktemp("killed") / "northtown"
    (root / "empty").mkdir(parents=True)
    kill_when_there(fill(root, BEFORE), RECORD)
    assert files_of(root).items() >= BEFORE.items()
    return root


@pytest.fixture
def cut_short(killed_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(killed_once, tmp_path / "cut-short"))
