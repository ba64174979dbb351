"""``guidance-kit release-check LIBRARY``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from guidance_kit.cli import telling
from guidance_kit.cli.shape import Command
from guidance_kit.problems import GuidanceError, Place, Problem, Severity, in_order, typed, worst

if TYPE_CHECKING:
    from guidance_kit.checking.comparing import Counts
    from guidance_kit.checking.release import Step
    from guidance_kit.model.library import Library


@click.command(
    cls=Command,
    short_help="Check a library before it is released.",
    example="guidance-kit release-check content --against ../core-1.4.0\n"
    "guidance-kit release-check content --against ../core-1.4.0 --write",
)
@click.argument("library", metavar="LIBRARY")
@click.option(
    "--against",
    metavar="FOLDER",
    help="The last release, as it was released: its folder, or the name of an installed library.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Write the fingerprints of the release to history.json, if nothing is wrong.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a program.")
def release_check(library: str, *, against: str | None, write: bool, as_json: bool) -> int:
    """Say what a release of LIBRARY would do to editions, and whether it says so itself in changes.toml.

    LIBRARY is a folder with a library.toml. Every change must be declared, with how grave it is; no id may be
    lost or used twice; no protection may be loosened; and the version must step far enough. Ends with 0 if it
    can be released, with 1 if not.
    """
    looked = _look(library, against)
    written = _write(looked) if write else ""
    if as_json:
        click.echo(json.dumps(_value(looked, written), ensure_ascii=True, indent=2))
    else:
        click.echo("\n".join(_lines(looked, written, library)))
    return 1 if worst(looked.problems) else 0


@attrs.frozen
class _Looked:
    """What was found: the library, the last release (None: this is the first), and what lies between."""

    new: Library
    old: Library | None
    problems: tuple[Problem, ...]
    step: Step
    version: str
    reasons: tuple[tuple[Step, str], ...]
    counts: Counts


def _look(name: str, against: str | None) -> _Looked:
    from guidance_kit import api  # noqa: PLC0415 - loaded when the command runs
    from guidance_kit.checking.comparing import Comparison, counts_of  # noqa: PLC0415
    from guidance_kit.checking.release import (  # noqa: PLC0415
        check_release,
        honest_step,
        next_version,
        reasons,
    )

    new, problems = _read(name)
    old = _last_release(new, against)
    errors = [one for one in api.check(new) if one.severity is Severity.ERROR]
    step = honest_step(new, old)
    return _Looked(
        new,
        old,
        in_order((*problems, *errors, *check_release(new, old))),
        step,
        next_version(old.version, step) if old else new.version,
        reasons(new, old),
        counts_of(Comparison.of(new, old)),
    )


def _read(name: str) -> tuple[Library, tuple[Problem, ...]]:
    from guidance_kit.reading.folders import MANIFEST, read_library_folder  # noqa: PLC0415
    from guidance_kit.reading.libraries import content_root, read_named_library  # noqa: PLC0415
    from guidance_kit.reading.overlays import MANIFEST as EDITION  # noqa: PLC0415
    from guidance_kit.version import __version__  # noqa: PLC0415

    folder = Path(name)  # a folder comes first, even one that is called "core"
    is_here = (folder / MANIFEST).is_file()
    if not is_here and (folder / EDITION).is_file():
        words = "This is an edition. release-check looks at a library, before a release of it."
        hint = f"Of an edition this tells what a release needs: guidance-kit check {typed(name)} --release"
        raise GuidanceError([Problem("not-found", words, hint, Place(name))])
    library, problems = read_library_folder(folder) if is_here else read_named_library(name)
    if library is None:
        raise GuidanceError(problems)
    if not library.version and library.root and library.root.resolve() == content_root().resolve():
        library = attrs.evolve(library, version=__version__)  # the core has the version of the package
    return library, problems


def _last_release(new: Library, against: str | None) -> Library | None:
    """Return the last release; None if there was none; raise if there was one and it cannot be had."""
    earlier = [one.version for one in new.history.releases if one.version != new.version]
    if against is None:
        if earlier:
            words = f"{new.id} was released before, as {earlier[-1]}, and that release is not given."
            command = f"guidance-kit release-check {typed(_root(new))} --against FOLDER"
            hint = f"Unpack it and name its folder: {command}"
            place = Place(str(_root(new) / "history.json"))
            raise GuidanceError([Problem("not-found", words, hint, place)])
        return None
    old, problems = _read(against)
    if old.id != new.id:
        words = f'This is the library "{old.id}", and no release of "{new.id}".'
        hint = f'Name a folder with an older "{new.id}".'
        raise GuidanceError([Problem("not-found", words, hint, Place(against))])
    telling.tell(one for one in problems if one.severity is Severity.ERROR)
    known = old.version or _version_of(old, new)
    if not known:
        words = "This release does not say its version."
        hint = 'Add version = "..." below [library] in a copy of it.'
        raise GuidanceError([Problem("missing-key", words, hint, Place(str(_root(old) / "library.toml")))])
    return attrs.evolve(old, version=known)


def _version_of(old: Library, new: Library) -> str:
    """Return the version of a release that does not say it, such as an unpacked core, by its fingerprint."""
    states = (*old.history.releases, *new.history.releases)
    return next((one.version for one in states if one.content == old.content), "")


def _root(library: Library) -> Path:
    return library.root or Path()


def _write(looked: _Looked) -> str:
    """Write the fingerprints of the release if nothing is wrong, and return where; empty if nothing was."""
    from guidance_kit.editing.writing import write_whole  # noqa: PLC0415 - only where something is written
    from guidance_kit.exporting.history import as_history  # noqa: PLC0415

    if worst(looked.problems):
        return ""
    path = _root(looked.new) / "history.json"
    data = as_history(looked.new).encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    return str(path)


def _lines(looked: _Looked, written: str, name: str) -> Iterator[str]:
    new, old = looked.new, looked.old
    if old is None:
        yield f"{new.id} {new.version}: the first release, so there is nothing to compare it with."
    else:
        yield f"{new.id} {new.version}, compared with {old.version}."
        yield f"The smallest honest version is {looked.version}{_step_words(looked)}"
        yield from (f"  {words}" for step, words in looked.reasons if step is looked.step)
        smaller = sum(step is not looked.step for step, _ in looked.reasons)
        if smaller:
            yield f"  and {_counted(smaller, 'smaller change')}"
        yield f"What editions will see: {_seen(looked.counts)}."
    yield telling.as_text(looked.problems, name)
    if written:
        yield f"Wrote the fingerprints of {new.version}: {written}"


def _step_words(looked: _Looked) -> str:
    return ": nothing changed." if looked.step == "none" else f", a {looked.step} step:"


def _seen(counts: Counts) -> str:
    safety = f"; {counts.safety} of these for safety" if counts.safety else ""
    words = [
        f"{_counted(counts.changed, 'item')} changed, {counts.new} new",
        f"{counts.withdrawn} withdrawn",
        f"{counts.moved} moved",
    ]
    words += [f"{counts.split} split"] if counts.split else []
    words += [f"{counts.merged} merged"] if counts.merged else []
    words += [f"{_counted(counts.facts, 'local fact')} changed or gone"] if counts.facts else []
    words += [f"{_counted(counts.pages, 'page')} changed"] if counts.pages else []
    return ", ".join(words) + safety


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _value(looked: _Looked, written: str) -> dict[str, Any]:
    return {
        "id": looked.new.id,
        "version": looked.new.version,
        "against": looked.old.version if looked.old else "",
        "first": looked.old is None,
        "honest": looked.version,
        "step": str(looked.step),
        "reasons": [{"step": str(step), "words": words} for step, words in looked.reasons],
        "editions": attrs.asdict(looked.counts),
        "problems": json.loads(telling.as_json(looked.problems)),
        "written": written,
    }
