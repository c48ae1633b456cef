"""Other programs: the person's own editor on a private copy of the text, and links opened in a browser."""

import asyncio
import os
import shlex
import shutil
import subprocess
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.links import is_openable
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError, UnreadableEntry

if TYPE_CHECKING:
    from journal_tui.journal import PrivateCopy

WAIT_SECONDS = 3.0
"""Seconds after which a browser that is still running counts as opened."""
LOOK_SECONDS = 1.0
"""Seconds between looks at what an editor has saved."""
# `webbrowser` falls back to terminal browsers (w3m, lynx), which cannot share this terminal.
_OPEN = """
import os, sys, webbrowser
browser = webbrowser.get()
in_terminal = type(browser) is webbrowser.GenericBrowser and "BROWSER" not in os.environ
sys.exit(in_terminal or not browser.open(sys.argv[1]))
"""


class LinkOutcome(NamedTuple):
    """Whether a link was opened, and the message; a link that wasn't opened should be copied."""

    is_open: bool
    sentence: str


async def open_link(target: str) -> LinkOutcome:
    """Open an http, https or mailto link; return the outcome with a message."""
    shown = one_line(target)
    if not is_openable(target):
        sentence = f"Only http, https and mailto links can be opened. Copied instead: {shown}"
        return LinkOutcome(False, sentence)
    if await open_in_browser(target):
        return LinkOutcome(True, f"Opened: {shown}")
    return LinkOutcome(False, f"No browser or mail program could open it. Copied instead: {shown}")


async def open_in_browser(target: str) -> bool:
    """Open a link with `webbrowser`, which respects $BROWSER; return whether that worked."""
    command = (sys.executable, "-I", "-c", _OPEN, target)
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError:
        return False
    try:
        return await asyncio.wait_for(process.wait(), WAIT_SECONDS) == 0
    except TimeoutError:
        # Some browsers run for as long as they are open.
        return True


_COMMON_EDITORS = ("nano", "vim", "vi", "notepad")


def editor_command(setting: str) -> list[str]:
    """Return the editor's command: the setting, $VISUAL, $EDITOR or a common editor.

    Raise JournalError if there is none, or its quotes don't match.
    """
    given = setting or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(given)
    except ValueError:
        raise JournalError(
            f"The editor command cannot be read: {given}. Check its quotes."
        ) from None
    if words:
        return words
    for name in _COMMON_EDITORS:
        if shutil.which(name):
            return [name]
    raise JournalError("No editor is set. Set $EDITOR, or `editor` in settings.toml.")


class EditorResult(NamedTuple):
    """The edited text, or the old text with a `fault`: a sentence that says why it is unchanged."""

    text: str
    fault: str = ""


def _check_result(editor: str, before: str, data: bytes) -> EditorResult:
    """Return the edited text or, if it is binary or was emptied, the old text with a fault."""
    if b"\0" in data:
        return EditorResult(
            before, f"{editor} saved binary data, so your entry was left as it was."
        )
    text = data.decode("utf-8", "surrogateescape")
    if before.strip() and not text.strip():
        return EditorResult(
            before, f"{editor} saved an empty file, so your entry was left as it was."
        )
    return EditorResult(text)


def run_editor(
    words: list[str], copy: "PrivateCopy", text: str, on_saved: Callable[[str], None]
) -> EditorResult:
    """Run an editor on a private copy of a text; return the edited text, or a fault. Never raise.

    `on_saved` is called with each text that the editor saves, within a second. The caller can keep
    the text, in case the editor, this process or the terminal ends without warning.
    """
    try:
        with copy:
            code = _run(words, copy, text, on_saved)
            if code:
                return EditorResult(
                    text, f"{words[0]} exited with code {code}, so your entry was left as it was."
                )
            try:
                return _check_result(words[0], text, copy.read())
            except (FileNotFoundError, UnreadableEntry):
                return EditorResult(
                    text,
                    f"{words[0]} saved no file, or one larger than 8 MB, "
                    "so your entry was left as it was.",
                )
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return EditorResult(
            text,
            f"Line {line} contains a character that a text file cannot hold. "
            f"Remove it, then open {words[0]} again.",
        )
    except OSError as error:
        return EditorResult(
            text, f"{words[0]} cannot be used: {error.strerror}. Set another editor in $EDITOR."
        )


def _run(words: list[str], copy: "PrivateCopy", text: str, on_saved: Callable[[str], None]) -> int:
    """Run an editor, and pass on each text that it saves; return its exit code. Raise OSError."""
    known = text
    with subprocess.Popen([*words, str(copy.file)]) as process:
        code = None
        while code is None:
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(LOOK_SECONDS)
            with suppress(OSError, UnreadableEntry):
                found = _check_result(words[0], text, copy.read())
                if not found.fault and found.text != known:
                    known = found.text
                    on_saved(known)
    return code
