"""Convert a text for an editor and back, so that unedited lines keep their line endings."""

from collections import Counter

from journal_tui.entry.diff import diff_lines
from journal_tui.entry.line_map import LINE_END, plain_newlines

_BOM = "\ufeff"


class LoadedText:
    """A text as read from a file; `shown` is for the editor, `original` converts an edit back.

    Only `\\n`, `\\r\\n` and `\\r` end a line. `shown` has no byte order mark.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._mark = _BOM if text.startswith(_BOM) else ""
        body = text[len(self._mark) :]
        self.shown = plain_newlines(body)
        endings = LINE_END.findall(body) if "\r" in body else []
        counts = Counter(endings)
        self.ending = counts.most_common(1)[0][0] if counts else "\n"
        """The dominant line ending, which new lines get."""
        self._mixed = len(counts) > 1
        self._endings = [*endings, ""] if self._mixed else []

    def original(self, edited: str) -> str:
        """Return the text to save for `edited`, an edited `shown`; if unchanged, `text` itself."""
        edited = plain_newlines(edited)
        if edited == self.shown:
            return self.text
        # A byte order mark at the start of `edited` is text; with another before it, it stays text.
        mark = self._mark or (_BOM if edited.startswith(_BOM) else "")
        if not self._mixed:
            body = edited if self.ending == "\n" else edited.replace("\n", self.ending)
            return mark + body
        lines = edited.split("\n")
        endings = self._endings_of(lines)
        return mark + "".join(line + ending for line, ending in zip(lines, endings, strict=True))

    def _endings_of(self, lines: list[str]) -> list[str]:
        """Return the ending of each edited line: its earlier one, or else the dominant one."""
        old = self.shown.split("\n")
        endings: list[str] = []
        for tag, first, last, new_first, new_last in diff_lines(old, lines):
            kept = self._endings[first:last]
            if tag != "equal":
                # Match endings from the end: Enter splits a line before its ending, and joining
                # lines keeps the last one.
                missing = (new_last - new_first) - len(kept)
                kept = [""] * missing + kept if missing > 0 else kept[-missing:]
            endings += kept
        endings = [ending or self.ending for ending in endings]
        endings[-1] = ""
        for row in range(1, len(lines) - 1):
            # A lone \r followed by an empty line's \n would be read as one ending.
            if endings[row - 1] == "\r" and not lines[row] and endings[row] == "\n":
                endings[row] = "\r\n"
        return endings
