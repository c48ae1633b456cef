"""The arguments of each command."""

import argparse
from collections.abc import Callable


def on(parser: argparse.ArgumentParser) -> None:
    """Which day is written to."""
    parser.add_argument("--on", metavar="WHEN", help="the day: yesterday, friday, -3, 2014-10-06 …")


def words(name: str, help: str) -> Callable[[argparse.ArgumentParser], None]:
    """A text of some words, and which day."""

    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("text", metavar=name, nargs="*", help=help)
        on(parser)

    return arguments


def todo_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal todo` takes."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help="what to do (- reads standard input); without it, list open follow-ups",
    )
    parser.add_argument("--due", metavar="WHEN", help="when it is due: friday, +7, 2014-10-13 …")
    parser.add_argument(
        "--done", action="store_true", help="tick the open follow-up that contains TEXT"
    )
    on(parser)


def rate_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal rate` takes."""
    parser.add_argument("value", metavar="N", help="0 to 10, such as 7.5")
    parser.add_argument("remark", metavar="REMARK", nargs="*", help="why; - reads standard input")
    on(parser)


def new_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal new` takes."""
    from journal_tui.library.config import COUNTS

    parser.add_argument("dir", metavar="DIR", help="the folder for the journal, new or existing")
    parser.add_argument("--name", help="the journal's name (default: the folder's name)")
    parser.add_argument("--count", choices=COUNTS, default="workdays", help="how days are numbered")


def when(parser: argparse.ArgumentParser) -> None:
    """Which day is meant."""
    parser.add_argument(
        "when", metavar="WHEN", nargs="*", help="yesterday, last friday, 3 mar, -7, day 168 …"
    )


def when_json(parser: argparse.ArgumentParser) -> None:
    """Which day is meant, and whether it is printed as JSON."""
    when(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def find_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal find` takes."""
    parser.add_argument(
        "words", metavar="QUERY", nargs="+", help="what to find, as described below"
    )
    parser.add_argument(
        "--in",
        dest="where",
        choices=("learning", "feedback", "follow-ups", "title", "remark", "prose", "entries"),
        help="search only this part; entries lists whole entries",
    )
    parser.add_argument(
        "--sort",
        choices=("newest", "best"),
        default="newest",
        help="which results come first (default: newest)",
    )
    parser.add_argument("--by-day", action="store_true", help="one row for each day")
    parser.add_argument(
        "-n",
        dest="limit",
        metavar="N",
        type=count,
        default=50,
        help="at most N rows (default: 50; 0 for all)",
    )
    parser.add_argument(
        "-C",
        dest="context",
        metavar="N",
        type=count,
        default=0,
        help="show N lines around each result",
    )
    forms = parser.add_mutually_exclusive_group()
    for form, about in (
        ("json", "as JSON, for other programs"),
        ("markdown", "as a Markdown list"),
        ("csv", "as a table for spreadsheets"),
        ("paths", "only the paths of the files"),
    ):
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form, help=about)
    parser.set_defaults(form="rows")
    from journal_tui.query.grammar import LANGUAGE

    parser.epilog = f"the query:\n{LANGUAGE}\n\n{parser.epilog}"
    parser.add_argument("--explain", action="store_true", help="show how the query was understood")


def names_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal names` takes."""
    parser.add_argument("--by-name", action="store_true", help="sort by name instead of by use")
    parser.add_argument(
        "-n", dest="limit", metavar="N", type=count, default=0, help="at most N rows (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def count(text: str) -> int:
    """A whole number, 0 or more. Raises argparse's error for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError("N must be a whole number, 0 or more")
    return int(text)


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal check` takes."""
    parser.add_argument("--rebuild", action="store_true", help="rebuild the search index first")
    parser.add_argument(
        "--mend",
        action="store_true",
        help="mend what can be mended: files that others can read, interrupted saves, identical copies",
    )


def note(parser: argparse.ArgumentParser) -> None:
    """A note of the day instead of its entry."""
    parser.add_argument("--note", metavar="TITLE", help="a note of that day instead of its entry")


def history_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal history` takes."""
    when(parser)
    note(parser)
    parser.add_argument(
        "--version", metavar="N", type=count, help="print this version; 1 is the newest"
    )


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal restore` takes."""
    parser.add_argument(
        "when",
        metavar="WHEN VERSION",
        nargs="+",
        help="the day, then the version's number from journal history",
    )
    note(parser)


def delete_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal delete` takes."""
    parser.add_argument("when", metavar="WHEN", nargs="+", help="the day: yesterday, 2014-10-06 …")
    note(parser)


def convert_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal convert` takes."""
    from journal_tui.library.encodings import ENCODINGS

    parser.add_argument("when", metavar="WHEN", nargs="+", help="the day: yesterday, 2014-10-06 …")
    note(parser)
    parser.add_argument(
        "--from",
        dest="encoding",
        choices=ENCODINGS,
        help="the encoding of the file (default: detect it)",
    )


def trash_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal trash` takes."""
    parser.add_argument("--restore", metavar="N", type=count, help="bring this one back")


def conflicts_arguments(parser: argparse.ArgumentParser) -> None:
    """What `journal conflicts` takes."""
    forms = parser.add_mutually_exclusive_group()
    for form, about in (
        ("show", "print how this copy differs from the entry"),
        ("take", "merge the copy's lines into the entry"),
        ("keep", "replace the entry with the copy; its earlier text goes to its history"),
        ("drop", "move the copy to the trash"),
    ):
        forms.add_argument(f"--{form}", metavar="N", type=count, help=about)


def nothing(parser: argparse.ArgumentParser) -> None:
    """A command without arguments of its own."""
