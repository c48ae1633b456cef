"""The Find screen: the entry beside the rows, ways to look, searches kept, results taken along."""

import asyncio
import itertools
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, cast

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from journal_tui import guide
from journal_tui.app.commands import (
    bindings,
    commands,
    help_groups,
    key_faults,
    keymap_from_settings,
)
from journal_tui.app.find.screen import FindScreen
from journal_tui.app.people.subject_screen import SubjectScreen
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.widgets import search_panel, search_results
from journal_tui.app.widgets.result_list import ResultList, ResultRow, Suggestion
from journal_tui.app.widgets.search_panel import SearchPanel
from journal_tui.app.widgets.search_results import MAX_ROWS, SearchResult, search
from journal_tui.app.write.screen import WriteScreen
from journal_tui.journal import Journal
from journal_tui.library import config
from journal_tui.library.saved_searches import RECENT
from tests.app.app_fixture import Desk, painted, settle, told

DAYS = [date(2024, 3, 4), date(2025, 2, 6), date(2026, 11, 18), date(2026, 11, 19)]
TEXT = """\
# Day {}

A morning of prose with @mei, and nothing in it.

## Learning points

- Trust **grows** slowly {} #trust
- Ask for trust, one name at a time
- Count to five

Enjoyment: {}/10 – said [b]so[/b]
"""


@pytest.fixture
def written(desk: Desk) -> Desk:
    for number, day in enumerate(DAYS):
        desk.put(TEXT.format(number + 1, "so " * number, number + 5), day)
    return desk


def find(pilot: Pilot[None]) -> FindScreen:
    return cast(FindScreen, pilot.app.screen)


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(painted(pilot.app))


def page(pilot: Pilot[None]) -> str:
    return "\n".join(line.text for line in find(pilot).preview.lines)


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for what comes after a pause in the typing."""
    for _ in range(500):
        await settle(pilot)
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def type_words(pilot: Pilot[None], words: str) -> None:
    find(pilot).finder.line.insert_text_at_cursor(words)
    await settle(pilot)


@pytest.mark.parametrize("size", [(100, 24), (140, 40)])
async def test_a_wide_screen_shows_the_entry_of_the_row(
    written: Desk, size: tuple[int, int]
) -> None:
    async with written.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "grows")
        await until(pilot, lambda: "Day 4" in page(pilot))
        screen = find(pilot)
        assert "Thursday 19 November 2026" in str(screen.preview.border_title)
        matches = [
            line.text[a:b]
            for line in screen.preview.lines
            for a, b, kind in line.spans
            if kind == "match"
        ]
        assert matches == ["grows"]
        await pilot.press("down", "down", "down", "up")
        await until(pilot, lambda: "Day 2" in page(pilot))
        assert screen.finder.line.has_focus
        await type_words(pilot, "x")
        await until(pilot, lambda: screen.preview.row is None)
        await pilot.press("f6")
        assert not screen.preview.display


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_narrow_screen_shows_it_below_or_in_full(
    written: Desk, size: tuple[int, int]
) -> None:
    async with written.open(size=size) as (pilot, write):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        screen = find(pilot)
        assert not screen.preview.display
        await pilot.press("f6")
        await until(pilot, lambda: "Day 4" in page(pilot))
        assert screen.preview.region.y > screen.finder.results.region.y
        assert screen.finder.results.size.height >= 4
        await pilot.press("f2")
        await until(pilot, lambda: screen.preview.size.height > size[1] - 5)
        assert screen.preview.has_focus and not screen.finder.line.display
        await pilot.press("right", "right")
        await until(pilot, lambda: "Day 3" in page(pilot))
        await pilot.press("left")
        await until(pilot, lambda: screen.preview.row is screen.finder.results.chosen)
        await pilot.press("escape")
        assert screen.finder.line.display and screen.finder.line.has_focus
        assert screen.finder.words == "trust"
        await pilot.press("f2", "enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == DAYS[3]


async def test_an_entry_that_is_gone_is_reported(written: Desk) -> None:
    async with written.open(size=(120, 24)) as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        written.file(DAYS[0]).unlink()
        await pilot.press("ctrl+end")
        await until(pilot, lambda: "can no longer be read" in page(pilot))


async def test_typing_while_the_entry_has_the_focus_goes_into_the_line(written: Desk) -> None:
    async with written.open(size=(120, 24)) as (pilot, write):
        await pilot.press("ctrl+l", "t")
        await settle(pilot)
        screen = find(pilot)
        screen.preview.focus()
        await pilot.press("r", "u")
        assert screen.finder.words == "tru" and screen.finder.line.has_focus
        screen.preview.focus()
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_one_row_for_each_day_says_how_many_matches(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        screen = find(pilot)
        assert len(screen.finder.results.rows) == 8
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert [(row.day, row.count) for row in screen.finder.results.rows] == [
            (day, 2) for day in reversed(DAYS)
        ]
        assert screen.finder.summary.text.startswith("8 learning points on 4 days · newest first")
        assert "×2" in shown(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert write.session.day == DAYS[2] and write.editor.cursor_location == (6, 0)


async def test_best_first_and_newest_first(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        screen = find(pilot)
        newest = [(row.day, row.line) for row in screen.finder.results.rows]
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert "best first" in screen.finder.summary.text
        assert sorted((row.day, row.line) for row in screen.finder.results.rows) == sorted(newest)
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert [(row.day, row.line) for row in screen.finder.results.rows] == newest


async def test_counts_by_year_and_the_year_of_a_row_alone(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        screen = find(pilot)
        years = screen.finder.summary.text.splitlines()[1]
        assert years == "2024 ▄ 2  2025 ▄ 2  2026 █ 4"
        await pilot.press("ctrl+end", "f9")
        await settle(pilot)
        assert screen.finder.words == "trust date:2024"
        assert {row.day for row in screen.finder.results.rows} == {DAYS[0]}
        await pilot.press("f9")
        assert screen.finder.words == "trust"
        await settle(pilot)
        await pilot.click("ResultSummary", offset=(2 + 12, 1))
        await settle(pilot)
        assert screen.finder.words == "trust date:2025"


async def test_keys_go_from_day_to_day_and_to_the_ends(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        results = find(pilot).finder.results
        places = []
        for key in ("alt+down", "alt+down", "alt+up", "ctrl+end", "ctrl+home", "pagedown"):
            await pilot.press(key)
            places.append(results.cursor)
        assert places == [2, 4, 2, 7, 0, 7]


async def test_what_is_typed_is_completed_by_tab(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", *"ra")
        screen = find(pilot)
        await until(pilot, lambda: "tab  rating:" in screen.finder.summary.text)
        await pilot.press("tab")
        assert screen.finder.words == "rating:"
        await pilot.press(*">=8 @", "tab")
        await settle(pilot)
        assert screen.finder.words == "rating:>=8 @mei"
        await pilot.press("tab")
        await settle(pilot)
        assert screen.finder.words == "rating:>=8 @mei"
        assert screen.finder.summary.text.startswith("1 day ")
        assert [row.hit.day for row in screen.finder.results.rows] == [DAYS[3]]


async def test_suggestions_take_one_line_above_the_newest_until_one_goes_up_to_them(
    written: Desk,
) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        results = find(pilot).finder.results
        assert results.lead == ["Suggested searches · ↑ to choose"]
        assert results.chosen and results.chosen.day == DAYS[3]
        # The first row stays the first one.
        await pilot.press("ctrl+home")
        assert results.chosen and results.chosen.day == DAYS[3] and len(results.lead) == 1
        await pilot.press("down", "down", "ctrl+home")
        assert results.chosen and results.cursor == 1 and len(results.lead) == 1
        await pilot.press("up")
        offered = [line.query for line in results.lead if isinstance(line, Suggestion)]
        assert offered[:2] == ["#trust rating:>=8", "@mei since:last-month"]
        await settle(pilot)
        assert "Newest first" in shown(pilot) and "on days rated 8 or higher" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert find(pilot).finder.words == offered[-1]
        journal = written.journal()
        assert all(journal.query(query) for query in offered)
        # The next time they are folded again.
        find(pilot).finder.search_for("")
        await settle(pilot)
        assert len(results.lead) == 1 and results.cursor == 1


async def test_a_click_on_their_heading_shows_the_suggestions(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        results = find(pilot).finder.results
        await pilot.click(results, offset=(5, 0))
        await settle(pilot)
        assert len(results.lead) > 1 and isinstance(results.lead[results.cursor], Suggestion)


async def test_whole_days_say_what_happened_and_notes_are_counted_apart(desk: Desk) -> None:
    desk.put("# Day\n\nSaw the depot and its old machines.\n\nEnjoyment: 9/10 – rain\n", DAYS[3])
    desk.put("# Review of the lab\n\nIn the glass office.\n", DAYS[3], "-review")
    desk.put("# Day\n\nNobody came to the stand-up, but the dog.\n", DAYS[2])
    (desk.root / "2026" / "2026-W46.md").write_text("# Week\n\nA week of rain and reviews.\n")
    async with desk.open(size=(80, 24)) as (pilot, _):
        await pilot.press("ctrl+l", "tab")
        await settle(pilot)
        finder = find(pilot).finder
        assert finder.summary.count_in_words == "2 days, 1 note, 1 period note · newest first"
        assert [row.text for row in finder.results.rows] == [
            "Saw the depot and its old machines.",
            "Review of the lab",
            "Nobody came to the stand-up, but the dog.",
            "A week of rain and reviews.",
        ]
        line = next(line for line in painted(pilot.app) if "old machines" in line)
        assert line.split()[-1] == "9"
        await type_words(pilot, "glass")
        assert finder.summary.count_in_words == "1 note · newest first"


async def test_a_search_without_results_offers_near_matches(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trusd slowly")
        results = find(pilot).finder.results
        await until(pilot, lambda: results.lead)
        assert "trust slowly" in [
            line.query for line in results.lead if isinstance(line, Suggestion)
        ]
        await pilot.press("enter")
        await settle(pilot)
        assert find(pilot).finder.words == "trust slowly" and len(results.rows) == 4


async def test_what_is_elsewhere_than_in_learning_points_is_offered(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "morning")
        results = find(pilot).finder.results
        await until(pilot, lambda: results.lead)
        await pilot.press("enter")
        await settle(pilot)
        assert [row.part for row in results.rows] == ["prose"] * 4
        assert "4 results" in find(pilot).finder.summary.text and "¶ " in shown(pilot)
        await until(pilot, lambda: "esc: back to “morning”" in shown(pilot))
        await pilot.press("escape")
        await settle(pilot)
        assert find(pilot).finder.words == "morning"
        await until(pilot, lambda: results.lead)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WriteScreen)


@pytest.mark.parametrize("words", ["@mei", "@MEI since:2025", "#trust"])
async def test_everything_about_the_name_in_a_search_is_a_key_away(
    written: Desk, words: str
) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("ctrl+l")
        await type_words(pilot, words)
        name = words.split()[0]
        await until(pilot, lambda: f"f5: all about {name}" in shown(pilot))
        await pilot.press("f5")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SubjectScreen)
        assert name.lower() in shown(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert find(pilot).finder.words == words
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == DAYS[-1]


@pytest.mark.parametrize("words", ["trust", "@nobody", "-@mei trust"])
async def test_without_a_name_in_the_search_its_key_says_what_to_do(
    written: Desk, words: str
) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, words)
        await settle(pilot)
        await pilot.press("f5")
        assert told(pilot).startswith("Search for a person or a tag first, such as @ann")
        assert "all about" not in find(pilot).finder.summary.text


async def test_days_that_match_outside_the_points_are_counted_with_their_key(desk: Desk) -> None:
    desk.put("The depot again.\n\n## Learning points\n\n- A depot has an owner\n", DAYS[0])
    desk.put("## Learning points\n\n- Nothing\n\nAt the depot all day.\n", DAYS[1])
    desk.put("Depot, twice.\n", DAYS[2])
    desk.put("A note about the depot.\n", DAYS[2], "-visit")
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "depot")
        finder = find(pilot).finder
        await until(pilot, lambda: "match" in finder.summary.text)
        assert finder.summary.count_in_words == "1 learning point · newest first"
        said = "1 learning point · newest first · 3 days, 1 note match: f3"
        assert said in shown(pilot)
        await pilot.press("f3")
        await settle(pilot)
        await until(pilot, lambda: "3 days, 1 note" in finder.summary.text)
        assert "match" not in finder.summary.text


async def test_without_room_the_order_gives_way_to_what_else_there_is(desk: Desk) -> None:
    for number, day in enumerate(DAYS):
        desk.put(f"@katarina came.\n\n## Learning points\n\n- Ask @katarina {number}\n", day)
        desk.put("With @katarina again.\n", day - timedelta(1))
    async with desk.open(size=(80, 24)) as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "@katarina")
        finder = find(pilot).finder
        await until(pilot, lambda: "match" in finder.summary.text)
        said = "3 learning points · f5: all about @katarina · 7 days match: f3"
        assert said in shown(pilot)


async def test_no_days_are_counted_where_all_of_them_have_a_point(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noting(journal: Journal, words: str, where: str, *how: str) -> SearchResult:
        if where == search_results.ENTRIES:
            asked.append(words)
        return search(journal, words, where, *how)

    monkeypatch.setattr("journal_tui.app.find.screen.search", noting)
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "slowly")
        await until(pilot, lambda: asked)
        await settle(pilot)
        # It is searched for once after the typing, not with each key.
        assert asked == ["slowly"]
        assert find(pilot).finder.summary.text.startswith("4 learning points · newest first")
        assert "match" not in find(pilot).finder.summary.text


async def test_a_search_is_saved_by_name_and_found_again(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust rating:>=7")
        await pilot.press("ctrl+s", *"my talks", "enter")
        await settle(pilot)
        assert "Find: my talks" in told(pilot)
        saved = written.root / config.FILE
        assert '[queries]\n"my talks" = "trust rating:>=7"\n' in saved.read_text()
        titles = {c.title: c for c in pilot.app.palette_commands(pilot.app.screen)}
        assert titles["Find: my talks"].help == "trust rating:>=7"
        await pilot.press("ctrl+u", "up")
        await settle(pilot)
        lead = find(pilot).finder.results.lead
        assert Suggestion("trust rating:>=7", "saved as “my talks”") in lead
        await pilot.press("ctrl+r", "1")
        await settle(pilot)
        assert find(pilot).finder.words == "trust rating:>=7"
        await pilot.press("escape", "escape")
        assert pilot.app.screen is write
        commands = {c.title: c for c in pilot.app.palette_commands(write)}
        commands["Find: my talks"].callback()
        await settle(pilot)
        assert find(pilot).finder.words == "trust rating:>=7"
        assert len(find(pilot).finder.results.rows) == 4
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen is write and write.session.day == DAYS[3]


async def test_saving_needs_words_and_a_file_that_can_be_written(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", "ctrl+s")
        assert isinstance(pilot.app.screen, FindScreen) and "Type a search first" in told(pilot)
        (written.root / config.FILE).write_text("queries = 3\n")
        await type_words(pilot, "trust")
        await pilot.press("ctrl+s", "enter", *"x", "enter")
        await settle(pilot)
        assert config.FILE in told(pilot)
        assert (written.root / config.FILE).read_text() == "queries = 3\n"


async def test_replacing_a_saved_search_is_announced(written: Desk) -> None:
    written.journal().saved_searches.save("a", "old [b]words")
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        await pilot.press("ctrl+s", "a")
        assert "replaces the saved search old [b]words" in shown(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FindScreen)


async def test_searches_can_be_gone_back_to(written: Desk) -> None:
    async with written.open() as (pilot, write):
        for words in ("trust", "count"):
            await pilot.press("ctrl+l")
            await type_words(pilot, words)
            await pilot.press("enter")
            await settle(pilot)
            assert pilot.app.screen is write
        file = written.state / RECENT
        assert file.read_text() == "trust\ncount\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        await pilot.press("ctrl+l", *"dra")
        finder = find(pilot).finder
        seen = []
        for key in ("alt+left", "alt+left", "alt+left", "alt+right", "alt+right", "alt+right"):
            await pilot.press(key)
            seen.append(finder.words)
        assert seen == ["count", "trust", "trust", "count", "dra", "dra"]
        await pilot.press("escape")
        assert pilot.app.screen is write
        # The search that was left is the latest one.
        await pilot.press("ctrl+l", "alt+left")
        finder = find(pilot).finder
        assert finder.words == "dra"
        await pilot.press("ctrl+r", "3")
        await settle(pilot)
        assert finder.words == "trust"
        await pilot.press("ctrl+u")
        assert finder.words == "" and isinstance(pilot.app.screen, FindScreen)
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_a_point_is_copied_and_all_of_them_as_markdown(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "slowly")
        await pilot.press("down", "ctrl+c")
        assert pilot.app.clipboard == "Trust **grows** slowly so so #trust"
        find(pilot).finder.line.select_all()
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == "slowly"
        await pilot.press("end", "f8")
        await settle(pilot)
        assert pilot.app.clipboard == (
            "`slowly`: 4 learning points · newest first\n\n"
            "- 2026-11-19 (8/10): Trust **grows** slowly so so so #trust\n"
            "- 2026-11-18 (7/10): Trust **grows** slowly so so #trust\n"
            "- 2025-02-06 (6/10): Trust **grows** slowly so #trust\n"
            "- 2024-03-04 (5/10): Trust **grows** slowly #trust\n"
        )
        assert "Copied 4" in told(pilot)


@pytest.mark.usefixtures("held_worker")
async def test_rows_are_added_during_a_refresh_and_the_cursor_keeps_its_day(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_on, refresh = threading.Event(), Journal.refresh

    def refresh_later(journal: Journal, *how: Any) -> object:
        read_on.wait(10)
        return refresh(journal, *how)

    async with written.open() as (pilot, write):
        written.put(TEXT.format(9, "new", 9), date(2026, 11, 17))
        written.put(TEXT.format(9, "new", 9), date(2026, 11, 20), "-note")
        monkeypatch.setattr(Journal, "refresh", refresh_later)
        write.refresh_index()
        await pilot.press("ctrl+l", *"trust")
        finder = find(pilot).finder
        for _ in range(500):
            if len(finder.results.rows) == 8 and "reading" in finder.summary.text:
                break
            await pilot.pause(0.01)
        assert len(finder.results.rows) == 8 and "still reading files" in finder.summary.text
        await pilot.press("down", "down")
        day = finder.results.chosen and finder.results.chosen.day
        read_on.set()
        await until(pilot, lambda: len(finder.results.rows) == 12)
        assert finder.results.chosen and finder.results.chosen.day == day
        assert finder.results.cursor == 4
        assert "reading" not in finder.summary.text


async def test_every_action_has_a_key_a_palette_entry_and_a_line_in_the_help(
    written: Desk,
) -> None:
    async with written.open(size=(140, 40)) as (pilot, _):
        await pilot.press("ctrl+l")
        titles = {command.title for command in pilot.app.palette_commands(pilot.app.screen)}
        bound = {binding.action for binding in bindings("find")}
        for action in commands("find"):
            assert action.title in titles and action.id in bound and action.keys
            assert callable(getattr(FindScreen, f"action_{action.id}"))
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        told_keys = str(help_groups("find"))
        assert all(action.help in told_keys for action in commands("find"))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FindScreen)


def test_no_key_is_one_that_typing_needs_or_terminals_confuse() -> None:
    keys = {key for action in commands("find") for key in action.keys.split(",")}
    typed = {key for binding in Input.BINDINGS for key in cast(Binding, binding).key.split(",")}
    # Enter opens, and without a selection there is nothing else to copy than the point.
    assert keys & typed == {"enter", "ctrl+c"}
    assert not keys & {f"ctrl+{letter}" for letter in "imhjaekuwdxvyz"}
    assert sum(len(action.keys.split(",")) for action in commands("find")) == len(keys)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 24), (140, 40)])
async def test_all_keys_of_the_footer_fit(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l")
        labels = [action.title for action in commands("find") if action.in_footer]
        # The footer is made after the screen has been drawn once.
        await until(pilot, lambda: labels[0] in shown(pilot).splitlines()[-1])
        footer = shown(pilot).splitlines()[-1]
        assert all(label in footer for label in labels), footer


class Host(App[None]):
    """A finder over rows that never end."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        journal = desk.journal()
        journal.refresh()
        self.hit = next(search(journal, "trust").rows).hit
        self.asked: list[str] = []
        self.given = 0

    def compose(self) -> ComposeResult:
        yield SearchPanel(self.search, by_year=True)

    def search(self, words: str) -> SearchResult:
        self.asked.append(words)
        if words == "late":
            return SearchResult(self.late())
        return SearchResult(self.endless() if words == "e" else iter([ResultRow(self.hit)] * 3))

    def late(self) -> Iterator[ResultRow | None]:
        until = time.perf_counter() + 0.1
        while time.perf_counter() < until:
            yield None
        yield from [ResultRow(self.hit)] * 5

    def endless(self) -> Iterator[ResultRow]:
        for _ in itertools.count():
            self.given += 1
            yield ResultRow(self.hit)


async def test_a_key_shows_a_screenful_of_rows_and_a_pause_the_others(
    written: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_panel, "PAUSE_SECONDS", 3_600)
    app = Host(written)
    async with app.run_test(size=(80, 24)) as pilot:
        finder = app.query_one(SearchPanel)
        finder.focus_line()
        await pilot.press("e")
        assert 20 <= len(finder.results.rows) <= 40


async def test_an_endless_search_does_not_stop_typing(written: Desk) -> None:
    app = Host(written)
    async with app.run_test(size=(80, 24)) as pilot:
        finder = app.query_one(SearchPanel)
        finder.focus_line()
        await pilot.press("e")
        while "so far" not in finder.summary.text or app.given <= MAX_ROWS:
            await asyncio.sleep(0)
        assert len(finder.results.rows) == MAX_ROWS
        await pilot.press("x")
        assert len(finder.results.rows) == 3
        await app.workers.wait_for_complete()
        given = app.given
        await pilot.pause()
        assert app.given == given and app.asked[-2:] == ["e", "ex"]
        assert finder.summary.text.startswith("3 learning points")


async def test_rows_stay_until_there_are_others(written: Desk) -> None:
    app = Host(written)
    heard: list[object] = []
    async with app.run_test(size=(80, 24), message_hook=heard.append) as pilot:
        finder = app.query_one(SearchPanel)
        finder.focus_line()
        await settle(pilot)
        assert len(finder.results.rows) == 3
        finder.search_for("late")
        assert len(finder.results.rows) == 3
        finder.choose()
        await app.workers.wait_for_complete()
        assert len(finder.results.rows) == 5 and finder.summary.text.startswith("5 learning")
        assert not any(isinstance(message, SearchPanel.Chosen) for message in heard)
        finder.choose()
        await pilot.pause()
        assert any(isinstance(message, SearchPanel.Chosen) for message in heard)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_results_outside_learning_points_are_counted_and_a_key_away(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.put(
        "# A day\n\nMet @jonas.\n\n## Learning points\n\n- Rest\n\nEnjoyment: 7 – @jonas came\n"
    )
    async with desk.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l", *"jonas")
        await until(pilot, lambda: find(pilot).finder.results.lead)
        said = shown(pilot)
        assert "No learning point matches “jonas”." in said and "Try fewer" not in said
        assert "2 results outside learning points · enter shows them" in said
        await pilot.press("enter")
        await settle(pilot)
        finder = pilot.app.screen.query_one(SearchPanel)
        assert [row.text for row in finder.results.rows] == ["@jonas came", "Met @jonas."]


async def test_what_is_said_when_nothing_is_found_stays_when_searches_are_offered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("# A day\n\nMet @jonas.\n\n## Learning points\n\n- Rest\n")
    monkeypatch.setattr(search_panel, "SUGGEST_SECONDS", 3_600)
    said = "“!” is ignored in a search · No learning point matches “jonas!”."
    async with desk.open(size=(140, 40)) as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "jonas!")
        assert find(pilot).finder.summary.count_in_words == f"{said} Try fewer or shorter words."
        assert not find(pilot).finder.results.lead
    monkeypatch.setattr(search_panel, "SUGGEST_SECONDS", 0)
    async with desk.open(size=(140, 40)) as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "jonas!")
        await until(pilot, lambda: find(pilot).finder.results.lead)
        assert find(pilot).finder.summary.count_in_words == said


async def test_searches_are_still_offered_after_the_index_has_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_panel, "SUGGEST_SECONDS", 0)
    desk.put("# A day\n\nMet @jonas.\n\n## Learning points\n\n- Rest\n")
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "jonas")
        finder = find(pilot).finder
        await until(pilot, lambda: finder.results.lead)
        assert "1 result outside learning points" in shown(pilot)
        desk.put("# A day\n\nMet @jonas.\n\nEnjoyment: 7 – @jonas came\n")
        find(pilot).journal.refresh()
        finder.update_search()
        await settle(pilot)
        assert finder.results.lead
        await until(pilot, lambda: "2 results outside learning points" in shown(pilot))


async def test_the_panel_beside_the_text_counts_them_too(desk: Desk) -> None:
    desk.put("# A day\n\nMet @jonas.\n\n## Learning points\n\n- Rest\n")
    async with desk.open(size=(140, 40)) as (pilot, write):
        finder = write.query_one(SearchPanel)
        finder.line.focus()
        await pilot.press(*"@jo")
        await until(pilot, lambda: finder.results.lead)
        said = " ".join(finder.results.render_line(y).text.strip("▌ ") for y in range(4))
        assert "1 result outside learning points · enter shows it" in said
        await pilot.press("enter")
        await until(pilot, lambda: finder.results.rows)
        assert [row.text for row in finder.results.rows] == ["Met @jonas."]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 24), (140, 40)])
async def test_an_empty_journal_is_told_in_whole_sentences(
    desk: Desk, size: tuple[int, int]
) -> None:
    sentence = "No learning points yet. Items under the heading “Learning points” appear here."
    async with desk.open(size=size) as (pilot, _):
        if size[0] >= 140:
            lines = [line[94:].strip() for line in painted(pilot.app)]
            assert sentence in " ".join(line.strip("▌ ") for line in lines if line)
        await pilot.press("ctrl+l")
        await settle(pilot)
        said = shown(pilot)
        assert sentence in " ".join(said.split())
        assert "Newest first" not in said and "…" not in said and "is:open" not in said
        await pilot.press("tab")
        await settle(pilot)
        assert "No days yet. What you write on a day appears here." in " ".join(
            shown(pilot).split()
        )
        if size[0] >= 100:
            assert find(pilot).preview.outer_size.height == 3


async def test_a_journal_without_learning_points_is_offered_what_finds_something(
    desk: Desk,
) -> None:
    desk.put("# A day\n\n- [ ] Ask @colm\n")
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        said = shown(pilot)
        assert "is:open" in said and "rating:" not in said and "Newest first" not in said
        await pilot.press("enter")
        await settle(pilot)
        assert [row.text for row in find(pilot).finder.results.rows] == ["Ask @colm"]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 24)])
async def test_what_is_said_of_a_long_search_is_not_cut(desk: Desk, size: tuple[int, int]) -> None:
    desk.put("# A day\n\n## Learning points\n\n- Rest\n")
    async with desk.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "zebra " * 30)
        said = " ".join(find(pilot).finder.summary.text.split())
        assert said.startswith("No learning point matches “zebra zebra")
        assert said.endswith("…”. Try fewer or shorter words.")


async def test_the_order_of_all_points_is_newest_first(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l", "ctrl+o")
        await settle(pilot)
        assert "newest first" in find(pilot).finder.summary.count_in_words
        await type_words(pilot, "trust")
        assert "best first" in find(pilot).finder.summary.count_in_words


async def test_a_search_without_some_of_the_words_says_which(desk: Desk) -> None:
    desk.put("# A day\n\n## Learning points\n\n- Figures matter\n", date(2025, 2, 6))
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l", *"figures since:2026")
        await until(pilot, lambda: find(pilot).finder.results.lead)
        said = shown(pilot)
        assert "without since:2026" in said and "nearly the same" not in said


def footer(pilot: Pilot[None]) -> str:
    return shown(pilot).splitlines()[-1]


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_footer_says_what_tab_does_now(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "tab Days" in footer(pilot))
        await pilot.press("tab")
        await until(pilot, lambda: "tab Points" in footer(pilot))
        assert "Help" in footer(pilot)
        await pilot.press("@", "m")
        await until(pilot, lambda: "tab  @mei" in shown(pilot) and "f3 Points" in footer(pilot))
        assert "tab" not in footer(pilot) and "Help" in footer(pilot)
        await pilot.press("tab")
        await until(pilot, lambda: "tab Points" in footer(pilot))
        assert find(pilot).finder.words == "@mei"
        await pilot.press("tab")
        await until(pilot, lambda: "tab Days" in footer(pilot))


def test_the_guide_and_the_help_say_the_same_of_tab() -> None:
    told = [(keys, what) for keys, _, what in dict(help_groups("find"))["Find"] if "tab" in keys]
    rows = [line for line in guide.markdown("finding").splitlines() if "`tab`" in line]
    assert ("tab", "While a field, tag or person is suggested: accept it") in told
    assert any("f3" in keys and "whole days" in what for keys, what in told)
    assert any("`f3`, `tab` | learning points, or whole days" in row for row in rows)
    assert any("while a field, tag or person is suggested: accept it" in row for row in rows)


async def test_the_settings_change_the_keys_of_find(written: Desk) -> None:
    written.settings(
        '[keys]\nfind = "f11"\ncommand_palette = "f13"\n\n'
        '[find-keys]\norder = "f7"\nswitch = "ctrl+t"\nsave_query = "ctrl+y"\n'
    )
    async with written.open() as (pilot, _):
        assert not told(pilot)
        await pilot.press("f11")
        await type_words(pilot, "trust")
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert "newest first" in find(pilot).finder.summary.count_in_words
        await pilot.press("f7")
        await settle(pilot)
        assert "best first" in find(pilot).finder.summary.count_in_words
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "^t Points" in footer(pilot))
        assert "f7 Order" in footer(pilot) and "4 days" in find(pilot).finder.summary.count_in_words
        await pilot.press("ctrl+y", *"mine")
        await settle(pilot)
        assert "in Commands (f13)" in "\n".join(painted(pilot.app))
        await pilot.press("enter")
        await settle(pilot)
        assert "Commands (f13) lists it" in told(pilot)


def test_a_key_that_find_cannot_have_is_named() -> None:
    keys = {"order": "up", "switch": "x", "year": "ctrl+a,ctrl+i", "point": "f7", "open": "enter"}
    faults = "\n".join(key_faults(keys, "find-keys"))
    for key, name in (("up", "order"), ("x", "switch"), ("ctrl+a", "year"), ("ctrl+i", "year")):
        assert f"settings.toml: {key} cannot be used for {name} in Find." in faults
    assert "no command called point in Find. Choose from open, switch," in faults
    assert faults.count("\n") == 4 and "for open" not in faults
    assert (
        "ctrl+q cannot be used for order in Find."
        in key_faults({"order": "ctrl+q"}, "find-keys")[0]
    )
    usual = {command.id: command.keys for command in commands("find")}
    assert key_faults(usual, "find-keys") == []
    keymap = keymap_from_settings({"order": "f7, ctrl+t", "point": "f8", "year": ""}, "find-keys")
    assert keymap == {"find.order": "f7,ctrl+t"}


@pytest.mark.parametrize(
    ("table", "keys", "told_of"),
    [
        ("find-keys", {"order": "ctrl+g"}, [("ctrl+g", "order and of group")]),
        ("find-keys", {"group": "f7", "order": "f7, f11"}, [("f7", "order and of group")]),
        ("find-keys", {"order": "ctrl+g", "group": "ctrl+o"}, []),
        ("find-keys", {"order": "ctrl+g", "group": ""}, [("ctrl+g", "order and of group")]),
        ("find-keys", {"order": "f7,f7"}, []),
        ("keys", {"trash": "f12"}, [("f12", "tick and of trash")]),
        ("keys", {"trash": "f4", "go_to": "ctrl+g"}, []),
        ("keys", {"trash": "ctrl+f, f9"}, [("ctrl+f", "find_in_text and of trash"), ("f9", "calendar and of trash")]),
    ],
)  # fmt: skip
def test_a_key_that_another_command_has_is_named(
    table: str, keys: dict[str, str], told_of: list[tuple[str, str]]
) -> None:
    assert sorted(key_faults(keys, table)) == sorted(
        f"settings.toml: {key} is the key of {names}, but works for one of them only. Choose another key."
        for key, names in told_of
    )


async def test_suggestions_are_on_the_scale_of_the_journal(desk: Desk) -> None:
    file = desk.root / "journal.toml"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("scale")]
    file.write_text("\n".join(['scale = "1-5"', *lines]) + "\n")
    desk.put("# A day\n\n## Learning points\n\n- Rest #team\n\nEnjoyment: 4/5\n")
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        await pilot.press("up")
        lead = find(pilot).finder.results.lead
        offered = [line.query for line in lead if isinstance(line, Suggestion)]
        assert offered[0] == "#team rating:>=4" and offered[-1] == "on:friday rating:<3"
        await pilot.press(*"rating:")
        await settle(pilot)
        rows = "\n".join(painted(pilot.app))
        assert all(value in rows for value in ("4+", "..3", "3..4", ">=4", "<3"))
        assert ">=8" not in rows and "6..8" not in rows


async def test_notes_of_periods_and_wide_signs_keep_the_columns(desk: Desk) -> None:
    desk.put("# A day\n\n## Learning points\n\n- 会議では結論を言う。" + "沈黙は道具。" * 20 + "\n")
    week = desk.root / "2026" / "2026-W41.md"
    week.write_text("# Week\n\n## Learning points\n\n- 👩‍👩‍👧 celebrate 🇬🇧\n\nEnjoyment: 8/10\n")
    async with desk.open(size=(80, 24)) as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        rows = [line for line in painted(pilot.app) if "2026-" in line]
        assert [line[12:14] for line in rows] == ["  ", "  "] and "2026-W41  " in rows[1]
        cells = {cell_len(line) for line in painted(pilot.app)}
        assert cells == {80} and "。" in shown(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_list_that_is_cut_says_so(
    desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_results, "MAX_ROWS", 5)
    for day in range(1, 7):
        desk.put(f"# Then\n\n## Learning points\n\n- rice {day}\n- rice", date(2026, 11, day))
    async with desk.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l", *"rice")
        await settle(pilot)
        finder = find(pilot).finder
        assert len(finder.results.rows) == 5
        assert finder.summary.text.startswith("12 learning points · first 5 listed · newest")
        assert "first 5 listed" in "\n".join(painted(pilot.app))
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert len(finder.results.rows) == 5
        assert "12 learning points on 6 days · first 5 listed" in "\n".join(painted(pilot.app))
        await pilot.press(*" 3")
        await settle(pilot)
        assert "listed" not in finder.summary.text


@pytest.mark.parametrize("is_indexed", [False, True], ids=["written", "written and indexed"])
async def test_what_another_program_has_written_is_found(desk: Desk, is_indexed: bool) -> None:
    file = desk.put("# Then\n\n## Learning points\n\n- rice\n", date(2026, 11, 3))
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+l", *"rice", "escape")
        await settle(pilot)
        file.write_text("# Then\n\n## Learning points\n\n- rice\n- ask the lab\n")
        desk.put("# Later\n\n## Learning points\n\n- thank the lab\n", date(2026, 11, 4))
        if is_indexed:
            # As `journal learn` does in a shell.
            desk.journal().refresh()
        await pilot.press("ctrl+l", *"lab")
        await settle(pilot)
        found = [row.text for row in pilot.app.screen.query_one(ResultList).rows]
        assert found == ["thank the lab", "ask the lab"]
