"""Writes an edition's own files for a person to edit: ready-filled blocks, omissions, facts, a new edition.

Nothing here composes or builds. Every write is whole or not at all; a file that is written again is first
kept in ``attic/``; what a person wrote is never replaced; doing a thing twice is doing it once, and says so.
"""

from __future__ import annotations

from guidance_kit.editing.adapting import write_adaptation
from guidance_kit.editing.done import Done, Result
from guidance_kit.editing.facts import write_fact
from guidance_kit.editing.new import NewEdition, new_edition
from guidance_kit.editing.noting import NewNote, write_note
from guidance_kit.editing.omitting import write_omission
from guidance_kit.editing.organisations import Organisation

__all__ = [
    "Done",
    "NewEdition",
    "NewNote",
    "Organisation",
    "Result",
    "new_edition",
    "write_adaptation",
    "write_fact",
    "write_note",
    "write_omission",
]
