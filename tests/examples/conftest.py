"""Each example is built once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from built_examples import Built, copied, run, sphinx


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Return a function that builds an edition with the command, once."""
    done: dict[str, Built] = {}

    def build(name: str) -> Built:
        if name not in done:
            folder = copied(name, tmp_path_factory.mktemp("edition"))
            said = run("-m", "guidance_kit", "build", "--strict", folder, cwd=folder.parent)
            done[name] = Built(folder, folder / "_build/html", said)
        return done[name]

    return build


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example that is a Sphinx project of its own."""
    folder = copied("plain-sphinx", tmp_path_factory.mktemp("plain"))
    return Built(folder, sphinx(folder, folder / "_build/html"), "")


@pytest.fixture(scope="session")
def northtown(edition: Callable[[str], Built]) -> Built:
    return edition("northtown")


@pytest.fixture(scope="session")
def university(edition: Callable[[str], Built]) -> Built:
    return edition("northtown-university")


@pytest.fixture(scope="session")
def riverside(edition: Callable[[str], Built]) -> Built:
    return edition("riverside-college")


@pytest.fixture(scope="session")
def minimal(edition: Callable[[str], Built]) -> Built:
    return edition("minimal")
