"""Texts as people read them who know no Markdown: whole items, their options, and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.fingerprint import OPTIONS

_OPTION = re.compile(r":(?P<key>[\w-]+):(?P<value>.*)")
_FENCE = re.compile(r"\s*(?P<mark>:{3,}|`{3,}|~{3,})\s*(\{(?P<name>[\w:.-]+)\})?\s*(?P<title>.*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r"(=+|-{2,})\s*")
_LABEL = re.compile(r"\(\S+\)=\s*")
_ENTRY = re.compile(r"(?P<title>.*\S)\s*<[^<>]*>")


def legible(text: str, target: str) -> str:
    """Return a national text without the marks that only Markdown needs; nothing of what it says goes.

    Of a whole item or a page, its title, text and headings; of the options of an item, a line each.
    """
    _, _, part = target.partition("#")
    if part == OPTIONS:
        options = (_OPTION.fullmatch(line) for line in text.split("\n"))
        return "\n".join(f"- {_in_words(one)}" for one in options if one and one["key"] != "id")
    if part or target.startswith(FACT) or not (target.startswith(PAGE) or _FENCE.match(text)):
        return text
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_plainly(text.split("\n")))).strip()


def _plainly(lines: list[str]) -> Iterator[str]:
    """Give the lines of blocks and pages that a person reads, each heading a paragraph of its own."""
    in_options = False
    open_: list[tuple[str, str]] = []
    for line in lines:
        fence = _FENCE.fullmatch(line)
        if in_options and _OPTION.fullmatch(line.strip()):
            continue
        in_options = bool(fence and fence["name"])
        if fence and not (fence["name"] or fence["title"]) and _closes(fence["mark"], open_):
            yield ""
        elif fence:
            open_.append((fence["mark"], fence["name"] or ""))
            yield from ("", fence["title"] if fence["name"] else "", "")
        else:
            yield from _in_block(line, open_[-1][1] if open_ else None)


def _closes(mark: str, open_: list[tuple[str, str]]) -> bool:
    """Return whether a fence closes one of those that are open, outermost first; they are closed then."""
    at = next((at for at, (opened, _) in enumerate(open_) if mark.startswith(opened)), None)
    del open_[len(open_) if at is None else at :]
    return at is not None


def _in_block(line: str, name: str | None) -> Iterator[str]:
    """Give a line as it is read; ``name`` is that of the block in which it stands, empty for code."""
    if name == "":  # code says exactly what it says
        yield line
    elif _UNDERLINE.fullmatch(line) or _LABEL.fullmatch(line):
        yield ""
    elif name == "toctree" and line.strip():
        entry = _ENTRY.fullmatch(line.strip())
        yield f"- {entry['title'] if entry else line.strip()}"
    elif _HEADING.match(line):
        yield from ("", line.lstrip("#").strip(), "")
    else:
        yield line


def _in_words(option: re.Match[str]) -> str:
    """Return an option of a block as a person reads it."""
    key, value = option["key"], option["value"].strip()
    if key == "protected-parts":  # summary: safety; first-steps: endorsed
        parts = (one.partition(":") for one in value.split(";"))
        return "Fixed or required: " + ", ".join(f"{part.strip()} ({how.strip()})" for part, _, how in parts)
    return f"{key[:1].upper()}{key[1:].replace('-', ' ')}: {value}"
