"""Prompts: the lines of a template that are still empty, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry import template
from journal_tui.entry.model import Scale
from journal_tui.entry.template import LEARNED, MAX_LINES, SAID, WRITE, item_below, prompts
from journal_tui.entry.vocabulary import Vocabulary, english

DAY = "# Day 1 – Monday\n\n\n\n## Learning points\n\n- \n\nEnjoyment: \n"


def shown(text: str, vocabulary: Vocabulary | None = None) -> dict[int, str]:
    return dict(prompts(text.split("\n"), vocabulary or english()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DAY, {2: WRITE, 6: LEARNED, 8: "0 to 10, and why"}),
        (DAY.replace("\n\n\n\n", "\n\nIt rained.\n\n"), {6: LEARNED, 8: "0 to 10, and why"}),
        (DAY.replace("- ", "- Ask"), {2: WRITE, 8: "0 to 10, and why"}),
        (DAY.replace("- ", "- Ask\n- "), {2: WRITE, 9: "0 to 10, and why"}),
        (DAY.replace("- ", "- \n- Ask"), {2: WRITE, 9: "0 to 10, and why"}),
        (DAY.replace("nt: ", "nt: 7"), {2: WRITE, 6: LEARNED}),
        (DAY.replace("nt: ", "nt:"), {2: WRITE, 6: LEARNED, 8: "0 to 10, and why"}),
        ("", {0: WRITE}),
        ("# A note\n\n\n", {2: WRITE}),
        ("# A note\n\nText\n\n\n- \n", {}),
        ("# T\n\n- \n", {}),
        ("# T\n\nText\n\n## Feedback\n\n- \n", {6: SAID}),
        ("# T\n\nText\n\n## Shopping\n\n- \n", {}),
        ("# T\n\nText\n\n## Learning points\n\n* \n", {6: LEARNED}),
        ("# T\n\nText\n\n## Learning points\n\n- [ ] \n", {6: LEARNED}),
    ],
)
def test_what_is_prompted_for(text: str, expected: dict[int, str]) -> None:
    assert shown(text) == expected


def test_in_the_words_and_on_the_scale_of_the_journal() -> None:
    vocabulary = Vocabulary({"learning": ("Gelernt",), "rating": ("Freude",)}, Scale(1, 5))
    text = "# Montag\n\n\n\n## Gelernt\n\n- \n\nFreude: \n"
    assert shown(text, vocabulary) == {2: WRITE, 6: LEARNED, 8: "1 to 5, and why"}


@pytest.mark.parametrize(
    "source", [template.DAY, template.UNCOUNTED_DAY, template.NOTE, template.PERIOD]
)
def test_the_first_prompt_is_where_one_begins_to_write(source: str) -> None:
    values = {
        "label": "Day",
        "day": "1",
        "date": "x",
        "title": "x",
        "learning": "Learning points",
        "rating": "Enjoyment",
    }
    text, cursor = template.fill(source, values)
    assert shown(text)[text[:cursor].count("\n")] == WRITE


@given(
    st.lists(
        st.sampled_from(["", "- ", "- x", "# T", "## Learning points", "Enjoyment: ", "x", "```"]),
        max_size=12,
    )
)
def test_a_prompt_is_on_an_empty_line_or_after_what_waits_for_it(lines: list[str]) -> None:
    for number, prompt in prompts(lines, english()).items():
        assert lines[number] in {WRITE: [""], LEARNED: ["- "]}.get(prompt, ["Enjoyment: "])


def test_a_long_text_has_none() -> None:
    assert shown(DAY + "\n" * MAX_LINES) == {}


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        (DAY, 5, 6),
        (DAY, 4, None),
        (DAY, 6, None),
        (DAY, 7, None),
        ("## Improve\n\n\n- [ ] \n", 2, 3),
        # There is something in the list, or between it and the heading.
        ("## Learning points\n\n- Ask\n", 1, None),
        ("## Learning points\n\n- \n- Ask\n", 1, None),
        ("## Learning points\n\nWords\n\n- \n", 3, None),
        # Below the title is the prose.
        ("# A day\n\n- \n", 1, None),
        ("\n- \n", 0, None),
        ("## Learning points\n\n", 1, None),
    ],
)
def test_a_blank_line_above_an_empty_item_belongs_to_it(
    text: str, row: int, expected: int | None
) -> None:
    assert item_below(text.split("\n"), row) == expected
