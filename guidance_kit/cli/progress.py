"""How far a long build has come, for a person at a terminal; silent everywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import click


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str, int], None] | None]:
    """Give a function that shows a step and its percentage as a bar; None if nobody is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    bars = _Bars()
    try:
        yield bars.show
    finally:
        bars.close()


class _Bars:
    """One bar after another, a step each."""

    def __init__(self) -> None:
        self._step = ""
        self._at = 0
        self._open = contextlib.ExitStack()
        self._bar: object = None

    def show(self, step: str, done: int) -> None:
        if step != self._step:
            self.close()
            self._step, self._at = step, 0
            label = f"{step:<28}"
            self._bar = self._open.enter_context(click.progressbar(length=100, label=label, file=sys.stderr))
        if done > self._at:
            self._bar.update(done - self._at)  # type: ignore[attr-defined] # click keeps the class private
            self._at = done

    def close(self) -> None:
        self._open.close()
