"""The person's own editor, on a private copy of the text."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from journal_tui.errors import JournalError, UnreadableEntry
from journal_tui.library.privately import private_folder
from journal_tui.library.reading import read_bytes

_USUAL = ("nano", "vim", "vi", "notepad")


def command(setting: str) -> list[str]:
    """The editor's command: the setting, $VISUAL, $EDITOR, or a usual one. Raises JournalError."""
    given = setting or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(given)
    except ValueError:
        raise JournalError(
            f"The editor command cannot be read: {given}. Check its quotes."
        ) from None
    if words:
        return words
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise JournalError("No editor is set. Set $EDITOR, or `editor` in settings.toml.")


class Ended(NamedTuple):
    """What the text became, or the sentence that says why nothing is taken over."""

    text: str
    fault: str = ""


def _taken_over(editor: str, before: str, data: bytes) -> Ended:
    """What came back, unless it is what no entry may hold, or nothing at all."""
    if b"\0" in data:
        return Ended(before, f"{editor} saved binary data, so your entry was left as it was.")
    text = data.decode("utf-8", "surrogateescape")
    if before.strip() and not text.strip():
        return Ended(before, f"{editor} saved an empty text, so your entry was left as it was.")
    return Ended(text)


def edit(words: list[str], folder: Path, name: str, text: str) -> Ended:
    """Let the person edit a text in another program; never raises.

    The copy lies in a folder that only this person can read, and goes again.
    """
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return Ended(
            text,
            f"Line {line} contains a character that a text file cannot hold. "
            f"Remove it, then open {words[0]} again.",
        )
    try:
        private_folder(folder)
        with tempfile.TemporaryDirectory(dir=folder) as private:
            copy = Path(private) / name
            copy.write_bytes(data)
            copy.chmod(0o600)
            code = subprocess.run([*words, str(copy)], check=False).returncode
            if code:
                return Ended(
                    text, f"{words[0]} exited with code {code}, so your entry was left as it was."
                )
            try:
                return _taken_over(words[0], text, read_bytes(str(copy))[0])
            except (FileNotFoundError, UnreadableEntry):
                return Ended(
                    text,
                    f"{words[0]} saved no text, or more than 8 MB, so your entry was left as it was.",
                )
    except OSError as error:
        return Ended(
            text, f"{words[0]} cannot be used: {error.strerror}. Set another editor in $EDITOR."
        )
