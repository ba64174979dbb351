"""What ships: the wheel, not the checkout."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from guidance_kit.version import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = (
    "import json, guidance_kit; from guidance_kit.reading.libraries import content_root;"
    "core = guidance_kit.load_library('core');"
    "print(json.dumps([guidance_kit.__file__, str(content_root()), core.version, len(core)]))"
)


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of what is packaged, so that building leaves nothing behind."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("guidance_kit", "content", "examples", "docs", "tests", "benchmarks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    for name in (
        "pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "tox.ini"
    ):  # fmt: skip
        shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def built(checkout, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, checkout)
    return out


@pytest.fixture(scope="module")
def wheel(built) -> Path:
    return next(built.glob("*.whl"))


def environment(folder: Path) -> Path:
    """Make a virtual environment that sees the libraries of this one and nothing of the checkout."""
    run(sys.executable, "-m", "venv", "--system-site-packages", folder)
    python = folder / "bin" / "python"
    # The tests may themselves run in a virtual environment, whose packages a child does not see.
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    here = Path(sysconfig.get_path("purelib"))
    (site / "parent.pth").write_text(f"{here}\n")
    return python


def test_the_wheel_holds_the_code_and_the_content_and_no_more(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    folders = {name.split("/")[0] for name in names}
    assert folders == {"guidance_kit", f"guidance_kit-{__version__}.dist-info"}
    inside = {name.removeprefix("guidance_kit/_content/") for name in names if "/_content/" in name}
    assert inside >= {"library.toml", "facts.toml", "references.json", "LICENSE", "challenges/two-homes.md"}
    assert not [name for name in names if "__pycache__" in name or "_build" in name]
    assert {"guidance_kit/py.typed", "guidance_kit/sphinx_ext/static/guidance.css"} <= set(names)


def test_the_wheel_is_well_made(built, wheel):
    run(sys.executable, "-m", "twine", "check", "--strict", *built.iterdir())
    # W004: folders of content are no Python names. W002 is looked at below.
    run(sys.executable, "-m", "check_wheel_contents", "--ignore", "W002,W004", wheel)


def test_nothing_is_in_the_wheel_twice_but_the_licence_of_the_content(wheel):
    # A licence belongs with the metadata, and this one beside the texts that it is about.
    with zipfile.ZipFile(wheel) as archive:
        files = [name for name in archive.namelist() if archive.getinfo(name).file_size]
        texts = [archive.read(name) for name in files]
    twice = {name for name, text in zip(files, texts, strict=True) if texts.count(text) > 1}
    licences = f"guidance_kit-{__version__}.dist-info/licenses/content/LICENSE"
    assert twice == {"guidance_kit/_content/LICENSE", licences}


def test_the_source_distribution_builds_the_same_wheel(built, wheel, tmp_path):
    source = next(built.glob("*.tar.gz"))
    run("tar", "-xzf", source, "-C", tmp_path)
    run(
        sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "again", next(tmp_path.glob("guid*"))
    )
    again = next((tmp_path / "again").glob("*.whl"))
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()


def test_an_installed_wheel_has_the_content_and_the_command(wheel, tmp_path):
    python = environment(tmp_path / "env")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--force-reinstall", wheel)
    file, content, version, items = json.loads(run(python, "-c", SHOW, cwd=tmp_path))
    assert Path(file).is_relative_to(tmp_path)
    assert content == str(Path(file).parent / "_content")
    assert (version, items > 0) == (__version__, True)
    shutil.copytree(ROOT / "examples" / "minimal", tmp_path / "minimal")
    shutil.rmtree(tmp_path / "minimal" / "_build", ignore_errors=True)
    run(tmp_path / "env" / "bin" / "guidance-kit", "build", tmp_path / "minimal", cwd=tmp_path)
    assert (tmp_path / "minimal" / "_build" / "html" / "index.html").is_file()


def test_an_editable_install_reads_the_content_of_the_checkout_live(checkout, tmp_path):
    python = environment(tmp_path / "env")
    options = ("--no-deps", "--no-build-isolation", "--force-reinstall")
    run(python, "-m", "pip", "install", *options, "-e", checkout)
    file, content, _, items = json.loads(run(python, "-c", SHOW, cwd=tmp_path))
    assert Path(file).is_relative_to(checkout)
    assert Path(content) == checkout / "content"
    page = checkout / "content" / "challenges" / "two-homes.md"
    copy = page.with_name("live-copy.md")
    copy.write_text(page.read_text("utf-8").replace(":id: two-homes", ":id: live-copy"), "utf-8")
    assert json.loads(run(python, "-c", SHOW, cwd=tmp_path))[3] == items + 1
    copy.unlink()


def test_another_package_offers_a_library_by_name(tmp_path):
    """An entry point is all that it takes; a child's Python sees it by its metadata."""
    site = tmp_path / "site"
    (site / "ours" / "text").mkdir(parents=True)
    (site / "ours" / "__init__.py").write_text(
        "from pathlib import Path\n\n\ndef root():\n    return Path(__file__).parent / 'text'\n"
    )
    (site / "ours" / "text" / "library.toml").write_text('[library]\nid = "north"\ntitle = "North"\n')
    info = site / "ours-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[guidance_kit.libraries]\nnorth = ours:root\n")
    code = (
        f"import sys; sys.path[:0] = [{str(site)!r}, {str(ROOT)!r}];"
        "import guidance_kit; print(guidance_kit.load_library('north').title)"
    )
    assert run(sys.executable, "-c", code, cwd=tmp_path).strip() == "North"
