"""One run of Sphinx on a source tree, through its front door, in this process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from guidance_kit.problems import Place, Problem, nearest
from guidance_kit.publishing.messages import Places, Progress, Status, Warned, Warnings


@attrs.frozen(kw_only=True)
class Job:
    """What Sphinx is to do."""

    source: Path
    output: Path
    doctrees: Path
    builder: str
    settings: Mapping[str, Any]
    jobs: int = 1


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of a run: problems, other warnings, and the names of the pictures it copied."""

    problems: tuple[Problem, ...]
    warnings: tuple[Warned, ...]
    images: tuple[str, ...] = ()
    whole: bool = True


def run_sphinx(job: Job, places: Places, progress: Progress | None = None) -> Outcome:
    """Run Sphinx; what stops it is a problem. Ctrl-C passes through."""
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: PLC0415 - only when it is run

    warnings = Warnings(places)
    try:
        with patch_docutils(job.source), docutils_namespace():
            images, strays = _run(job, warnings, Status(progress))
    except Exception as error:  # whatever an extension does, a person is told in one line
        if os.environ.get("GUIDANCE_KIT_DEBUG"):
            raise
        stop = _stopped(job, error)
        return Outcome(problems=(*warnings.problems, stop), warnings=tuple(warnings.others), whole=False)
    lost = [*(_lost(job, words) for words in warnings.unwritten), *strays]
    return Outcome(
        problems=(*warnings.problems, *lost),
        warnings=tuple(one for one in warnings.others if one.message not in warnings.unwritten),
        images=images,
        whole=not lost,
    )


def _run(job: Job, warnings: Warnings, status: Status) -> tuple[tuple[str, ...], list[Problem]]:
    from sphinx.application import Sphinx  # noqa: PLC0415 - the command line must not load it for --help

    app = Sphinx(
        srcdir=job.source,
        confdir=job.source,
        outdir=job.output,
        doctreedir=job.doctrees,
        buildername=job.builder,
        confoverrides=dict(job.settings),
        status=status,  # type: ignore[arg-type] # Sphinx calls write and flush only
        warning=warnings,  # type: ignore[arg-type]
        parallel=job.jobs,
    )
    app.build()
    folder = Path(getattr(app.builder, "imagedir", "_images")).name
    pictures = [f"{folder}/{name}" for _, name in app.env.images.values()]
    files = [f"_downloads/{name}" for _, name in app.env.dlfiles.values()]
    strays = [
        _stray(Place(str(app.env.doc2path(page))), str(path))
        for page, paths in app.env.dependencies.items()
        for path in sorted(map(str, paths))
        if not (job.source / path).resolve().is_relative_to(job.source.resolve())
    ]
    return tuple(sorted([*pictures, *files])), strays


def _stopped(job: Job, error: Exception) -> Problem:
    """Return what stopped Sphinx, in words."""
    if isinstance(error, OSError):
        words = f"The build stopped: {(error.strerror or str(error)).lower()}."
        hint = "Make room, or ask for the right to write here, then build again."
        return Problem("unreadable", words, hint, Place(str(error.filename or job.output)))
    if "not registered" in str(error) and job.builder in str(error):
        words = f'There is no builder "{job.builder}".'
        return Problem("build-failed", words, nearest(job.builder, _BUILDERS), Place(str(job.source)))
    words = " ".join(str(error).split()) or type(error).__name__
    hint = "Set GUIDANCE_KIT_DEBUG=1 and build again to see the whole of it."
    return Problem("build-failed", f"Sphinx stopped: {words}", hint, Place(str(job.source)))


def _stray(place: Place, path: str) -> Problem:
    words = f'This page takes in "{path}", which is not a file of the edition.'
    hint = "Put the file into local/ and name it from there."
    return Problem("path-escape", words, hint, place)


def _lost(job: Job, words: str) -> Problem:
    hint = "Make room, or ask for the right to write here, then build again."
    return Problem(
        "build-failed", f"Part of the result could not be written: {words}", hint, Place(str(job.output))
    )


#: For a hint only; other extensions may bring more.
_BUILDERS = frozenset(
    ("dirhtml", "epub", "gettext", "html", "json", "latex", "linkcheck", "man", "singlehtml", "text", "xml")
)
