"""Building the examples as a person would, in copies, so that nothing is written into the checkout."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
from tested import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
#: In the order in which they are brought up to date: the last is based on the one before.
EDITIONS = ("minimal", "riverside-college", "northtown", "northtown-university")


@attrs.frozen
class Built:
    """An example that was built: its copy, the site, and what the command said."""

    folder: Path
    site: Path
    said: str

    def html(self, page: str) -> str:
        return (self.site / f"{page}.html").read_text(encoding="utf-8")

    def words(self, page: str) -> str:
        """The words of the main part of a page, without tags, in one line."""
        main = re.search(r'<article role="main"[^>]*>(.*?)</article>\s*</div>', self.html(page), re.DOTALL)
        return words_of(main[1] if main else self.html(page))

    @property
    def pages(self) -> list[str]:
        found = (path.relative_to(self.site).with_suffix("").as_posix() for path in self.site.rglob("*.html"))
        return sorted(name for name in found if not name.startswith("_"))

    @property
    def edition_pages(self) -> list[Path]:
        """The pages of the composed source tree."""
        return list((self.folder / "_build/source").rglob("*.md"))


def words_of(text: str) -> str:
    without = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())
    return re.sub(r" (?=[:;,.)])|(?<=\() ", "", words)


def copied(name: str, folder: Path) -> Path:
    """Return a copy of an example in a new folder."""
    target = folder / name
    shutil.copytree(EXAMPLES / name, target, ignore=shutil.ignore_patterns("_build"))
    return target


def run(*args: str | Path, cwd: Path) -> str:
    """Run Python with arguments; return what it says; fail with that if it fails."""
    done = subprocess.run(
        [sys.executable, *map(str, args)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, f"{args}: exit code {done.returncode}\n{said}"
    return said


def sphinx(source: Path, output: Path, *options: str, builder: str = "html") -> Path:
    """Build a source tree with stock sphinx-build, every warning an error."""
    doctrees = output.parent / f"{output.name}.doctrees"
    strict = ("-W", "--keep-going", "-q", "-d", doctrees, *options)
    run("-m", "sphinx", "-b", builder, *strict, source, output, cwd=source.parent)
    return output
