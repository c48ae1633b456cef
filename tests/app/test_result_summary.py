"""How much was found, in which years, what is wrong: in two lines that fit any width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.message import Message

from journal_tui.app.widgets.result_summary import (
    ResultSummary,
    fault_lines,
    offer_window,
    year_strip,
)

SENTENCE = "There is no field “raiting:”. Did you mean “rating:”?"


def line(counts: dict[int, int], cells: int) -> str:
    return "".join(piece.text for piece in year_strip(counts, cells))


def test_few_years_have_names_bars_and_numbers() -> None:
    counts = {2026: 8, 2014: 1, 2025: 4}
    assert line(counts, 80) == "2014 ▁ 1  2025 ▄ 4  2026 █ 8"
    assert line(counts, 27) == "’14▁1  ’25▄4  ’26█8"
    assert line({}, 80) == ""


def test_many_years_have_bars_and_the_best_year_in_words() -> None:
    counts = {year: year - 1989 for year in range(1990, 2027) if year != 2001}
    found = line(counts, 80)
    assert found.startswith("1990 ▁") and "·" in found
    assert found.endswith("█ 2026  most in 2026: 37")
    assert line(counts, 48).endswith("█ 2026")


@given(
    st.dictionaries(st.integers(1, 9999), st.integers(1, 10**6), max_size=200), st.integers(20, 200)
)
def test_any_years_fit_and_hold_the_first_and_the_last(counts: dict[int, int], cells: int) -> None:
    pieces = year_strip(counts, cells)
    assert sum(cell_len(piece.text) for piece in pieces) <= cells
    if counts:
        named = [piece.year for piece in pieces if piece.kind == "year"]
        assert named[0] == min(counts) and named[-1] == max(counts)


@given(st.text(st.characters(codec="ascii", categories=["L", "Zs"]), max_size=120), st.data())
def test_the_mark_is_below_its_place(sentence: str, data: st.DataObject) -> None:
    cells = data.draw(st.integers(20, 140))
    place = data.draw(st.integers(0, cells - 1))
    lines = fault_lines(sentence, place, cells)
    assert lines[0].index("▲") == place and all(cell_len(line) <= cells for line in lines)
    if cell_len(sentence) <= cells:
        assert " ".join(sentence.split()) in " ".join(" ".join(lines).replace("▲", "").split())


def test_a_sentence_goes_where_there_is_room() -> None:
    assert fault_lines(SENTENCE, 4, 80) == [f"    ▲ {SENTENCE}"]
    assert fault_lines(SENTENCE, 70, 80) == [f"{SENTENCE:>69} ▲"]
    assert fault_lines(SENTENCE, 30, 56) == [" " * 30 + "▲", SENTENCE]
    assert fault_lines(SENTENCE, 8, 40) == [
        "        ▲ There is no field “raiting:”.",
        "Did you mean “rating:”?",
    ]


@pytest.mark.parametrize("chosen", [None, 0, 3, 5])
def test_the_chosen_completion_is_always_visible(chosen: int | None) -> None:
    first, last = offer_window(["#one", "#two", "#three", "#four", "#five", "#six"], chosen, 20)
    assert first <= (chosen or 0) < last


class Host(App[None]):
    """The two lines alone."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ResultSummary(by_year=True)

    def on_result_summary_year_chosen(self, event: ResultSummary.YearChosen) -> None:
        self.heard.append(event)

    def on_result_summary_completion_chosen(self, event: ResultSummary.CompletionChosen) -> None:
        self.heard.append(event)


async def test_a_year_and_a_completion_can_be_clicked() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        summary = app.query_one(ResultSummary)
        summary.show_counts("5 learning points", {2025: 1, 2026: 4})
        await pilot.pause()
        assert summary.text == "5 learning points\n2025 ▂ 1  2026 █ 4"
        await pilot.click(ResultSummary, offset=(2 + 12, 1))
        await pilot.click(ResultSummary, offset=(2 + 12, 0))
        await pilot.click(ResultSummary, offset=(2 + 40, 1))
        summary.offer(["#one", "#t\x1bwo"], 1)
        assert summary.text.splitlines()[1] == "tab  #one  #t␛wo"
        await pilot.click(ResultSummary, offset=(2 + 12, 1))
        years = [event.year for event in app.heard if isinstance(event, ResultSummary.YearChosen)]
        taken = [
            event.candidate
            for event in app.heard
            if isinstance(event, ResultSummary.CompletionChosen)
        ]
        assert (years, taken) == ([2026], ["#t\x1bwo"])


async def test_what_is_wrong_leaves_room_for_what_was_found() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        summary = app.query_one(ResultSummary)
        summary.show_fault("No such thing.", 4)
        summary.show_counts("7 learning points", {2026: 7}, is_wrong=True)
        await pilot.pause()
        assert summary.text == "    ▲ No such thing.\n7 learning points"
        summary.offer(["a:"], None)
        assert summary.text == "    ▲ No such thing.\ntab  a:"
        summary.offer((), None)
        summary.show_counts("8 learning points", {2026: 8})
        assert summary.text == "8 learning points\n2026 █ 8"
