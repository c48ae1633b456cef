"""The commands of `journal`: one declaration each, from which parsing, help and dispatch come."""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

Options = argparse.Namespace
Argument = Callable[[Any], object]
"""A function that adds an argument to a parser, or to a group of arguments."""


class Verb(NamedTuple):
    """A command: its name, its arguments in words, a line about it, examples, and its function.

    `aliases` are names used by other programs, for which this command is suggested. `advice` is
    added to the error if its arguments aren't understood; `shell_advice` instead if one is missing,
    since a shell may have taken it for a comment. If a command `is_common`, its first example is at
    the end of `journal --help`.
    """

    name: str
    usage: str
    about: str
    examples: tuple[str, ...]
    run: Callable[[Options], int]
    arguments: tuple[Argument, ...] = ()
    aliases: tuple[str, ...] = ()
    advice: str = ""
    shell_advice: str = ""
    is_common: bool = False

    @property
    def call(self) -> str:
        """The command as it is typed: `journal rate N [REMARK]`."""
        return " ".join(f"journal {self.name} {self.usage}".split())

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments to a parser."""
        for add in self.arguments:
            add(parser)


def argument(*names: str, **settings: Any) -> Argument:
    """Return an argument, from the parameters of argparse's `add_argument`."""
    return lambda parser: parser.add_argument(*names, **settings)


def one_of(*arguments: Argument) -> Argument:
    """Return an argument that adds several, of which only one can be given."""

    def add_to(parser: argparse.ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        for add in arguments:
            add(group)

    return add_to


def function(module: str, name: str) -> Callable[[Options], int]:
    """Return a function that imports a module of this package when it is called, and calls `name` in it."""

    def run(options: Options) -> int:
        command: Callable[[Options], int]
        command = getattr(import_module(f"journal_tui.cli.{module}"), name)
        return command(options)

    return run


def whole_number(text: str) -> int:
    """Return a whole number, 0 or more. Raise argparse's error for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError("N must be a whole number, 0 or more")
    return int(text)


def help(options: Options) -> int:
    """Print a page of the guide, or list the topics."""
    from journal_tui import guide
    from journal_tui.cli.output import Output

    output = Output()
    if options.topic:
        name = guide.topic(" ".join(options.topic)).name
        if output.is_terminal:
            from journal_tui.cli.page_text import page_lines

            for line in page_lines(guide.markdown(name), output.width):
                print(output.styled(line.text, line.styles))
        else:
            output.text(guide.plain(name))
        return 0
    output.line("The guide. To read a page: journal help TOPIC")
    output.line()
    for topic in guide.TOPICS:
        output.line(f"  {topic.name:20}{topic.about}")
    output.line()
    output.line("For all commands: journal --help. For one: journal help COMMAND.")
    return 0


def _count(parser: argparse.ArgumentParser) -> None:
    from journal_tui.journal import COUNTS

    parser.add_argument("--count", choices=COUNTS, default="workdays", help="how days are numbered")


def _encoding(parser: argparse.ArgumentParser) -> None:
    from journal_tui.journal import ENCODINGS

    about = "the encoding of the file (default: detect it)"
    parser.add_argument("--from", dest="encoding", choices=ENCODINGS, help=about)


def _query_language(parser: argparse.ArgumentParser) -> None:
    from journal_tui.query.parser import language

    parser.epilog = f"the query:\n{language()}\n\n{parser.epilog}"


def _form(name: str, about: str) -> Argument:
    """Return an option that sets the form of the output."""
    return argument(
        f"--{name}", dest="form", action="store_const", const=name, default="rows", help=about
    )


def _verdict(said: str, about: str) -> Argument:
    """Return the option that gives the verdict `said`, such as “still true”, on the returning point."""
    name = f"--{said.replace(' ', '-')}"
    return argument(name, dest="verdict", action="store_const", const=said, help=about)


ON = argument("--on", metavar="WHEN", help="the day: yesterday, friday, -3, 2014-10-06 …")
WHEN = argument(
    "when",
    metavar="WHEN",
    nargs="*",
    help="yesterday, last friday, 3 mar, -7, day 168, last week …",
)
A_DAY = argument("when", metavar="WHEN", nargs="+", help="the day: yesterday, 2014-10-06 …")
NOTE = argument(
    "--note", metavar="TITLE", help="the note of that day with this title, not its entry"
)
JSON = argument("--json", action="store_true", help="print JSON, for other programs")
NAME_ARGUMENTS = (
    argument(
        "name",
        metavar="NAME",
        nargs="*",
        help="show everything about NAME, by date; without it, list all",
    ),
    argument("--by-name", action="store_true", help="sort by name (default: most used first)"),
    argument(
        "-n",
        dest="limit",
        metavar="N",
        type=whole_number,
        help="show at most N (default: the whole list, or 50 passages about NAME)",
    ),
    JSON,
)

_ALL = (
    Verb(
        "", "[WHEN]", "Open a day's entry; in a pipe, print an overview.",
        ("journal", "journal yesterday", "journal last friday", "journal 2014-10-06", "journal last week"),
        function("read_commands", "open_or_overview"),
        (WHEN,),
        is_common=True,
    ),
    Verb(
        "new", "DIR", "Make a journal in a folder.",
        (
            "journal new ~/journal",
            "journal new ~/journal --name 'A year of work' --count calendar",
            "journal new ~/Obsidian --dry-run",
        ),
        function("maintenance", "new"),
        (
            argument("dir", metavar="DIR", help="the folder for the journal, new or existing"),
            argument("--name", help="the journal's name (default: the folder's name)"),
            _count,
            argument(
                "--dry-run", action="store_true", help="only list what is in the folder; write nothing"
            ),
            argument(
                "--default", action="store_true", help="open it from any folder from now on, instead of another journal"
            ),
            argument("--yes", action="store_true", help="do not ask whether to use a folder with files"),
        ),
        aliases=("init", "create"),
    ),
    Verb(
        "where", "", "Show where journal, index, drafts and settings are.",
        ("journal where",),
        function("maintenance", "where"), aliases=("path",),
    ),
    Verb(
        "settings", "[NAME [VALUE]]", "List the settings, print one, or set one.",
        (
            "journal settings", "journal settings day-ends 04:00", "journal settings theme nord",
            'journal settings sections.learning "Lessons, Learning points"', "journal settings keys.today f11",
            "journal settings templates.day - < day.md", "journal settings theme --default",
        ),
        function("settings", "settings"),
        (
            argument(
                "name", metavar="NAME", nargs="?",
                help="a setting from the list; without VALUE, print its value",
            ),
            argument("value", metavar="VALUE", nargs="*", help="what to set it to; - reads standard input"),
            argument("--default", action="store_true", help="remove it from its file, so that its default applies"),
            JSON,
        ),
        aliases=("config", "set", "preferences", "options"),
    ),
    Verb(
        "import", "PATH", "Bring days from a blog, Day One, jrnl or other files.",
        (
            "journal import blog.xml --plan", "journal import 'My Journal.zip' --into ~/journal",
            "journal import - < page.txt", "journal import table.csv --columns date=Datum,text=Eintrag",
            "journal import ~/jrnl.txt --same-day append", "journal import --undo",
        ),
        function("imports", "import_days"),
        (
            argument(
                "path", metavar="PATH", nargs="?",
                help="a file or folder of another program; - reads a page from standard input",
            ),
            argument(
                "--format", metavar="F",
                help="the format, if it isn't recognised: page, wordpress, dayone, jrnl, folder, csv or json",
            ),
            argument("--into", metavar="DIR", help="the journal's folder; one is made if it is new or empty"),
            argument("--plan", action="store_true", help="only show what would be imported"),
            argument("--all", action="store_true", help="list everything in the plan, not only the first lines"),
            argument(
                "--same-day", choices=("note", "append", "skip"), default="note",
                help="if a day has an entry: make a note of it, add to the entry, or leave it out (default: note)",
            ),
            argument("--on", metavar="WHEN", help="the day of texts without a date: yesterday, 2014-10-06 …"),
            argument(
                "--columns", metavar="LIST",
                help="the columns of a table: date=NAME,text=NAME; also title, rating, remark, tags, time",
            ),
            argument(
                "--date-order", choices=("dmy", "mdy"), help="how 03/04/2019 is read, if the file doesn't show it"
            ),
            argument("--yes", action="store_true", help="do not ask first"),
            argument("--undo", action="store_true", help="move the entries of the latest import to the trash"),
            JSON,
        ),
        aliases=("bring", "load", "migrate"),
    ),
    Verb(
        "export", "FORMAT [QUERY]", "Write entries in other formats.",
        (
            "journal export markdown -o ~/copy", "journal export html since:2014 -o 2014.html",
            "journal export json -o journal.json", "journal export csv rating:8+ '#site-visit' -o good.csv",
            "journal export markdown since:2014 until:2014 -o 2014.md", "journal export dayone -o days.zip",
        ),
        function("exports", "export"),
        (
            argument(
                "form", metavar="FORMAT", choices=("markdown", "html", "json", "csv", "jrnl", "dayone"),
                help="markdown, html, json, csv, jrnl or dayone",
            ),
            argument("words", metavar="QUERY", nargs="*", help="which entries, as for journal find (default: all)"),
            argument(
                "-o", dest="output", metavar="PATH",
                help="the file to write; for markdown a new folder, or one document if it ends with .md",
            ),
            argument("--force", action="store_true", help="replace the file if there is one"),
        ),
        aliases=("backup", "dump", "save-as"),
        advice="Put the search before -o: journal export csv rating:8+ -o good.csv",
    ),
    Verb(
        "due", "", "Show what is due today, and a point that returns.",
        (
            "journal due", "journal due --still-true", 'journal due --acted-on "the desk\'s checklist"',
            'journal due "fewer calls" --happened "half as many"',
        ),
        function("due", "due"),
        (
            argument("words", metavar="WORDS", nargs="*", help="part of the expectation that --happened answers"),
            one_of(
                argument(
                    "--happened", metavar="TEXT",
                    help="write below an expectation (expect: … check:2027-03-01) what happened",
                ),
                _verdict("still true", "say below the returning point that it is still true"),
                argument(
                    "--acted-on", metavar="WHERE", nargs="?", const="",
                    help="say that you acted on it, and where",
                ),
                _verdict("no longer true", "say that it is no longer true"),
                _verdict("not now", "put it off to another day"),
            ),
            argument("--point", action="store_true", help="show a learning point even if none returns today"),
            JSON,
        ),
        aliases=("checks", "returning", "still-true"),
    ),
    Verb(
        "random", "", "Print the entry of a random day.",
        ("journal random", "journal random --json"),
        function("due", "random"),
        (argument("--on", metavar="WHEN", help="the day to leave out (default: today)"), JSON),
        aliases=("lucky", "surprise"),
    ),
    Verb(
        "add", "TEXT", "Add a paragraph to a day's entry.",
        ('journal add "Saw the depot; nobody owns the old machines."', "journal add - < minutes.txt"),
        function("write_commands", "add"),
        (argument("text", metavar="TEXT", nargs="*", help="the paragraph; - reads standard input"), ON),
        aliases=("log", "write", "append"),
    ),
    Verb(
        "note", "[TITLE]", "Make a note of a day; without TITLE, list its notes.",
        (
            'journal note "Lab visit" "They like the new scanner."', 'journal note "One-to-one" --about Ann',
            'journal note "Service review" --customer Depot --on friday - < minutes.txt', "journal note",
        ),
        function("notes", "note"),
        (
            argument(
                "title", metavar="TITLE", nargs="?", default="",
                help="a kind of note, such as “Service review”, or any other title",
            ),
            argument("text", metavar="TEXT", nargs="*", help="a paragraph to add; - reads standard input"),
            argument("--about", metavar="WORDS", help="with a kind of note: the person or matter that it is about"),
            argument("--customer", metavar="NAME", help="the customer whom the note is about, known or new"),
            argument("--open", action="store_true", help="open it in the app, to write in it"),
            JSON,
            ON,
        ),
        aliases=("notes", "minutes", "meeting", "template", "templates"),
    ),
    Verb(
        "review", "[PERIOD]", "Look back on a week, a month, a year or other days.",
        (
            "journal review", "journal review week", "journal review last month", "journal review 2014-Q3 --markdown",
            "journal review last 90 days", "journal review 2014-09..2014-11", "journal review all --json",
            'journal review week --close', 'journal review last week --close --keep 1 3 --moved "one line"',
            "journal review 2014 -o 2014-review.html", "journal review year -o ~/year.md --force",
        ),
        function("review", "review"),
        (
            argument(
                "when", metavar="PERIOD", nargs="*",
                help="day, week, month, quarter, year, last month, 2014-Q3, last 90 days, all … (default: month)",
            ),
            argument(
                "-n", dest="limit", metavar="N", type=whole_number,
                help="show at most N passages of a group (default: 5, in a document 10; 0 for all)",
            ),
            argument(
                "-o", dest="output", metavar="FILE",
                help="write the period's document to a file: .html, .md or .json",
            ),
            argument("--force", action="store_true", help="replace the file if there is one"),
            one_of(
                argument(
                    "--format", dest="form", choices=("markdown", "html", "json"), default="rows",
                    help="print a document, or write it in this form",
                ),
                _form("json", "short for --format json, for other programs"),
                _form("markdown", "short for --format markdown, with links to the days"),
            ),
            argument(
                "--close", action="store_true",
                help="close the period (default: week) in four steps, and write its note; in a pipe, print them",
            ),
            argument(
                "--keep", metavar="N", type=whole_number, nargs="+",
                help="with --close: keep the learning points with these numbers in the note",
            ),
            argument("--moved", metavar="TEXT", help="with --close: one line about what moved forward"),
        ),
        aliases=("stats", "statistics", "report", "summary", "look-back"),
    ),
    Verb(
        "good-days", "[QUESTION]", "Show what goes with good days, or ask one thing.",
        (
            "journal good-days", "journal good-days '#site-visit'", "journal good-days friday --period 2014",
            "journal good-days 'words:300+' --json",
        ),
        function("good_days", "good_days"),
        (
            argument(
                "question", metavar="QUESTION", nargs="*",
                help="a tag, a person, a weekday or any search; without it, ask about everything",
            ),
            argument(
                "--period", metavar="PERIOD", help="the days, as for journal review (default: all)"
            ),
            argument(
                "-n", dest="limit", metavar="N", type=whole_number, default=10,
                help="list at most N without a difference (default: 10; 0 for all)",
            ),
            JSON,
        ),
        aliases=("correlate", "insights", "why"),
        shell_advice="In a shell, # begins a comment, so a tag needs quotes: journal good-days '#site-visit'",
    ),
    Verb(
        "customers", "[NAME]", "Show what customers said, and what became of it.",
        (
            "journal customers", "journal customers --period quarter", "journal customers lab",
            "journal customers lab --markdown", "journal customers --csv --period 2014",
            "journal customers --not-told", "journal customers --returning --period 2014",
            'journal customers lab --told "how long" --on friday',
            "journal customers lab --sheet -o lab.html", "journal customers --sheet --theme printers",
            "journal customers --register -o register.csv", "journal customers --read-register register.csv --plan",
        ),
        function("customers", "customers"),
        (
            argument("name", metavar="NAME", nargs="*", help="one customer, as in #customer/NAME"),
            argument(
                "--period", metavar="PERIOD",
                help="the days to count, as for journal review (default: last 365 days)",
            ),
            argument(
                "-n", dest="limit", metavar="N", type=whole_number,
                help="list at most N promises or themes of each customer (default: 5), or N mentions of NAME "
                "(default: 50); 0 for all",
            ),
            argument(
                "--sort", metavar="ORDER", choices=("visit", "untold", "said", "name"),
                help="sort by visit (the most overdue first; the default), untold (what is not yet told), said or name",
            ),
            one_of(
                argument(
                    "--told", metavar="WORDS",
                    help="write that NAME was told, today or on --on, of what contains WORDS",
                ),
                argument(
                    "--confirmed", metavar="WORDS",
                    help="write that NAME confirmed that what contains WORDS helped",
                ),
                argument(
                    "--not-told", action="store_true",
                    help="list what was done or refused but not yet told, of all or of NAME",
                ),
                argument(
                    "--returning", action="store_true",
                    help="list the themes of several visits, and what was said again after it was done",
                ),
                argument(
                    "--sheet", action="store_true",
                    help="make “You said, we did”, a page for the next visit, of NAME or of a theme",
                ),
                argument(
                    "--register", action="store_true", help="make the improvement register: all promises as a table"
                ),
                argument(
                    "--read-register", metavar="FILE",
                    help="change days and states of promises as in an edited register, after showing a plan",
                ),
            ),
            argument("--on", metavar="WHEN", help="with --told and --confirmed: the day, if not today"),
            argument("--theme", metavar="TAG", help="with --sheet: what all customers said with this tag"),
            argument("--names", action="store_true", help="with --sheet: name people instead of masking them"),
            argument("--plan", action="store_true", help="with --read-register: only show what would change"),
            argument("--yes", action="store_true", help="with --read-register: change it without asking"),
            argument(
                "-o", dest="output", metavar="FILE",
                help="write the sheet (.html or .md) or the register (.csv or .md) to a file",
            ),
            argument("--force", action="store_true", help="replace the file if there is one"),
            one_of(
                argument(
                    "--format", dest="form", choices=("markdown", "html", "csv", "json"), default="rows",
                    help="print it in this form; html is for a sheet",
                ),
                _form("json", "print JSON, for other programs"),
                _form("markdown", "print Markdown, with a table of themes by customer"),
                _form("csv", "print CSV, for spreadsheets"),
            ),
        ),
        aliases=("customer", "clients", "visits", "register", "you-said"),
    ),
    Verb(
        "publish", "DIR", "Write the entries that you marked as a blog.",
        (
            "journal publish ~/blog --plan", "journal publish ~/blog", "journal publish --serve",
            "journal publish ~/hugo --for-generator hugo", "journal publish --plan --json",
        ),
        function("publish", "publish"),
        (
            argument("dir", metavar="DIR", nargs="?", help="the folder of the blog, outside the journal"),
            argument("--plan", action="store_true", help="only show what would leave, and what changed"),
            argument("--yes", action="store_true", help="do not ask first"),
            argument(
                "--for-generator", dest="generator", choices=("hugo", "jekyll", "pelican"),
                help="write Markdown with front matter for this program instead of pages",
            ),
            argument("--serve", action="store_true", help="show the pages in a browser, on this computer only"),
            argument("--port", metavar="N", type=whole_number, help="with --serve: the port (default: 8014)"),
            JSON,
        ),
        aliases=("blog", "site", "website"),
    ),
    Verb(
        "pack", "DIR", "Make a leaver's pack: a handover and a personal half.",
        (
            "journal pack ~/pack --plan", "journal pack ~/pack --handover 'since:2014' --names",
            "journal pack ~/pack --personal 'in:learning'", "journal pack ~/pack --plan --json",
        ),
        function("pack", "pack"),
        (
            argument("dir", metavar="DIR", help="the folder of the pack, outside the journal"),
            argument("--handover", metavar="QUERY", default="", help="also take the entries of a search into the handover"),
            argument("--personal", metavar="QUERY", default="", help="also take the entries of a search into the personal half"),
            argument("--names", action="store_true", help="name people and customers in the handover"),
            argument("--plan", action="store_true", help="only show what would be in it"),
            argument("--yes", action="store_true", help="do not ask first"),
            JSON,
        ),
        aliases=("handover", "leave", "leaver"),
    ),
    Verb(
        "learn", "TEXT", "Add a learning point to a day's entry.",
        ('journal learn "Ask for the name of the owner" --on yesterday',),
        function("write_commands", "learn"),
        (
            argument(
                "text", metavar="TEXT", nargs="*",
                help="what you learned; - reads one point per line from standard input",
            ),
            ON,
        ),
        aliases=("learned", "learning", "lesson"),
        is_common=True,
    ),
    Verb(
        "rate", "N [REMARK]", "Rate a day on your scale, with an optional remark.",
        ("journal rate 4 rain, and the lift broke", "journal rate 3.5 --on friday"),
        function("write_commands", "rate"),
        (
            argument("value", metavar="N", help="0 to 10, such as 7.5, or on the scale that journal.toml sets"),
            argument("remark", metavar="REMARK", nargs="*", help="why; - reads standard input"),
            ON,
        ),
        aliases=("rating",),
    ),
    Verb(
        "todo", "[TEXT]", "Add or change a follow-up; without TEXT, list them.",
        (
            'journal todo "Send Colm the list" --due friday', "journal todo", 'journal todo --done "Colm the list"',
            'journal todo --change "Colm the list" --due monday --waiting @ann',
            'journal todo --drop "Colm the list" --reason "no longer needed"', "journal todo --find @colm",
        ),
        function("write_commands", "todo"),
        (
            argument(
                "text", metavar="TEXT", nargs="*",
                help="what to do (- reads standard input); without it, list follow-ups",
            ),
            argument("--due", metavar="WHEN", help="when it is due: friday, +7, 2014-10-13 …"),
            argument("--waiting", metavar="NAME", help="whom it waits for, such as @ann; in the list, only these"),
            one_of(
                argument("--done", action="store_true", help="tick the open follow-up that contains TEXT"),
                argument("--reopen", action="store_true", help="reopen one that was closed in the last two weeks"),
                argument("--drop", action="store_true", help="drop it, with a --reason if you like"),
                argument(
                    "--change", action="store_true",
                    help="set its --due date or --waiting person; none removes them",
                ),
            ),
            argument("--reason", metavar="WHY", help="why it is dropped"),
            argument("--find", metavar="QUERY", help="list only those that match a search"),
            JSON,
            ON,
        ),
        aliases=("todos", "tasks", "task"),
        is_common=True,
    ),
    Verb(
        "show", "[WHEN]", "Print a day's entry and its notes.",
        ("journal show", "journal show yesterday", "journal show 2014-10-06 --json"),
        function("read_commands", "show"),
        (WHEN, JSON),
        aliases=("cat", "print", "view", "read"),
    ),
    Verb(
        "find", "QUERY…", "Find learning points and entries from all years.",
        (
            "journal find vendor silence",
            "journal find rating:8+ '#site-visit' --sort best",
            "journal find '\"old machines\" OR scanner' since:2014 --markdown",
            "journal find -- -contract in:learning vendor",
        ),
        function("find", "find"),
        (
            argument("words", metavar="QUERY", nargs="+", help="what to find, as described below"),
            argument(
                "--in", metavar="PART", dest="where",
                choices=("learning", "feedback", "follow-ups", "title", "remark", "prose", "entries"),
                help="search only this part: learning, feedback, follow-ups, title, remark or prose; "
                "or list whole entries",
            ),
            argument(
                "--sort", choices=("newest", "best"), default="newest",
                help="which results come first (default: newest)",
            ),
            argument("--by-day", action="store_true", help="show one result for each day"),
            argument(
                "-n", dest="limit", metavar="N", type=whole_number, default=50,
                help="show at most N results (default: 50; 0 for all)",
            ),
            argument(
                "-C", dest="context", metavar="N", type=whole_number, default=0,
                help="show N lines around each result",
            ),
            one_of(
                _form("json", "print JSON, for other programs"),
                _form("markdown", "print a Markdown list"),
                _form("csv", "print CSV, for spreadsheets"),
                _form("paths", "print only the paths of the files"),
            ),
            _query_language,
            argument("--explain", action="store_true", help="show how the search was understood"),
        ),
        aliases=("search", "grep", "list"),
        advice="To exclude a word, put -- first: journal find -- -word other",
        shell_advice='In a shell, # begins a comment, so a tag needs quotes: journal find "#site-visit"',
        is_common=True,
    ),
    Verb(
        "brief", "[WORDS]", "Show what matters today, or about a person or a tag.",
        ("journal brief", "journal brief @jonas", "journal brief '#vendors'", "journal brief --on friday --json"),
        function("brief", "brief"),
        (
            argument(
                "words", metavar="WORDS", nargs="*",
                help="a person, a tag or words, as for journal find; without it, what matters today",
            ),
            ON,
            JSON,
        ),
        aliases=("briefing", "agenda", "about", "morning"),
    ),
    Verb(
        "tags", "[NAME]", "List your tags, or show everything about one.",
        ("journal tags", "journal tags site-visit", "journal tags -n 20", "journal tags --by-name --json"),
        function("tags", "tags"), NAME_ARGUMENTS, aliases=("tag",),
    ),
    Verb(
        "people", "[NAME]", "List the people, or show everything about one.",
        ("journal people", "journal people @jonas", "journal people -n 20", "journal people --by-name --json"),
        function("tags", "people"), NAME_ARGUMENTS, aliases=("person", "names"),
    ),
    Verb(
        "rename", "OLD NEW", "Rename or merge a tag or a person everywhere.",
        ("journal rename @colmn @colm --plan", "journal rename '#onetoone' '#one-to-one'", "journal rename --undo"),
        function("rename", "rename"),
        (
            argument("names", metavar="OLD NEW", nargs="*", help="the old name and the new one, each with its # or @"),
            argument("--plan", action="store_true", help="only show which lines would change"),
            argument("--yes", action="store_true", help="do not ask first"),
            argument("--undo", action="store_true", help="undo the latest renaming"),
            JSON,
        ),
        aliases=("merge", "mv", "replace"),
        shell_advice="In a shell, # begins a comment, so a tag needs quotes: journal rename '#old' '#new'",
    ),
    Verb(
        "history", "[WHEN]", "List the saved versions of a day's entry.",
        ("journal history", "journal history yesterday --version 2"),
        function("history", "history"),
        (
            WHEN,
            NOTE,
            argument("--version", metavar="N", type=whole_number, help="print version N; 1 is the newest"),
        ),
    ),
    Verb(
        "restore", "WHEN N", "Restore a saved version of a day's entry.",
        ("journal restore yesterday 2",),
        function("history", "restore"),
        (
            argument(
                "when", metavar="WHEN N", nargs="+",
                help="the day, and the number that journal history shows beside a version",
            ),
            NOTE,
        ),
    ),
    Verb(
        "delete", "WHEN", "Move a day's entry to the trash (kept for 30 days).",
        ("journal delete 2014-10-06", "journal delete friday --note 'Service review'"),
        function("history", "delete"), (A_DAY, NOTE),
    ),
    Verb(
        "trash", "", "List what was deleted or discarded, or bring it back.",
        ("journal trash", "journal trash --restore 1"),
        function("history", "trash"),
        (argument("--restore", metavar="N", type=whole_number, help="bring back number N in the list"),),
    ),
    Verb(
        "conflicts", "", "List, compare and merge conflict copies.",
        ("journal conflicts", "journal conflicts --show 1", "journal conflicts --take 1"),
        function("history", "conflicts"),
        (
            one_of(
                argument(
                    "--show", metavar="N", type=whole_number, help="show how copy N differs from the entry"
                ),
                argument(
                    "--take", metavar="N", type=whole_number, help="merge the lines of copy N into the entry"
                ),
                argument(
                    "--keep", metavar="N", type=whole_number,
                    help="replace the entry with copy N; the entry's earlier text goes to its history",
                ),
                argument("--drop", metavar="N", type=whole_number, help="move copy N to the trash"),
            ),
        ),
    ),
    Verb(
        "convert", "WHEN", "Convert a Latin-1 or UTF-16 entry to UTF-8.",
        ("journal convert 2014-10-06", "journal convert 2014-10-06 --from latin-1"),
        function("history", "convert"), (A_DAY, NOTE, _encoding),
    ),
    Verb(
        "check", "", "Check every entry for problems; --mend fixes some.",
        ("journal check", "journal check --rebuild", "journal check --mend", "journal check --mend private"),
        function("maintenance", "check"),
        (
            argument("--all", action="store_true", help="name every file with a date that was left out, not only 100"),
            argument("--rebuild", action="store_true", help="rebuild the search index first"),
            argument(
                "--mend", nargs="?", const="all", choices=("all", "private", "leftovers", "copies"),
                help="fix what can be fixed, or one kind of it: files that others can read (private), leftovers of "
        "interrupted saves, conflict copies identical to their entries (copies)",
            ),
        ),
        aliases=("verify", "doctor"),
    ),
    Verb(
        "help", "[TOPIC]", "Print a page of the guide; without TOPIC, list pages.",
        ("journal help finding", "journal help"),
        help,
        (
            argument(
                "topic", metavar="TOPIC", nargs="*", help="a page of the guide, or the name of a command"
            ),
        ),
        aliases=("guide", "manual"),
    ),
)  # fmt: skip
COMMANDS: dict[str, Verb] = {command.name: command for command in _ALL}


def overview_of_commands() -> str:
    """Return the text of `journal --help`. A window shows its end, so what is needed most comes last."""
    lines = [
        "journal: write down what each working day taught you, and find it again.",
        "",
        "The journal is the folder given by --journal DIR or $JOURNAL; otherwise the",
        "current folder, one above it, or entries/ in one of these; otherwise the one in",
        "your settings. To see which it is, run: journal where",
        "",
        "WHEN is a day: yesterday, friday, last friday, -7, 3 mar, 2014-10-06, day 168;",
        "or a week, a month, a quarter or a year that has a note: last week, 2014-Q3.",
        "",
        "  --journal DIR            the journal's folder, before or after the command",
        "  --version, --help        print the version, or this help",
        "",
        *(f"  {command.call:24} {command.about}" for command in COMMANDS.values()),
        "",
        "examples (journal COMMAND --help shows more, and the options):",
        *(f"  {command.examples[0]}" for command in COMMANDS.values() if command.is_common),
    ]
    return "\n".join(lines) + "\n"
