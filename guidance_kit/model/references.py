"""A source that guidance cites: one entry of a CSL JSON file."""

from __future__ import annotations

import json
from typing import Any

import attrs

from guidance_kit.problems import NOWHERE, Place


@attrs.frozen
class Reference:
    """A source, by its CSL ``id``; ``csl`` is the entry as JSON text, so that the value stays frozen."""

    id: str
    csl: str = attrs.field(repr=False)
    origin: Place = attrs.field(default=NOWHERE, eq=False, repr=False)

    @property
    def entry(self) -> dict[str, Any]:
        """A fresh copy of the CSL JSON entry."""
        entry: dict[str, Any] = json.loads(self.csl)
        return entry

    @property
    def title(self) -> str:
        """The title, or the id where there is none."""
        return str(self.entry.get("title", self.id))
