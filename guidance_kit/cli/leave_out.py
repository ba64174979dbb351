"""``guidance-kit leave-out DIR ITEM``."""

from __future__ import annotations

from pathlib import Path

import click

from guidance_kit.cli.shape import Command, edition_argument


@click.command(
    "leave-out",
    cls=Command,
    short_help="Leave a national item out.",
    example='guidance-kit leave-out northtown small-providers --reason "No small provider in our area."',
)
@edition_argument(required=True)
@click.argument("item")
@click.option("--reason", default="", help="Why; readers see it, and a release needs it.")
def leave_out(folder: Path, *, item: str, reason: str) -> int:
    """Leave a national ITEM out of the edition in DIR, and record the reason in edition.toml.

    Comments and the order of the file stay as they are, and the file as it was is kept in attic/.
    """
    from guidance_kit.cli.edits import make  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.editing.omitting import plan_omission  # noqa: PLC0415

    return make(folder, lambda: plan_omission(folder, item, reason))
