"""The mistakes: one changed place of a module each, as the module's whole text."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NARROWING = frozenset({"where", "filter_by"})
_MADE = frozenset({"dataclass", "lru_cache", "cache"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """`text` is the module with it, `line` where it is, `what` says it."""

    path: str
    line: int
    what: str
    text: str


def mistakes_of(path: str, source: str) -> list[Mistake]:
    """Every mistake we know how to make in a module."""
    tree = ast.parse(source)
    found, unread = [], _never_run(tree)
    for place, node in enumerate(ast.walk(tree)):
        if node in unread:
            continue
        for way, what in enumerate(_ways(node)):
            changed = copy.deepcopy(tree)
            twin = next(one for n, one in enumerate(ast.walk(changed)) if n == place)
            _make(twin, way)
            text = ast.unparse(ast.fix_missing_locations(changed))
            found.append(Mistake(path, getattr(node, "lineno", 0), what, text))
    return found


def _never_run(tree: ast.AST) -> set[ast.AST]:
    """What stands for types, for how a record is made, for how much is remembered, or for how many
    of one are asked: nobody sees a mistake there."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.args, *node.args.kwonlyargs]
            found += [one.annotation for one in arguments if one.annotation]
            found += [node.returns] if node.returns else []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found += [one for one in node.decorator_list if _named(one) in _MADE]
        elif isinstance(node, ast.AnnAssign):
            found.append(node.annotation)
        elif isinstance(node, ast.Call) and _named(node) == "limit":
            found += [one for one in node.args if isinstance(one, ast.Constant)]
    return {inner for one in found for inner in ast.walk(one)}


def _named(node: ast.AST) -> str:
    called = node.func if isinstance(node, ast.Call) else node
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _ways(node: ast.AST) -> list[str]:
    return [what for what, _change in _changes(node)]


def _make(node: ast.AST, way: int) -> None:
    list(_changes(node))[way][1]()


Change = tuple[str, Callable[[], None]]


def _changes(node: ast.AST) -> Iterator[Change]:
    """What can be wrong here: how it is called, and what makes it so."""
    if isinstance(node, ast.Compare):
        yield from _compare(node)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and / or", lambda: setattr(node, "op", other)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", lambda: _as_bool(node)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OTHER:
        if not _is_text(node.left) and not _is_text(node.right):
            name = type(node.op).__name__
            yield f"{name} the other way", lambda: setattr(node, "op", _OTHER[type(node.op)]())
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, ast.If | ast.IfExp):
        yield (
            "the condition turned",
            lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test)),
        )


def _compare(node: ast.Compare) -> Iterator[Change]:
    for place, op in enumerate(node.ops):
        other = _FLIPPED.get(type(op))
        if other is not None:
            yield f"{type(op).__name__} as {other.__name__}", _setter(node.ops, place, other())


def _setter(listed: list[ast.cmpop], place: int, value: ast.cmpop) -> Callable[[], None]:
    return lambda: listed.__setitem__(place, value)


def _as_bool(node: ast.UnaryOp) -> None:
    node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} as {not value}", lambda: setattr(node, "value", not value)
    elif isinstance(value, int):
        yield f"{value} as {value + 1}", lambda: setattr(node, "value", value + 1)


def _call(node: ast.Call) -> Iterator[Change]:
    """A condition of a question left out: what is done to one is done to all."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in _NARROWING and len(node.args) > 1:
        for place in range(len(node.args)):
            yield f"condition {place + 1} left out", _dropper(node.args, place)


def _dropper(args: list[ast.expr], place: int) -> Callable[[], None]:
    return lambda: args.__delitem__(place)
