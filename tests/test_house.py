"""The house rules that a test can see: what is imported and what is documented."""

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import journal_tui
from journal_tui.cli.commands import COMMANDS, overview_of_commands

PACKAGE = Path(journal_tui.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
README = Path(__file__).parents[1] / "README.md"

# Runs a command and then tells what it took to do so.
IMPORTS = """
import sys
from journal_tui.cli.main import main
code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported(root: Path, *words: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the packages that it imported."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n{IMPORTS}",
            *words,
        ],
        cwd=root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, *names = done.stderr.splitlines()[-1].split()
    return int(code), set(names)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A journal of one day."""
    (tmp_path / "journal.toml").write_text('name = "x"\n', "utf-8")
    (tmp_path / "2014-10-06.md").write_text("## Learning points\n\n- rice\n", "utf-8")
    return tmp_path


def test_find_imports_next_to_nothing(root: Path) -> None:
    # The first run reads the entry, and again while its time stamp is fresh.
    import os

    os.utime(root / "2014-10-06.md", (1_412_600_000, 1_412_600_000))
    assert "markdown_it" in imported(root, "find", "rice")[1]
    code, names = imported(root, "find", "rice")
    assert code == 0
    assert "tinydb" in names
    assert not names & {
        "textual",
        "rich",
        "markdown_it",
        "mdit_py_plugins",
        "filelock",
        "ruamel",
        "tomlkit",
    }
    assert not names & {"asyncio", "statistics", "decimal", "inspect", "unittest", "email"}


@pytest.mark.parametrize(
    "words",
    [
        ["add", "x"],
        ["rate", "5"],
        ["todo"],
        ["show"],
        ["where"],
        ["check"],
        ["tags"],
        ["people"],
        [],
        ["--help"],
    ],
)
def test_no_command_line_imports_the_screen_or_what_only_edits_settings(
    root: Path, words: list[str]
) -> None:
    assert not imported(root, *words)[1] & {"textual", "rich", "tomlkit"}


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_and_version_import_no_index(root: Path, words: list[str]) -> None:
    assert not imported(root, *words)[1] & {"tinydb", "markdown_it", "platformdirs", "filelock"}


def options(name: str) -> set[str]:
    """The options of a command, `--help` left out."""
    parser = argparse.ArgumentParser(add_help=False)
    COMMANDS[name].arguments(parser)
    return set(parser._option_string_actions)


def test_the_readme_names_every_command_and_option() -> None:
    text = README.read_text("utf-8")
    for name, command in COMMANDS.items():
        assert f"`journal {name} {command.usage}".replace("  ", " ").rstrip() in text, name
        for option in options(name):
            assert re.search(rf"`[^`\n]*(?<![\w-]){option}\b", text), f"{name} {option}"
    for option in ("--journal DIR", "--version", "--help"):
        assert f"`{option}" in text


def test_the_readme_names_no_command_that_is_none() -> None:
    text = README.read_text("utf-8")
    named = set(re.findall(r"`journal ([a-z]+)\b", text))
    days = {"yesterday", "today", "last", "friday", "monday"}
    assert named <= COMMANDS.keys() | days


def test_the_readme_names_every_key_of_the_json() -> None:
    from datetime import date

    from journal_tui.cli.finding import KEYS
    from journal_tui.cli.reading import as_json
    from journal_tui.entry.entry import Entry
    from journal_tui.journal import Journal, Opened
    from journal_tui.settings import Places

    nowhere = Path("/nowhere")
    journal = Journal(nowhere, Places(nowhere, nowhere, nowhere))
    entry = Entry(date(2014, 10, 6), "Enjoyment: 9\n\n- [ ] x\n\n## Learning points\n\n- y\n")
    shown = as_json(journal, Opened("2014-10-06.md", entry, None, 0))
    keys = {*shown, *shown["rating"], *shown["follow_ups"][0], *shown["learning_points"][0]}
    keys |= {*KEYS, "more"}
    text = README.read_text("utf-8")
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_the_readme_and_the_parser_say_the_same_of_the_language() -> None:
    from journal_tui.query import grammar

    assert grammar.LANGUAGE.strip() in README.read_text("utf-8")
    assert grammar.LANGUAGE.strip() in (grammar.__doc__ or "")
    assert len(grammar.LANGUAGE) > 1_000


def test_help_names_every_command() -> None:
    for name, command in COMMANDS.items():
        call = f"journal {name} {command.usage}".replace("  ", " ").rstrip()
        assert f"  {call} " in overview_of_commands()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is(path: Path) -> None:
    source = path.read_text("utf-8")
    if source.strip():
        assert ast.get_docstring(ast.parse(source))
    else:
        assert path.name == "__init__.py"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_public_name_has_a_sentence(path: Path) -> None:
    def missing(body: list[ast.stmt], prefix: str = "") -> list[str]:
        found: list[str] = []
        for node in body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            decorated = [ast.unparse(decorator) for decorator in node.decorator_list]
            # What Textual calls is explained by its name; a setter by its property.
            if node.name.startswith(("_", "on_")) or f"{node.name}.setter" in decorated:
                continue
            if not ast.get_docstring(node):
                found.append(prefix + node.name)
            if isinstance(node, ast.ClassDef):
                found += missing(node.body, f"{node.name}.")
        return found

    assert missing(ast.parse(path.read_text("utf-8")).body) == []


def test_no_two_modules_of_the_tests_have_one_name() -> None:
    """pytest imports them by their names alone."""
    names = [
        path.name for path in Path(__file__).parent.rglob("*.py") if path.name != "conftest.py"
    ]
    assert sorted(names) == sorted(set(names))
