"""Ratings from 1 to 5: the chart beside the page, the dialog and the status line follow the scale."""

import pytest

from journal_tui.app.write.rating_chart import RatingChart
from journal_tui.app.write.rating_scale import RatingScale
from tests.app.app_fixture import Desk, painted, settle


@pytest.fixture
def five(desk: Desk) -> Desk:
    """A journal whose scale is 1 to 5, with three rated days."""
    file = desk.root / "journal.toml"
    file.write_text(file.read_text("utf-8").replace('"0-10"', '"1-5"'), "utf-8")
    for number, rating in ((17, 1), (18, 3), (19, 5)):
        desk.put(f"# A day\n\nEnjoyment: {rating}/5\n", desk.today.replace(day=number))
    return desk


async def test_the_chart_goes_to_five(five: Desk) -> None:
    async with five.open(size=(140, 40)) as (_, write):
        chart = write.query_one(RatingChart)
        lines = [chart.render_line(y).text for y in range(chart.size.height)]
        assert lines[0].startswith(" 5 ") and "█" in lines[0]
        assert lines[4].rstrip() == "3 average, 3 ratings"


async def test_the_dialog_offers_one_to_five_and_writes_it(five: Desk) -> None:
    async with five.open() as (pilot, write):
        await pilot.press("ctrl+r")
        await settle(pilot)
        scale = pilot.app.screen.query_one(RatingScale)
        lines = [scale.render_line(y).text.strip() for y in range(5)]
        assert lines[1].split() == ["1", "2", "3", "4", "5"]
        assert lines[4] == "Your last 3 ratings: 3 on average"
        assert "4 long, but honest" in "\n".join(painted(pilot.app))
        await pilot.press("6", "enter")
        assert pilot.app.screen is not write
        await pilot.press("backspace", *"4 good", "enter")
        await settle(pilot)
        assert "\nEnjoyment: 4/5 – good\n" in write.editor.text
