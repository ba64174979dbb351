"""``guidance-kit report DIR``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import Severity, worst


@click.command(
    cls=Command,
    short_help="Print the adaptation report: what was adapted, by whom, why.",
    example="guidance-kit report northtown\nguidance-kit report northtown > report.md",
)
@edition_argument()
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def report(folder: Path, *, as_json: bool) -> int:
    """Print the adaptation report of the edition in DIR (or here), in the order of RIGHT-Ad@pt.

    Says what was adapted, added and left out, who decided it, when and why; and says so where nothing is
    recorded. It is plain Markdown: read it here, or paste it into a word processor.
    """
    from guidance_kit.cli.subjects import edition_at  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.exporting.report import report as written  # noqa: PLC0415
    from guidance_kit.exporting.report import report_rows  # noqa: PLC0415
    from guidance_kit.reading.decisions import read_decisions  # noqa: PLC0415
    from guidance_kit.upgrading.holding import holding  # noqa: PLC0415

    edition, problems = edition_at(folder)
    found, _ = read_decisions(folder)  # what is wrong with them is among the problems already
    decisions = holding(edition.base, edition.overlay, found.standing)
    if as_json:
        click.echo(json.dumps(report_rows(edition, decisions), ensure_ascii=True, indent=2))
    else:
        click.echo(written(edition, decisions), nl=False)
    telling.tell(problem for problem in problems if problem.severity is Severity.ERROR)
    return 1 if worst(problems) else 0
