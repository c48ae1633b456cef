"""Format rows as CSV in which a spreadsheet finds no formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from journal_tui.entry.sanitize import one_line

# Characters that begin a formula, also full-width ones; a cell never begins with white space.
_FORMULA_SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")

Cell = str | int | float | date | None


def cell(text: str) -> str:
    """Return the text so that no spreadsheet reads it as a formula (OWASP, "CSV Injection")."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Return the lines of a table: its header, and its rows, in which None is an empty cell."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(it) if isinstance(it, str) else it for it in row])
    return table.getvalue().splitlines()
