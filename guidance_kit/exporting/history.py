"""``history.json``: the fingerprints of every released state of a library, so that a copy can be proved.

Each state holds only what its release changed or added, and what was gone (see
:func:`guidance_kit.reading.releases.read_history`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from guidance_kit.model.history import Released
from guidance_kit.model.library import Library

FORMAT = 1


def as_history(library: Library) -> str:
    """Return the text of the file with the library as it stands as the state of its version.

    That state takes the place of one of the same version, or comes last.
    """
    said = library.changes.digest(library.version)
    now = Released(library.version, library.content, dict(library.prints), said)
    states = [now if one.version == now.version else one for one in library.history.releases]
    if now not in states:
        states.append(now)
    return f'{{\n"format": {FORMAT},\n"releases": [\n{",".join(_written(states))}\n]\n}}\n'


def _written(states: list[Released]) -> Iterator[str]:
    """Give each state with what differs from the one before: a fingerprint a line, so that lines compare."""
    before: Mapping[str, str] = {}
    for state in states:
        prints = sorted((key, one) for key, one in state.prints.items() if before.get(key) != one)
        gone = sorted(key for key in before if key not in state.prints)
        rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in prints)
        said = f' "changes": {json.dumps(state.changes)},\n' if state.changes else ""
        yield (
            f'{{\n{said} "content": {json.dumps(state.content)},\n'
            f' "gone": {json.dumps(gone)},\n'
            f' "prints": {{\n{rows}\n }},\n'
            f' "version": {json.dumps(state.version)}\n}}'
        )
        before = state.prints
