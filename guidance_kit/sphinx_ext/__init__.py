"""The Sphinx extension: blocks, roles and views of guidance, in any project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from guidance_kit.sphinx_ext import (
    collecting,
    config,
    consistency,
    domain,
    locations,
    names,
    search,
    shown,
    visitors,
    words,
)
from guidance_kit.sphinx_ext.filling import Fill
from guidance_kit.sphinx_ext.local_pages import MarkLocalPages
from guidance_kit.sphinx_ext.wrapping import OneAddress
from guidance_kit.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

STATIC = Path(__file__).parent / "static"
STYLE = "guidance.css"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; the work is done later."""
    config.register(app)
    app.add_domain(domain.GuidanceDomain)
    names.register(app)
    visitors.register(app)
    app.add_post_transform(Fill)
    app.add_post_transform(MarkLocalPages)
    app.add_post_transform(OneAddress)
    app.add_message_catalog(words.CATALOGUE, words.LOCALE)
    app.add_css_file(STYLE)

    # After the handlers of other extensions, which may take names there (their priority is 500).
    app.connect("config-inited", names.take_short_names, priority=900)
    app.connect("config-inited", config.keep_to_ourselves)
    app.connect("builder-inited", _begin)
    # Before Sphinx forgets the title of a page, which it does at 500.
    app.connect("env-purge-doc", domain.remember, priority=400)
    app.connect("doctree-read", collecting.collect)
    app.connect("env-updated", shown.changed_pages)
    app.connect("write-started", _copy_style)
    app.connect("missing-reference", domain.resolve_ref)
    app.connect("warn-missing-reference", consistency.warn_of_missing)
    app.connect("env-check-consistency", consistency.warn_of_faults)
    app.connect("build-finished", search.tidy)
    app.connect("build-finished", shown.keep)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _begin(app: Sphinx) -> None:
    ours = domain.domain_of(app.env)
    ours.begin(app.builder)
    ours.began_with = shown.stamp_of(ours)
    locations.watch(lambda: ours.files.places)


def _copy_style(app: Sphinx, builder: Builder) -> None:
    """Put our style sheet into the output before pages are written, which name it with its digest."""
    if builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / STYLE
    style = (STATIC / STYLE).read_bytes()
    if not target.is_file() or target.read_bytes() != style:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(style)
