"""Values of facts that are older than they may be: a number to call is looked at from time to time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from guidance_kit.model.changes import FACT
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.library import Library
from guidance_kit.problems import Problem, typed
from guidance_kit.upgrading.states import Standing
from guidance_kit.upgrading.telling import folder_of

_AGE = re.compile(r"(\d{1,4})\s+(day|week|month|year)s?")
_MONTHS = 12


def expired(standings: Iterable[Standing], base: Library, today: dt.date) -> Iterator[Problem]:
    """Give a problem for each value that was last looked at longer ago than its fact allows."""
    ages = {f"{FACT}{fact.id}": (fact.max_age, fact.label) for fact in base.facts}
    for one in standings:
        age, label = ages.get(one.artefact.target, ("", ""))
        looked = one.decision.on if one.decision else None
        if looked is None:
            continue
        until = later(looked, age)
        if until and until < today:
            fact = one.artefact.target.removeprefix(FACT)
            when = date_in_words(looked.isoformat())
            words = f'The value of "{fact}" ({label}) was last looked at on {when}; it may be {age} old.'
            folder = folder_of(one.artefact.origin)
            hint = f"See that it is still right, then: guidance-kit accept {typed(folder)} {fact} --keep-mine"
            yield Problem("fact-expired", words, hint, one.artefact.origin)


def later(day: dt.date, age: str) -> dt.date | None:
    """Return the last day on which something is no older than an age in words, such as ``12 months``."""
    match = _AGE.fullmatch(age.strip())
    if match is None:
        return None
    number = int(match[1])
    if match[2] in ("day", "week"):
        return day + dt.timedelta(days=number * (7 if match[2] == "week" else 1))
    months = day.month - 1 + number * (_MONTHS if match[2] == "year" else 1)
    year, month = day.year + months // _MONTHS, months % _MONTHS + 1
    last = (dt.date(year + month // _MONTHS, month % _MONTHS + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))
