"""The same case, written otherwise: as Windows saves it, in another order, with other line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable

from case_files import Files

Vary = Callable[[Files], Files]


def as_written(files: Files) -> Files:
    """Return the files as they are."""
    return files


def with_crlf(files: Files) -> Files:
    """Return the files as an editor on Windows saves them."""
    return {name: text.replace("\n", "\r\n") for name, text in files.items()}


def permuted(files: Files) -> Files:
    """Return the files with the tables of a manifest turned round, and each local block in a file of its own."""
    found = {}
    for name, text in files.items():
        if name.endswith("/edition.toml"):
            head, *tables = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
            found[name] = head + "".join(
                one if one.endswith("\n") else f"{one}\n" for one in reversed(tables)
            )
        elif re.match(r"(edition|parent)/local/(?!.*/?pages/).*\.md$", name):
            found |= _dealt(name, text)
        else:
            found[name] = text
    return found


def dealt_from(name: str, other: str) -> bool:
    """Return whether a file is another one, or a piece of it that was put in a file of its own."""
    stem, dot, suffix = name.rpartition(".")
    return re.fullmatch(rf"{re.escape(stem)}(-\d+)?{re.escape(dot + suffix)}", other) is not None


def _dealt(name: str, text: str) -> Files:
    pieces, open_fence = [""], ""
    for line in text.split("\n"):
        fence = re.match(r"([:`~]{3,})(\{)?", line)
        if fence and fence[2] and not open_fence:
            open_fence = fence[1]
            pieces.append("")
        pieces[-1] += f"{line}\n"
        if open_fence and line.strip() == open_fence:
            open_fence = ""
            pieces.append("")
    pieces = [piece for piece in pieces if piece.strip()]
    if open_fence or len(pieces) == 1 or not all(re.match(r"[:`~]{3,}\{", piece) for piece in pieces):
        return {name: text}
    stem = name.removesuffix(".md")
    return {f"{stem}-{len(pieces) - at}.md": piece for at, piece in enumerate(pieces)}


def rewrapped(files: Files) -> Files:
    """Return the pages with their paragraphs broken elsewhere, and more blank lines and trailing spaces."""
    return {name: _rewrapped(text) if name.endswith(".md") else text for name, text in files.items()}


def _rewrapped(text: str) -> str:
    lines = text.split("\n")
    found: list[str] = []
    code = title = False
    for at, line in enumerate(lines):
        if re.match(r"(```|~~~)([^{]|$)", line) or "{toctree}" in line or (code and line.strip() == "```"):
            code = not code
        title = "#title" in line or (title and not re.match(r"[`:~]{3,}$", line))
        prose = re.match(r"[A-Za-z][^`|]* [^`|]* [^`|]*$", line)
        alone = (
            not "".join(lines[max(at - 1, 0) : at]).strip() and not "".join(lines[at + 1 : at + 2]).strip()
        )
        if prose and alone and not code and not title:
            words = line.split(" ")
            half = len(words) // 2
            found += [" ".join(words[:half]) + " ", " ".join(words[half:])]
        else:
            found.append(line)
        if not line.strip() and not code and at < len(lines) - 1 and at > 0:
            found.append("")
    return "\n".join(found)
