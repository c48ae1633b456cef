"""Tests check behaviour through public names: none reads a private name of the package."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.py"))
# Private by their spelling only.
PUBLIC = {"_replace", "_asdict", "_fields", "_exit"}
# What only private names of Textual or Python can say is said there, by functions with public names.
ALLOWED = {
    "app/app_fixture.py": {"_compositor", "_driver", "_notifications", "_screen_resized", "_size"},
    # Where Textual parses a stylesheet, with the colours of a theme, and where it paints.
    "app/conftest.py": {"_compositor", "_dirty_regions", "_parse_rules", "_variables"},
    # Whether Textual has anything left to do can only be seen inside it.
    "app/idle.py": {
        "_batch_count",
        "_callbacks",
        "_closed",
        "_closing",
        "_context",
        "_dirty_widgets",
        "_interval",
        "_layout_required",
        "_message_queue",
        "_next_callbacks",
        "_on_timer_update",
        "_recompose_required",
        "_repaint_required",
        "_repeat",
        "_resize_event",
        "_running",
        "_scroll_required",
        "_task",
        "_timers",
        "_waiters",
    },
    "test_patterns.py": {"_parser", "_constants"},
}


def is_private(name: str) -> bool:
    """Say whether a name begins with one underscore."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def private_names(source: str) -> Iterator[tuple[int, str]]:
    """Find the private names that a source reads from other objects and modules, with their lines.

    An object's own names, as in `self._x`, are its business.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if is_private(node.attr) and not own:
                yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom):
            parts = [*(node.module or "").split("."), *(name.name for name in node.names)]
            yield from ((node.lineno, part) for part in parts if is_private(part))
        elif isinstance(node, ast.Import):
            parts = [part for name in node.names for part in name.name.split(".")]
            yield from ((node.lineno, part) for part in parts if is_private(part))
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, name) for name in named_by_a_string(node))


def named_by_a_string(call: ast.Call) -> Iterator[str]:
    """Find the private name in `getattr(x, "_y")`, `setattr`, `delattr` and `patch("a._y", …)`."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in ("getattr", "setattr", "delattr", "hasattr", "attrgetter", "patch"):
        for argument in call.args[:2]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield from filter(is_private, argument.value.split("."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_no_test_reads_a_private_name(path: Path) -> None:
    allowed = PUBLIC | ALLOWED.get(path.relative_to(HERE).as_posix(), set())
    found = private_names(path.read_text("utf-8"))
    assert [f"line {line}: {name}" for line, name in found if name not in allowed] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("screen._where", ["_where"]),
        ("a.b._c.d", ["_c"]),
        ("f()._x = 1", ["_x"]),
        ("from journal_tui.library.drafts import _lock, DraftLog", ["_lock"]),
        ("from textual.widgets._toast import Toast", ["_toast"]),
        ("import journal_tui._x as x", ["_x"]),
        ('monkeypatch.setattr(reading, "_is_terminal", print)', ["_is_terminal"]),
        ('monkeypatch.setattr("journal_tui.cli.reading._is_terminal", print)', ["_is_terminal"]),
        ('getattr(x, "_y")', ["_y"]),
        ("self._x = cls._y", []),
        ("x.__dict__; x.y; _local(_z)", []),
        ('print("_x")', []),
    ],
)
def test_private_names_are_found_in_every_form(source: str, names: list[str]) -> None:
    assert [name for _, name in private_names(source)] == names


def test_the_names_that_are_allowed_are_needed() -> None:
    used = {name for path in FILES for _, name in private_names(path.read_text("utf-8"))}
    for path, names in ALLOWED.items():
        found = {name for _, name in private_names((HERE / path).read_text("utf-8"))}
        assert found - PUBLIC == names
    assert used.difference(*ALLOWED.values()) <= PUBLIC
