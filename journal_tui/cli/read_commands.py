"""The commands that show a day: in the app, as an overview, or printed."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from journal_tui.cli.context import (
    Options,
    Requested,
    current_folder,
    open_journal,
    refreshed,
    requested,
)
from journal_tui.cli.output import Output, can_show_app, is_dumb, is_interactive, tell
from journal_tui.counts import counted
from journal_tui.entry.model import shown
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import NoJournal, UnavailableJournal, UnreadableEntry
from journal_tui.journal import Journal
from journal_tui.period import long_date

if TYPE_CHECKING:
    from journal_tui.journal import OpenedEntry


_NO_APP_ON_DUMB = "This terminal can't show the app, because TERM is “dumb”. The commands still work: journal --help"
_NO_APP_WITHOUT_ERRORS = "The app is drawn on standard error, which isn't the terminal here. Run journal without 2> to open it."


def open_or_overview(options: Options) -> int:
    """Open the app, or print an overview where it can't be shown."""
    journal: Journal | None
    wanted: Requested | None
    try:
        journal = open_journal(options)
        journal.config  # noqa: B018 - report a broken journal.toml before the app opens
        wanted = requested(journal, options.when)
    except UnavailableJournal:
        # The welcome screen would suggest that there is no journal yet; perhaps only its disk isn't
        # there.
        raise
    except NoJournal:
        if not can_show_app():
            raise
        journal, wanted = None, None
    if not can_show_app():
        assert journal is not None and wanted is not None
        code = 0
        if options.when:
            code = show_day(journal, wanted, as_data=False)
        else:
            _overview(refreshed(journal), Output())
        if is_interactive():
            tell(_NO_APP_ON_DUMB if is_dumb() else _NO_APP_WITHOUT_ERRORS)
        return code
    from journal_tui.app import run

    if journal is None or wanted is None:
        return run(None, None, current_folder())
    # Without a day, the app chooses it: today, or the last day of a sample journal.
    day = wanted.day if options.when else None
    return run(journal, day, current_folder(), wanted.path_to_open(journal))


def _overview(journal: Journal, out: Output) -> None:
    """Print the name, size, last days, latest learning points and open follow-ups."""
    today = journal.today()
    records = list(journal.index.newest())
    width = min(out.width, 100)
    # The folder isn't cut, so that it can be copied.
    folder = f"  ·  {one_line(str(journal.root))}"
    out.whole_line(_cut(one_line(journal.name), max(width - len(folder), 20)) + folder)
    if not records:
        out.line("Nothing written yet. In a terminal, journal opens today's page;")
        rating = shown(journal.vocabulary.scale.high * 0.8)
        out.line(f'elsewhere, use journal add "…", journal learn "…", journal rate {rating} "…".')
        return
    # A period note isn't a day, and its rating isn't that of a day.
    days = {day for day, record in records if not record["period"]}
    points = sum(len(record["learning"]) for _, record in records)
    when = f" from {min(days)} to {max(days)}" if days else ""
    out.line(f"{counted(len(days), 'day')}{when}, {counted(points, 'learning point')}")
    recent = [
        record["rating"]
        for day, record in records
        if today - timedelta(30) < day <= today
        and record["rating"] is not None
        and not record["period"]
    ]
    if recent:
        out.line(
            f"Enjoyment over the last 30 days: {sum(recent) / len(recent):.1f} on average, "
            f"{counted(len(recent), 'day')} rated"
        )
    written = "has an entry" if today in days else "has no entry yet"
    out.line(f"Today, {long_date(today)}, {written}.")
    out.line()
    out.line("Latest entries")
    for day, record in records[:5]:
        rating = (
            "" if record["rating"] is None else f"{record['rating']:g}/{journal.config.scale[1]}"
        )
        out.line(_cut(f"  {record['period'] or day!s:10}  {rating:>6}  {record['title']}", width))
    out.line()
    out.line("Latest learning points")
    latest = [
        (record["period"] or day.isoformat(), text)
        for day, record in records[:20]
        for text, _ in record["learning"]
    ]
    for iso, text in latest[:4]:
        out.line(_cut(f"  {iso:10}  {text}", width))
    from journal_tui.entry.model import CLOSED
    from journal_tui.entry.task_marks import without_marks

    tasks = [
        (due, without_marks(text, state))
        for _, record in records
        for text, _, state, due, *_ in record["tasks"]
        if state not in CLOSED
    ]
    out.line()
    out.line(f"{counted(len(tasks), 'open follow-up')}" + (", by due date:" if tasks else ""))
    for due, text in sorted(tasks, key=lambda task: task[0] or "9999")[:3]:
        out.line(_cut(f"  {due or '':10}  {text}", width))
    out.line()
    out.line(
        "In a terminal, journal opens today's page. See also: journal find WORDS, journal --help."
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def show(options: Options) -> int:
    """Print a day's entry and notes; with --json only the entry, or the first note if there is none."""
    journal = open_journal(options)
    return show_day(journal, requested(journal, options.when), options.json)


def show_day(journal: Journal, wanted: Requested, as_data: bool) -> int:
    """Print the entry and the notes of a day or period; return the exit code."""
    refreshed(journal)
    first, day, period = wanted.path(journal), wanted.day, wanted.period
    index = journal.index
    records = index.records_of_period(period) if period else index.records_of_day(day)
    notes = [record["path"] for record in records if record["path"] != first]
    paths = ([first] if first else []) + notes
    if not paths:
        tell(f"There is no entry for {wanted}.")
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
        if opened.read_only_reason and not opened.protected:
            tell(opened.read_only_reason)
    return failed


def as_json(journal: Journal, opened: "OpenedEntry") -> dict[str, Any]:
    """Return an entry as `show --json` prints it; a stable interface.

    A period note has `period`, too; its `date` is the first day of the period, and `day` null.
    """
    entry, period = opened.entry, journal.entries.period_of(opened.path)
    number = entry.number if entry.number is not None else journal.number(entry.day)
    rating = entry.rating
    problems = [{"line": problem.line, "text": problem.text} for problem in entry.problems]
    if opened.read_only_reason and not opened.protected:
        problems.insert(0, {"line": 0, "text": opened.read_only_reason})
    return {
        "date": entry.day.isoformat(),
        **({"period": period.name} if period else {}),
        "path": opened.path,
        "title": entry.title,
        "day": None if period else number,
        "rating": {"value": rating.value, "remark": rating.remark} if rating else None,
        "learning_points": [{"text": point.text, "line": point.line} for point in entry.points],
        "follow_ups": [
            {
                "text": task.text,
                "line": task.line,
                "done": task.is_closed,
                "due": task.due.isoformat() if task.due else None,
            }
            for task in entry.tasks
        ],
        "tags": list(entry.tags),
        "people": list(entry.people),
        "words": entry.words,
        "problems": problems,
    }
