"""Templates: placeholders once, braces of any other kind as they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.template import fill, long_date


@pytest.mark.parametrize(
    ("template", "text", "cursor"),
    [
        ("# {title}\n\n{cursor}\n", "# T\n\n\n", 5),
        ("{cursor}{title}", "T", 0),
        ("{title}{title}", "TT", 2),
        ("a{cursor}b{cursor}c", "abc", 1),
        ("{other} {{title}} { title } {}", "{other} {T} { title } {}", 24),
        ("{trap}{cursor}", "{title}{cursor}", 15),
        ("", "", 0),
    ],
)
def test_fill(template: str, text: str, cursor: int) -> None:
    assert fill(template, {"title": "T", "trap": "{title}{cursor}"}) == (text, cursor)


@given(st.text("{}abcursor \n", max_size=40))
def test_a_template_without_names_is_itself(template: str) -> None:
    text, cursor = fill(template, {})
    assert text == template.replace("{cursor}", "")
    assert cursor == (template.index("{cursor}") if "{cursor}" in template else len(text))


@given(st.dates())
def test_long_dates_name_the_day(day: date) -> None:
    weekday, number, month, year = long_date(day).split()
    assert (int(number), int(year)) == (day.day, day.year)
    assert (weekday, month) == (day.strftime("%A"), day.strftime("%B"))


def test_a_long_date() -> None:
    assert long_date(date(2014, 10, 6)) == "Monday 6 October 2014"
