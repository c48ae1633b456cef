"""Every setting of settings.toml and journal.toml: what it is, its value, and how to change it."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui import settings
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import NoJournal, SettingsError, UsageError, WrongSetting
from journal_tui.journal import COUNTS, check_root
from journal_tui.settings import Places

if TYPE_CHECKING:
    from journal_tui.journal import Journal, SettingsEdit, TomlFile, Value

TEXT, CHOICE, NAMES, DAY, TIME, SWITCH, PAGE, KEYS = (
    "text", "choice", "names", "day", "time", "switch", "page", "keys",
)  # fmt: skip
"""The kinds of settings; `names` is a list of names, such as headings, and `page` a text of several lines."""
AT_ONCE = "It takes effect at once."
_ON_LEAVING = "It takes effect when you leave the settings. Entries are then read again."
_NEW_PAGES = "It takes effect on each page that you have not written on yet."
_NEXT_START = "It takes effect the next time you start journal."
_PUBLISH_SWITCHES = tuple(
    f"publish.{name}" for name in ("people", "customers", "ratings", "follow-ups", "feedback")
)
_YES_OR_NO = {"true": "yes", "false": "no"}
_HEADINGS = "Separate several with commas; journal writes the first. The English ones are always understood."


class Setting(NamedTuple):
    """A setting: its name as in its file, its title, what it does, and when a change takes effect.

    `name` begins with the setting's table in the file, if it is in one: `sections.learning`.
    `is_personal` means that the setting is in settings.toml, not in journal.toml. `choices` are its
    only values, if it is a choice or a switch, and `example` is a value that can be used.
    """

    name: str
    title: str
    help: str
    kind: str
    effect: str
    is_personal: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""

    @property
    def table(self) -> str:
        """The table of the file that the setting is in; "" for the top level."""
        return self.name.rpartition(".")[0]

    @property
    def key(self) -> str:
        """The setting's name in its table."""
        return self.name.rpartition(".")[2]

    @property
    def changes_reading(self) -> bool:
        """Whether entries have to be read again after a change."""
        return self.effect == _ON_LEAVING


SETTINGS = (
    Setting("theme", "Theme", "The colours of the app.", TEXT, AT_ONCE, True, example="nord"),
    Setting("editor", "External editor", "The command that opens an entry in your own editor. By default, $VISUAL or $EDITOR is used.", TEXT, "It takes effect the next time you open the editor.", True, example="nano"),
    Setting("journal", "Default journal", "The journal to open, from any folder, when you name none.", TEXT, _NEXT_START, True, example="~/journal"),
    Setting("links", "Linked entry files", "Whether you can edit an entry whose file is a link to one outside the journal's folder.", SWITCH, "It takes effect for each entry that you open from now on.", True, ("false", "true"), "true"),
    Setting("name", "Name", "What this journal is called.", TEXT, AT_ONCE, example="Work"),
    Setting("count", "Numbered days", "Which days have a number: calendar (every day), workdays (Monday to Friday), entries (days with an entry) or none.", CHOICE, AT_ONCE, choices=COUNTS, example="workdays"),
    Setting("start", "Numbered from", "The day with the number 1.", DAY, AT_ONCE, example="2014-10-06"),
    Setting("day-ends", "End of the day", "When a day ends. If you write after midnight, set a later time: until then, it is still the day before, in the app and for every command.", TIME, AT_ONCE, example="04:00"),
    Setting("returning-points", "Points that return", "Whether learning points come back under “At a glance”, about three weeks, three months and nine months after you wrote them.", SWITCH, AT_ONCE, choices=("false", "true"), example="false"),
    Setting("scale", "Scale of ratings", "Your lowest and highest rating. Ratings are read, shown and written on this scale; nothing is converted.", TEXT, _ON_LEAVING, example="1-5"),
    Setting("file", "Names of new entries", "The pattern that names the files of new entries, with {yyyy}, {mm} and {dd}.", TEXT, _ON_LEAVING, example="{yyyy}/{yyyy}-{mm}-{dd}.md"),
    Setting("sections.learning", "Headings: learning", f"What you call your learning points. {_HEADINGS}", NAMES, _ON_LEAVING, example="Learning points, Lessons of the day"),
    Setting("sections.feedback", "Headings: feedback", f"What you call feedback. {_HEADINGS}", NAMES, _ON_LEAVING, example="Feedback"),
    Setting("sections.follow-up", "Headings: follow-ups", f"What you call follow-ups. {_HEADINGS}", NAMES, _ON_LEAVING, example="Follow-ups"),
    Setting("sections.dealings", "Headings: dealings", f"What you call customers' experience of dealing with you. {_HEADINGS}", NAMES, _ON_LEAVING, example="How they find dealing with us"),
    Setting("sections.frustrations", "Headings: frustrations", f"What you call the frustrations of customers. {_HEADINGS}", NAMES, _ON_LEAVING, example="Frustrations"),
    Setting("sections.values", "Headings: values", f"What you call the things that customers value. {_HEADINGS}", NAMES, _ON_LEAVING, example="What they value"),
    Setting("sections.improvements", "Headings: improvements", f"What you call your promises to customers. {_HEADINGS}", NAMES, _ON_LEAVING, example="What we will improve"),
    Setting("sections.rating", "Headings: enjoyment", f"What you write before your rating. {_HEADINGS}", NAMES, _ON_LEAVING, example="Enjoyment"),
    Setting("sections.day", "Headings: day", f"What you write before the number of a day. {_HEADINGS}", NAMES, _ON_LEAVING, example="Day"),
    Setting("publish.base-url", "Blog: address", "Where your blog will be. With it, `journal publish` also writes a site map, and its feed has full addresses.", TEXT, AT_ONCE, example="https://example.org/days/"),
    Setting("publish.title", "Blog: title", "What your blog is called. By default, it has the name of the journal.", TEXT, AT_ONCE, example="A year of work in progress"),
    Setting("publish.author", "Blog: author", "The author's name, on the pages and in the feed.", TEXT, AT_ONCE, example="A head of service"),
    Setting("publish.description", "Blog: description", "A sentence about your blog, for its first page.", TEXT, AT_ONCE, example="What running a service desk taught me"),
    Setting("publish.language", "Blog: language", "The code of the language that you write in.", TEXT, AT_ONCE, example="en-GB"),
    Setting("publish.query", "Publish: search", "A search whose entries are published besides those that you mark with publish: true.", TEXT, AT_ONCE, example="#blog"),
    Setting("publish.named", "Publish: who is named", "The people and customers who may be named in what you publish. Everybody else is given a pseudonym. Separate several with commas.", NAMES, AT_ONCE, example="@ann, depot"),
    Setting("publish.people", "Publish: all people", "Whether all people may be named in what you publish.", SWITCH, AT_ONCE, choices=("false", "true"), example="false"),
    Setting("publish.customers", "Publish: all customers", "Whether all customers may be named in what you publish.", SWITCH, AT_ONCE, choices=("false", "true"), example="false"),
    Setting("publish.ratings", "Publish: ratings", "Whether ratings are published.", SWITCH, AT_ONCE, choices=("false", "true"), example="false"),
    Setting("publish.follow-ups", "Publish: follow-ups", "Whether follow-ups, expectations and what became of them are published.", SWITCH, AT_ONCE, choices=("false", "true"), example="false"),
    Setting("publish.feedback", "Publish: feedback", "Whether feedback is published.", SWITCH, AT_ONCE, choices=("false", "true"), example="false"),
    *(
        Setting(f"templates.{kind}", f"Template of a {kind}", f"What a new {what} starts with.", PAGE, _NEW_PAGES, example="# {date}")
        for kind, what in (
            ("day", "day"), ("note", "note of a day"), ("week", "note of a week"), ("month", "note of a month"),
            ("quarter", "note of a quarter"), ("year", "note of a year"),
        )
    ),
)  # fmt: skip
"""All settings except keys: those of settings.toml, then those of journal.toml, the most used first."""
KEY_TABLES = {"keys": "on the page", "find-keys": "in Find"}
"""The tables of settings.toml that give commands their keys, and where these keys work."""


def no_theme_check(name: str) -> None:
    """Accept any name of a theme."""


def no_key_check(keys: Mapping[str, str], table: str) -> list[str]:
    """Accept any keys."""
    return []


class AppChecks(NamedTuple):
    """The checks that need the app: of a theme's name, and of all keys in a table.

    `theme` raises SettingsError if there is no theme of that name. `keys` gets the keys by command
    and the name of their table, and returns a sentence for each key that would not work.
    `usual_theme` is the theme that is used while none is set.
    """

    theme: Callable[[str], None] = no_theme_check
    keys: Callable[[Mapping[str, str], str], list[str]] = no_key_check
    usual_theme: str = ""


class SettingChange(NamedTuple):
    """A change of a setting, with its value before and now as one would type it ("": the default).

    `warning` is a sentence about the save, or "".
    """

    setting: Setting
    before: str
    now: str
    warning: str = ""


class AllSettings:
    """The settings of a person and of one journal, if one is open, with changes that can be undone."""

    def __init__(
        self, places: Places, journal: "Journal | None", checks: AppChecks | None = None
    ) -> None:
        self.places, self.journal = places, journal
        self._checks = checks or AppChecks()
        self._done: list[tuple[Setting, SettingsEdit, str, str]] = []

    def settings(self, is_personal: bool) -> list[Setting]:
        """Return the settings of settings.toml or those of journal.toml.

        Those of settings.toml include one for each command whose key the file sets. Raise SettingsError if settings.toml can't be read.
        """
        if not is_personal and self.journal is None:
            return []
        listed = [one for one in SETTINGS if one.is_personal == is_personal]
        if is_personal:
            listed += [_of_key(table, name) for table in KEY_TABLES for name in self.keys(table)]
        return listed

    def setting(self, name: str) -> Setting:
        """Return the setting with a name.

        Raise UsageError, with the name that may be meant, if there is none, and NoJournal for a setting of
        journal.toml if no journal is open.
        """
        wanted = name.strip().casefold()
        for one in SETTINGS:
            if wanted == one.name:
                if self.journal is None and not one.is_personal:
                    raise NoJournal(
                        f"{one.name} is a setting of a journal, and there is none here. "
                        "Name one with: journal --journal DIR settings"
                    )
                return one
        table, _, key = wanted.partition(".")
        if table in KEY_TABLES and key:
            return _of_key(table, key)
        from difflib import get_close_matches

        names = [one.name for one in SETTINGS]
        last = {one.key: one.name for one in SETTINGS}
        close = get_close_matches(wanted, [*names, *last], n=1, cutoff=0.6)
        meant = f"Did you mean “{last.get(close[0], close[0])}”? " if close else ""
        raise UsageError(
            f"There is no setting “{one_line(name)}”. {meant}To list them all, run: journal settings"
        )

    def file(self, setting: Setting) -> Path:
        """Return the path of the file that a setting is in."""
        return self._file(setting.is_personal).path

    def _file(self, is_personal: bool) -> "TomlFile":
        if is_personal or self.journal is None:
            return settings.settings_file(self.places.config)
        return self.journal.entries.config_file

    def _part(self, is_personal: bool, table: str) -> Mapping[str, Any]:
        data = self._file(is_personal).data()
        part = data.get(table, {}) if table else data
        return part if isinstance(part, dict) else {}

    def is_set(self, setting: Setting) -> bool:
        """Return whether the file has the setting. Raise SettingsError if it can't be read."""
        return setting.key in self._part(setting.is_personal, setting.table)

    def value(self, setting: Setting) -> str:
        """Return the value in the file as one would type it; "" if the file doesn't have it.

        Raise SettingsError if the file can't be read.
        """
        return _as_typed(self._part(setting.is_personal, setting.table).get(setting.key))

    def keys(self, table: str) -> dict[str, str]:
        """Return the keys in a table by command. Raise SettingsError if the file can't be read."""
        return {k: v for k, v in self._part(True, table).items() if isinstance(v, str)}

    def default(self, setting: Setting) -> str:
        """Return the value that applies while the file doesn't have the setting, as one would type it."""
        if setting.kind == PAGE:
            from journal_tui.entry import template

            given = {"note": template.NOTE, "day": template.DAY}
            return given.get(setting.key, template.PERIOD)
        if setting.table == "sections":
            from journal_tui.entry.vocabulary import english

            words = english()
            names = {"rating": words.rating_label, "day": words.day_label}
            return names.get(setting.key) or words.heading(setting.key)
        if setting.name == "file" and self.journal:
            return self.journal.entries.usual_pattern.source
        fixed = {
            **dict.fromkeys(_PUBLISH_SWITCHES, "false"), "publish.language": "en-GB",
            "links": "false", "returning-points": "true", "count": "calendar", "day-ends": "00:00", "scale": "0-10",
            "name": self.journal.root.name if self.journal else "",
            "publish.title": self.journal.name if self.journal and setting.name == "publish.title" else "",
            "theme": self._checks.usual_theme,
            "editor": os.environ.get("VISUAL") or os.environ.get("EDITOR") or "",
        }  # fmt: skip
        return fixed.get(setting.name, "")

    def in_words(self, setting: Setting) -> str:
        """Return the value that applies, in one line. Raise SettingsError if the file can't be read."""
        return _in_words(setting, self.value(setting) or self.default(setting))

    def default_in_words(self, setting: Setting) -> str:
        """Return in one line the value that applies while the file doesn't have the setting."""
        return _in_words(setting, self.default(setting))

    def words_of(self, value: "Value") -> str:
        """Return a value in one line, with the weekday of a day, and a switch as yes or no."""
        if isinstance(value, bool):
            return _YES_OR_NO[_as_typed(value)]
        if isinstance(value, date):
            from journal_tui.period import long_date

            return long_date(value)
        return one_line(_as_typed(value))

    def meaning(self, setting: Setting, words: str) -> str:
        """Return in one line what a value means; for `file`, how it names today's entry. Raise JournalError."""
        value = self.parse(setting, words)
        if setting.name == "file" and self.journal:
            name = self.journal.entries.path_by(str(value), self.journal.today())
            return one_line(f"today's entry would be {name}")
        return self.words_of(value)

    def parse(self, setting: Setting, words: str) -> "Value":
        """Return the value that the words mean. Raise JournalError, with what to write instead."""
        value = self._parse(setting, words)
        if setting.name == "theme":
            self._checks.theme(words.strip())
        elif setting.kind == KEYS:
            before = {
                k: v for k, v in self._part(True, setting.table).items() if isinstance(v, str)
            }
            known = self._checks.keys(before, setting.table)
            after = {**before, setting.key: str(value)}
            for fault in self._checks.keys(after, setting.table):
                if fault not in known:
                    said = fault.removeprefix(f"{settings.FILE}: ")
                    raise SettingsError(f"{said[:1].upper()}{said[1:]}")
        # A value that reading the file would refuse is refused here, with a message about what to write.
        try:
            self._file(setting.is_personal).check(setting.table, setting.key, value)
        except WrongSetting as error:
            # Another setting of the file may be wrong.
            if error.name != setting.name:
                raise
            # Quotes are needed in the file only.
            wanted = error.wanted.replace('"', "").removesuffix(", without quotes")
            raise SettingsError(f"“{one_line(words)}” can't be used. Write {wanted}.") from None
        return value

    def _parse(self, setting: Setting, words: str) -> "Value":
        if setting.kind == PAGE:
            return words
        given = words.strip()
        if setting.kind == NAMES:
            names = given.split(";" if ";" in given else ",")
            if any(name.strip() for name in names):
                return tuple(name.strip() for name in names if name.strip())
            given = ""
        if not given:
            raise UsageError(f"Write a value, such as {setting.example}.")
        if setting.kind == DAY:
            from journal_tui.period import parse_day

            return parse_day(given, self.journal.today() if self.journal else date.today())
        if setting.kind == SWITCH:
            known = {
                "true": True,
                "yes": True,
                "on": True,
                "false": False,
                "no": False,
                "off": False,
            }
            if given.casefold() not in known:
                raise UsageError(f"“{one_line(given)}” can't be used. Write yes or no.")
            return known[given.casefold()]
        if setting.kind == CHOICE:
            return given.casefold()
        if setting.kind == TIME:
            hours, _, minutes = given.replace(".", ":").partition(":")
            return f"{hours.zfill(2)}:{minutes or '00'}" if hours.isdigit() else given
        if setting.name == "editor":
            _check_editor(given)
        elif setting.name == "journal":
            given = given if given.startswith("~") else os.path.abspath(given)
            check_root(Path(os.path.expanduser(given)), "The default journal")
        return given

    def set(self, setting: Setting, words: str) -> SettingChange | None:
        """Set a value in its file; return None if the file already has it. Raise JournalError."""
        return self._change(setting, self.parse(setting, words))

    def reset(self, setting: Setting) -> SettingChange | None:
        """Remove a setting from its file, so that the default applies. Raise JournalError."""
        return self._change(setting, None)

    def _change(self, setting: Setting, value: "Value | None") -> SettingChange | None:
        before = self.value(setting)
        done = self._file(setting.is_personal).change(setting.table, setting.key, value)
        if done is None:
            return None
        self._reread(setting)
        now = _as_typed(value)
        self._done.append((setting, done, before, now))
        return SettingChange(setting, before, now, done.warning)

    def _reread(self, setting: Setting) -> None:
        if self.journal and not setting.is_personal:
            self.journal.entries.reread_config()

    def undo(self) -> SettingChange:
        """Undo the last change that was made here. Raise JournalError if that can't be done."""
        if not self._done:
            raise UsageError("There is no change to undo.")
        setting, done, before, now = self._done[-1]
        file = self._file(setting.is_personal)
        if not file.undo(done):
            # Another line of the file has changed since then, and stays.
            if self.value(setting) != now:
                self._done.pop()
                raise SettingsError(
                    f"{file.path} has changed since then, so nothing was undone. Set {setting.name} yourself."
                )
            value = self._parse(setting, before) if before else None
            file.change(setting.table, setting.key, value)
        self._done.pop()
        self._reread(setting)
        return SettingChange(setting, now, before)


def filled_in(setting: Setting) -> str:
    """Return the sentence that lists the names in braces that a template may have."""
    *most, last = (f"{{{name}}}" for name in _names_of(setting))
    return f"These are filled in: {', '.join(most)} and {last}."


def not_filled_in(setting: Setting, page: str) -> str:
    """Return the sentence about the names in braces of a template that stay as they are, or ""."""
    import re

    found = dict.fromkeys(re.findall(r"\{([A-Za-z_-]+)\}", page))
    unknown = [f"{{{name}}}" for name in found if name not in _names_of(setting)]
    return f"Nothing is filled in for {', '.join(unknown)}." if unknown else ""


def _names_of(setting: Setting) -> tuple[str, ...]:
    """Return the names that may be in braces in a template."""
    from journal_tui.entry import template

    given = {"day": template.DAY_NAMES, "note": template.NOTE_NAMES}
    return given.get(setting.key, template.PERIOD_NAMES)


def _of_key(table: str, command: str) -> Setting:
    return Setting(
        f"{table}.{command}",
        f"Key of {command.replace('_', ' ')}",
        f"The key of this command {KEY_TABLES[table]}; separate several with commas.",
        KEYS,
        AT_ONCE,
        True,
        example="f11",
    )


def _in_words(setting: Setting, value: str) -> str:
    """Return a value, given as one would type it, as one line."""
    if setting.kind == PAGE and value:
        lines = value.removesuffix("\n").split("\n")
        first = next((line for line in lines if line.strip()), "")
        return f"{first} ({counted(len(lines), 'line')})"
    if setting.kind == SWITCH:
        value = _YES_OR_NO.get(value, value)
    return one_line(value)


def _as_typed(value: object) -> str:
    """Return a value of a file as one would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        names = [str(name) for name in value]
        if any("," in name for name in names):
            return "; ".join(names) + (";" if len(names) == 1 else "")
        return ", ".join(names)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _check_editor(command: str) -> None:
    """Raise SettingsError if a command can't be run."""
    import shlex
    import shutil

    try:
        words = shlex.split(command)
    except ValueError:
        raise SettingsError(
            f"The editor command cannot be read: {one_line(command)}. Check its quotes."
        ) from None
    if not words or not shutil.which(os.path.expanduser(words[0])):
        raise SettingsError(
            f"There is no program {one_line(words[0]) if words else '“”'} on this computer. "
            "Give a command that works in a terminal, such as nano."
        )
