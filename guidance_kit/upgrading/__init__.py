"""From one release of the national text to the next, with no local work ever lost.

Rules of composing, sections 7 to 9: what an edition is composed from and what its people have looked at are
kept apart; an upgrade moves the first and touches no local file; only a decision moves the second.
"""

from guidance_kit.upgrading.accepting import accept, accept_editorial
from guidance_kit.upgrading.acting import make_work, plan_upgrade, undo_upgrade, upgrade
from guidance_kit.upgrading.deciding import Decision
from guidance_kit.upgrading.opening import Opened, open_edition
from guidance_kit.upgrading.planning import Plan
from guidance_kit.upgrading.states import Standing, State

__all__ = [
    "Decision",
    "Opened",
    "Plan",
    "Standing",
    "State",
    "accept",
    "accept_editorial",
    "make_work",
    "open_edition",
    "plan_upgrade",
    "undo_upgrade",
    "upgrade",
]
