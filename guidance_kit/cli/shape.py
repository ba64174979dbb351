"""The shape every command shares: help that reads like a sentence and ends with an example."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from guidance_kit.problems import nearest

F = TypeVar("F", bound=Callable[..., Any])


class _Example:
    """Help that ends with an example."""

    example: str

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text("Example:")
        with formatter.indentation():
            formatter.write_paragraph()
            for line in self.example.splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Command(_Example, click.Command):
    """A command with an example; a ``brief`` one ends within seconds."""

    def __init__(self, *args: Any, example: str = "", brief: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        """Hold the example."""
        super().__init__(*args, **kwargs)
        self.example, self.brief = example, brief

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; who stands in the folder of an edition need not name it."""
        for words in args:
            try:
                words.encode()
            except UnicodeEncodeError:
                message = "What was typed holds characters that are none. Nothing was done: type it again."
                raise click.UsageError(message, ctx) from None
        return super().parse_args(ctx, [".", *args] if self._means_here(ctx, args) else args)

    def _means_here(self, ctx: click.Context, args: list[str]) -> bool:
        """Return whether nothing stands where DIR belongs, or no folder, but what comes after it."""
        names = [param.name for param in self.params if isinstance(param, click.Argument)]
        if names[:1] != ["folder"] or len(names) == 1 or not Path("edition.toml").is_file():
            return False
        try:
            first = self.make_parser(ctx).parse_args(list(args))[0].get("folder")
        except click.UsageError:
            return False
        return not isinstance(first, str) or not Path(first).exists()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run the command; a brief one without the collector of cyclic garbage, which finds none in it."""
        was = gc.isenabled()
        if self.brief:
            gc.disable()
        try:
            return super().invoke(ctx)
        finally:
            if was:
                gc.enable()


class Group(_Example, click.Group):
    """The group of all commands, in the order in which a person needs them."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        """Hold the example."""
        super().__init__(*args, **kwargs)
        self.example = example

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names in order of adding."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named first, or say which one is nearest."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            known = [key for key, command in self.commands.items() if not command.hidden]
            message = f'There is no command "{name}". {nearest(name, known)}'.strip()
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


#: The folder of an edition; "." if none is named.
FOLDER = click.Path(path_type=Path)


def edition_argument(*, required: bool = False) -> Callable[[F], F]:
    """Return the decorator for the argument DIR, the folder of an edition."""
    if required:
        return click.argument("folder", metavar="DIR", type=FOLDER, callback=_of_manifest)
    return click.argument(
        "folder", metavar="[DIR]", type=FOLDER, default=Path(), required=False, callback=_of_manifest
    )


def _of_manifest(_ctx: click.Context, _param: click.Parameter, folder: Path) -> Path:
    """Return the folder that is meant: who names the manifest in it means the edition."""
    return folder.parent if folder.name == "edition.toml" and folder.is_file() else folder
