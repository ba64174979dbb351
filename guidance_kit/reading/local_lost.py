"""A folder of an edition that was copied in part: the records of its own words are there, and no words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guidance_kit.model.lock import What
from guidance_kit.problems import Place, Problem
from guidance_kit.reading.decisions import REVIEWED, read_decisions

#: What stands in files below ``local/``; other decisions are about lines of ``edition.toml``.
_WRITTEN_THERE = (What.ADAPT, What.NOTE, What.REPLACE, What.PAGE)


def local_lost(local: Path, edition: str) -> Iterator[Problem]:
    """Give a problem if there is no folder for local words, but decisions that left some standing."""
    if local.exists():
        return
    root = local.parent
    standing = read_decisions(root, edition)[
        0
    ].standing.values()  # what is wrong with them is told with the lock
    some = [one for one in standing if one.what in _WRITTEN_THERE and not one.how.puts_away]
    if not some:
        return
    about = sorted({one.called for one in some})
    more = f" and {len(about) - 1} more" if len(about) > 1 else ""
    words = f'The folder {local.name}/ is gone, and with it your own words on "{about[0]}"{more}.'
    kinds = " or ".join(sorted({str(one.what) for one in some}))
    hint = "Copy it back from where it is whole. If the words are gone on purpose, delete the files in "
    hint += f"{REVIEWED} whose names begin with {kinds}."
    yield Problem("local-missing", words, hint, Place(str(local)))
