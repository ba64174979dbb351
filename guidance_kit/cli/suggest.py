"""``guidance-kit suggest DIR``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import Severity, worst


@click.command(
    cls=Command,
    short_help="Print your changes as a table for the national team.",
    example="guidance-kit suggest northtown > comments.csv",
)
@edition_argument()
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def suggest(folder: Path, *, as_json: bool) -> int:
    """Print what the edition in DIR (or here) changed or added, as a table to send to the national team.

    Each row has the national text, yours, your reason, and an empty cell for the answer. If the edition is
    based on another one, each row says whose text stood before yours. It is CSV, which any spreadsheet opens.
    """
    from guidance_kit.cli.subjects import edition_at  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.exporting.suggest import suggest as written  # noqa: PLC0415
    from guidance_kit.exporting.suggest import suggest_rows  # noqa: PLC0415

    edition, problems = edition_at(folder)
    if as_json:
        click.echo(json.dumps(suggest_rows(edition), ensure_ascii=True, indent=2))
    else:
        _print(written(edition))
    telling.tell(problem for problem in problems if problem.severity is Severity.ERROR)
    return 1 if worst(problems) else 0


def _print(table: str) -> None:
    """Print for a person, or hand the exact bytes to a file or another program."""
    if sys.stdout.isatty():
        click.echo(table, nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(table.encode("utf-8"))
    sys.stdout.buffer.flush()
