"""The edge of the public interface: where problems become one :class:`GuidanceError`.

Everything below returns values and problems; the functions here are what a Python user calls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from guidance_kit.checking import check_edition, check_library
from guidance_kit.composing import compose
from guidance_kit.model.edition import Edition
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import Overlay
from guidance_kit.problems import GuidanceError, Problem, in_order, worst
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.libraries import read_named_library
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading.opening import open_edition

__all__ = [
    "check",
    "compose",
    "load_edition",
    "load_library",
    "read_edition",
    "read_library",
    "read_overlay",
]

T = TypeVar("T")


def load_library(name: str = "core") -> Library:
    """Return an installed library by name, or the one in a folder.

    Raises GuidanceError with every problem if it cannot be read whole.
    """
    return _or_raise(*read_named_library(name))


def read_library(folder: str | Path, kinds: Mapping[str, type[Item]] = KINDS) -> Library:
    """Return the library in a folder that has a ``library.toml``.

    Raises GuidanceError with every problem if it cannot be read whole.
    """
    return _or_raise(*read_library_folder(Path(folder), kinds))


def read_overlay(folder: str | Path) -> Overlay:
    """Return what an edition says of its own, as read from its folder.

    Raises GuidanceError with every problem if it cannot be read whole.
    """
    return _or_raise(*read_overlay_folder(Path(folder)))


def read_edition(
    folder: str | Path, today: dt.date | None = None
) -> tuple[Edition | None, tuple[Problem, ...]]:
    """Return the composed edition in a folder, as far as it can be made, and every problem found.

    ``today`` is the day for what has a date, if it is not that of the clock.
    """
    opened, problems = open_edition(Path(folder), today)
    return (opened.edition if opened else None), problems


def load_edition(folder: str | Path) -> Edition:
    """Return the composed edition in a folder.

    Raises GuidanceError with every problem if there is an error among them; an edition that is merely
    unfinished (a fact missing, a review overdue) is returned, with its ``problems``.
    """
    return _or_raise(*read_edition(folder))


def check(
    subject: Library | Edition, today: dt.date | None = None, *, writing: bool = False
) -> tuple[Problem, ...]:
    """Return every problem of a library or an edition, in order of place; ``today`` is for dates.

    ``writing`` turns on the rules of writing (evidence, language, access) where the library or edition does
    not ask for them itself; of an edition they look at its own words only.
    """
    if isinstance(subject, Edition):
        return in_order((*subject.problems, *check_edition(subject, today, writing=writing)))
    return check_library(subject, today, writing=writing)


def _or_raise(value: T | None, problems: tuple[Problem, ...]) -> T:
    if value is None or worst(problems):
        raise GuidanceError(problems)
    return value
