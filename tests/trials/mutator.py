"""Changes a rule in one place: the other comparison, the other way round, one more, never."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip


Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one place changed.

    Attributes:
        line: Where the place is.
        reach: The first and the last line of what the change bears upon: the place, or what an ``if`` leads to.
        around: Those of the function around it; None elsewhere, which is read once, when the file is imported.
        tree: The whole file, changed; the lines are those of the file as it is.
    """

    file: str
    line: int
    reach: Lines
    around: Lines | None
    what: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.what}"


def _lines(first: ast.expr | ast.stmt, last: ast.expr | ast.stmt) -> Lines:
    return first.lineno, last.end_lineno or last.lineno


class Mutator(ast.NodeTransformer):
    """Changes the ``nth`` place that can be changed; counts them all.

    How a record is made (its decorators, its ``field``s) is no rule, and is left as it is.
    """

    def __init__(self, nth: int) -> None:
        self.nth, self.seen = nth, 0
        self.around: Lines | None = None
        self.found: tuple[int, Lines, Lines | None, str] | None = None

    def _here(self, node: ast.expr | ast.stmt, what: str) -> bool:
        self.seen += 1
        if self.seen == self.nth:
            reach: Sequence[ast.expr | ast.stmt] = node.body if isinstance(node, ast.If) else [node]
            self.found = (node.lineno, _lines(reach[0], reach[-1]), self.around, what)
        return self.seen == self.nth

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(each) for each in node.body]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.args = self.visit(node.args)
        outer, self.around = self.around, self.around or _lines(node, node)
        node.body = [self.visit(each) for each in node.body]
        self.around = outer
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return (
            node if isinstance(node.func, ast.Name) and node.func.id == "field" else self.generic_visit(node)
        )

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, op in enumerate(node.ops):
            if type(op) in OPPOSITE and self._here(node, f"{ast.unparse(node)}: {type(op).__name__}"):
                node.ops[at] = OPPOSITE[type(op)]()  # type: ignore[call-overload]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"{ast.unparse(node)}: {type(node.op).__name__}"):
            node.op = OPPOSITE[type(node.op)]()  # type: ignore[assignment]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if type(node.op) in OPPOSITE and self._here(node, f"{ast.unparse(node)}: {type(node.op).__name__}"):
            node.op = OPPOSITE[type(node.op)]()  # type: ignore[assignment]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._here(node, ast.unparse(node)) else node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"{ast.unparse(node)}: turned round"):
            node.body, node.orelse = node.orelse, node.body
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if ast.unparse(node.test) == "TYPE_CHECKING":
            return node  # never so, while it runs
        self.generic_visit(node)
        if self._here(node, f"if {ast.unparse(node.test)}: never"):
            node.test = ast.Constant(False)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            return ast.Constant(not node.value) if self._here(node, str(node.value)) else node
        if isinstance(node.value, int):
            return ast.Constant(node.value + 1) if self._here(node, str(node.value)) else node
        return node


def places(source: str) -> int:
    """Return how many places of ``source`` can be changed."""
    mutator = Mutator(0)
    mutator.visit(ast.parse(source))
    return mutator.seen


def mutant(file: str, source: str, nth: int) -> Mutant:
    """Return ``source``, the text of ``file``, with its ``nth`` place changed; the first is 1."""
    mutator = Mutator(nth)
    changed = mutator.visit(ast.parse(source))
    assert mutator.found is not None
    line, reach, around, what = mutator.found
    return Mutant(file, line, reach, around, what, ast.fix_missing_locations(changed))


class Marked(ast.NodeTransformer):
    """Lets every statement in a function tell the set ``name``, a built-in, by which lines of ``file`` it goes."""

    def __init__(self, file: str, name: str) -> None:
        self.file, self.name, self.inside = file, name, False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer, self.inside = self.inside, True
        self.generic_visit(node)
        self.inside = outer
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody") if self.inside else ():
            if isinstance(inner := getattr(node, field, None), list):
                setattr(node, field, [each for one in inner for each in (self._mark(one), one)])
        return node

    def _mark(self, statement: ast.stmt) -> ast.stmt:
        body = getattr(statement, "body", None)
        end = body[0].lineno - 1 if body else statement.end_lineno
        last = max(statement.lineno, end or statement.lineno)
        (telling,) = ast.parse(f"{self.name}.add({(self.file, statement.lineno, last)!r})").body
        for each in ast.walk(telling):
            ast.copy_location(each, statement)
        return telling
