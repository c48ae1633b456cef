"""The command `brief`: print the few lines that matter on a day, or about a person, a tag or words."""

from typing import TYPE_CHECKING, Any

from journal_tui.cli.context import Options, open_journal, refreshed, requested
from journal_tui.cli.output import Output, shell_query, tell
from journal_tui.entry.model import shown
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import UsageError

if TYPE_CHECKING:
    from journal_tui.journal import BriefLine, Journal

# The keys of a line in JSON. A line that leads to a search has null for date, path and line.
KEYS = ("kind", "lead", "text", "date", "path", "line", "rating", "due", "find")


def brief(options: Options) -> int:
    """Print the brief of today, of another day, or about a person, a tag or words."""
    journal = refreshed(open_journal(options))
    subject = " ".join(options.words).strip()
    if subject:
        if options.on:
            raise UsageError(
                "--on is for the brief of a day. Leave it out, or leave out the words."
            )
        lines = journal.brief_about(subject)
    else:
        found = requested(journal, options.on)
        if found.period:
            raise UsageError(f"A brief is of a day, not of {found.period.title}.")
        lines = journal.brief(found.day)
    out = Output()
    if options.json:
        out.json([as_data(line) for line in lines])
    elif lines:
        _print(journal, lines, out)
    elif subject:
        tell(f"Nothing in the journal is about “{one_line(subject)}”.")
    elif found.day == journal.today():
        out.line("Nothing is due, and nothing was written earlier.")
    else:
        # What is due is looked up only for today.
        out.line("Nothing was written before this day.")
    return 0 if lines or not subject else 1


def as_data(line: "BriefLine") -> dict[str, Any]:
    """Return a line as `brief --json` prints it; a stable interface."""
    iso = line.day.isoformat() if line.day else None
    due = line.due.isoformat() if line.due else None
    where = (iso, line.path or None, line.line or None)
    values = (line.kind, line.lead, line.text, *where, line.rating, due, line.query or None)
    return dict(zip(KEYS, values, strict=True))


def _print(journal: "Journal", lines: "list[BriefLine]", out: Output) -> None:
    """Print each line as its lead, its sentence and its source."""
    wide = max(len(line.lead) for line in lines)
    for line in lines:
        source = line.path and str(line.day)
        if period := line.path and journal.entries.period_of(line.path):
            source = period.name
        if line.rating is not None:
            source += f", {shown(line.rating)}/{journal.config.scale[1]}"
        if line.query:
            source = f"journal find {shell_query(line.query)}"
        out.line(f"{line.lead:{wide}}  {one_line(line.text)}  ({source})", wide + 2)
