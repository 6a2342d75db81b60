"""What the layout promises, as figures; run it to see them: python tests/house/measures.py"""

import ast
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("workbench", "storage", "screens", "keymaps")


class When(Enum):
    """When an import takes place."""

    LOAD = "at load"
    CALL = "in a function"
    TYPES = "for types only"


def sources() -> Iterator[Path]:
    """Yield every source file of the product."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def module_of(path: Path) -> str:
    """Return the dotted name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def lines() -> int:
    """Return the number of source lines, blank ones and comments included."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in sources())


def literals(ids: Iterable[str]) -> dict[str, int]:
    """Return how often an id of ``ids`` stands as a literal, by file."""
    wanted, found = set(ids), {}
    for path in sources():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        count = sum(isinstance(node, ast.Constant) and node.value in wanted for node in nodes)
        if count:
            found[path.relative_to(ROOT).as_posix()] = count
    return found


def imports(tree: ast.AST, when: When = When.LOAD) -> Iterator[tuple[str, When]]:
    """Yield (module or module.name, when) for every import below ``tree``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, when) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", when) for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from imports(node, When.TYPES)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imports(node, When.CALL if when is When.LOAD else when)
        else:
            yield from imports(node, when)


def graph(*counted: When) -> dict[str, set[str]]:
    """Return which module imports which, counting imports of these kinds."""
    modules = {module_of(path): path for path in sources()}
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        named = imports(ast.parse(path.read_text(encoding="utf-8")))
        targets = (target for target, when in named if when in counted)
        known = (each if each in modules else each.rpartition(".")[0] for each in targets)
        found[name] = {each for each in known if each in modules} - {name}
    return found


def circle(edges: dict[str, set[str]]) -> list[str]:
    """Return the modules of the largest circle, sorted; empty if there is none."""
    reached = {name: _reached(edges, name) for name in edges}
    circles = [
        sorted(other for other in reached[name] if name in reached[other])
        for name in edges
        if name in reached[name]
    ]
    return max(circles, key=len, default=[])


def _reached(edges: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += edges[name]
    return found


def at_the_top() -> list[str]:
    """Return the files that stand at the top of ``workbench``."""
    return sorted(path.name for path in (ROOT / "workbench").glob("*.py") if path.name != "__init__.py")


def functions() -> Iterator[int]:
    """Yield the length in lines of every function, without its head and its docstring."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and node.body[1:] else node.body
                yield (node.end_lineno or node.lineno) - body[0].lineno + 1


def methods() -> Iterator[tuple[str, int]]:
    """Yield (class, number of methods) for every class."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                own = sum(isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) for each in node.body)
                yield f"{module_of(path)}.{node.name}", own


def ninetieth(values: Iterable[int]) -> int:
    """Return the value under which nine in ten lie."""
    ordered = sorted(values)
    return ordered[len(ordered) * 9 // 10]


@cache
def figures() -> dict[str, int]:
    """Return every figure by what it counts."""
    import sys

    sys.path.insert(0, str(ROOT))
    from workbench.domain import acts

    return {
        "act ids as literals": sum(literals(acts.BY_ID).values()),
        "files in the largest circle, at load": len(circle(graph(When.LOAD))),
        "files in the largest circle, with functions": len(circle(graph(When.LOAD, When.CALL))),
        "files in the largest circle, with types": len(circle(graph(*When))),
        "files at the top of workbench": len(at_the_top()),
        "source lines": lines(),
        "lines of a function, nine in ten": ninetieth(functions()),
        "lines of a file, nine in ten": ninetieth(
            len(path.read_text(encoding="utf-8").splitlines()) for path in sources()
        ),
        "methods of the largest class": max(count for _name, count in methods()),
    }


if __name__ == "__main__":
    for what, figure in figures().items():
        print(f"{figure:>7,}  {what}")
