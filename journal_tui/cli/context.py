"""Find the journal and the day that a command is about."""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import NamedTuple

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.cli.output import progress, tell
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import ForeignJournal, IndexBusy, NoJournal, UsageError, WhenError
from journal_tui.journal import Journal
from journal_tui.period import CalendarPeriod, long_date

Options = argparse.Namespace


def open_journal(options: Options) -> Journal:
    """Open the journal named by --journal, $JOURNAL, the current folder or the settings.

    Raise NoJournal, ForeignJournal or SettingsError.
    """
    places = settings.places()
    environment = os.environ.get("JOURNAL")
    start = current_folder()
    try:
        root = journals.find_root(options.journal, start, environment, "")
    except (NoJournal, ForeignJournal):
        if options.journal or environment:
            raise
        root = journals.find_root(None, start, None, settings.load(places.config).journal)
    journal = Journal(root, places)
    journal.entries.recover(journal.clock())
    return journal


def journal_in(root: Path) -> Journal:
    """Return the journal in a folder that was found, or made, by other means."""
    return Journal(root, settings.places())


def current_folder() -> Path:
    """Return the current folder, or the home folder if it no longer exists."""
    try:
        return Path.cwd()
    except OSError:
        # Without a home folder this stays "~", where nothing is found.
        return Path(os.path.expanduser("~"))


def in_other_journal(journal: Journal) -> str:
    """Return " in the journal “Work”", or "" if the current folder belongs to the journal."""
    start, root = current_folder(), os.path.realpath(journal.root)
    near = (above for folder in (start, *start.parents) for above in (folder, folder / "entries"))
    is_here = any(os.path.realpath(folder) == root for folder in near)
    return "" if is_here else f" in the journal “{one_line(journal.name)}”"


def refreshed(journal: Journal) -> Journal:
    """Refresh the journal's index and return the journal.

    If another process is writing the index, print that, and use the index as it is. If a folder can't be
    listed, print that too: its entries are missing.
    """
    try:
        unlisted = journal.refresh(progress("Reading the journal")).unlisted
    except IndexBusy as error:
        tell(str(error))
        return journal
    if unlisted:
        which, whose = (
            (unlisted[0], "its") if len(unlisted) == 1 else (f"{len(unlisted)} folders", "their")
        )
        tell(
            f"{which} cannot be listed, so {whose} entries are left out. To see why, run: journal check"
        )
    return journal


def refresh_for_number(journal: Journal, words: str) -> None:
    """Refresh the index if the words may name a day by its number, which is looked up there: “day 168”."""
    if words[-1:].isdigit() and words[:1].isalpha():
        refreshed(journal)


class Requested(NamedTuple):
    """What a command is about: a day, or the note of a period, which begins on the day."""

    day: date
    period: CalendarPeriod | None = None

    def __str__(self) -> str:
        """Format it to be read: Monday 6 October 2014, Week 41 of 2014."""
        return self.period.title if self.period else long_date(self.day)

    def path(self, journal: Journal) -> str | None:
        """Return the path of the entry, or None if there is none."""
        return journal.path_of_period(self.period) if self.period else journal.path_of(self.day)

    def path_to_open(self, journal: Journal) -> str | None:
        """Return the path of a period's note, which may not exist yet; None for a day."""
        period = self.period
        return self.path(journal) or journal.entries.new_period_path(period) if period else None

    def former_path(self, journal: Journal, note: str | None) -> str:
        """Return the path of the entry, or of the day's note with the title `note`.

        If the entry was deleted, return the path that it had: its history is still there.
        """
        if note is not None:
            return self.path_of_note(journal, note)
        if self.period:
            return journal.former_path_of_period(self.period)
        return journal.former_path_of(self.day)

    def path_of_note(self, journal: Journal, title: str) -> str:
        """Return the path of the day's note with a title, or a new path if there is none.

        The title is the one in the file's name or, as `journal note` lists it, the one in the text. Raise
        UsageError for a period or if several notes have the title, EntryError if no note can have it.
        """
        # Only a few commands need it.
        from journal_tui.entry.note_kinds import NoteRequest

        day, wanted = self.day_of_note, one_line(title).strip().casefold()
        path = journal.note_path(day, NoteRequest(title))
        if journal.entries.stamp(path) is not None:
            return path
        found = [
            file.path
            for file in refreshed(journal).day_files(day)
            if file.is_note and one_line(file.title).strip().casefold() == wanted
        ]
        if len(found) > 1:
            raise UsageError(
                f"Several notes of {self} have this title: {', '.join(found)}. Name one by the title in "
                "its file's name."
            )
        return found[0] if found else path

    @property
    def day_of_note(self) -> date:
        """The day whose note --note names. Raise UsageError for a period: only days have notes."""
        if self.period:
            raise UsageError(f"--note is for the notes of a day, not of {self.period.title}.")
        return self.day

    @property
    def day_with_notes(self) -> date:
        """The day that can have notes. Raise UsageError for a period."""
        if self.period:
            raise UsageError(
                f"Only a day has notes, and {self.period.title} isn't one. Give a day with --on."
            )
        return self.day


def requested(journal: Journal, words: str | list[str] | None) -> Requested:
    """Return the day or period that the words mean, or today without words.

    Raise WhenError if they mean neither, or are blank.
    """
    if not words and words != "":
        return Requested(journal.today())
    if isinstance(words, list):
        words = " ".join(words)
    if not words.strip():
        raise WhenError("The day is empty. Say which one, such as today or yesterday.")
    refresh_for_number(journal, words)
    found = journal.day_or_period(words)
    return Requested(found) if isinstance(found, date) else Requested(found.first, found)


def requested_to_write(journal: Journal, words: str | None) -> Requested:
    """Return the day or period that the words mean, for writing to its entry.

    If the entry will be new and the folder has no journal.toml, print what isn't read without it.
    """
    found = requested(journal, words)
    if found.path(journal) is None:
        if journal.config.counting == "entries":
            # The number of a new entry is counted in the index.
            refreshed(journal)
        if sentence := journal.entries.unread_conventions():
            tell(sentence)
    return found
