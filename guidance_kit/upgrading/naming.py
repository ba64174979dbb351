"""What a person means who names something to decide on."""

from __future__ import annotations

from guidance_kit.editing.done import RefusedError
from guidance_kit.model.lock import How, Lock, Reviewed, Waiting
from guidance_kit.problems import Place, Problem, nearest, typed
from guidance_kit.upgrading.opening import Opened
from guidance_kit.upgrading.states import Standing


def named(opened: Opened, name: str, how: How) -> Standing | Waiting | Reviewed:
    """Return the one thing that a person names; RefusedError if there is none, or several.

    Of words that are put away already, as somebody asks again to do, it is that decision.

    What bears the name comes before what is about the thing of that name, and that before what is in it. News
    can be of what local work is about: what can only be said of news says which of the two is meant.
    """
    names = {name, f"{opened.base.space}:{name}", f"{opened.overlay.id}:{name}", f"fact:{name}"}
    names |= {opened.base.changes.follow(one) for one in set(names)}
    work = _work_named(opened, names)
    news = _news_named(opened, names)
    bears = any(one.artefact.called in names for one in work)
    some: list[Standing | Waiting] = [*news] if how is How.SEEN else [*work] if bears else []
    some = some or [*(one for one in news if one.target in names)] or [*work, *news]
    if len(some) == 1:
        return some[0]
    done = _settled_news(opened, names) or _put_away(opened, names, how)
    if done and not some:
        return done
    place = Place(str(opened.root))
    if some:
        words = f'"{name}" could mean several things: {", ".join(called(one) for one in some)}.'
        raise RefusedError(Problem("unknown-target", words, "Name one of them.", place))
    known = [word for one in opened.standings for word in (one.artefact.target, one.artefact.name) if word]
    hint = nearest(name, known) or f"guidance-kit status {typed(opened.root)} lists what can be decided."
    words = f'Nothing local is about "{name}", and no release brought it.'
    raise RefusedError(Problem("unknown-target", words, hint, place))


def _work_named(opened: Opened, names: set[str]) -> list[Standing]:
    """Return the local work that names mean; of several pieces about one thing, those that are open."""
    found = [one for one in opened.standings if one.artefact.called in names]
    found = found or [one for one in opened.standings if one.artefact.target in names]
    found = found or [one for one in opened.standings if {one.artefact.item, one.artefact.name} & names]
    return [one for one in found if one.open] or found


def _news_named(opened: Opened, names: set[str]) -> list[Waiting]:
    """Return the news that names mean and nobody has decided on."""
    every = (opened.lock or Lock()).open_news()
    news = [one for one in every if one in opened.news]
    found = [one for one in news if one.target in names]
    return found or [one for one in news if one.target.partition("#")[0] in names]


def _settled_news(opened: Opened, names: set[str]) -> Waiting | None:
    return next((one for one in (opened.lock or Lock()).waiting if one.target in names), None)


def _put_away(opened: Opened, names: set[str], how: How) -> Reviewed | None:
    """Return the decision that put the named words away already, in the way that is asked for."""
    if not how.puts_away:
        return None
    every = (opened.lock or Lock()).reviewed.values()
    return next((one for one in every if one.how is how and {one.target, one.name} & names), None)


def called(one: Standing | Waiting) -> str:
    """Return what a person writes to name a thing."""
    if isinstance(one, Waiting):
        return one.target
    return one.artefact.called
