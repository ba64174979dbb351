"""How an edition stands, and what an upgrade does to it: in lines for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from guidance_kit.model.changes import PAGE, said_of
from guidance_kit.model.dates import date_in_words
from guidance_kit.model.history import later
from guidance_kit.model.layers import replaced
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import typed
from guidance_kit.upgrading.beside import given_changed
from guidance_kit.upgrading.carried import counted
from guidance_kit.upgrading.gravity import for_safety, last_safety, why
from guidance_kit.upgrading.opening import Opened
from guidance_kit.upgrading.planning import Plan
from guidance_kit.upgrading.states import Standing, State
from guidance_kit.upgrading.telling import released, words_over

_KINDS = {
    What.ADAPT: "adaptation",
    What.NOTE: "note",
    What.LEAVE_OUT: "left out",
    What.REPLACE: "replacement",
    What.FACT: "local fact",
    What.PAGE: "page",
    What.NEW_ITEM: "new item",
    What.SAFETY: "safety change",
    What.WITHDRAWN: "withdrawn",
    What.UPDATED: "updated",
}


def open_lines(base: Library, standings: Iterable[Standing], news: Iterable[Waiting]) -> Iterator[str]:
    """Give a line for each thing to decide, safety first; ``base`` is the text that it stands beside."""
    work = sorted((one for one in standings if one.open), key=_gravely)
    new = sorted(news, key=lambda one: one.target)
    yield from (f"  {_standing_line(one)}" for one in work if one.safety)
    grave = [one for one in new if for_safety(base, one)]
    yield from (f"  {_news_line(base, one)}, about safety, to be read" for one in grave)
    yield from (f"  {_standing_line(one)}" for one in work if not one.safety)
    asks = {What.NEW_ITEM: "take it or leave it out"}
    yield from (
        f"  {_news_line(base, one)}, {asks.get(one.what, 'must appear, to be read')}"
        for one in new
        if one not in grave
    )


def _news_line(base: Library, one: Waiting) -> str:
    """Return what a release brought."""
    over = words_over(one, base) if one.what is What.SAFETY else None
    own = f", and {over[0]} has words of its own there" if over else ""
    return f"{one.target}: {'changed' if one.base else 'new'} in {released(base, one.version)}{own}"


@attrs.frozen(kw_only=True)
class PutOff:
    """A decision that was put off: on what, until which day, by whom if not here, and the line to read."""

    target: str
    name: str = ""
    until: dt.date
    by: str = ""
    line: str


def put_off(opened: Opened) -> Iterator[PutOff]:
    """Give each decision that was put off, those of the edition that this one is based on too."""
    for one in opened.standings:
        if one.deferred and one.until:
            art, by = one.artefact, ""
            if one.state is State.PARENT_UNDER_REVIEW and opened.base.ancestry:
                by = opened.base.ancestry.reviewer(art.target)[0]
            line = _standing_line(one)
            yield PutOff(target=art.target, name=art.name, until=one.until, by=by, line=line)
    for new in opened.undecided:
        until = opened.lock.put_off(new, opened.today) if opened.lock else None
        if until:
            line = f"{new.target}: new in {released(opened.base, new.version)}"
            yield PutOff(target=new.target, until=until, line=line)
    told = {one.artefact.target for one in opened.standings if one.deferred}
    before = opened.base.ancestry
    for target, day in sorted(before.put_off.items()) if before else ():
        item = target.partition("#")[0]
        if before and day >= opened.today and item not in before.left_out and not told & {target, item}:
            by = before.reviewer(target)[0]
            yield PutOff(target=target, until=day, by=by, line=f"{target}: to be reviewed by {by}")


def put_off_lines(opened: Opened) -> Iterator[str]:
    """Give a line for each decision that was put off, and the day until which it was."""
    yield from (f"  {one.line} (until {_day(one.until)})" for one in put_off(opened))


def _day(day: dt.date) -> str:
    return date_in_words(day.isoformat())


def _standing_line(one: Standing) -> str:
    """Return what waits: its name first, as a person writes it to decide on it."""
    art, label = one.artefact, one.words
    if one.safety and "safety" not in label:
        label = f"{label}; about safety"
    if art.what in (What.NOTE, What.REPLACE) and art.name:
        beside = "beside" if art.what is What.NOTE else "of"
        return f"{art.name.rpartition(':')[2]}: {_KINDS[art.what]} {beside} {art.target}, {label}"
    if art.what is What.LEAVE_OUT:
        return f"{art.target}: {label}"
    within = f" in {art.name}" if art.name else ""
    return f"{art.target}: {_KINDS[art.what]}{within}, {label}"


def _gravely(one: Standing) -> tuple[bool, str, str]:
    return not one.safety, one.artefact.target, one.artefact.name


def change_lines(plan: Plan) -> Iterator[str]:
    """Give what a release brings, in plain words, safety first; editorial changes as a number."""
    given = [*given_changed(plan)] if plan.moved else []
    if not plan.news and not given and not plan.moves:
        return
    yield ""
    whose = plan.base.ancestry.name if plan.base.ancestry else "the national guidance"
    yield "What that changes:" if plan.exchanged else f"What {whose} changes:"
    yield from (f"  {one}" for one in given)
    yield from (f"  {one.old} is called {one.new} now ({one.release})" for one in plan.moves)
    known = set(plan.waited)
    fresh = (one for one in plan.news if one.what is not What.NEW_ITEM or one not in known)
    shown = [one for one in fresh if one.what is not What.SAFETY or not _also(one, plan.news)]
    items = sorted({_key(one): one for one in shown}.values(), key=_by_gravity)
    local = plan.base.ancestry.pages if plan.base.ancestry else {}
    unsaid = 0
    for one in items:
        said = why(plan.base, one)
        if one.target.startswith(PAGE) and not said and one.target.removeprefix(PAGE) not in local:
            unsaid += 1  # such as a list of contents, which follows its items
        elif one.kind is not ChangeKind.EDITORIAL:
            yield f"  {_said(one, plan)}{f': {said}' if said else ''}"
    if unsaid:
        yield f"  {counted(unsaid, 'page')} changed with them"
    tidied = sum(one.kind is ChangeKind.EDITORIAL for one in items)
    if tidied:
        yield f"  {counted(tidied, 'text')} only tidied"


def _also(one: Waiting, news: Iterable[Waiting]) -> bool:
    return any(other.what is What.UPDATED and other.target == one.target for other in news)


def _key(one: Waiting) -> tuple[str, str]:
    return one.what, one.target


def _by_gravity(one: Waiting) -> tuple[int, str, str]:
    return -one.kind.rank, one.what, one.target


def _said(one: Waiting, plan: Plan) -> str:
    out = plan.base.ancestry.left_out if plan.base.ancestry else {}
    told = one.target in out or plan.base.changes.fate(one.target)
    if one.what is What.WITHDRAWN and plan.exchanged and not told:
        before = plan.exchanged.ancestry
        return f"{one.target} goes with {before.name if before else plan.exchanged.id}"
    if one.what is What.WITHDRAWN:
        words, because = what_became(one, plan.base)
        said = f"{one.target} {words} ({released(plan.base, one.version)}){f': {because}' if because else ''}"
        return f"{said}{_went_unread(one, plan)}"
    safety = "SAFETY " if one.kind is ChangeKind.SAFETY else ""
    verb = "is new" if one.what is What.NEW_ITEM or not one.base else "changed"
    instead = safety and "#" not in one.target and replaced(plan.base, one.target)
    last = last_safety(plan.base, (one.target,)) if instead else None
    if last:  # it is what it was, and what it stands in the place of is not
        when = released(plan.base, one.version)
        beneath = plan.base.changes.follow(last.what)
        return f"{safety}{beneath} changed ({when}), and {one.target} stands in its place"
    name = f"the page {one.target.removeprefix(PAGE)}" if one.target.startswith(PAGE) else one.target
    said = f"{safety}{name} {verb} ({released(plan.base, one.version)})"
    over = words_over(one, plan.base) if safety else None
    if over:
        by, change = over
        said += f": {by} has words of its own in the place of national ones, which changed for safety in "
        said += change.release
    return said


def _went_unread(one: Waiting, plan: Plan) -> str:
    """Return that an item which an earlier edition leaves out went with a safety change that nobody has read.

    Of one that it replaced that is asked: something stands in its place.
    """
    before, changes = plan.base.ancestry, plan.base.changes
    last = last_safety(plan.base, changes.named_in((one.target,)))
    if last is None or before is None or one.target not in before.left_out.keys() - before.redirects.keys():
        return ""
    asked = {new.target.partition("#")[0] for new in plan.planner.lock.open_news() if new.what is What.SAFETY}
    if one.target not in asked and last.release not in later(changes, plan.before.release):
        return ""
    words = f"It had changed for safety in {last.release}, and nobody here has read that: {last.why}"
    return f" {words}".rstrip(": ")


def what_became(one: Waiting, base: Library) -> tuple[str, str]:
    """Return what became of what is gone, and why."""
    before = base.ancestry
    omitted = before.left_out.get(one.target) if before else None
    if before and omitted:
        new = before.redirects.get(one.target, "")
        words = f"was replaced by {new}" if new else "was left out"
        return f"{words} by {omitted.by}", omitted.reason
    fate = base.changes.fate(one.target)
    return (said_of(fate), fate.why) if fate else ("was withdrawn", "")


def decision_lines(plan: Plan, folder: Path) -> Iterator[str]:
    """Give what is to be decided after an upgrade, and what to do next."""
    waiting = [*open_lines(plan.base, plan.standings, plan.waiting)]
    if not waiting and plan.unread:
        return  # that may need one
    if not waiting:
        yield ""
        yield "Nothing of your own needs a decision."
        return
    yield ""
    yield f"{counted(len(waiting), 'thing')} to decide:"
    yield from waiting
    yield ""
    yield f"See each side by side: guidance-kit review {typed(folder)}"
