"""Runs Sphinx on an exported tree: one edition becomes a web site, a book or plain text."""

from __future__ import annotations

from guidance_kit.publishing.build import Built, build
from guidance_kit.publishing.messages import Warned
from guidance_kit.publishing.source import Source, write_source

__all__ = ["Built", "Source", "Warned", "build", "write_source"]
