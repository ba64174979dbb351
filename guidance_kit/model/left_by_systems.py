"""What systems, Word and shared drives put into folders by themselves: nobody wrote it, or sees most."""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"(ehthumbs(_vista)?|thumbs)\.db(:encryptable)?|desktop\.ini|icon\r|~\$.*|.*\.tmp"
    r"|\$recycle\.bin|system volume information|@eadir|\.ds_store|\._.*",
    re.IGNORECASE,
)


def left_by_a_system(name: str) -> bool:
    """Return whether a file or folder of this name is nobody's: a folder that holds no other is empty."""
    return _NAMES.fullmatch(name) is not None
