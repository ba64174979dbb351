"""What came of an edit: it was done, or it was refused and why."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ParamSpec, TypeVar

import attrs

from guidance_kit.problems import Place, Problem


@attrs.frozen
class Done:
    """An edit that was made, or needed no making: a sentence, and the place to look at.

    ``kept`` is the copy of the file as it was, if it was written again; of what was taken out of it alone, if
    that is not ``whole``. ``then`` is what to do next.
    """

    message: str
    place: Place
    changed: bool = True
    kept: str = ""
    whole: bool = True
    then: str = ""


Changes = Mapping[str, bytes | None]


@attrs.frozen
class Edit:
    """An edit that can be made: what is said of it then, and what each file becomes (None: it goes).

    Paths are relative to the edition's folder, with forward slashes.
    """

    done: Done
    changes: Changes = attrs.field(default=MappingProxyType({}), repr=False)


Result = tuple[Done | None, tuple[Problem, ...]]
P = ParamSpec("P")
R = TypeVar("R")


class RefusedError(Exception):
    """Raised when an edit cannot be made; it leaves neither this room nor ``upgrading``."""

    def __init__(self, *problems: Problem) -> None:
        """Hold the problems."""
        super().__init__()
        self.problems = problems


def answering(edit: Callable[P, R]) -> Callable[P, tuple[R | None, tuple[Problem, ...]]]:
    """Return an edit that gives its problems instead of raising them."""

    @functools.wraps(edit)
    def answer(*args: P.args, **kwargs: P.kwargs) -> tuple[R | None, tuple[Problem, ...]]:
        try:
            return edit(*args, **kwargs), ()
        except RefusedError as refused:
            return None, refused.problems

    return answer
