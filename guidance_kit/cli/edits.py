"""Telling a person what an edit did."""

from __future__ import annotations

import click

from guidance_kit.editing.done import Result
from guidance_kit.problems import GuidanceError


def report(result: Result) -> int:
    """Print what was done, where, and what to do next; raise the problems if it was refused."""
    done, problems = result
    if done is None:
        raise GuidanceError(problems)
    click.echo(done.message)
    click.echo(f"    {done.place}")
    if done.kept:
        click.echo(f"    The file as it was: {done.kept}")
    if done.then:
        click.echo(done.then)
    return 0
