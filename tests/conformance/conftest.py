"""One flag rewrites the expected half of every case: ``pytest tests/conformance --rewrite-cases``."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("case_outcomes")

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-cases", action="store_true", help="write what comes of each case into it")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder in memory where there is one: cases write many small files, and none need outlive a kill."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    with tempfile.TemporaryDirectory(dir=_MEMORY if usable else None) as name:
        yield Path(name).resolve()
