"""What a person means who names something to decide on."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from guidance_kit.composing.names import Names
from guidance_kit.editing.done import RefusedError
from guidance_kit.model.changes import FACT, PAGE
from guidance_kit.model.lock import How, Reviewed, Waiting, What
from guidance_kit.problems import Place, Problem, nearest, typed
from guidance_kit.upgrading.opening import Opened
from guidance_kit.upgrading.states import Standing


@attrs.frozen
class Settled:
    """Where a decision stands that says already what is asked for, and how to name what else there is."""

    origin: Place
    then: str = ""


def named(opened: Opened, name: str, how: How) -> Standing | Waiting | Settled:
    """Return the one thing that a person names; RefusedError if there is none, or several.

    Of words that are put away already, as somebody asks again to do, it is that decision: to ask twice never
    touches what else is about the same thing.

    What bears the name comes before what is about the thing of that name, and that before what is in it. News
    can be of what local work is about: what can only be said of news says which of the two is meant.
    """
    names = meant(opened, name)
    work = _work_named(opened, names)
    news = _news_named(opened, names)
    bears = any(one.artefact.called in names for one in work)
    some: list[Standing | Waiting] = [*news] if how is How.SEEN else [*work] if bears else []
    some = some or [*(one for one in news if one.target in names)]
    done = None if some else _put_away(opened, names, how, work)
    if done:
        return Settled(done.origin, others_of(work))
    some = some or [*work, *news]
    settled = _settled_news(opened, names) if how is How.SEEN or not some else None
    if settled and not any(isinstance(one, Waiting) for one in some):
        return settled
    if len(some) == 1:
        return _sure(opened, some[0], names, how)
    place = Place(str(opened.root))
    if some:
        words = f'"{name}" could mean several things: {", ".join(called(one) for one in some)}.'
        raise RefusedError(Problem("unknown-target", words, "Name one of them.", place))
    known = [word for one in opened.standings for word in (one.artefact.target, one.artefact.name) if word]
    known += [one.target for one in opened.undecided]
    hint = nearest(name, known) or f"guidance-kit status {typed(opened.root)} lists what can be decided."
    words = f'Nothing local is about "{name}", and no release brought it.'
    raise RefusedError(Problem("unknown-target", words, hint, place))


def _sure(opened: Opened, one: Standing | Waiting, names: set[str], how: How) -> Standing | Waiting:
    """Return what is named; refuse to put away what does not wait, where another piece may be meant."""
    about = [other for other in opened.standings if other.artefact.item in names]
    idle = isinstance(one, Standing) and not one.open and one.artefact.called not in names
    if idle and how.puts_away and len(about) > 1:
        words = f"Nothing of this waits for a decision, and it could mean: {', '.join(map(called, about))}."
        raise RefusedError(Problem("unknown-target", words, "Name one of them.", Place(str(opened.root))))
    return one


def meant(opened: Opened, name: str) -> set[str]:
    """Return every full name that a person may mean by a name of an item, part, note, fact or page."""
    base, overlay = opened.base, opened.overlay
    item, mark, part = name.partition("#")
    full = f"{Names.of(base, overlay).resolve(item)}{mark}{part}"
    names = {name, f"{base.space}:{name}", f"{overlay.id}:{name}", f"{FACT}{name}", f"{PAGE}{name}", full}
    return names | {base.changes.follow(one) for one in names}


def _work_named(opened: Opened, names: set[str]) -> list[Standing]:
    """Return the local work that names mean; of several pieces about one thing, those that are open."""
    found = [one for one in opened.standings if one.artefact.called in names]
    found = found or [one for one in opened.standings if one.artefact.target in names]
    found = found or [one for one in opened.standings if {one.artefact.item, one.artefact.name} & names]
    return [one for one in found if one.open] or found


def _news_named(opened: Opened, names: set[str]) -> list[Waiting]:
    """Return the news that names mean and nobody has decided on."""
    every = opened.records.open_news()
    news = [one for one in every if one in opened.undecided]
    found = [one for one in news if one.target in names]
    return found or [one for one in news if one.target.partition("#")[0] in names]


def _settled_news(opened: Opened, names: set[str]) -> Waiting | None:
    every = opened.records.settled_news()
    found = [one for one in every if one.target in names]
    found += [one for one in every if one.target.partition("#")[0] in names]
    return next(iter(found), None)


def _put_away(opened: Opened, names: set[str], how: How, work: list[Standing]) -> Reviewed | None:
    """Return the decision that put the named words away already, in the way that is asked for.

    RefusedError if they are asked for in another way: what else is about the same thing was not named.
    """
    every = [one for one in opened.records.reviewed.values() if one.how.puts_away]
    back = [one.decision.key for one in work if one.decision]  # words that stand there again
    gone = [one for one in every if one.key not in back]
    bears = [one for one in gone if one.called in names]
    if how.puts_away:
        item = [one for one in gone if {one.target, one.target.partition("#")[0]} & names]
        return next((one for one in (*bears, *item) if one.how is how), None)
    if how is How.SEEN or not bears:
        return None
    words = f'"{bears[0].called}" was put away: none of your words stand there now.'
    if bears[0].what in (What.NEW_ITEM, What.SAFETY):
        words = f'"{bears[0].called}" was taken as it is, and nothing of it waits for a decision.'
    if bears[0].how is How.AS_LOCAL:
        words = f'"{bears[0].called}" was kept as an item of your own, about which nothing is to be decided.'
    raise RefusedError(Problem("unknown-target", words, others_of(work), bears[0].origin))


def others_of(work: Iterable[Standing]) -> str:
    """Return how what else is about a thing is decided on; empty if there is nothing."""
    named = ", ".join(called(one) for one in work)
    return f"To decide on what else is about it, name that: {named}." if named else ""


def called(one: Standing | Waiting) -> str:
    """Return what a person writes to name a thing."""
    if isinstance(one, Waiting):
        return one.target
    return one.artefact.called
