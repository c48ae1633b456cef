"""Prompts for the lines of a template that are still empty; they are shown, never written."""

from collections.abc import Mapping, Sequence

from journal_tui.entry.markdown_lines import heading, list_item
from journal_tui.entry.model import FEEDBACK, LEARNING
from journal_tui.entry.vocabulary import Vocabulary

WRITE, LEARNED, SAID = "What happened?", "What did you learn?", "What did others say?"
MOST_LINES = 200
"""A text of more lines is no longer the template that it began with."""
_ITEMS = {LEARNING: LEARNED, FEEDBACK: SAID}


def prompts(lines: Sequence[str], vocabulary: Vocabulary) -> Mapping[int, str]:
    """Return the prompt for each line that waits to be filled in, by its number from 0.

    These are the gap below the title, the only item of a section, and a rating without a value.
    """
    if len(lines) > MOST_LINES:
        return {}
    found: dict[int, str] = {}
    # On most pages, which have been written, no heading is looked up, which takes long the first time.
    section, above = "", list[str]()
    is_prose = True
    gap: list[int] = []
    for number, line in enumerate(lines):
        title, plain = heading(line), line.strip()
        if title:
            section = title.text
            # A prompt belongs below the title, not below a later heading of a template.
            is_prose = is_prose and not gap
            if is_prose:
                above.append(section)
        elif rating := vocabulary.rating(plain):
            is_prose = False
            if rating[0] == len(plain):
                found[number] = f"{vocabulary.scale}, and why"
        elif not plain:
            if is_prose:
                gap.append(number)
        elif (
            section
            and _is_only_item(lines, number)
            and (asked := _ITEMS.get(vocabulary.section(section) or ""))
        ):
            found[number] = asked
        elif is_prose:
            # Something has been written, so the gap needs no prompt.
            is_prose, gap = False, []
    if gap and not any(map(vocabulary.section, above)):
        found[gap[(len(gap) - 1) // 2]] = WRITE
    return found


def item_below(lines: Sequence[str], row: int) -> int | None:
    """Return the row of a section's only item if it is empty and `row` is the blank line above it.

    Text on that line would belong to no item, so it is meant for the item.
    """
    above = next((line for line in reversed(lines[:row]) if line.strip()), "")
    if lines[row].strip() or not above.startswith("##"):
        return None
    below = next((at for at in range(row + 1, len(lines)) if lines[at].strip()), None)
    return below if below is not None and _is_only_item(lines, below) else None


def _is_only_item(lines: Sequence[str], number: int) -> bool:
    """Return whether a line is an item without a text and the only one of its section."""
    item = list_item(lines[number])
    if not item or lines[number][len(item.prefix) :].strip():
        return False
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    below = next((line for line in lines[number + 1 :] if line.strip()), "")
    return heading(above) is not None and not list_item(below)
