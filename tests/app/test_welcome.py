"""The welcome: make a journal, look at the sample, or leave; a failure is a sentence."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from journal_tui import journal as journals
from journal_tui.app.screens.welcome import WelcomeScreen
from journal_tui.errors import NoJournal

if TYPE_CHECKING:
    from journal_tui.journal import Survey

OPEN = object()


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for what a thread does."""
    for _ in range(1_000):
        await pilot.pause(0.01)
        if condition():
            return
    raise AssertionError("it never came")


class Host(App[None]):
    """An app that shows the welcome and keeps what it gave."""

    def __init__(
        self,
        sample: str | None = "/sample",
        fault: str | None = None,
        folder: str = "/home/jo/journal",
    ) -> None:
        super().__init__()
        self.sample = sample
        self.fault = fault
        self.folder = folder
        self.made: list[str] = []
        self.seen: Survey | None = None
        self.given: Any = OPEN

    def on_mount(self) -> None:
        self.push_screen(WelcomeScreen(self.folder, self.look, self.make, self.sample), self.take)

    def look(
        self, folder: str, progress: Callable[[str], None], stop: Callable[[], bool]
    ) -> "Survey | None":
        return journals.look_at(Path(folder), progress, stop)

    def make(self, folder: str, seen: "Survey | None", as_default: bool) -> str | None:
        assert as_default
        self.made.append(folder)
        self.seen = seen
        return self.fault

    def take(self, result: str | None) -> None:
        self.given = result

    def shown(self) -> str:
        """Return what the upper part of the frame shows."""
        about = self.screen.query_one(".about")
        return "\n".join(str(line.content) for line in about.query(Static))

    def said(self) -> str:
        """Return the sentence below the folder."""
        return str(self.screen.query_one(".wrong", Static).content)


async def test_enter_makes_the_suggested_journal() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("end", "2", "enter")
        await until(pilot, lambda: app.given is not OPEN)
        assert app.made == ["/home/jo/journal2"]
        assert app.given == "/home/jo/journal2"


async def test_typing_replaces_the_suggestion() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"/srv/j", "enter")
        await until(pilot, lambda: app.given is not OPEN)
        assert app.made == ["/srv/j"]


async def test_a_folder_without_its_place_is_said_to_be_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Host()
    async with app.run_test(size=(200, 24)) as pilot:
        said = app.screen.query_one(".wrong", Static)
        await pilot.press(*"work")
        await pilot.pause()
        assert str(said.content) == f"This is {Path.cwd() / 'work'}"
        await pilot.press("home", "~", "/")
        await pilot.pause()
        assert str(said.content) == "", "a full name says where it is"


async def test_a_failure_stays_with_its_sentence() -> None:
    app = Host(fault="/home/jo/[journal] cannot be written: choose another folder.")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.said() == app.fault)
        assert app.given is OPEN
        wrong = app.screen.query_one(".wrong", Static)
        assert str(wrong.content) == app.fault
        assert wrong.region.height == 2
        await pilot.press("/")
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
        await until(pilot, lambda: app.given is not OPEN)
        assert app.given == given


async def test_without_a_sample_it_is_not_offered() -> None:
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
        for selector in (".about", "SingleLineInput", "#quit", ".keys"):
            region = app.screen.query_one(selector).region
            assert app.screen.region.contains_region(region)
            assert region.height >= 1
        assert app.screen.query_one(".keys").region.bottom < size[1]


def vault(folder: Path, entries: int = 30) -> Path:
    """Write a folder as another program keeps it; return it."""
    (folder / "journals").mkdir(parents=True)
    for n in range(entries):
        text = "## Gelernt\n- eins\n\nStimmung: 4/5\n"
        (folder / "journals" / f"2024_{n // 28 + 1:02d}_{n % 28 + 1:02d}.md").write_text(text)
    (folder / "2024-02-30.md").write_text("x")
    (folder / "Ideas.md").write_text("x")
    return folder


async def look(app: Host, pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: "Found in" in str(app.screen.query_one(".frame").border_title))


async def test_a_folder_with_files_is_shown_before_it_is_used(tmp_path: Path) -> None:
    app = Host(folder=str(vault(tmp_path / "notes")))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot)
        assert app.made == []
        shown = app.shown()
        assert "30 entries, named journals/YYYY_MM_DD.md, from 2024." in shown
        assert "1 file with a date that cannot be read: 2024-02-30.md" in shown
        assert "Learning points will be written under “Gelernt”." in shown
        assert "Ratings are from 1 to 5." in shown
        assert str(app.screen.query_one("#make", Button).label) == "Use this folder"
        await pilot.press("enter")
        await until(pilot, lambda: app.given is not OPEN)
        assert app.given == app.folder
        assert app.seen is not None
        assert app.seen.entries == 30


async def test_escape_goes_back_to_the_folder(tmp_path: Path) -> None:
    app = Host(folder=str(vault(tmp_path / "notes")))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "One page a day" in app.shown())
        assert app.given is OPEN
        assert app.screen.query_one(Input).has_focus
        await look(app, pilot)
        await pilot.press("escape", "escape")
        assert app.given is None
        assert app.made == []


async def test_another_folder_is_looked_at_before_it_is_used(tmp_path: Path) -> None:
    vault(tmp_path / "notes")
    vault(tmp_path / "notes2", 2)
    app = Host(folder=str(tmp_path / "notes"))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot)
        await pilot.press("end", "2")
        await until(pilot, lambda: "One page a day" in app.shown())
        await look(app, pilot)
        assert "2 entries, named" in app.shown()
        assert app.made == []


async def test_a_folder_without_entries_says_why(tmp_path: Path) -> None:
    (tmp_path / "Meeting 2024-01-05.md").write_text("x")
    app = Host(folder=str(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot)
        shown = app.shown()
        assert "No entries were found among 1 file." in shown
        assert "rename the files so that each begins with its date" in shown
        assert str(app.screen.query_one("#make", Button).label).startswith("Make a journal here")
        await pilot.press("enter")
        await until(pilot, lambda: app.given is not OPEN)
        assert app.made == [str(tmp_path)]


async def test_a_folder_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("")
    app = Host(folder=str(tmp_path / "journal"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "is a file; a journal needs a folder" in app.said())
        assert app.made == []


async def test_a_journal_is_opened_as_it_is(tmp_path: Path) -> None:
    toml = tmp_path / "journal.toml"
    toml.write_text('name = "Mine"\n')
    app = Host(folder=str(tmp_path))
    async with app.run_test(size=(60, 20)) as pilot:
        await look(app, pilot)
        assert "This folder is already a journal." in app.shown()
        assert str(app.screen.query_one("#make", Button).label) == "Open this journal"
        await pilot.press("escape")
        await until(pilot, lambda: "One page a day" in app.shown())
        assert (app.given, app.made) == (OPEN, [])
        await look(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.given is not OPEN)
        assert app.given == str(tmp_path)


@pytest.mark.usefixtures("held_worker")
async def test_a_look_that_takes_long_shows_how_far_it_is_and_can_be_ended() -> None:
    is_told, has_ended = threading.Event(), threading.Event()

    class Slow(Host):
        def look(
            self, folder: str, progress: Callable[[str], None], stop: Callable[[], bool]
        ) -> "Survey | None":
            progress("12 folders")
            is_told.set()
            while not stop():
                has_ended.wait(0.01)
            has_ended.set()
            raise NoJournal("This comes too late.")

    app = Slow()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.said() == "Looking at the folder: 12 folders")
        await pilot.press("enter", "escape")
        await until(pilot, has_ended.is_set)
        await pilot.pause()
        assert app.said() == ""
        assert app.given is OPEN
        assert app.made == []


async def test_names_in_the_folder_are_never_markup(tmp_path: Path) -> None:
    folder = tmp_path / "[red]notes"
    folder.mkdir()
    (folder / "[b]\x1b[31m.md").write_text("x")
    app = Host(folder=str(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(app, pilot)
        assert "[b]" in app.shown()
        assert "\x1b" not in app.shown()
        assert "[red]notes" in str(app.screen.query_one(".frame").border_title)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_findings_fit_and_scroll(size: tuple[int, int], tmp_path: Path) -> None:
    app = Host(folder=str(vault(tmp_path / "notes")))
    async with app.run_test(size=size) as pilot:
        await look(app, pilot)
        await pilot.pause()
        for selector in (".about", "SingleLineInput", "#quit", ".keys"):
            region = app.screen.query_one(selector).region
            assert app.screen.region.contains_region(region)
            assert region.height >= 1
        about = app.screen.query_one(".about", VerticalScroll)
        assert about.size.height >= 7
        for _ in range(30):
            await pilot.press("down")
        assert about.scroll_y == about.max_scroll_y
        assert about.max_scroll_y == 0 or size[1] < 40
        await pilot.press(*["pageup"] * 9)
        assert about.scroll_y == 0


async def test_keys_that_arrive_together_scroll_together(tmp_path: Path) -> None:
    app = Host(folder=str(vault(tmp_path / "notes")))
    async with app.run_test(size=(60, 20)) as pilot:
        await look(app, pilot)
        await pilot.pause()
        screen, about = app.screen, app.screen.query_one(".about", VerticalScroll)
        assert isinstance(screen, WelcomeScreen)
        for _ in range(3):
            screen.action_scroll_findings(1)
        await pilot.pause()
        assert about.scroll_y == 3


async def test_f4_makes_the_journal_to_import_into_it(tmp_path: Path) -> None:
    host = Host(folder=str(tmp_path / "new"))
    async with host.run_test() as pilot:
        welcome = host.screen
        assert isinstance(welcome, WelcomeScreen)
        await pilot.press("f4")
        await until(pilot, lambda: host.given is not OPEN)
        assert (host.given, welcome.wants_import) == (str(tmp_path / "new"), True)
