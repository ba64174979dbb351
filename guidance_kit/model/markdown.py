"""The parser of MyST Markdown by whose tokens texts are compared and cut into blocks.

CommonMark with what MyST adds to it: fences of colons, roles, comments (``% words``), lists of definitions
and footnotes. Whoever compares texts, or finds code in them, must use the same.
"""

from __future__ import annotations

import functools

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks.index import line_comment
from mdit_py_plugins.myst_role import myst_role_plugin

COMMENT = "myst_line_comment"
_ENDS = ("paragraph", "reference", "blockquote", "list", "footnote_def")


@functools.cache
def parser() -> MarkdownIt:
    """Return the parser; it is shared, and nobody changes it."""
    shared = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for plugin in (colon_fence_plugin, myst_role_plugin, deflist_plugin, footnote_plugin):
        shared.use(plugin)
    # Of what MyST adds only this: a target stays a paragraph, whose words count.
    shared.block.ruler.before("blockquote", COMMENT, line_comment, {"alt": list(_ENDS)})
    return shared
