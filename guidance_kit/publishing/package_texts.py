"""The texts of an edition's Python project: its settings, its module, and a word to whoever installs it."""

from __future__ import annotations

from guidance_kit.model.edition import Edition
from guidance_kit.model.text import toml_string
from guidance_kit.version import __version__

#: Licences by the names that installers know (SPDX); of any other the file LICENSE speaks alone.
_KNOWN = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "OGL-UK-3.0", "MIT", "Apache-2.0", "BSD-3-Clause")

_PROJECT = """\
[build-system]
requires = ["hatchling>=1.25"]
build-backend = "hatchling.build"

[project]
name = {name}
version = {version}
description = {title}
readme = "README.md"
requires-python = ">=3.11"
{licence}license-files = ["LICENSE"]
{authors}dependencies = [{needs}]

[project.entry-points."guidance_kit.libraries"]
{id} = {entry}

[tool.hatch.build]
ignore-vcs = true  # the project may stand in a folder that an archive of versions leaves out

[tool.hatch.build.targets.wheel]
packages = [{module}]
"""

_MODULE = '''\
"""{title}: guidance that editions can be based on; written by guidance-kit."""

from pathlib import Path


def library() -> Path:
    """Return the folder of the composed guidance."""
    return Path(__file__).resolve().parent / "library"


def sources() -> Path:
    """Return the folder of the edition as its people wrote it."""
    return Path(__file__).resolve().parent / "sources"
'''

_README = """\
# {title}

{draft}Guidance, version {version}, for editions that are based on it. It holds no program.

Publisher: {publisher}
Questions: {contact}

To install it, with Python 3.11 or newer, from the folder of this file:

    python -m pip install .

Then start an edition of your own in a new folder, here called `ours`:

    guidance-kit new ours --based-on {id}

Your edition begins with everything that is said here, and keeps a copy of it. When there is a newer version,
install that. Then look at what it changes for you, before you take it:

    guidance-kit upgrade ours --plan
    guidance-kit upgrade ours

In the folder `{module}`, `library` holds the guidance as editions take it, and `sources` holds the
edition as its people wrote it. The licence is in the file LICENSE.
"""


def project_text(edition: Edition, version: str, name: str, module: str) -> str:
    """Return the text of ``pyproject.toml``."""
    licence, publisher = edition.library.licence, edition.overlay.publisher
    return _PROJECT.format(
        name=toml_string(name),
        version=toml_string(version),
        title=toml_string(" ".join(edition.title.split())),
        licence=f"license = {toml_string(licence)}\n" if licence in _KNOWN else "",
        authors=f"authors = [{{ name = {toml_string(publisher)} }}]\n" if publisher else "",
        needs=toml_string(f"guidance-kit>={__version__}"),
        id=edition.id,
        entry=toml_string(f"{module}:library"),
        module=toml_string(module),
    )


def module_text(edition: Edition) -> str:
    """Return the text of the package's only module; a title cannot end the string it stands in."""
    title = " ".join(edition.title.split()).replace("\\", "").replace('"', "'")
    return _MODULE.format(title=title)


def readme_text(edition: Edition, version: str, *, draft: bool) -> str:
    """Return a word, in Markdown, to whoever gets the project."""
    return _README.format(
        title=edition.title,
        draft="A draft, not for publication.\n\n" if draft else "",
        publisher=edition.overlay.publisher or edition.title,
        version=version,
        id=edition.id,
        module=f"guidance_{edition.id.replace('-', '_')}",
        contact=edition.overlay.contact or "ask whoever gave it to you",
    )


def licence_text(edition: Edition) -> str:
    """Return what is known of the licence, where no file tells it."""
    licence = edition.library.licence or "not stated; ask the publisher before you copy anything"
    publisher = edition.overlay.publisher or edition.title
    return f"{edition.title}\n\nPublisher: {publisher}\nLicence: {licence}\n"
