"""The mouse: what can be clicked and selected, and that a click loses nothing that was typed."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from journal_tui.app.find.screen import FindScreen
from journal_tui.app.follow_ups.screen import FollowUpsScreen
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.inputs import Paragraph
from journal_tui.app.write.month import Month
from journal_tui.app.write.read_view import ReadView
from tests.app.app_fixture import Desk, painted, settle, told

YESTERDAY, BEFORE = date(2026, 11, 19), date(2026, 11, 12)
TASKS = """\
# A day

Saw the depot, and more.

- [ ] Ask @colm
- [x] Ring the lab
  1. [ ] Number of the lab

* Not a task
"""


async def click_on(
    pilot: Pilot[None], text: str, inside: int = 0, line: int = 0, after: int = 0
) -> None:
    """Click the character `inside` of a text that the screen shows once, or in its nth line."""
    rows = painted(pilot.app)
    found = [y for y, row in enumerate(rows) if text in row[after:]]
    y = found[line]
    await pilot.click(offset=(rows[y].index(text, after) + inside, y))
    await settle(pilot)


async def test_the_arrows_of_the_header_go_to_the_days_beside(desk: Desk) -> None:
    desk.put("# Then\n", YESTERDAY)
    async with desk.open() as (pilot, write):
        await pilot.press(*"Typed")
        await click_on(pilot, "◂ Thu 19")
        assert write.session.day == YESTERDAY and "Typed" in desk.file().read_text()
        await click_on(pilot, "Fri 20 ▸", inside=7)
        assert write.session.day == desk.today and "Typed" in write.editor.text
        # The rest of the line does nothing.
        await click_on(pilot, "Fri 20 Nov 2026")
        assert write.session.day == desk.today


async def test_the_arrows_of_a_period_go_to_the_periods_beside(desk: Desk) -> None:
    (desk.root / "2026").mkdir()
    (desk.root / "2026" / "2026-W46.md").write_text("# A week\n")
    async with desk.open() as (pilot, write):
        write.go(date(2026, 11, 9), "2026/2026-W46.md")
        await settle(pilot)
        await click_on(pilot, "2026-W47 ▸", inside=2)
        assert write.session.path == "2026/2026-W47.md"


async def test_a_click_on_the_late_ones_lists_the_follow_ups(desk: Desk) -> None:
    desk.put("# Then\n\n- [ ] Ask @colm due:2026-11-13\n", BEFORE)
    async with desk.open() as (pilot, _):
        await click_on(pilot, "1 late follow-up f7", inside=9)
        assert isinstance(pilot.app.screen, FollowUpsScreen)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("☐ Ask", "- [ ] Ask @colm", "- [x] Ask @colm"),
        ("☑ Ring", "- [x] Ring the lab", "- [ ] Ring the lab"),
        ("☐ Number", "1. [ ] Number", "1. [x] Number"),
    ],
)
async def test_a_box_is_ticked_where_one_reads(
    desk: Desk, words: str, before: str, after: str
) -> None:
    desk.put(TASKS)
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        await click_on(pilot, words)
        assert write.editor.text == TASKS.replace(before, after)
        shown = "\n".join(painted(pilot.app))
        assert ("☑" if words[0] == "☐" else "☐") + words[1:] in shown
        assert isinstance(pilot.app.focused, ReadView)
        # The words of a task, and other bullets, do nothing.
        for other in ("Ask @colm", "Not a task", "• Not"):
            await click_on(pilot, other, inside=0)
        assert write.editor.text == TASKS.replace(before, after)
        await pilot.press("ctrl+s")
        assert desk.file().read_text() == TASKS.replace(before, after)


async def test_a_ticked_box_stays_where_it_is_on_the_screen(desk: Desk) -> None:
    desk.put("# A day\n\n" + "".join(f"- [ ] Task {n}\n" for n in range(60)))
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        view = write.read_view
        assert view and view.scroll_y > 0
        before = view.scroll_y
        await click_on(pilot, "☐ Task 57")
        assert "- [x] Task 57" in write.editor.text and view.scroll_y == before
        await pilot.press("left", "right")
        await settle(pilot)
        assert view.scroll_y == 0


async def test_a_page_that_cannot_be_changed_says_so_when_a_box_is_clicked(desk: Desk) -> None:
    desk.put(TASKS.encode("latin-1") + b"\xe9\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        await click_on(pilot, "☐ Ask")
        assert write.session.read_only_reason and write.session.read_only_reason in told(pilot)


async def test_the_box_of_a_result_is_ticked(desk: Desk) -> None:
    desk.put("# Then\n\n- [ ] Ask @colm due:2026-11-13\n- [ ] Ring the lab\n", BEFORE)
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l", *"is:open")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FindScreen)
        await click_on(pilot, "☐ Ring")
        assert "- [x] Ring the lab" in desk.file(BEFORE).read_text()
        assert [row.text for row in pilot.app.screen.finder.results.rows] == ["Ask @colm"]
        await click_on(pilot, "☐ due")
        assert "- [x] Ask @colm" in desk.file(BEFORE).read_text()


async def test_what_one_reads_is_selected_and_copied(desk: Desk) -> None:
    desk.put(TASKS)
    async with desk.open() as (pilot, _):
        await pilot.press("f2")
        await settle(pilot)
        rows = painted(pilot.app)
        first = next(y for y, row in enumerate(rows) if "Saw the depot" in row)
        last = next(y for y, row in enumerate(rows) if "Ask @colm" in row)
        start = (rows[first].index("depot"), first)
        end = (rows[last].index("@colm") + 5, last)
        await pilot.mouse_down(offset=start)
        await pilot.hover(offset=end)
        await pilot.mouse_up(offset=end)
        await pilot.press("ctrl+c")
        await settle(pilot)
        copied = pilot.app.clipboard
        assert copied.startswith("depot, and more.\n☐") and copied.endswith("Ask @colm")
        assert "Copied" in told(pilot)
        # Without a selection the key says how to leave, as everywhere.
        await pilot.click(offset=start)
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == copied


async def test_a_click_on_another_day_saves_what_was_typed(desk: Desk) -> None:
    desk.put("# Then\n\nLong ago.\n\n## Learning points\n\n- Rest\n", BEFORE)
    async with desk.open(size=(140, 40)) as (pilot, write):
        await pilot.press(*"Typed")
        month = write.query_one(Month).region
        rows = painted(pilot.app)
        y = next(y for y in range(month.y, month.bottom) if "12" in rows[y][: month.right])
        await pilot.click(offset=(rows[y].index("12", month.x), y))
        await settle(pilot)
        assert write.session.day == BEFORE and "Typed" in desk.file().read_text()
        write.go(desk.today)
        await settle(pilot)
        await pilot.press(*"More")
        # A result beside the page: the first click selects it, the next opens it.
        for _ in range(2):
            await click_on(pilot, "Rest", after=90)
        assert write.session.day == BEFORE and "More" in desk.file().read_text()


@pytest.mark.parametrize("key", ["ctrl+n", "ctrl+r", "ctrl+g"])
async def test_a_click_beside_a_dialog_keeps_what_is_typed_in_it(desk: Desk, key: str) -> None:
    desk.put("# A day\n\nWords.\n")
    async with desk.open() as (pilot, _):
        await pilot.press(key)
        await settle(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, Dialog)
        await pilot.press(*"7 so")
        for place in ((0, 0), (79, 23), (5, 12)):
            await pilot.click(offset=place)
        await settle(pilot)
        assert pilot.app.screen is dialog
        typed = [line.value for line in dialog.query(Input)]
        typed += [area.text for area in dialog.query(Paragraph)]
        assert "7 so" in typed
