"""One open journal: the verbs that the app and the command line share. It delegates all work."""

import os
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import EntryError, IndexBusy, NoJournal, WhenError
from journal_tui.library.config import FILE as CONFIG_FILE
from journal_tui.library.config import workdays
from journal_tui.library.library import Library
from journal_tui.settings import Places

if TYPE_CHECKING:
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry
    from journal_tui.index.index import Index, Refreshed
    from journal_tui.index.search import Hit
    from journal_tui.library.library import Saved
    from journal_tui.library.reading import Loaded

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
        self.library = Library(Path(real), self.state)
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
        from journal_tui.period import parse_day

        label, _, number = words.strip().rpartition(" ")
        if label.casefold() == "day" and number.isascii() and number.isdigit():
            return self._numbered(int(number))
        return parse_day(words, self.today())

    def _numbered(self, number: int) -> date:
        for day, record in self.index.newest():
            if record["number"] == number:
                return day
        raise WhenError(f"No entry's title says “Day {number}”.")

    def number(self, day: date) -> int | None:
        """Which day this is by journal.toml's start and way of counting; None before the start.

        A weekend has no number where workdays are counted.
        """
        start, count = self.library.config.start, self.library.config.counting
        if start is None or day < start or count == "none":
            return None
        if count == "workdays":
            return workdays(start, day) if day.weekday() < 5 else None
        if count == "calendar":
            return (day - start).days + 1
        days = {written for written, _ in self.index.newest() if start <= written < day}
        return len(days) + 1

    def path_of(self, day: date) -> str | None:
        """Where the day's entry lies, or None when it is not written."""
        path = self.library.find(day)
        if path:
            return path
        records = self.index.of_day(day)
        path = records[0]["path"] if records else None
        return path if path and self.library.stamp(path) and _is_day(path) else None

    # -- reading and writing --------------------------------------------------------------

    def open(self, day: date, path: str | None = None, title: str = "") -> Opened:
        """The day's entry, the file at `path`, or the note with a title; else a template.

        Raises UnreadableEntry for a file that is there and is no text.
        """
        from journal_tui.entry.entry import Entry

        if path is None:
            path = self.library.new_path(day, title) if title else self.path_of(day)
        if path:
            try:
                loaded = self.library.load(path)
                entry = Entry(day, loaded.text, self.library.vocabulary)
                return Opened(path, entry, loaded, self._end_of_prose(loaded.text))
            except FileNotFoundError:
                pass
        text, cursor = self.template(day, title)
        new = path or self.library.new_path(day)
        return Opened(new, Entry(day, text, self.library.vocabulary), None, cursor)

    def _end_of_prose(self, text: str) -> int:
        """Where the writing goes on: before the first heading of a section, else at the end.

        A look at the lines alone; the Markdown is read once the text is on the screen.
        """
        position = 0
        for line in text.splitlines(keepends=True):
            label = line.strip().strip("#*_ ")
            is_section = line.startswith("#") and self.library.vocabulary.section(label)
            if is_section or self.library.vocabulary.rating(line.strip()):
                return len(text[:position].rstrip())
            position += len(line)
        return len(text.rstrip())

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

    def change(self, day: date, change: "Callable[[Entry], list[TextEdit]]") -> "Saved":
        """Make one change to a day's entry, which is created where it is not written yet."""
        from journal_tui.entry.edit import apply

        opened = self.open(day)
        saved = self.save(opened, apply(opened.entry.text, change(opened.entry)))
        self.indexed(opened, saved)
        return saved

    # -- asking ---------------------------------------------------------------------------

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> "Refreshed":
        """Bring the index up to date with the folder."""
        return self.index.refresh(progress, stop)

    def find(self, words: str, where: str = "everywhere") -> "Iterator[Hit]":
        """Hits, newest first, as they are found. Raises QueryError."""
        from journal_tui.index.search import search
        from journal_tui.query.grammar import parse

        return search(self.index, self.library, parse(words), where)

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
        for record in self.index.of_day(day):
            rating = "" if record["rating"] is None else f"{record['rating']:g}/10"
            points = record["learning"]
            said = record["remark"] or (points[0][0] if points else record["title"])
            return " – ".join(part for part in (rating, said) if part)
        return ""

    def on_this_day(self, day: date, most: int = 8) -> list[tuple[date, str]]:
        """What was written a week, a month, and years ago to the day; the latest first."""
        from journal_tui.period import parse_day

        found: list[tuple[date, str]] = []
        for words in (
            "1 week ago",
            "1 month ago",
            "6 months ago",
            *(f"{n} years ago" for n in range(1, 61)),
        ):
            try:
                earlier = parse_day(words, day)
            except WhenError:
                break
            path = self.library.find(earlier)
            if path and len(found) < most:
                entry = self.open(earlier, path).entry
                said = entry.points[0].text if entry.points else entry.title
                found.append((earlier, said))
        return sorted(found, reverse=True)


def _is_day(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name[10:] == ".md" or name[10:11] == " "


def find_root(given: str | None, start: Path, environment: str | None, default: str) -> Path:
    """The folder of the journal that is meant: given, $JOURNAL, here and above, the default.

    `start` is the folder one stands in. Raises NoJournal, with what to do.
    """
    for named, source in ((given, "--journal"), (environment, "$JOURNAL")):
        if named:
            return check_root(Path(named).expanduser(), source)
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "entries"):
            if (candidate / CONFIG_FILE).is_file():
                return candidate
    if default:
        return check_root(Path(default).expanduser(), "settings.toml")
    raise NoJournal(
        "There is no journal here. Make one with: journal new DIR — or name one with --journal DIR."
    )


def check_root(root: Path, source: str) -> Path:
    """The folder, when it is a journal: it has a journal.toml or a dated entry. Raises NoJournal."""
    if not root.exists():
        raise NoJournal(
            f"{source}: there is no folder {root}. Make a journal with: journal new {root}"
        )
    if not root.is_dir():
        raise NoJournal(f"{source}: {root} is a file, not the folder of a journal.")
    if (root / CONFIG_FILE).is_file():
        return root
    from journal_tui.library.naming import parse_name

    try:
        for count, (_, folders, files) in enumerate(os.walk(root)):
            folders[:] = [name for name in folders if not name.startswith(".")]
            if any(parse_name(name) for name in files):
                return root
            if count > 2_000:
                break
    except OSError:
        pass
    raise NoJournal(
        f"{source}: {root} is not a journal: it has no journal.toml and no dated entry. "
        f"Make it one with: journal new {root}"
    )


def create(root: Path, today: date, name: str = "", count: str = "workdays") -> Path:
    """Make a journal in a folder, which may hold files already; only journal.toml is written.

    Raises NoJournal where there is one already or the folder cannot be made.
    """
    from journal_tui.library import config

    path = root / CONFIG_FILE
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = config.source(name or root.resolve().name, today, count)
        with open(path, "x", encoding="utf-8", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(text)
    except FileExistsError:
        if path.exists():
            raise NoJournal(
                f"{root} is a journal already. Open it with: journal --journal {root}"
            ) from None
        raise NoJournal(f"{root} is a file; a journal needs a folder.") from None
    except OSError as error:
        raise NoJournal(f"{root} cannot be made a journal: {error.strerror}.") from None
    return root
