"""The ``conf.py`` of an exported tree: plain Sphinx settings that anybody can read and build with."""

from __future__ import annotations

import json

from guidance_kit.model.edition import Edition

_TEMPLATE = '''\
"""Sphinx settings of {title}; written by guidance-kit, and written again at every build."""

project = {project}
author = {author}
copyright = {author}
version = {version}
release = {version}
language = "en_GB"

extensions = ["myst_parser", "sphinx_design", "guidance_kit"]
myst_enable_extensions = ["colon_fence", "deflist"]
nitpicky = True

guidance_space = {space}

html_theme = "furo"
html_title = {project}
html_copy_source = False
html_extra_path = ["provenance.json"]
epub_exclude_files = ["provenance.json"]
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {{"navigation_with_keys": False}}
htmlhelp_basename = {name}
epub_show_urls = "footnote"
epub_exclude_files = ["provenance.json"]
latex_documents = [("index", {tex}, {project_tex}, {author_tex}, "manual")]
man_pages = [("index", {name}, {project}, [{author}], 7)]
texinfo_documents = [("index", {name}, {project}, {author}, {name}, {project}, "Guidance")]
'''


def settings(edition: Edition) -> str:
    """Return the text of ``conf.py`` for an edition."""
    author = edition.overlay.publisher or edition.base.publisher or edition.title
    return _TEMPLATE.format(
        title=_comment(edition.title),
        project=_literal(edition.title),
        project_tex=_literal(_tex(edition.title)),
        author=_literal(author),
        author_tex=_literal(_tex(author)),
        version=_literal(edition.overlay.version or edition.base.version),
        space=_literal(edition.base.space),
        name=_literal(edition.id),
        tex=_literal(f"{edition.id}.tex"),
    )


def _literal(text: str) -> str:
    """Return a string literal: what JSON writes, Python reads."""
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    """Return words that cannot end the string they stand in."""
    return text.replace("\\", "").replace('"', "'")


def _tex(text: str) -> str:
    """Return words with TeX's special characters made plain."""
    special = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    return "".join(special.get(char, f"\\{char}" if char in "&%$#_{}" else char) for char in text)
