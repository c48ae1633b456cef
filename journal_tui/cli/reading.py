"""The commands that only read: show, where, check, and the overview."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from journal_tui import settings
from journal_tui.cli.opening import Options, day_meant, here, open_journal, refreshed
from journal_tui.cli.output import Output, counted, progress, tell
from journal_tui.errors import JournalError, NoJournal, UnreadableEntry
from journal_tui.journal import Journal
from journal_tui.library.naming import is_day_entry

if TYPE_CHECKING:
    from journal_tui.journal import Opened


def open_or_overview(options: Options) -> int:
    """Open the app, or print an overview where there is no terminal."""
    journal: Journal | None
    day: date | None
    try:
        journal = open_journal(options)
        journal.library.config  # noqa: B018 - a broken journal.toml is told before the screen opens
        day = day_meant(journal, options.when)
    except NoJournal:
        if options.journal or not _is_terminal():
            raise
        journal, day = None, None
    if not _is_terminal():
        assert journal is not None and day is not None
        if options.when:
            return _show(journal, day, as_data=False)
        from journal_tui.cli.overview import overview

        overview(refreshed(journal), Output())
        return 0
    from journal_tui.app import run

    return run(journal, day, here())


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def show(options: Options) -> int:
    """Print one day: its entry and then its notes; as JSON the entry, or else the first note."""
    journal = open_journal(options)
    return _show(journal, day_meant(journal, options.when), options.json)


def _show(journal: Journal, day: date, as_data: bool) -> int:
    from journal_tui.entry.template import long_date

    refreshed(journal)
    first = journal.path_of(day)
    notes = [record["path"] for record in journal.index.of_day(day) if record["path"] != first]
    paths = ([first] if first else []) + notes
    if not paths:
        tell(f"There is no entry for {long_date(day)}.")
        return 1
    out = Output()
    if as_data:
        out.json(as_json(journal, journal.open(day, paths[0])))
        return 0
    failed = 0
    for path in paths:
        if path != first:
            out.divider(path)
        try:
            opened = journal.open(day, path)
        except UnreadableEntry as error:
            tell(str(error))
            failed = 1
            continue
        out.text(opened.entry.text)
        if opened.locked:
            tell(opened.locked)
    return failed


def as_json(journal: Journal, opened: "Opened") -> dict[str, Any]:
    """One entry as `show --json` gives it; a stable interface."""
    entry = opened.entry
    rating = entry.rating
    problems = [{"line": problem.line, "text": problem.text} for problem in entry.problems]
    if opened.locked:
        problems.insert(0, {"line": 0, "text": opened.locked})
    return {
        "date": entry.day.isoformat(),
        "path": opened.path,
        "title": entry.title,
        "day": entry.number if entry.number is not None else journal.number(entry.day),
        "rating": {"value": rating.value, "remark": rating.remark} if rating else None,
        "learning_points": [{"text": point.text, "line": point.line} for point in entry.points],
        "follow_ups": [
            {
                "text": task.text,
                "line": task.line,
                "done": task.done,
                "due": task.due.isoformat() if task.due else None,
            }
            for task in entry.tasks
        ],
        "tags": list(entry.tags),
        "people": list(entry.people),
        "words": entry.words,
        "problems": problems,
    }


def where(options: Options) -> int:
    """Print where everything is."""
    journal = open_journal(options)
    out = Output()
    places = journal.places
    for label, path in (
        ("journal", journal.root),
        ("settings", places.config / settings.FILE),
        ("index", journal.index.folder),
        ("drafts", journal.state),
    ):
        out.line(f"{label:9} {path}")
    return 0


def check(options: Options) -> int:
    """Read everything and tell each problem, file by file; exit code 1 when there is any."""
    journal = open_journal(options)
    journal.library.config  # noqa: B018 - its problems come first
    from journal_tui.library import checks

    out = Output()
    count = 0
    for finding in list(checks.findings(journal.library)):
        where = f"{finding.path}:{finding.line}" if finding.line else finding.path
        if options.mend and finding.mendable:
            try:
                done_now = checks.mend(journal.library, finding, journal.clock())
                out.line(f"{where}: {finding.sentence}; mended: {done_now}")
                continue
            except JournalError as error:
                tell(str(error))
        advice = "; journal check --mend mends it" if finding.mendable else ""
        out.line(f"{where}: {finding.sentence}{advice}")
        count += 1
    show_progress = progress("Reading the journal")
    done = (
        journal.index.rebuild(show_progress) if options.rebuild else journal.refresh(show_progress)
    )
    for path, sentence in sorted(done.faults):
        out.line(f"{path}: {sentence}")
        count += 1
    listed: dict[str, list[str]] = {}
    for day, record in journal.index.newest():
        path = record["path"]
        if is_day_entry(path):
            listed.setdefault(str(day), []).append(path)
        for line, sentence in record["problems"]:
            said = sentence.removeprefix(path.rpartition("/")[2] + " ")
            out.line(f"{path}:{line}: {said}" if line else f"{path}: {said}")
            count += 1
    for day_text, paths in listed.items():
        if len(paths) > 1:
            out.line(f"{day_text}: more than one file is this day's entry: {', '.join(paths)}")
            count += 1
    if journal.index.failed:
        tell(f"The index cannot be saved ({journal.index.failed}), so it is rebuilt each time.")
    verdict = f"{counted(count, 'problem')} found." if count else "no problems found."
    out.line(f"{counted(done.files, 'entry')} read, {verdict}")
    return 1 if count else 0
