"""The list of results: fast, safe, and the match always in sight."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.message import Message

from journal_tui.app.widgets.cells import flat
from journal_tui.app.widgets.results import Results, Row
from journal_tui.app.widgets.results_row import excerpt

DAY = date(2026, 11, 19)


def row(text: str, match: str = "", rating: float | None = 7, number: int = 0) -> Row:
    at = text.find(match) if match else -1
    spans = ((at, at + len(match)),) if at >= 0 else ()
    return Row(DAY - timedelta(number), text, rating, "2026/x.md", 3, "learning", spans)


class Host(App[None]):
    """A list alone."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Results(empty="Type a [bold]word of what you learned.")

    def on_results_chosen(self, event: Results.Chosen) -> None:
        self.heard.append(event)


def shown(results: Results) -> list[str]:
    return [results.render_line(y).text for y in range(results.size.height)]


async def test_a_row_has_marker_date_text_and_rating_flush_right() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows(
            [row("ask for one name"), row("count to five", rating=7.5), row("x", rating=None)]
        )
        await pilot.pause()
        first, second, third = shown(results)[:3]
        assert first.startswith("▌2026-11-19  ask for one name ")
        assert first.endswith("   7 ")
        assert second.startswith(" 2026-11-19  count to five")
        assert second.endswith(" 7.5 ")
        assert third.rstrip() == " 2026-11-19  x"
        assert {cell_len(line) for line in shown(results)} == {60}


async def test_a_bar_stands_before_the_rating_where_there_is_room() -> None:
    app = Host()
    async with app.run_test(size=(140, 40)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row("text", rating=8)])
        await pilot.pause()
        assert shown(results)[0].endswith("━━━━━━━━     8 ")


async def test_the_match_is_marked_by_more_than_colour() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row("first"), row("ask for trust today", "trust")])
        await pilot.pause()
        styles = {piece.text: piece.style for piece in results.render_line(1)}
        style = styles["trust"]
        assert style is not None
        assert style.bold
        assert style.underline
        plain = styles["ask for "]
        assert plain is not None
        assert not plain.underline


async def test_keys_move_the_cursor_and_open() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row(f"point {n}", number=n) for n in range(100)])
        results.focus()
        await pilot.press("down", "down", "up")
        assert results.cursor == 1
        await pilot.press("pagedown")
        assert results.cursor == 20
        await pilot.press("end")
        assert results.cursor == 99
        assert "point 99" in shown(results)[-1]
        await pilot.press("down", "enter")
        last = app.heard[-1]
        assert type(last) is Results.Chosen
        assert last.row.text == "point 99"
        await pilot.press("home")
        assert results.cursor == 0
        assert "point 0" in shown(results)[0]


async def test_batches_keep_cursor_and_place() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.add_rows([row(f"point {n}") for n in range(50)])
        await pilot.pause()
        results.move_cursor(30)
        await pilot.pause()
        before = shown(results)
        results.add_rows([row(f"point {n}") for n in range(50, 80)])
        await pilot.pause()
        assert results.cursor == 30
        assert shown(results) == before
        results.set_rows([row("other")])
        await pilot.pause()
        assert results.cursor == 0
        assert "other" in shown(results)[0]


async def test_a_click_moves_and_a_second_one_opens() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row(f"point {n}") for n in range(5)])
        await pilot.pause()
        await pilot.click(Results, offset=(20, 3))
        assert results.cursor == 3
        assert app.heard == []
        await pilot.click(Results, offset=(20, 3))
        assert type(app.heard[-1]) is Results.Chosen
        await pilot.click(Results, offset=(20, 15))
        assert results.cursor == 3


async def test_the_empty_list_says_what_to_do() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        assert "Type a [bold]word of what you learned." in shown(results)[0]
        await pilot.press("down", "enter", "end")
        assert app.heard == []


async def test_controls_and_wide_characters_leave_the_columns_in_place() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        texts = ["a\x1b]0;x\x07b\x9b31m\ncd\te\u202e", "日本語" * 40, "é" * 200, "👩‍👩‍👧 " * 60, ""]
        results.set_rows([row(text) for text in texts])
        await pilot.pause()
        lines = shown(results)
        assert {cell_len(line) for line in lines} == {60}
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c == "\u202e" for c in "".join(lines))
        assert "␛]0;x␇b\ufffd31m cd e\ufffd" in lines[0]
        assert not any(ord(c) < 32 and c != "\n" for c in app.export_screenshot())


@given(
    st.text(st.characters(codec="utf-8"), max_size=120),
    st.integers(0, 120),
    st.integers(1, 30),
    st.integers(4, 60),
)
def test_an_excerpt_fits_and_shows_the_first_match(
    text: str, at: int, size: int, room: int
) -> None:
    text = flat(text)
    spans = ((at, at + size),)
    pieces = list(excerpt(text, spans, room))
    assert cell_len("".join(piece for piece, _ in pieces)) <= room
    matched = "".join(piece for piece, is_match in pieces if is_match)
    wanted = text[at : at + size]
    if wanted and cell_len(wanted) <= room - 4 and not set(wanted) & set("\u200d\ufe0f"):
        around = text[at - 1 : at] + text[at + size : at + size + 1]
        if not set(around) & set("\u200d\ufe0f"):
            assert matched == wanted


@pytest.mark.parametrize("room", [12, 20, 40])
def test_a_late_match_has_words_before_it(room: int) -> None:
    text = "one two three four five six seven eight nine ten trust eleven twelve thirteen"
    at = text.index("trust")
    line = "".join(piece for piece, _ in excerpt(text, ((at, at + 5),), room))
    assert "trust" in line
    assert line.startswith("…")
    assert len(line) <= room


def test_a_match_near_the_end_uses_the_whole_room() -> None:
    text = "one two three four five six seven eight nine ten trust"
    line = "".join(piece for piece, _ in excerpt(text, ((49, 54),), 30))
    assert line == "…seven eight nine ten trust"


async def test_ten_thousand_rows_cost_what_ten_do() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        results = app.query_one(Results)
        few = [row("ask for one name", "one", number=n) for n in range(10)]
        many = few * 1000

        async def cost(rows: list[Row]) -> float:
            times = []
            for _ in range(9):
                start = time.perf_counter()
                results.set_rows(rows)
                await pilot.pause()
                times.append(time.perf_counter() - start)
            return sorted(times)[4]

        await cost(few)
        assert await cost(many) < 4 * await cost(few) + 0.03


async def test_a_change_of_theme_recolours_the_rows() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row("ask for trust", "trust")])
        await pilot.pause()
        before = [piece.style for piece in results.render_line(0)]
        app.theme = "textual-light"
        await pilot.pause()
        assert [piece.style for piece in results.render_line(0)] != before
