"""Opening files: text or problems, never an exception."""

from __future__ import annotations

import json
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from guidance_kit.problems import Place, Problem
from guidance_kit.reading.toml_faults import toml_fault

#: A page beyond this size (in bytes) is not guidance, and would only make a machine work.
MAX_BYTES = 4_000_000
_MARKERS = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)
_AGAIN = "Take the file again from where it came from."


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """Return the text of a UTF-8 file and any problem; the text is empty if it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            words = "This is not a file that can be read."
            return "", [Problem("unreadable", words, "Put a file of text in its place.", _at(path))]
        data = path.read_bytes()
    except FileNotFoundError:
        return "", [Problem("not-found", "This file does not exist.", "Check the name.", _at(path))]
    except OSError as error:
        words = f"This file cannot be read: {_why(error)}."
        return "", [Problem("unreadable", words, "Check that you may open it.", _at(path))]
    if len(data) > MAX_BYTES:
        words = f"This file is too large ({len(data)} bytes; the most is {MAX_BYTES})."
        return "", [Problem("too-large", words, "Cut it into several pages.", _at(path))]
    return _decode(data, path)


def read_toml(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return the table of a TOML file and any problem, told in plain words."""
    text, problems = read_text(path)
    if problems:
        return {}, problems
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n")), []
    except tomllib.TOMLDecodeError as error:
        return {}, merge_markers(text, path) or [toml_fault(path, text, error)]
    except RecursionError:
        return {}, [Problem("manifest-syntax", "This file is nested too deeply.", "", _at(path))]
    except ValueError as error:  # a number with thousands of digits
        words = f"This file cannot be read: {str(error).partition(';')[0].lower()}."
        return {}, [Problem("manifest-syntax", words, "Put the value in quotes.", _at(path))]


def read_json(path: Path, again: str = _AGAIN) -> tuple[Any, list[Problem]]:
    """Return the value of a JSON file and any problem; ``again`` is how to get a good one."""
    text, problems = read_text(path)
    if problems:
        return None, problems
    try:
        value = json.loads(text.removeprefix("\ufeff"))
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        if marked := merge_markers(text, path):
            return None, marked
        words = f"This file is not JSON: {error.msg}."
        return None, [Problem("json-syntax", words, again, _at(path, error.lineno))]
    except RecursionError:
        return None, [Problem("json-syntax", "This file is nested too deeply.", again, _at(path))]
    except ValueError as error:  # a number with thousands of digits, or half a character
        words = f"This file cannot be read: {str(error).partition(';')[0].lower()}."
        return None, [Problem("json-syntax", words, again, _at(path))]
    return value, []


def merge_markers(text: str, path: Path) -> list[Problem]:
    """Return a problem for each line that holds the mark of an unfinished merge."""
    if not any(mark in text for mark in ("<" * 7, ">" * 7, "|" * 7)):
        return []
    return [
        Problem(
            "conflict-markers",
            "This line is the mark of an unfinished merge.",
            "Keep the words you want and delete the marked lines.",
            _at(path, text.count("\n", 0, match.start()) + 1),
        )
        for match in _MARKERS.finditer(text)
    ]


def _decode(data: bytes, path: Path) -> tuple[str, list[Problem]]:
    if data.startswith(b"PK\x03\x04"):
        words = "This is a document of a word processor, not text."
        hint = "Copy its words into a file of plain text whose name ends with .md."
        return "", [Problem("not-text", words, hint, _at(path))]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4000:2] or b"\0" in data[1:4000:2]:
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:200].count(b"\0") > len(data[:200]) // 4
        kind = 'is saved as "Unicode" (UTF-16)' if utf16 else "holds a NUL character"
        line = 0 if utf16 else data.count(b"\n", 0, data.index(b"\0")) + 1
        hint = "Save it again as plain text with the encoding UTF-8."
        return "", [Problem("not-text", f"This file {kind}, not UTF-8 text.", hint, _at(path, line))]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "Save it again as plain text with the encoding UTF-8."
        return "", [Problem("not-text", "This line is not UTF-8 text.", hint, _at(path, line))]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        hint = "Delete the character; it cannot be seen, so retype the line."
        return "", [Problem("not-text", "This line holds a NUL character.", hint, _at(path, line))]
    return text, []


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _at(path: Path, line: int = 0) -> Place:
    return Place(str(path), line)
