"""Which package is under test: the installed wheel under tox, the checkout by hand."""

from __future__ import annotations

from pathlib import Path

import guidance_kit

#: The folder that ``guidance_kit`` was imported from, for commands that tests run in a process of their own.
PACKAGES = Path(guidance_kit.__file__).resolve().parents[1]
