"""``guidance-kit upgrade DIR``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidance_kit.cli.shape import Command, edition_argument
from guidance_kit.problems import GuidanceError, Severity, typed

if TYPE_CHECKING:
    from guidance_kit.upgrading import Plan


@click.command(
    cls=Command,
    brief=True,
    short_help="Take the newer national text, losing no local work.",
    example="guidance-kit upgrade northtown --plan\nguidance-kit upgrade northtown\n"
    "guidance-kit upgrade northtown --undo",
)
@edition_argument()
@click.option("--plan", "only_plan", is_flag=True, help="Say what it would do, and write nothing.")
@click.option("--anew", is_flag=True, help="Have everything looked at again: what was decided is lost.")
@click.option("--other-base", is_flag=True, help="Take what based_on names now, in place of another base.")
@click.option("--undo", "go_back", is_flag=True, help="Put everything back as it was before the last one.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def upgrade(  # noqa: PLR0913 - an option each
    folder: Path, *, only_plan: bool, anew: bool, other_base: bool, go_back: bool, as_json: bool
) -> int:
    """Bring the national text of the edition in DIR (or here) up to date.

    Nothing in local/ and nothing in edition.toml is touched: what your words stand beside may have changed,
    and the command lists what somebody should look at. An edition that keeps no copy of the national text yet
    gets one. Ends with 2 if decisions are waiting, 1 if words of yours stand beside a safety change, or
    something is wrong. With --undo, every file is as it was before. With --anew, for an edition whose lock or
    whose copy of the national text is lost, all that is local, and every safety change, is to be looked at
    again. With --other-base, what based_on in edition.toml names is taken where it is another library or
    edition than before.
    """
    from guidance_kit.cli.dates import today  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.cli.edits import as_value, report  # noqa: PLC0415
    from guidance_kit.upgrading import acting  # noqa: PLC0415
    from guidance_kit.upgrading.outlook import above  # noqa: PLC0415
    from guidance_kit.upgrading.stopping import by_hand  # noqa: PLC0415
    from guidance_kit.upgrading.values import ahead_value, plan_value  # noqa: PLC0415

    asked = {"--plan": only_plan, "--anew": anew, "--other-base": other_base}
    other = next((name for name, given in asked.items() if given), "")
    if go_back and other:
        message = f"{other} and --undo do not go together."
        raise click.UsageError(message, click.get_current_context())
    if go_back:
        result = acting.undo_upgrade(folder)
        return as_value(result) if as_json else report(result)
    if only_plan:
        plan, problems = acting.plan_upgrade(folder, today(), anew=anew)
    else:
        plan, problems = acting.upgrade(folder, today(), anew=anew, other_base=other_base)
    if plan is None:
        raise GuidanceError(problems)
    ahead = above(folder, plan.overlay.based_on, plan.base, plan.parent)
    if as_json:
        value = {**plan_value(plan), "ahead": ahead_value(ahead)}
        click.echo(json.dumps(value, ensure_ascii=True, indent=2))
    else:
        click.echo("\n".join(_told(plan, folder, done=not only_plan)))
        click.echo("".join(f"\n{one.message} {one.hint}\n" for one in ahead), nl=False)
    errors = plan.unreadable or plan.unread or any(one.severity is Severity.ERROR for one in plan.problems)
    asks = plan.decisions or ahead or (only_plan and plan.exchanged)
    return 1 if errors else 2 if asks or by_hand(plan.problems, plan.standings) else 0


def _told(plan: Plan, folder: Path, *, done: bool) -> Iterator[str]:
    from guidance_kit.upgrading.carried import counted  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.upgrading.summary import change_lines, decision_lines  # noqa: PLC0415

    if plan.idle:
        yield f"This edition is composed from {plan.base.id} {plan.base.version}, the newest there is."
    elif plan.anew:
        verb = "is" if done else "would be"
        yield f"This edition {verb} composed from {plan.base.id} {plan.base.version}."
        yield "All that is local, and every safety change, is to be looked at again."
    elif plan.old is None:
        verb = "keeps" if done else "would keep"
        yield f"This edition now {verb} the national text itself: {plan.base.id} {plan.base.version}."
    elif plan.recorded:
        yield f"This edition is composed from {plan.base.id} {plan.base.version}, the newest there is."
        verb = "was written down" if done else "would be written down"
        some = counted(plan.recorded, "piece")
        yield f"Of {some} of local work it {verb} beside which text {_they(plan.recorded)} made."
    elif plan.tidied:
        verb = "were" if done else "would be"
        yield f"Nothing changed in the text. Some records of the tool's own {verb} tidied up."
    elif not plan.put_right and _same_text(plan):
        verb = "was" if done else "would be"
        yield f"What {plan.base.id} says of its own text {verb} taken; the text itself is the same."
    elif not plan.moved:
        verb = "were" if done else "would be"
        yield f"The files of {plan.base.id} {plan.base.version} {verb} put right; its text is the same."
    else:
        verb, then = ("is now", "it was") if done else ("would be", "it is now")
        now, was = plan.base.version, plan.old.version
        same = f"from newer words of {plan.base.id}, which still calls itself version {now}"
        here = plan.old.id == plan.base.id
        before = was if here else f"{plan.old.id} {was}"
        other = f"from {plan.base.id} {now}{plan.odd.rstrip(',')}; {then} {before}"
        yield f"This edition {verb} composed {same if here and now == was else other}."
    yield from _besides(plan, done=done)
    yield from change_lines(plan)
    yield from decision_lines(plan, folder)
    yield from _to_mend(plan)
    yield from _next(plan, folder, done=done)


def _besides(plan: Plan, *, done: bool) -> Iterator[str]:
    """Give what else becomes of an edition: another base or id, and words that were kept back."""
    from guidance_kit.upgrading.older import left_behind  # noqa: PLC0415 - as above

    if plan.exchanged:
        old, verb = plan.exchanged, "went" if done else "would go"
        name = left_behind(old, plan.base)
        goes = f": what {name} wrote {verb} with it" if name else ""
        yield f"That is no later text of {old.id}, but another base{goes}."
    if plan.was_called:
        yield f'The edition in this folder was "{plan.was_called}", and is "{plan.overlay.id}" now.'
    for path, kept in plan.kept.items():
        yield f"What somebody wrote into {path} {'is' if done else 'would be'} kept as {kept}."


def _to_mend(plan: Plan) -> Iterator[str]:
    """Give what could not be read, where that is no reason to refuse, and what is to be written anew."""
    from guidance_kit.upgrading.stopping import by_hand, mended_by_none  # noqa: PLC0415 - as above

    if plan.unread and not plan.unreadable:
        yield from ("", "To be mended: whether anything of this needs a decision is not known.")
        yield from map(str, plan.unread)
    problems, standings = plan.problems, plan.standings
    found = dict.fromkeys((*by_hand(problems, standings), *mended_by_none(problems, standings)))
    if found:
        yield from ("", "To be put right by hand:", *map(str, found))


def _next(plan: Plan, folder: Path, *, done: bool) -> Iterator[str]:
    """Give what to do next, after an empty line."""
    if plan.unreadable:
        yield ""
        yield "It is refused until these are mended, as they would not be looked at beside the new text:"
        yield from (str(one) for one in plan.unreadable)
    elif not plan.idle and not done:
        yield ""
        if plan.exchanged:
            yield f"If this is not meant, let based_on in edition.toml name {plan.exchanged.id} again."
        options = " --other-base" if plan.exchanged else " --anew" if plan.anew else ""
        yield f"Nothing was written. To do it: guidance-kit upgrade {typed(folder)}{options}"
    elif not (plan.idle or plan.put_right) and (plan.old is not None or plan.anew):
        yield ""
        yield f"To go back: guidance-kit upgrade {typed(folder)} --undo"


def _same_text(plan: Plan) -> bool:
    """Return whether the words are the same, and what is said of them is not."""
    old, base = plan.old, plan.base
    same = old is not None and (old.id, old.version) == (base.id, base.version)  # asked first, for speed
    return same and old is not None and old.content == plan.new.content


def _they(number: int) -> str:
    return "it was" if number == 1 else "they were"
