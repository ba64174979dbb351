"""Which of an edition's operations stand: targets exist, and no two speak of the same thing.

A bad operation is a problem and is skipped; all others are applied, so one mistake hides none.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from guidance_kit.composing.changes import Changes
from guidance_kit.composing.given import declared, given, locked
from guidance_kit.composing.protecting import protections
from guidance_kit.composing.targets import Targets
from guidance_kit.model.ancestry import Locked
from guidance_kit.model.facts import Fact
from guidance_kit.model.library import Library
from guidance_kit.model.overlay import (
    Adapt,
    Add,
    Arrange,
    FactValue,
    LeaveOut,
    Note,
    Overlay,
    Put,
    Take,
)
from guidance_kit.model.vocabulary import Protection
from guidance_kit.problems import Problem


@attrs.frozen
class Operations:
    """The operations that stand, by what they are about."""

    leave_out: Mapping[str, LeaveOut]
    takes: Mapping[str, Take]
    adds: tuple[Add, ...]
    puts: Mapping[str, Put]
    arrangements: Mapping[str, Arrange]
    adaptations: Mapping[tuple[str, str], Adapt]
    notes: tuple[Note, ...]
    values: Mapping[tuple[str, str], FactValue]
    facts: Mapping[str, Fact]
    protections: Mapping[str, Protection]
    locked: Mapping[str, Locked]


def sound_operations(base: Library, overlay: Overlay) -> tuple[Operations, list[Problem]]:
    """Return the operations of an overlay that can be applied to a base, and a problem for each other."""
    targets = Targets(base, overlay)
    changes = Changes(targets)
    facts = declared(targets)
    operations = Operations(
        leave_out={op.item: op for op in targets.omissions()},
        takes={op.item: op for op in targets.about_items(overlay.takes, "choice")},
        adds=tuple(changes.adds()),
        puts={op.item: op for op in targets.puts()},
        arrangements={op.section: op for op in targets.arrangements()},
        adaptations={(op.item, op.part): op for op in changes.adaptations()},
        notes=tuple(changes.notes()),
        values={(op.fact, op.item): op for op in given(targets, facts)},
        facts=facts,
        protections=dict(protections(targets)),
        locked=locked(targets, facts),
    )
    return operations, targets.problems
