"""Templates: placeholders once, braces of any other kind as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.template import fill


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
