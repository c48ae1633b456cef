"""Emulate a terminal's screen from an app's output: characters and their styles only."""

import codecs
import re
from unicodedata import combining, east_asian_width

_PIECE = re.compile(
    r"\x1b\[(?P<values>[0-9;:<=>?]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, pointers
    r"|\x1b[P_^][^\x1b]*\x1b\\"
    r"|\x1b[()#%][\s\S]|\x1b[ -~]"
    r"|(?P<control>[\x00-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
# The beginning of a sequence whose end has not been read yet.
_CUT = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*|[\]P_^][^\x07\x1b]*\x1b?|[()#%]?)\Z")

Cell = tuple[str, str]
BLANK: Cell = (" ", "")


class Screen:
    """The cells of a terminal of this size; a cell is a character and its style's sequence."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._cells: list[list[Cell]] = [[BLANK] * columns for _ in range(rows)]
        self._x = self._y = 0
        self._style = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Apply output to the screen."""
        text = self._rest + self._decoder.decode(data)
        cut = _CUT.search(text)
        self._rest = text[cut.start() :] if cut else ""
        for piece in _PIECE.finditer(text, 0, cut.start() if cut else len(text)):
            if piece["text"]:
                self._put(piece["text"])
            elif piece["control"]:
                self._control(piece["control"])
            elif piece["final"]:
                self._sequence(piece["final"], piece["values"])

    def line(self, row: int, first: int = 0, last: int | None = None) -> str:
        """Return the characters of a row."""
        return "".join(character for character, _ in self._cells[row][first:last])

    def region(self, first_row: int, last_row: int, first: int, last: int) -> tuple[Cell, ...]:
        """Return all cells of a region; the last row and column are excluded."""
        return tuple(cell for row in self._cells[first_row:last_row] for cell in row[first:last])

    @property
    def text(self) -> str:
        """All characters, one line for each row."""
        return "\n".join(self.line(row).rstrip() for row in range(self.rows))

    def _put(self, text: str) -> None:
        for character in text:
            if combining(character):
                continue
            width = 2 if east_asian_width(character) in "WF" else 1
            if self._y < self.rows and self._x + width <= self.columns:
                row = self._cells[self._y]
                row[self._x] = (character, self._style)
                if width == 2:
                    row[self._x + 1] = ("", self._style)
            self._x += width

    def _control(self, control: str) -> None:
        if control == "\r":
            self._x = 0
        elif control == "\n":
            self._x, self._y = 0, min(self._y + 1, self.rows - 1)
        elif control == "\b":
            self._x = max(0, self._x - 1)

    def _sequence(self, final: str, values: str) -> None:
        if final == "m":
            # Each run of text sets its whole style after a reset.
            self._style = "" if values in ("", "0") else f"{self._style};{values}".lstrip(";")
            return
        if values.startswith(("?", "<", "=", ">")):
            return
        numbers = [int(value) if value.isdigit() else 0 for value in values.split(";")]
        first = numbers[0] or 1
        if final in "Hf":
            self._y = min(first, self.rows) - 1
            self._x = (numbers[1] or 1) - 1 if len(numbers) > 1 else 0
        elif final in "ABCD":
            across, down = {"A": (0, -1), "B": (0, 1), "C": (1, 0), "D": (-1, 0)}[final]
            self._x = max(0, self._x + across * first)
            self._y = max(0, min(self.rows - 1, self._y + down * first))
        elif final == "J" and numbers[0] == 2:
            self._cells = [[BLANK] * self.columns for _ in range(self.rows)]
        elif final == "K" and self._y < self.rows:
            self._cells[self._y][self._x :] = [BLANK] * (self.columns - self._x)
