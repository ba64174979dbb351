"""The command ``guidance-kit``: its commands, and the one place where anything that goes wrong is shown."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from guidance_kit.cli import telling
from guidance_kit.cli.accept import accept
from guidance_kit.cli.adapt import adapt
from guidance_kit.cli.build import build
from guidance_kit.cli.check import check
from guidance_kit.cli.diff import diff
from guidance_kit.cli.export import export
from guidance_kit.cli.fact import fact
from guidance_kit.cli.facts import facts
from guidance_kit.cli.flatten import flatten
from guidance_kit.cli.leave_out import leave_out
from guidance_kit.cli.new import new
from guidance_kit.cli.note import note
from guidance_kit.cli.package import package
from guidance_kit.cli.preview import preview
from guidance_kit.cli.release_check import release_check
from guidance_kit.cli.report import report
from guidance_kit.cli.review import review
from guidance_kit.cli.shape import Group
from guidance_kit.cli.show import show
from guidance_kit.cli.status import status
from guidance_kit.cli.suggest import suggest
from guidance_kit.cli.upgrade import upgrade
from guidance_kit.cli.where import where
from guidance_kit.cli.write_source import write_source
from guidance_kit.problems import GuidanceError
from guidance_kit.version import __version__

NAME = "guidance-kit"
PROBLEM, DECISIONS, USAGE, FAULT, STOPPED, CLOSED = 1, 2, 64, 70, 130, 141


@click.group(
    cls=Group,
    name=NAME,
    example=f"{NAME} new northtown",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name=NAME, message="%(prog)s %(version)s")
def guidance_kit() -> None:
    """Compose, check and publish local editions of shared guidance.

    An edition is a folder with a file edition.toml and your own words in local/. Who stands in it need not
    name it. Every command says what to do next. It ends with 0 if all is well, 1 if there is a problem, 2 if
    only decisions are waiting for somebody, and 64 if it was not understood.
    """


for command in (
    new, build, check, show, facts, where, fact, leave_out, note, adapt,
    status, upgrade, review, accept, diff, report, suggest,
    export, preview, write_source, package, flatten, release_check,
):  # fmt: skip
    guidance_kit.add_command(command)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; nothing is raised, whatever the input."""
    given = list(sys.argv[1:] if args is None else args)
    telling.speak_any_encoding()
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        _stay_quiet()
        return CLOSED
    return code


def _run(args: list[str]) -> int:
    try:
        with guidance_kit.make_context(NAME, args) as context:
            result = guidance_kit.invoke(context)
            return result if isinstance(result, int) else 0
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a traceback must not reach a person
        show = next(show for kind, show in _SHOWN if isinstance(error, kind))
        return show(error, args)


def _problems(error: GuidanceError, args: list[str]) -> int:
    telling.tell(error.problems)
    if "--json" in args:  # a program reads what it asked for, and people what they always read
        click.echo(telling.refusal(error.problems))
    return PROBLEM


def _of_the_system(error: OSError, args: list[str]) -> int:
    return _problems(GuidanceError([telling.system_problem(error)]), args)


def _misused(error: click.ClickException, _args: list[str]) -> int:
    context = getattr(error, "ctx", None)
    telling.say(f"{error.format_message()}")
    if context is not None:
        telling.say(f"    See: {context.command_path} --help")
    return USAGE


def _aborted(stop: click.Abort, args: list[str]) -> int:
    if isinstance(stop.__context__, EOFError):
        telling.say("\nThe answers ended too soon. Give them as options: see guidance-kit new --help")
        return USAGE
    return _interrupted(stop, args)


def _interrupted(_stop: BaseException, _args: list[str]) -> int:
    telling.say("\nStopped. Nothing is half written: run the same command again at any time.")
    return STOPPED


def _faulty(error: Exception, args: list[str]) -> int:
    if os.environ.get("GUIDANCE_KIT_DEBUG"):
        raise error
    words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    command = shlex.join([NAME, *args])
    telling.say(
        f"This is a fault in guidance-kit, not in your work. Please report it: {words} (in: {command})"
    )
    return FAULT


#: What each thing that can go wrong is shown as; the first that fits.
_SHOWN: tuple[tuple[type[BaseException], Callable[[Any, list[str]], int]], ...] = (
    (click.exceptions.Exit, lambda done, _args: int(done.exit_code)),
    (click.Abort, _aborted),
    (click.ClickException, _misused),
    (KeyboardInterrupt, _interrupted),
    (GuidanceError, _problems),
    (OSError, _of_the_system),
    (Exception, _faulty),
)


def _stay_quiet() -> None:
    """Let nothing more be written to a pipe that somebody has closed."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
