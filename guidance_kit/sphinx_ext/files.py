"""The files beside ``conf.py`` that only we read, each when it is first asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from guidance_kit.sphinx_ext.config import Options, facts_file
from guidance_kit.sphinx_ext.edition import EditionFile, read_edition
from guidance_kit.sphinx_ext.facts import DeclaredFacts, read_facts
from guidance_kit.sphinx_ext.locations import Places
from guidance_kit.sphinx_ext.references import References, read_references


class Files:
    """What the edition, the references and the facts of a project say."""

    def __init__(self, folder: Path | None = None, options: Options | None = None) -> None:
        """Look for the files in a folder, by the names in the options; without them, know nothing."""
        options = options or Options()
        self._folder = str(folder or "")
        self._sources = options.sources
        self._paths = (
            (folder / options.edition, folder / options.references, facts_file(folder, options.facts))
            if folder
            else ()
        )
        self._edition: EditionFile | None = None
        self._references: References | None = None
        self._facts: DeclaredFacts | None = None

    @property
    def edition(self) -> EditionFile:
        """What ``edition.json`` tells."""
        if self._edition is None:
            self._edition = EditionFile()  # a warning while it is read asks where its own place was written
            if self._paths:
                self._edition = read_edition(self._paths[0])
        return self._edition

    @property
    def references(self) -> References:
        """The sources that can be cited."""
        if self._references is None:
            self._references = read_references(self._paths[1]) if self._paths else References()
        return self._references

    @property
    def facts(self) -> DeclaredFacts:
        """What stands in the place of local facts without a value."""
        if self._facts is None:
            self._facts = read_facts(self._paths[2]) if self._paths else DeclaredFacts()
        return self._facts

    @property
    def places(self) -> Places:
        """Where the lines of pages were written."""
        return Places(self._folder, self.edition.lines, self._sources)

    @property
    def stamp(self) -> str:
        """A digest of the files as they stand."""
        digest = hashlib.blake2b(digest_size=12)
        for path in self._paths:
            digest.update(path.read_bytes() if path.is_file() else b"")
            digest.update(b"\0")
        return digest.hexdigest()
