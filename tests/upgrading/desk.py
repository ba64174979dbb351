"""A folder with a core as it is released now, and the edition that people work on beside it."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from composing.small_worlds import Op, World, edition_files, write
from published import published
from small_cores import Core

from guidance_kit.model.library import Library
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.upgrading import Opened, Plan, open_edition, upgrade

DAY = dt.date(2026, 11, 25)
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - folders of our own are made there
LOCAL = ("local/", "edition.toml", "attic/")


@attrs.frozen
class Desk:
    """A folder with the core as it is released now, and the edition that people work on."""

    folder: Path

    @property
    def root(self) -> Path:
        """The edition."""
        return self.folder / "edition"

    def publish(self, core: Core) -> Library:
        """Put a release in the place of the one before, with the fingerprints of both."""
        place = self.folder / "core"
        kept = place / "history.json"
        before = {"history.json": kept.read_text("utf-8")} if kept.exists() else {}
        write(core.files() | before, place)
        _, faults = read_library_folder(place)
        assert faults == ()
        return published(place)

    def work(self, ops: Sequence[Op], new_items: str = "ask", spread: int = 1) -> Path:
        """Write what an edition says of its own, by hand; everything else in its folder stays."""
        for name, text in own_files(ops, new_items, spread).items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return self.root

    def up(self) -> Plan:
        """Upgrade the edition."""
        made, problems = upgrade(self.root, DAY)
        assert made is not None, problems
        return made

    def opened(self) -> Opened:
        """Open the edition."""
        opened, problems = open_edition(self.root, DAY)
        assert opened is not None, problems
        return opened

    def states(self) -> dict[tuple[str, str, str], str]:
        """Return the state of each piece of local work, by what it is and is about."""
        return {states_key(one.artefact): str(one.state) for one in self.opened().standings}

    def files(self, *folders: str) -> dict[str, bytes]:
        """Return the bytes of the files of the edition, or of some folders and files in it."""
        held = {
            path.relative_to(self.root).as_posix(): path for path in self.root.rglob("*") if path.is_file()
        }
        return {
            name: path.read_bytes()
            for name, path in sorted(held.items())
            if not folders or name.startswith(folders)
        }


def states_key(artefact: Any) -> tuple[str, str, str]:
    """Return what tells pieces of local work apart."""
    return str(artefact.what), artefact.target, artefact.name


def own_files(ops: Sequence[Op], new_items: str = "ask", spread: int = 1) -> dict[str, str]:
    """Return the files of an edition's own work."""
    files = edition_files(World((), tuple(ops)), spread)
    mark = 'start_from = "everything"\n'
    return files | {"edition.toml": files["edition.toml"].replace(mark, f'{mark}new_items = "{new_items}"\n')}


@contextmanager
def desk(*cores: Core) -> Iterator[Desk]:
    """Give a desk in a folder of its own, with releases published in turn."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        made = Desk(Path(name))
        for core in cores:
            made.publish(core)
        yield made
