"""Which items an edition carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from guidance_kit.composing.holding import holders_of
from guidance_kit.composing.operations import Operations
from guidance_kit.model.history import is_new
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import LeaveOut, Overlay
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.problems import Place, Problem


@attrs.frozen
class Choice:
    """The items that stay out: those left out or replaced, and those never chosen, with those inside them."""

    left_out: tuple[LeaveOut, ...]
    not_chosen: tuple[str, ...]
    out: frozenset[str]
    waiting: tuple[str, ...]
    redirects: Mapping[str, str]


def choose(base: Library, overlay: Overlay, operations: Operations, waiting: frozenset[str]) -> Choice:
    """Return what is chosen: leave out beats every other selection; a replacement leaves out its original.

    What must appear, or came for safety, is chosen always, and waits for nobody. Other new items may wait for
    somebody: they are neither chosen nor left out. An edition can take none of them but those that it names.
    """
    replaced = {add.instead_of: add for add in operations.adds if add.instead_of}
    left = dict(operations.leave_out)
    for target, add in replaced.items():
        left.setdefault(target, LeaveOut(target, add.reason, add.origin))
    holders = holders_of(base)
    chosen = set(base.by_id)
    if overlay.start_from == "nothing":
        always = (item.id for item in base if item.must_appear)
        chosen = {*operations.takes.keys(), *always, *_new_for_safety(base)}
    not_chosen = [name for name in base.by_id if holders.get(name, name) not in chosen and name not in left]
    taken = operations.takes.keys() | left.keys() | set(not_chosen)
    new = tuple(name for name in base.by_id if name in waiting and name not in taken)
    if overlay.new_items == "leave-out":  # then that is decided for all of them
        not_chosen, new = [name for name in base.by_id if name in {*not_chosen, *new}], ()
    out = {*left, *not_chosen, *new}
    return Choice(
        left_out=tuple(left[name] for name in base.by_id if name in left),
        not_chosen=tuple(not_chosen),
        out=frozenset(name for name in base.by_id if name in out or holders.get(name) in out),
        waiting=new,
        redirects={target: replaced[target].item.id for target in sorted(replaced)},
    )


def _new_for_safety(base: Library) -> Iterator[str]:
    """Give the items that came with a release which declares them a safety change."""
    for one in base.changes.changes:
        if one.kind is ChangeKind.SAFETY and is_new(base.changes, base.history, one.what, one.release):
            yield base.changes.follow(one.what)


def unused(overlay: Overlay, operations: Operations, choice: Choice) -> Iterator[Problem]:
    """Give a word on each local change that comes to nothing, since the item it is about is not there."""
    said: list[tuple[str, Place]] = [
        *((op.item, op.origin) for op in operations.adaptations.values()),
        *((op.item, op.origin) for op in operations.notes),
        *((op.item, op.origin) for op in operations.puts.values()),
        *((op.item, op.origin) for op in operations.values.values()),
        *((item, op.origin) for op in operations.arrangements.values() for item in (*op.first, *op.last)),
    ]
    for item, place in said:
        if item in choice.out:
            words = f'"{item}" is not in this edition, so this is not used.'
            yield Problem("unused", words, "Delete it, or take the item.", place)
    for take in operations.takes.values():
        if overlay.start_from != "nothing" and overlay.new_items != "leave-out":
            words = "This edition starts from everything, so there is no need to take an item."
            yield Problem("unused", words, 'Delete it, or set start_from = "nothing".', take.origin)
        elif take.item in operations.leave_out:
            words = f'"{take.item}" is left out, which beats taking it.'
            yield Problem("unused", words, "Keep one of the two.", take.origin)
