"""How often each command was chosen from the palette, in a private file of a state folder."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from journal_tui.errors import SettingsError
from journal_tui.library.private_files import private_folder, write_private
from journal_tui.library.toml_file import content

FILE = "commands"
MOST = 200
"""The most commands that are kept."""
HIGHEST = 9_999
_LINE = re.compile(r"([0-9]{1,4}) ([a-z][a-z._-]{0,39})")


class CommandUses:
    """The uses of commands, by the names that the app gives them; never what was typed."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def all(self) -> Mapping[str, int]:
        """Return the uses by command; none if the file can't be read, without lines that can't."""
        try:
            data = content(self._state / FILE) or b""
        except SettingsError:
            return {}
        lines = data.decode("utf-8", "replace").splitlines()
        found = [match for line in lines[:MOST] if (match := _LINE.fullmatch(line))]
        return {match[2]: int(match[1]) for match in found}

    def add(self, name: str) -> None:
        """Count one more use; do nothing if the file can't be written."""
        uses = dict(self.all())
        uses[name] = min(HIGHEST, uses.get(name, 0) + 1)
        kept = sorted(uses.items(), key=lambda item: -item[1])[:MOST]
        data = "".join(f"{count} {command}\n" for command, count in kept)
        temporary = self._state / f".{FILE}.{os.getpid()}"
        try:
            private_folder(self._state)
            temporary.unlink(missing_ok=True)
            write_private(temporary, data.encode(), sync=False)
            os.replace(temporary, self._state / FILE)
        except OSError:
            pass
