"""What each command takes, says and does."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.cli.output import Output, progress, tell
from journal_tui.errors import NoJournal, UsageError
from journal_tui.journal import Journal

if TYPE_CHECKING:
    from datetime import date

    from journal_tui.library.library import Saved

Options = argparse.Namespace


class Command(NamedTuple):
    """One command: a line about it, examples, its arguments, and the function that runs it."""

    about: str
    examples: tuple[str, ...]
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Options], int]


def open_journal(options: Options) -> Journal:
    """The journal that is meant. Raises NoJournal, SettingsError."""
    places = settings.places()
    environment = os.environ.get("JOURNAL")
    start = _here()
    try:
        root = journals.find_root(options.journal, start, environment, "")
    except NoJournal:
        if options.journal or environment:
            raise
        root = journals.find_root(None, start, None, settings.load(places.config).journal)
    return Journal(root, places)


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def _refreshed(journal: Journal) -> Journal:
    """The journal with its index brought up to date; a busy index is searched as it is."""
    from journal_tui.errors import IndexBusy

    try:
        journal.refresh(progress("Reading the journal"))
    except IndexBusy as error:
        tell(str(error))
    return journal


def _text(words: list[str], what: str) -> str:
    """The words of the command, or standard input for `-` or for none in a pipe."""
    if words == ["-"] or (not words and not sys.stdin.isatty()):
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if not words:
        raise UsageError(f"Say {what}, or give it on standard input.")
    return " ".join(words)


def _day(journal: Journal, words: str | list[str] | None) -> "date":
    if isinstance(words, list):
        words = " ".join(words)
    return journal.day(words) if words else journal.today()


# -- writing --------------------------------------------------------------------------------


def _saved(journal: Journal, day: "date", done: str, *results: "Saved") -> int:
    from journal_tui.entry.template import long_date

    print(f"{done} {long_date(day)}.")
    for saved in results:
        if saved.beside:
            tell(f"The entry had changed meanwhile; your text is in {saved.beside}.")
        if saved.warning:
            tell(saved.warning)
    return 0


def _add(options: Options) -> int:
    from journal_tui.entry.changes import add_prose

    journal = open_journal(options)
    day = _day(journal, options.on)
    text = _text(options.text, "what to add")
    saved = journal.change(day, lambda entry: add_prose(entry, text))
    return _saved(journal, day, "Added to", saved)


def _learn(options: Options) -> int:
    from journal_tui.entry.changes import add_point

    journal = open_journal(options)
    day = _day(journal, options.on)
    text = _text(options.text, "what you learned")
    lines = text.splitlines() if options.text in ([], ["-"]) else [text]
    points = [line.strip().removeprefix("- ").strip() for line in lines if line.strip()]
    if not points:
        raise UsageError("There is no learning point to add.")
    saved = [journal.change(day, lambda entry, p=point: add_point(entry, p)) for point in points]  # type: ignore[misc]
    return _saved(
        journal,
        day,
        "Learning point added to"
        if len(points) == 1
        else f"{len(points)} learning points added to",
        *saved,
    )


def _todo(options: Options) -> int:
    if not options.text and sys.stdin.isatty():
        return _open_follow_ups(_refreshed(open_journal(options)), Output())
    from journal_tui.entry.changes import add_task

    journal = open_journal(options)
    day = _day(journal, options.on)
    text = _text(options.text, "what to follow up")
    due = journal.day(options.due) if options.due else None
    saved = journal.change(day, lambda entry: add_task(entry, text, due))
    return _saved(journal, day, "Follow-up added to", saved)


def _open_follow_ups(journal: Journal, out: Output) -> int:
    found = [
        (due or "9999", str(day), text)
        for day, record in journal.index.newest()
        for text, _, done, due in record["tasks"]
        if not done
    ]
    for due, day, text in sorted(found):
        out.line(f"{'due ' + due if due != '9999' else '':14}  {text}  ({day})")
    if not found:
        out.line('No follow-up is open. Add one with: journal todo "Ask Colm …" --due friday')
    return 0


def _rate(options: Options) -> int:
    from journal_tui.entry import rating
    from journal_tui.entry.changes import rate

    journal = open_journal(options)
    day = _day(journal, options.on)
    words = " ".join([options.value, *options.remark])
    parsed = rating.parse(words)
    if parsed is None or parsed.value is None:
        raise UsageError(
            f"A rating is a number from 0 to 10, such as 7.5: “{options.value}” is not."
        )
    value, remark = parsed.value, parsed.remark
    saved = journal.change(day, lambda entry: rate(entry, value, remark or None))
    return _saved(journal, day, f"{rating.canonical(value, remark)}:", saved)


def _new(options: Options) -> int:
    from datetime import datetime

    root = Path(options.dir).expanduser()
    journals.create(root, datetime.now().date(), options.name or "", options.count)
    print(f"Made a journal in {root}. Open it with: journal --journal {root}")
    places = settings.places()
    if not settings.load(places.config).journal:
        settings.remember(places.config, "journal", str(root.resolve()))
        print("From now on, journal alone opens it from anywhere.")
    return 0


# -- the table ------------------------------------------------------------------------------


def _on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="WHEN", help="the day: yesterday, friday, -3, 2014-10-06 …")


def _words(name: str, help: str) -> Callable[[argparse.ArgumentParser], None]:
    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("text", metavar=name, nargs="*", help=help)
        _on(parser)

    return arguments


def _todo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text", metavar="TEXT", nargs="*", help="what to do; none lists what is open"
    )
    parser.add_argument("--due", metavar="WHEN", help="until when: friday, +7, 2014-10-13 …")
    _on(parser)


def _rate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("value", metavar="N", help="0 to 10, halves allowed")
    parser.add_argument("remark", metavar="REMARK", nargs="*", help="why")
    _on(parser)


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", metavar="DIR", help="the folder to make, or one to make a journal")
    parser.add_argument("--name", help="what the journal is called (default: the folder's name)")
    counts = ("workdays", "calendar", "entries", "none")
    parser.add_argument("--count", choices=counts, default="workdays", help="how days are numbered")


def _when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "when", metavar="WHEN", nargs="*", help="yesterday, last friday, 3 mar, -7, day 168 …"
    )


def _when_json(parser: argparse.ArgumentParser) -> None:
    _when(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", metavar="WORDS", nargs="+", help='words, "phrases", #tags, @people'
    )
    parser.add_argument(
        "--in",
        dest="where",
        choices=("learning", "entries"),
        help="only learning points, or whole entries",
    )
    parser.add_argument(
        "-n",
        dest="limit",
        metavar="N",
        type=_count,
        default=50,
        help="at most N rows (50; 0 for all)",
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("N is 0 or more")
    return number


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="make the search index anew first")


def _nothing(parser: argparse.ArgumentParser) -> None:
    """A command without arguments of its own."""


def _reader(name: str) -> Callable[[Options], int]:
    """A command that lives with those that read, imported when it is run."""

    def run(options: Options) -> int:
        from journal_tui.cli import reading

        command: Callable[[Options], int] = getattr(reading, name)
        return command(options)

    return run


COMMANDS: dict[str, Command] = {
    "": Command(
        "Write a day's entry; without a terminal, an overview of the journal.",
        ("journal", "journal yesterday", "journal last friday", "journal 2014-10-06"),
        _when,
        _reader("open_or_overview"),
    ),
    "new": Command(
        "Make a journal in a folder.",
        ("journal new ~/journal", "journal new ~/journal --name 'A year of work' --count calendar"),
        _new_arguments,
        _new,
    ),
    "add": Command(
        "Add a paragraph to a day's entry.",
        ('journal add "Saw the depot; nobody owns the old machines."', "pbpaste | journal add -"),
        _words("TEXT", "the paragraph; - reads standard input"),
        _add,
    ),
    "learn": Command(
        "Add a learning point to a day's entry.",
        ('journal learn "Ask for the name of the owner" --on yesterday',),
        _words("TEXT", "what was learned; - reads one point a line from standard input"),
        _learn,
    ),
    "rate": Command(
        "Rate a day from 0 to 10, with a remark.",
        ("journal rate 9 good day out except for the rain", "journal rate 6.5 --on friday"),
        _rate_arguments,
        _rate,
    ),
    "todo": Command(
        "Add a follow-up to a day's entry; alone, list what is open.",
        ('journal todo "Send Colm the list" --due friday', "journal todo"),
        _todo_arguments,
        _todo,
    ),
    "show": Command(
        "Print a day's entry.",
        ("journal show", "journal show yesterday", "journal show 2014-10-06 --json"),
        _when_json,
        _reader("show"),
    ),
    "find": Command(
        "Find learning points and entries by their words, newest first.",
        (
            "journal find vendor silence",
            "journal find '\"old machines\"' --in entries",
            "journal find '#hiring' --json",
        ),
        _find_arguments,
        _reader("find"),
    ),
    "where": Command(
        "Say where the journal, its index and the settings are.",
        ("journal where",),
        _nothing,
        _reader("where"),
    ),
    "check": Command(
        "Read every entry and tell what is off; nothing is changed.",
        ("journal check", "journal check --rebuild"),
        _check_arguments,
        _reader("check"),
    ),
}


def overview_of_commands() -> str:
    """The text of `journal --help`."""
    lines = ["journal: write down what each working day taught you, and find it again.", ""]
    usage = {
        "": "[WHEN]",
        "new": "DIR",
        "rate": "N [REMARK]",
        "show": "[WHEN]",
        "find": "WORDS…",
        "where": "",
        "check": "",
    }
    for name, command in COMMANDS.items():
        call = f"journal {name} {usage.get(name, 'TEXT')}".replace("  ", " ").rstrip()
        lines.append(f"  {call:26} {command.about}")
    lines += [
        "",
        "  --journal DIR              the journal's folder, before or behind the command",
        "  --version, --help          also: journal COMMAND --help, with examples",
        "",
        "The journal is the folder of --journal, of $JOURNAL, the one you stand in (or above,",
        "or entries/ below), or the one of your settings: journal where tells which.",
        "",
        "examples:",
        *(f"  {example}" for command in COMMANDS.values() for example in command.examples[:1]),
    ]
    return "\n".join(lines) + "\n"
