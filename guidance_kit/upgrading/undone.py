"""Local work about what only a later text has: the edition went back to before that, and is told so once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from guidance_kit.model.library import Library
from guidance_kit.problems import Problem, typed
from guidance_kit.upgrading.beneath import went_back
from guidance_kit.upgrading.states import Standing
from guidance_kit.upgrading.stopping import told
from guidance_kit.upgrading.telling import folder_of


def said_once(problems: Iterable[Problem], standings: Iterable[Standing], base: Library) -> Iterator[Problem]:
    """Give the problems of an edition; of work about an item of a later text one, in words that say so.

    Nothing is wrong with the name of such an item, so no other is guessed.
    """
    later = {one.artefact.origin: one for one in standings if _is_later(one, base)}
    for problem in problems:
        one = later.get(problem.place)
        if one and problem.code == "unknown-target":
            yield _of_later(problem, one, base)
        elif one is None or problem != told(one, base):
            yield problem


def _is_later(one: Standing, base: Library) -> bool:
    """Return whether somebody decided on local work beside a later text, and this one has no such item."""
    known = one.artefact.item in base.by_id or base.changes.fate(one.artefact.item)
    return one.decision is not None and not one.artefact.own and not known and went_back(one.decision, base)


def _of_later(problem: Problem, one: Standing, base: Library) -> Problem:
    looked = one.decision.base_version if one.decision else ""
    words = (
        f'"{one.artefact.item}" is not in {base.id} {base.release}, which this edition is made from again; '
    )
    words += f"this was looked at beside {looked}."
    hint = f"Take the newer text again: guidance-kit upgrade {typed(folder_of(problem.place))}. "
    return attrs.evolve(problem, message=words, hint=f"{hint}Or delete these lines.")
