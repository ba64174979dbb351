"""Which package is under test (the installed wheel under tox, the checkout by hand), and what it built."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import guidance_kit

#: The folder that ``guidance_kit`` was imported from, for commands that tests run in a process of their own.
PACKAGES = Path(guidance_kit.__file__).resolve().parents[1]

_ADDRESS = re.compile(r'<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\s(?:id|name)="([^"]*)"')


def dead_links(site: Path) -> list[str]:
    """Return the links and pictures of a built site, ``page: address``, that lead to no file or place of it."""
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    ids = {path: {unescape(found) for found in _ID.findall(text)} for path, text in pages.items()}
    found = []
    for path, text in pages.items():
        for address in dict.fromkeys(map(unescape, _ADDRESS.findall(text))):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or address == "#":
                continue
            file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            file = file / "index.html" if file.is_dir() else file
            known = ids.get(file)
            if not file.is_file() or (
                known is not None and parts.fragment and unquote(parts.fragment) not in known
            ):
                found.append(f"{path.relative_to(site).as_posix()}: {address}")
    return found
