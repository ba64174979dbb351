"""From an edition or a library to the problems a person should know of; pure."""

from guidance_kit.checking.rules import check_edition, check_library

__all__ = ["check_edition", "check_library"]
