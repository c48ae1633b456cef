"""On this day: how long ago, the text cut to the panel, choosing, and the empty state."""

from datetime import date

import pytest
from textual.app import App, ComposeResult

from journal_tui.app.widgets.onthisday import OnThisDay
from journal_tui.app.widgets.wording import ago

TODAY = date(2026, 11, 19)
ITEMS = [
    (date(2025, 11, 19), "Migrated the last of the mail servers; nobody noticed\x1b[0m"),
    (date(2026, 10, 19), "A person, not a portal"),
]


class Host(App[None]):
    """A list alone."""

    def __init__(self, items: list[tuple[date, str]]) -> None:
        super().__init__()
        self.items = items
        self.chosen: list[date] = []

    def compose(self) -> ComposeResult:
        yield OnThisDay(TODAY, self.items)

    def on_on_this_day_chosen(self, event: OnThisDay.Chosen) -> None:
        self.chosen.append(event.day)


def shown(panel: OnThisDay) -> list[str]:
    return [panel.render_line(y).text.rstrip() for y in range(panel.size.height)]


async def test_items_say_when_and_what() -> None:
    app = Host(ITEMS)
    async with app.run_test(size=(60, 20)) as pilot:
        panel = app.query_one(OnThisDay)
        panel.focus()
        await pilot.pause()
        lines = shown(panel)
        assert lines[0] == "▌1 year ago   2025-11-19"
        assert lines[1:3] == ["▌Migrated the last of", "▌the mail servers; nobo…"]
        assert lines[4:6] == [" 1 month ago  2026-10-19", " A person, not a portal"]


async def test_enter_and_click_choose() -> None:
    app = Host(ITEMS)
    async with app.run_test(size=(60, 20)) as pilot:
        app.query_one(OnThisDay).focus()
        await pilot.press("down", "enter", "up", "enter")
        assert app.chosen == [date(2026, 10, 19), date(2025, 11, 19)]
        await pilot.click(OnThisDay, offset=(5, 6))
        assert app.chosen[-1] == date(2026, 10, 19)


async def test_the_empty_list_teaches_and_new_items_replace_it() -> None:
    app = Host([])
    async with app.run_test(size=(60, 20)) as pilot:
        panel = app.query_one(OnThisDay)
        panel.focus()
        await pilot.press("enter", "down")
        assert app.chosen == []
        assert "you write today" in " ".join("".join(shown(panel)).split())
        panel.set_items(ITEMS, TODAY)
        await pilot.pause()
        assert "1 year ago" in shown(panel)[0]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 19), "today"),
        (date(2026, 11, 18), "1 day ago"),
        (date(2026, 11, 12), "1 week ago"),
        (date(2026, 9, 19), "2 months ago"),
        (date(2006, 11, 19), "20 years ago"),
        (date(2026, 11, 20), "in 1 day"),
    ],
)
def test_ago(day: date, words: str) -> None:
    assert ago(day, TODAY) == words
