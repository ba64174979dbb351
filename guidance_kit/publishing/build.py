"""One edition, built: read, composed, checked, exported, and handed to Sphinx."""

from __future__ import annotations

import gc
import hashlib
import shutil
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.problems import Place, Problem, in_order, typed, worst
from guidance_kit.publishing import outputs
from guidance_kit.publishing.messages import Progress, Warned
from guidance_kit.publishing.retold import retold
from guidance_kit.publishing.running import Job, Outcome, run_sphinx
from guidance_kit.publishing.search import drop_empty_words
from guidance_kit.publishing.source import BUILD, Source, write_source
from guidance_kit.version import __version__

#: Builders whose theme can bear the words that mark a draft with errors.
MARKED = frozenset(("html", "dirhtml", "singlehtml"))


@attrs.frozen(kw_only=True)
class Built:
    """What came of a build: where the result is (None: there is none), every problem, and other warnings.

    ``marked`` says that the result is a draft that has errors, and that it tells its readers so.
    """

    output: Path | None
    problems: tuple[Problem, ...]
    warnings: tuple[Warned, ...] = ()
    pages: int = 0
    marked: bool = False

    @property
    def good(self) -> bool:
        """Whether there is a result and no error."""
        return self.output is not None and not worst(self.problems)


@attrs.frozen(kw_only=True)
class _Plan:
    """Everything known before Sphinx runs."""

    source: Source
    output: Path
    doctrees: Path
    builder: str


def build(  # noqa: PLR0913 - one for each thing that can be asked for
    folder: str | Path,
    builder: str = "html",
    output: str | Path | None = None,
    *,
    jobs: int = 1,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Build an edition and return what came of it; nothing of the edition's own is ever written.

    The result is in ``<folder>/_build/<builder>`` unless ``output`` names another folder, which must be new,
    empty, or one that was built into before. With ``fresh`` every page is built again, so that Sphinx warns
    of all of them. ``progress`` is told each step and its percentage. An edition with errors still becomes a
    web site where it can be made, marked as a draft; no other builder takes it.
    """
    root = Path(folder)
    out = Path(output) if output else root / BUILD / builder
    refused = _refusal(root, out, builder)
    if refused:
        return Built(output=None, problems=(refused,))
    try:
        source = write_source(root)
    except OSError as error:
        return Built(output=None, problems=(_unwritable(root, error),))
    if not source.whole:
        return Built(output=None, problems=source.problems)
    if source.errors and builder not in MARKED:
        return Built(output=None, problems=in_order((*source.problems, _not_marked(root, builder))))
    plan = _Plan(source=source, output=out, doctrees=_doctrees(root, out, builder), builder=builder)
    return _build(plan, jobs, progress, fresh=fresh)


def _build(plan: _Plan, jobs: int, progress: Progress | None, *, fresh: bool) -> Built:
    problems = plan.source.problems
    try:
        state = _prepare(plan, fresh=fresh)
        outcome = run_sphinx(_job(plan, jobs), plan.source.places, progress)
        if outcome.whole:
            _finish(plan, state, outcome)
        elif any(problem.code == "path-escape" for problem in outcome.problems):
            outputs.clear(plan.output, state.strangers)
    except OSError as error:
        return Built(output=None, problems=in_order((*problems, _unwritable(plan.output, error))))
    finally:
        gc.unfreeze()
    known = {(problem.code, problem.place.line, Path(problem.place.path).name) for problem in problems}
    new = (p for p in outcome.problems if (p.code, p.place.line, Path(p.place.path).name) not in known)
    return Built(
        output=plan.output if outcome.whole else None,
        problems=in_order((*problems, *new)),
        warnings=tuple(dict.fromkeys(retold(outcome.warnings, problems))),
        pages=len(plan.source.pages),
        marked=bool(plan.source.errors),
    )


def _prepare(plan: _Plan, *, fresh: bool) -> outputs.State:
    """Make the output folder ready and write down that a build has begun; return its state."""
    old = outputs.read_state(plan.output) or outputs.State()
    present = tuple(outputs.files_in(plan.output))
    ours = set(old.files)
    strangers = tuple(name for name in present if name not in ours) if old.finished else old.strangers
    now = outputs.State(
        builder=plan.builder,
        edition=plan.source.id,
        tool=__version__,
        pages=plan.source.pages,
        files=old.files,
        strangers=strangers,
    )
    same = (old.builder, old.edition, old.tool) == (now.builder, now.edition, now.tool)
    outputs.write_state(plan.output, now)
    trusted = old.finished and same and not fresh
    if not trusted:
        shutil.rmtree(plan.doctrees, ignore_errors=True)
    if not trusted or plan.builder not in outputs.PAGED:
        outputs.clear(plan.output, strangers)
    elif gone := set(old.pages) - set(plan.source.pages):
        outputs.remove_stale(plan.output, plan.doctrees, gone, old.files)
    return attrs.evolve(now, images=old.images)


def _finish(plan: _Plan, state: outputs.State, outcome: Outcome) -> None:
    """Remove pictures that nothing shows any more, and write down that the build came to its end."""
    strangers = set(state.strangers)
    outputs.remove(plan.output, set(state.images) - set(outcome.images) - strangers)
    outputs.remove_private(plan.output)
    drop_empty_words(plan.output)
    files = tuple(name for name in outputs.files_in(plan.output) if name not in strangers)
    done = attrs.evolve(state, finished=True, images=outcome.images, files=files)
    outputs.write_state(plan.output, done)


def _job(plan: _Plan, jobs: int) -> Job:
    settings: dict[str, Any] = {"guidance_sources": dict(plan.source.roots)}
    if plan.source.errors:
        count = _count(plan.source.errors, "error")
        settings["html_theme_options.announcement"] = f"Draft with {count}: not for publication."
    if plan.builder == "epub":
        settings["epub_exclude_files"] = [outputs.MARKER, "provenance.json"]
    return Job(
        source=plan.source.folder,
        output=plan.output,
        doctrees=plan.doctrees,
        builder=plan.builder,
        settings=settings,
        jobs=jobs,
    )


def _doctrees(root: Path, output: Path, builder: str) -> Path:
    """Return where Sphinx keeps what it has read: a place for each output, so that none goes stale unseen."""
    name = builder
    if output.resolve() != (root / BUILD / builder).resolve():
        name += "-" + hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:8]
    return root / BUILD / "doctrees" / name


def _refusal(root: Path, output: Path, builder: str) -> Problem | None:
    """Return why an output folder cannot be used; None if it can."""
    place = Place(str(output))
    if not builder.replace("-", "").replace("_", "").isalnum() or builder in ("source", "doctrees"):
        return Problem("build-failed", f'There is no builder "{builder}".', "Try html.", Place(str(root)))
    out, home = output.resolve(), root.resolve()
    own = (home / "local", home / "attic", home / BUILD / "source", home / BUILD / "doctrees")
    if home.is_relative_to(out) or any(out.is_relative_to(folder) for folder in own):
        words = "The result cannot be written here: the folder holds what it is made from."
        return Problem("would-overwrite", words, "Name another folder with --output.", place)
    try:
        return outputs.stranger(output)
    except OSError as error:
        words = f"This folder cannot be read: {(error.strerror or str(error)).lower()}."
        return Problem("unreadable", words, "Name another folder with --output.", place)


def _not_marked(root: Path, builder: str) -> Problem:
    words = f'An edition with errors is not built as "{builder}", which cannot mark it as a draft.'
    hint = f"Mend the errors first; guidance-kit build {typed(root)} shows a marked draft as a web site."
    return Problem("build-failed", words, hint, Place(str(root)))


def _unwritable(path: Path, error: OSError) -> Problem:
    words = f"This cannot be written: {(error.strerror or type(error).__name__).lower()}."
    hint = "Make room, or ask for the right to write here, then build again."
    return Problem("unreadable", words, hint, Place(str(error.filename or path)))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
