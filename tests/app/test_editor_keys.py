"""What keys do in the editor: lists, indents, completion, the clipboard, whose keys they are."""

import os
import stat
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Button, Input, TextArea

from journal_tui.app.editor import clipboard
from journal_tui.app.editor.clipboard import ClipboardApp
from journal_tui.app.editor.completion import word_before
from journal_tui.app.editor.editor import Editor
from journal_tui.app.editor.find_bar import FindBar
from journal_tui.app.editor.lists import enter, shift
from tests.app.app_fixture import messages, written_to_terminal


def candidates(word: str) -> Sequence[str]:
    """More tags and people than fit, those that begin with the word."""
    known = ["#planning", "#plan", "#people", *(f"#p{n}" for n in range(20)), "@jo", "@joanna"]
    return [name for name in known if name.startswith(word)]


class KeysApp(ClipboardApp[None]):
    """An editor between two buttons, so that the focus can go somewhere."""

    BINDINGS = [Binding("alt+s", "seen", "Seen")]  # noqa: RUF012

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.editor = Editor(text, complete=candidates)
        self.editor.cursor_blink = False
        self.seen = 0

    def compose(self) -> ComposeResult:
        yield Button("before", id="before")
        yield self.editor
        yield Button("after", id="after")

    def on_mount(self) -> None:
        self.editor.focus()
        self.editor.move_cursor(self.editor.document.end)

    def action_seen(self) -> None:
        self.seen += 1


def editor_of(pilot: Pilot[None]) -> Editor:
    return pilot.app.query_one(Editor)


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("- a|", "- a\n- |"),
        ("  * a|", "  * a\n  * |"),
        ("+   a|b", "+   a\n+   |b"),
        ("- a| b", "- a\n- |b"),
        ("1. a|", "1. a\n2. |"),
        ("9) a|", "9) a\n10) |"),
        ("- [x] a|", "- [x] a\n- [ ] |"),
        ("> a|", "> a\n> |"),
        (">a|", ">a\n> |"),
        ("> - a|", "> - a\n> - |"),
        ("- |", "|"),
        ("- a\n- |", "- a\n\n|"),
        ("- a\n\n- |", "- a\n\n|"),
        ("- a\n  - |", "- a\n\n|"),
        ("> a\n> |", "> a\n\n|"),
        ("> - a\n> - |", "> - a\n> \n> |"),
        ("  - [ ] |", "|"),
        ("> - |", "> |"),
        ("> |", "|"),
        ("-|", "-\n|"),
        ("|- a", "\n|- a"),
        ("* * *|", "* * *\n|"),
        ("---|", "---\n|"),
        ("-a|", "-a\n|"),
        ("prose|", "prose\n|"),
        ("```\n- a|", "```\n- a\n|"),
    ],
)
async def test_enter(line: str, after: str) -> None:
    text = line.replace("|", "")
    async with KeysApp(text).run_test() as pilot:
        editor = editor_of(pilot)
        rows = line[: line.index("|")].split("\n")
        editor.move_cursor((len(rows) - 1, len(rows[-1])))
        await pilot.press("enter")
        expected = after[: after.index("|")].split("\n")
        assert editor.text == after.replace("|", "")
        assert editor.cursor_location == (len(expected) - 1, len(expected[-1]))
        editor.undo()
        assert editor.text == text


async def test_each_enter_is_one_step() -> None:
    async with KeysApp("").run_test() as pilot:
        editor = editor_of(pilot)
        await pilot.press(*"- a", "enter", *"b", "enter", "enter", *"c")
        assert editor.text == "- a\n- b\n\nc"
        steps = []
        for _ in range(6):
            editor.undo()
            steps.append(editor.text)
        assert steps == ["- a\n- b\n\n", "- a\n- b\n- ", "- a\n- b", "- a\n- ", "- a", ""]


@pytest.mark.parametrize(
    ("text", "row", "keys", "after"),
    [
        ("- a\n- b", 1, ["tab"], "- a\n  - b"),
        ("1. a\n2. b", 1, ["tab"], "1. a\n   2. b"),
        ("1. a\n- b", 1, ["tab"], "1. a\n   - b"),
        ("- a\n  - b", 1, ["shift+tab"], "- a\n- b"),
        ("1. a\n   - b", 1, ["shift+tab"], "1. a\n- b"),
        ("- a", 0, ["tab", "tab"], "    - a"),
        ("> - a\n> - b", 1, ["tab"], "> - a\n>   - b"),
        ("- a\n- b", 1, ["tab", "shift+tab"], "- a\n- b"),
    ],
)
async def test_tab_in_lists(text: str, row: int, keys: list[str], after: str) -> None:
    async with KeysApp(text).run_test() as pilot:
        editor = editor_of(pilot)
        editor.move_cursor((row, len(text.split("\n")[row])))
        await pilot.press(*keys)
        assert editor.text == after
        assert editor.has_focus
        assert editor.cursor_location == (row, len(after.split("\n")[row]))
        for _ in keys:
            editor.undo()
        assert editor.text == text


async def test_tab_on_several_items_is_one_step_and_keeps_them_selected() -> None:
    async with KeysApp("- a\n- b\nprose\n- c").run_test() as pilot:
        editor = editor_of(pilot)
        editor.move_cursor((1, 2))
        editor.move_cursor((3, 3), select=True)
        await pilot.press("tab")
        assert editor.text == "- a\n  - b\nprose\n  - c"
        assert editor.selected_text == "b\nprose\n  - c"
        editor.undo()
        assert editor.text == "- a\n- b\nprose\n- c"


@pytest.mark.parametrize("text", ["prose", "```\n- a"])
async def test_tab_elsewhere_moves_the_focus(text: str) -> None:
    async with KeysApp(text).run_test() as pilot:
        await pilot.press("tab")
        assert pilot.app.focused is pilot.app.query_one("#after")
        editor_of(pilot).focus()
        await pilot.press("shift+tab")
        assert pilot.app.focused is pilot.app.query_one("#before")
        assert editor_of(pilot).text == text


async def test_shift_tab_on_an_outermost_item_leaves_the_editor() -> None:
    async with KeysApp("- a").run_test() as pilot:
        await pilot.press("shift+tab")
        assert pilot.app.focused is pilot.app.query_one("#before")


def test_lists_are_pure() -> None:
    assert enter("- a", 1) is None
    assert shift(["prose"], 0, outdent=False) is None
    assert shift(["- a"], 0, outdent=True) is None


async def test_completion_narrows_and_accepts() -> None:
    async with KeysApp("").run_test() as pilot:
        editor = editor_of(pilot)
        await pilot.press(*"on #p")
        popup = editor.completion
        assert popup and popup.is_open and len(popup.candidates) == 8
        await pilot.pause()
        assert popup.display and popup.region.y == editor.cursor_screen_offset.y + 1
        assert editor.has_focus
        await pilot.press(*"la")
        assert popup.candidates == ["#planning", "#plan"]
        await pilot.press("down", "enter")
        assert (editor.text, popup.is_open) == ("on #plan", False)
        assert editor.cursor_location == (0, 8)
        await pilot.press("enter")
        assert editor.text == "on #plan\n"
        editor.undo()
        editor.undo()
        assert editor.text == "on #pla"


async def test_tab_accepts_and_escape_closes() -> None:
    async with KeysApp("").run_test() as pilot:
        editor = editor_of(pilot)
        await pilot.press(*"@j")
        await pilot.press("tab")
        assert editor.text == "@jo"
        await pilot.press(*" @j", "escape", "enter")
        assert editor.text == "@jo @j\n"
        assert editor.completion and not editor.completion.is_open


async def test_a_complete_word_leaves_enter_alone() -> None:
    async with KeysApp("").run_test() as pilot:
        editor = editor_of(pilot)
        await pilot.press(*"@jo")
        assert editor.completion and editor.completion.candidates == ["@joanna"]
        await pilot.press("enter")
        assert editor.text == "@jo\n"


@pytest.mark.parametrize("keys", [["up", "x"], ["space"], ["home"], ["backspace", "backspace"]])
async def test_leaving_the_word_closes_the_list(keys: list[str]) -> None:
    async with KeysApp("a\n").run_test() as pilot:
        editor = editor_of(pilot)
        await pilot.press(*"x @j")
        popup = editor.completion
        assert popup and popup.is_open
        if keys[0] == "up":
            popup.close()
        await pilot.press(*keys)
        assert not popup.is_open
        if keys[0] == "up":
            assert editor.cursor_location[0] == 0


async def test_blur_closes_the_list_and_a_click_accepts() -> None:
    async with KeysApp("").run_test() as pilot:
        editor = editor_of(pilot)
        await pilot.press(*"@j")
        await pilot.pause()
        popup = editor.completion
        assert popup
        await pilot.click(popup, offset=(3, 2))
        await pilot.pause()
        assert editor.text == "@joanna"
        assert editor.has_focus
        await pilot.press(*" @j")
        pilot.app.query_one("#after").focus()
        await pilot.pause()
        assert not popup.is_open


@pytest.mark.parametrize("text", ["```\n", "---\na: 1\n"])
async def test_no_completion_in_code(text: str) -> None:
    async with KeysApp(f"{text}x\n---").run_test() as pilot:
        editor = editor_of(pilot)
        editor.move_cursor((2, 0) if text.startswith("-") else (1, 0))
        await pilot.press(*"@j")
        assert editor.completion is None


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("#", ""),
        ("# #", "#"),
        ("a #", "#"),
        ("#p", "#p"),
        ("@", "@"),
        ("a@b", ""),
        ("x/#b", ""),
        ("see #a/b-c", "#a/b-c"),
        ("#a b", ""),
        ("with @bob.b", "@bob.b"),
        ("with @bob.", ""),
        ("@jean-", "@jean-"),
        ("#cafe\u0301", "#cafe\u0301"),
        (r"\#a", ""),
    ],
)
def test_the_word_being_typed(line: str, word: str) -> None:
    assert word_before(line, len(line)) == word


async def test_an_alt_key_types_nothing_and_reaches_the_app() -> None:
    async with KeysApp("").run_test() as pilot:
        await pilot.press("alt+s")
        app = pilot.app
        assert isinstance(app, KeysApp)
        assert (editor_of(pilot).text, app.seen) == ("", 1)


@pytest.mark.parametrize(
    ("keys", "after"),
    [
        (["left", "x"], "one\ntwxo"),
        (["up", "end", "x"], "onex\ntwo"),
        (["f7", "ctrl+end", "enter", "x"], "one\ntwo\nx"),
        (["ctrl+home", "x", "backspace", "y"], "yone\ntwo"),
        (["f1", "f2", "x"], "xone\ntwo"),
    ],
)
async def test_keys_that_arrive_together_act_in_order(keys: list[str], after: str) -> None:
    app = KeysApp("one\ntwo")
    async with app.run_test() as pilot:
        app.set_keymap({"editor.start": "f2"} if "f2" in keys else {})
        for key in keys:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert app.editor.text == after


def keys_of(widget: type[TextArea] | type[FindBar]) -> set[str]:
    own = widget.__dict__["BINDINGS"]
    return {
        key for binding in own if isinstance(binding, Binding) for key in binding.key.split(",")
    }


def test_no_key_that_terminals_cannot_tell_or_that_others_own() -> None:
    forbidden = {f"ctrl+{letter}" for letter in "imhj[aekuwdxcvyz"}
    fields = {
        key
        for binding in Input.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    undo = {"ctrl+z", "ctrl+y"}
    assert keys_of(Editor) == {"ctrl+f", "ctrl+home", "ctrl+end", *undo}
    assert not (keys_of(Editor) - undo) & forbidden
    assert not keys_of(FindBar) & (forbidden | (fields - {"ctrl+f"}))


async def test_copy_and_paste_within_the_app() -> None:
    async with KeysApp("a\nb").run_test() as pilot:
        editor = editor_of(pilot)
        editor.select_all()
        await pilot.press("ctrl+c")
        editor.move_cursor((1, 1))
        await pilot.press("ctrl+v")
        assert editor.text == "a\nba\nb"
        editor.undo()
        assert editor.text == "a\nb"


class Tools:
    """A folder of pretended clipboard tools on the PATH."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        for name in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DISPLAY", ":9")
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
        monkeypatch.setattr(sys, "platform", "linux")

    def make(self, script: str) -> None:
        path = self.folder / "xclip"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    return Tools(tmp_path, monkeypatch)


@pytest.mark.skipif(os.name == "nt", reason="the pretended tools are shell scripts")
def test_the_clipboard_tools(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tools.folder / "kept"
    tools.make(f'case "$3" in -o) cat {kept};; *) cat > {kept};; esac')
    assert clipboard.copy_text("Grüße \ud800\n")
    assert clipboard.paste_text() == "Grüße ?\n"
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert not clipboard.copy_text("x")
    assert clipboard.paste_text() is None


@pytest.mark.skipif(os.name == "nt", reason="the pretended tools are shell scripts")
@pytest.mark.parametrize("script", ["exit 1", "exec sleep 20", ""])
def test_a_broken_tool_neither_hangs_nor_raises(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(clipboard, "TIMEOUT", 0.2)
    tools.make(script)
    if not script:
        (tools.folder / "xclip").write_bytes(b"\x7fELF")
    start = time.monotonic()
    assert not clipboard.copy_text("x" * 1_000_000)
    assert clipboard.paste_text() is None
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("environ", "platform", "first"),
    [
        ({}, "darwin", ["pbcopy"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip"]),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["clip.exe"]),
        ({}, "win32", ["clip.exe"]),
        ({}, "linux", []),
        ({"SSH_CONNECTION": "x", "DISPLAY": ":0"}, "darwin", []),
    ],
)
def test_which_tools(environ: dict[str, str], platform: str, first: list[str]) -> None:
    assert [copy[0] for copy, _ in clipboard.commands(environ, platform)] == first


@pytest.mark.painted
async def test_osc_52_when_no_tool_works(monkeypatch: pytest.MonkeyPatch) -> None:
    app = KeysApp("a")
    monkeypatch.setattr(clipboard, "copy_text", lambda text: text == "native")
    async with app.run_test() as pilot:
        written = written_to_terminal(app, monkeypatch)
        monkeypatch.setattr(type(app), "is_headless", False)
        app.copy_to_clipboard("native")
        assert not any("]52;" in data for data in written)
        app.copy_to_clipboard("no\ud800")
        assert any("]52;c;bm8/" in data for data in written)
        assert app.clipboard == "no\ud800"
        written.clear()
        app.copy_to_clipboard("long " * 100_000)
        await pilot.pause()
        assert sum(map(len, written)) < 100_000
        assert app.clipboard == "long " * 100_000
        assert "too long to copy" in "".join(note.message for note in messages(app))
        monkeypatch.undo()
        await pilot.pause()
