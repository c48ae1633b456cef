"""Two windows on one entry: the second shows it once, and what both type is merged."""

from datetime import timedelta

from textual.pilot import Pilot

from journal_tui.library.locks import EditLock
from tests.app.app_fixture import Desk, painted, settle, told

SENTENCE = "Also open in another window since 18:05; saving merges both. esc hides it."


def said(pilot: Pilot[None]) -> list[str]:
    return [line.strip() for line in painted(pilot.app) if "since 18:05" in line]


async def test_the_second_window_is_warned_once_in_a_line_that_covers_nothing(desk: Desk) -> None:
    desk.put("# Day\n")
    folder, path = desk.state / "open", f"{desk.today.year}/{desk.today}.md"
    other = EditLock(folder, path, desk.now)
    async with desk.open() as (pilot, write):
        for _ in range(3):
            write.sync_draft()
        await settle(pilot)
        assert said(pilot) == [SENTENCE] and told(pilot) == ""
        rows = [line.strip() for line in painted(pilot.app)]
        assert rows.index(SENTENCE) == 1 and "# Day" in rows[2:]
        await pilot.press("escape")
        write.sync_draft()
        await settle(pilot)
        assert not said(pilot)
        other.release()
        write.sync_draft()
        assert EditLock(folder, path, desk.now).since == desk.now
        write.action_previous_day()
        write.sync_draft()
        third = EditLock(folder, path, desk.now)
        assert third.since is None
        third.release()
    last = EditLock(folder, path, desk.now)
    assert last.since is None
    last.release()


async def test_the_second_window_is_told_when_the_first_was_opened(desk: Desk) -> None:
    desk.put("# Day\n")
    opened = desk.now
    async with desk.open() as (_, write):
        write.sync_draft()
        desk.now += timedelta(minutes=30)
        write.sync_draft()
        other = EditLock(desk.state / "open", write.session.path, desk.now)
        assert other.since == opened


async def test_items_of_both_windows_are_kept(desk: Desk) -> None:
    desk.put("## Learning points\n\n- one\n")
    async with desk.open() as (_, write):
        write.editor.insert("- mine\n", (3, 0))
        desk.put("## Learning points\n\n- one\n- theirs\n")
        assert write.save()
        assert desk.file().read_text() == "## Learning points\n\n- one\n- theirs\n- mine\n"
        assert write.editor.text == "## Learning points\n\n- one\n- theirs\n- mine\n"


async def test_in_a_small_window_the_line_fits(desk: Desk) -> None:
    desk.put("# Day\n")
    other = EditLock(desk.state / "open", f"{desk.today.year}/{desk.today}.md", desk.now)
    async with desk.open(size=(60, 20)) as (pilot, write):
        write.sync_draft()
        await settle(pilot)
        assert said(pilot) == ["Open twice since 18:05; saving merges both. esc hides it."]
    other.release()
