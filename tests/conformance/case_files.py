"""Conformance cases: data only. Here they are put on disk, run, varied, and their expected half rewritten."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guidance_kit.checking import check_edition, check_library
from guidance_kit.composing import compose
from guidance_kit.model.edition import Edition, Label
from guidance_kit.problems import Problem, in_order
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.overlays import read_overlay_folder

HERE = Path(__file__).parent
MARK = "# Expected\n"
TODAY = dt.date(2026, 6, 1)
HEAD = '[edition]\nid = "northtown"\ntitle = "Northtown"\npublisher = "NHS Northtown"\nbased_on = "../core"\n'
Files = dict[str, str]


def cases() -> list[Path]:
    return sorted((HERE / "cases").glob("*.toml"))


def read_case(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def files_of(case: dict[str, Any]) -> Files:
    """Return the files of a case: the small core and an empty edition, with what the case says otherwise."""
    found = {
        f"core/{path.relative_to(HERE / 'core').as_posix()}": path.read_text("utf-8")
        for path in sorted((HERE / "core").rglob("*.*"))
        if path.is_file()
    }
    found["edition/edition.toml"] = HEAD
    for name, text in case.get("files", {}).items():
        found[name] = (HEAD + text) if name == "edition/edition.toml" and "[edition]" not in text else text
    for name in case.get("without", ()):
        del found[name]
    for name, (old, new) in case.get("replace", {}).items():
        assert old in found[name], f"{name} does not hold {old!r}"
        found[name] = found[name].replace(old, new)
    return found


def put(files: Files, root: Path, encodings: dict[str, str]) -> None:
    """Write the files below a folder that holds nothing else afterwards."""
    shutil.rmtree(root, ignore_errors=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encodings.get(name, "utf-8")))


def outcome(root: Path, show: list[str]) -> dict[str, Any]:
    """Return what comes of the core and edition below a folder, in the words of the expected half."""
    library, problems = read_library_folder(root / "core")
    found = list(problems)
    overlay, more = read_overlay_folder(root / "edition")
    found += more
    edition = compose(library, overlay) if library and overlay else None
    if edition:
        found += [*edition.problems, *check_edition(edition, TODAY)]
    elif library:
        found += check_library(library)
    return {
        "problems": [_told(one, root) for one in in_order(found)],
        **(_said(edition, show) if edition else {}),
    }


def _told(problem: Problem, root: Path) -> str:
    path = problem.place.path.removeprefix(f"{root}/")
    return f"{path}:{problem.place.line} {problem.code}"


def _said(edition: Edition, show: list[str]) -> dict[str, Any]:
    labels: dict[str, str] = {}
    for state in edition.composed:
        if state.label is not Label.NATIONAL:
            labels[state.item.id] = str(state.label)
            changed = (part for part in state.parts if part.label not in (Label.NATIONAL, state.label))
            labels |= {f"{state.item.id}#{part.key}": str(part.label) for part in changed}
    return {
        "order": [item.id for item in edition.library],
        "labels": labels,
        "left_out": {left.item: left.reason for left in edition.left_out},
        "redirects": dict(edition.redirects),
        "pages": {
            name: edition.page_by_name[name.removesuffix(".md")].text
            if name.removesuffix(".md") in edition.page_by_name
            else ""
            for name in show
        },
    }


def rewrite(path: Path, result: dict[str, Any]) -> None:
    """Put an outcome in the place of the expected half of a case."""
    given = path.read_text("utf-8").partition(MARK)[0].rstrip("\n")
    lines = ["[expected]", f"problems = {_list(result['problems'])}"]
    if "order" in result:
        lines.append(f"order = {_list(result['order'])}")
    for name in ("labels", "left_out", "redirects"):
        if result.get(name):
            lines += [
                "",
                f"[expected.{name}]",
                *(f"{_quoted(k)} = {_quoted(v)}" for k, v in result[name].items()),
            ]
    if result.get("pages"):
        lines += ["", "[expected.pages]", *(f"{_quoted(k)} = {_long(v)}" for k, v in result["pages"].items())]
    path.write_text(f"{given}\n\n{MARK}" + "\n".join(lines) + "\n", "utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _long(text: str) -> str:
    return f"'''\n{text}'''"


def _list(words: list[str]) -> str:
    if not words:
        return "[]"
    return "[\n" + "".join(f"  {_quoted(word)},\n" for word in words) + "]"


# The same case, written otherwise.

Vary = Callable[[Files], Files]


def with_crlf(files: Files) -> Files:
    """Return the files as an editor on Windows saves them."""
    return {name: text.replace("\n", "\r\n") for name, text in files.items()}


def permuted(files: Files) -> Files:
    """Return the files with the tables of the manifest turned round, and each local block in a file of its own."""
    found = {}
    for name, text in files.items():
        if name == "edition/edition.toml":
            head, *tables = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
            found[name] = head + "".join(
                one if one.endswith("\n") else f"{one}\n" for one in reversed(tables)
            )
        elif name.startswith("edition/local/") and name.endswith(".md") and "/pages/" not in name:
            found |= _dealt(name, text)
        else:
            found[name] = text
    return found


def _dealt(name: str, text: str) -> Files:
    pieces, open_fence = [""], ""
    for line in text.split("\n"):
        fence = re.match(r"([:`~]{3,})(\{)?", line)
        if fence and fence[2] and not open_fence:
            open_fence = fence[1]
            pieces.append("")
        pieces[-1] += f"{line}\n"
        if open_fence and line.strip() == open_fence:
            open_fence = ""
            pieces.append("")
    pieces = [piece for piece in pieces if piece.strip()]
    if open_fence or len(pieces) == 1 or not all(re.match(r"[:`~]{3,}\{", piece) for piece in pieces):
        return {name: text}
    stem = name.removesuffix(".md")
    return {f"{stem}-{len(pieces) - at}.md": piece for at, piece in enumerate(pieces)}


def rewrapped(files: Files) -> Files:
    """Return the pages with their paragraphs broken elsewhere, and more blank lines and trailing spaces."""
    return {name: _rewrapped(text) if name.endswith(".md") else text for name, text in files.items()}


def _rewrapped(text: str) -> str:
    lines = text.split("\n")
    found: list[str] = []
    code = title = False
    for at, line in enumerate(lines):
        if re.match(r"(```|~~~)([^{]|$)", line) or "{toctree}" in line or (code and line.strip() == "```"):
            code = not code
        title = "#title" in line or (title and not re.match(r"[`:~]{3,}$", line))
        prose = re.match(r"[A-Za-z][^`|]* [^`|]* [^`|]*$", line)
        alone = (
            not "".join(lines[max(at - 1, 0) : at]).strip() and not "".join(lines[at + 1 : at + 2]).strip()
        )
        if prose and alone and not code and not title:
            words = line.split(" ")
            half = len(words) // 2
            found += [" ".join(words[:half]) + " ", " ".join(words[half:])]
        else:
            found.append(line)
        if not line.strip() and not code and at < len(lines) - 1 and at > 0:
            found.append("")
    return "\n".join(found)
