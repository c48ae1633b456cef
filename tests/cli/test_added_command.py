"""A command is one declaration: help, parsing, dispatch and suggestions come from it."""

import argparse
import subprocess
import sys

import pytest

from journal_tui.cli.commands import COMMANDS, Verb, argument, one_of, whole_number
from tests.cli.command_shell import Shell, environment


def wave(options: argparse.Namespace) -> int:
    """Print the name as often as asked; exit code 1 for nobody."""
    print(" ".join([f"hello {options.name or 'nobody'}"] * options.times), options.journal)
    return 0 if options.name else 1


WAVE = Verb(
    "wave",
    "[NAME]",
    "Wave at somebody.",
    ("journal wave colm",),
    wave,
    (
        argument("name", metavar="NAME", nargs="?", help="who is waved at"),
        one_of(
            argument("--times", metavar="N", type=whole_number, default=1, help="how often"),
            argument("--twice", dest="times", action="store_const", const=2, help="two times"),
        ),
    ),
    aliases=("greet",),
    advice="Names have no blanks",
)


@pytest.fixture
def added(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell that knows one more command."""
    monkeypatch.setitem(COMMANDS, "wave", WAVE)
    return shell


def test_without_the_declaration_there_is_no_such_command(shell: Shell) -> None:
    assert "wave" not in shell.good("--help")
    assert "isn't a date" in shell.refused(2, "wave")


def test_it_is_in_every_help(added: Shell) -> None:
    listed = added.good("--help").splitlines()
    assert "  journal wave [NAME]      Wave at somebody." in listed
    said = added.good("wave", "--help")
    assert said == added.good("help", "wave")
    for part in (
        "Wave at somebody.",
        "NAME",
        "who is waved at",
        "--times N",
        "--twice",
        "wave colm",
    ):
        assert part in said


def test_it_is_run_with_its_arguments_and_ends_with_its_exit_code(added: Shell) -> None:
    assert added.good("wave", "colm") == "hello colm None\n"
    assert added.good("--journal", "x", "wave", "colm", "--twice") == "hello colm hello colm x\n"
    assert added("wave") == (1, "hello nobody None\n", "")


def test_its_mistakes_are_told_as_those_of_the_others(added: Shell) -> None:
    assert added.refused(2, "wave", "--times", "x") == (
        "Argument --times: N must be a whole number, 0 or more. See: journal wave --help"
    )
    assert added.refused(2, "wave", "a", "b") == (
        "Unrecognized arguments: b. Names have no blanks. See: journal wave --help"
    )
    assert "not allowed with argument" in added.refused(2, "wave", "--twice", "--times", "3")
    for word in ("greet", "wvae"):
        said = f"There is no command “{word}”. Did you mean “journal wave”?"
        assert added.refused(2, word) == said


def test_only_the_module_of_the_command_is_imported() -> None:
    code = (
        "import sys\n"
        "from journal_tui.cli.commands import COMMANDS\n"
        "print(*sorted(name for name in sys.modules if name.startswith('journal_tui')))\n"
        "COMMANDS['where'].run(COMMANDS)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["journal_tui", "journal_tui.cli", "journal_tui.cli.commands"]
    assert "maintenance.py" in done.stderr


def test_names_and_aliases_are_unlike() -> None:
    words = [word for name, command in COMMANDS.items() for word in (name, *command.aliases)]
    assert len(words) == len(set(words))
    assert [command.name for command in COMMANDS.values()] == list(COMMANDS)
