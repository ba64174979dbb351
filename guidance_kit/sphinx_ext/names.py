"""Names of directives and roles: all under ``guidance:``, and the short ones that nobody else has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from docutils.parsers.rst import Directive, directives, roles
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains.std import StandardDomain
from sphinx.util import logging
from sphinx.util.docutils import is_directive_registered, is_role_registered
from sphinx.util.typing import RoleFunction

from guidance_kit.model.kinds import KINDS
from guidance_kit.sphinx_ext.directives import directive_for
from guidance_kit.sphinx_ext.domain import GuidanceDomain
from guidance_kit.sphinx_ext.notes import NoteDirective
from guidance_kit.sphinx_ext.roles import CiteRole, FactRole, ItemRole, LocalFactRole
from guidance_kit.sphinx_ext.views import (
    MatrixDirective,
    ReferencesDirective,
    items_directive_for,
    view_name,
)

_log = logging.getLogger(__name__)


def our_directives() -> dict[str, type[Directive]]:
    """Return every directive of ours by its short name."""
    kinds = {kind.kind: directive_for(kind) for kind in KINDS.values()}
    views = {view_name(kind): items_directive_for(kind) for kind in KINDS.values()}
    others = {"matrix": MatrixDirective, "references": ReferencesDirective, "local-note": NoteDirective}
    return {**kinds, **views, **others}


def our_roles() -> dict[str, RoleFunction]:
    """Return every role of ours by its short name."""
    kinds: dict[str, RoleFunction] = {kind: ItemRole(kind) for kind in KINDS}
    return {**kinds, "cite": CiteRole(), "fact": FactRole(), "local-fact": LocalFactRole()}


def register(app: Sphinx) -> None:
    """Register every name with its domain: ``guidance:challenge``."""
    for name, directive in our_directives().items():
        app.add_directive_to_domain(GuidanceDomain.name, name, directive)
    for name, role in our_roles().items():
        app.add_role_to_domain(GuidanceDomain.name, name, role)


def take_short_names(_app: Sphinx, _config: Config) -> None:
    """Take each short name that is free; say once which are not."""
    ours, taken = our_directives(), []
    for name, directive in ours.items():
        if is_directive_registered(name) or name in StandardDomain.directives:
            taken.append(name)
        else:
            directives.register_directive(name, directive)
    _say_taken("directive", taken)
    taken = []
    for name, role in our_roles().items():
        if is_role_registered(name) or name in StandardDomain.roles:
            taken.append(name)
        else:
            roles.register_local_role(name, cast("Any", role))  # two packages describe one function
    _say_taken("role", [name for name in taken if name not in StandardDomain.roles])


def _say_taken(what: str, names: Iterable[str]) -> None:
    for name in names:
        message = 'Another extension has the %s "%s": write "guidance:%s" for ours.'
        _log.info(message, what, name, name, type="guidance", subtype="name-taken")
