"""What the app remembers from one start to the next, each in a private file of a journal's state folder.

None of it is needed: a file that can't be read counts as missing, and a write that fails is
ignored.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from journal_tui.errors import SettingsError
from journal_tui.library.private_files import replace_private
from journal_tui.library.toml_file import content

COMMANDS, POINTS, STRETCH = "commands", "returned-points", "flat-stretch"
"""The names of the files."""
MAX_COMMANDS = 200
"""The most commands that are kept."""
MAX_USES = 9_999
_USES = re.compile(r"([0-9]{1,4}) ([a-z][a-z._-]{0,39})")
_RETURN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{1,4}) ([01])\n?")


class CommandUses:
    """How often each command was chosen from the palette, by its name; what was typed isn't kept."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def all(self) -> Mapping[str, int]:
        """Return the number of uses of each command; skip lines that can't be read."""
        lines = _read(self._state / COMMANDS).splitlines()
        found = [match for line in lines[:MAX_COMMANDS] if (match := _USES.fullmatch(line))]
        return {match[2]: int(match[1]) for match in found}

    def add(self, name: str) -> None:
        """Count one more use."""
        uses = dict(self.all())
        uses[name] = min(MAX_USES, uses.get(name, 0) + 1)
        kept = sorted(uses.items(), key=lambda item: -item[1])[:MAX_COMMANDS]
        _replace(self._state / COMMANDS, "".join(f"{count} {command}\n" for command, count in kept))


class PointReturns:
    """The latest day on which a learning point came back, and whether it was answered.

    The number of points in a row before it that weren't answered is kept, too.
    """

    def __init__(self, state: Path) -> None:
        self._state = state

    @property
    def ignored(self) -> int:
        """How many points in a row, each on its day, were left without an answer before the latest."""
        return self._last()[1]

    def is_answered(self, today: date) -> bool:
        """Return whether today's point was answered, or put off."""
        day, _, answered = self._last()
        return day == today.isoformat() and answered

    def note_shown(self, today: date) -> None:
        """Note that a point is shown today."""
        day, ignored, answered = self._last()
        if day != today.isoformat():
            left = ignored + 1 if day and not answered else ignored
            self._note(today.isoformat(), left, False)

    def answer(self, today: date) -> None:
        """Note that today's point was answered or put off, so that `ignored` is 0 again."""
        self._note(today.isoformat(), 0, True)

    def take_back(self, today: date) -> None:
        """Note that today's point no longer has an answer."""
        self._note(today.isoformat(), 0, False)

    def _last(self) -> tuple[str, int, bool]:
        found = _RETURN.fullmatch(_read(self._state / POINTS))
        return (found[1], int(found[2]), found[3] == "1") if found else ("", 0, True)

    def _note(self, day: str, ignored: int, answered: bool) -> None:
        _replace(self._state / POINTS, f"{day} {min(ignored, 9_999)} {int(answered)}\n")


class FlatStretches:
    """The first day of the stretch of equal ratings that was pointed out last."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def was_shown(self, first: date) -> bool:
        """Return whether the stretch that begins on a day was pointed out."""
        return _read(self._state / STRETCH).strip() == first.isoformat()

    def note_shown(self, first: date) -> None:
        """Note that the stretch that begins on a day was pointed out."""
        _replace(self._state / STRETCH, f"{first.isoformat()}\n")


def _read(file: Path) -> str:
    try:
        data = content(file) or b""
    except SettingsError:
        return ""
    return data.decode("utf-8", "replace")


def _replace(file: Path, text: str) -> None:
    with suppress(OSError):
        replace_private(file, text.encode(), sync=False)
