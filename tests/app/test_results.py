"""The list of results: fast, safe, and the match always in sight."""

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.message import Message

from journal_tui.app.widgets.cells import flat
from journal_tui.app.widgets.results import Offer, Results, Row
from journal_tui.app.widgets.results_row import excerpt
from journal_tui.errors import UnreadableEntry

if TYPE_CHECKING:
    from journal_tui.index.hits import Hit

DAY = date(2026, 11, 19)


class Found(NamedTuple):
    """What a row needs of a hit."""

    day: date
    text: str
    rating: float | None = 7
    number: int | None = None
    kind: str = "learning"
    path: str = "2026/x.md"
    line: int = 3


def as_row(found: Found, match: str = "") -> Row:
    def marks(text: str) -> list[tuple[int, int]]:
        at = text.find(match) if match else -1
        return [(at, at + len(match))] if at >= 0 else []

    return Row(cast("Hit", found), marks)


def row(text: str, match: str = "", rating: float | None = 7, number: int = 0) -> Row:
    return as_row(Found(DAY - timedelta(number), text, rating), match)


class Host(App[None]):
    """A list alone."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Results(empty="Type a [bold]word of what you learned.")

    def on_results_chosen(self, event: Results.Chosen) -> None:
        self.heard.append(event)

    def on_results_picked(self, event: Results.Picked) -> None:
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
        assert {cell_len(line) for line in shown(results)} == {59}


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
        await pilot.pause()
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
        assert {cell_len(line) for line in lines} == {59}
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


def test_a_point_found_by_its_tag_says_what_it_says() -> None:
    text = "The archive for potholes exists, and no one had been told of it #site-visit #depot"
    at = text.index("depot")
    pieces = list(excerpt(text, ((at, at + 5),), 50))
    line = "".join(piece for piece, _ in pieces)
    assert line.startswith("The archive for potholes exists")
    assert line.endswith(("… #depot", "…#depot"))
    assert [piece for piece, is_match in pieces if is_match] == ["depot"]
    assert len(line) <= 50


async def test_ten_thousand_rows_cost_what_ten_do() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        results = app.query_one(Results)
        few = [row("ask for one name", "one", number=n) for n in range(10)]
        many = few * 1000

        async def cost(rows: list[Row]) -> float:
            times = []
            for _ in range(9):
                start = time.process_time()
                results.set_rows(rows)
                await pilot.pause()
                times.append(time.process_time() - start)
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


async def test_the_day_s_number_stands_where_there_is_room() -> None:
    app = Host()
    async with app.run_test(size=(120, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows([as_row(Found(DAY, "ask", number=168)), as_row(Found(DAY, "tell"))])
        await pilot.pause()
        assert shown(results)[0].startswith("▌2026-11-19  day 168   ask ")
        assert shown(results)[1].startswith(" 2026-11-19            tell ")
        await pilot.resize_terminal(80, 20)
        assert shown(results)[0].startswith("▌2026-11-19   168  ask ")
        await pilot.resize_terminal(60, 20)
        assert shown(results)[0].startswith("▌2026-11-19  ask ")
        assert {cell_len(line) for line in shown(results)} == {59}


async def test_kinds_have_signs_once_there_are_others_than_learning_points() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        results = app.query_one(Results)
        results.set_rows([row("one")])
        assert shown(results)[0].startswith("▌2026-11-19  one")
        kinds = ("feedback", "follow-up", "title", "remark", "prose", "entry")
        results.add_rows([as_row(Found(DAY, "x", kind=kind)) for kind in kinds])
        await pilot.pause()
        signs = [line[13:16] for line in shown(results)[:7]]
        assert signs == ["• o", "» x", "☐ x", "# x", "★ x", "¶ x", "¶ x"]
        results.set_rows([as_row(Found(DAY, "a day", kind="entry"))])
        assert shown(results)[0].startswith("▌2026-11-19  a day")


async def test_without_ratings_their_room_is_for_the_text() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row("long " * 20, rating=None)])
        await pilot.pause()
        assert shown(results)[0].rstrip().endswith("…") and len(shown(results)[0].rstrip()) > 56


async def test_a_row_for_several_matches_says_how_many() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        many = row("first")
        many.count = 12
        results.set_rows([many, row("other")])
        await pilot.pause()
        assert shown(results)[0].endswith(" ×12    7 ") and "×" not in shown(results)[1]


async def test_keys_jump_from_day_to_day() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(Results)
        results.set_rows([row(f"{n}", number=n // 3) for n in range(9)])
        await pilot.pause()
        places = []
        for by in (1, 1, 1, -1, -1, -1):
            results.action_day(by)
            places.append(results.cursor)
        assert places == [3, 6, 8, 6, 3, 0]
        results.move_cursor(4)
        results.action_day(-1)
        assert results.cursor == 3


async def test_offers_stand_above_the_rows_and_can_be_taken() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        results = app.query_one(Results)
        lead = ["Try", Offer("is:open", "what is open"), Offer("[red]x", "that"), "Newest"]
        results.set_rows([row("one"), row("two")], lead)
        results.focus()
        await pilot.pause()
        lines = shown(results)
        assert lines[0].strip() == "Try" and lines[1].split() == ["is:open", "what", "is", "open"]
        assert results.cursor == 4 and lines[4].startswith("▌2026-11-19  one")
        await pilot.press("up", "enter")
        picked = app.heard[-1]
        assert type(picked) is Results.Picked and picked.offer.query == "[red]x"
        await pilot.press("up", "up", "up")
        assert results.cursor == 1 and results.chosen is None
        await pilot.press("down", "down", "enter")
        opened = app.heard[-1]
        assert type(opened) is Results.Chosen and opened.row.text == "one"
        results.set_rows([], lead)
        assert results.cursor == 1
        await pilot.click(Results, offset=(5, 0))
        assert results.cursor == 1


async def test_rows_of_a_later_search_keep_the_cursor_on_its_row() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        results = app.query_one(Results)
        found = [Found(DAY - timedelta(n), f"point {n}", line=n) for n in range(50)]
        results.set_rows([as_row(one) for one in found])
        await pilot.pause()
        results.move_cursor(30)
        before = shown(results)
        newer = [Found(DAY, "new", line=100), *found]
        results.swap_rows([as_row(one) for one in newer])
        await pilot.pause()
        assert results.cursor == 31 and shown(results) == before
        results.swap_rows([as_row(one) for one in newer[:3]])
        assert results.cursor == 2
        results.swap_rows([])
        assert results.chosen is None and results.cursor == 0


async def test_texts_are_only_asked_for_when_they_are_drawn() -> None:
    asked = []

    class Lazy:
        day, rating, number, kind, path = DAY, 7.0, None, "entry", "2026/x.md"

        def __init__(self, line: int) -> None:
            self.line = line

        @property
        def text(self) -> str:
            asked.append(self.line)
            if self.line == 2:
                raise UnreadableEntry("gone")
            return "- [x] said"

    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        results = app.query_one(Results)
        results.set_rows([Row(cast("Hit", Lazy(line))) for line in range(10_000)])
        await pilot.pause()
        assert "said" in shown(results)[0] and "[x]" not in shown(results)[0]
        assert shown(results)[2].rstrip().endswith("7")
        assert set(asked) == set(range(10)) and len(asked) == 10
