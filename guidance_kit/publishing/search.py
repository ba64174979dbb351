"""The search index of a web site, without the words of pages that are gone.

When Sphinx takes a page out of its index it keeps the page's words, each with an empty list of pages. What an
edition leaves out must be nowhere, so these go too; the index is then what a clean build would have written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guidance_kit.editing.writing import write_whole

_HEAD, _TAIL = "Search.setIndex(", ")"
_WORDS = ("terms", "titleterms", "alltitles", "indexentries")


def drop_empty_words(output: Path) -> None:
    """Drop the words that no page holds from the search index in an output folder, if there is one."""
    path = output / "searchindex.js"
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return
    if ":[]" not in text or not (text.startswith(_HEAD) and text.endswith(_TAIL)):
        return
    index = json.loads(text[len(_HEAD) : -len(_TAIL)])
    words = json.dumps(_without_empty(index), separators=(",", ":"), sort_keys=True)
    if words != text[len(_HEAD) : -len(_TAIL)]:
        write_whole(path, f"{_HEAD}{words}{_TAIL}".encode())


def _without_empty(index: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: {word: pages for word, pages in value.items() if pages != []} if key in _WORDS else value
        for key, value in index.items()
    }
