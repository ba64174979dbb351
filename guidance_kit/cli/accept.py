"""``guidance-kit accept DIR WHAT``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from guidance_kit.cli.dates import Day
from guidance_kit.cli.shape import Command, edition_argument

_HOW = {
    "keep-mine": ("kept-mine", "Your words stay as they are; you have read the new national text."),
    "take-national": ("took-national", "The national text stands; your words go to the attic."),
    "use-merged": ("used-merged", "Use the merge of both changes that review offers."),
    "edited": ("edited", "You have edited your words since."),
    "as-local": ("as-local", "Keep it as an item of your own: the national one was withdrawn."),
    "attic": ("left-out", "Put your words in the attic."),
    "seen": ("seen", "You have read a safety change of national text."),
}


Body = Callable[..., int]


def _ways(body: Body) -> Body:
    """Give a command an option for each way to decide."""
    for name, (_, words) in reversed(_HOW.items()):
        body = click.option(f"--{name}", is_flag=True, help=words)(body)
    return body


@click.command(
    cls=Command,
    brief=True,
    short_help="Decide on one thing that waits.",
    example='guidance-kit accept northtown named-contacts#first-steps --keep-mine --by "Clinical lead" \\\n'
    '    --reason "Our liaison team already covers both campuses."\n'
    'guidance-kit accept northtown placements --defer 2027-03-31 --reason "The board meets then."\n'
    "guidance-kit accept northtown --all-editorial",
)
@edition_argument(required=True)
@click.argument("what", required=False, default="")
@_ways
@click.option(
    "--defer", "until", type=Day(), help="Decide later, on this day at the latest; never for safety."
)
@click.option(
    "--all-editorial", is_flag=True, help="Accept all of your work whose national text was only tidied."
)
@click.option("--by", default="", help="Who decided, by role.")
@click.option("--reason", default="", help="Why.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def accept(  # noqa: PLR0913 - an option for each thing that can be said
    folder: Path,
    *,
    what: str,
    until: dt.date | None,
    all_editorial: bool,
    by: str,
    reason: str,
    as_json: bool,
    **ways: bool,
) -> int:
    """Record your decision on one thing in the edition in DIR: WHAT is its name, as status lists it.

    That is an item and part (named-contacts#first-steps), a note, a fact, or an item. Each decision is about
    one thing only, so that nothing slips through. What is taken out of your words is kept in attic/.
    """
    from guidance_kit.cli.dates import today  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.cli.edits import as_value, report  # noqa: PLC0415
    from guidance_kit.model.lock import How  # noqa: PLC0415
    from guidance_kit.upgrading import Decision, accepting  # noqa: PLC0415

    if what and all_editorial:
        message = "--all-editorial is about all of your work: name nothing with it."
        raise click.UsageError(message, click.get_current_context())
    given = [name for name in _HOW if ways[name.replace("-", "_")]]
    given += ["defer"] * bool(until) + ["all-editorial"] * all_editorial
    if len(given) != 1 or (not what and not all_editorial):
        raise click.UsageError(_unclear(given, what), click.get_current_context())
    chosen = How.DEFERRED if until else How(_HOW[given[0]][0]) if given[0] in _HOW else How.KEPT_MINE
    decision = Decision(how=chosen, by=by, reason=reason, until=until, on=today())
    if all_editorial:
        result = accepting.accept_editorial(folder, decision)
    else:
        result = accepting.accept(folder, what, decision)
    return as_value(result) if as_json else report(result)


def _unclear(given: list[str], what: str) -> str:
    """Return what is missing, or said twice, where a decision is not clear."""
    if len(given) > 1:
        return f"Decide in one way only: {' or '.join(f'--{name}' for name in given)}."
    if given and not what:
        return "Say which edition and what is decided on: guidance-kit accept DIR WHAT."
    return f"Say how you decide: one of {', '.join(f'--{name}' for name in _HOW)}, --defer."
