"""Telling a person what an edit did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from guidance_kit.cli.dates import today
from guidance_kit.editing.done import Edit, Result
from guidance_kit.problems import GuidanceError


def make(folder: Path, plan: Callable[[], Edit]) -> int:
    """Make local work in an edition, write down beside which national text, and print what was done."""
    from guidance_kit.upgrading import make_work  # noqa: PLC0415 - loaded when the command runs

    return report(make_work(folder, today(), plan))


def report(result: Result) -> int:
    """Print what was done, where, and what to do next; raise the problems if it was refused."""
    done, problems = result
    if done is None:
        raise GuidanceError(problems)
    click.echo(done.message)
    click.echo(f"    {done.place}")
    if done.kept:
        click.echo(f"    {'The file as it was' if done.whole else 'What was taken out'}: {done.kept}")
    if done.then:
        click.echo(done.then)
    return 0


def as_value(result: Result) -> int:
    """Print what was done as JSON; raise the problems if it was refused."""
    done, problems = result
    if done is None:
        raise GuidanceError(problems)
    value = {
        "message": done.message,
        "path": done.place.path,
        "line": done.place.line,
        "changed": done.changed,
        "kept": done.kept,
    }
    click.echo(json.dumps(value, ensure_ascii=True, indent=2))
    return 0
