"""Whether the national text that an edition keeps is that of a release."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from guidance_kit.model.library import Library
from guidance_kit.model.lock import Composed, Lock
from guidance_kit.model.text import plain
from guidance_kit.problems import Place, Problem, typed
from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.reading.locks import LOCK, NATIONAL
from guidance_kit.reading.seals import all_again
from guidance_kit.reading.walking import walk

#: The files of a library that hold none of its text.
RECORDS = (".toml", ".json")
_TEXTS = (".md", *RECORDS)


def genuineness(root: Path, base: Library, lock: Lock) -> list[Problem]:
    """Return a problem if the copy in ``national/`` is not what the lock says, or the lock no release.

    What has not been touched since the upgrade is known by its bytes, line ends aside, and need not be read.
    """
    place = Place(str(root / NATIONAL))
    kept = lock.base
    if kept is None:
        hint = f"Write it again: guidance-kit upgrade {typed(root)}"
        return [Problem("lock-edited", "The lock does not say what the edition is made from.", hint, place)]
    hint = f"{whole_again(root, kept)}. What you changed there belongs in local/, as an adaptation."
    files = files_in(root / NATIONAL)
    if digest(files) != kept.files and (base.content, records_of(files)) != (kept.content, kept.records):
        words = "The national text kept in this folder was changed by hand, so it is no longer national."
        return [Problem("base-not-genuine", words, hint, place)]
    states = base.history.by_content
    if base.history.releases and base.ancestry is None and kept.content not in states:
        words = f"The national text kept in this folder is that of no release of {base.id}."
        return [Problem("base-not-genuine", words, hint, place)]
    return []


def whole_again(root: Path, kept: Composed) -> str:
    """Return what to do about a national text that is gone or was changed, whichever release is installed."""
    there = f"{kept.id} {kept.version}".strip()
    return (
        f"Put national/ back from a copy of the folder, or have {there} installed and write it again: "
        f"guidance-kit upgrade {typed(root)}. {all_again(root)}"
    )


def composed_of(library: Library, files: Mapping[str, bytes]) -> Composed:
    """Return what a lock says of a library that is kept as these files."""
    return Composed(
        id=library.id,
        version=library.version,
        content=library.content,
        files=digest(files),
        records=records_of(files),
    )


def records_of(files: Mapping[str, bytes]) -> str:
    """Return a digest of what a library says beside its text: its changes and history, and how it is made.

    No fingerprint of a text holds it, and it decides what people are told of: a safety change declared
    editorial by hand would be overlooked.
    """
    return digest({path: data for path, data in files.items() if path.endswith(RECORDS)})


def lock_missing(root: Path) -> list[Problem]:
    """Return a problem if there are decisions, or a copy of the text, but no lock that says more of them."""
    if not lock_lost(root):
        return []
    words = f"{LOCK} is gone, and with it what the edition is made from and what waits for a decision."
    hint = f"Put it back from a copy of the folder. {all_again(root)}"
    return [Problem("lock-edited", words, hint, Place(str(root / LOCK)))]


def lock_lost(root: Path) -> bool:
    """Return whether an edition had a lock: something stands there that only comes with one.

    Nobody knows then what was looked at: all that is local counts as not looked at, and each safety change
    that was ever declared as unread.
    """
    if (root / LOCK).exists():
        return False
    return (root / REVIEWED).parent.is_dir() or bool(walk(root / NATIONAL).files)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the files that make a library, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in walk(folder).files}


def digest(files: Mapping[str, bytes]) -> str:
    """Return a digest of files that does not see how their lines end, nor a byte order mark."""
    found = hashlib.sha256()
    for path, data in sorted(files.items()):
        same = _plain(data) if path.endswith(_TEXTS) else data
        found.update(f"{path}\0{len(same)}\0".encode())
        found.update(same)
    return f"sha256:{found.hexdigest()}"


def same_text(path: str, one: bytes, other: bytes | None) -> bool:
    """Return whether two states of a file differ in nothing but how their lines end."""
    return other is not None and digest({path: one}) == digest({path: other})


def _plain(data: bytes) -> bytes:
    try:
        return plain(data.decode("utf-8")).encode()
    except UnicodeDecodeError:
        return data
