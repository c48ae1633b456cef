"""Links of an entry: shown before they are opened, and only http, https and mailto are."""

import asyncio
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.write import external_programs
from tests.app.app_fixture import Desk, messages, settle

LONGEST = 400


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that notes what it is given; $BROWSER names it."""
    noted, script = tmp_path / "opened", tmp_path / "a-browser"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(noted)!r}, 'a').write(sys.argv[1])\n"
    )
    script.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    return noted


async def told(pilot: Pilot[None]) -> str:
    """The next sentence that the app says."""
    for _ in range(LONGEST):
        if said := [note.message for note in messages(pilot.app)]:
            return said[-1]
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was said")


def listed(pilot: Pilot[None]) -> list[str]:
    assert isinstance(pilot.app.screen, ChoiceDialog)
    options = pilot.app.screen.query_one(OptionList)
    return [str(option.prompt).split(maxsplit=1)[1] for option in options.options]


async def test_a_link_is_chosen_and_opened(desk: Desk, opened: Path) -> None:
    desk.put("# A day\n\n[one](https://one.example) and https://two.example/x.\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        write.action_links()
        await settle(pilot)
        assert listed(pilot) == ["https://one.example", "https://two.example/x"]
        assert not opened.exists()
        await pilot.press("2")
        assert await told(pilot) == "Opened: https://two.example/x"
    assert opened.read_text() == "https://two.example/x"


async def test_a_click_shows_where_a_link_leads(desk: Desk, opened: Path) -> None:
    desk.put("[https://shown.example](https://real.example)\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        await settle(pilot)
        assert write.read_view is not None
        paragraph = write.read_view.query("MarkdownParagraph").first()
        await pilot.click(paragraph, offset=(3, 0))
        await settle(pilot)
        assert listed(pilot) == ["https://real.example"]
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is write
    assert not opened.exists()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ssh://host", "//h/x"])
async def test_other_links_are_copied(desk: Desk, opened: Path, target: str) -> None:
    desk.put(f"[a](<{target}>) [b](vscode://x)\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        write.action_links()
        await settle(pilot)
        first = listed(pilot)[0]
        await pilot.press("enter")
        assert (
            await told(pilot)
            == f"Only http, https and mailto links can be opened. Copied instead: {first}"
        )
        assert pilot.app.clipboard == first
    assert not opened.exists()


async def test_without_a_browser_the_link_is_copied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("https://one.example\n")
    monkeypatch.setenv("BROWSER", "/nonexistent/browser %s")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        write.action_links()
        await settle(pilot)
        await pilot.press("enter")
        assert await told(pilot) == (
            "No browser or mail program could open it. Copied instead: https://one.example"
        )
        assert pilot.app.clipboard == "https://one.example"


async def test_an_entry_without_links_says_so(desk: Desk) -> None:
    desk.put("# A day\n")
    async with desk.open() as (pilot, write):
        await pilot.press("f2")
        write.action_links()
        assert (await told(pilot)).startswith("This entry has no links")


async def test_a_browser_that_stays_open_is_not_waited_for(
    opened: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = opened.with_name("a-browser")
    script.write_text("#!/bin/sh\nexec sleep 30\n")
    monkeypatch.setattr(external_programs, "WAIT_SECONDS", 0.5)
    assert await external_programs.open_in_browser("https://one.example")


async def test_a_browser_that_runs_in_the_terminal_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, script = tmp_path / "opened", tmp_path / "w3m"
    script.write_text(f"#!/bin/sh\ntouch {noted}\n")
    script.chmod(0o700)
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not await external_programs.open_in_browser("https://one.example")
    assert not noted.exists()
