"""One open journal: the facade that the command line, the app and the session use.

`Journal` has the methods that need more than one of its parts, such as opening a day, changing an
entry or finding something. Its other attributes are the parts, each created when first needed:

- `entries`: the files; `config` and `vocabulary`: the settings in journal.toml
- `history`, `trash`, `drafts`: saved versions, deleted entries, unsaved text
- `conflicts`, `orphans`, `integrity`: conflict copies, interrupted saves, checks of the files
- `index`, `search`, `mentions`, `similar_points`: the index, and what it finds
- `follow_ups`: the follow-ups of all entries, as a list to work with
- `subjects`: everything about a person or a tag
- `rename_log`: the renamings of tags and people that can be undone
- `import_log`: what was imported from other programs
- `publication_log`: what was published last to each folder
- `saved_searches`, `recent_searches`: searches saved by name, and the latest searches
- `command_uses`, `point_returns`, `flat_stretches`: what the app remembers from one start to the next

The types of their parameters and results can be imported from here, too.
"""

import os
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.errors import (
    EntryError,
    IndexBusy,
    NoJournal,
    QueryError,
    SettingsError,
    WhenError,
)
from journal_tui.library.config import COUNTS as COUNTS
from journal_tui.library.discovery import check_root as check_root
from journal_tui.library.discovery import copy_sample as copy_sample
from journal_tui.library.discovery import create as create
from journal_tui.library.discovery import find_root as find_root
from journal_tui.library.discovery import find_sample as find_sample
from journal_tui.library.discovery import look_at as look_at
from journal_tui.library.file_reader import ENCODINGS as ENCODINGS
from journal_tui.library.file_reader import LARGEST
from journal_tui.library.file_reader import LoadedFile as LoadedFile
from journal_tui.library.file_reader import TooLarge as TooLarge
from journal_tui.library.file_reader import read_plain as read_plain
from journal_tui.library.library import Library
from journal_tui.publish.options import PublishingOptions
from journal_tui.settings import Places, follows_links

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import IO

    from journal_tui.brief import BriefLine as BriefLine
    from journal_tui.customers.customer import Customer as Customer
    from journal_tui.customers.loop import CustomerNote as CustomerNote
    from journal_tui.customers.loop import Loop as Loop
    from journal_tui.customers.overview import CustomerPage as CustomerPage
    from journal_tui.customers.overview import Overview as Overview
    from journal_tui.customers.sheet import Sheet as Sheet
    from journal_tui.customers.spellings import OtherSpelling as OtherSpelling
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry
    from journal_tui.entry.model import Scale
    from journal_tui.entry.note_kinds import NoteKind, NoteRequest
    from journal_tui.entry.vocabulary import Vocabulary
    from journal_tui.index.index import Index
    from journal_tui.index.index import RefreshResult as RefreshResult
    from journal_tui.index.ranking import Ranking as Ranking
    from journal_tui.index.search import Hit as Hit
    from journal_tui.index.search import Search, Stages
    from journal_tui.library.config import Config
    from journal_tui.library.conflicts import Conflict as Conflict
    from journal_tui.library.conflicts import Conflicts
    from journal_tui.library.drafts import Draft as Draft
    from journal_tui.library.drafts import DraftLog as DraftLog
    from journal_tui.library.drafts import Drafts
    from journal_tui.library.foreign_files import FolderFiles as FolderFiles
    from journal_tui.library.foreign_files import SingleFile as SingleFile
    from journal_tui.library.history import History
    from journal_tui.library.history import Version as Version
    from journal_tui.library.import_log import ImportedPiece as ImportedPiece
    from journal_tui.library.import_log import ImportLog
    from journal_tui.library.integrity import FileFinding as FileFinding
    from journal_tui.library.integrity import Integrity
    from journal_tui.library.library import SaveResult as SaveResult
    from journal_tui.library.locks import EditLock as EditLock
    from journal_tui.library.orphans import Orphans
    from journal_tui.library.private_files import PrivateCopy as PrivateCopy
    from journal_tui.library.published_folder import FolderPlan as FolderPlan
    from journal_tui.library.published_folder import PublicationLog, PublishedFolder
    from journal_tui.library.remembered import CommandUses, FlatStretches, PointReturns
    from journal_tui.library.rename_log import LoggedRename as LoggedRename
    from journal_tui.library.rename_log import RenamedEntry as RenamedEntry
    from journal_tui.library.rename_log import RenameLog
    from journal_tui.library.saved_searches import RecentSearches, SavedSearches
    from journal_tui.library.survey import Survey as Survey
    from journal_tui.library.toml_file import SettingsEdit as SettingsEdit
    from journal_tui.library.toml_file import TomlFile as TomlFile
    from journal_tui.library.toml_file import Value as Value
    from journal_tui.library.trash import Trash
    from journal_tui.library.trash import TrashItem as TrashItem
    from journal_tui.lookups.entry_links import LinkedEntry as LinkedEntry
    from journal_tui.lookups.entry_links import LinkTarget as LinkTarget
    from journal_tui.lookups.follow_ups import FollowUpSearch
    from journal_tui.lookups.follow_ups import ListedExpectation as ListedExpectation
    from journal_tui.lookups.link_completion import LinkCandidate as LinkCandidate
    from journal_tui.lookups.link_completion import LinkCompletion as LinkCompletion
    from journal_tui.lookups.mentions import Mentions
    from journal_tui.lookups.mentions import Name as Name
    from journal_tui.lookups.similarity import SimilarPoint as SimilarPoint
    from journal_tui.lookups.similarity import SimilarPointSearch
    from journal_tui.lookups.subjects import PlainName as PlainName
    from journal_tui.lookups.subjects import Said as Said
    from journal_tui.lookups.subjects import Subject as Subject
    from journal_tui.lookups.subjects import Subjects
    from journal_tui.lookups.written_days import DayNumbering
    from journal_tui.period import CalendarPeriod, Period
    from journal_tui.pseudonyms import Pseudonyms
    from journal_tui.query.parser import Query
    from journal_tui.review.calibration import Calibration as Calibration
    from journal_tui.review.closing import ClosingFacts as ClosingFacts
    from journal_tui.review.closing_time import ClosingDue as ClosingDue
    from journal_tui.review.document import Document
    from journal_tui.review.good_days import GoodDays as GoodDays
    from journal_tui.review.returning_points import ReturningPoint as ReturningPoint
    from journal_tui.review.review import Review as Review
    from journal_tui.review.span import Span

Clock = Callable[[], datetime]
LARGEST_ENTRY = LARGEST
"""The greatest size of an entry's file, in bytes."""


class OpenedEntry(NamedTuple):
    """An entry that was opened to be read or edited.

    `path` is relative to the journal. `loaded` is None if the entry has no file yet; `entry` then
    has the template's text, and `template_cursor` is the offset at which to write in it.
    `protected` is the reason why nothing may be written to the journal, or "".
    """

    path: str
    entry: "Entry"
    loaded: LoadedFile | None
    template_cursor: int = 0
    protected: str = ""

    @property
    def cursor(self) -> int:
        """The offset at which to write: that of the template, or the end of the prose."""
        from journal_tui.entry.template import end_of_prose

        entry = self.entry
        return end_of_prose(entry.text, entry.vocabulary) if self.loaded else self.template_cursor

    @property
    def read_only_reason(self) -> str:
        """The reason why the entry may be read but not edited; "" if it may be edited."""
        return self.protected or (self.loaded.read_only_reason if self.loaded else "")


class DayFile(NamedTuple):
    """A file of a day, with its title or "", and whether it is a note and not the day's entry."""

    path: str
    title: str
    is_note: bool


class Journal:
    """The journal in the folder `root`; only its methods and parts read and write files.

    `clock` returns the local time; `places` has the folders for index, drafts and settings.
    """

    def __init__(self, root: Path, places: Places, clock: Clock = datetime.now) -> None:
        self.places = places
        self.clock = clock
        real = os.path.realpath(root)
        # The checksum tells apart journals of the same name.
        key = f"{os.path.basename(real)[:40]}-{zlib.crc32(os.fsencode(real)):08x}"
        self.state = places.state / key
        self.entries = Library(Path(real), self.state, lambda: follows_links(places.config))
        self._index_folder = places.cache / key
        self._index: Index | None = None
        self._index_lock = threading.Lock()

    @property
    def root(self) -> Path:
        """The journal's folder."""
        return self.entries.root

    @property
    def name(self) -> str:
        """The journal's name: the one in journal.toml, or else its folder's."""
        return self.config.name

    @property
    def config(self) -> "Config":
        """The settings in journal.toml. Reading it raises SettingsError if the file can't be used."""
        return self.entries.config

    @property
    def scale(self) -> "Scale":
        """The scale of the ratings; a search needs it, but not the vocabulary, which also has it."""
        from journal_tui.entry.model import Scale

        return Scale(*self.config.scale)

    @property
    def vocabulary(self) -> "Vocabulary":
        """The names of this journal's sections."""
        return self.entries.vocabulary

    @property
    def is_sample(self) -> bool:
        """Whether this is a sample journal, to which nothing is written."""
        return bool(self.entries.read_only_reason)

    def latest_day(self) -> date | None:
        """Return the last day that has an entry, by the names of the files alone."""
        return self.entries.latest_day()

    def today(self) -> date:
        """Return today: the clock's day, or the one before until `day_ends`."""
        now = self.clock()
        return now.date() - timedelta(now.time() < self.entries.day_ends)

    @property
    def history(self) -> "History":
        """The saved versions of entries."""
        return self.entries.history

    @cached_property
    def trash(self) -> "Trash":
        """The deleted entries and discarded drafts."""
        from journal_tui.library.trash import Trash

        return Trash(self.entries)

    @cached_property
    def drafts(self) -> "Drafts":
        """The drafts: texts that were typed and aren't saved."""
        from journal_tui.library.drafts import Drafts

        return Drafts(self.state)

    @cached_property
    def conflicts(self) -> "Conflicts":
        """The conflict copies that sync tools and saves put beside entries."""
        from journal_tui.library.conflicts import Conflicts

        return Conflicts(self.entries)

    @cached_property
    def orphans(self) -> "Orphans":
        """The temporary files of interrupted saves."""
        from journal_tui.library.orphans import Orphans

        return Orphans(self.entries)

    @cached_property
    def integrity(self) -> "Integrity":
        """The checks of the journal's files."""
        from journal_tui.library.integrity import Integrity

        return Integrity(self.entries)

    @cached_property
    def saved_searches(self) -> "SavedSearches":
        """The searches that were saved by name."""
        from journal_tui.library.saved_searches import SavedSearches

        return SavedSearches(self.entries)

    @cached_property
    def recent_searches(self) -> "RecentSearches":
        """The latest searches."""
        from journal_tui.library.saved_searches import RecentSearches

        return RecentSearches(self.state)

    @cached_property
    def command_uses(self) -> "CommandUses":
        """How often each command of the app was chosen from the palette."""
        from journal_tui.library.remembered import CommandUses

        return CommandUses(self.state)

    @cached_property
    def point_returns(self) -> "PointReturns":
        """Whether the learning point that came back was answered, and how many before it weren't."""
        from journal_tui.library.remembered import PointReturns

        return PointReturns(self.state)

    @cached_property
    def flat_stretches(self) -> "FlatStretches":
        """The stretch of equal ratings that was pointed out last."""
        from journal_tui.library.remembered import FlatStretches

        return FlatStretches(self.state)

    @cached_property
    def rename_log(self) -> "RenameLog":
        """The renamings of tags and people that can be undone."""
        from journal_tui.library.rename_log import RenameLog

        return RenameLog(self.state)

    @cached_property
    def import_log(self) -> "ImportLog":
        """What was imported from other programs, so that nothing is imported twice."""
        from journal_tui.library.import_log import ImportLog

        return ImportLog(self.state)

    @property
    def index(self) -> "Index":
        """The index of the entries: one for all threads, which see each other's changes."""
        from journal_tui.index.index import Index

        # A cached property has no lock from Python 3.12 on.
        with self._index_lock:
            if self._index is None:
                self._index = Index(self._index_folder, self.entries)
            return self._index

    @property
    def search(self) -> "Search":
        """The search; today's date decides which follow-ups are overdue."""
        from journal_tui.index.search import Search

        return Search(
            self.index, self.entries, self._numbers.number, self.today(), self._customer_stages
        )

    @property
    def follow_ups(self) -> "FollowUpSearch":
        """The follow-ups of all entries; today's date decides which were done recently."""
        from journal_tui.lookups.follow_ups import FollowUpSearch

        return FollowUpSearch(self.index, self.entries, self._numbers.number, self.today)

    @cached_property
    def mentions(self) -> "Mentions":
        """The tags and people that entries mention."""
        from journal_tui.lookups.mentions import Mentions

        return Mentions(self.index)

    @property
    def subjects(self) -> "Subjects":
        """The people and tags, each with everything that is known about it."""
        from journal_tui.lookups.subjects import Subjects

        return Subjects(
            self.index,
            self.entries,
            self.follow_ups,
            self.query,
            lambda words: self.find(words, "entries"),
        )

    @cached_property
    def similar_points(self) -> "SimilarPointSearch":
        """The search for earlier learning points that are similar to a new one."""
        from journal_tui.lookups.similarity import SimilarPointSearch

        return SimilarPointSearch(self.index)

    @property
    def _numbers(self) -> "DayNumbering":
        from journal_tui.lookups.written_days import DayNumbering

        return DayNumbering(self.config, lambda: self.index)

    def day(self, words: str) -> date:
        """Return the day that the words name: in a form that `period.parse_day` reads, or "day 168".

        Raise WhenError.
        """
        from journal_tui.entry.line_map import shortened
        from journal_tui.period import parse_day

        label, _, number = words.strip().rpartition(" ")
        if number.isascii() and number.isdigit() and label:
            names = {
                "day",
                *(name.casefold() for name in self.vocabulary.names.get("day", ())),
            }
            if label.strip().casefold() in names:
                digits = number.lstrip("0") or "0"
                if len(digits) > 9:
                    # `int` refuses a very long number.
                    raise WhenError(f"There is no entry for day {shortened(digits, 40)}.")
                return self._numbers.day(int(digits))
        return parse_day(words, self.today())

    def day_or_period(self, words: str) -> "date | CalendarPeriod":
        """Return the day that the words name, or else the week, month, quarter or year.

        Raise WhenError, also for other periods, such as "last 30 days", since they have no notes.
        """
        from journal_tui.period import NotADay, NotAPeriod, calendar_period_of, parse_period

        try:
            return self.day(words)
        except NotADay as error:
            no_day = error
        try:
            days = parse_period(words, self.today(), self.day)
        except NotAPeriod:
            raise no_day from None
        if days.start == days.last:
            return days.start
        if found := calendar_period_of(days):
            return found
        raise WhenError(
            f"{days} has no note: only a day, a week, a month, a quarter or a year can have one."
        )

    def number(self, day: date) -> int | None:
        """Return the day's number by the start and the counting in journal.toml, or None without one.

        Days before the start have none, nor have weekends if workdays are counted.
        """
        return self._numbers.number(day)

    def path_of(self, day: date) -> str | None:
        """Return the path of the day's entry, or None if it has none."""
        return self.entries.find(day)

    def former_path_of(self, day: date) -> str:
        """Return the path of the day's entry or, if it was deleted, the path that it had.

        If neither is known, return the path of a new entry.
        """
        if path := self.path_of(day):
            return path
        deleted = (item.path for item in self.trash.items() if item.day == day)
        entries = self.entries
        found = (p for p in deleted if not (entries.is_note(p) or entries.period_of(p)))
        return next(found, entries.new_path(day))

    def path_of_period(self, period: "CalendarPeriod") -> str | None:
        """Return the path of the period's note, or None if it has none."""
        return self.entries.find_period(period)

    def former_path_of_period(self, period: "CalendarPeriod") -> str:
        """Return the path of the period's note or, if it was deleted, the path that it had.

        If neither is known, return the path of a new note.
        """
        if path := self.path_of_period(period):
            return path
        deleted = (item.path for item in self.trash.items())
        found = (path for path in deleted if self.entries.period_of(path) == period)
        return next(found, self.entries.new_period_path(period))

    def entry_name(self, day: date, path: str) -> str:
        """Return the day of an entry in words, Monday 6 October 2014, or its period: Week 41 of 2014."""
        from journal_tui.period import long_date

        period = self.entries.period_of(path)
        return period.title if period else long_date(day)

    @property
    def note_kinds(self) -> "tuple[NoteKind, ...]":
        """The kinds of notes to choose from: those of journal.toml, then the built-in ones."""
        from journal_tui.entry.note_kinds import kinds

        return kinds(self.config.notes)

    def day_files(self, day: date) -> "list[DayFile]":
        """Return the entry and the notes of a day, the entry first, as the index has them."""
        return [
            DayFile(record["path"], record["title"], self.entries.is_note(record["path"]))
            for record in self.index.records_of_day(day)
        ]

    def sections_of(self, kind: "NoteKind") -> list[tuple[str, str]]:
        """Return the headings in notes of a kind, each with the kind of its items, or "".

        Raise SettingsError if its template is in a file that can't be read.
        """
        from journal_tui.entry.note_kinds import sections_of

        return sections_of(self._template_of(kind), self.vocabulary)

    def asks_for_customer(self, kind: "NoteKind") -> bool:
        """Return whether a note of this kind is about a customer, as its template says."""
        from journal_tui.entry.note_kinds import ASKS_FOR_CUSTOMER

        try:
            return ASKS_FOR_CUSTOMER in self._template_of(kind)
        except SettingsError:
            # Making the note shows the error.
            return False

    def note_for_customer(
        self, customer: str, kind: "NoteKind | None" = None, words: str = ""
    ) -> "NoteRequest":
        """Return the request for a note about a customer, given by key or name, who may be new.

        Raise EntryError if the words can't be a customer.
        """
        from journal_tui.customers.customer import customer_key
        from journal_tui.entry.note_kinds import NoteRequest
        from journal_tui.library.naming import slug

        name = " ".join(customer.split())
        if not slug(name):
            raise EntryError(
                "A customer’s name needs a letter or a digit, because a tag is made of it."
            )
        known = self.find_customer(name)
        if known:
            return NoteRequest(words, kind, known.key, known.name or _with_capital(known.key))
        key = customer_key(slug(name).removeprefix("the-")) or customer_key(slug(name))
        return NoteRequest(words, kind, key, _with_capital(name) if name == key else name)

    def find_customer(self, name: str) -> "Customer | None":
        """Return the customer with this key or name, however it is spelled; None if there is none."""
        from journal_tui.customers.customer import find_customer
        from journal_tui.library.naming import slug

        known = self.customers()
        # A long name is cut in the file's name, from which the key was made.
        return find_customer(known, name) or find_customer(known, slug(name))

    def note_path(self, day: date, note: "NoteRequest") -> str:
        """Return the path of a note of the day by its title; a new path if there is none.

        Raise EntryError if the note would have no name.
        """
        entries = self.entries
        path = entries.note_path(day, note.file_title)
        if path == entries.new_path(day):
            raise EntryError(
                "The title needs a letter or a digit, because the file is named after it."
            )
        return path

    def open(
        self, day: date, path: str | None = None, note: "NoteRequest | None" = None
    ) -> OpenedEntry:
        """Open the day's entry, the file at `path`, or a note; a new one has the text of a template.

        A period note is opened by its path, and `day` is the first day of its period.
        Raise UnreadableEntry if the file exists but can't be read as an entry, EntryError for a
        note without a name, and SettingsError if the file with its template can't be read.
        """
        from journal_tui.entry.entry import Entry

        if path is None:
            path = self.note_path(day, note) if note else self.path_of(day)
        if path:
            try:
                loaded = self.entries.load(path)
                entry = Entry(day, loaded.text, self.vocabulary)
                return OpenedEntry(path, entry, loaded, protected=self.entries.read_only_reason)
            except FileNotFoundError:
                pass
        period = self.entries.period_of(path) if path else None
        text, cursor = self.period_template(period) if period else self.template(day, note)
        new = path or self.entries.new_path(day)
        protected = self.entries.read_only_reason
        return OpenedEntry(new, Entry(day, text, self.vocabulary), None, cursor, protected)

    def template(self, day: date, note: "NoteRequest | None" = None) -> tuple[str, int]:
        """Return the text of a new entry of this day, or of a note, and the offset of the cursor.

        Raise SettingsError if the text is in a file that can't be read.
        """
        from journal_tui.entry import template
        from journal_tui.period import long_date

        number = self.number(day)
        vocabulary, given = self.vocabulary, self.config.templates
        if note:
            usual = given.get("note", template.NOTE)
            source = (self._template_of(note.kind) if note.kind else "") or usual
        else:
            default = template.DAY if number is not None else template.UNCOUNTED_DAY
            source = given.get("day", default)
        values = self._headings() | {
            "label": vocabulary.day_label,
            "day": "" if number is None else str(number),
            "date": long_date(day),
            "iso": day.isoformat(),
            "title": note.title if note else "",
            "about": note.about if note else "",
            "customer": note.customer_tag if note else "",
            "agenda": self._agenda(day, note) if note and "{agenda}" in source else "",
        }
        text, cursor = template.fill(source, values)
        if note and note.customer and note.customer_tag not in text:
            return template.with_paragraph_below_title(text, cursor, note.customer_tag)
        return text, cursor

    def _agenda(self, day: date, note: "NoteRequest") -> str:
        """Return what is open from earlier visits to the customer of a note, or ""."""
        if not note.customer:
            return ""
        from journal_tui.customers.agenda import agenda

        return agenda(self.customer_loops(), note.customer, day, self.vocabulary)

    def _headings(self) -> dict[str, str]:
        """Return what fills the placeholders for headings of sections and for the rating."""
        words = self.vocabulary
        found = {kind: words.heading(kind) for kind in ("learning", "feedback", "follow-up")}
        return {**found, "rating": words.rating_label}

    def _template_of(self, kind: "NoteKind") -> str:
        """Return the template of a kind of note, which may be in a file of the journal."""
        if not kind.file:
            return kind.template
        try:
            return self.entries.template_file(kind.file)
        except SettingsError as error:
            raise SettingsError(
                f"{error} It is the template of “{kind.name}”: see [notes.{kind.key}] in journal.toml."
            ) from None

    def period_template(self, period: "CalendarPeriod") -> tuple[str, int]:
        """Return the text of a new note of a period, and the offset of the cursor."""
        from journal_tui.entry import template
        from journal_tui.period import long_date

        values = self._headings() | {
            "iso": period.name,
            "date": f"{long_date(period.first)} to {long_date(period.days.last)}",
            "title": period.title,
        }
        return template.fill(self.config.templates.get(period.kind, template.PERIOD), values)

    def save(self, opened: OpenedEntry, text: str) -> "SaveResult":
        """Save the new text of an opened entry; call `update_index` afterwards.

        Raise SaveError, with the file as it was, or EntryError if the entry may not be edited.
        """
        if opened.read_only_reason:
            raise EntryError(opened.read_only_reason)
        base = opened.entry.text
        return self.entries.save(opened.path, text, opened.loaded, base, self.clock())

    def save_elsewhere(self, day: date, text: str, folder: Path) -> Path:
        """Write a text to a new file in another folder; return its path. Raise SaveError."""
        from journal_tui.library.atomic_write import save_elsewhere

        return save_elsewhere(day, text, folder)

    def update_index(self, opened: OpenedEntry, saved: "SaveResult") -> None:
        """Update the index after a save; if it is busy, the next refresh does that."""
        from journal_tui.entry.entry import Entry

        entry = Entry(opened.entry.day, saved.text, self.vocabulary)
        try:
            self.index.saved(opened.path, entry, saved.stamp)
            if saved.conflict_path:
                self.index.refresh()
        except (IndexBusy, NoJournal):
            pass

    def change(
        self, day: date, make: "Callable[[Entry], list[TextEdit]]", path: str | None = None
    ) -> "SaveResult":
        """Change and save a day's entry, or the note at `path`; create it if needed.

        `make` returns the edits for the entry that it is given. Raise what `open` and `save` raise.
        """
        from journal_tui.entry.edit import apply
        from journal_tui.entry.entry import Entry
        from journal_tui.library.locks import lock

        # Only one change at a time, because two additions at the same place couldn't be merged.
        with lock(self.state / "locks", f"changing {day}"):
            opened = self.open(day, path)
            text = opened.entry.text
            if not opened.loaded:
                from journal_tui.entry.template import without_gap

                text = without_gap(text, opened.template_cursor)
            text = apply(text, make(Entry(day, text, self.vocabulary)))
            saved = self.save(opened, text)
        self.update_index(opened, saved)
        return saved

    def renaming_lock(self) -> "AbstractContextManager[None]":
        """Hold the lock of renaming tags and people in a `with` block. Raise SaveError."""
        from journal_tui.library.locks import lock

        return lock(self.state / "locks", "renaming")

    def importing_lock(self) -> "AbstractContextManager[None]":
        """Hold the lock of importing in a `with` block. Raise SaveError."""
        from journal_tui.library.locks import lock

        return lock(self.state / "locks", "importing")

    def foreign_files(
        self, path: Path, refuse: "Callable[[str], Exception]"
    ) -> "FolderFiles | SingleFile":
        """Return the files of a folder of another program, or one file. Raise what `refuse` makes."""
        from journal_tui.library.foreign_files import FolderFiles, SingleFile

        return FolderFiles(path, refuse) if path.is_dir() else SingleFile(path, refuse)

    def add_file(self, path: str, source: "IO[bytes]") -> tuple[str, bool]:
        """Write a file that an entry shows; return the path that it gets, and whether it is new.

        If another file has that path, a number is added to the name. Raise SaveError or EntryError.
        """
        from journal_tui.library.attached_file import add

        self.entries.check_writable()
        return add(self.root, path, source)

    def sweep_files(self, folders: Iterable[str]) -> None:
        """Delete what an interrupted import left in these folders; call it while holding `importing_lock`."""
        from journal_tui.library.attached_file import sweep

        for folder in folders:
            sweep(self.root, folder)

    def write_note(self, day: date, note: "NoteRequest", text: str = "") -> "SaveResult":
        """Make a note of the day and save it; if there is one with its title, add the text to that.

        In a new note, the text goes to the template's cursor, and sections in it go below their headings.
        Raise what `open` and `save` raise.
        """
        from journal_tui.entry.changes import add_prose
        from journal_tui.entry.edit import apply
        from journal_tui.entry.template import with_written
        from journal_tui.library.locks import lock

        with lock(self.state / "locks", f"changing {day}"):
            opened = self.open(day, None, note)
            before = opened.entry.text
            if opened.loaded:
                after = apply(before, add_prose(opened.entry, text)) if text else before
            else:
                after = with_written(before, opened.template_cursor, text)
            saved = self.save(opened, after)
        self.update_index(opened, saved)
        return saved

    def edit_lock(self, path: str) -> "EditLock":
        """Return the lock that marks an entry as open here, and tells whether it is open elsewhere."""
        from journal_tui.library.locks import EditLock

        return EditLock(self.state / "open", path, self.clock())

    def make_state_folder(self) -> None:
        """Create the folder for drafts, history and so on, if it is missing. Raise OSError."""
        from journal_tui.library.private_files import private_folder

        private_folder(self.state)

    def private_copy(self, name: str, text: str) -> "PrivateCopy":
        """Return a private file with a text, for another program to edit."""
        from journal_tui.library.private_files import PrivateCopy

        return PrivateCopy(self.state / "editing", name, text)

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        rest: Callable[[], None] = lambda: None,
    ) -> "RefreshResult":
        """Bring the index up to date with the folder.

        `progress` is called with how many files are done and how many there are. `stop` returns whether to
        leave out the remaining years. `rest` is called between files, and may wait for other threads.
        """
        return self.index.refresh(progress, stop, rest)

    def query(self, text: str) -> "Query":
        """Parse a query. Raise QueryError, with the column of the part that can't be understood."""
        from journal_tui.query.parser import parse

        return parse(text, self.today(), self.day, self.scale, self._customers_by_spelling)

    @property
    def _customers_by_spelling(self) -> dict[str, str]:
        """The key of each customer in journal.toml by the key that its name would have."""
        if not self.config.customers:
            return {}
        from journal_tui.customers.customer import keys_by_spelling

        return keys_by_spelling(self.config.customers)

    def parse_partial(self, text: str) -> "tuple[Query | None, QueryError | None]":
        """Parse the parts of a query that can be understood; return them, and the first error in the others.

        Either is None if there is none.
        """
        from journal_tui.query.parser import parse_partial

        return parse_partial(text, self.today(), self.day, self.scale, self._customers_by_spelling)

    def find(
        self, query: "Query | str", rows: str = "mixed", sort: str = "newest"
    ) -> "Iterator[Hit]":
        """Yield hits as they are found: `rows` is "mixed", "learning" or "entries" (see `Search`).

        `sort` is "newest" or "best". Raise QueryError for a text that can't be understood.
        """
        asked = self.query(query) if isinstance(query, str) else query
        hits = self.search.hits(asked, rows)
        if sort == "best":
            from journal_tui.index.ranking import best_first

            return best_first(hits, asked, self.index)
        return hits

    def ranking(self, query: "Query") -> "Ranking":
        """Return an empty ranking for a query: add hits to it, and it sorts them, best first."""
        from journal_tui.index.ranking import Ranking

        return Ranking(query, self.index)

    def suggestions(self, text: str) -> list[str]:
        """Suggest queries for one that finds nothing: other spellings, or fewer words."""
        from journal_tui.lookups.spelling import suggestions

        return suggestions(
            self.index, text, lambda query, most: sum(1 for _ in islice(self.find(query), most))
        )

    def ratings(self, first: date, last: date) -> dict[date, float | None]:
        """Return the days from `first` to `last` that have an entry or a note, with their ratings."""
        from journal_tui.lookups import written_days

        return written_days.ratings_by_day(self.index, first, last)

    def latest_ratings(self, count: int) -> list[float]:
        """Return the newest ratings, newest first."""
        from journal_tui.lookups import written_days

        return written_days.latest_ratings(self.index, count)

    def period_notes(self, first: date, last: date) -> "list[CalendarPeriod]":
        """Return the periods with notes that begin from `first` to `last`, the earliest first."""
        return list(self.index.periods(first, last))

    def nearest_period_note(
        self, period: "CalendarPeriod", forward: bool
    ) -> "CalendarPeriod | None":
        """Return the nearest later, or earlier, period of the same kind that has a note."""
        found = [p for p in self.period_notes(date.min, date.max) if p.kind == period.kind]
        if forward:
            return next((p for p in found if p.first > period.first), None)
        return next((p for p in reversed(found) if p.first < period.first), None)

    def previous_entry(self, day: date) -> date | None:
        """Return the nearest day before this one that has an entry."""
        from journal_tui.lookups import written_days

        return written_days.written_before(self.index, day)

    def next_entry(self, day: date) -> date | None:
        """Return the nearest day after this one that has an entry."""
        from journal_tui.lookups import written_days

        return written_days.written_after(self.index, day)

    def describe(self, day: date) -> str:
        """Describe a day in a line: its rating, then its remark, first point or title; "" without an entry."""
        from journal_tui.lookups import written_days

        return written_days.describe(self.index, day, self.config.scale[1])

    def follow_link(self, target: str, day: date, path: str) -> "LinkTarget":
        """Return what a link in the entry of a day at `path` leads to, in this journal."""
        from journal_tui.lookups import entry_links

        return entry_links.follow(self.index, self.entries, self.find, target, day, path)

    def link_completion(self, path: str) -> "LinkCompletion":
        """Return what completes the links of the entry at `path`."""
        from journal_tui.lookups.link_completion import LinkCompletion

        return LinkCompletion(self.index, self.entries, self.today(), path)

    def review(self, span: "Span") -> "Review":
        """Return what the days of a span say: ratings, points, follow-ups, names and coverage."""
        from journal_tui.lookups import review_facts

        return review_facts.review(self.index, self.config, span, self.today())

    def review_document(
        self, span: "Span", form: str = "html", folder: Path | None = None, most: int | None = None
    ) -> str:
        """Return the review of a span as one document: `form` is "html", "markdown" or "json".

        Its links to entries are relative to `folder`, where it will be; by default the journal's folder.
        At most `most` passages of a group are quoted; 0 quotes all.
        """
        if form == "json":
            from json import dumps

            return dumps(self.review_data(span), indent=2) + "\n"
        from journal_tui.library.document_file import relative_link

        document = self._document(span, most)
        place = os.path.realpath(folder) if folder else str(self.root)

        def link(path: str) -> str:
            return relative_link(str(self.root), path, place)

        if form == "markdown":
            from journal_tui.review.document_markdown import markdown

            return markdown(document, link)
        from journal_tui import __version__
        from journal_tui.review.document_page import html

        return html(document, link, __version__)

    def review_data(self, span: "Span") -> dict[str, Any]:
        """Return the review of a span as values for JSON."""
        from journal_tui.review.review_data import document_data

        return document_data(self._document(span))

    def _document(self, span: "Span", most: int | None = None) -> "Document":
        from journal_tui.lookups.document_facts import document_facts
        from journal_tui.review.document import MAX_QUOTED, make_document

        review = self.review(span)
        find = partial(self.find, rows="entries")
        facts = document_facts(self.index, self.config, self.entries, find, review)
        return make_document(review, facts, self.name, MAX_QUOTED if most is None else most)

    def write_document(self, file: Path, text: str, *, replace: bool = False) -> Path:
        """Write a text to a private file outside the entries; return its absolute path.

        Raise DocumentExists if there is a file already and `replace` is false; or SaveError.
        """
        from journal_tui.library.document_file import write_document

        return write_document(file, text, self.root, replace)

    def write_stream(
        self, file: Path, make: "Callable[[IO[bytes]], object]", *, replace: bool = False
    ) -> Path:
        """Have `make` write to a private file, as `write_document` does with a text."""
        from journal_tui.library.document_file import write_stream

        return write_stream(file, make, self.root, replace)

    def write_folder(
        self, folder: Path, files: "Iterable[tuple[str, Callable[[], IO[bytes]]]]"
    ) -> Path:
        """Write files to a new or empty folder outside the journal; return its path.

        Raise DocumentExists or SaveError.
        """
        from journal_tui.library.document_file import write_folder

        return write_folder(folder, files, self.root)

    def shown_file(self, path: str, most: int) -> "IO[bytes] | None":
        """Open a file that an entry shows; None if it isn't in the journal, or has more than `most` bytes."""
        from journal_tui.library.foreign_files import shown_file

        return shown_file(self.root, path, most)

    def good_days(
        self,
        span: "Span",
        question: str = "",
        progress: Callable[[int, int], None] = lambda done, total: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> "GoodDays":
        """Return what goes with good days in a span, or the answer to one question, a search.

        `progress` is called after each comparison, and `stop` before it; see `make_good_days`. Raise
        QueryError, or UsageError for a question about ratings.
        """
        from journal_tui.lookups import review_facts

        asked = self.query(question) if question.strip() else None
        args = (self.index, self.config, span, self.today())
        return review_facts.good_days(*args, asked, self.find, progress, stop)

    def calibration(self, day: date) -> "Calibration":
        """Return how the days before this one were rated, to be shown while it is rated.

        A stretch of equal ratings is in it only until `flat_stretches.note_shown` notes that it was shown.
        """
        from journal_tui.lookups import calibration_facts

        found = calibration_facts.calibration(self.index, self.config, day)
        if found.stretch and self.flat_stretches.was_shown(found.stretch.first):
            return found._replace(stretch=None)
        return found

    def closing(self, period: "CalendarPeriod") -> "ClosingFacts":
        """Return what is needed to close a week or a longer period: its days, points and promises."""
        from journal_tui.lookups import closing_facts

        listed = self.follow_ups.find()
        return closing_facts.facts(self.index, self.entries, period, self.today(), listed)

    def closing_due(self) -> "ClosingDue | None":
        """Return the week that is to be closed now, or None: see `week_due`."""
        from journal_tui.lookups import closing_due

        return closing_due.due(self.index, self.entries, self.today(), self.clock())

    def week_to_close(self) -> "CalendarPeriod | None":
        """Return the week to close if none is named: the last one or, from Friday noon on, this one."""
        from journal_tui.lookups import closing_due

        return closing_due.week_to_close(self.entries, self.today(), self.clock())

    def customers(self) -> "list[Customer]":
        """Return the customers in journal.toml, then those that only entries name."""
        from journal_tui.lookups import customer_facts

        return customer_facts.customers(self.index, self.config)

    def customers_by_first_mention(self) -> "list[Customer]":
        """Return all customers, those that only a tag names too, in the order in which entries first name them."""
        from journal_tui.lookups import customer_facts

        return customer_facts.customers_by_first_mention(self.index, self.config)

    def customer_notes(self) -> "list[CustomerNote]":
        """Return what each entry says about customers, the earliest first."""
        from journal_tui.lookups import customer_facts

        return customer_facts.notes(self.index, self.config)

    def customer_loops(self) -> "list[Loop]":
        """Return what became of everything that customers said or were promised, the earliest first."""
        from journal_tui.lookups import customer_facts

        return customer_facts.customer_loops(self.index, self.config)

    def _customer_stages(self) -> "Stages":
        from journal_tui.lookups import customer_facts

        return customer_facts.stages(self.index, self.config)

    def customer_spellings(self) -> "list[OtherSpelling]":
        """Return the customers whose keys may be other spellings of those of others."""
        from journal_tui.lookups import customer_facts

        return customer_facts.spellings(self.index, self.config)

    def customer_overview(self, span: "Span") -> "Overview":
        """Return all customers in a span: their themes, visits, open promises, and how long answers took."""
        from journal_tui.lookups import customer_facts

        return customer_facts.overview(self.index, self.config, span, self.today())

    def customer_named(self, name: str) -> "Customer":
        """Return the customer with this key or name, however it is spelled. Raise EntryError if there is none."""
        from journal_tui.lookups import customer_facts

        return customer_facts.customer_named(self.customers(), name)

    def customer_uses(self, tag: str) -> "Name | None":
        """Return on how many days notes name the customer of a tag, and since when; None if no note does."""
        from journal_tui.lookups import customer_facts

        return customer_facts.uses(self.index, self.config, tag)

    def kind_of_note(self, path: str, entry: "Entry") -> str:
        """Return the kind of a note, which its front matter or the name of its file says; or ""."""
        from journal_tui.index.analyzer import kind_of

        return kind_of(path, entry)

    def customer_page(self, name: str, span: "Span") -> "CustomerPage":
        """Return everything about a customer, by its key or name. Raise EntryError if there is none."""
        from journal_tui.lookups import customer_facts

        return customer_facts.page(self.index, self.config, name, span, self.today())

    def customer_mentions(self, key: str) -> "Iterator[Said]":
        """Yield what entries besides the customer's visits say with its tag, the newest first."""
        from heapq import merge

        visits = {note.path for note in self.customer_notes() if key in note.visit.customers}
        keys = [key, *(it for it, known in self._customers_by_spelling.items() if known == key)]
        found = (self.subjects.said(f"#customer/{it}") for it in keys)
        seen: set[tuple[str, int]] = set()
        for said in merge(*found, key=lambda it: -it.day.toordinal()):
            if said.path not in visits and (said.path, said.line) not in seen:
                seen.add((said.path, said.line))
                yield said

    def customer_sheet(
        self,
        customer: str = "",
        theme: str = "",
        period: "Period | None" = None,
        *,
        names: bool = False,
    ) -> "Sheet":
        """Return a sheet to send: what one customer, or all customers about a theme, said, and what became of it.

        People have pseudonyms unless `names` is true. Without a period, the sheet has what is open, and
        what was settled since the last visit but one.
        """
        from journal_tui.customers.sheet import Choice, make_sheet
        from journal_tui.publish.redaction import Redactor

        visits = [
            note.day
            for note in self.customer_notes()
            if note.was_visit(self.today()) and customer in note.visit.customers
        ]
        shown = {it.key: it.shown for it in self.customers()}
        choice = Choice(customer, theme, period, visits, lambda key: shown.get(key, key), names)
        # A sheet of all customers names them; a sheet of one customer names no other.
        options = PublishingOptions(named=(customer,), customers=not customer, people=names)
        loops = self.without_private_passages(self.customer_loops())
        pseudonyms = self.pseudonyms(options)
        # A name may have its title, such as Mrs, only in a later text, so all are looked through first.
        for loop in loops:
            for text in (loop.text, *(it.promise.text for it in loop.promises)):
                pseudonyms.note_names(text)
        redactor = Redactor(options, pseudonyms, self.vocabulary, files=self.days_of_files())
        return make_sheet(loops, choice, pseudonyms, redactor.text, self.today())

    def days_of_files(self) -> dict[str, str]:
        """Return the day, in words, of each entry whose file name has a title, by that name in lower case."""
        import re

        found: dict[str, str] = {}
        for day, record in self.index.newest():
            stem = re.sub(r"\.\w+\Z", "", record["path"].rpartition("/")[2])
            if re.search(r"[^\W\d_]", stem) and not self.entries.period_of(record["path"]):
                found[stem.casefold()] = self.entry_name(day, record["path"])
        return found

    def without_private_passages(self, loops: "Iterable[Loop]") -> "list[Loop]":
        """Return what customers said and were promised, without what entries mark as private."""
        from journal_tui.lookups import customer_facts

        return customer_facts.without_private_passages(loops, self.entries)

    def pseudonyms(self, options: "PublishingOptions | None" = None) -> "Pseudonyms":
        """Return the pseudonyms of all people and customers, which stay the same as the journal grows.

        The options say who may be named instead. Without options, people have pseudonyms and customers don't.
        """
        from journal_tui.pseudonyms import Pseudonyms

        people = sorted(self.mentions.all("@"), key=lambda name: (name.first, name.term))
        return Pseudonyms(
            (name.term for name in people),
            ((it.key, it.name) for it in self.customers_by_first_mention()) if options else (),
            options.named if options else (),
            are_people_named=bool(options and options.people),
            are_customers_named=bool(options and options.customers),
        )

    def published_folder(self, folder: Path) -> "PublishedFolder":
        """Return the folder outside the journal to which entries are published."""
        from journal_tui.library.published_folder import PublishedFolder

        return PublishedFolder(folder, self.root)

    @cached_property
    def publication_log(self) -> "PublicationLog":
        """What was published last to each folder."""
        from journal_tui.library.published_folder import PublicationLog

        return PublicationLog(self.state)

    def span(self, words: str, anchor: date | None = None) -> "Span":
        """Return the span that words name, such as the `week` around `anchor`. Raise WhenError."""
        from journal_tui.review.span import parse_span

        return parse_span(words, self.today(), self.day, anchor)

    def brief(self, day: date) -> "list[BriefLine]":
        """Return the brief of a day: what is due, what was written before it, and what was learned."""
        from journal_tui import brief
        from journal_tui.lookups import brief_facts

        today = self.today()
        facts = brief_facts.facts_of_day(self.index, self.entries, day, today)
        facts = facts._replace(point=self.returning_point(day))
        if day == today:
            from journal_tui.lookups import customer_facts

            facts = facts._replace(
                close=self.closing_due(),
                visits=customer_facts.planned_visits(self.index, self.config, today),
                overdue=customer_facts.overdue_visit(self.index, self.config, today),
                checks=[
                    brief.BriefPassage(it.expectation.text, it.day, it.path, it.expectation.line)
                    for it in self.due_expectations()
                ],
            )
        return brief.of_day(facts)

    def returning_point(self, day: date, *, is_asked_for: bool = False) -> "ReturningPoint | None":
        """Return the learning point that comes back on a day, or None.

        Unless it `is_asked_for`, there is none today once one was answered, or after many in a row that weren't,
        and none on any day if journal.toml turns them off.
        """
        from journal_tui.lookups import brief_facts
        from journal_tui.review.returning_points import MAX_IGNORED, choose_point

        today = self.today()
        if not is_asked_for:
            if not self.config.returning_points:
                return None
            returns = self.point_returns
            if day == today and (returns.is_answered(today) or returns.ignored >= MAX_IGNORED):
                return None
        return choose_point(brief_facts.returning_points(self.index, day), day)

    def due_expectations(self) -> "list[ListedExpectation]":
        """Return the expectations to check by today that have no answer, the earliest first."""
        from journal_tui.lookups import follow_ups

        return follow_ups.unanswered_expectations(self.index, self.today())

    def expectations(self) -> "list[ListedExpectation]":
        """Return the expectations without an answer that say when to check them, the earliest first."""
        from journal_tui.lookups import follow_ups

        return follow_ups.unanswered_expectations(self.index)

    def random_day(self, other_than: date) -> date | None:
        """Return a random day with an entry, but not this one; None if there is no other."""
        from random import choice

        days = [day for day in self.ratings(date.min, date.max) if day != other_than]
        return choice(days) if days else None

    def brief_about(self, text: str) -> "list[BriefLine]":
        """Return the brief about a person, a tag or words. Raise QueryError."""
        from journal_tui import brief
        from journal_tui.lookups import brief_facts

        return brief.about(
            brief_facts.facts_about(
                self.index, self.entries, self.find, self.query(text), self.today()
            )
        )


def imported_key(key: str) -> str:
    """Return the key of an imported piece as it is in the log of imports."""
    from journal_tui.library.import_log import key_of

    return key_of(key)


def imported_piece(run: int, what: str, path: str, digest: str, key: str) -> "ImportedPiece":
    """Return a line for the log of imports; `what` is "entry", or "part" for a text added to one."""
    from journal_tui.library.import_log import ImportedPiece

    return ImportedPiece(run, what, path, digest, imported_key(key))


def _with_capital(name: str) -> str:
    return name[:1].upper() + name[1:]
