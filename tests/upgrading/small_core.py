"""An edition of the small core, of which three releases are kept as test data."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from guidance_kit.model.library import Library
from guidance_kit.reading.bases import read_base
from guidance_kit.upgrading import upgrade

RELEASES = Path(__file__).parents[1] / "releases" / "small-core"
DAY = dt.date(2027, 2, 1)
HEAD = '[edition]\nid = "ours"\ntitle = "Ours"\npublisher = "Us"\nbased_on = "../core"\n'


def release(version: str) -> Library:
    """Return a release of the core, read."""
    read, problems = read_base(RELEASES, version)
    assert read is not None, problems
    return read


def started(folder: Path, local: str) -> Path:
    """Return the folder of an edition that says something of its own, and takes no text yet."""
    root = folder / "edition"
    (root / "local").mkdir(parents=True)
    (root / "edition.toml").write_text(HEAD, "utf-8")
    (root / "local" / "ours.md").write_text(local, "utf-8")
    return root


def take(root: Path, version: str) -> None:
    """Release the core, and upgrade the edition to it."""
    core = root.parent / "core"
    shutil.rmtree(core, ignore_errors=True)
    shutil.copytree(RELEASES / version, core)
    made, problems = upgrade(root, DAY)
    assert made is not None, problems
