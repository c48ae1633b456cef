"""The app around the page: actions and keys, settings, themes, the index, the first start."""

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from desk import Desk, settle, told, write_of
from textual.binding import Binding
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widgets import Static, TextArea

from journal_tui import settings
from journal_tui.app.actions import ACTIONS, help_groups, key_faults, key_names, usable_keys
from journal_tui.app.app import JournalApp
from journal_tui.app.screens.help import HelpScreen
from journal_tui.app.screens.palette import Palette
from journal_tui.app.screens.welcome import WelcomeScreen
from journal_tui.app.screens.write import Write
from journal_tui.app.widgets.dayheader import DayHeader
from journal_tui.app.widgets.editor import Editor
from journal_tui.index.index import Refreshed
from journal_tui.journal import Journal

TEXT = (
    "# A day\n\n*one* **two** `code` [l](http://a.b) #tag @jo\n\n- [ ] a due:2026-11-27\n- [x] b\n\n"
    "> quote\n\n## Learning points\n\n- one\n\nEnjoyment: 5/10 – so\n"
)
THEMES = sorted(BUILTIN_THEMES)


def keys_of_actions() -> list[str]:
    return [key for action in ACTIONS for key in f"{action.keys},{action.plain}".split(",") if key]


def test_no_key_that_terminals_cannot_tell_or_that_writing_needs() -> None:
    owned = {key for b in TextArea.BINDINGS for key in (b.key if isinstance(b, Binding) else b[0]).split(",")}  # fmt: skip
    for action in ACTIONS:
        for key in filter(None, action.keys.split(",")):
            assert key not in owned, action.name
            assert not re.fullmatch(r"ctrl\+([imhjaekuwdxcvyz]|left_square_bracket)", key), key
            assert not re.fullmatch(r"alt\+([^a-z].*|[a-z]+_.*|comma|minus|slash|at)", key), key
            assert len(key) > 1, f"{key} would not reach {action.name} while one writes"
    keys = keys_of_actions()
    assert len(keys) == len(set(keys))


async def test_each_key_does_its_action(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def note(name: str) -> Callable[..., None]:
        return lambda self: done.append(name)

    names = [action.name for action in ACTIONS]
    for name in names:
        for owner in (Write, Editor, JournalApp):
            if hasattr(owner, f"action_{name}"):
                monkeypatch.setattr(owner, f"action_{name}", note(name))
    async with desk.open() as (pilot, _):
        for action in ACTIONS:
            for key in filter(None, action.keys.split(",")):
                done.clear()
                await pilot.press(key)
                assert done == [action.name], key


async def test_the_palette_holds_every_action_and_does_it(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        commands = {c.title: c for c in pilot.app.get_system_commands(write)}
        for action in ACTIONS:
            if action.name not in ("command_palette", "quit"):
                assert commands[action.label].help == action.help
                assert callable(commands[action.label].callback)
        assert {"Quit", "Theme"} <= commands.keys()
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Palette)
        await pilot.press("escape")
        assert pilot.app.screen is write


async def test_the_help_holds_every_key(desk: Desk) -> None:
    async with desk.open() as (pilot, write):
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        text = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        for action in ACTIONS:
            assert re.search(rf"{re.escape(key_names(action))} +{re.escape(action.help)}", text)
        await pilot.press("escape")
        assert pilot.app.screen is write
    assert sum(len(keys) for _, keys in help_groups()) >= len(ACTIONS)


async def test_the_footer_fits_eighty_columns(desk: Desk) -> None:
    async with desk.open(size=(80, 24)) as (_, write):
        shown = [b for b in write.active_bindings.values() if b.binding.show]
        assert {b.binding.action for b in shown} == {a.name for a in ACTIONS if a.in_footer}
        keys = list(write.query("FooterKey"))
        assert len(keys) == len({b.binding.action for b in shown})
        assert all(key.region.right <= 80 and key.region.width >= 5 for key in keys)


@pytest.mark.parametrize("name", THEMES)
async def test_every_theme_shows_every_screen(desk: Desk, name: str) -> None:
    desk.put(TEXT)
    async with desk.open(size=(140, 40)) as (pilot, write):
        pilot.app.theme = name
        await settle(pilot)
        for key in ("f2", "f2", "ctrl+l", "ctrl+r", "f9", "f8", "f1", "ctrl+p"):
            await pilot.press(key)
            await settle(pilot)
            if pilot.app.screen is not write:
                await pilot.press("escape")
                await settle(pilot)
        await pilot.press("x")
        assert write.editor.text != TEXT
        remembered = settings.load(desk.places.config).theme
        assert remembered == ("" if name == "textual-dark" else name)


async def test_from_theme_to_theme_while_a_dialog_is_open(desk: Desk) -> None:
    async with desk.open() as (pilot, _):
        await pilot.press("ctrl+r")
        for name in [*THEMES, *reversed(THEMES)]:
            pilot.app.theme = name
            await pilot.pause()
        assert pilot.app.return_code is None


async def test_without_colours_every_state_has_its_sign(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    desk.put(TEXT)
    async with desk.open(size=(140, 40)) as (pilot, write):
        assert pilot.app.no_color
        for keys in ([], ["f2"], ["f2", "ctrl+l", "o"], ["escape", "escape"], ["f9"]):
            await pilot.press(*keys)
            await settle(pilot)
            assert pilot.app.export_screenshot()
        rows = pilot.app.screen._compositor.render_strips()
        assert any("\u25cf" in "".join(part.text for part in row) for row in rows), "a written day"
        await pilot.press("escape")
        assert pilot.app.screen is write


@pytest.mark.parametrize(
    ("environment", "theme"),
    [("0;15", "textual-light"), ("15;0", "textual-dark"), ("", "textual-dark")],
)
async def test_the_first_theme_follows_the_terminal_and_is_not_remembered(
    desk: Desk, environment: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", environment)
    async with desk.open() as (pilot, _):
        assert pilot.app.theme == theme
    assert settings.load(desk.places.config).theme == ""


async def test_the_theme_of_the_settings_is_taken(desk: Desk) -> None:
    desk.settings('theme = "ansi-light"\n')
    async with desk.open() as (pilot, _):
        assert pilot.app.theme == "ansi-light"


@pytest.mark.parametrize(
    "source",
    [
        "theme = ",
        "theme = 3\n",
        "keys = 1\n",
        '[keys]\nfind = "ctrl+k"\n',
        '[keys]\nfnd = "f7"\n',
        "\x00",
    ],
)
async def test_settings_that_are_off_are_told_and_stop_nothing(desk: Desk, source: str) -> None:
    desk.settings(source)
    async with desk.open() as (pilot, write):
        assert "settings.toml" in told(pilot)
        await pilot.press("x", "ctrl+s")
        assert desk.file().exists() and write.editor.has_focus


async def test_an_unknown_theme_leaves_the_usual_one(desk: Desk) -> None:
    desk.settings('theme = "no such"\n')
    async with desk.open() as (pilot, _):
        assert pilot.app.theme == "textual-dark"


async def test_the_persons_own_keys(desk: Desk) -> None:
    desk.settings('[keys]\nrate = "f5, f12"\nquit = "f11"\nfind_in_text = "ctrl+underscore"\n')
    async with desk.open() as (pilot, write):
        await pilot.press("ctrl+r")
        assert pilot.app.screen is write
        await pilot.press("f12")
        assert pilot.app.screen is not write
        await pilot.press("escape", "f11")
        await pilot.pause()
        assert pilot.app.return_code == 0


def test_keys_that_cannot_work_are_named() -> None:
    keys = {"find": "ctrl+k", "rate": "f5", "nothing": "f3", "save": "ctrl+h,ctrl+s", "today": "t"}
    faults = "\n".join(key_faults(keys))
    assert (
        "ctrl+k" in faults and "nothing" in faults and "ctrl+h" in faults and ": t cannot" in faults
    )
    assert "f5" not in faults
    assert usable_keys({"find_in_text": "f7", "rate": " f5 , f6", "nothing": "f9", "save": ""}) == {
        "editor.find_in_text": "f7",
        "rate": "f5,f6",
    }


async def test_typing_goes_on_while_the_index_is_built(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = threading.Event(), threading.Event()

    def slow(
        self: Journal,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        rest: Callable[[], None],
    ) -> Refreshed:
        progress(1_000, 3_410)
        begun.set()
        assert go_on.wait(20)
        progress(3_410, 3_410)
        return Refreshed(0, 0, ())

    monkeypatch.setattr(Journal, "refresh", slow)
    app = JournalApp(desk.journal())
    async with app.run_test(size=(80, 24)) as pilot:
        while not begun.is_set():
            await pilot.pause()
        await pilot.pause()
        write = write_of(pilot)
        header = write.query_one(DayHeader)
        assert "reading 1,000 of 3,410 entries" in str(header.content)
        await pilot.press(*"typed", "ctrl+s")
        assert "typed" in desk.file().read_text()
        await pilot.press("ctrl+l", "x")
        await pilot.press("escape")
        go_on.set()
        await settle(pilot)
        assert "reading" not in str(header.content) and "Desk" in str(header.content)


async def test_leaving_does_not_wait_for_the_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def slow(
        self: Journal,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        rest: Callable[[], None],
    ) -> Refreshed:
        assert go_on.wait(20)
        progress(1, 1_000)
        assert stop()
        ended.set()
        return Refreshed(0, 0, ())

    monkeypatch.setattr(Journal, "refresh", slow)
    app = JournalApp(desk.journal())
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.return_code == 0
    go_on.set()
    assert ended.wait(20)


async def test_files_that_are_no_entries_are_counted_and_told(desk: Desk) -> None:
    desk.put("# x", date(2026, 11, 3)).rename(desk.root / "2026" / "2026-02-30.md")
    async with desk.open() as (pilot, write):
        assert "could not be read as entries" in told(pilot)
        await pilot.press("x")
        assert "x" in write.editor.text


async def test_a_broken_journal_toml_is_a_sentence(desk: Desk) -> None:
    (desk.root / "journal.toml").write_text("name = ")
    app = JournalApp(desk.journal())
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code == 1


async def test_the_first_start_makes_a_journal_and_goes_on(desk: Desk, tmp_path: Path) -> None:
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        for _ in range(20):
            await pilot.press("backspace")
        await pilot.press(*f"{tmp_path}/mine", "enter")
        await settle(pilot)
        write = write_of(pilot)
        assert app.screen is write and write.editor.has_focus
        await pilot.press(*"begun", "ctrl+s")
        assert [path.read_text().count("begun") for path in tmp_path.glob("mine/*/*.md")] == [1]
    assert settings.load(desk.places.config).journal == str(tmp_path / "mine")


async def test_the_first_start_can_be_left(desk: Desk, tmp_path: Path) -> None:
    for keys in (["escape"], ["ctrl+q"]):
        app = JournalApp(None, None, tmp_path, desk.places)
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            assert app.return_code == 0


async def test_the_sample_can_be_opened_where_there_is_one(desk: Desk, tmp_path: Path) -> None:
    desk.root.rename(tmp_path / "entries")
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await settle(pilot)
        assert write_of(pilot).journal.root == (tmp_path / "entries").resolve()


async def test_a_sample_that_is_broken_ends_with_a_sentence(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.root.rename(tmp_path / "entries")
    (tmp_path / "entries" / "journal.toml").write_text("start = banana\n")
    app = JournalApp(None, None, tmp_path, desk.places)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert app.return_code == 1
    assert "is not valid TOML" in capsys.readouterr().err.replace("\n", "")


async def test_many_days_page_quickly_and_stay_right(desk: Desk) -> None:
    first = date(2026, 8, 1)
    days = [first + timedelta(n) for n in range(60)]
    for number, day in enumerate(days):
        desk.put(f"# Day {number}\n\n## Learning points\n\n- point {number}\n", day)
    async with desk.open(days[-1], size=(140, 40)) as (pilot, write):
        for day in reversed(days[:-1]):
            write.action_previous_written()
            assert write.session.day == day and f"- point {days.index(day)}\n" in write.editor.text
        await settle(pilot)
    assert isinstance(write, Screen)
