"""What the navigation around each page shows of others.

Sphinx leaves it as it was when other pages come, go or are given another title.
"""

from __future__ import annotations

from collections.abc import Mapping

from sphinx.application import Sphinx

from guidance_kit.sphinx_ext.domain import GuidanceDomain

#: Themes whose pages name only their neighbours; all others are taken to show the whole contents.
_NEIGHBOURS_ONLY = frozenset(
    {"basic", "classic", "haiku", "nature", "pyramid", "scrolls", "sphinxdoc", "traditional"}
)


def navigation_of(app: Sphinx, domain: GuidanceDomain) -> Mapping[str, object]:
    """Return what the navigation of each page shows, for pages of HTML in projects that hold items."""
    if app.builder.format != "html" or app.builder.name == "singlehtml" or not domain.pages:
        return {}
    env = app.env
    titles = {name: title.astext() for name, title in env.titles.items()}
    if app.config.html_theme not in _NEIGHBOURS_ONLY:
        whole = [(name, titles.get(name), env.toctree_includes.get(name)) for name in sorted(env.found_docs)]
        return dict.fromkeys(env.found_docs, whole)
    return {
        name: [(near, titles.get(near or "")) for near in neighbours]
        for name, neighbours in env.collect_relations().items()
    }
