"""A directive as it was written: its title, its options as strings, its body, and the true line of each."""

from __future__ import annotations

from typing import cast

import attrs
from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StateMachine

from guidance_kit.reading.fields import split_options


@attrs.frozen
class Option:
    """One ``:key: value``; ``line`` is the line of the source file, counted from 1."""

    key: str
    value: str
    line: int


@attrs.frozen
class Written:
    """The title, the options in order, and the index in ``content`` of the body's first line."""

    title: str
    options: tuple[Option, ...]
    first: int

    @property
    def raw(self) -> dict[str, str]:
        """Options by key; of two with one key, the first."""
        return {option.key: option.value for option in reversed(self.options)}

    def line_of(self, key: str, otherwise: int) -> int:
        """Return the line of an option; ``otherwise`` where it is not given."""
        return next((option.line for option in self.options if option.key == key), otherwise)


def is_markdown(directive: Directive) -> bool:
    """Return whether a directive stands in Markdown: MyST hands it a stand-in for docutils' state machine."""
    return not isinstance(directive.state_machine, StateMachine)


def body_line(directive: Directive, index: int) -> int:
    """Return the line in the source file, from 1, of a line of a directive's content, from 0.

    MyST counts ``content_offset`` from the line of the directive, docutils from the start of its input.
    """
    if is_markdown(directive):
        return int(directive.lineno + directive.content_offset + index + 1)
    _, line = directive.state_machine.get_source_and_line(directive.content_offset + index + 1)
    return int(line or directive.lineno)


def container_of(directive: Directive) -> nodes.Node:
    """Return the node that will hold what a directive returns."""
    holder = directive.state_machine.node if is_markdown(directive) else directive.state.parent
    return cast("nodes.Node", holder)


def written(directive: Directive) -> Written:
    """Return a directive's title and options: never typed, quoted or commented, always as they were written.

    The directive has no ``option_spec``, so that neither parser reads the options: MyST leaves them at the
    head of the content, reStructuredText below the title in the one argument.
    """
    if is_markdown(directive):
        return _in_markdown(directive)
    return _in_restructuredtext(directive)


def _in_markdown(directive: Directive) -> Written:
    title = " ".join(directive.arguments)
    if directive.content_offset:  # a blank line was taken off the head: there are no options
        return Written(title, (), 0)
    pairs, taken = split_options(list(directive.content))
    options = tuple(
        Option(key, value, body_line(directive, index)) for index, (key, value) in enumerate(pairs)
    )
    while taken < len(directive.content) and not directive.content[taken].strip():
        taken += 1
    return Written(title, options, taken)


def _in_restructuredtext(directive: Directive) -> Written:
    lines = directive.arguments[0].split("\n") if directive.arguments else []
    start = directive.lineno + _blank_head(directive.block_text)
    title: list[str] = []
    options: list[Option] = []
    for at, line in enumerate(lines):
        pairs, _ = split_options([line])
        if pairs:
            options.append(Option(*pairs[0], start + at))
        elif options:
            last = options.pop()
            options.append(attrs.evolve(last, value=f"{last.value} {line.strip()}".strip()))
        else:
            title.append(line.strip())
    return Written(" ".join(title), tuple(options), 0)


def _blank_head(block_text: str) -> int:
    """Return 1 where nothing stands on the directive's own line, so that its argument starts below."""
    return int(block_text.split("\n", 1)[0].rstrip().endswith("::"))
