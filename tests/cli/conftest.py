"""A small library and an edition of it, in a folder of the test's own."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from tested import PACKAGES

from guidance_kit.upgrading import upgrade

SMALL = Path(__file__).parent / "small"
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
def kept(edition: Path) -> Path:
    """Give the edition with its own copy of the national text."""
    made, problems = upgrade(edition, dt.date(2026, 6, 1))
    assert made, problems
    return edition


@attrs.frozen
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in a process of its own."""

    def run(
        *args: object, cwd: Path = tmp_path, env: dict[str, str] | None = None, user: int | None = None
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "guidance_kit", *map(str, args)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(PACKAGES), **(env or {})},
            user=user,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        ran = Ran(
            done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )
        assert "Traceback" not in ran.said, ran.said
        return ran

    return run
