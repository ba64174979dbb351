"""Items inside items: they go with the one around them."""

from __future__ import annotations

from collections.abc import Mapping

from guidance_kit.model.library import Library


def holders_of(base: Library) -> Mapping[str, str]:
    """Return, for each item that stands inside another, the outermost one around it."""
    return {inner: outer for page in base.pages for inner, outer in page.holders.items()}
