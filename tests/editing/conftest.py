"""A small library and an edition of it, in a folder of the test's own."""

import shutil
from pathlib import Path

import pytest

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
