"""Dates as people read them: written ``2019-02-18``, read ``18 February 2019``."""

from __future__ import annotations

import re
from collections.abc import Callable

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?")


def date_in_words(date: str, month: Callable[[str], str] = str) -> str:
    """Return a date, as far as it is known, in words: ``18 February 2019``, ``February 2019``, ``2019``.

    ``month`` may translate the name of a month. What is no date is returned as it is.
    """
    match = _DATE.fullmatch(date)
    if not match:
        return date
    day = [str(int(match["day"]))] if match["day"] else []
    return " ".join((*day, month(MONTHS[int(match["month"]) - 1]), match["year"]))
