"""One flag rewrites the expected half of every case: ``pytest tests/conformance --rewrite-cases``."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-cases", action="store_true", help="write what comes of each case into it")
