"""A region's edition, packaged, installed, and taken as the base of another: with real tools."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import attrs
import pytest
from tested import PACKAGES

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NEW = ("--title", "Ours", "--id", "ours", "--publisher", "U", "--contact", "", "--organisation", "university")
SETTINGS = {**os.environ, "PYTHONPATH": str(PACKAGES)}


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, env=SETTINGS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@attrs.frozen
class Place:
    """A folder with a region's edition, and a Python of its own in which packages are installed."""

    folder: Path
    python: Path

    def kit(self, *args: object) -> str:
        return run(self.python, "-m", "guidance_kit", *args, cwd=self.folder)

    def released(self, name: str) -> Path:
        """Package the region's edition as it stands, build that, and return the wheel."""
        self.kit("package", "theirs/northtown", "--output", name)
        run(sys.executable, "-m", "build", "--no-isolation", "--wheel", self.folder / name)
        return next((self.folder / name / "dist").glob("*.whl"))

    def install(self, wheel: Path) -> None:
        run(self.python, "-m", "pip", "install", "--no-deps", "--no-index", "--force-reinstall", wheel)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    folder = tmp_path_factory.mktemp("place")
    run(sys.executable, "-m", "venv", folder / "env")
    python = folder / "env" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "parent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    shutil.copytree(
        EXAMPLES / "northtown", folder / "theirs/northtown", ignore=shutil.ignore_patterns("_build")
    )
    return Place(folder, python)


@pytest.fixture(scope="module")
def wheel(place: Place) -> Path:
    return place.released("one")


def test_the_wheel_holds_the_guidance_the_sources_and_the_entry_point(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry = archive.read("guidance_northtown-2026.1.dist-info/entry_points.txt").decode()
    inside = {name.removeprefix("guidance_northtown/") for name in names if "dist-info" not in name}
    assert inside >= {
        "__init__.py",
        "library/library.toml",
        "library/ancestry.json",
        "library/images/who-to-call.svg",
        "sources/edition.toml",
        "sources/edition.lock",
        "sources/local/notes.md",
        "sources/national/library.toml",
    }
    assert "[guidance_kit.libraries]\nnorthtown = guidance_northtown:library" in entry
    assert "guidance_northtown-2026.1.dist-info/licenses/LICENSE" in names


def test_the_same_edition_gives_the_same_wheel_byte_for_byte(place: Place, wheel):
    assert place.released("again").read_bytes() == wheel.read_bytes()


def test_an_edition_is_based_on_the_installed_package_and_takes_its_next_version(place: Place, wheel):
    place.install(wheel)
    place.kit("new", "ours", *NEW, "--based-on", "northtown")
    assert 'based_on  = "northtown"' in (place.folder / "ours/edition.toml").read_text()
    assert 'version = "2026.1"' in (place.folder / "ours/edition.lock").read_text()
    place.kit("build", "ours", "--strict")
    assert (
        "Clinic days at Moor Campus"
        in (place.folder / "ours/_build/html/solutions/clinic-days.html").read_text()
    )
    place.kit("upgrade", "ours")
    before = (place.folder / "ours/national/solutions/agree-roles.md").read_text()

    manifest = place.folder / "theirs/northtown/edition.toml"
    manifest.write_text(manifest.read_text().replace('"2026.1"', '"2026.2"'))
    local = place.folder / "theirs/northtown/local/adaptations.md"
    local.write_text(local.read_text().replace("first contact to discharge", "first contact to follow-up"))
    place.install(place.released("two"))
    assert (place.folder / "ours/national/solutions/agree-roles.md").read_text() == before
    said = place.kit("upgrade", "ours")
    assert "now composed from northtown 2026.2; it was 2026.1" in said
    assert "follow-up" in (place.folder / "ours/national/solutions/agree-roles.md").read_text()
