"""journal.toml: what travels with a journal. Read wide, with a plain sentence for what is wrong."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.errors import SettingsError
from journal_tui.library.reading import NotPlain, TooLarge, read_plain

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

    from journal_tui.entry.vocabulary import Vocabulary

FILE = "journal.toml"
LARGEST = 1_000_000
COUNTS = ("calendar", "workdays", "entries", "none")
KINDS = ("learning", "feedback", "follow-up", "rating", "day")

SOURCE = """\
# The settings of this journal. They travel with its folder; any line can be left out.

name = {name}

# Days are numbered from this date ("Day 168 – …"), counting
# "calendar" days, "workdays" (Monday to Friday), "entries" (days written), or "none".
start = {start}
count = {count}

# Where new entries go: "years" for 2014/2014-10-06.md, "flat" for 2014-10-06.md.
layout = "years"

# An entry's file may be a link. One that leads outside this folder is shown but not edited,
# unless your own settings.toml (run journal where to find it) contains: links = true

# Headings in your own words or language. English headings are always understood;
# journal writes the first name in each list.
[sections]
# learning = ["Learning points", "Lessons of the day"]
# feedback = ["Feedback"]
# follow-up = ["Follow-ups"]
# rating = ["Enjoyment"]
# day = ["Day"]

# The text of a new day or note. {{day}} {{date}} {{iso}} {{title}} are filled in;
# {{cursor}} is where you start writing.
[templates]
# day = \"\"\"
# # Day {{day}} – {{date}}
#
# {{cursor}}
#
# ## Learning points
#
# -
#
# Enjoyment:
# \"\"\"
"""


class Config(NamedTuple):
    """What journal.toml says; the defaults for what it does not say.

    `queries` are the saved searches by their names.
    """

    name: str
    start: date | None
    counting: str
    layout: str | None
    names: dict[str, tuple[str, ...]]
    templates: dict[str, str]
    queries: dict[str, str] = {}  # noqa: RUF012 - never changed

    def vocabulary(self) -> "Vocabulary":
        """The names of sections as the entry floor reads them."""
        from journal_tui.entry.vocabulary import Vocabulary

        return Vocabulary(self.names)


def read(root: Path) -> Config:
    """The settings of the journal in this folder; defaults where there is no journal.toml.

    Raises SettingsError, with the file's place and what to do, for a file that cannot be used.
    """
    path = root / FILE
    table = toml(path)
    if table is None:
        return Config(root.name, None, "calendar", None, {}, {})
    return _checked(path, table, root.name)


def toml(path: Path) -> dict[str, Any] | None:
    """What a file of settings says; None where there is none. Raises SettingsError, never waits."""
    data = content(path)
    if data is None:
        return None
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Correct that line.") from None


def set_text(source: str, table: str, key: str, value: str) -> str:
    """Set one string in the source of a TOML file and leave every other byte as it is.

    `table` is "" for the top level; a missing table is added at the end of the file.
    Raises ValueError if the source is not valid TOML or cannot be edited safely.
    """
    import tomllib

    # Imported here, since it would slow down every start and only an edit needs it.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    text = source.removeprefix("\ufeff")
    mark = source[: len(source) - len(text)]
    # tomlkit ends the lines it adds with LF, and adds none correctly to an unfinished last line.
    crlf = 0 < text.count("\r\n") == text.count("\n")
    if crlf:
        text = text.replace("\r\n", "\n")
    ending = "\n" if text and not text.endswith("\n") else ""
    text += ending
    try:
        data = tomllib.loads(text)
        document = tomlkit.parse(text)
        if document.as_string() != text:
            raise ValueError("tomlkit does not reproduce this file")
        _set(document, table, key, value)
        edited = document.as_string()
    except (TOMLKitError, RecursionError) as error:
        raise ValueError(str(error)) from error
    (data.setdefault(table, {}) if table else data)[key] = value
    if tomllib.loads(edited) != data:
        raise ValueError("tomlkit changed more than this string")
    edited = edited.removesuffix(ending)
    return mark + (edited.replace("\n", "\r\n") if crlf else edited)


def _set(document: "TOMLDocument", table: str, key: str, value: str) -> None:
    """Set a string in a parsed TOML file."""
    import tomlkit
    from tomlkit.container import Container
    from tomlkit.items import AoT, Comment, Table

    if table and table not in document:
        added = tomlkit.table()
        added.append(key, value)
        if document.body:
            added.trivia.indent = "\n"
        document.append(table, added)
        return
    parent = document[table] if table else document
    if not isinstance(parent, dict):
        raise ValueError(f"{table} isn't a table")
    container = parent.value if isinstance(parent, Table) else parent
    # The others are inline tables and tables that stand in several places.
    if key in parent or not isinstance(container, Container):
        parent[key] = value
        return
    # tomlkit would add the line after the comment that introduces the next table.
    body = container.body
    tables = (
        i
        for i, (name, item) in enumerate(body)
        if isinstance(item, Table | AoT) and not (name and name.is_dotted())
    )
    end = next(tables, len(body))
    place = max((i + 1 for i in range(end) if body[i][0] is not None), default=0)
    line = tomlkit.item(value)
    if place:
        line.trivia.indent = body[place - 1][1].trivia.indent
    elif not table:
        place = end
        while 0 < place < len(body) and isinstance(body[place - 1][1], Comment):
            place -= 1
    body.insert(place, (tomlkit.key(key), line))


def content(path: Path) -> bytes | None:
    """The bytes of a file of settings; None where there is none. Raises SettingsError, never waits."""
    try:
        return read_plain(path, LARGEST)[0]
    except FileNotFoundError:
        return None
    except NotPlain:
        raise SettingsError(
            f"{path} is not a plain file. Replace it with a plain text file."
        ) from None
    except TooLarge:
        raise SettingsError(
            f"{path} is larger than 1 MB, too large for settings. Shorten it."
        ) from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None


def _checked(path: Path, data: dict[str, object], default_name: str) -> Config:
    def wrong(key: str, wanted: str) -> SettingsError:
        return SettingsError(f"{path}: `{key}` should be {wanted}.")

    name, start = data.get("name", default_name), data.get("start")
    count, layout = data.get("count", "calendar"), data.get("layout")
    if not isinstance(name, str):
        raise wrong("name", "text in quotes")
    if start is not None and (not isinstance(start, date) or hasattr(start, "hour")):
        raise wrong("start", "a date such as 2014-10-06, without quotes")
    if count not in COUNTS:
        raise wrong("count", "one of " + ", ".join(f'"{word}"' for word in COUNTS))
    if layout not in (None, "years", "flat"):
        raise wrong("layout", '"years" or "flat"')
    sections, templates = data.get("sections", {}), data.get("templates", {})
    if not isinstance(sections, dict) or not isinstance(templates, dict):
        raise wrong("sections and templates", "tables, [sections] and [templates]")
    names: dict[str, tuple[str, ...]] = {}
    for kind, given in sections.items():
        if kind not in KINDS:
            raise wrong(f"sections.{kind}", "one of " + ", ".join(KINDS))
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not all(
            isinstance(n, str) and n.strip() for n in listed
        ):
            raise wrong(f"sections.{kind}", 'a list of names such as ["Learning points"]')
        names[kind] = tuple(listed)
    for key, text in templates.items():
        if not isinstance(text, str):
            raise wrong(f"templates.{key}", "text in quotes")
    queries = data.get("queries", {})
    if not isinstance(queries, dict) or not all(isinstance(q, str) for q in queries.values()):
        raise wrong("queries", 'a table, [queries], of lines such as trust = "trust since:2025"')
    layout = layout if isinstance(layout, str) else None
    return Config(name, start, str(count), layout, names, templates, queries)


def source(name: str, start: date, count: str = "workdays") -> str:
    """The text of a new, commented journal.toml."""
    # A folder's name may hold bytes that are no UTF-8; a file of text cannot.
    name = quoted(name.encode("utf-8", "replace").decode())
    return SOURCE.format(name=name, start=start.isoformat(), count=quoted(count))


def quoted(text: str) -> str:
    """The text as TOML has it in quotes."""
    import json

    # A JSON string is a valid TOML basic string once DEL is escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def workdays(start: date, day: date) -> int:
    """How many Mondays to Fridays lie in [start, day]; 0 when day is before start."""
    if day < start:
        return 0
    weeks, rest = divmod((day - start).days + 1, 7)
    return weeks * 5 + sum((start + timedelta(i)).weekday() < 5 for i in range(rest))


def counted_day(config: Config, number: int) -> date | None:
    """The day that the calendar alone counts so, written or not; None for any other counting."""
    start = config.start
    if start is None or number < 1 or config.counting not in ("calendar", "workdays"):
        return None
    days = number - 1
    if config.counting == "workdays":
        start += timedelta(max(0, 7 - start.weekday()) if start.weekday() > 4 else 0)
        weeks, rest = divmod(days, 5)
        days = weeks * 7 + rest + (2 if start.weekday() + rest > 4 else 0)
    try:
        return start + timedelta(days)
    except OverflowError:
        return None
