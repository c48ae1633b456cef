"""The sample: shown to be read, never written to, with a journal of one's own a key away."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input

from journal_tui import settings
from journal_tui.app.app import JournalApp
from journal_tui.app.screens.welcome import WelcomeScreen
from journal_tui.app.write.banners import SampleBanner
from journal_tui.app.write.screen import WriteScreen
from journal_tui.journal import Journal
from tests.app.app_fixture import Desk, painted, settle, told, write_screen

SAMPLE = Path(__file__).parents[2] / "entries"
LAST = date(2026, 11, 20)


@pytest.fixture
def sample(desk: Desk, tmp_path: Path) -> Path:
    """Return a copy of the sample in a folder where `journal` would find it."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "here" / "entries"))


def app_on(sample: Path, desk: Desk, day: date | None = None) -> JournalApp:
    journal = Journal(sample, desk.places, lambda: datetime(2027, 3, 1, 9, 0))
    return JournalApp(journal, day, sample.parent)


async def open_in_welcome(pilot: Pilot[None], app: JournalApp, folder: Path) -> None:
    """Type the folder of a journal into the welcome, and open it."""
    app.action_journals()
    await settle(pilot)
    app.screen.query_one(Input).value = str(folder)
    await pilot.press("enter")
    for _ in range(100):
        await settle(pilot)
        if "already a journal" in "\n".join(painted(app)):
            break
    await pilot.press("enter")
    await settle(pilot)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20)])
async def test_it_opens_at_its_last_day_and_says_what_it_is(
    sample: Path, desk: Desk, size: tuple[int, int]
) -> None:
    app = app_on(sample, desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        write = write_screen(pilot)
        rows = "\n".join(painted(app))
        assert write.session.day == LAST
        assert "# Day 385" in rows and "Backlog 84." in rows and "ample" in rows
        assert " enter  Begin your own journal" in rows
        assert told(pilot) == ""


async def test_it_can_be_opened_from_any_other_journal(desk: Desk, tmp_path: Path) -> None:
    app = JournalApp(desk.journal(), None, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.action_journals()
        await settle(pilot)
        assert "Open the sample" in "\n".join(painted(app))
        assert "Make a journal here" not in "\n".join(painted(app))
        await pilot.press("f2")
        await settle(pilot)
        assert write_screen(pilot).journal.is_sample
        assert write_screen(pilot).session.day == LAST


async def test_a_day_that_is_asked_for_is_opened(sample: Path, desk: Desk) -> None:
    app = app_on(sample, desk, date(2026, 11, 19))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert write_screen(pilot).session.day == date(2026, 11, 19)


async def test_nothing_that_is_pressed_changes_it(sample: Path, desk: Desk) -> None:
    before = contents(sample)
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        write = write_screen(pilot)
        await pilot.press(*"hello")
        await settle(pilot)
        assert write.session.day == LAST and app.screen is write
        # The lines above the page say so, and nothing covers what one reads.
        notice = painted(app)[2].strip()
        assert notice == "Nothing is written to this sample.   enter  Begin your own journal"
        assert told(pilot) == ""
        await pilot.press("ctrl+n", "ctrl+r", "f12", "ctrl+s", "backspace", "ctrl+t", *"hi", "f12")
        await settle(pilot)
        assert app.screen is write
        write.action_delete()
        await settle(pilot)
        await pilot.press("escape")
    assert contents(sample) == before
    assert not list(desk.places.state.rglob("*.log"))


async def test_a_follow_up_in_the_list_of_all_is_not_ticked(sample: Path, desk: Desk) -> None:
    before = contents(sample)
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f7")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "nothing is written to it" in told(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is write_screen(pilot)
    assert contents(sample) == before


async def test_enter_asks_where_to_make_a_journal_and_opens_it(
    sample: Path, desk: Desk, tmp_path: Path
) -> None:
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        app.screen.query_one(Input).value = str(tmp_path / "mine")
        await pilot.press("enter")
        for _ in range(100):
            await settle(pilot)
            if isinstance(app.screen, WriteScreen) and not app.journal.is_sample:  # type: ignore[union-attr]
                break
        write = write_screen(pilot)
        assert write.journal.root == tmp_path / "mine" and not write.query(SampleBanner)
        await pilot.press(*"begun", "ctrl+s")
        await settle(pilot)
    assert [path.read_text().count("begun") for path in tmp_path.glob("mine/*/*.md")] == [1]
    assert settings.load(desk.places.config).journal == str(tmp_path / "mine")


async def test_one_who_has_a_journal_opens_it_from_the_sample(sample: Path, desk: Desk) -> None:
    desk.put("Mine.\n")
    desk.settings(f"journal = '{desk.root}'\n")
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert painted(app)[2].strip().endswith("enter  Open your own journal")
        assert "Your own" in painted(app)[-1] and "Begin" not in painted(app)[-1]
        await pilot.press("enter")
        await settle(pilot)
        assert write_screen(pilot).journal.root == desk.root


async def test_a_journal_that_is_gone_is_not_offered(
    sample: Path, desk: Desk, tmp_path: Path
) -> None:
    desk.settings(f"journal = '{tmp_path / 'gone'}'\n")
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert painted(app)[2].strip().endswith("enter  Begin your own journal")


async def test_a_journal_in_the_home_of_nobody_is_not_offered(sample: Path, desk: Desk) -> None:
    desk.settings('journal = "~no-such-user/journal"\n')
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert painted(app)[2].strip().endswith("enter  Begin your own journal")


async def test_escape_goes_back_to_the_sample_and_a_click_asks_again(
    sample: Path, desk: Desk
) -> None:
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert app.screen is write_screen(pilot) and app.is_running
        await pilot.click(SampleBanner)
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)


async def test_a_copy_can_be_written_to(sample: Path, desk: Desk, tmp_path: Path) -> None:
    app = app_on(sample, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        app.screen.query_one(Input).value = str(sample)
        await pilot.press("f3")
        await settle(pilot)
        # However long the folder's name is.
        assert "Choose a folder that doesn't exist yet. This one has files" in "\n".join(
            painted(app)
        )
        app.screen.query_one(Input).value = str(tmp_path / "copy")
        await pilot.press("f3")
        await settle(pilot)
        write = write_screen(pilot)
        assert write.journal.root == tmp_path / "copy" and write.journal.name == "copy"
        await pilot.press(*"mine", "ctrl+s")
        await settle(pilot)
    made = {path.relative_to(tmp_path / "copy") for path in (tmp_path / "copy").rglob("*.md")}
    assert {path.relative_to(sample) for path in sample.rglob("*.md")} < made
    # The box for that was ticked.
    assert settings.load(desk.places.config).journal == str(tmp_path / "copy")


async def test_another_journal_and_the_sample_from_the_palette(
    sample: Path, desk: Desk, tmp_path: Path
) -> None:
    settings.remember(desk.places.config, "journal", str(desk.root))
    app = JournalApp(desk.journal(), None, sample.parent)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*"typed")
        app.action_journals()
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        rows = "\n".join(painted(app))
        assert "Another journal" in rows and "f2 Sample" in rows and "esc Back" in rows
        assert not app.screen.query_one(Checkbox).value
        await pilot.press("f2")
        await settle(pilot)
        assert (
            write_screen(pilot).journal.root == sample and write_screen(pilot).session.day == LAST
        )
        assert "typed" in desk.file().read_text()
        await open_in_welcome(pilot, app, desk.root)
        write = write_screen(pilot)
        assert write.journal.root == desk.root and "typed" in write.editor.text
        assert len(app.screen_stack) == 1
    assert settings.load(desk.places.config).journal == str(desk.root)


async def test_a_journal_that_cannot_be_opened_leaves_the_present_one(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "journal.toml").write_text("name = ")
    async with desk.open() as (pilot, write):
        app = pilot.app
        assert isinstance(app, JournalApp)
        await open_in_welcome(pilot, app, tmp_path / "broken")
        assert "is not valid TOML" in told(pilot)
        assert app.screen is write and app.journal and app.journal.root == desk.root
        await pilot.press("x")
        assert "x" in write.editor.text


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_the_first_screen_says_what_journal_is_for(
    sample: Path, desk: Desk, size: tuple[int, int]
) -> None:
    app = app_on(sample, desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        top = [line.strip() for line in painted(app)[1:3]]
        assert top[0].startswith("Write ") and "taught you" in top[0] and top[0].endswith(".")
        assert top[1].startswith("This is a sample") and top[1].endswith("Begin your own journal")
        await pilot.press("enter", "tab")
        await settle(pilot)
        assert "[x] From now on" in "\n".join(painted(app))
        await pilot.press("space")
        await settle(pilot)
        assert "[ ] From now on" in "\n".join(painted(app))
