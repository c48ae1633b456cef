"""Copy to the system's clipboard by its tools or the terminal sequence OSC 52; paste by its tools."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import TypeVar

from textual.app import App

TIMEOUT = 1.0
"""Seconds after which a clipboard tool is ended and counts as failed."""

MAX_OSC52_BYTES = 250_000
"""The most bytes sent by OSC 52: more takes seconds on a slow line, and many terminals drop it."""

Result = TypeVar("Result")
Command = tuple[str, ...]


def commands(environ: Mapping[str, str], platform: str) -> list[tuple[Command, Command]]:
    """Return this system's clipboard tools as (copy, paste) commands.

    Over SSH the list is empty: the tools would use the remote machine's clipboard.
    """
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return []
    script = "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw"
    windows = (("clip.exe",), ("powershell.exe", "-NoProfile", "-Command", script))
    if platform == "darwin":
        return [(("pbcopy",), ("pbpaste",))]
    if platform in ("win32", "cygwin"):
        return [windows]
    found: list[tuple[Command, Command]] = []
    if environ.get("WAYLAND_DISPLAY"):
        found.append((("wl-copy",), ("wl-paste", "--no-newline")))
    if environ.get("DISPLAY"):
        clipboard = ("xclip", "-selection", "clipboard")
        found.append((clipboard, (*clipboard, "-o")))
    if environ.get("WSL_DISTRO_NAME"):
        found.append(windows)
    return found


def copy_text(text: str) -> bool:
    """Copy the text to the system's clipboard; return False if no tool could."""
    for tool, _ in commands(os.environ, sys.platform):
        # clip.exe reads the console's code page unless a byte order mark says otherwise.
        encoding = "utf-16" if tool[0] == "clip.exe" else "utf-8"
        # Some tools keep running to serve the copied text, and would hold a pipe open.
        if _run_tool(tool, text.encode(encoding, "replace"), subprocess.DEVNULL):
            return True
    return False


def paste_text() -> str | None:
    """Return the text on the system's clipboard, or None if no tool could read it."""
    for _, tool in commands(os.environ, sys.platform):
        if done := _run_tool(tool, b"", subprocess.PIPE):
            return done.stdout.decode("utf-8", "replace")
    return None


def _run_tool(tool: Command, given: bytes, out: int) -> "subprocess.CompletedProcess[bytes] | None":
    """Run a tool with `given` as its input; return None if it is missing, fails or hangs."""
    program = shutil.which(tool[0])
    if not program:
        return None
    try:
        done = subprocess.run(
            [program, *tool[1:]],
            input=given,
            stdout=out,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done if done.returncode == 0 else None


class ClipboardApp(App[Result]):
    """An app that copies to the system's clipboard, by its tools or else by OSC 52."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text to the app's clipboard and, unless the app is headless, the system's."""
        if self.is_headless or not copy_text(text):
            data = text.encode("utf-8", "replace")
            if len(data) <= MAX_OSC52_BYTES:
                super().copy_to_clipboard(data.decode())
            else:
                self.notify(
                    f"This is too long to copy through the terminal ({len(data) / 1e6:.1f} MB), "
                    "so you can paste it only in journal.",
                    severity="warning",
                )
        self._clipboard = text
