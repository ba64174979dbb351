"""What ``import guidance_kit`` offers, and what it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import guidance_kit
from guidance_kit.version import __version__

NEEDED = {
    "load_library", "read_library", "read_overlay", "compose", "load_edition", "check", "KINDS", "Library",
    "Edition", "Problem", "GuidanceError", "Challenge", "Solution", "CaseStudy", "Criterion",
    "Recommendation", "Term",
}  # fmt: skip


def test_the_public_names_are_listed_and_there():
    assert set(guidance_kit.__all__) >= NEEDED
    assert all(hasattr(guidance_kit, name) for name in guidance_kit.__all__)


@pytest.mark.parametrize("name", sorted(guidance_kit.__all__))
def test_every_public_name_is_documented(name):
    if name not in ("__version__", "KINDS"):
        assert getattr(guidance_kit, name).__doc__


def test_importing_loads_neither_sphinx_nor_docutils():
    code = (
        "import guidance_kit, sys; print([m for m in ('sphinx', 'docutils', 'citeproc') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_library_and_an_edition_are_read_without_sphinx():
    code = (
        "import guidance_kit, sys; core = guidance_kit.load_library('core'); guidance_kit.check(core);"
        "print(len(core) > 0, 'sphinx' in sys.modules, 'docutils' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True False False"


def test_the_version_stands_in_one_place():
    assert guidance_kit.__version__ == __version__
    assert guidance_kit.load_library("core").version == __version__
