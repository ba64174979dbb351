"""``guidance-kit build DIR``."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import FOLDER, Command, edition_argument
from guidance_kit.problems import Problem, Severity

if TYPE_CHECKING:
    from guidance_kit.publishing import Built


@click.command(
    cls=Command, short_help="Build an edition as a web site.", example="guidance-kit build northtown --open"
)
@edition_argument()
@click.option(
    "--builder", default="html", show_default=True, help="What to make: html, text, epub, latex ..."
)
@click.option(
    "--output", type=FOLDER, help="A new or empty folder for the result, instead of DIR/_build/html."
)
@click.option(
    "--jobs", default="1", show_default=True, metavar="N", help="How many processes to use, or auto."
)
@click.option("--open", "show", is_flag=True, help="Open the result when it is done.")
@click.option(
    "--strict", is_flag=True, help="Build every page again, and end with 1 if there is any warning."
)
def build(  # noqa: PLR0913 - one for each option
    folder: Path, *, builder: str, output: Path | None, jobs: str, show: bool, strict: bool
) -> int:
    """Build the edition in DIR (or here) as a web site.

    The result is in DIR/_build/html. Only what has changed is built again. An edition that still has errors
    is built as a draft that says so on every page, and the command ends with 1. Facts and reviews that are
    still open do not stop a build; guidance-kit check lists them.
    """
    from guidance_kit.cli.progress import progress  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.publishing import build as publish  # noqa: PLC0415

    with progress() as told:
        built = publish(folder, builder, output, jobs=_number(jobs), fresh=strict, progress=told)
    shown = [problem for problem in built.problems if problem.severity in (Severity.ERROR, Severity.WARNING)]
    telling.tell(shown)
    for warned in built.warnings:
        telling.say(str(warned))
    _conclude(built)
    if show and built.output:
        _open(built.output)
    return 1 if not built.good or (strict and (shown or built.warnings)) else 0


def _conclude(built: Built) -> None:
    if built.output is None:
        telling.say(f"Nothing was built: {telling.counted(built.problems)}.")
        return
    index = built.output / "index.html"
    words = "Built a draft with errors" if built.marked else "Built"
    click.echo(f"{words}: {built.pages} pages, {index if index.is_file() else built.output}")
    waiting = [problem for problem in built.problems if problem.severity is Severity.BLOCKER]
    if waiting:
        telling.say(f"{telling.counted(waiting).capitalize()} before a release: {_first(waiting)}")


def _first(waiting: list[Problem]) -> str:
    return f"see guidance-kit check ({', '.join(sorted({one.code for one in waiting}))})."


def _number(jobs: str) -> int:
    if jobs == "auto":
        return os.cpu_count() or 1
    if not jobs.isdecimal() or int(jobs) < 1:
        message = f'"{jobs}" is not a number of processes: give 1 or more, or auto.'
        raise click.UsageError(message, click.get_current_context())
    return int(jobs)


def _open(output: Path) -> None:
    index = output / "index.html"
    webbrowser.open((index if index.is_file() else output).resolve().as_uri())
