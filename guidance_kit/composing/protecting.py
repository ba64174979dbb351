"""Protected wording: which changes it refuses, and what an edition may ask of those based on it.

Rules of composing, section 7: an edition may tighten a protection, and never loosen one.
"""

from __future__ import annotations

from collections.abc import Iterator

from guidance_kit.composing.fixed import demand, refusal, stands_by_fixed
from guidance_kit.composing.targets import Targets
from guidance_kit.model.item import Item
from guidance_kit.model.layers import whose
from guidance_kit.model.overlay import Adapt, Add, Note
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Place, nearest


def protections(targets: Targets) -> Iterator[tuple[str, Protection]]:
    """Give the protections that an edition adds, by target; those that are less strict are problems.

    One that is as strict as what stands adds nothing: who fixed the words before has fixed them.
    """
    for op in targets.once(targets.overlay.protects, lambda op: op.what, "A protection of this"):
        name, _, part = op.what.partition("#")
        item = targets.own.get(name)
        if item is None and targets.placed(name, op.origin):
            item = targets.base.by_id.get(name)
        if item is None or not _names_part(targets, item, part, op.origin):
            continue
        now = item.protection_of(part)
        if op.protection is now:
            continue
        if now.allows(op.protection):
            yield op.what, op.protection
        else:
            words = f'"{op.what}" is {now} already, and an edition may only be stricter than that.'
            targets.say("loosened-protection", words, "Delete this, or write a stricter word.", op.origin)


def is_free(targets: Targets, item: Item, op: Adapt) -> bool:
    """Return whether a part may be adapted; a problem if its wording is fixed, even if the text is equal."""
    if not item.protection_of(op.part).fixed:
        return True
    target = f"{item.id}#{op.part}"
    words, ask = refusal(targets.base, item, op.part)
    accept = targets.command("accept", target)
    hint = f"Your text has been left where it is. To put it in the attic: {accept} --take-national\n"
    hint += f"    You can add a note after {whose(targets.base, target)}: {targets.command('note', item.id)}"
    targets.say("fixed-wording", words, f"{hint}{ask}", op.origin)
    return False


def may_stand(targets: Targets, item: Item, op: Note) -> bool:
    """Return whether a note may stand where it asks to: beside fixed wording only after it."""
    if not op.before or not stands_by_fixed(item, op):
        return True
    words = f'The wording of "{item.title}" is fixed, so a note cannot stand before it.'
    targets.say("fixed-wording", words, "Write :stands: after, or leave the line out.", op.origin)
    return False


def may_go(targets: Targets, item: Item, add: Add) -> bool:
    """Return whether a national item may be replaced; a problem if it must appear."""
    if not item.must_appear:
        return True
    words, ask = demand(targets.base, item)
    hint = f"Take out the line :instead-of: and keep both.{ask}"
    targets.say("required-item", f"{words}, so it is not replaced.", hint, add.origin)
    return False


def _names_part(targets: Targets, item: Item, part: str, place: Place) -> bool:
    if not part or part in ("title", *item.parts):
        return True
    words = f'"{item.id}" has no part "{part}".'
    targets.say("unknown-target", words, nearest(part, item.parts), place)
    return False
