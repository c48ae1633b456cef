"""The person's own editor, on a private copy of the text."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from journal_tui.errors import JournalError
from journal_tui.library.privately import private_folder

_USUAL = ("nano", "vim", "vi", "notepad")


def command(setting: str) -> list[str]:
    """The editor's command: the setting, $VISUAL, $EDITOR, or a usual one. Raises JournalError."""
    given = setting or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(given)
    except ValueError:
        raise JournalError(f"The editor command cannot be read: {given}.") from None
    if words:
        return words
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise JournalError("No editor is known: set $EDITOR, or `editor` in settings.toml.")


class Ended(NamedTuple):
    """What the text became, or the sentence that says why nothing is taken over."""

    text: str
    fault: str = ""


def edit(words: list[str], folder: Path, name: str, text: str) -> Ended:
    """Let the person edit a text in another program; never raises.

    The copy lies in a folder that only this person can read, and goes again.
    """
    try:
        private_folder(folder)
        with tempfile.TemporaryDirectory(dir=folder) as private:
            copy = Path(private) / name
            copy.write_bytes(text.encode("utf-8", "surrogateescape"))
            copy.chmod(0o600)
            code = subprocess.run([*words, str(copy)], check=False).returncode
            if code:
                return Ended(text, f"{words[0]} ended with code {code}; nothing was taken over.")
            return Ended(copy.read_bytes().decode("utf-8", "surrogateescape"))
    except OSError as error:
        return Ended(text, f"{words[0]} cannot be used: {error.strerror}. Set another in $EDITOR.")
