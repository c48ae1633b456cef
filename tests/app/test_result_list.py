"""The list of results: fast, safe, and the match always in sight."""

import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.message import Message

from journal_tui import app as journal_app
from journal_tui.app.widgets.cells import flat
from journal_tui.app.widgets.result_list import TALL, ResultList, ResultRow, Suggestion
from journal_tui.app.widgets.search_results import excerpt, excerpt_lines
from journal_tui.errors import UnreadableEntry

if TYPE_CHECKING:
    from journal_tui.index.search import Hit

DAY = date(2026, 11, 19)


class SearchResult(NamedTuple):
    """What a row needs of a hit."""

    day: date
    text: str
    rating: float | None = 7
    number: int | None = None
    part: str = "learning"
    path: str = "2026/x.md"
    line: int = 3
    period: str = ""
    task: tuple[str, str] = ("", "")
    is_note: bool = False

    @property
    def iso(self) -> str:
        return self.period or self.day.isoformat()


def as_row(found: SearchResult, match: str = "") -> ResultRow:
    def marks(text: str) -> list[tuple[int, int]]:
        at = text.find(match) if match else -1
        return [(at, at + len(match))] if at >= 0 else []

    return ResultRow(cast("Hit", found), marks)


def row(text: str, match: str = "", rating: float | None = 7, number: int = 0) -> ResultRow:
    return as_row(SearchResult(DAY - timedelta(number), text, rating), match)


class Host(App[None]):
    """A list alone, in the app's style."""

    CSS_PATH = Path(journal_app.__file__).with_name("app.tcss")

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ResultList(empty="Type a [bold]word of what you learned.")

    def on_result_list_chosen(self, event: ResultList.Chosen) -> None:
        self.heard.append(event)

    def on_result_list_suggestion_chosen(self, event: ResultList.SuggestionChosen) -> None:
        self.heard.append(event)


def shown(results: ResultList) -> list[str]:
    return [results.render_line(y).text for y in range(results.size.height)]


async def test_a_row_has_marker_date_text_and_rating_flush_right() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
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


async def test_a_bar_is_drawn_before_the_rating_if_there_is_room() -> None:
    app = Host()
    async with app.run_test(size=(140, 40)) as pilot:
        results = app.query_one(ResultList)
        results.set_rows([row("text", rating=8)])
        await pilot.pause()
        assert shown(results)[0].endswith("━━━━━━━━     8 ")


async def test_the_match_is_marked_by_more_than_colour() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        results = app.query_one(ResultList)
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
        results = app.query_one(ResultList)
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
        assert type(last) is ResultList.Chosen
        assert last.row.text == "point 99"
        await pilot.press("home")
        assert results.cursor == 0
        assert "point 0" in shown(results)[0]


async def test_batches_keep_cursor_and_place() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
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
        results = app.query_one(ResultList)
        results.set_rows([row(f"point {n}") for n in range(5)])
        await pilot.pause()
        await pilot.click(ResultList, offset=(20, 3))
        assert results.cursor == 3
        assert app.heard == []
        await pilot.click(ResultList, offset=(20, 3))
        assert type(app.heard[-1]) is ResultList.Chosen
        await pilot.click(ResultList, offset=(20, 15))
        assert results.cursor == 3


async def test_the_empty_list_says_what_to_do() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        results = app.query_one(ResultList)
        assert "Type a [bold]word of what you learned." in shown(results)[0]
        await pilot.press("down", "enter", "end")
        assert app.heard == []


async def test_controls_and_wide_characters_leave_the_columns_in_place() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
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


@given(
    st.text(st.characters(codec="utf-8"), max_size=160),
    st.integers(0, 160),
    st.integers(1, 30),
    st.integers(4, 60),
    st.integers(1, 5),
    st.integers(0, 70),
)
def test_wrapped_lines_fit_and_show_the_first_match(
    text: str, at: int, size: int, room: int, most: int, later: int
) -> None:
    text = flat(text)
    lines = excerpt_lines(text, ((at, at + size),), room, most, later)
    written = ["".join(piece for piece, _ in line) for line in lines]
    assert 1 <= len(lines) <= most
    assert cell_len(written[0]) <= room
    assert all(cell_len(line) <= max(room, later) for line in written[1:])
    if cell_len(text) <= room or (most > 1 and not any("…" in line for line in written)):
        assert "".join("".join(written).split()) == "".join(text.split())
    matched = "".join(piece for line in lines for piece, is_match in line if is_match)
    wanted = text[at : at + size]
    around = text[max(0, at - 1) : at + size + 1]
    if wanted.strip() and cell_len(wanted) <= room - 4 and not set(around) & set("\u200d\ufe0f"):
        assert matched


LESSON = (
    "Count to five before you answer a hard question in front of the team, because the first "
    "answer is rarely the one that you mean #meetings"
)


@pytest.mark.parametrize("size", [(60, 20), (80, 17)])
async def test_the_row_of_the_cursor_is_read_whole(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        results = app.query_one(ResultList)
        results.set_rows([row(LESSON, "mean", number=n) for n in range(30)])
        results.focus()
        await pilot.pause()
        for _ in range(3):
            marked = [line for line in shown(results) if line.startswith("▌")]
            whole = " ".join(marked).replace("▌", " ").split()
            assert [word for word in whole if word in LESSON.split()] == LESSON.split()
            others = [line for line in shown(results) if not line.startswith("▌")]
            assert all(line.startswith(" 2026-") for line in others if line.strip())
            await pilot.press("down")
        await pilot.press("end")
        marked = [line.startswith("▌") for line in shown(results)]
        assert marked[-1] and 2 <= sum(marked) <= size[1] // 2
        await pilot.press("home")
        assert shown(results)[0].startswith("▌2026-11-19")


async def test_a_tall_list_wraps_each_row_and_reaches_the_last_one() -> None:
    app = Host()
    async with app.run_test(size=(80, TALL)) as pilot:
        results = app.query_one(ResultList)
        short = LESSON[:90]
        results.set_rows([row(f"{n} {short}", number=n) for n in range(100)])
        results.focus()
        await pilot.pause()
        starts = [line for line in shown(results) if line[1:5] == "2026"]
        assert len(starts) == TALL // 2 and not any("…" in line for line in shown(results))
        await pilot.press("pagedown")
        assert results.cursor == TALL // 2 - 1
        for _ in range(100):
            results.scroll_relative(y=3, animate=False, force=True, immediate=True)
        await pilot.pause()
        assert "99 Count" in shown(results)[-2] and shown(results)[-1].strip()
        await pilot.press("end")
        assert results.cursor == 99 and "99 Count" in shown(results)[-2]
        results.scroll_to(y=0, animate=False, force=True, immediate=True)
        await pilot.click(ResultList, offset=(20, 5))
        chosen = results.chosen
        assert chosen is not None and chosen.text.startswith("2 Count")


async def test_a_double_click_opens_the_row_even_if_rows_above_move() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
        results.set_rows([row(f"{n} {LESSON}", number=n) for n in range(9)])
        await pilot.pause()
        await pilot.click(ResultList, offset=(20, 8), times=2)
        opened = app.heard[-1]
        chosen = results.chosen
        assert type(opened) is ResultList.Chosen and chosen is not None
        assert opened.row is chosen and results.cursor > 0


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
        results = app.query_one(ResultList)
        few = [row("ask for one name", "one", number=n) for n in range(10)]
        many = few * 1000

        async def cost(rows: list[ResultRow]) -> float:
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
        results = app.query_one(ResultList)
        results.set_rows([row("ask for trust", "trust")])
        await pilot.pause()
        before = [piece.style for piece in results.render_line(0)]
        app.theme = "textual-light"
        await pilot.pause()
        assert [piece.style for piece in results.render_line(0)] != before


async def test_the_days_number_is_shown_if_there_is_room() -> None:
    app = Host()
    async with app.run_test(size=(120, 20)) as pilot:
        results = app.query_one(ResultList)
        results.set_rows(
            [as_row(SearchResult(DAY, "ask", number=168)), as_row(SearchResult(DAY, "tell"))]
        )
        await pilot.pause()
        assert shown(results)[0].startswith("▌2026-11-19  day 168   ask ")
        assert shown(results)[1].startswith(" 2026-11-19            tell ")
        await pilot.resize_terminal(80, 20)
        assert shown(results)[0].startswith("▌2026-11-19  day 168   ask ")
        await pilot.resize_terminal(60, 20)
        assert shown(results)[0].startswith("▌2026-11-19  ask ")
        assert {cell_len(line) for line in shown(results)} == {59}


async def test_kinds_have_signs_once_there_are_others_than_learning_points() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        results = app.query_one(ResultList)
        results.set_rows([row("one")])
        assert shown(results)[0].startswith("▌2026-11-19  one")
        parts = ("feedback", "follow-up", "title", "remark", "prose", "entry")
        results.add_rows([as_row(SearchResult(DAY, "x", part=part)) for part in parts])
        await pilot.pause()
        signs = [line[13:16] for line in shown(results)[:7]]
        assert signs == ["• o", "» x", "☐ x", "# x", "★ x", "¶ x", "¶ x"]
        results.set_rows([as_row(SearchResult(DAY, "a day", part="entry"))])
        assert shown(results)[0].startswith("▌2026-11-19  a day")


async def test_without_ratings_their_room_is_for_the_text() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
        results.set_rows([row(text, rating=None) for text in ("first", "long " * 20)])
        await pilot.pause()
        assert shown(results)[1].rstrip().endswith("…") and len(shown(results)[1].rstrip()) > 56


async def test_a_row_for_several_matches_says_how_many() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
        many = row("first")
        many.count = 12
        results.set_rows([many, row("other")])
        await pilot.pause()
        assert shown(results)[0].endswith(" ×12    7 ") and "×" not in shown(results)[1]


async def test_keys_jump_from_day_to_day() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        results = app.query_one(ResultList)
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


async def test_home_and_page_up_lead_to_the_first_offer() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        results = app.query_one(ResultList)
        offers = [Suggestion(f"offer{number}", "that") for number in range(4)]
        results.set_rows((), ["Try", *offers])
        results.focus()
        for key in ("home", "pageup"):
            await pilot.press("end")
            assert results.cursor == 4
            await pilot.press(key)
            assert results.cursor == 1, key
        results.set_rows([row("one"), row("two")], ["Try", *offers, "Newest"])
        await pilot.press("end", "home")
        assert results.chosen and results.chosen.text == "one"


async def test_offers_are_above_the_rows_and_can_be_chosen() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        results = app.query_one(ResultList)
        lead = [
            "Try",
            Suggestion("is:open", "what is open"),
            Suggestion("[red]x", "that"),
            "Newest",
        ]
        results.set_rows([row("one"), row("two")], lead)
        results.focus()
        await pilot.pause()
        lines = shown(results)
        assert lines[0].strip() == "Try" and lines[1].split() == ["is:open", "what", "is", "open"]
        assert results.cursor == 4 and lines[4].startswith("▌2026-11-19  one")
        await pilot.press("up", "enter")
        picked = app.heard[-1]
        assert type(picked) is ResultList.SuggestionChosen and picked.suggestion.query == "[red]x"
        await pilot.press("up", "up", "up")
        assert results.cursor == 1 and results.chosen is None
        await pilot.press("down", "down", "enter")
        opened = app.heard[-1]
        assert type(opened) is ResultList.Chosen and opened.row.text == "one"
        results.set_rows([], lead)
        assert results.cursor == 1
        await pilot.click(ResultList, offset=(5, 0))
        assert results.cursor == 1


async def test_rows_of_a_later_search_keep_the_cursor_on_its_row() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        results = app.query_one(ResultList)
        found = [SearchResult(DAY - timedelta(n), f"point {n}", line=n) for n in range(50)]
        results.set_rows([as_row(one) for one in found])
        await pilot.pause()
        results.move_cursor(30)
        before = shown(results)
        newer = [SearchResult(DAY, "new", line=100), *found]
        results.update_rows([as_row(one) for one in newer])
        await pilot.pause()
        assert results.cursor == 31 and shown(results) == before
        results.update_rows([as_row(one) for one in newer[:3]])
        assert results.cursor == 2
        results.update_rows([])
        assert results.chosen is None and results.cursor == 0


async def test_texts_are_only_asked_for_when_they_are_drawn() -> None:
    asked = []

    class Lazy:
        day, rating, number, part, path = DAY, 7.0, None, "entry", "2026/x.md"
        period, iso = "", DAY.isoformat()

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
        results = app.query_one(ResultList)
        results.set_rows([ResultRow(cast("Hit", Lazy(line))) for line in range(10_000)])
        await pilot.pause()
        assert "said" in shown(results)[0] and "[x]" not in shown(results)[0]
        assert shown(results)[2].rstrip().endswith("7")
        assert set(asked) == set(range(10)) and len(asked) == 10


async def test_a_narrow_list_shows_points_whole_at_any_height() -> None:
    app = Host()
    async with app.run_test(size=(46, 16)) as pilot:
        results = app.query_one(ResultList)
        results.set_rows([row(LESSON[:110], rating=7, number=n) for n in range(30)])
        await pilot.pause()
        lines = shown(results)
        # Further lines begin below the date, which leaves them most of the width.
        assert lines[0].startswith("▌2026-11-19  ") and lines[0].endswith("7 ")
        assert lines[1].startswith("▌  ") and lines[1][3] != " "
        assert not any("…" in line for line in lines)
        words = " ".join(line.strip("▌ ") for line in lines).split()
        whole = [word for word in words if word not in ("2026-11-19", "7")]
        assert whole[: len(LESSON[:110].split())] == LESSON[:110].split()
        assert {cell_len(line) for line in lines} == {45}


async def test_a_tall_list_gives_its_columns_to_the_text() -> None:
    app = Host()
    async with app.run_test(size=(80, TALL)) as pilot:
        results = app.query_one(ResultList)
        results.set_rows([as_row(SearchResult(DAY, LESSON, number=168))])
        await pilot.pause()
        assert "day 168" not in shown(results)[0] and "━" not in shown(results)[0]
        await pilot.resize_terminal(80, TALL - 1)
        await pilot.pause()
        assert "day 168" in shown(results)[0]
        await pilot.resize_terminal(120, TALL)
        await pilot.pause()
        assert "day 168" in shown(results)[0] and "━" in shown(results)[0]
