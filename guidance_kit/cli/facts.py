"""``guidance-kit facts DIR``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import Place, Severity, typed, worst

if TYPE_CHECKING:
    from guidance_kit.model.edition import Edition
    from guidance_kit.model.facts import Fact


@click.command(
    cls=Command,
    brief=True,
    short_help="List the local facts, and which are missing.",
    example="guidance-kit facts northtown",
)
@edition_argument()
def facts(folder: Path) -> int:
    """List the local facts of the edition in DIR (or here): what each is, its value, and where it is used.

    For a fact that is MISSING it says what to write. Ends with 2 if a fact that a release needs is missing.
    """
    from guidance_kit.cli.fact_uses import fact_uses  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.cli.subjects import edition_at  # noqa: PLC0415

    edition, problems = edition_at(folder)
    uses = fact_uses(edition)
    known = edition.library.facts
    for fact in sorted(known, key=lambda one: (bool(_value(edition, one)), not one.required)):
        click.echo("\n".join(_lines(edition, fact, uses.get(fact.id, ()), folder)))
    missing = [fact.id for fact in edition.missing]
    click.echo(_summary(len(known), missing))
    telling.tell(problem for problem in problems if problem.severity is Severity.ERROR)
    if worst(problems):
        return 1
    return 2 if missing else 0


def _lines(edition: Edition, fact: Fact, uses: Sequence[Place], folder: Path) -> Iterator[str]:
    value = _value(edition, fact)
    needed = "required" if fact.required else "optional"
    yield f"{fact.id}: {value or without_value(edition, fact)}"
    yield f"    {fact.label} ({needed}, {fact.type.label.lower()})"
    yield from (f"    {line}" for line in (*_from_above(edition, fact), *in_items(edition, fact)))
    if uses:
        yield f"    Used {_times(len(uses))}, first at {uses[0]}"
    else:
        yield "    Not used on any page of this edition"
    if not value and not _in_items(edition, fact):
        if fact.help:
            yield f"    {fact.help}"
        example = fact.example or "..."
        yield f"    Write: guidance-kit fact {typed(folder)} {fact.id} {typed(example)}"
    yield ""


def _from_above(edition: Edition, fact: Fact) -> Iterator[str]:
    """Give who gave the value that a fact has, where an earlier edition did."""
    before = edition.base.ancestry
    given = before.given(fact.id) if before else None
    if given and not any(one.fact == fact.id and not one.item for one in edition.overlay.values):
        fixed = before is not None and fact.id in before.locked
        yield f"Given by {given.by}{', and fixed' if fixed else '; a value of your own would stand instead'}"


def in_items(edition: Edition, fact: Fact) -> Iterator[str]:
    """Give the items in which a fact has another value, whoever gave it."""
    for one in edition.given:
        if one.fact == fact.id and one.item:
            yield f"In {one.item} alone: {one.value}"


def _value(edition: Edition, fact: Fact) -> str:
    return edition.values.get(fact.id, "")


def _in_items(edition: Edition, fact: Fact) -> bool:
    """Return whether a fact has a value in each item that needs one, and so lacks none."""
    return fact not in edition.missing and any(one.fact == fact.id and one.item for one in edition.given)


def without_value(edition: Edition, fact: Fact) -> str:
    """Return what is said in place of a fact's value for the whole edition, if it has none."""
    return "given in single items" if _in_items(edition, fact) else "MISSING"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _summary(number: int, missing: Sequence[str]) -> str:
    if not number:
        return "The guidance asks for no local facts."
    if missing:
        return f"{number} facts; a release still needs: {', '.join(missing)}."
    return f"{number} facts; none that a release needs is missing."
