"""Customers: the list with themes, everything about one or a theme, and the way back to a line."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from journal_tui.app.customers.loop_screen import LoopScreen
from journal_tui.app.customers.screen import CustomersScreen
from journal_tui.app.find.screen import FindScreen
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.write.screen import WriteScreen
from journal_tui.customers.overview import CustomerRow, Overview, Repeat
from tests.app.app_fixture import Desk, painted, settle, write_screen

# The desk's today is Friday 20 November 2026.
LAB = """# Review

@helen. #customer/lab

## Frustrations

- Slow #network
  - [x] Cable @priya done:2026-11-05
- Nobody tells us how long the printers take
  - [ ] Say it @owen due:2026-11-10

## What they value

- The call
"""
DEPOT = "# Review\n\n#customer/depot\n\n## Feedback\n\n- Drops #network\n- How long the printers take, nobody told us\n"


@pytest.fixture
def visited(desk: Desk) -> Desk:
    with (desk.root / "journal.toml").open("a", encoding="utf-8") as file:
        file.write('\n[customers.lab]\nname = "Westmere Laboratory"\nevery = 10\n')
    desk.put(LAB, date(2026, 11, 3), "-service-review")
    desk.put(DEPOT, date(2026, 10, 1), "-service-review")
    desk.put("Cake with the #customer/lab.\n\nEnjoyment: 8\n", date(2026, 11, 4))
    return desk


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(line.rstrip() for line in painted(pilot.app))


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def customers(pilot: Pilot[None]) -> CustomersScreen:
    """Open the screen with its command."""
    write_screen(pilot).action_customers()
    await settle(pilot)
    return cast(CustomersScreen, pilot.app.screen)


@pytest.mark.usefixtures("held_worker")
async def test_a_customer_is_opened_although_the_list_is_read_again_meanwhile(
    visited: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visited.open() as (pilot, write):
        read, go_on, begun = write.journal.customer_overview, threading.Event(), list[object]()

        def slow(*given: Any) -> Overview:
            begun.append(given)
            go_on.wait(20)
            return read(*given)

        monkeypatch.setattr(write.journal, "customer_overview", slow)
        screen = CustomersScreen(write.journal, customer="depot")
        pilot.app.push_screen(screen)
        await until(pilot, lambda: begun)
        screen.index_changed()
        go_on.set()
        await until(pilot, lambda: isinstance(pilot.app.screen, LoopScreen))
        await settle(pilot)
        assert len(begun) > 1 and "Drops #network" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20)])
async def test_customers_and_what_returns(visited: Desk, size: tuple[int, int]) -> None:
    async with visited.open(size=size) as (pilot, _):
        screen = await customers(pilot)
        text = shown(pilot)
        assert "Customers 2   365 days to 20 November 2026" in text
        # A word says that a visit is late, besides its colour.
        assert "Westmere" in text and "late, 17 d ago" in text and "50 d ago" in text
        lines = text.splitlines()
        assert lines[1].strip().startswith("Today: 1 visit is late, 1 not yet told.")
        titles = next(line for line in lines if "last visit" in line)
        assert ("without a" in titles) == (size[0] == 140)
        if size[0] > 60:
            assert "Themes on several visits" in text and "#network: 2 times on 2 visits" in text
            assert "Perhaps the same, in other words" in text
            assert "“4 new”: 4 in the period, from a new customer." in text
        assert isinstance(screen.list.chosen, CustomerRow)
        assert "2 said by a customer who is new in this period" in text


async def test_a_new_customer_isnt_compared_with_what_was_before(visited: Desk) -> None:
    visited.put(DEPOT, date(2024, 3, 4), "-service-review")
    async with visited.open() as (pilot, _):
        await customers(pilot)
        lines = shown(pilot).splitlines()
        assert "“4 +1”: 1 more than before; “4 new”: a new customer. The rest is as of today." in (
            line.strip() for line in lines
        )
        lab, depot = (
            next(line for line in lines if name in line and "d ago" in line)
            for name in ("Westmere", "depot")
        )
        assert "2 new" in lab and "+" not in lab
        assert "2 +2" in depot and "new" not in depot


async def test_everything_about_one_customer_and_the_way_to_a_line(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        await customers(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LoopScreen)
        text = shown(pilot)
        for said in (
            "Westmere Laboratory", "Met so far: @helen", "Open promises", "late", "Visit 2026-11-03", "not yet told", "promised", "valued",
            "In other entries", "Cake with",
        ):  # fmt: skip
            assert said in text, said
        await pilot.press("tab")
        await settle(pilot)
        assert "[x] Cable @priya done 2026-11-05" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WriteScreen)
        write = write_screen(pilot)
        assert write.session.path == "2026/2026-11-03-service-review.md"
        assert write.editor.cursor_location[0] == 6


async def test_everything_about_a_theme(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        screen = await customers(pilot)
        await pilot.press("down", "down")
        await settle(pilot)
        assert isinstance(screen.list.chosen, Repeat)
        await pilot.press("enter")
        await settle(pilot)
        text = shown(pilot)
        assert "What was said with this tag" in text and "Drops #network" in text
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FindScreen)
        assert "theme:network" in shown(pilot)


async def test_another_period_counts_again(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        screen = await customers(pilot)
        titles = []
        for _ in range(4):
            await pilot.press("p")
            await settle(pilot)
            title = shown(pilot).splitlines()[0].split("   ")[-1]
            titles.append(title.strip().removesuffix(", the most overdue visit first"))
        assert titles == ["Q4 2026", "2026", "All days", "365 days to 20 November 2026"]
        assert isinstance(screen.list.chosen, CustomerRow)


async def test_what_is_not_told_and_what_returns(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        screen = await customers(pilot)
        await pilot.press("n")
        await settle(pilot)
        text = shown(pilot)
        assert "1 thing was done or refused, and the customer hasn’t been told yet." in text
        assert "Westmere Laboratory  1" in text and "Slow #network" in text
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FindScreen) and "state:not-told" in shown(pilot)
        await pilot.press("escape", "escape", "r")
        await settle(pilot)
        text = shown(pilot)
        assert "What returns" in text and "#network: 2 times on 2 visits" in text
        assert "Perhaps the same" in text and "Drops #network" in text
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        await pilot.press("n", "enter")
        await settle(pilot)
        write = write_screen(pilot)
        assert write.session.path == "2026/2026-11-03-service-review.md"
        assert write.editor.cursor_location[0] == 6


async def test_customers_in_another_order(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        screen = await customers(pilot)
        orders = []
        for _ in range(4):
            rows = [it.customer.key for it in screen.list.values if isinstance(it, CustomerRow)]
            orders.append((shown(pilot).splitlines()[0].partition(", ")[2], rows))
            await pilot.press("s")
            await settle(pilot)
        assert orders == [
            ("the most overdue visit first", ["lab", "depot"]),
            ("most not yet told first", ["lab", "depot"]),
            ("most said first", ["depot", "lab"]),
            ("by name", ["depot", "lab"]),
        ]


async def test_the_way_back_and_help(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        screen = await customers(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WriteScreen)


async def test_a_journal_without_customers_teaches(desk: Desk) -> None:
    desk.settings('[keys]\nfiles = "f13"\n')
    async with desk.open() as (pilot, _):
        await customers(pilot)
        text = shown(pilot)
        assert "No entry names a customer yet." in text and "#customer/lab" in text
        assert "as a note (f13, Service review)" in text
        await pilot.press("enter", "ctrl+l", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WriteScreen)


async def test_what_was_told_is_written_with_one_key(visited: Desk) -> None:
    async with visited.open() as (pilot, _):
        await customers(pilot)
        path = visited.root / "2026/2026-11-03-service-review.md"
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        told = LAB.replace("11-05\n", "11-05\n  - told 2026-11-20\n")
        assert path.read_text(encoding="utf-8") == told
        assert "Customers were told of everything that was done or refused." in shown(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert path.read_text(encoding="utf-8") == LAB
        assert "Slow #network" in shown(pilot)
        await pilot.press("c", "escape")
        await settle(pilot)
        assert "1 visit is late." in shown(pilot)
        assert path.read_text(encoding="utf-8") == told.replace("told", "confirmed")


async def test_the_sheet_of_a_customer_is_saved(visited: Desk, tmp_path: Path) -> None:
    async with visited.open() as (pilot, _):
        await customers(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert "You said, we did – Westmere Laboratory" in shown(pilot)
        line = pilot.app.screen.query_one(Input)
        assert line.value == "~/lab.html"
        line.value = "~nobody-of-this-name/lab.md"
        await settle(pilot)
        assert "home directory" in shown(pilot)
        (tmp_path / "plain").touch()
        line.value = str(tmp_path / "plain" / "lab.md")
        await pilot.press("enter")
        await settle(pilot)
        # The dialog stays open, with what is wrong, for another name.
        assert pilot.app.screen.query_one(Input) is line
        assert "→" not in shown(pilot) and "Save the sheet" in shown(pilot)
        line.value = str(tmp_path / "lab.md")
        await pilot.press("enter")
        await settle(pilot)
        assert "“Slow”" in (tmp_path / "lab.md").read_text("utf-8")
