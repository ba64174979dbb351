"""Where an edition uses its local facts, filled or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import attrs

from guidance_kit.checking.subject import Subject
from guidance_kit.composing import compose
from guidance_kit.model.edition import Edition
from guidance_kit.model.facts import Fact
from guidance_kit.problems import Place


def fact_uses(edition: Edition) -> Mapping[str, tuple[Place, ...]]:
    """Return every place that uses a fact, by the fact's id.

    A filled slot no longer names its fact, so the edition is composed once more with every slot left open.
    """
    before = edition.base.ancestry and attrs.evolve(edition.base.ancestry, values=())
    base = attrs.evolve(edition.base, facts=_blank(edition.base.facts), ancestry=before)
    overlay = attrs.evolve(edition.overlay, values=(), facts=_blank(edition.overlay.facts))
    opened = compose(base, overlay)
    found: dict[str, list[Place]] = defaultdict(list)
    for use in Subject(opened.library, opened).uses:
        if use.name == "fact":
            found[use.role.content.strip()].append(use.place)
    return {fact: tuple(dict.fromkeys(places)) for fact, places in found.items()}


def _blank(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(attrs.evolve(fact, default="") for fact in facts)
