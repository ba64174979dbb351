"""Any commands in any order: whatever people and releases do, no local work is lost and no safety change hidden."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

from composing.small_worlds import LABELS, Op
from desk import DAY, LOCAL, MEMORY, Desk, own_files
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from small_cores import FACTS, Core, released
from small_releases import EXAMPLES, VALUES, cores, edits, law, sentences, texts

from guidance_kit.checking import check_edition
from guidance_kit.editing.omitting import leave_out  # noqa: F401 - the commands are looked at in tests/editing
from guidance_kit.model.lock import How, What
from guidance_kit.problems import Severity, worst
from guidance_kit.upgrading import Decision, accept, accept_editorial, undo_upgrade
from guidance_kit.upgrading.reviewing import Compared, compared
