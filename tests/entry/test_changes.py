"""Where changes of an entry land, in the texts that people have."""

from datetime import date

import pytest

from journal_tui.entry import changes
from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.template import DAY as TEMPLATE
from journal_tui.entry.template import fill
from journal_tui.entry.vocabulary import Vocabulary
from journal_tui.errors import EntryError
from tests.effort import within_a_minute
from tests.entry.invariants import DAY, read


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Enjoyment: 7.5/10 – wet\n"),
        ("prose", "prose\n\nEnjoyment: 7.5/10 – wet\n"),
        ("a\r\n", "a\r\n\r\nEnjoyment: 7.5/10 – wet\r\n"),
        ("Enjoyment: ", "Enjoyment: 7.5/10 – wet"),
        ("Enjoyment:\nprose", "Enjoyment: 7.5/10 – wet\n\nprose"),
        ("**Enjoyment:**  \n", "**Enjoyment:** 7.5/10 – wet\n"),
        ("**Enjoyment:**  \n\nprose", "**Enjoyment:** 7.5/10 – wet\n\nprose"),
        ("Enjoyment: ?/10", "Enjoyment: 7.5/10 – wet"),
        ("## Enjoyment\n\n## Else", "## Enjoyment: 7.5/10 – wet\n\n## Else"),
        ("## Enjoyment\n\n3\n", "## Enjoyment\n\n7.5/10 – wet\n"),
        ("- Enjoyment: 3, dry\n- a", "- Enjoyment: 7.5/10, wet\n- a"),
        ("Enjoyment: 3 – dry\nand warm\n\nx", "Enjoyment: 7.5/10 – wet\n\nand warm\n\nx"),
        ("Enjoyment: 3\nprose", "Enjoyment: 7.5/10 – wet\n\nprose"),
        ("**Enjoyment: 3/10 – dry**", "**Enjoyment: 7.5/10 – wet**"),
        ("Enjoyment: 11/10 – dry", "Enjoyment: 7.5/10 – wet"),
        ("Enjoyment: great fun", "Enjoyment: great fun\n\nEnjoyment: 7.5/10 – wet\n"),
        ("Enjoyment: 1\n\nEnjoyment: 2", "Enjoyment: 1\n\nEnjoyment: 7.5/10 – wet"),
        ("```\nopen", "Enjoyment: 7.5/10 – wet\n\n```\nopen"),
        ("prose\n\n<!-- open", "prose\n\nEnjoyment: 7.5/10 – wet\n\n<!-- open"),
        ("---\nrating: 3\n---\n", "---\nrating: 7.5 – wet\n---\n"),
    ],
    ids=repr,
)
def test_rate(before: str, after: str) -> None:
    assert apply(before, changes.rate(read(before), 7.5, "wet")) == after


@pytest.mark.parametrize("remark", ["-x", "– x", "/10", "½", "*", "**x**", "x #", "out of 10", "\\", "`", "5", "Lessons: a; b", "a\nb", "\u202e", "x\0y"], ids=repr)  # fmt: skip
@pytest.mark.parametrize(
    "before", ["", "Enjoyment: 3-x", "Enjoyment 3 x", "## Enjoyment: 3", "**Enjoyment: 3**"]
)
def test_unusual_remarks_are_read_back_unchanged(before: str, remark: str) -> None:
    rating = read(apply(before, changes.rate(read(before), 8, remark))).rating
    assert rating
    assert rating[:2] == (8, " ".join(remark.split()).replace("\0", "\ufffd"))


def test_a_line_of_white_space_is_not_part_of_a_remark() -> None:
    entry = read("Enjoyment: 3 – rain\n\x85\n\nprose\n")
    assert entry.rating and entry.rating.remark == "rain"
    assert changes.rate(entry, 3, "rain") == []
    assert apply(entry.text, changes.rate(entry, 3, "")) == "Enjoyment: 3\n\x85\n\nprose\n"
    rating = read("Enjoyment: 3 – rain\n\x85\nall day\n").rating
    assert rating and rating.remark == "rain all day"


def test_rating_without_a_remark_keeps_it_and_an_empty_one_takes_it_out() -> None:
    entry = read("Enjoyment: 3 – rain\nall day\n")
    assert apply(entry.text, changes.rate(entry, 4)) == "Enjoyment: 4/10 – rain\nall day\n"
    assert apply(entry.text, changes.rate(entry, 3, "")) == "Enjoyment: 3\n\nall day\n"
    assert changes.rate(entry, 3) == []


@pytest.mark.parametrize("value", [-0.5, 10.5, float("nan"), float("inf")])
def test_a_value_outside_is_refused(value: float) -> None:
    with pytest.raises(EntryError, match="from 0 to 10"):
        changes.rate(read(""), value)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "## Learning points\n\n- new\n"),
        ("prose\n", "prose\n\n## Learning points\n\n- new\n"),
        ("## Lessons\n- a\n", "## Lessons\n- a\n- new\n"),
        ("## Lessons\n\n- a\n\n- b\n\nmore", "## Lessons\n\n- a\n\n- b\n\n- new\n\nmore"),
        ("## Lessons\n\n- a\n-\n", "## Lessons\n\n- a\n- new\n"),
        ("## Lessons\n\n-\n- a\n", "## Lessons\n\n-\n- a\n- new\n"),
        ("## Lessons\n\n9. a\n", "## Lessons\n\n9. a\n10. new\n"),
        ("## Lessons\n\n9.\n   a\n", "## Lessons\n\n9.\n   a\n10. new\n"),
        ("## Lessons\n\n-\n  a\n", "## Lessons\n\n-\n  a\n- new\n"),
        ("## Lessons\n\n* a\n  * b\n", "## Lessons\n\n* a\n  * b\n* new\n"),
        ("- Lessons:\n  - a\n- b", "- Lessons:\n  - a\n  - new\n- b"),
        ("Lessons: a; b\n\x85\n", "Lessons: a; b\n\x85\n- new\n"),
        ("## Lessons\n    Enjoyment: 8", "## Lessons\n    Enjoyment: 8\n\n## Learning points\n\n- new\n"),
        ("Lessons: a; b\n\nprose", "Lessons: a; b\n- new\n\nprose"),
        ("## Lessons\n- a\nEnjoyment: 9", "## Lessons\n- a\n- new\nEnjoyment: 9"),
        ("## Lessons\n- a\n- Enjoyment: 9", "## Lessons\n- a\n- new\n- Enjoyment: 9"),
        ("prose\n\nEnjoyment: 9\n", "prose\n\n## Learning points\n\n- new\n\nEnjoyment: 9\n"),
        ("prose\nEnjoyment: 9", "prose\n\n## Learning points\n\n- new\n\nEnjoyment: 9"),
        ("p\r\rEnjoyment: 9\r", "p\r\r## Learning points\r\r- new\r\rEnjoyment: 9\r"),
        ("p\n\n## Enjoyment\n\n9\n", "p\n\n## Learning points\n\n- new\n\n## Enjoyment\n\n9\n"),
        ("Enjoyment: 9\n\nprose", "Enjoyment: 9\n\nprose\n\n## Learning points\n\n- new\n"),
        ("## Lessons\n- a\n\n## Else\n\n## Lessons\n- b", "## Lessons\n- a\n\n## Else\n\n## Lessons\n- b\n- new"),
        ("```\nopen", "## Learning points\n\n- new\n\n```\nopen"),
        ("  ```\nLessons: a", "## Learning points\n\n-    new\n\n  ```\nLessons: a"),
    ],
    ids=repr,
)  # fmt: skip
def test_add_point(before: str, after: str) -> None:
    assert apply(before, changes.add_point(read(before), "new")) == after


@pytest.mark.parametrize(
    "text",
    [
        "", "prose\n\nEnjoyment: 9\n", "## Lessons\n\n- a\n\n- b\n\nmore", "## Lessons\n\n9. a\n",
        "## Lessons\n\n- a\n-\n", "- Lessons:\n  - a\n- b", "Lessons: a; b\n\nprose",
        "## Lessons\n- a\n\n## Else\n\n## Lessons\n", "```\nopen", "p\r\n\r\n## Lessons\r\n\r\n- a\r\n",
    ],
    ids=repr,
)  # fmt: skip
def test_several_points_at_once(text: str) -> None:
    several, one_by_one = ["new", "# newer", "1. newest", "last"], text
    for point in several:
        one_by_one = apply(one_by_one, changes.add_point(read(one_by_one), point))
    assert apply(text, changes.add_points(read(text), several)) == one_by_one


def test_blanks_at_the_end_of_the_last_line_stay() -> None:
    text = "# D\n\ntwo blanks  \n"
    assert apply(text, changes.add_prose(read(text), "new")) == text + "\nnew\n"
    assert apply(text, changes.add_task(read(text), "new")) == text + "\n- [ ] new\n"
    assert apply(text, changes.rate(read(text), 7)) == text + "\nEnjoyment: 7/10\n"


def test_thousands_of_points_take_no_time() -> None:
    many = [f"point number {number}" for number in range(3_000)]
    with within_a_minute():
        text = apply("", changes.add_points(read(""), many))
    assert [point.text for point in read(text).points] == many


@pytest.mark.parametrize("point", ["# x", "- x", "1. x", "> x", "[ ] x", "```", "* * *", "+", "2)", "<b>x", "\\# x", "| a", "    x", "=", "~~~", "[x]: y", "Day 1"], ids=repr)  # fmt: skip
def test_a_point_that_looks_like_a_block_stays_a_point(point: str) -> None:
    entry = read("## Lessons\n\n- a\n")
    after = read(apply(entry.text, changes.add_point(entry, point)))
    assert [p.text for p in after.points] == ["a", point.strip()]
    assert after.tasks == ()


@pytest.mark.parametrize("point", ["Enjoyment: 9/10", "", " \n"])
def test_a_point_that_would_be_read_as_something_else_is_refused(point: str) -> None:
    with pytest.raises(EntryError):
        changes.add_point(read("## Lessons\n\n- a\n"), point)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- [ ] new due:2014-10-13\n"),
        ("p\n\n- [ ] a\n\n## Lessons\n- b", "p\n\n- [ ] a\n- [ ] new due:2014-10-13\n\n## Lessons\n- b"),
        ("- [ ] a\n  - [ ] b\n", "- [ ] a\n  - [ ] b\n- [ ] new due:2014-10-13\n"),
        ("p\n\n- [ ] a\n- [ ] \n\n## Lessons\n- b", "p\n\n- [ ] a\n- [ ] new due:2014-10-13\n\n## Lessons\n- b"),
        ("- [ ]\n", "- [ ] new due:2014-10-13\n"),
        ("- [ ] \n\nprose\n", "- [ ] \n\nprose\n\n- [ ] new due:2014-10-13\n"),
        ("- [ ] a\n\nprose\n", "- [ ] a\n\nprose\n\n- [ ] new due:2014-10-13\n"),
        ("## Follow-ups\n* [x] a\n\nEnjoyment: 9", "## Follow-ups\n* [x] a\n* [ ] new due:2014-10-13\n\nEnjoyment: 9"),
        ("## Follow-ups\n\n- [ ] \n\nEnjoyment: 9", "## Follow-ups\n\n- [ ] new due:2014-10-13\n\nEnjoyment: 9"),
        ("## Follow-ups\n\n- [x] \n", "## Follow-ups\n\n- [x] \n- [ ] new due:2014-10-13\n"),
        ("p\n\nEnjoyment: 9", "p\n\n- [ ] new due:2014-10-13\n\nEnjoyment: 9"),
        ("* p\nLessons: a; b\n  - c\n", "* p\nLessons: a; b\n  - c\n\n- [ ] new due:2014-10-13\n"),
    ],
    ids=repr,
)  # fmt: skip
def test_add_task(before: str, after: str) -> None:
    assert apply(before, changes.add_task(read(before), "new", date(2014, 10, 13))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "new\n"),
        ("\ufeff", "\ufeffnew\n"),
        ("# T\n", "# T\n\nnew\n"),
        ("a  \n\n## Lessons\n- b", "a  \n\nnew\n\n## Lessons\n- b"),
        ("a\nEnjoyment: 9\n\nb\n\n## Lessons\n- c", "a\nEnjoyment: 9\n\nb\n\nnew\n\n## Lessons\n- c"),
        ("a\n\nEnjoyment: 9\n", "a\n\nnew\n\nEnjoyment: 9\n"),
        ("a\n\n\n\n", "a\n\nnew\n"),
    ],
    ids=repr,
)  # fmt: skip
def test_add_prose(before: str, after: str) -> None:
    assert apply(before, changes.add_prose(read(before), "\nnew\n")) == after


@pytest.mark.parametrize("heading", ["Lessons", "Feedback", "Follow-ups"])
def test_prose_that_would_hide_a_list_goes_to_the_end(heading: str) -> None:
    entry = read(f"a\n\n## {heading}\n- b\n")
    assert apply(entry.text, changes.add_prose(entry, "```\ncode")) == entry.text + "\n```\ncode\n"


def test_a_day_from_the_template() -> None:
    values = {
        "label": "Day",
        "day": "168",
        "date": "Monday",
        "learning": "Learning points",
        "rating": "Enjoyment",
    }
    text, cursor = fill(TEMPLATE, values)
    text = text[:cursor] + "Prose." + text[cursor:]
    text = apply(text, changes.add_point(read(text), "one"))
    text = apply(text, changes.rate(read(text), 9, "sun"))
    text = apply(text, changes.add_task(read(text), "do", date(2014, 10, 13)))
    text = apply(text, changes.add_point(read(text), "two"))
    assert text == (
        "# Day 168 – Monday\n\nProse.\n\n- [ ] do due:2014-10-13\n\n"
        "## Learning points\n\n- one\n- two\n\nEnjoyment: 9/10 – sun\n"
    )  # fmt: skip


def test_other_languages_are_written() -> None:
    german = Vocabulary(
        {"learning": ("Lernpunkte",), "rating": ("Freude:",), "follow-up": ("Offen",)}
    )
    text = apply("", changes.rate(Entry(DAY, "", german), 9))
    text = apply(text, changes.add_point(Entry(DAY, text, german), "eins"))
    assert text == "## Lernpunkte\n\n- eins\n\nFreude: 9/10\n"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Enjoyment: 7 – quiet\nDesk moved, ask Ann.\n", "Enjoyment: 6/10 – long\n\nDesk moved, ask Ann.\n"),
        ("Enjoyment: 7 – quiet\r\nDesk moved\r\nand more.\r\n", "Enjoyment: 6/10 – long\r\n\r\nDesk moved\r\nand more.\r\n"),
        ("- Enjoyment: 7/10 – quiet\n  Desk moved\n- x\n", "- Enjoyment: 6/10 – long\n\n  Desk moved\n- x\n"),
        ("> Enjoyment: 7 – quiet\n> Desk moved\n", "> Enjoyment: 6/10 – long\n\n> Desk moved\n"),
    ],
)  # fmt: skip
def test_another_remark_removes_no_line_below_the_rating(text: str, after: str) -> None:
    entry = Entry(DAY, text)
    assert apply(text, changes.rate(entry, 6, "long")) == after


def test_the_remark_in_the_line_of_the_rating_keeps_the_lines_below_it() -> None:
    text = "Enjoyment: 7 – quiet\nDesk moved.\n"
    entry = Entry(DAY, text)
    assert changes.remark_line(entry) == "quiet"
    assert apply(text, changes.rate(entry, 6, "quiet")) == "Enjoyment: 6/10 – quiet\nDesk moved.\n"
    assert apply(text, changes.rate(entry, 6, "")) == "Enjoyment: 6/10\n\nDesk moved.\n"
