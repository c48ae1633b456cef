"""The person's own editor, on a private copy of the text."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from journal_tui.errors import JournalError

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


def edit(words: list[str], folder: Path, name: str, text: str) -> str:
    """Let the person edit a text in another program; gives what it became.

    The copy lies in a folder that only this person can read, and goes again. Raises JournalError
    when the program cannot be run or fails.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as private:
        copy = Path(private) / name
        copy.write_bytes(text.encode("utf-8", "surrogateescape"))
        copy.chmod(0o600)
        try:
            ended = subprocess.run([*words, str(copy)], check=False)
        except OSError as error:
            raise JournalError(f"{words[0]} cannot be started: {error.strerror}.") from None
        if ended.returncode:
            raise JournalError(
                f"{words[0]} ended with code {ended.returncode}; nothing was taken over."
            )
        return copy.read_bytes().decode("utf-8", "surrogateescape")
