"""The walls of the house: which room may import what."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "guidance_kit"
OURS = "guidance_kit"
EDGE = ("api", "__init__", "__main__")
INNER = ("problems", "version")

#: What each room may import of ours (``sphinx_ext`` may open two doors of ``reading``), and of others.
ROOMS: dict[str, tuple[set[str], set[str]]] = {
    "problems": (set(), {"attrs"}),
    "version": (set(), set()),
    "model": ({"problems"}, {"attrs", "markdown_it", "mdit_py_plugins"}),
    "reading": (
        {"problems", "model", "version"},
        {"attrs", "cattrs", "markdown_it", "mdit_py_plugins"},
    ),
    "composing": ({"problems", "model"}, {"attrs"}),
    "checking": ({"problems", "model"}, {"attrs"}),
    "exporting": ({"problems", "model"}, {"attrs", "cattrs"}),
    "editing": ({"problems", "model", "reading", "composing"}, {"attrs", "tomlkit"}),
    "sphinx_ext": (
        {"problems", "model", "reading", "version"},
        {"attrs", "sphinx", "docutils", "myst_parser", "sphinx_design", "citeproc"},
    ),
    "upgrading": (
        {"problems", "model", "reading", "composing", "checking", "exporting", "editing", "version"},
        {"attrs", "markdown_it"},
    ),
    "publishing": (
        {"problems", "model", "reading", "composing", "checking", "exporting", "editing", "api", "version"},
        {"attrs", "sphinx"},
    ),
    "cli": (
        {
            *("problems", "model", "reading", "composing", "checking", "exporting", "editing"),
            *("upgrading", "publishing", "api", "version"),
        },
        {"attrs", "click", "sphinx_autobuild"},
    ),
}
#: How a block is read: shared, so that reading and Sphinx say the same of the same mistake.
SPHINX_EXT_READS = {f"{OURS}.reading.{door}" for door in ("fields", "shape")}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_content" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Give every imported module with its line, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports by dots"
            yield node.lineno, node.module or ""
            if node.module in (OURS, f"{OURS}.reading"):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_it_may(path):
    room = room_of(path)
    if room in EDGE:
        return
    ours, others = ROOMS[room]
    for line, name in imports(path):
        top, _, rest = name.partition(".")
        if top == OURS:
            assert rest.partition(".")[0] in {room, *ours, ""}, f"{path}:{line} imports {name}"
        else:
            assert top in {*others, *_standard()}, f"{path}:{line} imports {name}"


def test_the_sphinx_face_uses_two_doors_of_reading():
    found = {
        name
        for path in modules()
        if room_of(path) == "sphinx_ext"
        for _, name in imports(path)
        if name.startswith(f"{OURS}.reading.")
    }
    assert found <= SPHINX_EXT_READS


def test_every_room_has_its_walls():
    rooms = {room_of(path) for path in modules()} - set(EDGE)
    assert rooms <= set(ROOMS)


def test_there_are_no_circles_of_imports():
    graph = {
        _name(path): {name for _, name in imports(path)} for path in modules() if path.stem != "__init__"
    }
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name in graph and name not in done:
            for after in sorted(graph[name]):
                walk(after, (*above, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())


def _name(path: Path) -> str:
    return ".".join((OURS, *path.relative_to(PACKAGE).with_suffix("").parts))


def _standard() -> frozenset[str]:
    return frozenset(sys.stdlib_module_names)
