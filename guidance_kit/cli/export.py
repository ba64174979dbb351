"""``guidance-kit export PATH --to FORMAT``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guidance_kit.cli.shape import FOLDER, Command
from guidance_kit.problems import GuidanceError, Place, Problem

_FORMATS = ("json", "csv", "markdown", "schema")


@click.command(
    cls=Command,
    short_help="Write an edition as json, csv, markdown ...",
    example="guidance-kit export northtown --to csv --output northtown.csv",
)
@click.argument("path", metavar="[DIR]", default=".", required=False)
@click.option("--to", "form", type=click.Choice(_FORMATS), required=True, help="What to write.")
@click.option("--output", type=FOLDER, help="The file to write; otherwise it is printed.")
@click.option("--force", is_flag=True, help="Write the file even if there is another one of that name.")
def export(path: str, *, form: str, output: Path | None, force: bool) -> int:
    """Write the edition or library in DIR (or here) as data: json, csv, markdown, or a schema for them.

    That holds the items, with the local notes beside them; what else stands on pages is not in it.

    Nothing is written if there is an error in it; guidance-kit check lists them.
    """
    from guidance_kit.cli.subjects import whole  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.exporting import EXPORTERS  # noqa: PLC0415

    data = EXPORTERS[form](whole(path)).encode("utf-8")
    if output is None:
        _print(data)
    else:
        _write(output, data, force=force)
        click.echo(f"Wrote {output}")
    return 0


def _print(data: bytes) -> None:
    """Print for a person, or hand the exact bytes to another program."""
    if sys.stdout.isatty():
        click.echo(data.decode("utf-8"), nl=False)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _write(output: Path, data: bytes, *, force: bool) -> None:
    from guidance_kit.editing.writing import kept_by, write_whole  # noqa: PLC0415

    if kept_by(output):
        words = "This is a file of an edition's own, where nothing else is written."
        raise GuidanceError([Problem("would-overwrite", words, "Name another file.", Place(str(output)))])
    if output.is_dir() or (output.exists() and not force and output.read_bytes() != data):
        words = "There is something else here already, and it is left as it is."
        hint = "Name another file, or use --force to replace it."
        raise GuidanceError([Problem("would-overwrite", words, hint, Place(str(output)))])
    write_whole(output, data)
