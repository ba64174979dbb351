"""The parser of MyST Markdown by whose tokens texts are compared and cut into blocks.

CommonMark with what MyST adds to it: fences of colons, roles, comments (``% words``), lists of definitions
and footnotes. Whoever compares texts, or finds code in them, must use the same.
"""

from __future__ import annotations

import functools
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks.index import line_comment
from mdit_py_plugins.myst_role import myst_role_plugin

COMMENT = "myst_line_comment"
_BLOCK = re.compile(r"[ \t]*\{(?P<name>[\w:.-]+)\}")
#: Blocks that show what they hold as it is written.
_CODE = ("code", "code-block", "code-cell", "sourcecode", "math", "mermaid", "literalinclude", "raw")
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


def name_of(token: Token) -> str:
    """Return the name of the block that a token opens; empty if it opens none."""
    block = _BLOCK.match(token.info) if token.type in ("fence", "colon_fence") else None
    return block["name"] if block else ""


def held_in(token: Token) -> str:
    """Return the Markdown that a block holds; empty of what is no block, or shows what it holds as code."""
    name = name_of(token)
    return token.content if name and name not in _CODE else ""
