"""The manual: a Sphinx project that uses guidance_kit as any other project would."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from guidance_kit import __version__

project = "guidance_kit"
author = project_copyright = "The guidance_kit working group"
version = release = __version__
language = "en_GB"

extensions = ["myst_parser", "guidance_kit", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "manual"]
exclude_patterns = ["_build", "_ext", "example"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

guidance_references = "example/references.json"
guidance_facts = "example/facts.toml"

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
nitpicky = True
# Names of the standard library and of other packages are not documented here.
nitpick_ignore_regex = [(r"py:.*", r"(?!guidance_kit\.).*")]

html_theme = "furo"
html_title = f"guidance_kit {release}"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
