"""The records that the tool writes for itself: each says what it holds (``seal``).

So a line changed by hand is noticed. The seal keeps slips out, not forgers. The same values give the same
bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from guidance_kit.model.lock import FORMAT
from guidance_kit.model.text import toml_string
from guidance_kit.problems import Place, Problem, typed

HEAD = "# Written by guidance-kit; do not change it by hand."
_AGAIN = "Put back the file as it was, from a copy of the folder."
#: What to do without a copy of a decision.
ONE_DECISION = "Without a copy delete it: then what it was about waits for a decision again."

#: The head of a table, and its values.
Stanza = tuple[str, Mapping[str, object]]


def all_again(root: Path) -> str:
    """Return what to do without a copy of the lock of an edition, or of the text that it names."""
    then = "then all that is local, and every safety change, is to be looked at again"
    return f"Without a copy: guidance-kit upgrade {typed(root)} --anew ({then})"


def seal(stanzas: Iterable[Stanza]) -> str:
    """Return a short digest of what a record says."""
    words = "\n".join(line for name, stanza in stanzas for line in written(name, stanza))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def written(name: str, stanza: Mapping[str, object]) -> Iterator[str]:
    """Give the lines of a stanza; what is empty is not written."""
    yield ""
    yield name
    yield from rows(stanza)


def rows(stanza: Mapping[str, object]) -> Iterator[str]:
    """Give the values of a stanza, a line each."""
    yield from (f"{key} = {_value(value)}" for key, value in stanza.items() if value)


def edited(place: Place, then: str) -> Problem:
    """Return the problem that a record does not hold what it says it holds; ``then`` is what else helps."""
    words = "This record was changed by hand, or is cut short, so it says nothing that can be relied on."
    return Problem("lock-edited", words, f"{_AGAIN} {then}", place)


def is_newer(table: Mapping[str, Any]) -> bool:
    """Return whether a record is of a later format than this tool knows."""
    return isinstance(table.get("lock"), int) and table["lock"] > FORMAT


def newer_tool(place: Place) -> Problem:
    """Return the problem that a record was written by a newer tool."""
    words = "This edition was last changed by a newer guidance-kit, which this one cannot read."
    hint = "Install the newer one: python -m pip install --upgrade guidance-kit"
    return Problem("newer-tool", words, hint, place)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return value.isoformat() if isinstance(value, dt.date) else toml_string(str(value))
