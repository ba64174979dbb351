"""The core library, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance_kit import read_library
from guidance_kit.model.library import Library

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"


@pytest.fixture(scope="session")
def content() -> Path:
    return CONTENT


@pytest.fixture(scope="session")
def core() -> Library:
    return read_library(CONTENT)
