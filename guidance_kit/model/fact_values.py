"""The value of a local fact, judged by the fact's type. A value stays text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from guidance_kit.model.facts import Fact
from guidance_kit.model.vocabulary import FactType

Fault = tuple[str, str]  # what is wrong, as the end of a sentence; and what to do

_PHONE = re.compile(r"\+?[\d(][\d ()-]{4,20}(\s?(x|ext\.?)\s?\d{1,6})?|\d{3}", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:.]+(?:\.[^\s@<>\"'(),;:.]+)+")
_URL = re.compile(
    r"https?://[^\s<>\"'`{}|\\^/?#.]+(?:\.[^\s<>\"'`{}|\\^/?#.]+)+\.?(?:[:/?#][^\s<>\"'`{}|\\^]*)?"
)
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_LONGEST = 500
_FEWEST, _SHORTEST = 8, 3  # digits of a telephone number that begins with 0, and of any
_HIDDEN = ("Cc", "Zl", "Zp", "Cs")  # control characters, line and paragraph ends, halves of characters
_TYPED = (
    FactType.EMAIL,
    FactType.URL,
    FactType.PHONE,
)  # these are copied: no character of them may be unseen
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # would show the text around it backwards


def value_fault(fact: Fact, value: str) -> Fault | None:
    """Return what is wrong with a value for a fact and what to do, or None if it is good."""
    if not value.strip():
        return "is empty.", f"Write a value, or delete the line. {fact.help}".strip()
    hidden = (*_HIDDEN, "Cf") if fact.type in _TYPED else _HIDDEN
    if any(unicodedata.category(char) in hidden or char in _TURNS for char in value):
        return "holds a line break or a hidden character.", "Write it on one line."
    if len(value) > _LONGEST:
        return f"is too long ({len(value)} characters).", f"Keep it under {_LONGEST} characters."
    if _MARKUP.search(value):
        return "holds HTML.", "Write plain text: a value is shown exactly as it is typed."
    return _CHECKS.get(fact.type, _anything)(fact, value.strip())


def _anything(_fact: Fact, _value: str) -> Fault | None:
    return None


def _shaped(pattern: re.Pattern[str], what: str, example: str) -> Callable[[Fact, str], Fault | None]:
    def check(fact: Fact, value: str) -> Fault | None:
        if pattern.fullmatch(value):
            return None
        return f'is not {what}: "{value}".', f"For example: {fact.example or example}"

    return check


def _phone(fact: Fact, value: str) -> Fault | None:
    """Judge a telephone number; the shortest that begins with 0, such as 0800 1111, has eight digits.

    Source: Ofcom, National Telephone Numbering Plan: what is shorter begins otherwise.
    """
    fault = _shaped(_PHONE, "a telephone number", "0808 157 0100")(fact, value)
    digits = sum(char.isdigit() for char in re.split("[xe]", value.casefold())[0])
    needed = _FEWEST if value.lstrip("(").startswith("0") else _SHORTEST
    if fault is None and digits < needed:
        return f'is too short for a telephone number: "{value}".', "Write all of it, with the area code."
    return fault


def _date(_fact: Fact, value: str) -> Fault | None:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return f'is not a date: "{value}".', "Write year, month and day: 2026-03-31"
    return None


def _choice(fact: Fact, value: str) -> Fault | None:
    if value in fact.choices:
        return None
    return f'is not one of its choices: "{value}".', f"Choices: {', '.join(fact.choices)}."


_CHECKS: dict[FactType, Callable[[Fact, str], Fault | None]] = {
    FactType.PHONE: _phone,
    FactType.EMAIL: _shaped(_EMAIL, "an email address", "team@northtown.example"),
    FactType.URL: _shaped(_URL, "a web address", "https://www.northtown.example"),
    FactType.NUMBER: _shaped(_NUMBER, "a number", "12"),
    FactType.DATE: _date,
    FactType.CHOICE: _choice,
}
