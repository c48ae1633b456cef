"""The house rules that a test can see: what is imported and what is documented."""

import ast
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import journal_tui
from journal_tui.cli.commands import COMMANDS, overview_of_commands

PACKAGE = Path(journal_tui.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Runs a command and then tells what it took to do so.
IMPORTS = """
import sys
from journal_tui.cli.main import main
code = main(sys.argv[1:])
own = {name for name in sys.modules if name.startswith("journal_tui.")}
print(code, *sorted({name.partition(".")[0] for name in sys.modules} | own), file=sys.stderr)
"""


def imported(root: Path, *words: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the packages that it imported.

    Of this package, the modules are among them, too.
    """
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


# Runs the app without its screen, and then tells whether OpenSSL was loaded, and can be.
RUN = """
import sys, types
import journal_tui.app
class App:
    return_code = 0
    def __init__(self, *given, **named): import asyncio
    def run(self): pass
sys.modules["journal_tui.app.app"] = types.SimpleNamespace(JournalApp=App)
print(journal_tui.app.run(None, None, None), "asyncio" in sys.modules, "_ssl" in sys.modules)
import ssl
print(ssl.create_default_context is not None)
"""


ARGPARSE = "import sys, argparse; argparse.ArgumentParser().add_argument('x'); print(*sys.modules)"


def output_of(code: str) -> str:
    """What some code prints in a process of its own."""
    path = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
    command = [sys.executable, "-c", path + code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_first_paint_loads_nothing_that_can_wait() -> None:
    names = set(output_of("import sys, journal_tui.app.app; print(*sys.modules)").split())
    assert "journal_tui.app.write.screen" in names
    later = ("widgets.mode_footer", "editor.find_bar", "write.brief_list", "screens.dialog")
    assert not names & {f"journal_tui.app.{name}" for name in later}
    assert not names & {"markdown_it", "tinydb", "tomlkit", "ruamel"}


def test_the_app_starts_without_openssl_which_can_still_be_loaded() -> None:
    assert output_of(RUN).split() == ["0", "True", "False", "True"]


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
        "ruamel",
        "tomlkit",
    }
    slow = {"asyncio", "statistics", "decimal", "inspect", "unittest", "email"}
    # From Python 3.14 on, argparse itself imports one of them.
    assert not names & slow - set(output_of(ARGPARSE).split())
    # Their patterns take longer to compile than the search takes.
    unneeded = ("entry.markdown_lines", "entry.parser", "entry.template", "entry.vocabulary")
    assert not names & {f"journal_tui.{name}" for name in unneeded}


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
        ["help", "finding"],
    ],
)
def test_no_command_line_imports_the_screen_or_what_only_edits_settings(
    root: Path, words: list[str]
) -> None:
    assert not imported(root, *words)[1] & {"textual", "rich", "tomlkit"}


@pytest.mark.parametrize(
    ("words", "is_needed"),
    [
        (["review", "2014"], False),
        (["review", "2014", "--markdown"], False),
        (["review", "2014", "--json"], False),
        (["review", "2014", "--format", "html"], True),
    ],
)
def test_only_a_page_imports_the_templates(root: Path, words: list[str], is_needed: bool) -> None:
    code, names = imported(root, *words)
    assert (code, "jinja2" in names) == (0, is_needed)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["help"], ["help", "writing"]])
def test_help_and_version_import_no_index(root: Path, words: list[str]) -> None:
    assert not imported(root, *words)[1] & {"tinydb", "markdown_it", "platformdirs"}


def test_help_names_every_command() -> None:
    for command in COMMANDS.values():
        assert f"  {command.call} " in overview_of_commands()


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


def test_the_installed_package_holds_every_file() -> None:
    """The tests import the checkout; people run what was installed from it."""
    try:
        files = metadata.files("journal-tui") or []
    except metadata.PackageNotFoundError:
        pytest.skip("the package is not installed")
    installed = {file.as_posix() for file in files if file.parts[0] == PACKAGE.name}
    if f"{PACKAGE.name}/__init__.py" not in installed:
        pytest.skip("the package is installed as a link to its checkout")
    there = {
        (name / path.relative_to(folder)).as_posix()
        for name, folder in [
            (Path(PACKAGE.name), PACKAGE),
            (Path(PACKAGE.name) / "sample", PACKAGE.parent / "entries"),
        ]
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert {name for name in installed ^ there if "__pycache__" not in name} == set()
