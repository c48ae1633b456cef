"""The welcome: make a journal, look at the sample, or leave; a failure is a sentence."""

from typing import Any

import pytest
from textual.app import App
from textual.widgets import Input, Static

from journal_tui.app.screens.welcome import WelcomeScreen

OPEN = object()


class Host(App[None]):
    """An app that shows the welcome and keeps what it gave."""

    def __init__(self, sample: str | None = "/sample", fault: str | None = None) -> None:
        super().__init__()
        self.sample = sample
        self.fault = fault
        self.made: list[str] = []
        self.given: Any = OPEN

    def on_mount(self) -> None:
        self.push_screen(WelcomeScreen("/home/jo/journal", self.make, self.sample), self.take)

    def make(self, folder: str) -> str | None:
        self.made.append(folder)
        return self.fault

    def take(self, result: str | None) -> None:
        self.given = result


async def test_enter_makes_the_suggested_journal() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("2", "enter")
        assert app.made == ["/home/jo/journal2"]
        assert app.given == "/home/jo/journal2"


async def test_a_failure_stays_with_its_sentence() -> None:
    app = Host(fault="/home/jo/[journal] cannot be written: choose another folder.")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.given is OPEN
        wrong = app.screen.query_one(".wrong", Static)
        assert str(wrong.content) == app.fault
        assert wrong.region.height == 2
        await pilot.press("x")
        assert str(wrong.content) == ""


async def test_an_empty_folder_is_not_made() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.screen.query_one(Input).value = "  "
        await pilot.press("enter")
        assert app.made == []
        assert "Type the folder" in str(app.screen.query_one(".wrong", Static).content)


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        (["f2"], "/sample"),
        (["tab", "tab", "enter"], "/sample"),
        (["tab", "enter"], "/home/jo/journal"),
        (["tab", "tab", "tab", "enter"], None),
        (["escape"], None),
    ],
)
async def test_every_way_on_by_keys(keys: list[str], given: str | None) -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*keys)
        assert app.given == given


async def test_without_a_sample_there_is_no_way_to_it() -> None:
    app = Host(sample=None)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("f2")
        assert app.given is OPEN
        assert not app.screen.query("#sample")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_all_of_it_fits(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for selector in (".about", "OneLine", "#quit", ".keys"):
            region = app.screen.query_one(selector).region
            assert app.screen.region.contains_region(region)
            assert region.height >= 1
        assert app.screen.query_one(".keys").region.bottom < size[1]
