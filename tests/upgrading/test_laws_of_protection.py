"""The laws of composing where wording is protected, news waits and changes are under review (rules, section 10)."""

from __future__ import annotations

from desk import Desk
from hypothesis import strategies as st
from small_releases import stories

from guidance_kit.model.edition import Edition


def composed(made: Desk) -> Edition:
    """Return the edition as its readers get it after the newest release, whatever has been decided."""
    made.up()
    return made.opened().edition


@st.composite
def strict_stories(draw: st.DrawFn) -> tuple:
    """Draw a story in which much is protected, from the start and by later releases."""
    (core, *later), ops = draw(stories(2, 2))
    return [core, *later], ops
