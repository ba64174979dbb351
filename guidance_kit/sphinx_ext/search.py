"""The search index without the words of pages that are gone, which Sphinx keeps with nothing beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

_FILE = "searchindex.js"
_HEAD, _TAIL = "Search.setIndex(", ")"
_TABLES = ("terms", "titleterms", "alltitles")


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """Take words that no page holds any more out of the search index; for ``build-finished``."""
    file = Path(app.outdir) / _FILE
    if exception is not None or app.builder.format != "html" or not file.is_file():
        return
    text = file.read_text("utf-8")
    if ":[]" in text.replace(" ", "") and text.startswith(_HEAD) and text.endswith(_TAIL):
        index = json.loads(text[len(_HEAD) : -len(_TAIL)])
        for name in _TABLES:
            index[name] = _without_empty(index.get(name, {}))
        file.write_text(f"{_HEAD}{json.dumps(index, sort_keys=True, separators=(',', ':'))}{_TAIL}", "utf-8")


def _without_empty(table: dict[str, Any]) -> dict[str, Any]:
    return {word: pages for word, pages in table.items() if pages != []}
