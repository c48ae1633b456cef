"""The Find screen: the entry beside the rows, ways to look, searches kept, results taken along."""

import asyncio
import itertools
import stat
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

import pytest
from desk import Desk, settle, told
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from journal_tui.app.screens import findkeys
from journal_tui.app.screens.find import Find
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.screens.search_source import rows
from journal_tui.app.widgets.finder import Finder
from journal_tui.app.widgets.gathering import MOST_ROWS, Found
from journal_tui.app.widgets.results import Offer, Row
from journal_tui.library import config, queries

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


def find(pilot: Pilot[None]) -> Find:
    return cast(Find, pilot.app.screen)


def shown(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


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


# -- the entry beside the rows ------------------------------------------------------------


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


async def test_an_entry_that_is_gone_is_said_so(written: Desk) -> None:
    async with written.open(size=(120, 24)) as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        written.file(DAYS[0]).unlink()
        await pilot.press("ctrl+end")
        await until(pilot, lambda: "can no longer be read" in page(pilot))


async def test_typing_while_the_entry_has_the_focus_goes_into_the_line(written: Desk) -> None:
    async with written.open(size=(120, 24)) as (pilot, _):
        await pilot.press("ctrl+l", "t")
        await settle(pilot)
        screen = find(pilot)
        screen.preview.focus()
        await pilot.press("r", "u")
        assert screen.finder.words == "tru" and screen.finder.line.has_focus
        screen.preview.focus()
        await pilot.press("escape")
        assert screen.finder.line.has_focus and screen.finder.words == "tru"


# -- ways to look -------------------------------------------------------------------------


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
        await pilot.click("Summary", offset=(2 + 12, 1))
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


# -- completion ---------------------------------------------------------------------------


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
        assert screen.finder.summary.text.startswith("1 day") or screen._where == "entries"


# -- nothing typed, nothing found ---------------------------------------------------------


async def test_nothing_typed_shows_what_to_try_above_the_newest(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await settle(pilot)
        results = find(pilot).finder.results
        offered = [line.query for line in results.lead if isinstance(line, Offer)]
        assert offered[:2] == ["#trust rating:>=8", "@mei since:last-month"]
        assert results.chosen and results.chosen.day == DAYS[3]
        await pilot.press("up", "enter")
        await settle(pilot)
        assert find(pilot).finder.words == offered[-1]
        journal = written.journal()
        assert all(journal.query(query) for query in offered)


async def test_nothing_found_offers_what_is_nearly_so(written: Desk) -> None:
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trusd slowly")
        results = find(pilot).finder.results
        await until(pilot, lambda: results.lead)
        assert "trust slowly" in [line.query for line in results.lead if isinstance(line, Offer)]
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
        assert [row.kind for row in results.rows] == ["prose"] * 4
        assert "4 results" in find(pilot).finder.summary.text and "¶ " in shown(pilot)


# -- searches kept ------------------------------------------------------------------------


async def test_a_search_is_saved_by_name_and_found_again(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust rating:>=7")
        await pilot.press("ctrl+s", *"my talks", "enter")
        await settle(pilot)
        assert "Find: my talks" in told(pilot)
        saved = written.root / config.FILE
        assert '[queries]\n"my talks" = "trust rating:>=7"\n' in saved.read_text()
        titles = {c.title: c for c in pilot.app.get_system_commands(pilot.app.screen)}
        assert titles["Find: my talks"].help == "trust rating:>=7"
        await pilot.press("escape")
        await settle(pilot)
        lead = find(pilot).finder.results.lead
        assert Offer("trust rating:>=7", "saved as “my talks”") in lead
        await pilot.press("ctrl+r", "1")
        await settle(pilot)
        assert find(pilot).finder.words == "trust rating:>=7"
        await pilot.press("escape", "escape")
        assert pilot.app.screen is write
        commands = {c.title: c for c in pilot.app.get_system_commands(write)}
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
        assert isinstance(pilot.app.screen, Find) and "Type a search first" in told(pilot)
        (written.root / config.FILE).write_text("queries = 3\n")
        await type_words(pilot, "trust")
        await pilot.press("ctrl+s", "enter", *"x", "enter")
        await settle(pilot)
        assert config.FILE in told(pilot)
        assert (written.root / config.FILE).read_text() == "queries = 3\n"


async def test_replacing_a_saved_search_is_said(written: Desk) -> None:
    queries.save(written.journal().library, "a", "old [b]words")
    async with written.open() as (pilot, _):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        await pilot.press("ctrl+s", "a")
        assert "replaces old [b]words" in shown(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Find)


async def test_searches_can_be_gone_back_to(written: Desk) -> None:
    async with written.open() as (pilot, write):
        for words in ("trust", "count"):
            await pilot.press("ctrl+l")
            await type_words(pilot, words)
            await pilot.press("enter")
            await settle(pilot)
            assert pilot.app.screen is write
        file = written.state / queries.HISTORY
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
        assert finder.words == "" and isinstance(pilot.app.screen, Find)
        await pilot.press("alt+left")
        assert finder.words == "dra"
        await pilot.press("ctrl+r", "3")
        await settle(pilot)
        assert finder.words == "trust"
        await pilot.press("escape", "escape")
        assert pilot.app.screen is write


# -- taking things out --------------------------------------------------------------------


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


# -- all around it ------------------------------------------------------------------------


async def test_rows_come_while_the_index_learns_and_the_cursor_stays(written: Desk) -> None:
    async with written.open() as (pilot, write):
        await pilot.press("ctrl+l")
        await type_words(pilot, "trust")
        finder = find(pilot).finder
        await pilot.press("down", "down")
        day = finder.results.chosen and finder.results.chosen.day
        written.put(TEXT.format(9, "new", 9), date(2026, 11, 17))
        written.put(TEXT.format(9, "new", 9), date(2026, 11, 20), "-note")
        write.catch_up()
        find(pilot)._follow_the_index()
        await until(pilot, lambda: len(finder.results.rows) == 12)
        assert finder.results.chosen and finder.results.chosen.day == day
        assert finder.results.cursor == 4
        assert "reading" not in finder.summary.text


async def test_every_action_has_a_key_a_palette_entry_and_a_line_in_the_help(
    written: Desk,
) -> None:
    async with written.open(size=(140, 40)) as (pilot, _):
        await pilot.press("ctrl+l")
        titles = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        bound = {binding.action for binding in findkeys.bindings()}
        for action in findkeys.ACTIONS:
            assert action.label in titles and action.name in bound and action.keys
            assert callable(getattr(Find, f"action_{action.name}"))
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        told_keys = str(findkeys.help_groups())
        assert all(action.help in told_keys for action in findkeys.ACTIONS)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Find)


def test_no_key_is_one_that_typing_needs_or_terminals_confuse() -> None:
    keys = {key for action in findkeys.ACTIONS for key in action.keys.split(",")}
    typed = {key for binding in Input.BINDINGS for key in cast(Binding, binding).key.split(",")}
    # Enter opens, and without a selection there is nothing else to copy than the point.
    assert keys & typed == {"enter", "ctrl+c"}
    assert not keys & {f"ctrl+{letter}" for letter in "imhjaekuwdxvyz"}
    assert sum(len(action.keys.split(",")) for action in findkeys.ACTIONS) == len(keys)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 24), (140, 40)])
async def test_all_keys_of_the_footer_fit(written: Desk, size: tuple[int, int]) -> None:
    async with written.open(size=size) as (pilot, _):
        await pilot.press("ctrl+l")
        labels = [action.label for action in findkeys.ACTIONS if action.in_footer]
        # The footer is made after the screen has been drawn once.
        await until(pilot, lambda: labels[0] in shown(pilot).splitlines()[-1])
        footer = shown(pilot).splitlines()[-1]
        assert all(label in footer for label in labels), footer


# -- a search without an end --------------------------------------------------------------


class Host(App[None]):
    """A finder over rows that never end."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        journal = desk.journal()
        journal.refresh()
        self.hit = next(rows(journal, "trust").rows).hit
        self.asked: list[str] = []
        self.given = 0

    def compose(self) -> ComposeResult:
        yield Finder(self.search, by_year=True)

    def search(self, words: str) -> Found:
        self.asked.append(words)
        if words == "late":
            return Found(self.late())
        return Found(self.endless() if words == "e" else iter([Row(self.hit)] * 3))

    def late(self) -> Iterator[Row | None]:
        until = time.perf_counter() + 0.1
        while time.perf_counter() < until:
            yield None
        yield from [Row(self.hit)] * 5

    def endless(self) -> Iterator[Row]:
        for _ in itertools.count():
            self.given += 1
            yield Row(self.hit)


async def test_a_search_without_an_end_stops_nobody_from_typing(written: Desk) -> None:
    app = Host(written)
    async with app.run_test(size=(80, 24)) as pilot:
        finder = app.query_one(Finder)
        finder.focus_line()
        await pilot.press("e")
        assert 20 <= len(finder.results.rows) <= 40
        while "so far" not in finder.summary.text or app.given <= MOST_ROWS:
            await asyncio.sleep(0)
        assert len(finder.results.rows) == MOST_ROWS
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
        finder = app.query_one(Finder)
        finder.focus_line()
        await settle(pilot)
        assert len(finder.results.rows) == 3
        finder.ask("late")
        assert len(finder.results.rows) == 3
        finder.choose()
        await app.workers.wait_for_complete()
        assert len(finder.results.rows) == 5 and finder.summary.text.startswith("5 learning")
        assert not any(isinstance(message, Finder.Chosen) for message in heard)
        finder.choose()
        await pilot.pause()
        assert any(isinstance(message, Finder.Chosen) for message in heard)
