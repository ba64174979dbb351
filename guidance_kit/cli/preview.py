"""``guidance-kit preview DIR``."""

from __future__ import annotations

import importlib.util
import shlex
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import GuidanceError, Place, Problem, Severity


@click.command(
    cls=Command,
    short_help="Show an edition in the browser as you edit.",
    example="guidance-kit preview northtown",
)
@edition_argument()
@click.option(
    "--port", default=8000, show_default=True, help="Where the browser finds it; 0 finds a free one."
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def preview(folder: Path, *, port: int, show: bool) -> int:
    """Show the edition in DIR (or here) in the browser, and again whenever you save a change.

    It watches edition.toml, local/ and the national guidance. Stop it with Ctrl-C. It needs the extra "live":
    pip install "guidance-kit[live]".
    """
    from guidance_kit.publishing import write_source  # noqa: PLC0415 - loaded when the command runs

    if importlib.util.find_spec("sphinx_autobuild") is None:
        words = "The preview needs the package sphinx-autobuild, which is not installed."
        hint = 'Install it with: pip install "guidance-kit[live]"'
        raise GuidanceError([Problem("missing-extra", words, hint)])
    source = write_source(folder)
    telling.tell(problem for problem in source.problems if problem.severity is not Severity.INFO)
    if not source.whole:
        return 1
    if port and not _is_free(port):
        words = f"The port {port} is in use by another program."
        raise GuidanceError(
            [Problem("build-failed", words, "Choose another with --port.", Place(str(folder)))]
        )
    _serve(arguments(folder, source.roots, port, show=show))
    telling.say("The preview has ended.")
    return 0


def arguments(folder: Path, sources: Mapping[str, str], port: int, *, show: bool) -> list[str]:
    """Return what sphinx-autobuild is told: where to read and write, what to watch, what to do first."""
    build = folder / "_build"
    write = shlex.join([sys.executable, "-m", "guidance_kit", "write-source", str(folder.resolve())])
    watched = [str(Path(root).resolve()) for root in sources.values()]
    return [
        *("-b", "html", "-q", "-d", str(build / "doctrees" / "preview")),
        *(f"-Dguidance_sources.{name}={root}" for name, root in sources.items()),
        *("--pre-build", write, "--ignore", str(build.resolve()), "--port", str(port)),
        *(argument for root in watched for argument in ("--watch", root)),
        *(["--open-browser", "--delay", "1"] if show else []),
        str(build / "source"),
        str(build / "preview"),
    ]


def _serve(args: list[str]) -> None:
    from sphinx_autobuild.__main__ import main  # noqa: PLC0415 - an extra

    main(args)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0
