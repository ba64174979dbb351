"""What is tested is what is installed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import guidance_kit


@pytest.mark.skipif(not os.environ.get("GUIDANCE_KIT_INSTALLED"), reason="tested from a checkout by hand")
def test_the_package_under_test_is_the_installed_one():
    checkout = Path(__file__).resolve().parent.parent
    assert not Path(guidance_kit.__file__).is_relative_to(checkout / "guidance_kit")
