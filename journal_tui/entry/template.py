"""What a new entry starts with: a template whose few placeholders are filled in from its day."""

import re
from datetime import date

from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.period import MONTHS, WEEKDAYS

CURSOR = "{cursor}"
DAY = "# {label} {day} – {date}\n\n{cursor}\n\n## {learning}\n\n- \n\n{rating}: \n"
UNCOUNTED_DAY = "# {date}\n\n{cursor}\n\n## {learning}\n\n- \n\n{rating}: \n"
NOTE = "# {title}\n\n{cursor}\n"


def long_date(day: date) -> str:
    """Monday 6 October 2014: the same on every machine, whatever its locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def fill(template: str, values: dict[str, str]) -> tuple[str, int]:
    """The template's text with `{name}` replaced for the names given, and the cursor's offset.

    Braces of any other kind stay as they are. Without `{cursor}` the cursor is at the end.
    """
    before, mark, after = template.partition(CURSOR)
    before, after = (_filled(part.replace(CURSOR, ""), values) for part in (before, after))
    return before + after, len(before) if mark else len(before + after)


def _filled(template: str, values: dict[str, str]) -> str:
    """One pass, so that a value with braces of its own is not filled in again."""
    return re.sub(
        r"\{([^{}]*)\}", lambda found: values.get(found.group(1), found.group()), template
    )


def end_of_prose(text: str, vocabulary: Vocabulary) -> int:
    """Where the writing goes on: before the first heading of a section, else at the end.

    A look at the lines alone; the Markdown is read once the text is on the screen.
    """
    position = 0
    for line in text.splitlines(keepends=True):
        label = line.strip().strip("#*_ ")
        is_section = line.startswith("#") and vocabulary.section(label)
        if is_section or vocabulary.rating(line.strip()):
            return len(text[:position].rstrip())
        position += len(line)
    return len(text.rstrip())


def closed(text: str, cursor: int) -> str:
    """A filled template at whose cursor nobody will write: its place would stay behind as a gap."""
    head, tail = text[:cursor].rstrip(), text[cursor:].lstrip()
    return f"{head}\n\n{tail}" if head and tail else text
