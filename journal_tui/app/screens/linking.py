"""The links of an entry: where they lead is shown before one is opened."""

import asyncio
from typing import TYPE_CHECKING

from textual import work

from journal_tui.app import browser
from journal_tui.app.screens import dialogs

if TYPE_CHECKING:
    from journal_tui.app.screens.write import Write


@work
async def choose(screen: "Write", target: str = "") -> None:
    """Ask which of the links is meant, or whether this one is, and have it opened."""
    from journal_tui.entry.links import links

    text = screen.editor.text or screen.page.locked
    targets = [target] if target else await asyncio.to_thread(links, text)
    if not targets:
        screen.tell("This entry has no links. Write one as https://… or [words](https://…).")
        return
    choices = [
        (str(number) if number < 10 else "·", target, target)
        for number, target in enumerate(targets, 1)
    ]

    def answered(chosen: str | None) -> None:
        if chosen:
            _open(screen, chosen)

    dialog = dialogs.ChoiceDialog("Links", "Open in the browser or mail program:", choices)
    screen.app.push_screen(dialog, answered)


@work
async def _open(screen: "Write", target: str) -> None:
    from journal_tui.entry.links import is_opened
    from journal_tui.entry.visible import one_line

    shown = one_line(target)
    if not is_opened(target):
        screen.app.copy_to_clipboard(target)
        screen.tell(
            f"Only http, https and mailto links can be opened. Copied instead: {shown}", "warning"
        )
    elif await browser.shown(target):
        screen.tell(f"Opened: {shown}")
    else:
        screen.app.copy_to_clipboard(target)
        screen.tell(f"No browser was found that can open it. Copied instead: {shown}", "warning")
