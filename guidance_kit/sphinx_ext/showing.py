"""Views as nodes: lists, cards, tables and matrices, each in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from docutils import nodes

from guidance_kit.model.fields import FieldSpec, SourceKey, parts_of
from guidance_kit.model.kinds import KINDS
from guidance_kit.sphinx_ext import words
from guidance_kit.sphinx_ext.about import in_words, linked, list_of, row_of_links
from guidance_kit.sphinx_ext.borrowing import Borrowed
from guidance_kit.sphinx_ext.domain import GuidanceDomain
from guidance_kit.sphinx_ext.entries import Entry, Query
from guidance_kit.sphinx_ext.finding import cells_of, columns_shown, items_of
from guidance_kit.sphinx_ext.nodes import guidance_region, guidance_view, text
from guidance_kit.sphinx_ext.sources import each_cited, reference_list
from guidance_kit.sphinx_ext.tables import Cell, table
from guidance_kit.sphinx_ext.views import columns_of


class Shower:
    """Shows views on one page. ``borrowed`` lends the text of parts that stand on other pages."""

    def __init__(self, domain: GuidanceDomain, borrowed: Borrowed) -> None:
        """Show with what the domain knows."""
        self.domain = domain
        self.borrowed = borrowed
        self._list_has_ids = False

    def shown(self, node: guidance_view) -> list[nodes.Node]:
        """Return what a view shows."""
        query: Query = node["query"]
        if query.name == "references":
            return self._references(node)
        if query.name == "matrix":
            return self._matrix(node, query)
        entries = items_of(self.domain, query)
        if not entries:
            return [text(words.say(words.NOTHING), "guidance-empty")]
        layout = query.layout
        if layout == "table" and _is_inside_table(node):
            layout = "cards"  # tables inside tables are beyond most builders
        show: Mapping[str, Callable[..., nodes.Element]] = {
            "list": self._list,
            "cards": self._cards,
            "table": self._table,
        }
        return [_named(show[layout](node, query, entries), node)]

    def _references(self, node: guidance_view) -> list[nodes.Node]:
        domain = self.domain
        if not domain.sources:
            return [text(words.say(words.NOTHING), "guidance-empty")]
        first = node["docname"] == domain.listed_on and not self._list_has_ids
        self._list_has_ids = self._list_has_ids or first
        return [reference_list(domain.sources, with_ids=first)]

    def _list(self, node: guidance_view, query: Query, entries: Iterable[Entry]) -> nodes.Element:
        listed = nodes.bullet_list(bullet="-", classes=["guidance-list"])
        for entry in entries:
            item = nodes.list_item("", nodes.paragraph("", "", linked(self.domain, node["docname"], entry)))
            item += self._opened(node, entry, columns_shown(query))
            listed += item
        return listed

    def _cards(self, node: guidance_view, query: Query, entries: Iterable[Entry]) -> nodes.Element:
        listed = nodes.bullet_list(bullet="-", classes=["guidance-cards"])
        for entry in entries:
            title = nodes.paragraph(
                "",
                "",
                nodes.strong("", "", linked(self.domain, node["docname"], entry)),
                classes=["guidance-card-name"],
            )
            card = nodes.list_item("", title, classes=["guidance-card", f"guidance-{entry.kind}"])
            card += self._opened(node, entry, (parts_of(KINDS[entry.kind])[0].key, *columns_shown(query)))
            listed += card
        return listed

    def _opened(self, node: guidance_view, entry: Entry, keys: Iterable[str]) -> list[nodes.Node]:
        """Return what is shown below a title.

        The first part of the kind stands as it is, and so does a part that is shown alone; the rest have a
        label each.
        """
        keys = tuple(keys)
        parts = [spec.key for spec in parts_of(KINDS[entry.kind])]
        bare = [key for key in keys if key in parts and (key == parts[0] or len(keys) == 1)]
        opening = [shown for key in bare for shown in self._lent(entry, key)]
        return [*opening, *self._lines(node, entry, [key for key in keys if key not in bare])]

    def _lines(self, node: guidance_view, entry: Entry, keys: Iterable[str]) -> list[nodes.Node]:
        """Return lines with a label each, for what a list or card shows below a title."""
        specs = columns_of(KINDS[entry.kind])
        rows = []
        for key in keys:
            cell = self._cell(node, entry, specs[key])
            if cell:
                body = nodes.field_body("", *cell)
                rows.append(nodes.field("", nodes.field_name("", words.say(specs[key].label)), body))
        return [nodes.field_list("", *rows, classes=["guidance-about"])] if rows else []

    def _table(self, node: guidance_view, query: Query, entries: Iterable[Entry]) -> nodes.Element:
        kind = KINDS[query.kind]
        specs = columns_of(kind)
        keys = columns_shown(query)
        head = [Cell([nodes.Text(words.say(kind.label))], "col")]
        head += [Cell([nodes.Text(words.say(specs[key].label))], "col") for key in keys]
        body = [
            [
                Cell([linked(self.domain, node["docname"], entry)], "row"),
                *(Cell(self._cell(node, entry, specs[key])) for key in keys),
            ]
            for entry in entries
        ]
        caption = node["caption"] or words.say(kind.plural)
        return table(caption, head, body, f"guidance-{kind.kind}")

    def _cell(self, node: guidance_view, entry: Entry, spec: FieldSpec) -> list[nodes.Node]:
        if spec.about.part:
            return self._lent(entry, spec.key)
        values = entry.value(spec.key) or spec.default
        if not values:
            return []
        if spec.about.links_to:
            targets = filter(None, map(self.domain.index.find, values))
            links = [linked(self.domain, node["docname"], target) for target in targets]
            return [list_of(links)] if len(links) > 1 else [nodes.paragraph("", "", *links)]
        if issubclass(spec.type, SourceKey):
            cited = each_cited(self.domain, node["docname"], values)
            return [
                nodes.paragraph("", "", *[piece for one in cited for piece in (nodes.Text("; "), one)][1:])
            ]
        return [text(in_words(spec, values))]

    def _lent(self, entry: Entry, key: str) -> list[nodes.Node]:
        """Return a part of an item below its label, which it has where its words are not plainly national."""
        shown, told = self.borrowed.part(entry, key), self.domain.edition.labels(entry.id).get(key)
        label = [text(told["label"], "guidance-label", f"guidance-label-{told['words']}")] if told else []
        return [*label, *shown] if shown else []

    def _matrix(self, node: guidance_view, query: Query) -> list[nodes.Node]:
        rows = list(self.domain.index.of_kind(query.kind))
        columns = list(self.domain.index.of_kind(query.across))
        cells = {(row, column): said for row, column, said in cells_of(self.domain, query)}
        names = {"rows": KINDS[query.kind].plural, "columns": KINDS[query.across].plural}
        if not rows or not columns:
            return [text(words.say(words.NOTHING), "guidance-empty")]
        if _is_inside_table(node):
            return [nodes.field_list("", *self._matrix_rows(node, rows, columns, cells))]
        page = node["docname"]
        head = [Cell([nodes.Text(words.say(KINDS[query.kind].label))], "col")]
        head += [Cell([linked(self.domain, page, entry)], "col") for entry in columns]
        body = [
            [
                Cell([linked(self.domain, page, entry)], "row"),
                *(Cell(_said(cells.get((entry.id, column.id), ()))) for column in columns),
            ]
            for entry in rows
        ]
        said = words.say(words.BY, rows=words.say(names["rows"]), columns=words.say(names["columns"]).lower())
        return [_named(table(node["caption"] or said, head, body, "guidance-matrix"), node)]

    def _matrix_rows(
        self,
        node: guidance_view,
        rows: Iterable[Entry],
        columns: Iterable[Entry],
        cells: Mapping[tuple[str, str], tuple[str, ...]],
    ) -> Iterator[nodes.Node]:
        """Give a matrix as lines of links, for where no table can stand."""
        columns = list(columns)
        for entry in rows:
            links = []
            for column in columns:
                said = ", ".join(words.say(word) for word in cells.get((entry.id, column.id), ()))
                if said:
                    links.append(linked(self.domain, node["docname"], column, said))
            if links:
                yield row_of_links(entry.title, links)


def _named(shown: nodes.Element, node: guidance_view) -> nodes.Element:
    """Give what a view shows the id of the view: a table has its id itself, which Sphinx asks for."""
    first = shown.children[0] if isinstance(shown, guidance_region) else None
    (first if isinstance(first, nodes.table) else shown)["ids"] = node["ids"]
    if isinstance(first, nodes.table) and isinstance(node.parent, nodes.section):
        first["classes"].append("longtable")  # for LaTeX, which cannot break a table inside anything else
    node["ids"] = []  # or docutils gives them to the region as well
    return shown


def _said(said: Iterable[str]) -> list[nodes.Node]:
    shown = ", ".join(words.say(word) for word in said)
    return [text(shown or "\N{EN DASH}")]


def _is_inside_table(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.table):
            return True
        parent = parent.parent
    return False
