"""``guidance-kit check PATH``."""

from __future__ import annotations

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command
from guidance_kit.problems import Severity, worst


@click.command(
    cls=Command,
    brief=True,
    short_help="List everything that is not right.",
    example="guidance-kit check northtown --release\n"
    "guidance-kit check core\n"
    "guidance-kit check northtown/local/notes.md --format json",
)
@click.argument("path", metavar="[PATH]", default=".", required=False)
@click.option(
    "--release", is_flag=True, help="Be as strict as for a release: what is still open is a problem too."
)
@click.option(
    "--writing",
    is_flag=True,
    help="Check how it is written too: sources, plain words, access. The national guidance always is.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(telling.FORMATS),
    default="text",
    show_default=True,
    help="How to print what was found: for people, programs or a workflow.",
)
def check(path: str, *, release: bool, writing: bool, form: str) -> int:
    """Check an edition, a library or a single page, and list everything that is not right.

    PATH is the folder of an edition or library, the name of an installed library, or a Markdown file. Ends
    with 0 if there is nothing to do; 1 if there is an error (with --release, anything that stops a
    release); 2 if only decisions are waiting for somebody, such as a fact to fill in or a review.
    """
    from guidance_kit.cli.subjects import find  # noqa: PLC0415 - loaded when the command runs

    path = path or "."
    found = find(path, writing=writing)
    problems = found.problems
    # who is in another folder than they think would take it for their edition
    what = f"{path} (the installed library, no folder here)" if found.installed else path
    words = telling.formatted(form, problems, what, release=release)
    if words:
        click.echo(words)
    if worst(problems, release=release):
        return 1
    return 2 if any(problem.severity is Severity.BLOCKER for problem in problems) else 0
