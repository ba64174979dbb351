"""The day on which a command runs, and days as a person types them."""

from __future__ import annotations

import datetime as dt
import os

import click


def today() -> dt.date:
    """Return the day; ``SOURCE_DATE_EPOCH`` sets it, as it does for any reproducible build."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
    return dt.datetime.now(tz=dt.UTC).date()


class Day(click.ParamType):  # type: ignore[type-arg] # generic in the newest click only
    """A day, as in 2027-03-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the day that was typed."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" is not a day: write year, month and day, as in 2027-03-31.', param, ctx)
