"""How an edition stands, and what an upgrade does to it, in values for a program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from guidance_kit.model.changes import FACT, Withdrawn
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting, What
from guidance_kit.problems import Problem
from guidance_kit.upgrading.beside import given_changed
from guidance_kit.upgrading.gravity import for_safety, why
from guidance_kit.upgrading.opening import Opened
from guidance_kit.upgrading.planning import Plan
from guidance_kit.upgrading.states import Standing
from guidance_kit.upgrading.summary import put_off, what_became


def ahead_value(ahead: Iterable[Problem]) -> list[dict[str, str]]:
    """Return what waits above what an edition is based on, as JSON has it."""
    return [{"code": one.code, "message": one.message, "hint": one.hint} for one in ahead]


def put_off_value(opened: Opened) -> list[dict[str, str]]:
    """Return the decisions that were put off, here or by the edition that this one is based on."""
    return [
        {"target": one.target, "name": one.name, "until": one.until.isoformat(), "by": one.by}
        for one in put_off(opened)
    ]


def standing_value(one: Standing) -> dict[str, Any]:
    """Return a piece of local work and its state, as JSON has it."""
    art, stale = one.artefact, one.stale
    return {
        "what": str(art.what),
        "target": art.target,
        "name": art.name,
        "state": str(one.state),
        "words": one.words,
        "open": one.open,
        "deferred": one.deferred,
        "path": art.origin.path,
        "line": art.origin.line,
        "change": str(stale.kind) if stale else "",
        "version": stale.version if stale else "",
        "why": stale.why if stale else "",
    }


def waiting_value(one: Waiting, base: Library) -> dict[str, str]:
    """Return something that a release brought, and why, as JSON has it."""
    value = {key: str(value) for key, value in attrs.asdict(one).items()}
    if one.what is What.WITHDRAWN:
        became, because = what_became(one, base)
        return {**value, "became": became, "why": because}
    return {**value, "why": why(base, one)}


def plan_value(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON has it."""
    return {
        "from": plan.old.version if plan.old else "",
        "to": plan.base.version,
        "idle": plan.idle,
        "refused": _rows(plan.unreadable),
        "unread": _rows(plan.unread),
        "files": {path: "remove" if data is None else "write" for path, data in plan.changes.items()},
        "news": [waiting_value(one, plan.base) for one in plan.news],
        "moved": [{"old": one.old, "new": one.new, "version": one.release} for one in plan.moves],
        "exchanged": plan.exchanged.id if plan.exchanged else "",
        "given": [*given_changed(plan)],
        "waiting": [waiting_value(one, plan.base) for one in plan.waiting],
        "local": [standing_value(one) for one in plan.standings],
    }


def _rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "path": one.place.path, "line": one.place.line, "message": one.message}
        for one in problems
    ]


def states_of_items(opened: Opened) -> dict[str, str]:
    """Return the state of each item that no local work is about, by id, those that were withdrawn last."""
    about = {one.artefact.item for one in opened.standings}
    lock = opened.lock
    news = {one.target.partition("#")[0]: one for one in (lock.updated if lock else ())}
    unread = {one.target.partition("#")[0]: one for one in opened.news}
    found = {}
    for item in opened.base:
        if item.id in about:
            continue
        one = unread.get(item.id) or news.get(item.id)
        state = "same"
        if one and one.what is What.NEW_ITEM and item.id not in opened.edition.by_id:
            state = "new"
        elif one:
            state = "updated-safety" if for_safety(opened.base, one) else "updated"
        found[item.id] = state
    gone = (one.target for one in news.values() if one.what is What.WITHDRAWN and one.target not in about)
    return found | {name: "withdrawn" for name in gone if not _became(opened, name)}


def _became(opened: Opened, name: str) -> bool:
    """Return whether what is gone lives on: in others, or as no item at all."""
    fate = opened.base.changes.fate(name)
    return name.startswith(FACT) or (fate is not None and not isinstance(fate, Withdrawn))
