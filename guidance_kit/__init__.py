"""A library of reusable guidance, and the kit to compose local editions of it.

Importing this package loads neither Sphinx nor docutils::

    from guidance_kit import load_library

    core = load_library("core")
    for challenge in core.of_kind("challenge"):
        print(challenge.title)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from guidance_kit.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

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
        Document,
        Recommendation,
        Solution,
        Term,
    )
    from guidance_kit.model.library import Library
    from guidance_kit.model.overlay import Overlay
    from guidance_kit.problems import GuidanceError, Place, Problem, Severity

__all__ = [
    "KINDS",
    "CaseStudy",
    "Challenge",
    "Criterion",
    "Document",
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

#: Where each public name lives: loaded when first asked for, so that a Sphinx project loads what it needs.
_HOMES = {
    "guidance_kit.api": (
        "check", "compose", "load_edition", "load_library", "read_library", "read_overlay",
    ),
    "guidance_kit.model.edition": ("Edition",),
    "guidance_kit.model.item": ("Item",),
    "guidance_kit.model.kinds": (
        "KINDS", "CaseStudy", "Challenge", "Criterion", "Document", "Recommendation", "Solution", "Term",
    ),
    "guidance_kit.model.library": ("Library",),
    "guidance_kit.model.overlay": ("Overlay",),
    "guidance_kit.problems": ("GuidanceError", "Place", "Problem", "Severity"),
}  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Return a public name, loaded from where it lives (PEP 562)."""
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(importlib.import_module(home), name)
            return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the Sphinx extension; called by Sphinx for ``extensions = ["guidance_kit"]``."""
    from guidance_kit.sphinx_ext import setup as register  # noqa: PLC0415 - must not load Sphinx before

    return register(app)
