"""``guidance-kit write-source DIR``: what the preview runs before each build; not shown in the help."""

from __future__ import annotations

from pathlib import Path

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import Severity


@click.command("write-source", cls=Command, hidden=True, example="guidance-kit write-source northtown")
@edition_argument()
def write_source(folder: Path) -> int:
    """Write the Sphinx source tree of the edition in DIR (or here) to DIR/_build/source, and nothing else.

    Ends with 0 even if there are errors, so that a preview goes on showing what it can.
    """
    from guidance_kit.publishing import write_source as write  # noqa: PLC0415 - loaded when the command runs

    problems = write(folder).problems
    telling.tell(problem for problem in problems if problem.severity is not Severity.INFO)
    return 0
