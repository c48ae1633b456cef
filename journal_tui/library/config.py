"""journal.toml: what travels with a journal. Read wide, with a plain sentence for what is wrong."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.errors import SettingsError
from journal_tui.library.reading import NotPlain, TooLarge, read_plain

if TYPE_CHECKING:
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
