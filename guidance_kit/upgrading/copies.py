"""The copy of the national text in the folder of an edition, beside what it is to be."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from guidance_kit.model.lock import Composed
from guidance_kit.reading.decisions import REVIEWED
from guidance_kit.reading.locks import NATIONAL
from guidance_kit.reading.walking import is_passed_over
from guidance_kit.upgrading.genuine import RECORDS, digest, files_in, records_of, same_text
from guidance_kit.upgrading.retiring import attic_name


@attrs.frozen
class KeptCopy:
    """What stands in ``national/``; ``kept`` is what is known of it, if anything is.

    ``files`` is what it is to be.
    """

    root: Path
    kept: Composed | None
    files: Mapping[str, bytes]

    @functools.cached_property
    def touched(self) -> bool:
        """Whether somebody changed what stands there since it was written, line ends aside."""
        if self.kept is None:
            return bool(self._here)  # nobody knows whose words these are
        return digest(self._here) != self.kept.files

    @functools.cached_property
    def aside(self) -> Mapping[str, str]:
        """The files that a person changed or put there, each with a free name in the attic."""
        found: dict[str, str] = {}
        whole = self.kept is None or records_of(self._here) == self.kept.records
        for path in self._standing(NATIONAL, "**/*") if self.touched else ():
            name = path.removeprefix(f"{NATIONAL}/")
            if whole and name.endswith(RECORDS):
                continue  # of another version of the same text they differ, and nobody wrote there
            if not same_text(name, (self.root / path).read_bytes(), self.files.get(name)):
                found[path] = attic_name(self.root, path, Path(path).suffix, found.values())
        return found

    @functools.cached_property
    def _here(self) -> Mapping[str, bytes]:
        return files_in(self.root / NATIONAL)

    def set_aside(self) -> dict[str, bytes | None]:
        """Return the files that keep in the attic what a person wrote into the copy."""
        return {new: (self.root / old).read_bytes() for old, new in self.aside.items()}

    def replaced(self, records: Mapping[str, bytes]) -> dict[str, bytes | None]:
        """Return the files that make the copy what it is to be, and those of ``records`` (None: removed)."""
        wanted = {f"{NATIONAL}/{name}": data for name, data in self.files.items()} | dict(records)
        standing = {*self._standing(NATIONAL, "**/*"), *self._standing(REVIEWED, "*.md")}
        changes: dict[str, bytes | None] = dict.fromkeys(sorted(standing - wanted.keys()))
        return changes | {path: data for path, data in sorted(wanted.items()) if not self._holds(path, data)}

    @property
    def differs(self) -> bool:
        """Whether a file of the copy is not there, or not what it is to be, byte for byte."""
        return not all(self._holds(f"{NATIONAL}/{name}", data) for name, data in self.files.items())

    def _standing(self, folder: str, pattern: str) -> Iterator[str]:
        """Give the files of the tool's own in a folder of the edition."""
        for path in sorted((self.root / folder).glob(pattern)):
            if path.is_file() and not is_passed_over(path.name):
                yield path.relative_to(self.root).as_posix()

    def _holds(self, path: str, data: bytes) -> bool:
        file = self.root / path
        return file.is_file() and file.read_bytes() == data


def records_in(root: Path) -> dict[str, bytes | None]:
    """Return the records of decisions in the folder of an edition, each as a file that goes."""
    return {path.relative_to(root).as_posix(): None for path in sorted((root / REVIEWED).rglob("*.toml"))}


def is_record(path: str) -> bool:
    """Return whether a file of an edition is the record of a decision."""
    return path.startswith(f"{REVIEWED}/") and path.endswith(".toml")
