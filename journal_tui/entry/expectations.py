"""Read expectations: what the writer expects, the day on which to check it, and what happened then.

An expectation is a line or a list item, and its answer an item under it:

    - expect: fewer calls about passwords check:2027-03-01
      - happened 2027-03-02: half as many

The day after `check:` may be in words, as after `due:`; it is then counted from the entry's own day.
"""

import re
from datetime import date
from typing import NamedTuple

from journal_tui.entry.due_dates import due_dates
from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.line_map import LINE_END
from journal_tui.entry.markdown_lines import TEXT, block_kinds, list_item, text_of

_EXPECT = lazy_pattern(
    r"[*_]{0,3}expect(?:ed|ation|ing|s)?[*_]{0,3}\s?[:：][*_]{0,3}\s*", re.IGNORECASE
)
# This is searched first, because few entries have both words near each other, in this order.
_LIKE = lazy_pattern(r"expect[\s\S]{1,400}?check", re.IGNORECASE)
_CHECK = lazy_pattern(r"(?<![\w@#/&?=.:-])check(?:-back)?[:：]\s?(?=\S)", re.IGNORECASE)
_HAPPENED = lazy_pattern(
    r"(?:what\s)?happened(?:\s[0-9]{4}-[0-9]{2}-[0-9]{2})?\s?[:–—-]\s*(?P<said>.*)", re.IGNORECASE
)


class Expectation(NamedTuple):
    """An expectation, its line (from 1), the day to check it, and what happened, or "".

    `fault` is why the day can't be read, or "".
    """

    text: str
    line: int
    check: date | None
    fault: str = ""
    answer: str = ""

    def is_due(self, today: date) -> bool:
        """Return whether it is to be checked by today, and hasn't been."""
        return self.check is not None and self.check <= today and not self.answer


def expectations(text: str, day: date) -> list[Expectation]:
    """Return the expectations in the text of a day's entry that say when to check them."""
    if not _LIKE.search(text):
        return []
    lines = LINE_END.split(text)
    kinds = block_kinds(lines)
    found: list[Expectation] = []
    for row, line in enumerate(lines):
        said = text_of(line) if kinds[row] == TEXT else ""
        if not (expect := _EXPECT.match(said)):
            continue
        if not (sign := _CHECK.search(said, expect.end())):
            if fault := _fault_below(lines, kinds, row + 1):
                words = " ".join(said[expect.end() :].split())
                found.append(Expectation(words, row + 1, None, fault))
            continue
        before, rest = said[expect.end() : sign.start()], said[sign.end() :]
        # A day to check is written as a due date is.
        read = next((one for one in due_dates(f"due:{rest}", day) if one.start == 0), None)
        after = rest[read.end - len("due:") :] if read and read.day else ""
        words = " ".join(f"{before} {after}".split())
        fault = "" if read and read.day else _of_check(read.fault) if read else _fault(rest)
        found.append(
            Expectation(words, row + 1, read.day if read else None, fault, _answer(lines, row))
        )
    return found


def _fault(rest: str) -> str:
    return f"“{rest.split()[0]}” isn't a date; write one such as check:2027-03-01"


def _of_check(fault: str) -> str:
    """Return the fault of a due date as that of a day to check, with `check:` in place of `due:`."""
    return fault.replace(" due:", " check:")


def _fault_below(lines: list[str], kinds: list[str], row: int) -> str:
    """Return the fault of an expectation if its day to check is on the next line, or ""."""
    if row == len(lines) or kinds[row] != TEXT or list_item(lines[row].lstrip()):
        return ""
    said = text_of(lines[row])
    sign = None if _EXPECT.match(said) else _CHECK.search(said)
    if sign is None:
        return ""
    return f"“{sign.group().strip()}” must be on the same line as the expectation; join the lines"


def _answer(lines: list[str], row: int) -> str:
    """Return what happened according to the next lines of the same block, or ""."""
    for line in lines[row + 1 :]:
        said = text_of(line)
        if not said.strip() or _EXPECT.match(said):
            break
        if found := _HAPPENED.match(said):
            return found["said"].strip() or found.group().strip()
    return ""
