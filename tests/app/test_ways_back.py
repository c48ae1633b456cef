"""From every screen and dialog, two deep, at every size: nothing fails, and escape leads back."""

from datetime import date

import pytest
from desk import Desk, settle, write_of
from textual.pilot import Pilot

from journal_tui.app.actions import ACTIONS
from journal_tui.app.screens import findkeys
from journal_tui.app.screens.write import Write
from journal_tui.app.window import LEAST, too_small

TEXT = (
    "# A day\n\nWords of #lab with @colm, https://a.example and [l](http://b.example).\n\n"
    "- [ ] a due:2026-11-27\n\n## Learning points\n\n- rice is nice\n- one\n\n"
    "Enjoyment: 5/10 – so\n"
)
PRESSES = 4
SIZES = [(6, 24), (80, 24), (2, 24), (1, 1), (140, 40), (20, 6), (100, 9), (200, 60)]
KEYS = ("down", "pagedown", "up", "tab", "end", "home")
# What lies one deep, from the page: keys, and actions of the screen with a "!".
FIRST = {
    **{
        action.name: [f"!{action.name}"]
        for action in ACTIONS
        if action.name not in ("quit", "suspend_process", "editor", "text", "save")
    },
    "theme": ["ctrl+p", *"theme", "enter"],
    "text search": ["ctrl+f", "a"],
    "completion": ["ctrl+end", "enter", "#", "l"],
    "words": ["ctrl+l", *"ri"],
    "entry": ["ctrl+l", *"rice", "f2"],
}
FIND = ["ctrl+l", *"ri"]
# What lies on it, two deep.
SECOND = {
    **{
        f"{action.name} of find": [*FIND, f"!{action.name}"]
        for action in findkeys.ACTIONS
        if action.name not in ("back", "open")
    },
    "palette of find": [*FIND, "ctrl+p"],
    "earlier point": ["ctrl+n", *"rice is", "down", "enter"],
    "title of a note": ["f8", "n", "x"],
    "text of the trash": ["!trash", "p"],
    "links while reading": ["f2", "o"],
    "whole version": ["!history", "w"],
}
WAYS = {**FIRST, **SECOND}
# One way to each kind of screen.
SHAPES = [
    "previous_written", "point", "rate", "go_to", "read", "help", "calendar", "files", "history",
    "delete", "trash", "conflicts", "save_elsewhere", "problems", "theme", "text search", "completion",
    "words", "entry", "save_query of find", "recall of find", "earlier point",
]  # fmt: skip


def prepared(desk: Desk) -> None:
    """An entry with something of everything, an earlier one, a version, a copy, and trash."""
    desk.put(TEXT)
    desk.put("# Then\n\n## Learning points\n\n- rice is not nice\n", date(2026, 11, 3))
    desk.put("# Gone\n", date(2026, 11, 4))
    journal = desk.journal()
    journal.library.delete(f"2026/{date(2026, 11, 4)}.md", desk.now)
    opened = journal.open(desk.today)
    journal.save(opened, TEXT + "\nMore.\n")
    desk.put("# Copy\n", rest=".sync-conflict-20261119-120000-ABCDEFG")


async def go(pilot: Pilot[None], way: str) -> None:
    for step in WAYS[way]:
        if step.startswith("!"):
            screen = pilot.app.screen
            name = step[1:]
            owner = screen if hasattr(screen, f"action_{name}") else pilot.app
            await pilot.app.run_action(name, owner)
        else:
            await pilot.press("space" if step == " " else step)
    await settle(pilot)


@pytest.mark.parametrize("way", WAYS)
async def test_four_presses_of_escape_lead_to_the_page(desk: Desk, way: str) -> None:
    prepared(desk)
    async with desk.open() as (pilot, _):
        await go(pilot, way)
        for _ in range(PRESSES):
            await pilot.press("escape")
        await settle(pilot)
        write = write_of(pilot)
        assert pilot.app.screen is write
        assert write.editor.has_focus and write.read_view is None
        await pilot.press("z")
        assert "z" in write.editor.text


@pytest.mark.parametrize("way", SHAPES)
async def test_at_every_size_something_is_drawn(desk: Desk, way: str) -> None:
    prepared(desk)
    async with desk.open() as (pilot, _):
        await go(pilot, way)
        depth = len(pilot.app.screen_stack)
        for number, (columns, rows) in enumerate(SIZES):
            await pilot.resize_terminal(columns, rows)
            strips = pilot.app.screen._compositor.render_strips()
            assert any(part.text.strip() for strip in strips for part in strip), (columns, rows)
            await pilot.press(KEYS[number % len(KEYS)])
        assert len(pilot.app.screen_stack) == depth or way == "completion"
        for _ in range(PRESSES):
            await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Write) and pilot.app.return_code is None


def test_a_window_that_is_too_small_says_so() -> None:
    assert too_small(LEAST) == ["Make the window", "larger."]
    for width in range(1, 30):
        for height in range(1, 8):
            lines = too_small(type(LEAST)(width, height))
            assert 0 < len(lines) <= height
            assert all(0 < len(line) <= width for line in lines)
