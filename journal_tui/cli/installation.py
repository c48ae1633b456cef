"""Find out how journal was installed, and what to type to run it."""

import os
import shlex
import sys
from pathlib import PurePath
from typing import NamedTuple

_SCRIPTS = ("journal", "journal.exe")


class Installation(NamedTuple):
    """The paths of an installation: `prefix` is Python's environment, `executable` Python itself.

    `script` is the command in the environment, and `on_path` the command that a shell would run; ""
    if there is none. `here` is the current folder. `is_environment` is whether the prefix is a
    virtual environment.
    """

    prefix: str
    executable: str
    script: str
    on_path: str
    here: str
    is_environment: bool = True


class Call(NamedTuple):
    """How to run journal: the words to type, and advice if they are long or may not be found."""

    words: str
    advice: str = ""


def found() -> Installation:
    """Return the installation that runs now."""
    from shutil import which

    folder = os.path.dirname(sys.executable)
    scripts = (os.path.join(folder, name) for name in _SCRIPTS)
    try:
        here = os.getcwd()
    except OSError:
        here = ""
    return Installation(
        sys.prefix,
        sys.executable,
        next(filter(os.path.isfile, scripts), ""),
        os.path.realpath(which("journal") or "") if which("journal") else "",
        here,
        sys.prefix != sys.base_prefix,
    )


def call(installation: Installation) -> Call:
    """Return what to type to run this installation from the current folder."""
    prefix, script = installation.prefix, installation.script
    parts = PurePath(prefix).parts
    is_on_path = bool(script) and installation.on_path == os.path.realpath(script)
    # pipx and uv link the command into a folder that should be on the PATH.
    if "pipx" in parts and "venvs" in parts:
        advice = "If your shell doesn't find it, run: pipx ensurepath"
        return Call("journal", "" if installation.on_path else advice)
    if "uv" in parts and "tools" in parts:
        advice = "If your shell doesn't find it, run: uv tool update-shell"
        return Call("journal", "" if installation.on_path else advice)
    if is_on_path:
        return Call("journal")
    if not script:
        return Call(f"{_typed(installation.executable, '')} -m journal_tui")
    words = _typed(script, installation.here)
    if not installation.is_environment:
        return Call(words)
    folder = _typed(os.path.dirname(script), "")
    return Call(words, f"To type just journal, put {folder} on your PATH.")


def _typed(path: str, here: str) -> str:
    """Return a path as it is typed in a shell, relative to the folder `here` if it is inside it."""
    if here and path.startswith(os.path.join(here, "")):
        path = os.path.relpath(path, here)
        if os.sep not in path:
            path = os.path.join(".", path)
    return path if sys.platform == "win32" else shlex.quote(path)
