"""The entry point of `journal`: find and run the command, and print its errors."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from journal_tui.errors import JournalError, WhenError

if TYPE_CHECKING:
    from journal_tui.cli.commands import Verb


class _ArgumentError(Exception):
    """The arguments of a command are wrong."""

    exit_code = 2


# Arguments that the commands themselves check: each has a better message for an empty one.
_CHECKED_BY_COMMANDS = {"N", "TEXT", "WORDS", "REMARK", "VALUE", "TOPIC", "OLD NEW"}


class Parser(argparse.ArgumentParser):
    """An argparse parser that reports an error as a sentence with advice, without the usage."""

    call = advice = shell_advice = ""
    # From Python 3.14 on, argparse colours the help if this is true, unlike all other output here.
    color: bool

    def describe(self, command: "Verb", words: Sequence[str]) -> None:
        """Set the advice in errors to that of a command, called with these words."""
        self.call, self.advice = command.call, command.advice
        known = self._option_string_actions
        options = (word.partition("=")[0] for word in words if word.startswith("-"))
        is_understood = all(option in known or option == "--" for option in options)
        self.shell_advice = command.shell_advice if is_understood else ""

    def refuse(self, given: Sequence[str], extra: Sequence[str]) -> NoReturn:
        """Raise the error that `extra` of the given words can't be used, and say what was meant."""
        self.error(self._meant(given, extra) or f"unrecognized arguments: {' '.join(extra)}")

    def refuse_date(self, given: Sequence[str]) -> None:
        """Raise an error if a date among the given words has several words without quotes.

        From Python 3.12 on, the words after a date can be taken as other arguments.
        """
        if (meant := self._meant(given, given)).startswith("put quotes around the date"):
            self.error(meant)

    def refuse_empty(self, options: argparse.Namespace) -> None:
        """Raise an error for an empty value that would count as not given.

        It is probably an unset variable in a script: `journal delete "$day" --note "$title"` must not
        delete today's entry instead of a note.
        """
        for action in self._actions:
            given, name = getattr(options, action.dest, None), action.metavar
            words = given if isinstance(given, list) else [given]
            is_empty = words and all(isinstance(it, str) and not it.strip() for it in words)
            if (
                not is_empty
                or given == action.default
                or name in _CHECKED_BY_COMMANDS
                or action.nargs == "+"
            ):
                continue
            if not action.option_strings:
                self.error(f"{name} is empty. Write: {self.call}")
            if action.nargs is None:
                option = action.option_strings[-1]
                self.error(f"{option} is empty. Give it a value, or leave it out")

    def are_arguments(self, given: Sequence[str], extra: Sequence[str]) -> bool:
        """Return whether `extra` are plainly arguments that come after an option: `note X --on friday "words"`."""
        if not extra or any(word.startswith("-") and word != "-" for word in extra):
            return False
        # Words with a space were in quotes, so they don't belong to the value before them.
        is_quoted = any(character.isspace() for character in extra[0])
        return extra[0] == "-" or is_quoted or self._meant(given, extra).startswith("put “")

    def _meant(self, given: Sequence[str], extra: Sequence[str]) -> str:
        """Return advice on how to write the given words, of which `extra` can't be used; "" if unknown."""
        for at, word in enumerate(given):
            option, has_value, value = word.partition("=")
            action = self._option_string_actions.get(option)
            rest = list(given[at + 1 :])
            if action is None or action.nargs is not None or action.type or action.choices:
                continue
            if not has_value and rest:
                value = rest.pop(0)
            rest = list(takewhile(lambda word: not word.startswith("-"), rest))
            if not rest or rest[0] not in extra:
                continue
            is_date = action.metavar == "WHEN"
            # A path is assumed to have no blanks: the words after it are meant for another argument.
            for count in range(0 if action.metavar == "PATH" else len(rest), 0, -1):
                words = " ".join((value, *rest[:count]))
                if not is_date or _is_date(words):
                    date = "the date" if is_date else "the words"
                    return f'put quotes around {date}: {option} "{words}"'
            return f"put “{' '.join(rest)}” before {option}"
        return ""

    def error(self, message: str) -> NoReturn:
        """Raise the error as a sentence, which `main` prints."""
        _, _, names = message.partition("are required: ")
        if names:
            message = f"{names.split(',')[0]} is missing. Write: {self.call}"
        advice = (self.shell_advice if names else "") or self.advice
        if advice and ("unrecognized" in message or names):
            message = f"{message.removesuffix('…')}. {advice}"
        message = message.removesuffix("…")
        raise _ArgumentError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def _is_date(words: str) -> bool:
    """Return whether words are meant as a date, even one that doesn't exist."""
    from datetime import date

    from journal_tui.period import NotADay, parse_due, parse_period

    for read in (parse_period, parse_due):
        try:
            read(words, date.today())
        except NotADay:
            continue
        except WhenError:
            pass
        return True
    first, _, number = words.partition(" ")
    return first.casefold() == "day" and number.isdigit()


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """A formatter as wide as the terminal; argparse's own way imports shutil on every start."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ["COLUMNS"])
        except (KeyError, ValueError):
            try:
                columns = os.get_terminal_size().columns
            except (OSError, ValueError):
                columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Return the description or the examples as they are, or broken between words if narrow."""
        if max(map(len, text.splitlines())) <= width + 2:
            return super()._fill_text(text, width, indent)
        import re

        from journal_tui.cli.line_breaks import break_lines

        lines: list[str] = []
        for line in text.splitlines():
            # A broken line continues below its last column.
            gaps = [found.end() for found in re.finditer(" {2,}", line)]
            lines += break_lines(line, width + 2, max(gaps, default=0))
        return "".join(f"{line}\n" for line in lines)


def console() -> NoReturn:
    """Run `main` and end the process at once.

    Python's clean-up of the index would take a large part of the time of a search.
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
    """Run a command and return its exit code.

    The code is 0 for success, 1 for failure, 2 for wrong usage and 130 for ctrl+c.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    try:
        try:
            code = _run(given)
        except SystemExit as done:
            # argparse exits after --help.
            code = int(done.code or 0)
        sys.stdout.flush()
        return code
    except (JournalError, _ArgumentError) as error:
        return _print_error(str(error), error.exit_code)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _discard_output()
        return 0
    except OSError as error:
        if error.filename is not None:
            return _print_error(_unexpected_error_message(error), 1)
        _discard_output()
        return _print_error(f"The output could not be written: {error.strerror}.", 1)
    except Exception as error:
        return _print_error(_unexpected_error_message(error), 1)


def _prepare_streams() -> None:
    """Set up the standard streams so that printing any text never fails."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        # A stream that the caller has closed is None.
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # An ASCII terminal shows question marks for other scripts instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _discard_output() -> None:
    """Discard output that is still buffered, which would cause an error at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_error(sentence: str, code: int) -> int:
    from journal_tui.cli.output import tell

    try:
        tell(f"journal: {sentence}")
    except OSError:
        pass
    return code


def _unexpected_error_message(error: Exception) -> str:
    """Return the message for an unexpected error: its place, without values from entries."""
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
        from journal_tui import guide

        # A page of the guide with the same name also describes the command.
        if rest[1] not in [topic.name for topic in guide.TOPICS]:
            rest = [rest[1], "--help"]
    if rest and rest[0] in ("-h", "--help"):
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
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
    )
    parser.color = False
    parser.add_argument("--journal", metavar="DIR", default=folder, help="the journal's folder")
    command.add_arguments(parser)
    words = rest[1:] if name else rest
    parser.describe(command, words)
    options, extra = parser.parse_known_args(words)
    if parser.are_arguments(words, extra):
        # After options, as in: note "Service review" --on friday "They like the new scanner."
        mixed, left = parser.parse_known_intermixed_args(words)
        if not left:
            options, extra = mixed, left
    if extra:
        parser.refuse(words, extra)
    parser.refuse_empty(options)
    _as_utf8(options)
    try:
        return command.run(options)
    except WhenError as error:
        if not name:
            raise _with_suggestion(error, options.when) from None
        parser.refuse_date(words)
        raise


# The options that name files or folders: the locale's encoding decides how these are spelt.
_PATHS = ("journal", "dir", "path", "into", "output", "read_register")


def _as_utf8(options: argparse.Namespace) -> None:
    """Read all arguments except paths as UTF-8, whatever the locale's encoding."""
    if sys.getfilesystemencoding().lower().startswith("utf"):
        return

    def text(value: object) -> object:
        # --keep has numbers.
        if not isinstance(value, str):
            return value
        return os.fsencode(value).decode("utf-8", "surrogateescape")

    for key, value in vars(options).items():
        if key not in _PATHS:
            setattr(options, key, [*map(text, value)] if isinstance(value, list) else text(value))


# Words that may be mistyped besides the commands and their aliases.
_SYNONYMS = {word: word for word in ("today", "yesterday", "tomorrow")} | dict.fromkeys(
    ("rebuild", "reindex"), "check --rebuild"
)


def _with_suggestion(error: WhenError, words: list[str]) -> JournalError:
    """Return the error with a suggestion, if a word such as “serach” may be a mistyped command."""
    from difflib import get_close_matches

    from journal_tui.cli.commands import COMMANDS

    known = {name: name for name in COMMANDS if name} | _SYNONYMS
    known |= {alias: name for name, command in COMMANDS.items() for alias in command.aliases}
    close = get_close_matches(words[0].casefold(), known, n=1, cutoff=0.7) if words else []
    if not close:
        return WhenError(f"{error} For the commands, see: journal --help")
    return WhenError(f"There is no command “{words[0]}”. Did you mean “journal {known[close[0]]}”?")
