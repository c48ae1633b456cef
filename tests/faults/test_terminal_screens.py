"""Every screen of the app, with the payloads of the terminal corpus wherever a text may come in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from journal_tui.app import index_worker
from journal_tui.app.find.screen import FindScreen
from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
from journal_tui.app.write.screen import WriteScreen
from journal_tui.library.saved_searches import RecentSearches
from tests.app.app_fixture import Desk, settle
from tests.faults.test_terminal_corpus import PAYLOADS, Looker, day_text, escaped, fill

Tally = Callable[..., None]
TOGETHER = " ".join(PAYLOADS[:-1]).replace("\0", "")


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody presses the keys of a test one after the other: the index need not wait for more."""
    monkeypatch.setattr(index_worker, "BUSY_SECONDS", 0.0)


async def test_every_screen(tmp_path: Path, is_whole: bool, tally: Tally) -> None:
    """All payloads in one text; in the whole campaign each by itself as well."""
    assert len(PAYLOADS) >= 20
    screens = await every_screen(Desk(tmp_path / "desk"), TOGETHER)
    for number, payload in enumerate(PAYLOADS if is_whole else ()):
        screens += await every_screen(Desk(tmp_path / f"desk{number}"), payload)
    tally("terminal: screens of the app", payloads=len(PAYLOADS), screens=screens, raw=0)


def pasted(payload: str) -> events.Paste:
    """What a person may paste into a line."""
    return events.Paste(payload)


async def every_screen(desk: Desk, payload: str) -> int:
    """Walk through all that the app shows; gives how many screens were looked at."""
    fill(desk.root, payload)
    RecentSearches(desk.state).remember(f"rice {payload}")
    desk.settings(f'theme = "rice{escaped(payload)}"\n')
    desk.leave_draft(
        day_text(payload).encode("utf-8", "replace").decode() + "\nmore", "rice", date(2026, 11, 12)
    )
    async with desk.open(size=(150, 60)) as (pilot, write):
        looker = Looker(pilot)
        await looker.look("Unsaved text found")
        await looker.press("c")
        await looker.press("escape", "escape")
        await pilot.press("escape")
        write.focus_text()
        await on_the_page(looker, write, payload)
        await in_find(looker, write, payload)
        return looker.screens


async def back_to(pilot: Pilot[None], screen: Screen[Any]) -> None:
    """Leave all that lies on a screen."""
    for _ in range(8):
        if pilot.app.screen is screen:
            return
        await pilot.press("escape")
        await pilot.pause()
    raise AssertionError(f"{pilot.app.screen} does not go away")


async def on_the_page(looker: Looker, write: WriteScreen, payload: str) -> None:
    """The page, and all that is asked and shown on it."""
    pilot = looker.pilot
    await looker.press("ctrl+home", holds="rice")
    row = next(n for n, line in enumerate(write.editor.text.split("\n")) if "rice point" in line)
    write.editor.move_cursor((row, 4))
    await looker.look("rice point")
    await looker.press("ctrl+b")
    await pilot.press("escape")
    await looker.press("f2", holds="rice")
    await looker.press("f2", holds="rice")
    await looker.press("f10", holds="Go to the line")
    await looker.press("escape", "f8", holds="New note")
    await looker.press("escape", "f9", holds="Overview")
    for key in ("ctrl+g", "ctrl+n", "ctrl+r", "ctrl+f"):
        await pilot.press("escape", key)
        await pilot.pause()
        focused = pilot.app.focused
        assert focused is not None
        focused.post_message(pasted(f"rice {payload}"))
        await looker.look()
        await looker.press("enter")
        await pilot.press("escape", "escape")
    write.focus_text()
    write.editor.move_cursor(write.editor.document.end)
    if not write.session.read_only_reason:
        write.editor.insert("\n#tag")
        await looker.look()
        await looker.press("escape")
        pilot.app.notify(f"rice {payload}")
        await looker.look("rice")
        # Another program changes the same line: the message about it names a file.
        write.editor.insert("mine")
        (write.journal.root / write.session.path).write_bytes(b"theirs")
        await looker.press("ctrl+s")
    for dialog in (
        ChoiceDialog(f"rice {payload}", f"rice {payload}", [("a", f"rice {payload}", "a")]),
        TextDialog(
            f"rice {payload}",
            f"--- rice\n+++ {payload}\n@@ {payload}\n-rice {payload}\n+{payload}",
            diff=True,
        ),
    ):
        pilot.app.push_screen(dialog)
        await looker.look("rice")
        await pilot.press("escape")
    await looker.press("ctrl+p")
    await pilot.press(*"find: rice")
    await looker.look()
    await pilot.press("escape")
    await looker.press("f1", holds="Help")
    await pilot.press("escape")


async def in_find(looker: Looker, write: WriteScreen, payload: str) -> None:
    """Find, asked for the payload in every way."""
    pilot = looker.pilot
    await back_to(pilot, write)
    await pilot.press("ctrl+l")
    await settle(pilot)
    find = pilot.app.screen
    assert isinstance(find, FindScreen)
    for words in (
        "rice",
        f"rice {payload}",
        "in:entries rice",
        f"in:{payload}",
        "#tag",
        "@an",
        f'"{payload}',
        f"date:{payload}",
    ):
        find.search_for(words.encode("utf-8", "replace").decode())
        await looker.look()
    find.search_for("rice")
    await looker.look("rice")
    for key in ("down", "f2", "f7", "f6"):
        await looker.press(key)
    await back_to(pilot, find)
    await looker.press("ctrl+p")
