"""Versions that are numbers and dots, and which of two is the lower one."""

from __future__ import annotations

import re

_VERSION = re.compile(r"\d{1,9}(\.\d{1,9})*")
_DEVELOPMENT = re.compile(r"\.dev\d*\Z")
PLACES = 3  # major, minor, patch


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a dotted version, at least three; none if it is not one."""
    if not _VERSION.fullmatch(version):
        return ()
    numbers = [int(piece) for piece in version.split(".")]
    return tuple(numbers + [0] * (PLACES - len(numbers)))


def is_lower(version: str, than: str) -> bool:
    """Return whether a version is lower than another one, as far as both are numbers."""
    one, other = numbers_of(version), numbers_of(than)
    return bool(one and other) and one < other


def is_draft(version: str) -> bool:
    """Return whether a version is that of a draft and no release (PEP 440, developmental releases)."""
    return bool(_DEVELOPMENT.search(version))


def odd_beside(version: str, than: str) -> str:
    """Return what is odd about a version that comes after another, to be put behind it; empty if nothing."""
    if is_draft(version):
        return ", a draft and no release,"
    return ", an older version," if is_lower(version, than) else ""
