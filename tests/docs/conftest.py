"""A place to run the manual's commands in."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from manual_pages import DOCS, ROOT
from tested import PACKAGES


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with copies of what the manual's commands name, and the command itself on the path."""
    shutil.copytree(DOCS / "example", tmp_path / "docs/example")
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("_build"))
    command = tmp_path / ".bin/guidance-kit"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m guidance_kit "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}:/usr/bin:/bin")
    monkeypatch.setenv("PYTHONPATH", str(PACKAGES))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path
