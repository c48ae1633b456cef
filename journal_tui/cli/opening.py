"""Which journal a command means, and which day."""

import argparse
import os
from datetime import date
from pathlib import Path

from journal_tui import journal as journals
from journal_tui import settings
from journal_tui.cli.output import progress, tell
from journal_tui.errors import ForeignJournal, IndexBusy, NoJournal, WhenError
from journal_tui.journal import Journal

Options = argparse.Namespace


def open_journal(options: Options) -> Journal:
    """The journal that is meant. Raises NoJournal, ForeignJournal, SettingsError."""
    places = settings.places()
    environment = os.environ.get("JOURNAL")
    start = here()
    try:
        root = journals.find_root(options.journal, start, environment, "")
    except (NoJournal, ForeignJournal):
        if options.journal or environment:
            raise
        root = journals.find_root(None, start, None, settings.load(places.config).journal)
    journal = Journal(root, places)
    journal.library.recover(journal.clock())
    return journal


def here() -> Path:
    """The folder one stands in; the home folder where that is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def refreshed(journal: Journal) -> Journal:
    """The journal with its index brought up to date; a busy index is searched as it is."""
    try:
        journal.refresh(progress("Reading the journal"))
    except IndexBusy as error:
        tell(str(error))
    return journal


def day_meant(journal: Journal, words: str | list[str] | None) -> date:
    """The day that the words of the command name; today without words. Raises WhenError."""
    if isinstance(words, list):
        words = " ".join(words)
    if not words:
        return journal.today()
    if words[-1].isdigit() and words[:1].isalpha():
        # "day 168" is looked up in what is written.
        refreshed(journal)
    return journal.day(words)


def day_to_write(journal: Journal, words: str | None) -> date:
    """As `day_meant`, and the day's entry is found wherever another program put it."""
    day = day_meant(journal, words)
    if journal.library.find(day) is None:
        refreshed(journal)
    return day


def due_day(journal: Journal, words: str) -> date:
    """Until when something is to be done: "friday" is the next one here. Raises WhenError."""
    today, day = journal.today(), journal.day(words)
    said = words.strip().casefold().removeprefix("this ").removeprefix("on ")
    # Within nine years there is a 29 February.
    for ahead in (f"next {said}", *(f"{said} {today.year + years}" for years in range(9))):
        if day >= today:
            break
        try:
            day = max(day, journal.day(ahead))
        except WhenError:
            pass
    return day
