"""What the editor puts on the screen: colours in every theme, and no byte that a terminal obeys."""

import io
import re

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import TextArea

from journal_tui.app.editor.editor import Editor
from journal_tui.app.editor.painting import contrast, mark_style
from journal_tui.entry.syntax_highlight import KINDS
from tests.app.app_fixture import painted

NASTY = (
    "esc \x1b]0;title\x07 \x1b[2J osc\x9d52;c;x\x9c csi\x9b31m bell\x07 bs\x08 vt\x0b ff\x0c"
    " del\x7f\n"
    "bidi \u202eevil\u2066x\u2069\u200f\u061c ls\u2028ps\u2029nel\x85 nul\x00 lone\ud800\n"
    "a\tb [red]no markup[/red] [@click=app.quit]x[/]"
)
ENTRY = """# Day 168
- [ ] ask @jo #planning due:2014-10-13
- [x] done
Enjoyment: 9/10 – *very* **good**
> quoted `code` [link](http://a.b)
```
fenced
```"""
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f"
    "\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class ScreenApp(App[None]):
    """One editor."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.editor = Editor(text, complete=lambda word: [word + "\x1b[31m[b]x"])
        self.editor.cursor_blink = False

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()


def rows(area: TextArea) -> list[list[Segment]]:
    """The rows within the border, as they are drawn now."""
    area.render_lines(area.size.region)
    return [list(area.render_line(y)) for y in range(area.content_size.height)]


def plain(area: TextArea) -> list[str]:
    return ["".join(segment.text for segment in row).rstrip() for row in rows(area)]


def looks(area: TextArea, row: int, word: str) -> Segment:
    found = [segment for segment in rows(area)[row] if word in segment.text]
    assert found, (word, rows(area)[row])
    return found[0]


async def test_no_control_character_reaches_the_terminal() -> None:
    async with ScreenApp(NASTY).run_test(size=(100, 24)) as pilot:
        editor = pilot.app.query_one(Editor)
        await pilot.press("end", *" @j")
        await pilot.pause()
        assert editor.completion and editor.completion.is_open
        everything = "\n".join(painted(pilot.app))
        assert "␛]0;title␇" in everything
        assert not UNSAFE.search(everything)
        svg = pilot.app.export_screenshot()
        assert not UNSAFE.search(svg.replace("\n", ""))
        # The bytes themselves: without the styles' own sequences nothing is left that steers.
        out = io.StringIO()
        console = Console(file=out, force_terminal=True, color_system="truecolor", width=100)
        for row in rows(editor):
            console.print(*[s.text for s in row], markup=False, highlight=False, end="\n")
        assert not UNSAFE.search(re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()))
        assert editor.text.startswith(NASTY.split("\n")[0])


async def test_control_characters_take_the_cell_that_the_cursor_thinks() -> None:
    async with ScreenApp("a\x1bb\x07c" + "\x1bx " * 60).run_test(size=(40, 24)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.move_cursor((0, 5))
        await pilot.pause()
        assert plain(editor)[0].startswith("a␛b␇c")
        assert editor.cursor_screen_offset.x - editor.content_region.x == 5
        width = editor.content_region.width
        assert all(sum(s.cell_length for s in row) == width for row in rows(editor))
        assert max(map(len, plain(editor))) < width
        # A click lands on the character that is shown there.
        await pilot.click(editor, offset=(editor.gutter.left + 3, editor.gutter.top))
        assert editor.cursor_location == (0, 3)


async def test_markup_is_text() -> None:
    async with ScreenApp(NASTY).run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert "a   b [red]no markup[/red] [@click=app.quit]x[/]" in plain(
            pilot.app.query_one(Editor)
        )


THEMES = [
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "solarized-light",
    "ansi-dark",
    "ansi-light",
]


def signals(segment: Segment) -> set[str]:
    style = segment.style
    assert style
    names = ("bold", "italic", "underline", "strike", "reverse", "dim")
    return {name for name in names if getattr(style, name)}


@pytest.mark.parametrize("theme", THEMES)
async def test_colours_in_each_theme_with_a_second_signal(theme: str) -> None:
    async with ScreenApp(ENTRY).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        editor = app.query_one(Editor)
        app.theme = theme
        await pilot.pause()
        expected = {
            (0, "Day"): "bold",
            (1, "ask"): None,
            (1, "@jo"): "bold",
            (1, "#planning"): "italic",
            (1, "due"): "underline",
            (1, "[ ]"): "bold",
            (2, "done"): "strike",
            (3, "9/10"): "bold",
            (3, "very"): "italic",
            (3, "good"): "bold",
            (4, "quoted"): "italic",
            (4, "link"): "underline",
        }
        for cursor in ((0, 0), (1, 0), (4, 0), (6, 0)):
            editor.move_cursor(cursor)
            await pilot.pause()
            for (row, word), signal in expected.items():
                found = signals(looks(editor, row, word))
                assert (signal in found) if signal else not found & {"bold", "italic", "underline"}
        body = looks(editor, 1, "ask").style
        for row, word in ((0, "Day"), (1, "#planning"), (3, "9/10"), (6, "enced"), (4, "code")):
            style = looks(editor, row, word).style
            assert style and body and style.color != body.color, (theme, word)


@pytest.mark.parametrize("theme", [name for name in THEMES if not name.startswith("ansi")])
async def test_every_colour_can_be_read(theme: str) -> None:
    async with ScreenApp(ENTRY).run_test(size=(80, 24)) as pilot:
        pilot.app.theme = theme
        await pilot.pause()
        editor = pilot.app.query_one(Editor)
        body = editor.rich_style
        assert body.color and body.bgcolor
        ground = Color.from_rich_color(body.bgcolor)
        least = min(4.5, contrast(Color.from_rich_color(body.color), ground))
        for kind in (*KINDS, "code-block", "front-matter", "match"):
            color = mark_style(editor, kind).color or body.color
            assert contrast(Color.from_rich_color(color), ground) >= least - 0.1, kind


async def test_the_cursors_line_keeps_its_colours_and_others_have_no_background() -> None:
    async with ScreenApp(ENTRY).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        editor = pilot.app.query_one(Editor)
        editor.move_cursor((6, 0))
        away = looks(editor, 1, "#planning").style
        editor.move_cursor((1, 0))
        here = looks(editor, 1, "#planning").style
        assert away and here
        assert away.color == here.color
        assert away.bgcolor != here.bgcolor
        body = looks(editor, 1, "ask").style
        assert body and here.bgcolor == body.bgcolor


async def test_a_new_theme_repaints_everything() -> None:
    async with ScreenApp(ENTRY).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        editor = pilot.app.query_one(Editor)
        before = looks(editor, 0, "Day").style
        pilot.app.theme = "textual-light"
        await pilot.pause()
        after = looks(editor, 0, "Day").style
        assert before and after and before.color != after.color


async def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with ScreenApp(ENTRY).run_test(size=(80, 24)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.find_next("ask")
        editor.move_cursor((0, 0))
        await pilot.pause()
        assert "bold" in signals(looks(editor, 0, "Day"))
        assert "reverse" in signals(looks(editor, 1, "ask"))


async def test_found_text_is_painted_and_the_paint_goes_away() -> None:
    async with ScreenApp("Fire and fïre").run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        editor = pilot.app.query_one(Editor)
        editor.find_next("fire")
        editor.move_cursor((0, 6))
        painted = [s.text for s in rows(editor)[0] if "reverse" in signals(s)]
        assert painted == ["Fire", "fïre"]
        editor.find_next("")
        assert not [s for s in rows(editor)[0] if "reverse" in signals(s) and len(s.text) > 1]


async def test_a_painted_line_is_drawn_as_textual_draws_it() -> None:
    text = "tabs\tand 日本語 words\t" * 30 + "é" * 200 + "\n" + "word " * 500
    plain_area = TextArea(text)

    class Both(App[None]):
        def compose(self) -> ComposeResult:
            yield Editor(text)
            yield plain_area

    async with Both().run_test(size=(70, 60)) as pilot:
        editor = pilot.app.query_one(Editor)
        await pilot.pause()
        for cursor in ((0, 0), (0, 100), (1, 1000), (1, 2500)):
            editor.move_cursor(cursor)
            plain_area.move_cursor(cursor)
            await pilot.pause()
            assert plain(editor) == plain(plain_area)
            within = editor.cursor_screen_offset - editor.region.offset
            assert within == plain_area.cursor_screen_offset - plain_area.region.offset


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (30, 8)])
async def test_any_size(size: tuple[int, int]) -> None:
    async with ScreenApp(ENTRY).run_test(size=size) as pilot:
        await pilot.press(*" @j")
        await pilot.pause()
        popup = pilot.app.query_one(Editor).completion
        assert popup
        assert pilot.app.screen.region.contains_region(popup.region)
        await pilot.press("escape", "ctrl+f", *"day")
        await pilot.pause()


async def test_an_undo_that_takes_the_scrollbar_away() -> None:
    async with ScreenApp("short").run_test(size=(60, 10)) as pilot:
        editor = pilot.app.query_one(Editor)
        editor.insert("\n".join(["x"] * 12), (0, 0), maintain_selection_offset=False)
        await pilot.pause()
        editor.move_cursor(editor.document.end)
        editor.undo()
        await pilot.pause()
        assert editor.text == "short"
        editor.redo()
        await pilot.pause()
        assert editor.document.line_count == 12
