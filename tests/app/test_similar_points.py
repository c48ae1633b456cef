"""Learned before? Beside the text, below it, and in the dialogs."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from textual.app import App
from textual.pilot import Pilot

from journal_tui.app.screens.dialog import TextDialog
from journal_tui.app.widgets.inputs import Paragraph
from journal_tui.app.write import dialogs, similar_points
from journal_tui.app.write.brief_list import BriefList
from journal_tui.app.write.dialogs import PointDialog, SimilarDialog
from journal_tui.app.write.screen import WriteScreen
from journal_tui.app.write.side_panel import SidePanel
from journal_tui.app.write.similar_list import SimilarList, SimilarResult
from journal_tui.app.write.status_line import StatusLine
from journal_tui.entry import parser
from journal_tui.errors import IndexBusy
from journal_tui.lookups.similarity import SimilarPoint, SimilarPointSearch
from tests.app.app_fixture import Desk, painted, settle, told, write_screen

POINT = "Ask for the name of the owner before the meeting begins"
OTHER = "Owners have good names: ask, before each meeting begins"
DAY = "# A day\n\n## Learning points\n\n- {}\n\nEnjoyment: {}\n"
TODAY = "Prose.\n\n## Learning points\n\n- Kettles\n- {}\n"
FIRST, SECOND = date(2025, 6, 3), date(2026, 11, 12)
ALIKE = SimilarPoint(FIRST, "2025/2025-06-03.md", POINT, 5, 8.5, 0.9)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause in the typing needs to be waited for."""
    monkeypatch.setattr(similar_points, "PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(dialogs, "PAUSE_SECONDS", 0.001)


@pytest.fixture
def learned(desk: Desk) -> Desk:
    """Something that was learned twice before, and an entry of today with a point like it."""
    desk.put(DAY.format(OTHER, "8.5"), FIRST)
    desk.put(DAY.format(POINT, "4/10"), SECOND)
    desk.put(TODAY.format(POINT))
    return desk


async def until(pilot: Pilot[None], what: Callable[[], object]) -> None:
    """Wait for what happens in the background."""
    for _ in range(400):
        if what():
            return
        await pilot.pause(0.005)
    raise AssertionError("it did not come about")


def hint(write: WriteScreen) -> str:
    """What the status line says of it."""
    return write.query_one(StatusLine).status.learned


def rows(earlier: SimilarList) -> list[str]:
    """The lines of the list as they are shown."""
    return [earlier.render_line(y).text.rstrip() for y in range(earlier.size.height)]


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_on_a_narrow_screen_a_hint_comes_and_goes(
    learned: Desk, size: tuple[int, int]
) -> None:
    async with learned.open(size=size) as (pilot, write):
        assert hint(write) == ""
        write.editor.move_cursor((5, 4))
        await until(pilot, lambda: hint(write))
        assert hint(write) == "learned twice before? (^b)"
        assert hint(write) in write.query_one(StatusLine).render_line(0).text
        await pilot.press("up")
        await until(pilot, lambda: not hint(write))
        assert not write.query(SidePanel)


async def test_the_hint_names_the_day_of_one_earlier_point(learned: Desk) -> None:
    learned.put(DAY.format("Rain makes the depot late", ""), SECOND)
    async with learned.open() as (pilot, write):
        write.editor.move_cursor((5, 4))
        await until(pilot, lambda: hint(write))
        assert hint(write) == "learned before? 3 Jun 2025 (^b)"


async def test_it_is_asked_again_as_the_point_changes(learned: Desk) -> None:
    async with learned.open() as (pilot, write):
        write.editor.move_cursor((4, 9))
        write.editor.insert(" and lanterns")
        await settle(pilot)
        assert hint(write) == ""
        write.editor.replace(OTHER, (4, 2), (4, 22))
        await until(pilot, lambda: hint(write))


async def test_a_key_lists_them_and_enter_opens_the_day(learned: Desk) -> None:
    async with learned.open() as (pilot, write):
        write.editor.move_cursor((5, 4))
        await pilot.press("ctrl+b")
        await until(pilot, lambda: isinstance(pilot.app.screen, SimilarDialog))
        earlier = pilot.app.screen.query_one(SimilarList)
        await until(pilot, lambda: earlier.has_focus and earlier.chosen)
        assert [" ".join(row.split()) for row in rows(earlier)[:4]] == [
            "▌8 days ago, 12 November 2026 4/10",
            f"▌{POINT}",
            "17 months ago, 3 June 2025 8.5/10",
            OTHER,
        ]
        again = pilot.app.screen.query_one(".again")
        assert str(again.visual) == (
            "It seems you have learned this twice before: 3 June 2025, 12 November 2026."
        )
        await pilot.press("down", "enter")
        await settle(pilot)
        assert (write.session.day, write.editor.cursor_location[0]) == (FIRST, 4)


@pytest.mark.parametrize(
    ("row", "sentence"), [(0, "Put the cursor in a learning point"), (4, "There are no earlier")]
)
async def test_where_there_is_nothing_a_sentence_says_so(
    learned: Desk, row: int, sentence: str
) -> None:
    async with learned.open() as (pilot, write):
        write.editor.move_cursor((row, 0))
        await pilot.press("ctrl+b")
        await until(pilot, lambda: told(pilot))
        assert sentence in told(pilot)
        assert pilot.app.screen is write


async def test_only_days_before_the_one_on_the_screen(learned: Desk) -> None:
    async with learned.open(SECOND) as (pilot, write):
        write.editor.move_cursor((4, 4))
        await until(pilot, lambda: hint(write))
        assert hint(write).startswith("learned before? 3 Jun 2025")
        write.go(FIRST, line=5)
        await until(pilot, lambda: not hint(write))


async def test_moving_the_cursor_reads_no_text(
    learned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with learned.open() as (pilot, write):
        write.editor.move_cursor((5, 4))
        await until(pilot, lambda: hint(write))
        monkeypatch.setattr(parser, "read", lambda *_: pytest.fail("the Markdown was read"))
        for key in ("up", "up", "down", "down", "left"):
            await pilot.press(key)
        await until(pilot, lambda: hint(write))


async def test_trouble_with_the_index_says_nothing(
    learned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = threading.Event()

    def fail(*_: object) -> None:
        asked.set()
        raise IndexBusy("busy")

    monkeypatch.setattr(SimilarPointSearch, "find", fail)
    async with learned.open() as (pilot, write):
        write.editor.move_cursor((5, 4))
        await until(pilot, asked.is_set)
        await settle(pilot)
        assert hint(write) == ""
        assert pilot.app.screen is write


async def test_in_the_side_panel_it_replaces_the_brief(learned: Desk) -> None:
    async with learned.open(size=(140, 40)) as (pilot, write):
        side = write.query_one(SidePanel)
        earlier, past = side.query_one(SimilarList), side.query_one(BriefList)
        assert past.display and not earlier.display
        write.editor.move_cursor((5, 4))
        await until(pilot, lambda: earlier.display and any(rows(earlier)))
        assert not past.display
        assert str(earlier.border_title) == "Twice before?"
        assert rows(earlier)[0].split() == ["8", "days", "ago", "4/10"]
        assert hint(write) == ""
        earlier.focus()
        await pilot.press("down", "enter")
        await settle(pilot)
        assert write.session.day == FIRST
        assert past.display and not earlier.display


async def test_another_width_shows_it_in_another_place(learned: Desk) -> None:
    async with learned.open(size=(100, 24)) as (pilot, write):
        write.editor.move_cursor((5, 4))
        await until(pilot, lambda: write.query_one(SimilarList).display)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: hint(write))
        await pilot.resize_terminal(100, 24)
        await until(pilot, lambda: not hint(write))
        assert write.query_one(SimilarList).display


async def test_the_dialog_shows_them_and_one_can_be_read(learned: Desk) -> None:
    learned.file().unlink()
    async with learned.open(size=(60, 20)) as (pilot, write):
        await pilot.press("ctrl+n")
        dialog = pilot.app.screen
        assert isinstance(dialog, PointDialog)
        paragraph, earlier = dialog.query_one(Paragraph), dialog.query_one(SimilarList)
        await pilot.press("down")
        assert paragraph.has_focus
        paragraph.insert(POINT)
        await until(pilot, lambda: earlier.chosen)
        await settle(pilot)
        assert str(earlier.border_title) == "Learned twice before? 3 Jun 2025, 12 Nov 2026"
        await pilot.press("down", "down", "enter")
        read = pilot.app.screen
        assert isinstance(read, TextDialog)
        await pilot.press("escape")
        assert pilot.app.screen is dialog
        await pilot.press("up", "up")
        assert paragraph.has_focus
        await pilot.press("enter")
        assert f"- {POINT}\n" in write.editor.text


async def test_a_day_that_is_gone_cannot_be_read(learned: Desk) -> None:
    async with learned.open() as (pilot, _):
        await pilot.press("ctrl+n")
        earlier = pilot.app.screen.query_one(SimilarList)
        pilot.app.screen.query_one(Paragraph).insert(POINT)
        await until(pilot, lambda: earlier.chosen)
        learned.file(SECOND).unlink()
        await pilot.press("down", "enter")
        await until(pilot, lambda: "can no longer be read" in "\n".join(painted(pilot.app)))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, PointDialog)
        assert write_screen(pilot).session.day == learned.today


@pytest.mark.usefixtures("held_worker")
async def test_an_answer_that_comes_too_late_is_dropped() -> None:
    slow, done = threading.Event(), threading.Event()

    def find_similar(text: str) -> SimilarResult | None:
        if text == "slow":
            slow.wait(10)
            done.set()
        return SimilarResult([ALIKE._replace(text=f"like {text}")], ())

    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = PointDialog("slow", find_similar, day=date(2026, 11, 20))
        app.push_screen(dialog)
        await pilot.pause()
        dialog.query_one(Paragraph).text = "quick"
        earlier = dialog.query_one(SimilarList)
        await until(pilot, lambda: earlier.chosen)
        slow.set()
        await until(pilot, done.is_set)
        await settle(pilot)
        assert rows(earlier)[1] == " like quick"


async def test_where_nothing_is_similar_the_dialog_says_nothing() -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = PointDialog("", lambda text: SimilarResult([ALIKE], ()) if text == "x" else None)
        app.push_screen(dialog)
        await settle(pilot)
        earlier = dialog.query_one(SimilarList)

        def said() -> str:
            return "\n".join(painted(app))

        assert not earlier.display and "Read an earlier one" not in said()
        await pilot.press("down")
        assert dialog.query_one(Paragraph).has_focus
        await pilot.press("x")
        await until(pilot, lambda: earlier.chosen)
        await settle(pilot)
        assert POINT.split()[-1] in said() and "Read an earlier one" in said()
        await pilot.press("backspace")
        await until(pilot, lambda: not earlier.chosen)
        await settle(pilot)
        assert not earlier.display and "Read an earlier one" not in said()
        assert "earlier" not in said() and dialog.query_one(Paragraph).has_focus
