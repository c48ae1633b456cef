"""A text as an editor shows it, and the way back: lines that nobody edited keep their own bytes."""

import re
from collections import Counter
from difflib import SequenceMatcher

_LINE = re.compile(r"\r\n|\n|\r")
_MARK = "\ufeff"
# Beyond this many comparisons lines are matched from both ends only.
_MOST_COMPARISONS = 4_000_000


def plain_newlines(text: str) -> str:
    """The text with every `\\r\\n` and `\\r` as `\\n`; what else some call a line break stays."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class LoadedText:
    """A text that was read: `shown` is for the editor, `original` turns what was edited back.

    Only `\\n`, `\\r\\n` and `\\r` end a line. A byte order mark is kept away from the editor.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._mark = _MARK if text.startswith(_MARK) else ""
        body = text[len(self._mark) :]
        self.shown = plain_newlines(body)
        endings = _LINE.findall(body) if "\r" in body else []
        counts = Counter(endings)
        self.ending = counts.most_common(1)[0][0] if counts else "\n"
        """The dominant line ending, which new lines get."""
        self._mixed = len(counts) > 1
        self._endings = [*endings, ""] if self._mixed else []

    def original(self, edited: str) -> str:
        """What to save for `edited`, which came from `shown`; `text` when nothing changed."""
        edited = plain_newlines(edited)
        if edited == self.shown:
            return self.text
        # A mark at the beginning of what is shown is text: one before it keeps it so.
        mark = self._mark or (_MARK if edited.startswith(_MARK) else "")
        if not self._mixed:
            body = edited if self.ending == "\n" else edited.replace("\n", self.ending)
            return mark + body
        lines = edited.split("\n")
        endings = self._endings_of(lines)
        return mark + "".join(line + ending for line, ending in zip(lines, endings, strict=True))

    def _endings_of(self, lines: list[str]) -> list[str]:
        """The ending of each edited line: that of the line it was, else the dominant one."""
        old = self.shown.split("\n")
        endings: list[str] = []
        for tag, first, last, new_first, new_last in matched_lines(old, lines):
            kept = self._endings[first:last]
            if tag != "equal":
                # From the end: Enter splits a line before its ending, joining keeps the last.
                missing = (new_last - new_first) - len(kept)
                kept = [""] * missing + kept if missing > 0 else kept[-missing:]
            endings += kept
        endings = [ending or self.ending for ending in endings]
        endings[-1] = ""
        for row in range(1, len(lines) - 1):
            # A lone \r before an empty line and \n would read as one ending.
            if endings[row - 1] == "\r" and not lines[row] and endings[row] == "\n":
                endings[row] = "\r\n"
        return endings


def matched_lines(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Which new lines are which old ones, as difflib's opcodes, exact at both ends."""
    top = 0
    shorter = min(len(old), len(new))
    while top < shorter and old[top] == new[top]:
        top += 1
    tail = 0
    while tail < shorter - top and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    end, new_end = len(old) - tail, len(new) - tail
    codes: list[tuple[str, int, int, int, int]] = [("equal", 0, top, 0, top)]
    if (end - top) * (new_end - top) <= _MOST_COMPARISONS:
        matcher = SequenceMatcher(None, old[top:end], new[top:new_end], autojunk=False)
        codes += (
            (tag, top + a, top + b, top + c, top + d) for tag, a, b, c, d in matcher.get_opcodes()
        )
    else:
        codes.append(("replace", top, end, top, new_end))
    codes.append(("equal", end, len(old), new_end, len(new)))
    return codes
