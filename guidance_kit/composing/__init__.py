"""From a library and an edition's own work to an edition; pure."""

from guidance_kit.composing.compose import compose

__all__ = ["compose"]
