"""Lay out a sheet as one HTML page that needs nothing else: no script and no request.

The template is in `templates/`. Everything that is put into it is escaped, so what is written in an
entry can't become markup.
"""

import re

from journal_tui.customers.sheet import Sheet
from journal_tui.customers.sheet_markdown import EMPTINESS
from journal_tui.entry.relative_time import plain_date
from journal_tui.page_template import page_templates
from journal_tui.period import MONTHS

_DATE = re.compile(rf"\b[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}}\b")


def sheet_page(sheet: Sheet) -> str:
    """Return the sheet as HTML."""
    environment = page_templates("journal_tui.customers")
    environment.filters["unbroken"] = _unbroken
    template = environment.get_template("sheet.html")
    return template.render(sheet=sheet, made=plain_date(sheet.made), emptiness=EMPTINESS) + "\n"


def _unbroken(words: str) -> str:
    """Return words with no-break spaces in their dates, so that no line ends within one."""
    return _DATE.sub(lambda found: found[0].replace(" ", "\u00a0"), words)
