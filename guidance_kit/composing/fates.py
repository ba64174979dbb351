"""What became of an item, part or fact that is no longer there, in words."""

from __future__ import annotations

from guidance_kit.model.changes import Fate, Split, Withdrawn


def told_of(target: str, fate: Fate, review: str) -> tuple[str, str, str]:
    """Return the code, the message and the hint for a local change about something that is gone.

    ``review`` is the command that shows it.
    """
    why = f" {fate.why}" if fate.why else ""
    if isinstance(fate, Withdrawn):
        words = f'"{target}" was withdrawn in {fate.release}.{why} What you say of it has no place now.'
        return "orphaned", words, f"See how it can be kept, or put it in the attic: {review}"
    if isinstance(fate, Split):
        names = " and ".join(f'"{one}"' for one in fate.into)
        words = f'"{target}" became {names} in {fate.release}.{why} What you say of it has no place now.'
        return "split-choice", words, f"Write one of them in its place: {', '.join(fate.into)}."
    words = (
        f'"{target}" became part of "{fate.new}" in {fate.release}.{why} What you say of it has no place now.'
    )
    return "split-choice", words, f"Say whether it still fits there: write {fate.new} in its place."
