"""Lines of text, counted the way Markdown counts them."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

#: Directives whose body is not Markdown: what stands in it is neither a block, a role nor prose.
LITERAL = frozenset(
    (
        "code",
        "code-block",
        "code-cell",
        "csv-table",
        "eval-rst",
        "graphviz",
        "literalinclude",
        "math",
        "mermaid",
        "raw",
        "sourcecode",
        "toctree",
    )
)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, each with its own ending: a line feed, a carriage return, or both.

    ``str.splitlines`` would also split at form feeds and the like, and lose count.
    """
    if "\r" in text:
        return _LINE.findall(text)
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def plain(text: str) -> str:
    """Return a text without byte order mark and carriage returns; lines keep their numbers."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def toml_string(words: str) -> str:
    """Return a TOML basic string that holds the words (TOML 1.0, "String")."""
    return '"' + _ESCAPED.sub(_escape, words) + '"'


_TOML_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f\\"]')


def _escape(match: re.Match[str]) -> str:
    return _TOML_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"
