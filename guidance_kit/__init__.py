"""A library of reusable guidance, and the kit to compose local editions of it.

Importing this package loads neither Sphinx nor docutils::

    from guidance_kit import load_library

    core = load_library("core")
    for challenge in core.of_kind("challenge"):
        print(challenge.title)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guidance_kit.api import (
    check,
    compose,
    load_edition,
    load_library,
    read_library,
    read_overlay,
)
from guidance_kit.model.edition import Edition
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import (
    KINDS,
    CaseStudy,
    Challenge,
    Criterion,
    Recommendation,
    Solution,
    Term,
)
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Overlay
from guidance_kit.problems import GuidanceError, Place, Problem, Severity
from guidance_kit.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = [
    "KINDS",
    "CaseStudy",
    "Challenge",
    "Criterion",
    "Edition",
    "GuidanceError",
    "Item",
    "Library",
    "Overlay",
    "Place",
    "Problem",
    "Recommendation",
    "Severity",
    "Solution",
    "Term",
    "__version__",
    "check",
    "compose",
    "load_edition",
    "load_library",
    "read_library",
    "read_overlay",
    "setup",
]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the Sphinx extension; called by Sphinx for ``extensions = ["guidance_kit"]``."""
    from guidance_kit.sphinx_ext import setup as register  # noqa: PLC0415 - must not load Sphinx before

    return register(app)
