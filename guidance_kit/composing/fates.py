"""What became of an item, part or fact that is no longer there, in words."""

from __future__ import annotations

from guidance_kit.model.changes import Fate, Split, Withdrawn


def told_of(target: str, fate: Fate, review: str, *, stands: bool = False) -> tuple[str, str, str]:
    """Return the code, the message and the hint for a local change about something that is gone.

    ``review`` is the command that shows it. ``stands`` says that the change is an item, which stands anyway.
    """
    why = f" {fate.why}" if fate.why else ""
    then = "Your item stands, in place of nothing." if stands else "What you say of it has no place now."
    if isinstance(fate, Withdrawn):
        words = f'"{target}" was withdrawn in {fate.release}.{why} {then}'
        return "orphaned", words, f"See how it can be kept, or put it in the attic: {review}"
    if isinstance(fate, Split):
        names = " and ".join(f'"{one}"' for one in fate.into)
        words = f'"{target}" became {names} in {fate.release}.{why} {then}'
        return "split-choice", words, f"Write one of them where you name it now: {', '.join(fate.into)}."
    words = f'"{target}" became part of "{fate.new}" in {fate.release}.{why} {then}'
    return "split-choice", words, f"Say whether it still fits there: write {fate.new} where you name it now."
