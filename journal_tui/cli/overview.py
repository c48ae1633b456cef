"""One screen about a journal, for a pipe or a glance."""

from datetime import timedelta
from typing import TYPE_CHECKING

from journal_tui.cli.output import Output, counted
from journal_tui.entry.template import long_date
from journal_tui.entry.visible import one_line

if TYPE_CHECKING:
    from journal_tui.journal import Journal


def overview(journal: "Journal", out: Output) -> None:
    """Print name, size, the last days, the latest learning points, and what is open."""
    today = journal.today()
    records = list(journal.index.newest())
    width = min(out.width, 100)
    # The folder stays whole, however long, so that it can be copied.
    folder = f"  ·  {one_line(str(journal.root))}"
    out.line(_cut(one_line(journal.name), max(width - len(folder), 20)) + folder)
    if not records:
        out.line("Nothing written yet. In a terminal, journal opens today's page;")
        out.line('elsewhere, use journal add "…", journal learn "…", journal rate 8 "…".')
        return
    days = {day for day, _ in records}
    points = sum(len(record["learning"]) for _, record in records)
    out.line(
        f"{counted(len(days), 'day')} from {min(days)} to {max(days)}, "
        f"{counted(points, 'learning point')}"
    )
    recent = [
        record["rating"]
        for day, record in records
        if today - timedelta(30) < day <= today and record["rating"] is not None
    ]
    if recent:
        out.line(
            f"Enjoyment over the last 30 days: {sum(recent) / len(recent):.1f} on average, "
            f"{counted(len(recent), 'day')} rated"
        )
    written = "has an entry" if today in days else "has no entry yet"
    out.line(f"Today, {long_date(today)}, {written}.")
    out.line()
    out.line("Last days")
    for day, record in records[:5]:
        rating = "" if record["rating"] is None else f"{record['rating']:g}/10"
        out.line(_cut(f"  {day}  {rating:>6}  {record['title']}", width))
    out.line()
    out.line("Latest learning points")
    latest = [(day, text) for day, record in records[:20] for text, _ in record["learning"]]
    for day, text in latest[:4]:
        out.line(_cut(f"  {day}  {text}", width))
    tasks = [
        (due, text) for _, record in records for text, _, done, due in record["tasks"] if not done
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
