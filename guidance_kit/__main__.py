"""``python -m guidance_kit``: the same as the command ``guidance-kit``."""

from __future__ import annotations

import sys

from guidance_kit.cli import main

if __name__ == "__main__":
    sys.exit(main())
