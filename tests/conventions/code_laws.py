"""Laws of Python files, each a pure function from a path and a text to complaints; none of them reads a file."""

import ast
import re
import sys
from collections.abc import Iterator

FILE_LIMIT, TEST_FILE_LIMIT, FUNCTION_LIMIT = 300, 400, 40
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base_service"}
CLOCK = "app/clock.py"
CLOCK_READINGS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}
# Standard, but it touches the world or asks what time it is; the core does neither.
NOT_FOR_THE_CORE = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket",
    "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def complain_about_length(path: str, text: str) -> Iterator[str]:
    limit = TEST_FILE_LIMIT if path.startswith("tests/") else FILE_LIMIT
    lines = text.count("\n")
    if lines > limit:
        yield f"{path}: {lines} lines, over {limit}; look for the second idea"


def complain_about_functions(path: str, text: str) -> Iterator[str]:
    for function in _functions(ast.parse(text)):
        lines = _own_lines(function)
        if lines > FUNCTION_LIMIT:
            yield f"{path}:{function.lineno}: {function.name} has {lines} lines, over {FUNCTION_LIMIT}"


def complain_about_docstring(path: str, text: str) -> Iterator[str]:
    if text.strip() and not ast.get_docstring(ast.parse(text)):
        yield f"{path}: does not open with a sentence that says what lives here"


def complain_about_name(path: str, text: str) -> Iterator[str]:
    for part in re.split(r"[/.]", path.lower()):
        if part in NAMELESS or NAMELESS & set(part.split("_")):
            yield f"{path}: '{part}' names no idea; what is it about?"


def complain_about_comparison(path: str, text: str) -> Iterator[str]:
    """A comparison that stops at the first difference tells an attacker how far he got."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Compare) or not any(
            isinstance(op, ast.Eq | ast.NotEq) for op in node.ops
        ):
            continue
        if any("signature" in _name_of(side).lower() for side in (node.left, *node.comparators)):
            yield f"{path}:{node.lineno}: compare signatures with hmac.compare_digest"


def complain_about_clock(path: str, text: str) -> Iterator[str]:
    """Everything else is told what time it is, so that tests and simulations can push the clock."""
    if path == CLOCK:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute | ast.ImportFrom) and _reads_clock(node):
            yield f"{path}:{node.lineno}: only {CLOCK} asks what time it is; take `now` as a parameter"


def complain_about_core_imports(path: str, text: str) -> Iterator[str]:
    """The core is pure: of the standard library the part that does no I/O, and nothing else."""
    core = path.split("/")[0]
    allowed = (set(sys.stdlib_module_names) - NOT_FOR_THE_CORE) | {core}
    for node in ast.walk(ast.parse(text)):
        for module in _imported(node):
            if module.split(".")[0] not in allowed:
                yield f"{path}:{node.lineno}: the core may not import {module}"


def _reads_clock(node: ast.Attribute | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in CLOCK_READINGS.get(_name_of(node.value), set())
    return node.module == "time" and bool({alias.name for alias in node.names} & CLOCK_READINGS["time"])


def _functions(tree: ast.AST) -> Iterator[FunctionNode]:
    return (node for node in ast.walk(tree) if isinstance(node, FunctionNode))


def _own_lines(function: FunctionNode) -> int:
    """Without functions inside it, which are measured by themselves."""
    lines = set(range(function.lineno, (function.end_lineno or function.lineno) + 1))
    for inner in _functions(function):
        if inner is not function:
            first = min((inner.lineno, *(decorator.lineno for decorator in inner.decorator_list)))
            lines -= set(range(first, (inner.end_lineno or inner.lineno) + 1))
    return len(lines)


def _name_of(node: ast.AST) -> str:
    """The last name of an expression: `request.headers["x_signature"]` → `x_signature`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
        case ast.Call(args=[ast.Constant(value=str(name)), *_], func=ast.Attribute(attr="get")):
            return name
        case ast.Call(func=func):
            return _name_of(func)
    return ""


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return []
