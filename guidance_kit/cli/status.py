"""``guidance-kit status DIR``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import GuidanceError, Problem, Severity, typed

if TYPE_CHECKING:
    from guidance_kit.model.edition import Edition
    from guidance_kit.upgrading import Opened, Plan


@click.command(
    cls=Command,
    brief=True,
    short_help="Say how an edition stands, and what waits for a decision.",
    example="guidance-kit status northtown\nguidance-kit status northtown --json",
)
@edition_argument()
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def status(folder: Path, *, as_json: bool) -> int:
    """Say how the edition in DIR (or here) stands: what it is made from, what is local, what is to decide.

    Says too whether there is a newer national text, and what that would ask of you. Links, sources and words
    are not looked at: guidance-kit check does that. Nothing is written. Ends with 0 if nothing waits, 2 if
    decisions are waiting or a newer text has a safety change, 1 if something is wrong.
    """
    from guidance_kit.cli.dates import today  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.upgrading import open_edition, plan_upgrade  # noqa: PLC0415
    from guidance_kit.upgrading.outlook import above  # noqa: PLC0415

    opened, problems = open_edition(folder, today())
    if opened is None:
        raise GuidanceError(problems)
    plan, refused = plan_upgrade(folder, today(), opened)
    based_on, base = opened.overlay.based_on, plan.base if plan else opened.base
    ahead = above(folder, based_on, base, plan.parent if plan else None) if opened.lock else ()
    if as_json:
        value = _value(opened, plan, refused, ahead)
        click.echo(json.dumps(value, ensure_ascii=True, indent=2))
    else:
        click.echo("\n".join(_lines(opened, plan, (*refused, *ahead), folder)))
    if any(one.severity is Severity.ERROR for one in problems):
        return 1
    return 2 if _waits(opened, plan, (*refused, *ahead)) else 0


def _waits(opened: Opened, plan: Plan | None, told: tuple[Problem, ...]) -> bool:
    """Return whether something waits for somebody: whatever that is, the value for a program tells it.

    That only an older text is to be had asks nothing of anybody: this edition is made from the newer.
    """
    waits = any(one.severity is Severity.BLOCKER for one in (*opened.problems, *told))
    waits = waits or (plan is None and any(one.code != "older-base" for one in told))
    waits = waits or bool(opened.news) or bool(opened.edition.missing)
    waits = waits or (plan is not None and bool(plan.exchanged or (plan.moved and _for_safety(plan))))
    return waits or any(one.open for one in opened.standings)


def _lines(opened: Opened, plan: Plan | None, told: tuple[Problem, ...], folder: Path) -> Iterator[str]:
    # loaded when the command runs
    from guidance_kit.upgrading.carried import counted, item_line, missing_line  # noqa: PLC0415
    from guidance_kit.upgrading.stopping import by_hand  # noqa: PLC0415
    from guidance_kit.upgrading.summary import open_lines, put_off_lines  # noqa: PLC0415

    yield opened.edition.title
    yield _made_from(opened, plan, told, folder)
    yield from (f"{one.message} {one.hint}" for one in told if one.severity is Severity.BLOCKER)
    lines = by_hand(opened.problems, opened.standings)
    mend = (one for one in opened.problems if one.code == "local-missing" or one in lines)
    yield from (f"{one.message} {one.hint}" for one in mend)  # in no list of what is to decide
    yield from _further(plan, told)
    yield item_line(opened.edition)
    yield from _absent(opened.edition)
    missing = missing_line(opened.edition)
    if missing:
        yield missing
    waiting = list(open_lines(opened.base, opened.standings, opened.news))
    put_off = list(put_off_lines(opened))
    if put_off:
        yield f"{counted(len(put_off), 'decision')} put off:"
        yield from put_off
    yield ""
    if waiting:
        yield f"{counted(len(waiting), 'thing')} to decide:"
        yield from waiting
        yield f"See each side by side: guidance-kit review {typed(folder)}"
    else:
        yield "Nothing of your own waits for a decision."
    errors = [one for one in opened.problems if one.severity is Severity.ERROR]
    if errors:
        yield f"{counted(len(errors), 'error')}: guidance-kit check {typed(folder)}"
        return
    stops = [one for one in opened.problems if one.severity is Severity.BLOCKER]
    if stops and not waiting:
        verb = "stops" if len(stops) == 1 else "stop"
        yield f"{counted(len(stops), 'thing')} {verb} a release: guidance-kit check {typed(folder)} --release"
    elif not waiting:
        yield f"What else a release needs: guidance-kit check {typed(folder)} --release"


def _absent(edition: Edition) -> Iterator[str]:
    """Give how many items are not in an edition, those that an earlier edition added by themselves."""
    from guidance_kit.model.layers import adder  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.upgrading.carried import counted  # noqa: PLC0415

    left = [one.item for one in edition.left_out]
    for names, how in ((left, "left out"), (edition.not_chosen, "not chosen")):
        for by, number in sorted(Counter(adder(edition.base, name) for name in names).items()):
            what = f"{counted(number, 'item')} of {by}" if by else counted(number, "national item")
            yield f"{what} {how}."


def _further(plan: Plan | None, told: tuple[Problem, ...]) -> Iterator[str]:
    """Give the errors for which nothing newer is to be had, but for the first, which has been told."""
    wrong = [one for one in told if one.severity is Severity.ERROR] if plan is None else []
    yield from (f"  {one.place}: {one.message} {one.hint}" for one in wrong[1:])


def _made_from(opened: Opened, plan: Plan | None, told: tuple[Problem, ...], folder: Path) -> str:
    from guidance_kit.reading.locks import LOCK  # noqa: PLC0415 - loaded when the command runs

    doubt = next(iter(opened.doubts), None)
    if doubt:  # what such a lock says of the text is not to be told
        named = "" if LOCK in doubt.message else f"{doubt.place}: "
        return f"{named}{doubt.message} {doubt.hint}"
    if opened.lock is None or opened.lock.base is None:
        words = f"Composed from {opened.base.id} {opened.base.version} as it is installed; no copy is kept."
        return f"{words} Keep one: guidance-kit upgrade {typed(folder)}"
    base = opened.lock.base
    words = f"Composed from {base.id} {base.version}"
    if plan is None:
        why = told[0].message if told else ""
        if told and told[0].code == "older-base":
            return f"{words}. {why}"
        hint = f" {told[0].hint}" if told else ""
        return f"{words}. Whether there is a newer one is not known: {why}{hint}"
    return _newer(plan, base.version, words, folder) if plan.moved else f"{words}, the newest there is."


def _newer(plan: Plan, version: str, words: str, folder: Path) -> str:
    """Return what is to be had, after some words on the ``version`` that there is, and what it asks."""
    from guidance_kit.upgrading.carried import counted  # noqa: PLC0415 - loaded when the command runs

    if plan.exchanged:
        words = f"{words}, and based_on names {plan.base.id} {plan.base.version}, another base"
        return f"{words}. See what that would change: guidance-kit upgrade {typed(folder)} --plan"
    safety = _about_safety(plan)
    new = plan.base.version if plan.base.version != version else "a changed text"
    new += plan.odd
    asks = f"{counted(plan.decisions, 'thing')} to decide{f' ({safety} about safety)' if safety else ''}"
    if not safety and _for_safety(plan):
        asks += f" and {counted(_for_safety(plan), 'safety change')} that this text lacks"
    return f"{words}; {new} is there, with {asks}. See: guidance-kit upgrade {typed(folder)} --plan"


def _for_safety(plan: Plan) -> int:
    """Return how many safety changes an upgrade would bring, read before or not."""
    brought = {one.target for one in plan.news if one.kind == "safety"}
    return max(len(brought), _about_safety(plan))


def _about_safety(plan: Plan) -> int:
    """Return how many things about safety an upgrade would bring to decide on, or to read."""
    from guidance_kit.upgrading.gravity import for_safety  # noqa: PLC0415 - loaded when the command runs

    stale = sum(one.open and one.safety for one in plan.standings)
    return stale + sum(for_safety(plan.base, one) for one in plan.waiting)


def _value(
    opened: Opened, plan: Plan | None, refused: tuple[Problem, ...], ahead: tuple[Problem, ...]
) -> dict[str, Any]:
    from guidance_kit.upgrading.values import (  # noqa: PLC0415
        ahead_value,
        plan_value,
        put_off_value,
        standing_value,
        states_of_items,
        waiting_value,
    )

    base = opened.lock.base if opened.lock else None
    edition, grave = opened.edition, (Severity.ERROR, Severity.BLOCKER)
    return {
        "id": opened.edition.id,
        "title": opened.edition.title,
        "base": {
            "id": opened.base.id,
            "version": base.version if base else opened.base.version,
            "content": base.content if base else "",
            "kept": base is not None,
        },
        "items": states_of_items(opened),
        "local": [standing_value(one) for one in opened.standings],
        "waiting": [waiting_value(one, opened.base) for one in opened.news],
        "newer": plan_value(plan) if plan and base and plan.moved else None,
        "unknown": telling.rows(refused) if plan is None else [],
        "ahead": ahead_value(ahead),
        "missing": [fact.id for fact in edition.missing],
        "left_out": [one.item for one in edition.left_out],
        "not_chosen": list(edition.not_chosen),
        "put_off": put_off_value(opened),
        "problems": telling.rows(one for one in opened.problems if one.severity in grave),
    }
