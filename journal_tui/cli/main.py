"""The command `journal`: which command is meant, and what its errors look like."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from journal_tui.errors import JournalError, WhenError


class _Usage(Exception):
    """The words of a command are off."""


class Parser(argparse.ArgumentParser):
    """argparse with one plain sentence for an error instead of a usage block."""

    call = ""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing; `main` prints the sentence."""
        _, _, names = message.partition("are required: ")
        if names:
            message = f"{names.split(',')[0]} is missing. Write: {self.call}"
        if self.prog.endswith(" find") and ("unrecognized" in message or names):
            message += ". To exclude a word, put -- first: journal find -- -word other"
        raise _Usage(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse, left to itself, imports shutil on every start."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ["COLUMNS"])
        except (KeyError, ValueError):
            try:
                columns = os.get_terminal_size().columns
            except (OSError, ValueError):
                columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)


def console() -> NoReturn:
    """The console script: `main`, and an end without tidying up what goes with the process anyway.

    Taking apart an index piece by piece is a good part of the time that a search takes.
    """
    gc.set_threshold(100_000, 20, 20)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            pass
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0, 1 (it did not work), 2 (asked wrongly), 130 (^C)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _streams()
    try:
        try:
            code = _run(given)
        except SystemExit as done:
            # argparse leaves so after --help.
            code = int(done.code or 0)
        sys.stdout.flush()
        return code
    except (JournalError, _Usage) as error:
        return _complain(str(error), getattr(error, "exit_code", 2))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _silence()
        return 0
    except OSError as error:
        if error.filename is not None:
            return _complain(_fault(error), 1)
        _silence()
        return _complain(f"The output could not be written: {error.strerror}.", 1)
    except Exception as error:
        return _complain(_fault(error), 1)


def _streams() -> None:
    """Make the standard streams such that any text can be printed, or be thrown away."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        # A caller may have closed one: Python gives None then.
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A journal holds every script; an ASCII terminal shows question marks, not a fault.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _silence() -> None:
    """Throw away what is still to be printed: Python would complain once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str, code: int) -> int:
    from journal_tui.cli.output import tell

    try:
        tell(f"journal: {sentence}")
    except OSError:
        pass
    return code


def _fault(error: Exception) -> str:
    """What is said of a fault of our own: where it is, never a value that may hold entry text."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = ""
    if place:
        where = f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
    return f"Something went wrong in journal ({type(error).__name__}{where}). Please report this."


def _run(given: list[str]) -> int:
    from journal_tui.cli import commands

    folder: str | None = None
    rest: list[str] = []
    while given and not rest:
        word = given.pop(0)
        if word == "--journal" and given:
            folder = given.pop(0)
        elif word.startswith("--journal="):
            folder = word.partition("=")[2]
        else:
            rest = [word, *given]
    if rest[:1] == ["help"] and rest[1:2] and rest[1] in commands.COMMANDS:
        rest = [rest[1], "--help"]
    if rest and rest[0] in ("-h", "--help", "help"):
        print(commands.overview_of_commands(), end="")
        return 0
    if rest and rest[0] in ("-V", "--version"):
        from journal_tui import __version__

        print(f"journal {__version__}")
        return 0
    name = rest[0] if rest and rest[0] in commands.COMMANDS else ""
    command = commands.COMMANDS[name]
    parser = Parser(
        prog=f"journal {name}".rstrip(),
        description=command.about,
        epilog="\n".join(["examples:", *(f"  {line}" for line in command.examples)]),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    parser.call = f"{parser.prog} {command.usage}".rstrip()
    parser.add_argument("--journal", metavar="DIR", default=folder, help="the journal's folder")
    command.arguments(parser)
    options = parser.parse_args(rest[1:] if name else rest)
    _as_utf8(options)
    try:
        return command.run(options)
    except WhenError as error:
        raise _suggested(error, options.when) if not name else error from None


def _as_utf8(options: argparse.Namespace) -> None:
    """Read words (but not names of folders) as UTF-8, whatever encoding the locale says."""
    if sys.getfilesystemencoding().lower().startswith("utf"):
        return

    def text(word: str) -> str:
        return os.fsencode(word).decode("utf-8", "surrogateescape")

    for key, value in vars(options).items():
        if key not in ("journal", "dir") and isinstance(value, str):
            setattr(options, key, text(value))
        elif isinstance(value, list):
            setattr(options, key, [text(word) for word in value])


# What other programs call a command of this one.
_ALIKE = {
    "search": "find", "grep": "find", "list": "find", "init": "new", "create": "new", "log": "add",
    "write": "add", "append": "add", "todos": "todo", "tasks": "todo", "task": "todo",
    "cat": "show", "print": "show", "view": "show", "read": "show", "learned": "learn",
    "learning": "learn", "lesson": "learn", "rating": "rate", "path": "where", "verify": "check",
    "doctor": "check", "rebuild": "check --rebuild", "reindex": "check --rebuild",
    "tag": "tags", "person": "people", "names": "people",
    "today": "today", "yesterday": "yesterday", "tomorrow": "tomorrow",
}  # fmt: skip


def _suggested(error: WhenError, words: list[str]) -> JournalError:
    """“journal serach x” names no day: perhaps a command was meant."""
    from difflib import get_close_matches

    from journal_tui.cli.commands import COMMANDS

    known = {name: name for name in COMMANDS if name} | _ALIKE
    close = get_close_matches(words[0].casefold(), known, n=1, cutoff=0.7) if words else []
    if not close:
        return WhenError(f"{error} For the commands, see: journal --help")
    return WhenError(f"There is no command “{words[0]}”. Did you mean: journal {known[close[0]]}?")
