"""``guidance-kit adapt DIR ITEM PART``."""

from __future__ import annotations

from pathlib import Path

import click

from guidance_kit.cli.shape import Command, edition_argument


@click.command(
    cls=Command,
    short_help="Put local words in place of national ones.",
    example='guidance-kit adapt northtown agree-roles first-steps --reason "Our team covers both campuses."',
)
@edition_argument(required=True)
@click.argument("item")
@click.argument("part", required=False, default="")
@click.option(
    "--kind",
    type=click.Choice(["context", "meaning"]),
    default="context",
    show_default=True,
    help="Whether scope and intention stay as they are (context) or change (meaning).",
)
@click.option("--reason", default="", help="Why your words differ; readers see it.")
def adapt(folder: Path, *, item: str, part: str, kind: str, reason: str) -> int:
    """Write one PART of a national ITEM into the folder local/ of the edition in DIR, for you to change.

    The file begins with the national text. A part is adapted once; if it has been, the command says where.
    """
    from guidance_kit.cli.edits import make  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.editing.adapting import plan_adaptation  # noqa: PLC0415
    from guidance_kit.model.vocabulary import AdaptKind  # noqa: PLC0415

    chosen = AdaptKind.MEANING if kind == "meaning" else AdaptKind.CONTEXT
    return make(folder, lambda: plan_adaptation(folder, item, part, kind=chosen, reason=reason))
