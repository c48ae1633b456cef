"""How often a returning learning point was left without an answer, in a private file of a state folder."""

import os
import re
from datetime import date
from pathlib import Path

from journal_tui.errors import SettingsError
from journal_tui.library.private_files import private_folder, write_private
from journal_tui.library.toml_file import content

FILE = "returned-points"
_LINE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{1,4}) ([01])\n?")


class PointReturns:
    """The last day on which a point was shown, whether it was answered, and how many weren't before."""

    def __init__(self, state: Path) -> None:
        self._state = state

    @property
    def ignored(self) -> int:
        """How many points in a row, each on its day, were left without an answer before the last."""
        return self._read()[1]

    def is_answered(self, today: date) -> bool:
        """Return whether today's point was answered, or put off."""
        day, _, answered = self._read()
        return day == today.isoformat() and answered

    def shown(self, today: date) -> None:
        """Note that a point is shown today."""
        day, ignored, answered = self._read()
        if day != today.isoformat():
            left = ignored + 1 if day and not answered else ignored
            self._write(today.isoformat(), left, False)

    def answer(self, today: date) -> None:
        """Note that today's point was answered, or put off: none was ignored."""
        self._write(today.isoformat(), 0, True)

    def take_back(self, today: date) -> None:
        """Note that today's point has no answer any more."""
        self._write(today.isoformat(), 0, False)

    def _read(self) -> tuple[str, int, bool]:
        try:
            data = content(self._state / FILE) or b""
        except SettingsError:
            data = b""
        found = _LINE.fullmatch(data.decode("utf-8", "replace"))
        return (found[1], int(found[2]), found[3] == "1") if found else ("", 0, True)

    def _write(self, day: str, ignored: int, answered: bool) -> None:
        """Replace the file; do nothing if it can't be written."""
        temporary = self._state / f".{FILE}.{os.getpid()}"
        try:
            private_folder(self._state)
            temporary.unlink(missing_ok=True)
            line = f"{day} {min(ignored, 9_999)} {int(answered)}\n"
            write_private(temporary, line.encode(), sync=False)
            os.replace(temporary, self._state / FILE)
        except OSError:
            pass
