"""Lay out a sheet as Markdown, to be edited, mailed and printed by other programs."""

from collections.abc import Iterator

from journal_tui.customers.sheet import Sheet, SheetRow
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import escaped_markdown

EMPTINESS = "Nothing was said or promised."


def sheet_markdown(sheet: Sheet) -> str:
    """Return the sheet as Markdown."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield f"# {sheet.title} – {escaped_markdown(sheet.about)}"
    yield ""
    yield escaped_markdown(" ".join([*sheet.notes, f"Made on {plain_date(sheet.made)}."]))
    if sheet.is_empty:
        yield ""
        yield EMPTINESS
    for part in sheet.parts:
        yield ""
        yield f"## {part.title}"
        yield ""
        for row in part.rows:
            yield from _row(row)


def _row(row: SheetRow) -> Iterator[str]:
    when = f"{row.customer}, {row.when}" if row.customer else row.when
    if row.said:
        yield f"- {escaped_markdown(row.said)} ({escaped_markdown(when)})"
    else:
        yield f"- Promised ({escaped_markdown(when)})"
    for promise in row.promises:
        facts = ", ".join(filter(None, (promise.owner, promise.facts)))
        yield f"  - {escaped_markdown(promise.text)} ({escaped_markdown(facts)})"
    if row.outcome:
        yield f"  - {escaped_markdown(row.outcome)}"
