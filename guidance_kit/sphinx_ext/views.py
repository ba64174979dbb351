"""Views: what each asks for, checked when it is read, and what it finds when all pages are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from guidance_kit.model.fields import FieldSpec, options_of, parts_of
from guidance_kit.model.item import Item
from guidance_kit.model.kinds import KINDS
from guidance_kit.problems import nearest, with_article
from guidance_kit.reading.fields import full_id
from guidance_kit.sphinx_ext.anchors import claim
from guidance_kit.sphinx_ext.directives import UNSEEN
from guidance_kit.sphinx_ext.entries import Asked, Query, Values
from guidance_kit.sphinx_ext.nodes import guidance_view
from guidance_kit.sphinx_ext.positions import Option, Written, written

_log = logging.getLogger(__name__)
LAYOUTS = ("list", "cards", "table")


class ViewDirective(SphinxDirective):
    """What all views share: options as strings, one warning a fault, a node that waits to be filled."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the node, or nothing where the view cannot be understood."""
        mine = written(self)
        query = self.query(mine)
        if query is None:
            return []
        node = guidance_view(
            query=query,
            caption=mine.title,
            docname=self.env.current_document.docname,
            asked=tuple(self.asked(mine)),
        )
        node.source, node.line = self.get_source_info()
        claim(self.state.document, node, f"view-{nodes.make_id(mine.title or self.name)}")
        return [node]

    def query(self, mine: Written) -> Query | None:
        """Return what is asked for."""
        raise NotImplementedError

    def asked(self, mine: Written) -> Iterable[Asked]:  # noqa: ARG002 - most views ask for none
        """Return the items that are asked for by id."""
        return ()

    def warn(self, code: str, message: str, line: int) -> None:
        """Warn of a fault in a line of the view."""
        source, _ = self.get_source_info()
        _log.warning(message.strip(), location=f"{source}:{line}", type="guidance", subtype=code)

    def warn_of_options(self, mine: Written, known: Iterable[str]) -> None:
        """Warn of each option that the view does not know."""
        known = tuple(known)
        for option in mine.options:
            if option.key not in known:
                message = f'This view has no option "{option.key}". {nearest(option.key, known)}'
                self.warn("unknown-view", message, option.line)

    def kind_named(self, mine: Written, key: str) -> type[Item] | None:
        """Return the kind that an option names; a warning if it names none."""
        given = mine.raw.get(key, "")
        kind = KINDS.get(given)
        if kind is None:
            message = f'There is no kind "{given}" for "{key}". {nearest(given, KINDS)}'
            self.warn("unknown-view", message, mine.line_of(key, self.lineno))
        return kind


class ItemsDirective(ViewDirective):
    """The items of a kind that pass its filters, as a list, cards or a table."""

    kind: ClassVar[type[Item]] = Item

    def query(self, mine: Written) -> Query:
        """Return what is asked for, leaving out what cannot be understood."""
        fields = {
            spec.key: spec for spec in options_of(self.kind) if spec.name == "id" or spec.name not in UNSEEN
        }
        self.warn_of_options(mine, ("as", "columns", *fields))
        filters: Values = tuple(
            (option.key, self._wanted(fields[option.key], option))
            for option in mine.options
            if option.key in fields
        )
        return Query(
            "items",
            self.kind.kind,
            self._layout(mine),
            tuple(self._columns(mine)),
            filters,
        )

    def asked(self, mine: Written) -> Iterator[Asked]:
        """Give the items that filters name."""
        wanted = {spec.key: spec.about.links_to for spec in options_of(self.kind)} | {"id": self.kind.kind}
        for option in mine.options:
            for target in option.value.split(",") if wanted.get(option.key) else ():
                if target.strip():
                    yield Asked(wanted[option.key], target.strip(), option.line)

    def _layout(self, mine: Written) -> str:
        given = mine.raw.get("as", "")
        if given and given not in LAYOUTS:
            message = f'A view cannot be shown as "{given}". {nearest(given, LAYOUTS)}'
            self.warn("unknown-view", message, mine.line_of("as", self.lineno))
        return given if given in LAYOUTS else default_layout(self.kind)

    def _columns(self, mine: Written) -> Iterator[str]:
        known = columns_of(self.kind)
        given = [name.strip() for name in mine.raw.get("columns", "").split(",") if name.strip()]
        for name in given:
            if name in known:
                yield name
            else:
                kind = with_article(self.kind.label.lower())
                message = f'{kind} has no field or part "{name}". {nearest(name, known)}'
                self.warn("unknown-view", message, mine.line_of("columns", self.lineno))

    def _wanted(self, spec: FieldSpec, option: Option) -> tuple[str, ...]:
        values = tuple(value.strip() for value in option.value.split(",") if value.strip())
        allowed = [str(word) for word in spec.words]
        for value in values:
            if allowed and value not in allowed:
                message = (
                    f'"{value}" is not a word that the field "{spec.key}" allows. {nearest(value, allowed)}'
                )
                self.warn("bad-word", message, option.line)
        if spec.about.links_to or spec.name == "id":
            return tuple(full_id(value, self.config.guidance_space) for value in values)
        return values


class MatrixDirective(ViewDirective):
    """Two kinds against each other, with a word for each relation between them."""

    def query(self, mine: Written) -> Query | None:
        """Return what is asked for; nothing where the kinds have no relation."""
        self.warn_of_options(mine, ("rows", "columns"))
        rows, columns = self.kind_named(mine, "rows"), self.kind_named(mine, "columns")
        if rows is None or columns is None:
            return None
        if not list(relations_between(rows, columns)):
            message = f"Nothing links a {rows.label.lower()} and a {columns.label.lower()}. {_related(rows)}"
            self.warn("unknown-view", message, self.lineno)
            return None
        return Query("matrix", rows.kind, across=columns.kind)


class ReferencesDirective(ViewDirective):
    """Every source that is cited anywhere, in the order of its authors."""

    def query(self, mine: Written) -> Query:
        """Return what is asked for."""
        self.warn_of_options(mine, ())
        return Query("references")


def items_directive_for(kind: type[Item]) -> type[ItemsDirective]:
    """Return the directive that lists the items of a kind."""
    return type(f"{kind.__name__}List", (ItemsDirective,), {"kind": kind, "__doc__": kind.__doc__})


def view_name(kind: type[Item]) -> str:
    """Return the name of the view of a kind: its plural, ``case-studies``."""
    return kind.plural.lower().replace(" ", "-")


def columns_of(kind: type[Item]) -> Mapping[str, FieldSpec]:
    """Return every field and part that a table can show, by key."""
    specs = (*options_of(kind), *parts_of(kind))
    return {spec.key: spec for spec in specs if spec.name not in UNSEEN}


def default_layout(kind: type[Item]) -> str:
    """Return how a kind is listed if nobody says: one that is all parts, such as a term, as a table."""
    fields = [spec for spec in options_of(kind) if spec.name != "id" and spec.required]
    return "list" if fields else "table"


def default_columns(kind: type[Item]) -> tuple[str, ...]:
    """Return the columns of a table if nobody says: fields with closed words, or else the needed parts."""
    worded = tuple(spec.key for spec in options_of(kind) if spec.words and spec.name not in UNSEEN)
    return worded or tuple(spec.key for spec in parts_of(kind) if spec.required)


def relations_between(rows: type[Item], columns: type[Item]) -> Iterator[tuple[FieldSpec, bool]]:
    """Give each field by which one kind names the other, and whether it is the rows that name the columns."""
    for one, other, forward in ((rows, columns, True), (columns, rows, False)):
        for spec in (*options_of(one), *parts_of(one)):
            if other.kind in (spec.about.links_to, (spec.about.rates or ("",))[0]):
                yield spec, forward


def _related(kind: type[Item]) -> str:
    found = [other.kind for other in KINDS.values() if list(relations_between(kind, other))]
    return f"It can be shown against: {', '.join(found)}." if found else ""
