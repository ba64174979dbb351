"""The words that changed beneath a piece of local work, as a person reads them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from guidance_kit.exporting.readable import readable
from guidance_kit.model.library import Library
from guidance_kit.model.lock import What
from guidance_kit.upgrading.artefacts import text_of
from guidance_kit.upgrading.legible import legible
from guidance_kit.upgrading.states import GONE, Standing

_WORDS = re.compile(r"\w+(?:['\u2019-]\w+)*")
_MOST, _LONGEST = 3, 120  # changed words that are named; of more, a person reads the texts side by side


def named(one: Standing, base: Library) -> Iterator[str]:
    """Give the words that changed, what the release says of it, and which old words are still local."""
    stale = one.stale
    if stale is None:
        return
    yield changed(one, base)
    if stale.why:
        yield f": {stale.why.rstrip('.')}"
    was, ours = _readable(stale.was, one, base), readable(one.artefact.text, base)
    pairs = _pairs(one, base)
    held = [phrase for old, _ in pairs if old and (phrase := _phrase(old, was, ours))]
    if held:
        mine = "note" if one.artefact.what is What.NOTE else "text"
        yield f'. Your {mine} mentions "{held[0]}"'


def changed(one: Standing, base: Library) -> str:
    """Return the words that changed beneath local work, where they are few."""
    pairs = _pairs(one, base)
    if not pairs or len(pairs) > _MOST or any(_is_long(old, new) for old, new in pairs):
        return ""
    return " (" + "; ".join(_pair(old, new) for old, new in pairs) + ")"


def _is_long(old: str, new: str) -> bool:
    """Return whether words that changed are better read in their place: there are many, or in many lines."""
    return len(old) + len(new) >= _LONGEST or "\n" in f"{old}{new}"


def changed_words(was: str, now: str) -> list[tuple[str, str]]:
    """Return the words that changed between two texts, as pairs of old and new."""
    one, other = list(_WORDS.finditer(was)), list(_WORDS.finditer(now))
    matcher = difflib.SequenceMatcher(None, [m[0] for m in one], [m[0] for m in other], autojunk=False)
    return [
        (_passage(was, one[a:b]), _passage(now, other[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def _passage(text: str, words: list[re.Match[str]]) -> str:
    """Return a text from the first of some words to the last."""
    return text[words[0].start() : words[-1].end()] if words else ""


def _pairs(one: Standing, base: Library) -> list[tuple[str, str]]:
    """Return the words that changed beneath local work, as a person reads them."""
    stale = one.stale
    gone = stale is None or one.state in GONE or stale.kept
    now = "" if gone else text_of(base, one.artefact.target)
    if stale is None or not stale.was or not now:
        return []
    return changed_words(_readable(stale.was, one, base), _readable(now, one, base))


def _readable(text: str, one: Standing, base: Library) -> str:
    return readable(legible(text, one.artefact.target), base, one.artefact.item)


def _pair(old: str, new: str) -> str:
    if not old:
        return f'new: "{new}"'
    return f'"{old}" to "{new}"' if new else f'without "{old}"'


def _phrase(old: str, was: str, mine: str) -> str:
    """Return the old word with the word after it, if local words hold it; empty if they do not."""
    after = re.search(rf"\b{re.escape(old)}\b\W+(\w+)", was)
    both = f"{old} {after[1]}" if after else old
    for words in (both, old):
        if re.search(rf"\b{re.escape(words)}\b", " ".join(mine.split())):
            return words
    return ""
