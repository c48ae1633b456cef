"""Links of an entry, opened in the person's browser or mail program, in a process of its own.

The standard library's `webbrowser` knows how; it runs apart from the app, without its terminal, since some
browsers write to that, or take it over, or keep whoever called them waiting.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL
from typing import NamedTuple

from journal_tui.entry.links import is_opened
from journal_tui.entry.visible import one_line

WAIT_SECONDS = 3.0
# `webbrowser` falls back to terminal browsers (w3m, lynx), which cannot share this terminal.
_OPEN = """
import os, sys, webbrowser
browser = webbrowser.get()
in_terminal = type(browser) is webbrowser.GenericBrowser and "BROWSER" not in os.environ
sys.exit(in_terminal or not browser.open(sys.argv[1]))
"""


class Opened(NamedTuple):
    """Whether a link was opened, and the sentence that says so; one that was not is to be copied."""

    is_open: bool
    sentence: str


async def open_link(target: str) -> Opened:
    """Open an http, https or mailto link."""
    shown = one_line(target)
    if not is_opened(target):
        sentence = f"Only http, https and mailto links can be opened. Copied instead: {shown}"
        return Opened(False, sentence)
    if await open_in_browser(target):
        return Opened(True, f"Opened: {shown}")
    return Opened(False, f"No browser was found that can open it. Copied instead: {shown}")


async def open_in_browser(target: str) -> bool:
    """Have a link opened; whether there is something that does. $BROWSER is heeded."""
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
        # It is open, and will be for as long as the person reads.
        return True
