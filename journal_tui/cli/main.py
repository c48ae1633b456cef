"""The command `journal`: which command is meant, and what its errors look like."""

import argparse
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

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing; `main` prints the sentence."""
        raise _Usage(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0, 1 (it did not work), 2 (asked wrongly), 130 (^C)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A journal holds every script; an ASCII terminal shows question marks, not a fault.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except (JournalError, _Usage) as error:
        return _complain(str(error), getattr(error, "exit_code", 2))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _complain(_fault(error), 1)


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
    return f"this is a fault in journal itself ({type(error).__name__}{where}). Your entries are as they were."


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
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--journal", metavar="DIR", default=folder, help="the journal's folder")
    command.arguments(parser)
    options = parser.parse_args(rest[1:] if name else rest)
    try:
        return command.run(options)
    except WhenError as error:
        raise _suggested(error, rest) if not name else error from None


def _suggested(error: WhenError, words: list[str]) -> WhenError:
    """“journal serach x” names no day: perhaps a command was meant."""
    from difflib import get_close_matches

    from journal_tui.cli.commands import COMMANDS

    close = get_close_matches(words[0], [name for name in COMMANDS if name], n=1) if words else []
    return WhenError(f"{error} Did you mean: journal {close[0]}?") if close else error
