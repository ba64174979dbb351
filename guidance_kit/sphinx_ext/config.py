"""What can be set in ``conf.py``, said once: one frozen class, registered by looping over its fields."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import attrs
from sphinx.application import Sphinx
from sphinx.config import Config

Rebuild = Literal["", "env", "html"]


def _setting(default: Any, rebuild: Rebuild, types: tuple[type, ...] = (str,)) -> Any:  # noqa: ANN401 - as attrs
    return attrs.field(default=default, metadata={"rebuild": rebuild, "types": types})


@attrs.frozen
class Options:
    """The configuration; each name has the prefix ``guidance_`` in ``conf.py``.

    ``space`` is the space of ids that name none; ``edition``, ``facts`` and ``references`` are files beside
    ``conf.py``; ``sources`` maps the id of a library or edition to the real folder in which a person wrote
    its files, so that warnings can name them.
    """

    space: str = _setting("", "env")
    edition: str = _setting("edition.json", "env")
    facts: str = _setting("", "env")
    references: str = _setting("references.json", "env")
    sources: Mapping[str, str] = _setting({}, "", (dict,))


def register(app: Sphinx) -> None:
    """Add every option to Sphinx's configuration."""
    for field in attrs.fields(Options):
        name = f"guidance_{field.name}"
        app.add_config_value(name, field.default, field.metadata["rebuild"], field.metadata["types"])


def options(config: Config) -> Options:
    """Return the options as they stand in a configuration."""
    return Options(**{field.name: config[f"guidance_{field.name}"] for field in attrs.fields(Options)})


def facts_file(srcdir: Path, given: str) -> Path:
    """Return the file of facts: the one named, or ``facts.json`` or ``facts.toml``, whichever exists."""
    if given:
        return srcdir / given
    return next(
        (path for name in ("facts.json", "facts.toml") if (path := srcdir / name).is_file()),
        srcdir / "facts.toml",
    )


def keep_to_ourselves(_app: Sphinx, config: Config) -> None:
    """Keep the files that only we read out of whatever the project copies to its output."""
    given = options(config)
    files = (given.edition, given.references, given.facts or "facts.json", given.facts or "facts.toml")
    patterns = (pattern for file in dict.fromkeys(files) for pattern in (file, f"**/{file}"))
    config.exclude_patterns = [*config.exclude_patterns, *patterns]
