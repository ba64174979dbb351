"""The difference between national and local words, word by word, for people."""

from __future__ import annotations

import difflib
import re

#: Every character is in one of them: white space of any kind too, such as a space that does not break.
_TOKENS = re.compile(r"https?://[^\s()<>]+|\n+|[^\S\n]+|\w+(?:['\u2019-]\w+)*|[^\w\s]")

SAME, DELETED, INSERTED = "same", "del", "ins"
Change = tuple[str, str]  # SAME, DELETED or INSERTED; and the words


def changes(old: str, new: str) -> list[Change]:
    """Return the pieces that lead from one text to another, in order.

    The pieces that are not inserted give the old text, those not deleted the new one.
    """
    one, other = _TOKENS.findall(old), _TOKENS.findall(new)
    found: list[Change] = []
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(one[a:b])))
            continue
        if b > a:
            found.append((DELETED, "".join(one[a:b])))
        if d > c:
            found.append((INSERTED, "".join(other[c:d])))
    return _smoothed(found)


def _smoothed(found: list[Change]) -> list[Change]:
    """Return the changes without islands of mere spaces between two of them, which are hard to read."""
    result: list[Change] = []
    for at, (kind, words) in enumerate(found):
        island = kind == SAME and not words.strip() and "\n" not in words and 0 < at < len(found) - 1
        result.extend((part, words) for part in ((DELETED, INSERTED) if island else (kind,)))
    return _merged(result)


def _merged(found: list[Change]) -> list[Change]:
    """Return the changes with those of one kind between two unchanged pieces put together."""
    result: list[Change] = []
    deleted = inserted = ""
    for kind, words in (*found, (SAME, "")):
        if kind == DELETED:
            deleted += words
        elif kind == INSERTED:
            inserted += words
        else:
            pieces = ((DELETED, deleted), (INSERTED, inserted), (SAME, words))
            result.extend((name, text) for name, text in pieces if text)
            deleted = inserted = ""
    return result
