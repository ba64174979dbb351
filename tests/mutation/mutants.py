"""Mutants of a module: each takes one rule out of it, by changing one place of its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator

import attrs

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
_HOLDERS = (ast.Dict, ast.Tuple, ast.List, ast.Set)


@attrs.frozen
class Mutant:
    """A changed module: ``what`` says the change, ``lines`` where it is, ``always`` if importing runs it.

    ``probe`` is its number, if a probe can tell whether a case would notice it at once; else None.
    """

    what: str
    lines: tuple[int, int]
    always: bool
    probe: int | None
    tree: ast.Module = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """Where it is and what it does, for people."""
        return f"{self.lines[0]}: {self.what}"


def names_of(source: str) -> list[str]:
    """Return what each mutant of a module is called, in order; of those called alike the second is ``#2``."""
    found: list[str] = []
    times: Counter[str] = Counter()
    for place in _places(ast.parse(source)):
        what = " ".join(place.what.split())
        times[what] += 1
        found.append(f"{what} #{times[what]}" if times[what] > 1 else what)
    return found


def mutants_of(source: str) -> Iterator[Mutant]:
    """Give every mutant of a module, each with a tree of its own."""
    number, names = 0, names_of(source)
    while True:
        tree = ast.parse(source)
        places = _places(tree)
        if number >= len(places):
            return
        place = places[number]
        probe = number if place.probable else None
        number += 1
        what = names[number - 1]
        place.change()
        ast.fix_missing_locations(tree)
        yield Mutant(what, place.lines, place.always, probe, tree)


def probed(source: str, path: str) -> ast.Module:
    """Return the module with a probe in each place where an expression changes.

    ``__probe__(value, path, number, other, ...)`` is given the value as it is and functions that say what it
    would be in the mutants of these numbers, and returns the value.
    """
    tree = ast.parse(source)
    spots: dict[tuple[int, str, int | None], list[tuple[int, _Place]]] = {}
    for number, place in enumerate(_places(tree)):
        if place.probable:
            spots.setdefault((id(place.holder), place.field, place.index), []).append((number, place))
    for found in spots.values():
        place = found[0][1]
        args: list[ast.expr] = [place.old, ast.Constant(path)]
        for number, one in found:
            args += [ast.Constant(number), ast.Lambda(_NO_ARGUMENTS, one.new)]
        call = ast.Call(ast.Name("__probe__", ast.Load()), args, [])
        if place.index is None:
            setattr(place.holder, place.field, call)
        else:
            getattr(place.holder, place.field)[place.index] = call
    ast.fix_missing_locations(tree)
    return tree


_NO_ARGUMENTS = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])


@attrs.frozen
class _Place:
    """A place to change: the field of a node (or an element of a list in it), and what stands there then."""

    holder: ast.AST
    field: str
    index: int | None
    new: ast.AST | None
    what: str
    lines: tuple[int, int]
    always: bool

    @property
    def old(self) -> ast.AST:
        """What stands there."""
        held = getattr(self.holder, self.field)
        return held if self.index is None else held[self.index]

    @property
    def probable(self) -> bool:
        """Whether one expression gives way to another, and looking at both changes nothing."""
        both = isinstance(self.old, ast.expr) and isinstance(self.new, ast.expr) and not self.always
        odd = (ast.Yield, ast.YieldFrom, ast.NamedExpr)
        return both and not any(isinstance(node, odd) for node in ast.walk(self.old))

    def change(self) -> None:
        """Change the tree."""
        if self.index is None:
            setattr(self.holder, self.field, self.new)
            return
        held = getattr(self.holder, self.field)
        if self.new is None:
            del held[self.index]
            if isinstance(self.holder, ast.Dict):
                del self.holder.values[self.index]
        else:
            held[self.index] = self.new


def _places(tree: ast.Module) -> list[_Place]:
    found: list[_Place] = []
    _visit(tree, inside=False, found=found)
    return found


def _visit(node: ast.AST, *, inside: bool, found: list[_Place]) -> None:
    inner = inside or isinstance(node, ast.FunctionDef | ast.Lambda)
    for field, value in ast.iter_fields(node):
        every = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in every:
            if isinstance(child, ast.AST) and not _is_type(node, field):
                found += _at(node, field, index, child, always=not inner)
                _visit(child, inside=inner, found=found)


def _is_type(node: ast.AST, field: str) -> bool:
    """Return whether something only says of which type a thing is, or is an import or a decorator."""
    return field in ("annotation", "returns", "decorator_list", "bases") or isinstance(
        node, ast.Import | ast.ImportFrom
    )


def _at(holder: ast.AST, field: str, index: int | None, node: ast.AST, *, always: bool) -> Iterator[_Place]:
    if not hasattr(node, "lineno"):
        return
    lines = (node.lineno, getattr(node, "end_lineno", None) or node.lineno)
    words = ast.unparse(node)

    def place(new: ast.AST | None, said: str) -> _Place:
        return _Place(holder, field, index, new, said, lines, always)

    if (isinstance(holder, ast.If | ast.IfExp | ast.While) and field == "test") or (
        isinstance(holder, ast.comprehension) and field == "ifs"
    ):
        yield place(ast.Constant(True), f"always: {words}")
        if not isinstance(holder, ast.While):
            yield place(ast.Constant(False), f"never: {words}")
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _OTHER:
        other = copy.copy(node)
        other.ops = [_OTHER[type(node.ops[0])]()]
        yield place(other, f"the other way round: {words}")
    if isinstance(node, ast.BoolOp):
        for gone, one in enumerate(node.values):
            rest = [value for at, value in enumerate(node.values) if at != gone]
            new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield place(new, f"without {ast.unparse(one)} in: {words}")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield place(node.operand, f"without not: {words}")
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        nothing: ast.AST = ast.Pass()
        if isinstance(node.value, ast.Yield | ast.YieldFrom):
            nothing = ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
        yield place(nothing, f"without: {words}")
    if isinstance(node, ast.AugAssign):
        yield place(ast.Pass(), f"without: {words}")
    if isinstance(holder, _HOLDERS) and always and field in ("keys", "elts"):
        yield place(None, f"without in the table: {words}")
