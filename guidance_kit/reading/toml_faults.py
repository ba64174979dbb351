"""What is wrong with a TOML file, in plain words: ``tomllib`` speaks to programmers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from guidance_kit.problems import Place, Problem

_CURLY = "\u2018\u2019\u201c\u201d"
_FORM = 'Each line reads: name = "value".'
#: How a message of tomllib begins, what it means to who wrote the line, and what to do.
_PLAIN = (
    ("Illegal character '\\n'", "The quote at the end of this line is missing.", 'Write it: ".'),
    (
        "Unterminated string",
        "A text in quotes begins in this file and never ends.",
        "Write the quotes that end it.",
    ),
    ('Expected "\'"', "The quote at the end of this line is missing.", "Write it: '."),
    (
        "Unescaped '\\'",
        "This value has a backslash, which stands for something else here.",
        "Write / in its place, or two backslashes.",
    ),
    (
        "Expected newline or end of document",
        "Something stands behind the value of this line.",
        'Begin a new line for it; a quote inside the value is written \\".',
    ),
    ("Unclosed array", 'A list begins with "[" and never ends.', 'Write "]" where it ends.'),
    ("Expected ']'", 'This line begins with "[" and has no "]".', "Write [name], or [[name]]."),
    ("Expected '='", 'This line is not of the form name = "value".', f"{_FORM} A name has no spaces."),
    ("Invalid statement", "This line begins with something that no name begins with.", _FORM),
    ("Invalid value", "This line gives no value.", _FORM),
)


def toml_fault(path: Path, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    """Return the problem of a TOML file that cannot be read, at its line."""
    found = re.search(r"at line (\d+)", str(error))
    lines = text.split("\n")
    last = max((at for at, line in enumerate(lines, 1) if line.strip()), default=1)
    number = int(found[1]) if found else last
    message = re.sub(r" \(at .*\)$", "", str(error))
    words, hint = _twice(lines, number, message) or _told(lines[number - 1 : number], message)
    return Problem("manifest-syntax", words, hint, Place(str(path), number))


def _twice(lines: list[str], number: int, message: str) -> tuple[str, str] | None:
    """Return what to say of a line that says again what an earlier one says; None if it does not."""
    if not message.startswith(("Cannot overwrite", "Cannot declare", "Duplicate")):
        return None
    line = lines[number - 1].strip()
    if line.startswith("["):
        table = line.partition("#")[0].strip()
        words = f"{table} is given twice."
        return words, "Put what stands below it under the first one, and delete this line."
    key = _key(line)
    above = range(number - 1, 0, -1)
    table_at = next((at for at in above if lines[at - 1].lstrip().startswith("[")), 0)
    first = next((at for at in above if at > table_at and _key(lines[at - 1]) == key), 0)
    there = f": line {first} gives it too" if first else ""
    return f'"{key}" is given twice{there}.', "Keep the line that is right, and delete the other."


def _key(line: str) -> str:
    return line.partition("=")[0].strip().strip("\"'")


def _told(at: list[str], message: str) -> tuple[str, str]:
    line = at[0] if at else ""
    key, _, value = (piece.strip() for piece in line.partition("="))
    if any(mark in line for mark in _CURLY):
        words = "This line has curly quotes, which a word processor makes."
        return words, 'Type the straight quote instead: ".'
    if value and value[0] not in "\"'[{" and value not in ("true", "false"):
        return f'The value of "{key}" needs quotes.', f'Write {key} = "{value}".'
    for begins, words, hint in _PLAIN:
        if message.startswith(begins):
            return words, hint
    return f"This line cannot be read: {message[:1].lower()}{message[1:]}.", _FORM
