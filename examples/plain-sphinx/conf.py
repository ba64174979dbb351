"""A Sphinx project of its own that uses the blocks of guidance_kit and nothing else of it.

Build it with: sphinx-build -W examples/plain-sphinx _build/plain-sphinx
"""

project = "Dental care for students in Fennbridge"
author = project_copyright = "The Fennbridge working group (made up)"
version = release = "1"
language = "en_GB"

extensions = ["myst_parser", "guidance_kit"]
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = project
exclude_patterns = ["_build"]
