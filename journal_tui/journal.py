"""One open journal: the verbs that the app and the command line share. It delegates all work."""

import os
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import EntryError, IndexBusy, NoJournal, QueryError, WhenError
from journal_tui.index.daynumbers import DayNumbers
from journal_tui.library.library import Library
from journal_tui.library.naming import stands_for_day
from journal_tui.library.root import create as create
from journal_tui.library.root import find_root as find_root
from journal_tui.settings import Places, follows_links

if TYPE_CHECKING:
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry
    from journal_tui.index.hits import Hit
    from journal_tui.index.index import Index, Refreshed
    from journal_tui.index.search import Search
    from journal_tui.library.library import Saved
    from journal_tui.library.reading import Loaded
    from journal_tui.query.grammar import Query

Clock = Callable[[], datetime]


class Opened(NamedTuple):
    """An entry as one starts to write in it.

    `loaded` is None for a day without a file: then `entry` holds the template and `cursor` the
    offset where the writing begins. `path` is below the journal.
    """

    path: str
    entry: "Entry"
    loaded: "Loaded | None"
    cursor: int

    @property
    def locked(self) -> str:
        """Why the entry may be looked at but not edited; "" when it may."""
        return self.loaded.locked if self.loaded else ""


class Journal:
    """A journal that was found; reads and writes files only when asked to.

    `clock` gives the local time; `places` the folders for index, drafts and settings.
    """

    def __init__(self, root: Path, places: Places, clock: Clock = datetime.now) -> None:
        self.places = places
        self.clock = clock
        real = os.path.realpath(root)
        # The checksum keeps apart the journals that share a name; it is no secret.
        key = f"{os.path.basename(real)[:40]}-{zlib.crc32(os.fsencode(real)):08x}"
        self.state = places.state / key
        self.library = Library(Path(real), self.state, lambda: follows_links(places.config))
        self._index_folder = places.cache / key

    @property
    def root(self) -> Path:
        """The journal's folder."""
        return self.library.root

    @property
    def name(self) -> str:
        """The journal's name, from journal.toml or else its folder's."""
        return self.library.config.name

    @cached_property
    def index(self) -> "Index":
        """The index, opened at first need."""
        from journal_tui.index.index import Index

        return Index(self._index_folder, self.library)

    def today(self) -> date:
        """The local date of the clock."""
        return self.clock().date()

    # -- days -----------------------------------------------------------------------------

    def day(self, words: str) -> date:
        """The day that the words name: what `period.parse_day` reads, and "day 168".

        Raises WhenError.
        """
        from journal_tui.entry.lines import shortened
        from journal_tui.period import parse_day

        label, _, number = words.strip().rpartition(" ")
        if number.isascii() and number.isdigit() and label:
            names = {
                "day",
                *(name.casefold() for name in self.library.vocabulary.names.get("day", ())),
            }
            if label.strip().casefold() in names:
                digits = number.lstrip("0") or "0"
                if len(digits) > 9:
                    # `int` refuses a very long one.
                    raise WhenError(f"There is no entry for day {shortened(digits, 40)}.")
                return DayNumbers(self.library.config, lambda: self.index).day(int(digits))
        return parse_day(words, self.today())

    def number(self, day: date) -> int | None:
        """Which day this is by journal.toml's start and way of counting; None before the start.

        A weekend has no number where workdays are counted.
        """
        return DayNumbers(self.library.config, lambda: self.index).number(day)

    def path_of(self, day: date) -> str | None:
        """Where the day's entry lies, or None when it is not written."""
        if path := self.library.find(day):
            return path
        records = self.index.of_day(day)
        path = records[0]["path"] if records else None
        return path if path and self.library.stamp(path) and stands_for_day(path) else None

    # -- reading and writing --------------------------------------------------------------

    def open(self, day: date, path: str | None = None, title: str = "") -> Opened:
        """The day's entry, the file at `path`, or the note with a title; else a template.

        Raises UnreadableEntry for a file that is there and is no text.
        """
        from journal_tui.entry.entry import Entry
        from journal_tui.entry.template import end_of_prose

        if path is None:
            path = self.library.new_path(day, title) if title else self.path_of(day)
        if path:
            try:
                loaded = self.library.load(path)
                entry = Entry(day, loaded.text, self.library.vocabulary)
                cursor = end_of_prose(loaded.text, self.library.vocabulary)
                return Opened(path, entry, loaded, cursor)
            except FileNotFoundError:
                pass
        text, cursor = self.template(day, title)
        new = path or self.library.new_path(day)
        return Opened(new, Entry(day, text, self.library.vocabulary), None, cursor)

    def template(self, day: date, title: str = "") -> tuple[str, int]:
        """What a new entry of this day (or a note with a title) starts with, and the cursor."""
        from journal_tui.entry import template

        vocabulary, given = self.library.vocabulary, self.library.config.templates
        number = self.number(day)
        default = template.DAY if number is not None else template.UNCOUNTED_DAY
        source = given.get("note", template.NOTE) if title else given.get("day", default)
        values = {
            "label": vocabulary.day_label,
            "day": "" if number is None else str(number),
            "date": template.long_date(day),
            "iso": day.isoformat(),
            "title": title,
            "learning": vocabulary.heading("learning"),
            "rating": vocabulary.rating_label,
        }
        return template.fill(source, values)

    def save(self, opened: Opened, text: str) -> "Saved":
        """Save what `opened` became; the index is brought along by `indexed`.

        Raises SaveError (the file is as it was) and EntryError for one that may not be edited.
        """
        if opened.locked:
            raise EntryError(opened.locked)
        base = opened.entry.text
        return self.library.save(opened.path, text, opened.loaded, base, self.clock())

    def save_elsewhere(self, day: date, text: str, folder: Path) -> Path:
        """Write a text that cannot be saved as a new file of another folder. Raises SaveError."""
        from journal_tui.library.elsewhere import save_elsewhere

        return save_elsewhere(day, text, folder)

    def indexed(self, opened: Opened, saved: "Saved") -> None:
        """Take a save into the index; an index that is busy catches up at the next refresh."""
        from journal_tui.entry.entry import Entry

        entry = Entry(opened.entry.day, saved.text, self.library.vocabulary)
        try:
            self.index.saved(opened.path, entry, saved.stamp)
            if saved.beside:
                self.index.refresh()
        except (IndexBusy, NoJournal):
            pass

    def change(
        self, day: date, make: "Callable[[Entry], list[TextEdit]]", path: str | None = None
    ) -> "Saved":
        """Change a day's entry, which is created where it is not written yet, or a note of it."""
        from journal_tui.entry.edit import apply
        from journal_tui.entry.entry import Entry
        from journal_tui.entry.template import closed
        from journal_tui.library.locking import lock

        # One after another: what two add at the same place could not be merged.
        with lock(self.state / "locks", f"changing {day}"):
            opened = self.open(day, path)
            text = opened.entry.text if opened.loaded else closed(opened.entry.text, opened.cursor)
            text = apply(text, make(Entry(day, text, self.library.vocabulary)))
            saved = self.save(opened, text)
        self.indexed(opened, saved)
        return saved

    # -- asking ---------------------------------------------------------------------------

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        rest: Callable[[], None] = lambda: None,
    ) -> "Refreshed":
        """Bring the index up to date with the folder; `rest` is called between files."""
        return self.index.refresh(progress, stop, rest)

    def query(self, text: str) -> "Query":
        """What a search asks for. Raises QueryError, with the column of what cannot be read."""
        from journal_tui.query.grammar import parse

        return parse(text, self.today(), self.day)

    def understood(self, text: str) -> "tuple[Query | None, QueryError | None]":
        """The part of a query that can be read so far, and what is wrong with the rest."""
        from journal_tui.query.grammar import understood

        return understood(text, self.today(), self.day)

    def find(
        self, query: "Query | str", rows: str = "mixed", sort: str = "newest"
    ) -> "Iterator[Hit]":
        """Hits as they are found: `rows` is "mixed", "learning" or "entries" (see `search`).

        `sort` is "newest" or "best". Raises QueryError for a text that cannot be read.
        """
        asked = self.query(query) if isinstance(query, str) else query
        hits = self._search().hits(asked, rows)
        if sort == "best":
            from journal_tui.index.ranking import best_first

            return best_first(hits, asked)
        return hits

    def nearly(self, text: str) -> list[str]:
        """Queries to try where one finds nothing: words spelled nearly so, or fewer of them."""
        from journal_tui.index.offers import offers

        return offers(self.index, text, lambda query: any(True for _ in self.find(query)))

    def learning_points(self) -> "Iterator[Hit]":
        """Every learning point, the newest day first."""
        return self._search().points()

    def _search(self) -> "Search":
        from journal_tui.index.search import Search

        numbers = DayNumbers(self.library.config, lambda: self.index)
        return Search(self.index, self.library, numbers.number, self.today())

    # -- at a glance ----------------------------------------------------------------------

    def marks(self, first: date, last: date) -> dict[date, float | None]:
        """The written days in [first, last] with their ratings."""
        from journal_tui.index import glance

        return glance.marks(self.index, first, last)

    def latest_ratings(self, count: int) -> list[float]:
        """The newest ratings, newest first."""
        from journal_tui.index import glance

        return glance.latest_ratings(self.index, count)

    def written(self, day: date, forward: bool) -> date | None:
        """The nearest written day behind or before this one."""
        from journal_tui.index import glance

        return (glance.written_after if forward else glance.written_before)(self.index, day)

    def complete(self, word: str) -> list[str]:
        """What a `#tag` or `@name` being typed may become, the most used first."""
        from journal_tui.index import glance

        return glance.complete(self.index, word)

    def describe(self, day: date) -> str:
        """One line about a day: rating, remark or title, first point; "" for an unwritten one."""
        from journal_tui.index import glance

        return glance.describe(self.index, day)

    def on_this_day(self, day: date, most: int = 8) -> list[tuple[date, str]]:
        """What was written a week, a month, and years ago to the day; the latest first."""
        from journal_tui.index import glance

        return glance.on_this_day(self.library, day, most)
