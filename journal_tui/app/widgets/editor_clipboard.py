"""The system's clipboard by its own tools, else by OSC 52; without errors and without hanging."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import TypeVar

from textual.app import App

TIMEOUT = 1.0
"""Seconds that a clipboard tool may take before it is given up."""

LARGEST_SENT = 250_000
"""Bytes that are sent through the terminal: more takes seconds on a slow line, and many drop it."""

Result = TypeVar("Result")
Command = tuple[str, ...]


def commands(environ: Mapping[str, str], platform: str) -> list[tuple[Command, Command]]:
    """The tools for here, as (copy, paste); none over SSH, where they are on another machine."""
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
    """Put the text on the system's clipboard; False when no tool did it."""
    for tool, _ in commands(os.environ, sys.platform):
        # clip.exe reads the console's code page unless a byte order mark says otherwise.
        encoding = "utf-16" if tool[0] == "clip.exe" else "utf-8"
        # Some tools stay to serve what was copied: they would keep a pipe open.
        if _run(tool, text.encode(encoding, "replace"), subprocess.DEVNULL):
            return True
    return False


def paste_text() -> str | None:
    """The text on the system's clipboard; None when no tool gives one."""
    for _, tool in commands(os.environ, sys.platform):
        if done := _run(tool, b"", subprocess.PIPE):
            return done.stdout.decode("utf-8", "replace")
    return None


def _run(tool: Command, given: bytes, out: int) -> "subprocess.CompletedProcess[bytes] | None":
    """The tool's run with `given` as its input; None when it is not there, fails or hangs."""
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
    """An app whose copies reach the system: by its clipboard tools first, by OSC 52 otherwise."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy for this app and for the system; a headless app stays out of the system's."""
        if self.is_headless or not copy_text(text):
            data = text.encode("utf-8", "replace")
            if len(data) <= LARGEST_SENT:
                super().copy_to_clipboard(data.decode())
            else:
                self.notify(
                    f"This is too long to copy through the terminal ({len(data) / 1e6:.1f} MB), "
                    "so you can paste it only in journal.",
                    severity="warning",
                )
        self._clipboard = text
