"""The small language of formulas: what a metric's definition says, the reader sees, and DuckDB runs.

reactions + comments     adds what is stated; NULL only when nothing is
a - b, a * b, a / b      NULL as soon as either is not stated; a division by zero is NULL
either(a, b)             the first that is stated
change(followers)        this day's level less that of the day before (an estimate of a flow)
count()                  how many rows there are
exact(users)             stated for exactly the window asked, never added (people)
start(followers)         the last level known before the window
end(followers)           the last level known by the end of the window
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

LEVELS = {"start", "end"}
FUNCTIONS = {"either", "change", "count", "exact", *LEVELS}


class FormulaError(ValueError):
    """A formula that the language does not know: a fault in a definition."""


@dataclass(frozen=True)
class Formula:
    """A parsed formula."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]
    calls: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> Formula:
        """The formula of a text. Raises FormulaError."""
        return _parse(text)

    @cached_property
    def level(self) -> bool:
        """Whether it is about levels at the window's ends, not about rows within it."""
        return bool(self.calls & LEVELS)

    @cached_property
    def people(self) -> bool:
        """Whether it is stated for exactly one window and never added."""
        return "exact" in self.calls

    @cached_property
    def estimates(self) -> bool:
        """Whether it can fall back on a difference of levels."""
        return "change" in self.calls

    @cached_property
    def counts(self) -> bool:
        """Whether it counts rows, so that no row is a zero that is known."""
        return "count" in self.calls

    def bare_names(self) -> set[str]:
        """The measures added up over rows: those outside exact(), start(), end() and change()."""
        return {n.id for n in _walk_outside(self.tree, {"exact", "change", *LEVELS}) if isinstance(n, ast.Name)}

    def columns(self) -> set[str]:
        """The columns that its SQL reads of a row: measures, and `change_…` of those within change()."""
        return set(re.findall(r't\."(\w+)"', self.row_sql("t")))

    def row_sql(self, table: str, estimates: bool = True) -> str:
        """SQL of the formula for one row of `table`; without `estimates`, change() counts as not stated."""
        return _sql(self.tree, table, estimates)


@lru_cache(maxsize=500)
def _parse(text: str) -> Formula:
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"{text!r} is not a formula") from error
    _sql(tree, "t", True)  # refuses what the language does not have
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id not in FUNCTIONS]
    names = dict.fromkeys(n.id for n in sorted(named, key=lambda n: n.col_offset))
    return Formula(text, tree, tuple(names), frozenset(calls))


def _walk_outside(node: ast.AST, functions: set[str]) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in functions:
            return
        for argument in node.args:
            yield from _walk_outside(argument, functions)
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk_outside(child, functions)


def _terms(node: ast.expr) -> list[ast.expr]:
    """The terms of a chain of additions."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_terms(node.left), *_terms(node.right)]
    return [node]


def _sql(node: ast.expr, table: str, estimates: bool) -> str:
    match node:
        case ast.Constant(value=int() | float() as number):
            return repr(number)
        case ast.Name(id=name):
            return f'{table}."{name}"'
        case ast.BinOp(op=ast.Add()):
            terms = ", ".join(f"({_sql(term, table, estimates)})::double" for term in _terms(node))
            return f"list_sum([{terms}])"
        case ast.BinOp(left=left, op=ast.Sub() | ast.Mult() | ast.Div() as op, right=right):
            a, b = _sql(left, table, estimates), _sql(right, table, estimates)
            return {ast.Sub: f"({a} - {b})", ast.Mult: f"({a} * {b})", ast.Div: f"({a} / nullif({b}, 0))"}[type(op)]
        case ast.Call(func=ast.Name(id="either"), args=[_, *_] as arguments):
            return f"coalesce({', '.join(_sql(a, table, estimates) for a in arguments)})"
        case ast.Call(func=ast.Name(id="change"), args=[ast.Name(id=name)]):
            return f'{table}."change_{name}"' if estimates else "null::double"
        case ast.Call(func=ast.Name(id="exact"), args=[ast.Name(id=name)]):
            return f'{table}."{name}"'
        case ast.Call(func=ast.Name(id="count"), args=[]):
            return "1"
        case ast.Call(func=ast.Name(id="start" | "end" as edge), args=[ast.Name(id=name)]):
            return f'{table}."{edge}_{name}"'
    raise FormulaError(f"{ast.unparse(node)!r} is not a formula")
