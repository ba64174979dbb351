"""The command line: one file a command; errors are shown in one place and nowhere else.

No command loads Sphinx unless it builds.
"""

from __future__ import annotations

from guidance_kit.cli.commands import main

__all__ = ["main"]
