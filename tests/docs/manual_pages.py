"""The manual's pages, and the fenced examples in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=mark)[ ]*$", re.DOTALL | re.MULTILINE
)
_OPTION = re.compile(r":(?P<key>[\w-]+): *(?P<value>.*)\n")


@attrs.frozen
class Example:
    """A fenced example: its language, caption, classes, text, and the line of the page where it begins.

    ``options`` is the number of lines between its first line and its text.
    """

    language: str
    caption: str
    classes: str
    text: str
    line: int
    options: int = 0


def examples_of(page: Path) -> Iterator[Example]:
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        info, body = match["info"].strip(), match["body"]
        options = {}
        if info.startswith("{code-block}"):
            while option := _OPTION.match(body):
                options[option["key"]] = option["value"]
                body = body[option.end() :]
            info = info.removeprefix("{code-block}").strip()
        elif info.startswith("{"):
            continue
        line = text.count("\n", 0, match.start()) + 1
        caption, classes = options.get("caption", ""), options.get("class", "")
        words = body.removeprefix("\n")
        between = match["body"].count("\n") - words.count("\n")
        yield Example(info, caption, classes, words, line, between)


def pages() -> list[Path]:
    return sorted(page for page in DOCS.rglob("*.md") if not {"_build", "example"} & set(page.parts))
