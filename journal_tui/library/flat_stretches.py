"""Which stretch of equal ratings was pointed out last, in a private file of a state folder."""

import os
from datetime import date
from pathlib import Path

from journal_tui.errors import SettingsError
from journal_tui.library.private_files import private_folder, write_private
from journal_tui.library.toml_file import content

FILE = "flat-stretch"


class FlatStretches:
    """The first day of the stretch of equal ratings that was pointed out last."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def is_told(self, first: date) -> bool:
        """Return whether the stretch that begins on a day was pointed out."""
        try:
            data = content(self._state / FILE) or b""
        except SettingsError:
            return False
        return data.strip() == first.isoformat().encode()

    def tell(self, first: date) -> None:
        """Note that the stretch that begins on a day was pointed out; do nothing if that fails."""
        temporary = self._state / f".{FILE}.{os.getpid()}"
        try:
            private_folder(self._state)
            temporary.unlink(missing_ok=True)
            write_private(temporary, f"{first.isoformat()}\n".encode(), sync=False)
            os.replace(temporary, self._state / FILE)
        except OSError:
            pass
