"""The template of a new entry: fill it, and find which of its lines are still to be written."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from journal_tui.entry.markdown_lines import heading, is_fence, list_item, text_of
from journal_tui.entry.model import FEEDBACK, LEARNING
from journal_tui.entry.vocabulary import Vocabulary

CURSOR = "{cursor}"
DAY = "# {label} {day} – {date}\n\n{cursor}\n\n## {learning}\n\n- \n\n{rating}: \n"
UNCOUNTED_DAY = "# {date}\n\n{cursor}\n\n## {learning}\n\n- \n\n{rating}: \n"
NOTE = "# {title}\n\n{cursor}\n"
PERIOD = "# {title}\n\n{cursor}\n\n## {learning}\n\n- \n"

_HEADINGS = ("learning", "feedback", "follow-up", "rating")
DAY_NAMES = ("cursor", "label", "day", "date", "iso", *_HEADINGS)
NOTE_NAMES = (*DAY_NAMES, "title", "about", "customer", "agenda")
PERIOD_NAMES = ("cursor", "date", "iso", "title", *_HEADINGS)
"""The names that may be in braces in the template of a day, of a note of a day, and of a period note."""

WRITE, LEARNED, SAID = "What happened?", "What did you learn?", "What did others say?"
MAX_LINES = 200
"""A text of more lines is no longer the template that it began with."""
_ITEMS = {LEARNING: LEARNED, FEEDBACK: SAID}


def fill(template: str, values: dict[str, str]) -> tuple[str, int]:
    """Return the template with each known `{name}` replaced by its value, and the cursor's offset.

    Other braces are kept. A paragraph that is only a name whose value is empty is left out. Without
    `{cursor}` the cursor is at the end.
    """
    for name, value in values.items():
        if not value:
            template = re.sub(
                rf"(?m)^[ \t]*\{{{re.escape(name)}\}}[ \t]*\n(?:[ \t]*\n)?", "", template
            )
    before, mark, after = template.partition(CURSOR)
    before, after = (_replace_names(part.replace(CURSOR, ""), values) for part in (before, after))
    return before + after, len(before) if mark else len(before + after)


def _replace_names(template: str, values: dict[str, str]) -> str:
    """Replace the names in one pass, so that braces in a value aren't replaced again."""
    return re.sub(
        r"\{([^{}]*)\}", lambda found: values.get(found.group(1), found.group()), template
    )


def end_of_prose(text: str, vocabulary: Vocabulary) -> int:
    """Return the offset at which to continue writing: before the first section, or at the end.

    Only lines are looked at, because parsing Markdown would delay the first paint.
    """
    position = 0
    for line in text.splitlines(keepends=True):
        title = heading(line)
        if (title and vocabulary.section(title.text)) or vocabulary.rating(line.strip()):
            return len(text[:position].rstrip())
        position += len(line)
    return len(text.rstrip())


def with_paragraph_below_title(text: str, cursor: int, paragraph: str) -> tuple[str, int]:
    """Return a filled template with a paragraph after its first line, and the cursor's new offset."""
    title, rest = text.partition("\n")[::2]
    added = f"{title}\n\n{paragraph}\n"
    moved = len(added) - len(title) - 1 if cursor > len(title) else 0
    return added + rest, cursor + moved


def with_written(text: str, cursor: int, written: str) -> str:
    """Return a filled template with a text that may have headings.

    What is before its first heading goes where the cursor is. Each section goes below the same heading
    of the template if that has nothing below it, or else at the end.
    """
    lines = written.strip().splitlines()
    heads = [number for number, line in enumerate(lines) if heading(line)]
    # In code, a line that begins with # isn't a heading.
    if not heads or any(map(is_fence, lines)):
        return without_gap(text, cursor, written)
    text = without_gap(text, cursor, "\n".join(lines[: heads[0]]))
    for begin, end in pairwise([*heads, len(lines)]):
        text = _with_section(text, lines[begin], "\n".join(lines[begin + 1 : end]).strip("\n"))
    return text


def _with_section(text: str, title: str, body: str) -> str:
    lines = text.splitlines()
    heads = [(number, found) for number, line in enumerate(lines) if (found := heading(line))]
    wanted = heading(title)
    ends = [number for number, _ in heads[1:]] + [len(lines)]
    for (begin, found), end in zip(heads, ends, strict=True):
        is_empty = not any(map(text_of, lines[begin + 1 : end]))
        if wanted and is_empty and found.text.casefold() == wanted.text.casefold():
            before, after = "\n".join(lines[: begin + 1]), "\n".join(lines[end:])
            return "\n\n".join(filter(None, (before, body, after))).rstrip("\n") + "\n"
    return "\n\n".join(filter(None, (text.rstrip("\n"), title, body))) + "\n"


def without_gap(text: str, cursor: int, written: str = "") -> str:
    """Return a filled template with a text (`written`) in the gap that was left for the cursor.

    Without a text, the gap is closed.
    """
    written = written.strip()
    label = text[:cursor].rpartition("\n")[2].strip()
    if label.endswith(":") and written.casefold().startswith(label.casefold()):
        # Words such as “Met: Helen” repeat the label, which is there once.
        written = written[len(label) :].lstrip(" \t")
    is_after_label = bool(label)
    if written and is_after_label and "\n" not in written:
        return text[:cursor] + written + text[cursor:]
    head, tail = text[:cursor].rstrip(), text[cursor:].lstrip()
    if not written:
        return f"{head}\n\n{tail}" if head and tail else text
    return "\n\n".join(filter(None, (head, written, tail or ""))).rstrip("\n") + "\n"


def prompts(lines: Sequence[str], vocabulary: Vocabulary) -> Mapping[int, str]:
    """Return the prompt for each line that waits to be filled in, by its number from 0.

    These are the gap below the title, the only item of a section, and a rating without a value. A
    prompt is shown, never written.
    """
    if len(lines) > MAX_LINES:
        return {}
    found: dict[int, str] = {}
    # Headings are looked up as late as possible: most pages are written and need no prompt, and the
    # first look-up takes long.
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
    if len(lines) > MAX_LINES:
        return None
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
