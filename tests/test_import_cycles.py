"""No module imports, through whatever others, itself: not for types and not inside a function, either."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest

import journal_tui

PACKAGE = Path(journal_tui.__file__).parent


def modules_of(package: Path) -> dict[str, str]:
    """The source of each module of a package by its full name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text("utf-8")
    return found


def imported_by(source: str, known: Collection[str]) -> set[str]:
    """The modules that a source imports, wherever in it the import is."""
    found: set[str] = set()
    nodes = list(ast.walk(ast.parse(source)))
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, "imports here name the package"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            # What isn't a module is a name in the one it is imported from.
            found |= names if names <= set(known) else names | {node.module}
    called = {getattr(node, "id", getattr(node, "attr", "")) for node in nodes}
    if called & {"import_module", "__import__"}:
        # A computed name is made of the strings of the module: whatever these could name counts.
        strings = {
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        packages = {"", *(string for string in strings if string.endswith("."))}
        found |= {package + string for package in packages for string in strings}
    return found & set(known)


def cycles(imports: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The shortest way from each module back to itself; each set of modules once."""
    seen = set()
    for start in sorted(imports):
        ways = [[start]]
        reached: set[str] = set()
        for way in ways:
            for name in sorted(imports[way[-1]]):
                if name == start:
                    if frozenset(way) not in seen:
                        seen.add(frozenset(way))
                        yield " -> ".join([*way, start])
                    ways.clear()
                    break
                if name not in reached:
                    reached.add(name)
                    ways.append([*way, name])


def test_there_are_no_import_cycles() -> None:
    sources = modules_of(PACKAGE)
    imports = {
        name: imported_by(source, sources.keys()) - {name} for name, source in sources.items()
    }
    assert len(imports) > 100 and imports["journal_tui.journal"]
    assert list(cycles(imports)) == []


def test_the_path_of_a_cycle_is_reported() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": {"d"}, "f": {"a"}}
    assert list(cycles(imports)) == ["a -> b -> c -> a", "d -> e -> d"]
    assert list(cycles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()})) == []


@pytest.mark.parametrize(
    "source",
    [
        "import p.a",
        "import p.a as other",
        "from p import a",
        "from p.a import anything",
        "def later():\n    from p import a",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.a import Name",
        "try:\n    import os\nexcept ImportError:\n    from p.a import Name",
        "from importlib import import_module\nimport_module('p.a')",
        "import importlib\ndef of(name='a'):\n    importlib.import_module(f'p.{name}')",
    ],
)
def test_every_kind_of_import_counts(source: str) -> None:
    assert imported_by(source, {"p", "p.a", "p.b"}) == {"p.a"}


def test_a_name_of_a_package_is_an_import_of_it() -> None:
    assert imported_by("from p import __version__, a", {"p", "p.a"}) == {"p", "p.a"}
    assert imported_by("import os\nfrom q import p", {"p", "p.a"}) == set()
