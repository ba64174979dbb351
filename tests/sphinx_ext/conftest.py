"""Builds projects of guidance with Sphinx, in this process, and tells what came of it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import sphinx_project
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils


class Project:
    """A project in a folder: written, changed and built at will."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.out = folder / "out"

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files; None takes a file away."""
        for path, text in files.items():
            file = self.source / path
            if text is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        return (self.source / path).read_text("utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Change words of a file."""
        text = self.read(path)
        assert old in text
        self.write({path: text.replace(old, new)})

    def build(
        self,
        builder: str = "html",
        *,
        out: str = "",
        jobs: int = 1,
        doctrees: str = "",
        exception_on_warning: bool = False,
        **config: Any,
    ) -> Built:
        """Build, and return what came of it; each builder and ``out`` has a folder of its own."""
        folder = self.out / (out or builder)
        warnings, written = io.StringIO(), []
        with patch_docutils(str(self.source)), docutils_namespace():
            app = Sphinx(
                self.source,
                self.source,
                folder,
                doctrees or folder.with_name(folder.name + "-doctrees"),
                builder,
                config,
                status=None,
                warning=warnings,
                parallel=jobs,
                exception_on_warning=exception_on_warning,
            )
            app.connect("doctree-resolved", lambda _app, _tree, name: written.append(name))
            app.build()
        return Built(folder, _plain(warnings.getvalue()), sorted(set(written)), app)


class Built:
    """A build: its folder, its warnings, the pages it wrote, and the application for a closer look."""

    def __init__(self, folder: Path, warnings: str, written: list[str], app: Sphinx) -> None:
        self.folder, self.warnings, self.written, self.app = folder, warnings, written, app

    def text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def all_text(self) -> str:
        """Return every file of the output as text, one after the other."""
        return "\n".join(file.decode("utf-8", "replace") for file in self.files().values())

    def files(self) -> dict[str, bytes]:
        """Return every file of the output by its path, without Sphinx's own notes on the build."""
        skip = (".buildinfo", ".buildinfo.bak", "environment.pickle", "last_build")
        found = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name not in skip)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}


def _plain(warnings: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", warnings)


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every build be of one day, and know no catalogue of an earlier one, so that they can be compared."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    translators.clear()


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """Return a project without pages."""
    return Project(tmp_path)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return the whole project, written."""
    made = Project(tmp_path)
    made.write(sphinx_project.files())
    return made


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Project]:
    """Return a function that writes a project of the pages it is given; the first is the root."""

    def write(conf: str = sphinx_project.CONF, **pages: str) -> Project:
        made = Project(tmp_path)
        names = "\n".join(name.replace("_", "-") for name in pages)
        made.write(
            {
                "conf.py": conf,
                "references.json": sphinx_project.REFERENCES,
                "index.md": f"# Start\n\n```{{toctree}}\n{names}\n```\n",
                **{f"{name.replace('_', '-')}.md": text for name, text in pages.items()},
            }
        )
        return made

    return write
