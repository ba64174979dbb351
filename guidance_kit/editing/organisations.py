"""The kinds of organisation that make editions, and which local facts are theirs to know."""

from __future__ import annotations

from guidance_kit.model.vocabulary import FilledBy, Word


class Organisation(Word):
    """Who makes an edition."""

    ICB = "nhs-icb", "NHS integrated care board"
    TRUST = "nhs-trust", "NHS trust"
    UNIVERSITY = "university", "University"
    COLLEGE = "college", "College or other provider"
    PARTNERSHIP = "partnership", "Partnership of several"

    def fills(self, by: FilledBy) -> bool:
        """Return whether a fact that is filled in by ``by`` is for this organisation to fill in."""
        if by is FilledBy.REGION:
            return self in (Organisation.ICB, Organisation.TRUST, Organisation.PARTNERSHIP)
        return self in (Organisation.UNIVERSITY, Organisation.COLLEGE, Organisation.PARTNERSHIP)
