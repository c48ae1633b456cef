"""The review screen: its periods and panels, and that each number, bar and day opens what it is about."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from journal_tui import journal as journals
from journal_tui.app.find.screen import FindScreen
from journal_tui.app.review.enjoyment_chart import EnjoymentChart
from journal_tui.app.review.heat_map import HeatMap
from journal_tui.app.review.review_list import DaysDialog, ReviewList
from journal_tui.app.review.rows import ReviewRow, Target, groups
from journal_tui.app.review.screen import ReviewScreen
from journal_tui.period import parse_name
from tests.app.app_fixture import Desk, painted, settle, told

SIZES = [(60, 20), (80, 24), (140, 40)]
WORDS = (
    "# A day\n\nWith @ann.\n\n- [ ] ask #lab due:{due}\n- [x] done it\n\n## Learning points\n\n"
    "- point {n} #lab\n- another for @ann\n- without a name\n\nEnjoyment: {rating}/10 – remark {n}\n"
)


@pytest.fixture
def year(desk: Desk) -> Desk:
    """Sixty days up to the desk's day with something of everything, one of them without a rating."""
    journals.create(desk.root.parent / "other", date(2026, 1, 5), "Other")
    desk.root = desk.root.parent / "other"
    number = 0
    for back in range(84):
        day = desk.today - timedelta(back)
        if day.weekday() > 4 and back % 9:
            continue
        number += 1
        rating = (5, 7, 7, 0, 9, 6)[number % 6]
        text = WORDS.format(n=number, rating=rating, due=day + timedelta(7))
        if number == 3:
            text = "# Unrated\n\nNothing more.\n"
        desk.put(text, day)
    desk.put("# The week\n", desk.today, "")
    desk.put(WORDS.format(n=0, rating=8, due=desk.today), desk.today)
    (desk.root / "2026" / "2026-W47.md").write_text("# Week 47\n\nA note.\n")
    return desk


def screen_of(pilot: Pilot[None]) -> ReviewScreen:
    screen = next(it for it in pilot.app.screen_stack if isinstance(it, ReviewScreen))
    assert isinstance(screen, ReviewScreen)
    return screen


async def opened(pilot: Pilot[None], *keys: str) -> ReviewScreen:
    await pilot.press("f5")
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    return screen_of(pilot)


def text_of(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


@pytest.mark.parametrize("size", SIZES)
async def test_keys_name_the_kind_of_period_and_arrows_step_it(
    year: Desk, size: tuple[int, int]
) -> None:
    async with year.open(size=size) as (pilot, write):
        await opened(pilot)
        assert "November 2026" in painted(pilot.app)[0]
        # In a narrow window, the names of the kinds are shorter.
        assert ("Day Wk Mth" if size[0] < 62 else "Day Week Month") in painted(pilot.app)[0]
        assert "e Save as" in painted(pilot.app)[-1]
        for key, title in (
            ("left", "October 2026"),
            ("right", "November 2026"),
            ("w", "Week 47 of 2026"),
            ("left", "Week 46 of 2026"),
            ("d", "Friday 13 November 2026"),
            ("q", "Q4 2026"),
            ("y", "2026"),
            ("less_than_sign", "2025"),
            ("greater_than_sign", "2026"),
            ("t", "2026"),
            ("l", "90 days to 20 November 2026"),
            ("a", "All days"),
            ("m", "November 2026"),
        ):
            await pilot.press(key)
            await settle(pilot)
            assert f"◂ {title} ▸" in painted(pilot.app)[0], key
        await pilot.press("escape")
        assert pilot.app.screen is write and write.session.day == year.today


async def test_a_period_in_words_is_shown_and_a_wrong_one_is_explained(year: Desk) -> None:
    async with year.open() as (pilot, _):
        await opened(pilot, "g")
        await pilot.press(*"2026-10..2026-11")
        assert "→ October to November 2026" in text_of(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "October to November 2026" in painted(pilot.app)[0]
        await pilot.press("left")
        await settle(pilot)
        assert "August to September 2026" in painted(pilot.app)[0]
        await pilot.press("g", *"blurs", "enter")
        assert "Try one of" in text_of(pilot)
        await pilot.press("escape", "a", "left")
        await settle(pilot)
        assert "These are all the days" in told(pilot)
        for words, lacking in (("2026-10..", "end"), ("..2026-10", "beginning")):
            await pilot.press("g", *words, "enter")
            await settle(pilot)
            await pilot.press("left")
            await settle(pilot)
            assert f"This period has no {lacking}, so none is before or after it." in told(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_tab_goes_through_the_panels_and_all_of_them_are_on_the_screen(
    year: Desk, size: tuple[int, int]
) -> None:
    async with year.open(size=size) as (pilot, _):
        screen = await opened(pilot, "y")
        seen = []
        for _ in range(4):
            focused = screen.focused
            assert focused is not None and focused.region.height > 3
            assert focused.region.bottom < size[1] and focused.region.right <= size[0]
            seen.append(focused.id)
            await pilot.press("tab")
            await settle(pilot)
        expected = ["facts", "chart", "days"]
        expected.append("distribution" if size == (140, 40) else "facts")
        assert seen == expected
        await pilot.press("shift+tab")
        await settle(pilot)
        assert screen.focused and screen.focused.id == expected[-1 if size == (140, 40) else 0]


@pytest.mark.parametrize("size", SIZES)
async def test_bars_lead_from_the_year_to_the_day_and_escape_back(
    year: Desk, size: tuple[int, int]
) -> None:
    async with year.open(size=size) as (pilot, write):
        screen = await opened(pilot, "y", "tab")
        assert screen.focused is screen.chart
        await pilot.press("enter")
        await settle(pilot)
        narrower = screen.span.kind
        assert narrower in ("week", "month")
        assert screen.span.days.contains(year.today)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.span.kind == "year" and pilot.app.screen is screen
        await pilot.press("enter")
        await settle(pilot)
        if narrower == "month":
            assert "by day" in text_of(pilot)
        await pilot.press("left")
        await settle(pilot)
        day = screen.day
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == day
        await pilot.press("f5")
        await settle(pilot)
        assert screen_of(pilot).span.days.contains(day)


@pytest.mark.parametrize("kind", ["m", "q", "y", "l"])
@pytest.mark.one_in(2)
async def test_each_way_of_moving_among_days_reaches_them_and_opens_them(
    year: Desk, kind: str
) -> None:
    async with year.open() as (pilot, write):
        screen = await opened(pilot, kind, "tab", "tab")
        assert screen.focused is screen.heat
        before = screen.day
        await pilot.press("up")
        await pilot.press("left")
        await settle(pilot)
        assert screen.day < before
        assert screen.heat.chosen and screen.heat.chosen.first == screen.day
        await pilot.press("w")
        await settle(pilot)
        assert screen.span.kind == "week" and screen.span.days.contains(screen.day)
        await pilot.press("enter")
        await settle(pilot)
        assert write.session.day == screen.day


async def test_months_of_many_years_lead_to_their_month(year: Desk) -> None:
    year.put("# Long ago\n\nEnjoyment: 3/10\n", date(2019, 5, 6))
    async with year.open() as (pilot, write):
        screen = await opened(pilot, "a", "tab", "tab", "home")
        assert "May 2019" in text_of(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "◂ May 2019 ▸" in painted(pilot.app)[0]
        assert screen.span.kind == "month"
        await pilot.press("escape")
        await settle(pilot)
        assert screen.span.kind == "all"
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write


def rows_of(screen: ReviewScreen) -> Iterator[tuple[str, ReviewRow]]:
    assert screen.review
    for group in groups(screen.review):
        for row in group.rows:
            yield group.title, row


@pytest.mark.parametrize("kind", ["week", "month", "quarter", "year", "all"])
@pytest.mark.one_in(2)
async def test_every_number_opens_exactly_its_days(year: Desk, kind: str) -> None:
    async with year.open() as (pilot, _):
        screen = await opened(pilot, kind[0])
        checked = 0
        for title, row in rows_of(screen):
            has_number = any(letter.isdigit() for letter in row.text)
            if has_number and not row.text.startswith("0") and row.bar is None:
                assert not row.target.is_empty, (title, row)
            if row.target.query and row.target.days:
                found = year.journal().find(row.target.query, "entry")
                days = {hit.day for hit in found if not hit.period}
                assert days == set(row.target.days), (title, row)
                checked += 1
        assert checked > 8


async def open_row(pilot: Pilot[None], words: str) -> None:
    """Move the cursor of the list to the first row with these words, and open it."""
    listed = screen_of(pilot).facts
    await pilot.press("home")
    for _ in range(200):
        chosen = listed.chosen
        if chosen and words in f"{chosen.lead} {chosen.text}":
            break
        await pilot.press("down")
    assert listed.chosen and words in f"{listed.chosen.lead} {listed.chosen.text}"
    await pilot.press("enter")
    await settle(pilot)


async def test_a_number_opens_find_with_its_search_and_escape_leads_back(year: Desk) -> None:
    async with year.open() as (pilot, write):
        screen = await opened(pilot)
        await open_row(pilot, "workdays written")
        find = pilot.app.screen
        assert isinstance(find, FindScreen) and find.finder.words == "date:2026-11 -kind:period"
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        await open_row(pilot, "#lab  ")
        assert "in:learning #lab" in text_of(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.screen is write


async def test_a_number_without_a_search_lists_its_days_to_choose_one(year: Desk) -> None:
    async with year.open() as (pilot, write):
        screen = await opened(pilot)
        await open_row(pilot, "days from")
        assert isinstance(pilot.app.screen, DaysDialog)
        listed = pilot.app.screen.query_one(ReviewList)
        assert len(listed.values) > 2 and "/10" in text_of(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        await pilot.press("enter", "down")
        chosen = pilot.app.screen.query_one(ReviewList).chosen
        assert chosen
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write
        assert write.session.day == chosen.target.days[0]


async def test_best_days_points_and_follow_ups_open_their_lines(year: Desk) -> None:
    async with year.open() as (pilot, write):
        for words, on_line in (
            ("remark", "Enjoyment"),
            ("point 0", "point 0"),
            ("ask #lab", "ask"),
        ):
            await opened(pilot)
            await open_row(pilot, words)
            assert pilot.app.screen is write
            row = write.editor.cursor_location[0]
            assert on_line in write.editor.document.get_line(row)


async def test_clicks_open_rows_bars_and_days(year: Desk) -> None:
    async with year.open() as (pilot, write):
        screen = await opened(pilot)
        await pilot.click(ReviewList, offset=(3, 2))
        await settle(pilot)
        assert isinstance(pilot.app.screen, FindScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.click(EnjoymentChart, offset=(1 + 4, 3))
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == date(2026, 11, 1)
        write.go(year.today)
        screen = await opened(pilot, "y")
        await pilot.click(HeatMap, offset=(1 + 4 + 2, 1 + 10))
        await settle(pilot)
        assert write.session.day == date(2026, 11, 3)
        screen = await opened(pilot)
        await pilot.click(".heading", offset=(74, 0))
        await settle(pilot)
        assert screen.span.kind == "latest"


async def test_notes_of_periods_are_opened_from_the_list_and_by_key(year: Desk) -> None:
    async with year.open() as (pilot, write):
        await opened(pilot, "w")
        await open_row(pilot, "Note of Week 47")
        assert write.session.period == parse_name("2026-W47")
        await pilot.press("f5")
        await settle(pilot)
        assert screen_of(pilot).span.kind == "week"
        await pilot.press("n")
        await settle(pilot)
        assert "Week 47 of 2026 – written" in text_of(pilot)
        await pilot.press("q")
        await settle(pilot)
        assert write.session.period == parse_name("2026-Q4")


async def test_the_marks_of_days_differ_without_colour(desk: Desk) -> None:
    days = {
        date(2026, 11, 16): "# Zero\n\nEnjoyment: 0/10\n",
        date(2026, 11, 17): "# Unrated\n",
        date(2026, 11, 14): "# Saturday\n\nEnjoyment: 0/10\n",
        date(2026, 11, 19): "# Ten\n\nEnjoyment: 10/10\n",
    }
    for day, text in days.items():
        desk.put(text, day)
    async with desk.open() as (pilot, _):
        await opened(pilot)
        rows = text_of(pilot)
        for mark in ("16▁", "17·", "18-", "14◦", "15 ", "19█", "23 "):
            assert mark in rows, mark
        assert "◦● off" in rows
        await pilot.press("y")
        await settle(pilot)
        november = next(row for row in painted(pilot.app) if row.startswith("│Nov"))
        assert november[5:].startswith(" -----  -----◦ ▁·-█")


async def test_the_chart_has_a_fixed_scale_gaps_a_median_and_a_band(desk: Desk) -> None:
    ratings = {9: 6, 10: 6, 11: None, 13: 10, 16: 5, 17: 0, 18: 6}
    for day, rating in ratings.items():
        said = f"\n\nEnjoyment: {rating}/10\n" if rating is not None else "\n"
        desk.put(f"# Day{said}", date(2026, 11, day))
    async with desk.open() as (pilot, _):
        screen = await opened(pilot)
        chart = [screen.chart.render_line(y).text for y in range(6)]
        bars = [row[4:] for row in chart]
        assert [row[:4] for row in chart[:5]] == [" 10│", "   ┃", "   ┃", "   │", "  0│"]
        assert "median 6" in text_of(pilot) and "5 to 7" in text_of(pilot)

        def column(day: int) -> list[str]:
            return [row[(day - 1) * 2] for row in bars[:5]]

        assert column(13) == ["█"] * 5
        assert column(9) == [" ", "┄", "█", "█", "█"]
        assert column(11) == [" ", "┄", " ", " ", "·"]
        assert column(12) == [" ", "┄", " ", " ", " "]
        assert column(17) == [" ", "┄", " ", " ", "▁"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", "dwmqyla")
@pytest.mark.one_in(5)
async def test_an_empty_journal_teaches_and_nothing_fails(
    desk: Desk, size: tuple[int, int], kind: str
) -> None:
    async with desk.open(size=size) as (pilot, write):
        await opened(pilot, kind)
        shown = text_of(pilot)
        assert "Nothing has been written in" in shown and "No day here is rated" in shown
        await pilot.press("tab", "enter", "tab", "enter")
        await settle(pilot)
        for _ in range(3):
            await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write


async def test_one_day_and_a_period_to_come_say_so(desk: Desk) -> None:
    desk.put("# Only\n\nEnjoyment: 7/10\n")
    async with desk.open() as (pilot, _):
        await opened(pilot)
        assert "1 of 1 written day rated" in text_of(pilot)
        assert "a median needs 5 ratings" in text_of(pilot)
        await pilot.press("right")
        await settle(pilot)
        shown = text_of(pilot)
        assert "still to come" in shown and "hasn't begun" in " ".join(shown.split())
        await pilot.press("less_than_sign")
        await settle(pilot)
        assert "Nothing was written in this time:" in text_of(pilot)


@pytest.mark.parametrize("day", [date.min, date.max])
async def test_the_ends_of_the_calendar_hold(desk: Desk, day: date) -> None:
    async with desk.open(day) as (pilot, write):
        await opened(pilot)
        for key in (
            "left",
            "right",
            "tab",
            "tab",
            "up",
            "left",
            "down",
            "right",
            "y",
            "l",
            "w",
            "d",
        ):
            await pilot.press(key)
            await settle(pilot)
        for key in ("less_than_sign", "greater_than_sign", "pageup", "pagedown", "a", "q"):
            await pilot.press(key)
            await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert pilot.app.screen is write


async def test_a_late_answer_for_another_period_is_dropped(
    year: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with year.open() as (pilot, _):
        screen = await opened(pilot)
        await pilot.press("y", "w", "m", "q")
        await settle(pilot)
        assert screen.review and screen.review.span.kind == "quarter" == screen.span.kind


@pytest.mark.parametrize("theme", ["ansi-dark", "textual-light", "nord"])
@pytest.mark.one_in(3)
async def test_themes_without_colours_of_their_own_draw_it(year: Desk, theme: str) -> None:
    async with year.open(size=(140, 40)) as (pilot, _):
        await opened(pilot, "y", "tab", "tab")
        pilot.app.theme = theme
        await settle(pilot)
        assert "Enjoyment by week" in text_of(pilot)


async def test_resizing_moves_the_distribution_and_keeps_the_keys(year: Desk) -> None:
    async with year.open(size=(140, 40)) as (pilot, _):
        screen = await opened(pilot, "y", "tab", "tab", "tab")
        assert screen.focused is screen.distribution
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert screen.focused is screen.facts
        assert any(title == "How days were rated" for title, _ in rows_of(screen))
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert screen.facts.region.height > 3
        await pilot.resize_terminal(140, 40)
        await settle(pilot)
        assert screen.distribution.region.height > 3 and screen.heat.region.height > 3


async def test_the_palette_finds_it_by_everyday_words(desk: Desk) -> None:
    async with desk.open(size=(100, 40)) as (pilot, _):
        await pilot.press("ctrl+p")
        for words in ("week", "month", "year", "statistics", "heat map", "chart", "look back"):
            pilot.app.screen.query_one(Input).value = words
            await settle(pilot)
            rows = pilot.app.screen.query_one(OptionList).options
            assert any(str(row.prompt).startswith("Review ") for row in rows), words


async def test_the_period_is_saved_as_a_document_which_replaces_none_unasked(
    year: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "quarter.html"
    async with year.open() as (pilot, _):
        await opened(pilot, "q", "e")
        line = pilot.app.screen.query_one(Input)
        assert line.value == "~/review-2026-Q4.html"
        line.value = "quarter.txt"
        await pilot.press("enter")
        assert "End the name of the file with" in text_of(pilot)
        line.value = str(file)
        await pilot.press("enter")
        await settle(pilot)
        assert "<html" in file.read_text() and str(file.name) in told(pilot)
        file.write_text("mine")
        await pilot.press("e")
        pilot.app.screen.query_one(Input).value = str(file)
        for key, is_kept in (("k", True), ("r", False)):
            await pilot.press("enter")
            await settle(pilot)
            assert "exists already" in text_of(pilot), told(pilot)
            await pilot.press(key)
            await settle(pilot)
            assert (file.read_text() == "mine") is is_kept


def test_a_target_that_opens_nothing_is_empty() -> None:
    assert Target().is_empty and not Target((date(2026, 11, 20),)).is_empty


async def test_days_without_any_rating_are_shown_by_their_words(desk: Desk) -> None:
    for number, day in enumerate((9, 10, 12)):
        desk.put("# Day\n\n" + "word " * (10 * number + 10) + "\n", date(2026, 11, day))
    desk.settings('[keys]\nrate = "f13"\n')
    async with desk.open() as (pilot, _):
        screen = await opened(pilot, "tab", "left")
        assert "Words by day" in text_of(pilot)
        chart = [screen.chart.render_line(y).text[4:] for y in range(5)]
        heights = [sum(row[(day - 1) * 2] == "█" for row in chart) for day in (9, 10, 11, 12)]
        assert heights == [1, 3, 0, 5]
        screen.facts.focus()
        await settle(pilot)
        assert "f13 to see its enjoyment here" in text_of(pilot)
