"""What each command takes, and where the code is that does it."""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple


class Command(NamedTuple):
    """One command: how it is called, a line about it, examples, its arguments, what runs it."""

    usage: str
    about: str
    examples: tuple[str, ...]
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _from(room: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command of `cli/reading.py` or `cli/writing.py`, imported when it is run."""

    def run(options: argparse.Namespace) -> int:
        command: Callable[[argparse.Namespace], int]
        command = getattr(import_module(f"journal_tui.cli.{room}"), name)
        return command(options)

    return run


# -- arguments ------------------------------------------------------------------------------


def _on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="WHEN", help="the day: yesterday, friday, -3, 2014-10-06 …")


def _words(name: str, help: str) -> Callable[[argparse.ArgumentParser], None]:
    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("text", metavar=name, nargs="*", help=help)
        _on(parser)

    return arguments


def _todo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help="what to do; - reads standard input; none lists what is open",
    )
    parser.add_argument("--due", metavar="WHEN", help="until when: friday, +7, 2014-10-13 …")
    _on(parser)


def _rate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("value", metavar="N", help="0 to 10, such as 7.5")
    parser.add_argument("remark", metavar="REMARK", nargs="*", help="why; - reads standard input")
    _on(parser)


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    from journal_tui.library.config import COUNTS

    parser.add_argument("dir", metavar="DIR", help="the folder to make, or one to make a journal")
    parser.add_argument("--name", help="what the journal is called (default: the folder's name)")
    parser.add_argument("--count", choices=COUNTS, default="workdays", help="how days are numbered")


def _when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "when", metavar="WHEN", nargs="*", help="yesterday, last friday, 3 mar, -7, day 168 …"
    )


def _when_json(parser: argparse.ArgumentParser) -> None:
    _when(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="QUERY", nargs="+", help="what to find, as said below")
    parser.add_argument(
        "--in",
        dest="where",
        choices=("learning", "feedback", "follow-ups", "title", "remark", "prose", "entries"),
        help="only there; entries: a row for each whole entry",
    )
    parser.add_argument(
        "--sort", choices=("newest", "best"), default="newest", help="which come first (newest)"
    )
    parser.add_argument("--by-day", action="store_true", help="one row a day")
    parser.add_argument(
        "-n",
        dest="limit",
        metavar="N",
        type=_count,
        default=50,
        help="at most N rows (50; 0 for all)",
    )
    parser.add_argument(
        "-C", dest="context", metavar="N", type=_count, default=0, help="N lines around each"
    )
    forms = parser.add_mutually_exclusive_group()
    for form, about in (
        ("json", "as JSON, for other programs"),
        ("markdown", "as a Markdown list"),
        ("csv", "as a table for spreadsheets"),
        ("paths", "the files alone"),
    ):
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form, help=about)
    parser.set_defaults(form="rows")
    from journal_tui.query.grammar import LANGUAGE

    parser.epilog = f"the query:\n{LANGUAGE}\n\n{parser.epilog}"
    parser.add_argument("--explain", action="store_true", help="say how the query was understood")


def _names_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by-name", action="store_true", help="from a to z, not by use")
    parser.add_argument(
        "-n", dest="limit", metavar="N", type=_count, default=0, help="at most N rows (all)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError("N is a whole number, 0 or more")
    return int(text)


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="make the search index anew first")


def _nothing(parser: argparse.ArgumentParser) -> None:
    """A command without arguments of its own."""


# -- the table ------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "": Command(
        "[WHEN]",
        "Open a day's entry to write; in a pipe, an overview.",
        ("journal", "journal yesterday", "journal last friday", "journal 2014-10-06"),
        _when,
        _from("reading", "open_or_overview"),
    ),
    "new": Command(
        "DIR",
        "Make a journal in a folder.",
        ("journal new ~/journal", "journal new ~/journal --name 'A year of work' --count calendar"),
        _new_arguments,
        _from("writing", "new"),
    ),
    "add": Command(
        "TEXT",
        "Add a paragraph to a day's entry.",
        (
            'journal add "Saw the depot; nobody owns the old machines."',
            "journal add - < minutes.txt",
        ),
        _words("TEXT", "the paragraph; - reads standard input"),
        _from("writing", "add"),
    ),
    "learn": Command(
        "TEXT",
        "Add a learning point to a day's entry.",
        ('journal learn "Ask for the name of the owner" --on yesterday',),
        _words("TEXT", "what was learned; - reads one point a line from standard input"),
        _from("writing", "learn"),
    ),
    "rate": Command(
        "N [REMARK]",
        "Rate a day from 0 to 10, with a remark.",
        ("journal rate 9 good day out except for the rain", "journal rate 6.5 --on friday"),
        _rate_arguments,
        _from("writing", "rate"),
    ),
    "todo": Command(
        "[TEXT]",
        "Add a follow-up; without TEXT, list what is open.",
        ('journal todo "Send Colm the list" --due friday', "journal todo"),
        _todo_arguments,
        _from("writing", "todo"),
    ),
    "show": Command(
        "[WHEN]",
        "Print a day's entry and its notes.",
        ("journal show", "journal show yesterday", "journal show 2014-10-06 --json"),
        _when_json,
        _from("reading", "show"),
    ),
    "find": Command(
        "QUERY…",
        "Find learning points and entries in all years.",
        (
            "journal find vendor silence",
            "journal find rating:'>=8' '#site-visit' --sort best",
            "journal find '\"old machines\" OR scanner' since:2014 --markdown",
            "journal find -- -contract in:learning vendor",
        ),
        _find_arguments,
        _from("finding", "find"),
    ),
    "tags": Command(
        "",
        "Count the tags, and point out similar spellings.",
        ("journal tags", "journal tags -n 20", "journal tags --by-name --json"),
        _names_arguments,
        _from("names", "tags"),
    ),
    "people": Command(
        "",
        "Count the people, and point out similar spellings.",
        ("journal people", "journal people -n 20", "journal people --by-name --json"),
        _names_arguments,
        _from("names", "people"),
    ),
    "where": Command(
        "",
        "Say where journal, index, drafts and settings are.",
        ("journal where",),
        _nothing,
        _from("reading", "where"),
    ),
    "check": Command(
        "",
        "Read every entry, change none, tell what is off.",
        ("journal check", "journal check --rebuild"),
        _check_arguments,
        _from("reading", "check"),
    ),
}


def overview_of_commands() -> str:
    """The text of `journal --help`."""
    lines = ["journal: write down what each working day taught you, and find it again.", ""]
    for name, command in COMMANDS.items():
        call = f"journal {name} {command.usage}".replace("  ", " ").rstrip()
        lines.append(f"  {call:24} {command.about}")
    lines += [
        "",
        "  --journal DIR            the journal's folder, before or behind the command",
        "  --version, --help        also: journal COMMAND --help, with examples",
        "",
        "WHEN is a day: yesterday, friday, last friday, -7, 3 mar, 2014-10-06, day 168.",
        "The journal is the folder of --journal, of $JOURNAL, the one you stand in (or",
        "above, or entries/ below), or that of your settings: journal where tells which.",
        "",
        "examples:",
        *(f"  {example}" for command in COMMANDS.values() for example in command.examples[:1]),
    ]
    return "\n".join(lines) + "\n"
