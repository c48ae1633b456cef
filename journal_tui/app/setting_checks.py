"""The checks of settings that need the app: names of themes, and keys of commands."""

from textual.theme import BUILTIN_THEMES

from journal_tui.all_settings import AppChecks
from journal_tui.app.commands import key_faults
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import SettingsError


def check_theme(name: str) -> None:
    """Raise SettingsError, with the names of all themes, if no theme has this name."""
    if name in BUILTIN_THEMES:
        return
    from difflib import get_close_matches

    close = get_close_matches(name.casefold(), BUILTIN_THEMES, n=1, cutoff=0.5)
    meant = f" Did you mean {close[0]}?" if close else ""
    raise SettingsError(
        f"There is no theme called “{one_line(name)}”.{meant} Choose from {', '.join(BUILTIN_THEMES)}."
    )


CHECKS = AppChecks(check_theme, key_faults)
