"""Which of two versions is the lower one, as far as they are numbers."""

from __future__ import annotations

import pytest

from guidance_kit.model.versions import is_lower


@pytest.mark.parametrize(
    ("version", "than", "lower"),
    [
        ("1", "2", True),
        ("2", "10", True),
        ("1.9", "2", True),
        ("2", "2.0", False),
        ("2", "2.0.1", True),
        ("3", "2", False),
        ("", "2", False),
        ("2026", "", False),
        ("spring", "2", False),
        ("1", "2.dev0", False),
    ],
)
def test_a_version_is_lower_only_where_both_are_numbers(version: str, than: str, *, lower: bool):
    assert is_lower(version, than) is lower
