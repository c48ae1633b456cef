"""Write later answers into an entry: a verdict on a learning point, or what became of an expectation.

Each answer is an item below the line that it is about. The changed text is read back: unless the
answer is read as it was given, and everything else in the entry as before, EntryError is raised.
"""

from datetime import date

from journal_tui.entry.changes import has_same_tasks, reads_same
from journal_tui.entry.edit import TextEdit, apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.expectations import Expectation, expectations
from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.markdown_lines import BULLETS, heading, list_item, quote_signs
from journal_tui.entry.model import Point
from journal_tui.entry.verdicts import Verdict, verdicts_in, without_verdicts
from journal_tui.errors import EntryError


def find_point(entry: Entry, text: str, line: int) -> Point:
    """Find the learning point that had this text (without verdicts) on a line, there or elsewhere.

    Raise EntryError if it has changed, or if it moved and several points have this text.
    """
    same = [point for point in entry.points if without_verdicts(point.text) == text]
    for point in same:
        if point.line == line:
            return point
    if len(same) == 1:
        return same[0]
    raise EntryError(
        "This learning point has been edited since it was shown, so nothing was changed."
    )


def add_verdict(entry: Entry, point: Point, verdict: Verdict) -> list[TextEdit]:
    """Write a verdict under a learning point. Raise EntryError if it would be misread there."""
    remark = " ".join(verdict.remark.replace(";", ",").split())
    verdict = verdict._replace(remark=remark)
    edits = [add_below(entry.text, point.line, str(verdict))]
    after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
    at = entry.points.index(point)
    before, now = [p.text for p in entry.points], [p.text for p in after.points]
    is_read = (
        len(now) == len(before)
        and now[:at] + now[at + 1 :] == before[:at] + before[at + 1 :]
        and verdicts_in(now[at]) == [*verdicts_in(point.text), verdict]
        and without_verdicts(now[at]) == without_verdicts(point.text)
        and has_same_tasks(entry, after, point.line, str(verdict))
        and reads_same(entry, after, points=False, tasks=False)
    )
    if not is_read:
        raise EntryError(
            "The verdict would be misread below this point, so nothing was changed."
            " Write it in the entry yourself."
        )
    return edits


def find_expectation(entry: Entry, listed: Expectation) -> Expectation:
    """Find a listed expectation in its entry again, on its line or elsewhere.

    Raise EntryError if it has changed, or if it moved and several are like it.
    """
    same = [
        one
        for one in expectations(entry.text, entry.day)
        if (one.text, one.check) == (listed.text, listed.check) and not one.answer
    ]
    for one in same:
        if one.line == listed.line:
            return one
    if len(same) == 1:
        return same[0]
    raise EntryError(
        "This expectation has been edited or answered since it was shown, so nothing was changed."
    )


def say_what_happened(
    entry: Entry, expected: Expectation, said: str, today: date
) -> list[TextEdit]:
    """Write what happened under an expectation. Raise EntryError if it would be misread there."""
    said = " ".join(said.split())
    if not said:
        raise EntryError("Say in a few words what happened.")
    words = f"happened {today.isoformat()}: {said}"
    edits = [add_below(entry.text, expected.line, words)]
    after = Entry(entry.day, apply(entry.text, edits), entry.vocabulary)
    now = {one.line: one for one in expectations(after.text, entry.day)}
    is_read = (
        now.get(expected.line) == expected._replace(answer=said)
        and has_same_tasks(entry, after, expected.line, words)
        and reads_same(entry, after, points=False, tasks=False)
    )
    if not is_read:
        raise EntryError(
            "The answer would be misread below this line, so nothing was changed."
            " Write it in the entry yourself."
        )
    return edits


def add_below(text: str, line: int, words: str) -> TextEdit:
    """Return the edit that adds an item below the item on a line, after everything nested in it.

    `line` counts from 1. For a line of a paragraph, the item comes after the paragraph.
    """
    endings = list(LINE_END.finditer(text))
    ends = [ending.start() for ending in endings] + [len(text)]
    starts = [0] + [ending.end() for ending in endings]
    lines = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    row = line - 1
    item = list_item(lines[row])
    if item:
        bullet = item.marker if item.marker in BULLETS else BULLETS[0]
        lead = f"{item.quote}{item.indent}{' ' * item.width}{bullet} "
        last = _last_row(lines, row, item.column)
    else:
        lead = f"{quote_signs(lines[row])}{BULLETS[0]} "
        last = _last_row_of_paragraph(lines, row)
    near = endings[min(last, len(endings) - 1)].group() if endings else "\n"
    return TextEdit(ends[last], ends[last], f"{near}{lead}{words}")


def _last_row(lines: list[str], row: int, column: int) -> int:
    """Return the last row of an item at a column, with the items that are nested in it."""
    last = row
    for below in range(row + 1, len(lines)):
        line = lines[below]
        rest = line[len(quote_signs(line)) :]
        if not rest.strip():
            continue
        indent = len(rest.expandtabs(4)) - len(rest.expandtabs(4).lstrip())
        is_after_blank = below > last + 1
        if heading(line) or (indent <= column and (list_item(line) or is_after_blank)):
            break
        last = below
    return last


def _last_row_of_paragraph(lines: list[str], row: int) -> int:
    last = row
    while last + 1 < len(lines):
        line = lines[last + 1]
        if not line.strip(" \t>") or list_item(line) or heading(line):
            break
        last += 1
    return last
