"""From every screen and dialog, two deep, at every size: nothing fails, and escape leads back."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer

from journal_tui.app.app import MIN_SIZE, too_small_message
from journal_tui.app.commands import WRITE_PLACES, commands
from journal_tui.app.write.screen import WriteScreen
from tests.app.app_fixture import Desk, painted, settle, write_screen
from tests.extent import Sample

TEXT = (
    "# A day\n\nWords of #lab with @colm, https://a.example and [l](http://b.example).\n\n"
    "- [ ] a due:2026-11-27\n\n## Learning points\n\n- rice is nice\n- one\n\n"
    "Enjoyment: 5/10 – so\n"
)
PRESSES = 4
SIZES = [(6, 24), (80, 24), (2, 24), (1, 1), (140, 40), (20, 6), (100, 9), (200, 60)]
FEW_SIZES = [(1, 1), (140, 40), (20, 6)]
KEYS = ("down", "pagedown", "up", "tab", "end", "home")
# What lies one deep, from the page: keys, and actions of the screen with a "!".
FIRST = {
    **{
        action.id: [f"!{action.id}"]
        for action in commands(*WRITE_PLACES)
        if action.id not in ("quit", "suspend_process", "editor", "text", "save")
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
        f"{action.id} of find": [*FIND, f"!{action.id}"]
        for action in commands("find")
        if action.id not in ("back", "open")
    },
    "palette of find": [*FIND, "ctrl+p"],
    **{
        f"{action.id} of follow-ups": ["f7", f"!{action.id}"]
        for action in commands("follow-ups")
        if action.id not in ("back", "open")
    },
    **{
        f"{action.id} of settings": ["!settings", f"!{action.id}"]
        for action in commands("settings")
        if action.id != "back"
    },
    "theme of settings": ["!settings", "enter", "down"],
    "key of settings": ["!settings", "down", "down", "enter", *"cal", "enter", "f11"],
    "template of settings": ["!settings", "end", "enter"],
    **{
        f"{action.id} of people": ["!people", f"!{action.id}"]
        for action in commands("people")
        if action.id not in ("back", "open")
    },
    **{
        f"{action.id} of one person": ["!people", "enter", f"!{action.id}"]
        for action in commands("subject")
        if action.id not in ("back", "open")
    },
    **{
        f"{action.id} while closing": ["!close_week", f"!{action.id}"]
        for action in commands("closing")
        if action.id not in ("back", "open")
    },
    "points to keep": ["!close_week", "tab"],
    "due date while closing": ["!close_week", "tab", "tab", "d"],
    "what moved": ["!close_week", "tab", "tab", "tab"],
    **{
        f"{action.id} of the review": ["f5", f"!{action.id}"]
        for action in commands("review")
        if action.id != "back"
    },
    "days of the review": ["f5", *["down"] * 5, "enter"],
    "bars of the review": ["f5", "y", "tab"],
    "many days of the review": ["f5", "y", "tab", "tab"],
    "years of the review": ["f5", "a", "tab", "tab"],
    **{
        f"{action.id} of customers": ["!customers", f"!{action.id}"]
        for action in commands("customers")
        if action.id not in ("back", "open")
    },
    "one customer": ["!customers", "enter"],
    "plan of a renaming": ["!people", "f2", *"jo", "enter"],
    "person": ["!people", "enter"],
    "brief of a written day": ["!brief"],
    "earlier point": ["ctrl+n", *"rice is", "down", "enter"],
    "title of a note": ["f8", "n", "x"],
    "note of a kind": ["f8", "s", "x"],
    "link to a day without an entry": ["ctrl+end", *"[[2026-03-03]]", "!links"],
    "text of the trash": ["!trash", "p"],
    "links while reading": ["f2", "!links"],
    "whole version": ["!history", "w"],
}
WAYS = {**FIRST, **SECOND}
# One way to each kind of screen.
SHAPES = [
    "previous_written", "import", "export", "point", "rate", "brief", "journals", "go_to", "read", "help", "calendar", "files", "history",
    "delete", "trash", "conflicts", "save_elsewhere", "problems", "theme", "text search", "completion",
    "settings", "key of settings", "template of settings",
    "close_week", "points to keep", "due date while closing", "what moved",
    "words", "entry", "follow_ups", "people", "customers", "one customer", "rename of one person", "plan of a renaming", "due of follow-ups", "filter of follow-ups", "save_query of find", "recall of find", "earlier point",
    "note of a kind", "review", "bars of the review", "many days of the review", "years of the review",
    "period of the review", "note of the review",
]  # fmt: skip


def prepared(desk: Desk) -> None:
    """An entry with something of everything, an earlier one, a version, a copy, and trash."""
    desk.put(TEXT)
    desk.put("# Then\n\n## Learning points\n\n- rice is not nice\n", date(2026, 11, 3))
    desk.put(
        "#customer/rice\n\n## Feedback\n\n- cold #rice\n", date(2026, 11, 2), "-service-review"
    )
    desk.put("# Gone\n", date(2026, 11, 4))
    journal = desk.journal()
    journal.trash.delete(f"2026/{date(2026, 11, 4)}.md", desk.now)
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
@pytest.mark.one_in(14)
async def test_four_presses_of_escape_lead_to_the_page(desk: Desk, way: str) -> None:
    prepared(desk)
    async with desk.open() as (pilot, _):
        await go(pilot, way)
        for _ in range(PRESSES):
            await pilot.press("escape")
        await settle(pilot)
        write = write_screen(pilot)
        assert pilot.app.screen is write
        assert write.editor.has_focus and write.read_view is None
        await pilot.press("z")
        assert "z" in write.editor.text


@pytest.mark.parametrize("way", SHAPES)
@pytest.mark.one_in(11)
async def test_at_every_size_something_is_drawn(desk: Desk, way: str, sample: Sample) -> None:
    prepared(desk)
    async with desk.open() as (pilot, _):
        await go(pilot, way)
        depth = len(pilot.app.screen_stack)
        for number, (columns, rows) in enumerate(sample(FEW_SIZES, SIZES)):
            await pilot.resize_terminal(columns, rows)
            assert "".join(painted(pilot.app)).strip(), (columns, rows)
            await pilot.press(KEYS[number % len(KEYS)])
        assert len(pilot.app.screen_stack) == depth or way == "completion"
        for _ in range(PRESSES):
            await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WriteScreen) and pilot.app.return_code is None


@pytest.mark.parametrize(
    "way",
    [
        "previous_written",
        "read",
        "words",
        "entry",
        "follow_ups",
        "people",
        "person",
        "customers",
        "one customer",
        "settings",
        "review",
        "many days of the review",
    ],
)
@pytest.mark.one_in(4)
async def test_a_footer_has_whole_keys_only_and_always_help(desk: Desk, way: str) -> None:
    prepared(desk)
    async with desk.open() as (pilot, _):
        await go(pilot, way)
        for size in ((60, 20), (80, 24), (66, 20), (140, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            [footer] = pilot.app.screen.query(Footer)
            keys = [key for key in footer.query("FooterKey") if key.display]
            assert len(keys) >= 3, size
            for key in keys:
                assert key.region.width and key.region.right <= size[0], (size, key)
            line = painted(pilot.app)[-1]
            assert "f1 Help" in line and "…" not in line, (size, line)


def test_a_window_that_is_too_small_says_so() -> None:
    assert too_small_message(MIN_SIZE) == ["Make the window", "larger."]
    for width in range(1, 30):
        for height in range(1, 8):
            lines = too_small_message(type(MIN_SIZE)(width, height))
            assert 0 < len(lines) <= height
            assert all(0 < len(line) <= width for line in lines)
