"""The enjoyment rating in every form that people write it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.model import shown
from journal_tui.entry.rating import canonical, parse
from journal_tui.entry.vocabulary import Vocabulary
from tests.entry.invariants import assert_consistent, read

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
    ("9+/10", 9, ""), ("9-/10", 9, ""), ("9\\/10 fine", 9, "fine"), ("9\\10", 9, ""), ("9️⃣/🔟 good", 9, "good"), ("🔟", 10, ""),
    ("８．５／１０ – ｇ８", 8.5, "ｇ８"), ("8 and a half, good", 8.5, "good"), ("eight and a half out of ten", 8.5, ""), ("9/10 -> good", 9, "good"),
    ("9/10 → good", 9, "good"), ("9/10 – 3/4 of it", 9, "3/4 of it"),
    ("nine", 9, ""), ("Nine.", 9, ""), ("**nine**", 9, ""), ("nine – good", 9, "good"), ("nine out of ten – good", 9, "good"),
    ("nine/10", 9, ""), ("zero", 0, ""), ("ten", 10, ""), ("seven-and-a-half", 7.5, ""), ("seven and a half – good", 7.5, "good"),
    ("9 because 10 came", 9, "because 10 came"), ("9 - 10 people came", 9, "10 people came"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "remark"), VALUES)
@pytest.mark.parametrize("label", ["Enjoyment: {}", "## Enjoyment\n\n{}"])
def test_values_and_remarks(label: str, written: str, value: float, remark: str) -> None:
    if label.startswith("#") and written in ("9.", "9 because 10 came"):
        assert read(label.format(written)).rating is None
    else:
        assert_rated(label.format(written), value, remark)


WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize("number", range(11))
@pytest.mark.parametrize(
    ("form", "remark"),
    [
        ("Enjoyment: {}", ""), ("Enjoyment: {} – good", "good"), ("Enjoyment: {} out of ten, good", "good"),
        ("Enjoyment: {} (good)", "(good)"), ("Enjoyment {}", ""), ("Enjoyment {} – good", "good"), ("**Enjoyment:** {}/10", ""),
        ("- Enjoyment: {}", ""), ("Enjoyment:\n\n{}", ""), ("[enjoyment:: {}]", ""), ("> Enjoyment: {}", ""),
    ],
)  # fmt: skip
def test_a_number_may_be_a_word(form: str, remark: str, number: int) -> None:
    for word in (WORDS[number], WORDS[number].title(), WORDS[number].upper()):
        assert_rated(form.format(word), number, remark)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "rest", [" people came", " of the best days", ", no", "-ish", "fold", "'s"]
)
def test_a_word_that_begins_a_sentence_is_not_a_rating(word: str, rest: str) -> None:
    for label in ("Enjoyment ", "## Enjoyment\n\n"):
        assert read(f"{label}{word}{rest}").rating is None
    if rest != ", no":
        entry = read(f"Enjoyment: {word}{rest}")
        assert entry.rating is None and entry.problems, "it is reported"


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
        "Enjoyment level: 9 – good", "Enjoyment score = 9/10 – good", "Overall enjoyment: 9 – good", "Daily enjoyment score 9/10 – good",
        "Enjoyment (1-10): 9 – good", "Enjoyment (0 to 10) 9 – good", "Enjoyment [out of 10]: 9 – good", "Enjoyment (/10): 9 – good",
        "Enjoyment (work): 9 – good", "Enjoyment (9/10): good", "Enjoyment (9) – good", "Enjoyment: (9/10) good", "Enjoyment: [9] good",
        "Enjoyment -> 9 – good", "Enjoyment → 9/10 – good", "Enjoyment: about 9 – good", "Enjoyment: ~9/10 – good", "Enjoyment: nine – good",
        "Enjoyment: nine out of ten – good", "Enjoyment: ★★★★★★★★★☆ good", "Enjoyment: ⭐⭐⭐⭐⭐⭐⭐⭐⭐ – good", "Enjoyment: 9 stars – good",
        "> Enjoyment: 9/10 – good", "> said\n> Enjoyment: 9/10 – good", "> - Enjoyment: 9/10 – good", "> [!note] Enjoyment: 9/10 – good",
        "> [!note]\n> Enjoyment: 9/10 – good", "> Enjoyment: 3 – bad\n\nEnjoyment: 9/10 – good", "Enjoyment: 9/10 – good\n\n> Enjoyment: 3",
        "---\nrating: 3\n---\n> Enjoyment: 9 – good", "| Enjoyment | 9/10 | good |", "| Mood | fine |\n| **Enjoyment** | 9/10 | good |\n| Weather | - |",
        "[enjoyment:: 9] – good", "[enjoyment:: 9/10 – good]", "(enjoyment:: 9) good", "[Enjoyment rating:: 9, good]", "enjoyment:: 9 – good",
        "- [enjoyment:: 9 – good]", "A day [enjoyment:: 9 – good] of rain", "• Enjoyment: 9 – good", "–\u00a0Enjoyment: 9/10 – good",
        "##\u00a0Enjoyment: 9/10 – good",
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
        "Enjoyment was great today", "Enjoyment of the work is all", "Enjoyment 9 people came",
        "Enjoyments: 9", "Enjoyment-based: 9", "Enjoyment9", "Enjoyment", "Enjoyment – what a word", "Enjoyment?", "Enjoyment…",
        "The rating: 9", "Rating: 9", "    Enjoyment: 9/10", "```\nEnjoyment: 9/10\n```",
        "`Enjoyment: 9/10`", "- [ ] Enjoyment: 9/10", "## Enjoyment\n\n9 people came", "## Enjoyment\n\n```\n```\n\n9",
        "## Enjoyment\n\n# Else\n\n9", "Enjoyment:", "Enjoyment: ", "Enjoyment: –", "Enjoyment: ?",
        "`[enjoyment:: 7]`", "[enjoyment:: ]", "[enjoyment: 7]", "Enjoyment at the depot",
        "| Enjoyment | |", "Enjoyment: /10", "**Enjoyment:** __", "Enjoyment: …/10", "", "<!-- Enjoyment: 9/10 -->",
    ],
    ids=repr,
)  # fmt: skip
def test_no_rating_and_no_problem(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert (entry.rating, entry.problems) == (None, ())


FOR_ALL = ', or scale = "{}" in journal.toml for every rating'
NOT_READ = "this isn't read as a rating; write it as “Enjoyment: {}”"
NO_NUMBER = "the rating needs a number from 0 to 10, such as 7.5"


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
        ("Enjoyment: 7/0", 1, "a rating is out of 10, not out of 0"),
        ("Enjoyment: 0 out of 0", 1, "a rating is out of 10, not out of 0"),
        ("---\nrating: [7]\n---\n", 1, "`rating:` in the front matter: it isn't a number from 0 to 10"),
        ("---\nenjoyment:\n  value: 7\n---\n", 1, "`enjoyment:` in the front matter: it isn't a number from 0 to 10"),
        ("Enjoyment 90/100", 1, f'a rating is out of 10, not out of 100; write 9/10{FOR_ALL.format("0-100")}'),
        ("Enjoyment: 4/5 – ok", 1, f'a rating is out of 10, not out of 5; write 8/10{FOR_ALL.format("1-5")}'),
        ("Enjoyment: 3/4 – ok", 1, "a rating is out of 10, not out of 4; write 7.5/10"),
        ("Enjoyment: 90%", 1, f'a rating is out of 10, not a percentage; write 9/10{FOR_ALL.format("0-100")}'),
        ("Enjoyment: 8-9/10 – x", 1, "a rating is one number, not 8-9/10; write one, such as 8.5/10"),
        ("Enjoyment: 7 or 8", 1, "a rating is one number, not 7 or 8; write one, such as 7.5/10"),
        ("Enjoyment: 11-12", 1, "a rating is one number, not 11-12"),
        ("Enjoyment: ★★★★☆ nice", 1, f'a rating is out of 10, not out of 5; write 8/10{FOR_ALL.format("1-5")}'),
        ("Enjoyment: ⭐⭐⭐", 1, f'3 stars may be out of 5 or out of 10; write 6/10{FOR_ALL.format("1-5")}'),
        ("Enjoyment: 1 star", 1, f'1 star may be out of 5 or out of 10; write 2/10{FOR_ALL.format("1-5")}'),
        ("Enjoyment (1-5): 4", 1, f'a rating is out of 10, not out of 5; write 8/10{FOR_ALL.format("1-5")}'),
        ("Enjoyment (out of 5): 4", 1, f'a rating is out of 10, not out of 5; write 8/10{FOR_ALL.format("1-5")}'),
        ("[enjoyment:: 4/5]", 1, f'a rating is out of 10, not out of 5; write 8/10{FOR_ALL.format("1-5")}'),
        ("Enjoyment: 7.5calm", 1, "the number needs a space after it, as in “7.5 calm”"),
        ("- Enjoyment: 8good day", 1, "the number needs a space after it, as in “8 good”"),
        ("Enjoyment: 7th", 1, NO_NUMBER),
        ("Enjoyment: 9am", 1, NO_NUMBER),
        ("Enjoyment: 7of10", 1, NO_NUMBER),
        ("[enjoyment:: fine]", 1, NO_NUMBER),
        ("a [enjoyment:: 11]", 1, "the rating 11 is not between 0 and 10"),
        ("> Enjoyment: lots", 1, NO_NUMBER),
        ("| Enjoyment | Weather |\n|---|---|\n| 8 | sun |", 1, NO_NUMBER),
        ("Enjoyment: one of the best", 1, NO_NUMBER),
        ("Enjoyment was 9/10 today", 1, NOT_READ.format("9/10")),
        ("Enjoyment of the team: 8", 1, NOT_READ.format("8/10")),
        ("- Enjoyment at work, 7 out of 10", 1, NOT_READ.format("7/10")),
        ("a\nEnjoyment was 4/5", 2, NOT_READ.format("4/5")),
        ("Enjoyment was ★★★", 1, NOT_READ.format("8/10")),
        ("Enjoyment: great", 1, NO_NUMBER),
        ("Enjoyment: 9:30", 1, NO_NUMBER),
        ("Enjoyment: 9th", 1, NO_NUMBER),
        ("Enjoyment: ٩/10", 1, NO_NUMBER),
        ("Enjoyment: 1️⃣0️⃣", 1, NO_NUMBER),
        ("Enjoyment: 8. 5/10", 1, "a rating is one number, not 8. 5/10"),
        ("Enjoyment: 8 – 9/10 good", 1, "a rating is one number, not 8 – 9/10"),
        ("Enjoyment: 8/10/2014", 1, "a rating is one number, not 8/10/2014"),
        ("Enjoyment: great, 9/10", 1, NOT_READ.format("9/10")),
        ("Enjoyment: `9/10`", 1, NOT_READ.format("9/10")),
        ("Enjoyement: 9/10", 1, NOT_READ.format("9/10")),
        ("**Enjoiment**: 9/10 – good", 1, NOT_READ.format("9/10")),
        ("- Work enjoyment: 9/10", 1, NOT_READ.format("9/10")),
        ("Enjoyed: 9/10", 1, NOT_READ.format("9/10")),
        ("Enjoyment-9/10", 1, NOT_READ.format("9/10")),
        ("## Enjoyment: great", 1, NO_NUMBER),
        ("- Enjoyment: n/a", 1, NO_NUMBER),
        ("---\ntags: x\nrating: 12\n---\n", 3, "`rating:` in the front matter: the rating 12 is not between 0 and 10"),
        ("---\nenjoyment: yes\n---\n", 2, "`enjoyment:` in the front matter: it isn't a number from 0 to 10"),
    ],
    ids=repr,
)  # fmt: skip
def test_an_invalid_rating_is_reported(text: str, line: int, problem: str) -> None:
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


NAMES = [
    (),
    ("Mood",),
    ("How it went", "Freude"),
    ("Skål",),
    ("\u017fpaß", "Mood"),
    ("Kelvin \u212a",),
]


@given(
    st.lists(
        st.sampled_from(
            ["Enjoyment", "ENJOYMENT", "enjoy", "Mood", "how  it went", "freude", "skål", "spaß", "\u017fpass", "today's ",
             "**", ": ", " – ", "9/10", "(1-10)", "| ", " ", "#", "x"]
        ),
        max_size=6,
    ),
    st.sampled_from(NAMES),
)  # fmt: skip
def test_a_quick_look_misses_no_label(pieces: list[str], names: tuple[str, ...]) -> None:
    text = "".join(pieces)
    vocabulary = Vocabulary({"rating": names})
    found = vocabulary.rating(text)
    # With a character outside ASCII at its end, a line is read by the pattern alone.
    assert (found is None) is (vocabulary.rating(f"{text} \u2603") is None)


@pytest.mark.parametrize(
    ("written", "value"), [("8'5/10", 8.5), ("8’5", 8.5), ("8'", 8), ("8'tea", 8), ("8'55", 8)]
)
def test_an_apostrophe_may_be_the_decimal_point(written: str, value: float) -> None:
    rating = read(f"Enjoyment: {written}").rating
    assert rating is not None
    assert rating.value == value


@pytest.mark.parametrize("struck", ["~~7/10~~", "<del>7/10</del>"])
def test_what_was_struck_out_is_not_advised(struck: str) -> None:
    [problem] = read(f"Enjoyment: {struck} 8/10").problems
    assert problem.text.endswith("write it as “Enjoyment: 8/10”")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<div>\nEnjoyment: 9/10\n</div>", 2),
        ("<p>Enjoyment: 9/10</p>", 1),
        ("<table>\n<tr><td>Enjoyment</td><td>9/10</td></tr>\n</table>", 2),
    ],
)
def test_a_rating_in_html_is_reported(text: str, line: int) -> None:
    entry = read(text)
    assert entry.rating is None
    assert [problem.line for problem in entry.problems] == [line]


@pytest.mark.parametrize("text", ["<!-- Enjoyment: 9/10 -->", "<p>Enjoyment 9 people came</p>"])
def test_other_html_is_no_rating(text: str) -> None:
    assert read(text).problems == ()
