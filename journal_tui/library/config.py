"""The settings in journal.toml, which travel with the journal; errors are plain sentences."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.errors import SettingsError, WrongSetting
from journal_tui.library.naming import FLAT, YEARS, slug
from journal_tui.library.toml_file import quoted, set_value, toml
from journal_tui.publish.options import PublishingOptions

if TYPE_CHECKING:
    from journal_tui.customers.customer import Customer
    from journal_tui.entry.vocabulary import Vocabulary

FILE = "journal.toml"
COUNTS = ("calendar", "workdays", "entries", "none")
KINDS_OF_ITEMS = (
    "learning",
    "feedback",
    "follow-up",
    "dealings",
    "frustrations",
    "values",
    "improvements",
)
KINDS = (*KINDS_OF_ITEMS, "rating", "day")
_SECTION_EXAMPLE = '"What annoys them" = "feedback"'
MIDNIGHT, NOON = time(), time(12)
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BASE_URL = re.compile(r"https?://[^\s<>\"'?#]+", re.IGNORECASE)

_NEW_CONFIG = """\
# The settings of this journal. They travel with its folder; any line can be left out.

name = {name}

# Days are numbered from this date ("Day 168 – …"). What is counted: "calendar" (every day),
# "workdays" (Monday to Friday), "entries" (days with an entry), or "none" for no numbers.
start = {start}
count = {count}

# When a day ends: with "04:00", what you write at 00:30 still belongs to the day before.
# day-ends = "00:00"

# Where new entries go: "years" for 2014/2014-10-06.md, "flat" for 2014-10-06.md.
layout = "years"

# Or name them in your own way. A day that has a file is written to that file, whatever its name.
# There are also {{weekday}}, {{month}} (January), {{mon}} (Jan), {{d}} (9) and {{dth}} (9th). With {{title}}
# after the date, a file with a title is the day's entry, not a note.
# file = "{{yyyy}}_{{mm}}_{{dd}}.md"

# The scale of your ratings: they are read, shown and written on it.
scale = "0-10"

# An entry's file may be a link. One that leads outside this folder is shown but not edited,
# unless your own settings.toml contains: links = true (to find that file: journal where)

# Headings in your own words or language. English headings are always understood;
# journal writes the first name in each list.
[sections]
# learning = ["Learning points", "Lessons of the day"]
# feedback = ["Feedback"]
# follow-up = ["Follow-ups"]
# rating = ["Enjoyment"]
# day = ["Day"]

# The text of a new day or note. These are filled in: {{day}} (the day's number), {{date}},
# {{iso}} (such as 2014-10-06) and {{title}}. {{cursor}} is where you start writing.
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

# Kinds of notes to choose from with F8. These are built in:
# {kinds}.
# A note's file is named after the key of its kind, here visit. Use a built-in key to replace that kind,
# and `incident = false` below [notes] to leave it out. The template may be in a file instead:
# file = "templates/visit.md".
# [notes.visit]
# name = "Visit to a customer"
# template = \"\"\"
# # {{title}}
#
# Met: {{cursor}}
#
# {{customer}}
#
# ## What annoys them
#
# -
# \"\"\"
# [notes.visit.sections]
# "What annoys them" = "feedback"

# The customers you visit, by their tags (#customer/depot), each with its name and how many days may
# pass between two visits.
# [customers.depot]
# name = "Kelby Depot"
# every = 90

# What `journal publish` makes of the entries that have `publish: true` in their front matter. People and
# customers have pseudonyms; ratings, follow-ups and feedback are left out.
# [publish]
# base-url = "https://example.org/days/"
# title = "A year of work in progress"
# language = "en-GB"
"""


class Proposal(NamedTuple):
    """What to write to a new journal.toml, so that it suits the folder as it is.

    `file` is the pattern of new entries' paths, `names` has the headings by kind of section, and
    `scale` is such as "1-5", or "". `remarks` maps sentences to headings, and is written as comments.
    """

    file: str
    names: dict[str, tuple[str, ...]]
    scale: str
    remarks: dict[str, tuple[str, ...]]


class Config(NamedTuple):
    """The settings in journal.toml, with the defaults for those that it leaves out.

    `names` has the headings by kind of section, `queries` the saved searches by their names, and
    `scale` the lowest and the highest rating. `layout` and `file` are None if not set. `notes` has the
    name, template and file of kinds of notes, by their keys, and None for a kind that is left out;
    `note_sections` has the headings in such notes by the kind of their items. If `is_sample` is true,
    nothing is written to the journal. Until the time `day_ends`, it is still the day before. If
    `returning_points` is true, learning points come back to be looked at again. `customers` has the
    customers in the table [customers], by their keys. `publish` says what may leave the journal as a
    blog.
    """

    name: str
    start: date | None
    counting: str
    layout: str | None
    names: dict[str, tuple[str, ...]]
    templates: dict[str, str]
    queries: dict[str, str] = {}  # noqa: RUF012 - never changed
    file: str | None = None
    scale: tuple[int, int] = (0, 10)
    is_sample: bool = False
    day_ends: time = MIDNIGHT
    notes: dict[str, dict[str, str] | None] = {}  # noqa: RUF012 - never changed
    returning_points: bool = True
    note_sections: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed
    customers: "dict[str, Customer]" = {}  # noqa: RUF012 - never changed
    publish: PublishingOptions = PublishingOptions()

    def vocabulary(self) -> "Vocabulary":
        """Return the names of sections in the form that the package `entry` takes."""
        from journal_tui.entry.model import Scale
        from journal_tui.entry.vocabulary import Vocabulary

        return Vocabulary(self.names, Scale(*self.scale), self.note_sections)


def read(root: Path) -> Config:
    """Read the settings of the journal in a folder; return the defaults if it has no journal.toml.

    Raise SettingsError, with the file's path and what to do, if the file can't be used.
    """
    path = root / FILE
    table = toml(path)
    if table is None:
        return Config(root.name, None, "calendar", None, {}, {})
    return parse(path, table, root.name)


def without_sample(source: str, name: str) -> str:
    """Return the source of a sample's journal.toml, changed for a copy that may be written to."""
    text = re.sub(r"(?m)^#.*\n(?=sample *=)|^sample *=.*\n", "", source)
    return set_value(text, "", "name", name)


def parse(path: Path, data: dict[str, Any], default_name: str) -> Config:
    """Read the settings in a parsed journal.toml. Raise SettingsError, which names `path`."""

    wrong = partial(WrongSetting, path)
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
    file = data.get("file")
    if file is not None:
        _check_file(file, wrong)
    sections, templates = data.get("sections", {}), data.get("templates", {})
    if not isinstance(sections, dict) or not isinstance(templates, dict):
        raise wrong("sections` and `templates", "the tables [sections] and [templates]")
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
    low, dash, high = str(data.get("scale", "0-10")).partition("-")
    if not (dash and _is_number(low) and _is_number(high) and int(low) < int(high) <= 1000):
        raise wrong("scale", 'your lowest and highest rating, such as "1-5"')
    sample = data.get("sample", False)
    if not isinstance(sample, bool):
        raise wrong("sample", "true or false, without quotes")
    returning = data.get("returning-points", True)
    if not isinstance(returning, bool):
        raise wrong("returning-points", "true or false, without quotes")
    day_ends = _time(data.get("day-ends", MIDNIGHT))
    if day_ends is None or day_ends > NOON:
        raise wrong("day-ends", 'a time from "00:00" to "12:00", such as "04:00"')
    layout = layout if isinstance(layout, str) else None
    file = file if isinstance(file, str) else None
    scale = (int(low), int(high))
    notes = _parse_notes(data.get("notes", {}), wrong)
    note_sections = _parse_note_sections(data.get("notes", {}), wrong)
    return Config(
        name,
        start,
        str(count),
        layout,
        names,
        templates,
        queries,
        file,
        scale,
        sample,
        day_ends,
        notes,
        returning,
        note_sections,
        _parse_customers(data.get("customers", {}), wrong),
        _parse_publish(data.get("publish", {}), wrong),
    )


def _parse_notes(
    given: object, wrong: "Callable[[str, str], SettingsError]"
) -> dict[str, dict[str, str] | None]:
    """Return what the table [notes] says of each kind of note. Raise SettingsError."""
    example = "tables such as [notes.visit], with a name and a template"
    if not isinstance(given, dict):
        raise wrong("notes", example)
    found: dict[str, dict[str, str] | None] = {}
    for key, said in given.items():
        if slug(key) != key:
            shown = slug(key) or "visit"
            raise wrong(
                f"notes.{key}",
                f"named with lower-case letters, digits and hyphens, such as {shown}",
            )
        if said is False:
            found[key] = None
            continue
        if not isinstance(said, dict):
            raise wrong(f"notes.{key}", f"a table, [notes.{key}], or false to leave the kind out")
        kept = found[key] = {}
        for part in ("name", "template", "file"):
            text = said.get(part)
            if text is None:
                continue
            if not isinstance(text, str) or (part != "template" and not text.strip()):
                raise wrong(f"notes.{key}.{part}", "text in quotes")
            kept[part] = text
        if "file" in kept and not _is_inside(kept["file"]):
            raise wrong(f"notes.{key}.file", 'a path in the journal, such as "templates/visit.md"')
    return found


def _parse_note_sections(
    notes: dict[str, Any], wrong: "Callable[[str, str], SettingsError]"
) -> dict[str, tuple[str, ...]]:
    """Return the headings in the tables [notes.….sections] by the kind of their items. Raise SettingsError."""
    found: dict[str, tuple[str, ...]] = {}
    for key, said in notes.items():
        given = said.get("sections", {}) if isinstance(said, dict) else {}
        if not isinstance(given, dict):
            raise wrong(
                f"notes.{key}.sections",
                f"a table, [notes.{key}.sections], of lines such as {_SECTION_EXAMPLE}",
            )
        for heading, kind in given.items():
            if kind not in KINDS_OF_ITEMS or not heading.strip():
                raise wrong(
                    f"notes.{key}.sections.{heading}", f"one of {', '.join(KINDS_OF_ITEMS)}"
                )
            found[kind] = (*found.get(kind, ()), heading)
    return found


def _parse_customers(
    given: object, wrong: "Callable[[str, str], SettingsError]"
) -> "dict[str, Customer]":
    """Return the customers in the table [customers]. Raise SettingsError."""
    if not isinstance(given, dict):
        raise wrong("customers", "tables such as [customers.depot], with a name")
    if not given:
        return {}
    # Imported here, because most journals have none, and the app starts with this module.
    from journal_tui.customers.customer import Customer, customer_key

    found: dict[str, Customer] = {}
    for key, said in given.items():
        wanted = customer_key(key)
        if wanted != key:
            raise wrong(f"customers.{key}", f"named as in its tag, such as {wanted or 'depot'}")
        if not isinstance(said, dict):
            raise wrong(f"customers.{key}", f"a table, [customers.{key}]")
        name, every = said.get("name", ""), said.get("every")
        if not isinstance(name, str):
            raise wrong(f"customers.{key}.name", "text in quotes")
        if every is not None and (
            not isinstance(every, int) or isinstance(every, bool) or not 1 <= every <= 3660
        ):
            raise wrong(f"customers.{key}.every", "a number of days, such as 90")
        found[key] = Customer(key, " ".join(name.split()), every)
    return found


def _parse_publish(
    given: object, wrong: "Callable[[str, str], SettingsError]"
) -> PublishingOptions:
    """Return what the table [publish] says. Raise SettingsError."""
    if not isinstance(given, dict):
        raise wrong("publish", "a table, [publish]")
    found: dict[str, Any] = {}
    for name in ("title", "author", "description", "query"):
        text = given.get(name, "")
        if not isinstance(text, str):
            raise wrong(f"publish.{name}", "text in quotes")
        found[name] = " ".join(text.split())
    language = given.get("language", "en-GB")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise wrong("publish.language", 'the code of a language, such as "en-GB"')
    base = given.get("base-url", "")
    if not isinstance(base, str) or not (base == "" or _BASE_URL.fullmatch(base)):
        raise wrong(
            "publish.base-url", 'the address of the blog, such as "https://example.org/days/"'
        )
    for name in ("people", "customers", "ratings", "follow-ups", "feedback"):
        value = given.get(name, False)
        if not isinstance(value, bool):
            raise wrong(f"publish.{name}", "true or false, without quotes")
        found[name.replace("-", "_")] = value
    named = given.get("named", [])
    named = [named] if isinstance(named, str) else named
    if not isinstance(named, list) or not all(isinstance(it, str) and it.strip() for it in named):
        raise wrong("publish.named", 'a list of names such as ["@ann", "depot"]')
    if base and not base.endswith("/"):
        base += "/"
    return PublishingOptions(base_url=base, language=language, named=tuple(named), **found)


def _is_inside(path: str) -> bool:
    """Return whether a path, with `/`, is that of a file below the journal's folder."""
    parts = path.split("/")
    is_plain = path.isprintable() and "\\" not in path and ":" not in parts[0]
    return is_plain and not any(part in ("", ".", "..") for part in parts)


def _time(value: object) -> time | None:
    """Return a time of day such as "04:00", or TOML's own 04:00:00; None for anything else."""
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", value) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _check_file(value: object, wrong: "Callable[[str, str], SettingsError]") -> None:
    """Raise SettingsError if a value can't be the pattern of new entries' files."""
    from journal_tui.library.naming import file_pattern

    wanted = 'a pattern such as "{yyyy}_{mm}_{dd}.md"'
    if not isinstance(value, str):
        raise wrong("file", wanted)
    try:
        file_pattern(value)
    except ValueError as error:
        raise wrong("file", f"{wanted}; {error}") from None


def new_config(
    name: str, start: date, count: str = "workdays", proposal: Proposal | None = None
) -> str:
    """Return the text of a new journal.toml with explanatory comments."""
    from journal_tui.entry.note_kinds import BUILT_IN

    *most, last = (kind.key for kind in BUILT_IN)
    kinds = f"{', '.join(most)} and {last}"
    text = _NEW_CONFIG.format(
        name=_quoted_name(name), start=start.isoformat(), count=quoted(count), kinds=kinds
    )
    if not proposal:
        return text
    if proposal.file == FLAT:
        text = text.replace('\nlayout = "years"\n', '\nlayout = "flat"\n', 1)
    elif proposal.file not in ("", YEARS):
        text = _set_example(text, "file", quoted(proposal.file))
    if proposal.scale:
        text = text.replace('\nscale = "0-10"\n', f"\nscale = {quoted(proposal.scale)}\n", 1)
    for kind, names in proposal.names.items():
        text = _set_example(text, kind, _listed(names))
    remarks = "".join(
        f"# {remark}: {_listed(headings)}\n" for remark, headings in proposal.remarks.items()
    )
    return text.replace("[sections]\n", f"[sections]\n{remarks}", 1)


def _set_example(text: str, key: str, value: str) -> str:
    """Put a setting in the place of the first commented example of its key."""
    return re.sub(rf"(?m)^# {key} = .*$", lambda _: f"{key} = {value}", text, count=1)


def _listed(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted_name, names))}]"


def _quoted_name(name: str) -> str:
    # Names of folders and texts may contain bytes that aren't UTF-8; a TOML file can't.
    return quoted(name.encode("utf-8", "replace").decode())


def workdays(start: date, day: date) -> int:
    """Count the days from Monday to Friday in [start, day]; 0 if `day` is before `start`."""
    if day < start:
        return 0
    weeks, rest = divmod((day - start).days + 1, 7)
    return weeks * 5 + sum((start + timedelta(i)).weekday() < 5 for i in range(rest))


def counted_day(config: Config, number: int) -> date | None:
    """Return the day with a number if calendar days or workdays are counted, else None.

    The day need not have an entry.
    """
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
