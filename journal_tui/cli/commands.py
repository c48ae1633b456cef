"""What each command takes, and where the code is that does it."""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from journal_tui.cli import arguments


class Command(NamedTuple):
    """One command: how it is called, a line about it, examples, its arguments, what runs it."""

    usage: str
    about: str
    examples: tuple[str, ...]
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _from(room: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command of one of the modules beside this one, imported when it is run."""

    def run(options: argparse.Namespace) -> int:
        command: Callable[[argparse.Namespace], int]
        command = getattr(import_module(f"journal_tui.cli.{room}"), name)
        return command(options)

    return run


COMMANDS: dict[str, Command] = {
    "": Command(
        "[WHEN]",
        "Open a day's entry; in a pipe, print an overview.",
        ("journal", "journal yesterday", "journal last friday", "journal 2014-10-06"),
        arguments.when,
        _from("reading", "open_or_overview"),
    ),
    "new": Command(
        "DIR",
        "Make a journal in a folder.",
        ("journal new ~/journal", "journal new ~/journal --name 'A year of work' --count calendar"),
        arguments.new_arguments,
        _from("writing", "new"),
    ),
    "add": Command(
        "TEXT",
        "Add a paragraph to a day's entry.",
        (
            'journal add "Saw the depot; nobody owns the old machines."',
            "journal add - < minutes.txt",
        ),
        arguments.words("TEXT", "the paragraph; - reads standard input"),
        _from("writing", "add"),
    ),
    "learn": Command(
        "TEXT",
        "Add a learning point to a day's entry.",
        ('journal learn "Ask for the name of the owner" --on yesterday',),
        arguments.words("TEXT", "what you learned; - reads one point per line from standard input"),
        _from("writing", "learn"),
    ),
    "rate": Command(
        "N [REMARK]",
        "Rate a day from 0 to 10, with an optional remark.",
        ("journal rate 9 good day out except for the rain", "journal rate 6.5 --on friday"),
        arguments.rate_arguments,
        _from("writing", "rate"),
    ),
    "todo": Command(
        "[TEXT]",
        "Add a follow-up; without TEXT, list open ones.",
        (
            'journal todo "Send Colm the list" --due friday',
            "journal todo",
            'journal todo --done "Colm the list"',
        ),
        arguments.todo_arguments,
        _from("writing", "todo"),
    ),
    "show": Command(
        "[WHEN]",
        "Print a day's entry and its notes.",
        ("journal show", "journal show yesterday", "journal show 2014-10-06 --json"),
        arguments.when_json,
        _from("reading", "show"),
    ),
    "find": Command(
        "QUERY…",
        "Find learning points and entries from all years.",
        (
            "journal find vendor silence",
            "journal find rating:'>=8' '#site-visit' --sort best",
            "journal find '\"old machines\" OR scanner' since:2014 --markdown",
            "journal find -- -contract in:learning vendor",
        ),
        arguments.find_arguments,
        _from("finding", "find"),
    ),
    "tags": Command(
        "",
        "Count the tags, and point out similar spellings.",
        ("journal tags", "journal tags -n 20", "journal tags --by-name --json"),
        arguments.names_arguments,
        _from("names", "tags"),
    ),
    "people": Command(
        "",
        "Count the people, and point out similar spellings.",
        ("journal people", "journal people -n 20", "journal people --by-name --json"),
        arguments.names_arguments,
        _from("names", "people"),
    ),
    "history": Command(
        "[WHEN]",
        "List the saved versions of a day.",
        ("journal history", "journal history yesterday --version 2"),
        arguments.history_arguments,
        _from("versions", "history"),
    ),
    "restore": Command(
        "WHEN VERSION",
        "Restore a saved version of a day's entry.",
        ("journal restore yesterday 2",),
        arguments.restore_arguments,
        _from("versions", "restore"),
    ),
    "delete": Command(
        "WHEN",
        "Move a day's entry to the trash (kept for 30 days).",
        ("journal delete 2014-10-06", "journal delete friday --note 'Service review'"),
        arguments.delete_arguments,
        _from("versions", "delete"),
    ),
    "trash": Command(
        "",
        "List what was deleted or discarded, or bring it back.",
        ("journal trash", "journal trash --restore 1"),
        arguments.trash_arguments,
        _from("versions", "trash"),
    ),
    "conflicts": Command(
        "",
        "List, compare and merge conflict copies.",
        ("journal conflicts", "journal conflicts --show 1", "journal conflicts --take 1"),
        arguments.conflicts_arguments,
        _from("conflicts", "conflicts"),
    ),
    "convert": Command(
        "WHEN",
        "Convert a Latin-1 or UTF-16 entry to UTF-8.",
        ("journal convert 2014-10-06", "journal convert 2014-10-06 --from latin-1"),
        arguments.convert_arguments,
        _from("converting", "convert"),
    ),
    "where": Command(
        "",
        "Show where journal, index, drafts and settings are.",
        ("journal where",),
        arguments.nothing,
        _from("reading", "where"),
    ),
    "check": Command(
        "",
        "Check every entry for problems; --mend fixes some.",
        ("journal check", "journal check --rebuild", "journal check --mend"),
        arguments.check_arguments,
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
        "  --journal DIR            the journal's folder, before or after the command",
        "  --version, --help        see also: journal COMMAND --help, with examples",
        "",
        "WHEN is a day: yesterday, friday, last friday, -7, 3 mar, 2014-10-06, day 168.",
        "The journal is the one named by --journal or $JOURNAL, or the current folder (or",
        "one above it, or its entries/), or the one in your settings: see journal where.",
        "",
        "examples:",
        *(f"  {example}" for command in COMMANDS.values() for example in command.examples[:1]),
    ]
    return "\n".join(lines) + "\n"
