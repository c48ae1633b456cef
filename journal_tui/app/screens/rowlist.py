"""What was found as Markdown, to be pasted elsewhere."""

import asyncio
from collections.abc import Sequence

from journal_tui.app.widgets.results_row import Row
from journal_tui.entry.rating import shown

_AT_ONCE = 200


async def as_markdown(rows: Sequence[Row], words: str, said: str) -> str:
    """A line of how it was found, then the rows as a list with their dates; others get a turn.

    `said` is how much was found, and in which order.
    """
    lines = [f"{_code(words)}: {said}" if words.strip() else said, ""]
    for number, row in enumerate(rows):
        rating = "" if row.rating is None else f" ({shown(row.rating)}/10)"
        lines.append(f"- {row.day.isoformat()}{rating}: {' '.join(row.text.split())}")
        if number % _AT_ONCE == _AT_ONCE - 1:
            # Texts of whole entries are read from their files.
            await asyncio.sleep(0)
    return "\n".join(lines) + "\n"


def _code(words: str) -> str:
    """The search as code, whatever signs it holds."""
    line = " ".join(words.split())
    ticks = "`"
    while ticks in line:
        ticks += "`"
    blank = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{blank}{line}{blank}{ticks}"
