"""The strip of ratings: a fixed scale, gaps that stay gaps, an average with its n."""

from datetime import date, timedelta

from textual.app import App, ComposeResult

from journal_tui.app.widgets.cells import horizontal_bar, vertical_bar
from journal_tui.app.write.rating_chart import Rated, RatingChart

END = date(2026, 11, 19)


class Host(App[None]):
    """A strip alone."""

    def __init__(self, ratings: Rated) -> None:
        super().__init__()
        self.ratings = ratings

    def compose(self) -> ComposeResult:
        yield RatingChart(self.ratings, until=END)


async def drawn(ratings: Rated) -> list[str]:
    app = Host(ratings)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        strip = app.query_one(RatingChart)
        return [strip.render_line(y).text for y in range(strip.size.height)]


async def test_bars_have_a_fixed_scale_with_gaps_and_dots() -> None:
    lines = await drawn(
        [
            (END, 10),
            (END - timedelta(1), 5),
            (END - timedelta(2), None),
            (END - timedelta(4), 0),
            (END - timedelta(40), 10),
        ]
    )
    assert lines[0] == "10 " + " " * 20 + "█"
    assert lines[1] == "   " + " " * 19 + "▄█"
    assert lines[2] == " 0 " + " " * 16 + "_ ·██"
    assert lines[3] == "   30 Oct         19 Nov"
    assert lines[4].rstrip() == "5 average, 3 ratings"


async def test_without_ratings_it_teaches() -> None:
    lines = await drawn([(END, None)])
    assert " ".join("".join(lines).split()) == "Rate a day to see its bar here."


async def test_new_ratings_are_shown() -> None:
    app = Host([])
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        strip = app.query_one(RatingChart)
        strip.set_ratings([(END, 7), (END - timedelta(1), 8)], END)
        assert strip.render_line(4).text.startswith("7.5 average, 2")


def test_bars_show_any_rating_above_nothing() -> None:
    assert vertical_bar(0.001, 3) == [" ", " ", "▁"]
    assert vertical_bar(0, 3) == [" ", " ", " "]
    assert vertical_bar(2, 2) == ["█", "█"]
    assert horizontal_bar(0.1, 5) == "╸"
    assert horizontal_bar(7.5, 10) == "━━━━━━━╸"
    assert horizontal_bar(99, 10) == "━" * 10
    assert horizontal_bar(float("nan"), 10) == ""
