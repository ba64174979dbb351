"""What comes of a case, in the words of its expected half, and that half written again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from case_files import TODAY, Case, without_id
from case_steps import World
from click.testing import CliRunner

from guidance_kit.checking import check_edition, check_library
from guidance_kit.cli.diff import diff
from guidance_kit.cli.report import report
from guidance_kit.cli.suggest import suggest
from guidance_kit.composing import compose
from guidance_kit.model.edition import Edition, Label
from guidance_kit.model.lock import Reviewed
from guidance_kit.problems import Problem, in_order
from guidance_kit.reading.folders import read_library_folder
from guidance_kit.reading.overlays import read_overlay_folder
from guidance_kit.upgrading import Opened, open_edition
from guidance_kit.upgrading.artefacts import Artefact
from guidance_kit.upgrading.outlook import outlook
from guidance_kit.upgrading.values import states_of_items

MARK = "# Expected\n"
#: The tables of the expected half, in the order in which they stand there, and its lists.
TABLES = ("states", "because", "decisions", "labels", "under_review", "left_out", "redirects")
LISTS = ("refused", "open", "news", "brought", "attic")
#: What a case can show beside pages and files: what commands print of an edition.
PRINTING = {f"guidance-kit {one.name}": one for one in (diff, report, suggest)}
Outcome = dict[str, Any]


def outcome(world: World, case: Case) -> Outcome:
    """Return what comes of the folders of a case, after its steps if it has any."""
    if "steps" not in case:
        return _composed(world.root, case.get("show", []))
    world.run(case["steps"])
    folder = world.root / case.get("look_at", "edition")
    opened, problems = open_edition(folder, world.day)
    if opened is None:
        return {"problems": _told(problems, world.root), "refused": world.refused}
    edition = opened.edition
    found = [*problems, *check_edition(edition, world.day), *outlook(folder, edition)]
    return {
        "problems": _told(found, world.root),
        "refused": world.refused,
        "base": opened.lock.base.version if opened.lock and opened.lock.base else "",
        "attic": sorted(path.name for path in (folder / "attic").glob("*")),
        **_stood(opened),
        **_said(edition, case.get("show", []), world.root),
        "order": [item.id for item in edition.library] if "order" in case.get("show", []) else None,
    }


def _composed(root: Path, show: list[str]) -> Outcome:
    library, problems = read_library_folder(root / "core")
    found = list(problems)
    overlay, more = read_overlay_folder(root / "edition")
    found += more
    edition = compose(library, overlay) if library and overlay else None
    if edition:
        found += [*edition.problems, *check_edition(edition, TODAY)]
    elif library:
        found += check_library(library)
    return {"problems": _told(found, root), **(_said(edition, show, root) if edition else {})}


def _told(problems: list[Problem] | tuple[Problem, ...], root: Path) -> list[str]:
    told = ((one, one.place.path.removeprefix(f"{root}/")) for one in in_order(problems))
    return [f"{without_id(path)}:{one.place.line} {one.code}" for one, path in told]


def _stood(opened: Opened) -> Outcome:
    """Return the state of every piece of local work and of every item that is not simply the same."""
    states: dict[str, str] = {}
    because: dict[str, str] = {}
    for one in opened.standings:
        name = _named(one.artefact)
        grave = one.safety != one.state.endswith("safety")  # most states say so themselves
        states[name] = f"{one.state}{' later' * one.deferred}{' safety' * grave}"
        if one.stale:
            because[name] = f"{one.stale.kind} {one.stale.version} {one.stale.on} {one.stale.why}".strip()
            because[name] += f" ({one.stale.by})" * bool(one.stale.by)
    for name, state in states_of_items(opened).items():
        if state != "same":
            states[f"item {name}"] = state
    kept = opened.lock.reviewed if opened.lock else {}
    every = (*opened.lock.waiting, *opened.lock.updated) if opened.lock else ()
    told = sorted({(one.target, str(one.what), str(one.kind), one.version) for one in every})
    return {
        "states": states,
        "because": because,
        "open": [_named(one.artefact) for one in opened.standings if one.open],
        "brought": [" ".join(words) for words in told],
        "news": [f"{one.what} {one.target}" for one in opened.news],
        "decisions": {
            _named(one): f"{one.how} {one.base_version}"
            for one in sorted(kept.values(), key=lambda one: one.key)
        },
    }


def _named(one: Artefact | Reviewed) -> str:
    """Return what a piece of local work, or a decision, is called in a case."""
    return f"{one.what} {one.target} {one.name}".strip()


def _said(edition: Edition, show: list[str], root: Path) -> Outcome:
    labels: dict[str, str] = {}
    under_review: dict[str, str] = {}
    for state in edition.composed:
        if state.label is not Label.NATIONAL:
            labels[state.item.id] = str(state.label)
            changed = (part for part in state.parts if part.label not in (Label.NATIONAL, state.label))
            labels |= {f"{state.item.id}#{part.key}": str(part.label) for part in changed}
        if state.stale:
            under_review[state.item.id] = str(state.stale.kind)
        parts = (part for part in state.parts if part.stale)
        under_review |= {f"{state.item.id}#{part.key}": str(part.stale.kind) for part in parts if part.stale}
    return {
        "order": [item.id for item in edition.library],
        "labels": labels,
        "under_review": under_review,
        "left_out": {left.item: left.reason for left in edition.left_out},
        "redirects": dict(edition.redirects),
        "pages": {
            name: _printed(edition, PRINTING[name]) if name in PRINTING else _page(edition, name, root)
            for name in show
            if name != "order"
        },
        "origins": {name: origin for name in show if (origin := _origin(edition, name, root))},
    }


def _printed(edition: Edition, command: click.Command) -> str:
    """Return what a command that only prints says of an edition."""
    return CliRunner().invoke(command, [str(edition.overlay.root)]).stdout.replace("\r\n", "\n")


def _page(edition: Edition, name: str, root: Path) -> str:
    """Return a page as readers get it, or a file of an edition as it stands; empty if there is none."""
    if name.startswith(("edition/", "parent/")):
        every = (path for path in (root / name).parent.glob("*") if path.is_file())
        found = [path for path in every if without_id(path.as_posix()) == (root / name).as_posix()]
        return "".join(path.read_bytes().decode("utf-8") for path in sorted(found))
    page = edition.page_by_name.get(name.removesuffix(".md"))
    return page.text if page else ""


def _origin(edition: Edition, name: str, root: Path) -> str:
    """Return where the lines of a page were written: runs of lines of files."""
    page = edition.page_by_name.get(name.removesuffix(".md"))
    runs = page.origins if page else ()
    said = (
        f"{run.source} {run.path.removeprefix(f'{root}/')} {run.line}-{run.line + run.count - 1}"
        for run in runs
    )
    return ", ".join(said)


def agrees(found: Outcome, expected: Outcome) -> None:
    """Assert that an outcome is the expected half of a case."""
    assert found["problems"] == expected["problems"]
    for name in ("order", "base"):
        assert (found.get(name) or None) == expected.get(name)
    for name in LISTS:
        assert found.get(name, []) == expected.get(name, [])
    for name in (*TABLES, "pages", "origins"):
        assert found.get(name, {}) == expected.get(name, {})


def rewrite(path: Path, result: Outcome) -> None:
    """Put an outcome in the place of the expected half of a case."""
    given = path.read_text("utf-8").partition(MARK)[0].rstrip("\n")
    lines = ["[expected]"]
    if result.get("base"):
        lines.append(f"base = {_quoted(result['base'])}")
    lines.append(f"problems = {_list(result['problems'])}")
    if result.get("order") is not None:
        lines.append(f"order = {_list(result['order'])}")
    lines += [f"{name} = {_list(result[name])}" for name in LISTS if result.get(name)]
    for name in TABLES:
        if result.get(name):
            rows = (f"{_quoted(k)} = {_quoted(v)}" for k, v in result[name].items())
            lines += ["", f"[expected.{name}]", *rows]
    if result.get("origins"):
        rows = (f"{_quoted(k)} = {_quoted(v)}" for k, v in result["origins"].items())
        lines += ["", "[expected.origins]", *rows]
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
