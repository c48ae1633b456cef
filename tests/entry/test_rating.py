"""The enjoyment rating in every form that people write it in."""

import pytest
from invariants import assert_consistent, read

from journal_tui.entry.rating import canonical, parse, shown

VALUES = [
    ("9/10", 9, ""), ("9 / 10", 9, ""), ("9/ 10", 9, ""), ("9⁄10", 9, ""), ("9 out of 10", 9, ""), ("9 out of ten", 9, ""),
    ("9 points out of 10", 9, ""), ("9 von 10", 9, ""), ("9 of 10", 9, ""), ("7.5/10", 7.5, ""), ("7,5/10", 7.5, ""),
    ("7.25/10", 7.25, ""), ("7½", 7.5, ""), ("7 ½/10", 7.5, ""), ("7 1/2 / 10", 7.5, ""), ("½", 0.5, ""), ("0", 0, ""),
    ("10", 10, ""), ("10/10", 10, ""), ("9", 9, ""), ("9.", 9, ""), ("9/10!", 9, ""), ("9/10 -", 9, ""),
    ("**9/10**", 9, ""), ("**9**/10", 9, ""), ("_9/10_ – ok", 9, "ok"), ("**9/10 – ok**", 9, "ok"),
    ("**9/10** – ok *now*", 9, "ok *now*"), ("9/10 – good day", 9, "good day"), ("9/10 – good day.", 9, "good day."),
    ("9/10 - good day", 9, "good day"), ("9/10 — good day", 9, "good day"), ("9/10 − good", 9, "good"),
    ("9/10 -- good day", 9, "good day"), ("9/10—good", 9, "good"), ("9/10-good", 9, "good"), ("9/10, good", 9, "good"),
    ("9/10: good", 9, "good"), ("9/10; good", 9, "good"), ("9/10. Good", 9, "Good"), ("9/10... good", 9, "good"),
    ("9/10 good day", 9, "good day"), ("9/10 (good)", 9, "(good)"), ("9 – good", 9, "good"), ("9, good", 9, "good"),
    ("9/10 – good: very – good", 9, "good: very – good"), ("9/10 – 3 of 4 won", 9, "3 of 4 won"),
    ("9/10 – went\non well", 9, "went on well"), ("9/10\nnot the remark", 9, ""), ("9/10 –  a   b ", 9, "a b"),
    ("9 because 10 came", 9, "because 10 came"), ("9 - 10 people came", 9, "10 people came"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "remark"), VALUES)
@pytest.mark.parametrize("label", ["Enjoyment: {}", "## Enjoyment\n\n{}"])
def test_values_and_remarks(label: str, written: str, value: float, remark: str) -> None:
    if label.startswith("#") and written in ("9.", "9 because 10 came"):
        assert read(label.format(written)).rating is None
    else:
        assert_rated(label.format(written), value, remark)


@pytest.mark.parametrize(
    "text",
    [
        "Enjoyment 9/10 – good", "Enjoyment rating: 9/10 – good", "Enjoyment rating 9/10 – good",
        "Today's enjoyment rating: 9/10 – good", "Today’s enjoyment rating 9/10 – good", "ENJOYMENT:9/10 – good",
        "**Enjoyment:** 9/10 – good", "**Enjoyment**: 9/10 – good", "**Enjoyment** 9/10 – good", "*Enjoyment*: 9/10 – good",
        "__Enjoyment__ 9/10 – good", "***Enjoyment:*** 9/10 – good", "**Enjoyment: 9/10 – good**", "**Enjoyment**: *9/10* – good",
        "## Enjoyment: 9/10 – good", "## Enjoyment 9/10 – good ##", "##   Enjoyment:    9/10 – good", "### **Enjoyment**\n\n9/10 – good",
        "## Enjoyment\n**9/10** – good", "## Enjoyment\n\n- 9/10 – good", "Enjoyment\n---\n9/10 – good",
        "Enjoyment: 9/10 – good\n===", "Enjoyment:\n9/10 – good", "Enjoyment:\n\n9/10 – good", "**Enjoyment**\n\n9/10 – good",
        "- Enjoyment: 9/10 – good", "* **Enjoyment**: 9/10 – good", "1. Enjoyment: 9/10 – good", "- a\n  - Enjoyment: 9/10 – good",
        "- a\nEnjoyment: 9/10 – good", "- a\n\n  Enjoyment: 9/10 – good", "prose\nEnjoyment: 9/10 – good",
        "Learning points: a; b\nEnjoyment: 9/10 – good", "Enjoyment: 9/10 – good\nLearning points: a; b",
        "Enjoyment: 9/10 – good\nLearning points:\n- a", "Enjoyment – 9/10 – good", "Enjoyment - 9/10 – good", "Enjoyment — 9/10 – good",
        "Enjoyment:: 9/10 – good", "Enjoyment：9/10 – good", "Enjoyment : 9/10 – good", "Enjoyment today: 9/10 – good",
        "Enjoyment for today: 9/10 – good", "My enjoyment of the day: 9/10 – good", "😀 Enjoyment: 9/10 – good",
        "Enjoyment 🙂: 9/10 – good", "## 🙂 Enjoyment\n9/10 – good", "  Enjoyment: 9/10 – good  ", "\ufeffEnjoyment: 9/10 – good",
        "Enjoyment: 9/10 – good\r\n\r\nmore", "Enjoyment: 9/10 – good\r\rmore", "Enjoyment:\t9/10\t–\tgood",
        "---\nenjoyment: 9/10 – good\n---\n", "---\nRating: 9 - good\n---\nprose", "---\nrating: 3\n---\nEnjoyment: 9/10 – good",
        "---\nrating: 9/10 – good\n---\nEnjoyment: \n",
    ],
    ids=repr,
)  # fmt: skip
def test_labels(text: str) -> None:
    assert_rated(text, 9, "good")


def assert_rated(text: str, value: float, remark: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert entry.rating
    assert (entry.rating.value, entry.rating.remark) == (value, remark)
    assert not entry.problems
    slot = entry.outline.slot
    if slot and slot.value_start < slot.value_end:
        line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[entry.rating.line - 1]
        assert text[slot.value_start : slot.value_end].rstrip("*_ ") in line


@pytest.mark.parametrize(
    "text",
    [
        "Enjoyment was 9/10", "Enjoyment was great today", "Enjoyment of the work is all", "Enjoyment 9 people came",
        "Enjoyments: 9/10", "Enjoyment-based: 9", "Enjoyment9", "Enjoyment", "Enjoyment – what a word", "Enjoyment?", "Enjoyment…",
        "The rating: 9/10", "Rating: 9/10", "> Enjoyment: 9/10", "    Enjoyment: 9/10", "```\nEnjoyment: 9/10\n```",
        "`Enjoyment: 9/10`", "- [ ] Enjoyment: 9/10", "## Enjoyment\n\n9 people came", "## Enjoyment\n\n```\n```\n\n9/10",
        "## Enjoyment\n\n# Else\n\n9/10", "Enjoyment\n9/10", "Enjoyment:", "Enjoyment: ", "Enjoyment: –", "Enjoyment: ?",
        "Enjoyment: /10", "**Enjoyment:** __", "Enjoyment: …/10", "", "<!-- Enjoyment: 9/10 -->",
    ],
    ids=repr,
)  # fmt: skip
def test_no_rating_and_no_problem(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert (entry.rating, entry.problems) == (None, ())


NO_NUMBER = "no number from 0 to 10 follows the rating's label"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("Enjoyment: 11/10", 1, "the rating 11 is not between 0 and 10"),
        ("Enjoyment: 10.4", 1, "the rating 10.4 is not between 0 and 10"),
        ("Enjoyment: 10,4/10 – x", 1, "the rating 10,4 is not between 0 and 10"),
        ("Enjoyment: 10.000000001", 1, "the rating 10.000000001 is not between 0 and 10"),
        ("Enjoyment: -0.1/10", 1, "the rating -0.1 is not between 0 and 10"),
        ("---\nrating: 10.4\n---\n", 2, "`rating:` in the front matter: the rating 10.4 is not between 0 and 10"),
        ("Enjoyment: 10½", 1, "the rating 10½ is not between 0 and 10"),
        ("a\n\nEnjoyment: -1/10", 3, "the rating -1 is not between 0 and 10"),
        ("Enjoyment: 9/5", 1, "a rating is out of 10, not out of 5"),
        ("Enjoyment 90/100", 1, "a rating is out of 10, not out of 100"),
        ("Enjoyment: 90%", 1, "a rating is out of 10, not a percentage"),
        ("Enjoyment: 8-9/10 – x", 1, "a rating is one number, not 8-9/10"),
        ("Enjoyment: great", 1, NO_NUMBER),
        ("Enjoyment: 9:30", 1, NO_NUMBER),
        ("Enjoyment: 9th", 1, NO_NUMBER),
        ("Enjoyment: ９/10", 1, NO_NUMBER),
        ("## Enjoyment: great", 1, NO_NUMBER),
        ("- Enjoyment: n/a", 1, NO_NUMBER),
        ("---\ntags: x\nrating: 12\n---\n", 3, "`rating:` in the front matter: the rating 12 is not between 0 and 10"),
        ("---\nenjoyment: yes\n---\n", 2, "`enjoyment:` in the front matter: it isn't a number from 0 to 10"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_rating_that_is_none_is_a_problem(text: str, line: int, problem: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert entry.rating is None
    assert entry.problems == ((line, problem),)


def test_the_later_of_two_ratings_counts_and_is_a_problem() -> None:
    entry = read("Enjoyment: 3 – rain\n\nEnjoyment: 9/10 – sun")
    assert entry.rating == (9, "sun", 3)
    assert entry.problems == ((3, "rated on line 1 and again on line 3; the later one counts"),)
    assert read("Enjoyment: 3\n\nEnjoyment: 11/10").rating == (3, "", 1)
    assert read("Enjoyment: 3\n\nEnjoyment:").rating == (3, "", 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(9, "9"), (7.5, "7.5"), (0, "0"), (-0.0, "0"), (10, "10"), (7.12345, "7.1235"), (1e-9, "0")],
)
def test_values_as_people_write_them(value: float, text: str) -> None:
    assert shown(value) == text
    read_back = parse(canonical(value, " good \n day "))
    assert read_back
    assert (read_back.value, read_back.remark) == (float(text), "good day")
