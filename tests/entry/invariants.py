"""Invariants of the entry parser, which hold for any text at all."""

import re
from collections import Counter
from datetime import date

from journal_tui.entry.entry import Entry
from journal_tui.entry.markdown_lines import task_word
from journal_tui.entry.tokenizer import words

DAY = date(2014, 10, 6)
LINE_END = re.compile(r"\r\n|\r|\n")


def read(text: str) -> Entry:
    """Return the completely parsed entry of an arbitrary day with this text."""
    entry = Entry(DAY, text)
    assert entry.outline
    return entry


def line_of(text: str, offset: int) -> int:
    """Return the line, counted from 1, of the character at this offset."""
    return 1 + len(LINE_END.findall(text, 0, offset)) if offset else 1


def assert_consistent(entry: Entry) -> None:
    """Assert that spans, lines and boxes point at what was read, and that the text is untouched."""
    text, outline = entry.text, entry.outline
    count = line_of(text, len(text))
    for point in outline.points:
        assert point.text.strip()
        assert "\n" not in point.text
        assert 0 <= point.start < point.end <= len(text)
        assert point.line == line_of(text, point.start)
        here = Counter(words(text[point.start : point.end]))
        assert Counter(words(point.text)) <= here, point
    for task in outline.tasks:
        assert task.line == line_of(text, task.start)
        if task.box >= 0:
            assert task.start < task.box < task.end
            word = task_word(text[task.box : task.end])
            if word:
                assert task.is_closed == (word[0] in ("DONE", "CANCELED", "CANCELLED"))
            else:
                assert text[task.box - 1] + text[task.box + 1] == "[]"
                assert task.is_closed == (text[task.box] in "xX-")
                assert (task.state == "dropped") == (text[task.box] == "-")
    if outline.rating:
        assert 0 <= outline.rating.value <= 10
        assert 1 <= outline.rating.line <= count
    if outline.slot:
        slot = outline.slot
        assert 0 <= slot.value_start <= slot.value_end <= slot.separator
        assert slot.separator <= slot.remark_start <= slot.remark_end <= len(text)
        assert " ".join(text[slot.remark_start : slot.remark_end].split()) == slot.remark or (
            line_of(text, slot.remark_start) < line_of(text, slot.remark_end) or "\0" in text
        )
    assert outline.problems == tuple(sorted(outline.problems))
    for problem in outline.problems:
        assert 0 <= problem.line <= count
        assert problem.text
    for section in outline.sections:
        assert 0 <= section.start <= section.head_end <= section.end <= len(text)
    assert entry.number is None or entry.number >= 0
    assert len(set(entry.tags)) == len(entry.tags)
    assert len(set(entry.people)) == len(entry.people)
    assert "" not in entry.tags + entry.people
