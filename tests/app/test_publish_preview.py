"""What would be published, shown in the app."""

from journal_tui.app.screens.dialog import TextDialog
from tests.app.app_fixture import Desk, painted, settle

MARKED = "---\npublish: true\n---\n# A day\n\nWith @ann. %% secret %%\n"


async def test_what_would_leave_is_listed_and_nothing_is_written(desk: Desk) -> None:
    desk.put(MARKED)
    async with desk.open() as (pilot, write):
        write.action_publish_preview()
        await settle(pilot)
        assert isinstance(pilot.app.screen, TextDialog)
        text = "\n".join(painted(pilot.app))
        assert (
            "1 entry leaves the journal:" in text
            and "@ann → Person 1" in text
            and "secret" not in text
        )
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_without_a_mark_it_says_how_to_mark_an_entry(desk: Desk) -> None:
    desk.put("# A day\n")
    async with desk.open() as (pilot, write):
        write.action_publish_preview()
        await settle(pilot)
        assert "publish: true" in "\n".join(painted(pilot.app))
