"""The layers of docs/architecture.md, held against every import and call in the source."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dedup"

# Highest first; an import goes down, or stays within its row without forming a circle.
LAYERS = (
    ("cli", "spark"),
    ("app",),
    ("engine", "index", "source", "report"),
    ("match", "sketch", "text"),
    (
        "model",
        "parts",
        "differences",
        "findings",
        "totals",
        "planned",
        "replacement",
        "checked",
        "settings",
        "errors",
        "messages",
        "locale",
        "progress",
        "boilerplate",
        "cache",
        "dictionaries",
        "version",
        "version",
    ),
)
RANK = {part: rank for rank, row in enumerate(reversed(LAYERS)) for part in row}

PURE = ("text", "sketch", "match")
NOT_IN_PURE = {
    "click", "rich", "sqlite3", "pyspark",
    "socket", "subprocess", "urllib", "http", "logging", "shutil", "tempfile",
}  # fmt: skip
# Calls that read, write or print. The tables that ship with the package are read through
# importlib.resources, and that alone is allowed.
IO_NAMES = {"print", "open", "input"}
IO_METHODS = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "touch",
    "rename", "iterdir", "glob", "rglob", "exists", "is_file", "is_dir", "stat",
}  # fmt: skip
# Where a pure part touches a file after all, with the reason; nothing else may.
IO_ALLOWED: dict[str, str] = {}


@dataclass(frozen=True)
class Import:
    """One import: the module it stands in, its line, and the module it names."""

    module: str
    line: int
    target: str


def modules(package: Path = PACKAGE) -> dict[str, ast.Module]:
    """Return the parsed source of every module, by its dotted name below ``dedup``."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return found


def imports(name: str, tree: ast.Module) -> list[Import]:
    """Return every import in ``tree``: of the module, of functions, and for types only."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(name, node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: imports are absolute here"
            assert node.module
            found += [
                Import(name, node.lineno, f"{node.module}.{alias.name}") for alias in node.names
            ]
    return found


def part(module: str) -> str:
    """Return the package or module right under ``dedup`` that ``module`` belongs to."""
    return module.split(".", maxsplit=1)[0]


def own(found: list[Import]) -> list[tuple[Import, str]]:
    """Return the imports of this package, each with the part that it reaches."""
    return [(i, i.target.split(".")[1]) for i in found if i.target.startswith("dedup.")]


def wrong_arrows(trees: dict[str, ast.Module]) -> list[str]:
    """Return a complaint for each import that goes up."""
    wrong = []
    for name, tree in trees.items():
        if name == "":
            continue  # the public names come from everywhere
        for found, reached in own(imports(name, tree)):
            if reached not in RANK:
                if part(name) != "cli":
                    wrong.append(
                        f"{name}:{found.line} imports {found.target} from the public names"
                    )
            elif RANK[reached] > RANK[part(name)]:
                wrong.append(f"{name}:{found.line} imports {found.target}, which is above it")
    return wrong


def circle(edges: dict[str, set[str]]) -> list[str]:
    """Return the parts of one circle in ``edges``, or an empty list."""
    done: set[str] = set()

    def visit(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return [*trail[trail.index(node) :], node]
        if node in done:
            return []
        for follower in sorted(edges.get(node, ())):
            if found := visit(follower, [*trail, node]):
                return found
        done.add(node)
        return []

    for node in sorted(edges):
        if found := visit(node, []):
            return found
    return []


def foreign_imports(name: str, tree: ast.Module) -> list[str]:
    """Return a complaint for each import a pure part must not have."""
    return [
        f"{name}:{i.line} imports {i.target}"
        for i in imports(name, tree)
        if i.target.split(".")[0] in NOT_IN_PURE
    ]


def io_calls(name: str, tree: ast.Module) -> list[str]:
    """Return a complaint for each call that reads, writes or prints."""
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"}:
            wrong.append(f"{name}:{node.lineno} uses {ast.unparse(node)}")
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in IO_NAMES:
            wrong.append(f"{name}:{node.lineno} calls {called.id}")
        if (
            isinstance(called, ast.Attribute)
            and called.attr in IO_METHODS
            and not ast.unparse(called).startswith(("files(", "resources.files("))
        ):
            wrong.append(f"{name}:{node.lineno} calls {ast.unparse(called)}")
    return wrong


TREES = modules()
PURE_MODULES = [name for name in TREES if part(name) in PURE]


def test_every_part_has_a_layer():
    parts = {part(name) for name in TREES} - {"", "__main__"}
    assert parts <= set(RANK), "give the new part a row in LAYERS and in docs/architecture.md"


def test_no_import_points_upwards():
    assert not wrong_arrows({n: t for n, t in TREES.items() if n != "__main__"})


def test_parts_of_one_row_form_no_circle():
    edges: dict[str, set[str]] = defaultdict(set)
    for name, tree in TREES.items():
        for _, reached in own(imports(name, tree)):
            if RANK.get(reached) == RANK.get(part(name)) and reached != part(name):
                edges[part(name)].add(reached)
    assert circle(edges) == []


@pytest.mark.parametrize("name", PURE_MODULES)
def test_pure_parts_import_no_world(name):
    assert not foreign_imports(name, TREES[name])


@pytest.mark.parametrize("name", [name for name in PURE_MODULES if name not in IO_ALLOWED])
def test_pure_parts_do_no_io(name):
    assert not io_calls(name, TREES[name])


def test_exceptions_to_purity_are_needed():
    for name, reason in IO_ALLOWED.items():
        assert reason
        assert io_calls(name, TREES[name]), f"{name} does no I/O any more: remove it from the list"


def test_only_the_command_line_and_renderers_draw():
    drawing = {
        f"{name}:{i.line} {i.target}"
        for name, tree in TREES.items()
        if part(name) not in {"cli", "report"}
        for i in imports(name, tree)
        if i.target.split(".")[0] in {"click", "rich"}
    }
    assert not drawing


def test_the_architecture_page_names_every_part():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in {part(name) for name in TREES} - {"", "__main__"}:
        assert f"`{name}`" in page or f"`{name}/`" in page, f"{name} is missing there"


@pytest.mark.parametrize("name", sorted(TREES))
def test_rooms_are_small(name):
    path = PACKAGE.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    assert path.read_text(encoding="utf-8").count("\n") <= 400
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{name}.{node.name} is too long"


# The rules above, on source made to break them: a check that cannot fail checks nothing.


@pytest.mark.parametrize(
    ("name", "source", "complaint"),
    [
        ("text.fold", "from dedup.match import decide", None),
        ("text.fold", "from dedup.app.scan import scan", "above"),
        ("text.fold", "def f():\n    from dedup.report import full", "above"),
        ("text.fold", "import dedup.cli.main", "above"),
        ("report.full", "from dedup import scan", "public names"),
        ("model", "from dedup.text import fold", "above"),
        ("cli.main", "from dedup import __version__", None),
        ("app.scan", "from dedup.engine import local", None),
    ],
)
def test_arrows_are_seen(name, source, complaint):
    wrong = wrong_arrows({name: ast.parse(source)})
    assert (complaint in wrong[0]) if complaint else (wrong == [])


def test_circles_are_seen():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert circle({"a": {"b", "c"}, "b": {"c"}}) == []


@pytest.mark.parametrize(
    "source",
    [
        "import click",
        "def f():\n    import sqlite3",
        "from rich.text import Text",
        "import pyspark.sql",
    ],
)
def test_foreign_imports_are_seen(source):
    assert foreign_imports("text.fold", ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "open('x')",
        "path.read_text()",
        "Path(x).write_bytes(b'')",
        "def f():\n    sys.stdout.write('x')",
    ],
)
def test_io_is_seen(source):
    assert io_calls("text.fold", ast.parse(source))


def test_shipped_tables_may_be_read():
    assert not io_calls("text.fold", ast.parse("files(__package__).joinpath('t.tsv').read_text()"))
