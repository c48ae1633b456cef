"""Lines directly below an item or a paragraph, boxes of other programs, and unlabelled ratings."""

import pytest

from tests.entry.invariants import assert_consistent, read

NO_MARKER = "a follow-up without a list marker; write - before it"
SIGNS = {
    "[ ] a box": NO_MARKER,
    "[x] a box": NO_MARKER,
    "TODO call Bob": NO_MARKER,
    "DONE: call Bob": NO_MARKER,
    "☐ a sign": "“☐” doesn't begin a follow-up; write - [ ] in its place",
    "☑ a sign": "“☑” doesn't begin a follow-up; write - [x] in its place",
    "-[ ] no blank": "“-[ ]” doesn't begin a follow-up; write - [ ] in its place",
    "*[x] no blank": "“*[x]” doesn't begin a follow-up; write - [x] in its place",
    "todo: call Bob": "“todo” doesn't begin a follow-up; write - [ ] in its place",
}
ABOVE = {
    "": 0,
    "Prose.": 1,
    "- an item": 1,
    "- [ ] ring the plumber": 1,
    "## Lessons\n\n- one": 3,
    "- an item\n  of two lines": 2,
    "- an item\n\n  with a paragraph": 3,
    "- outer\n  - inner": 2,
    "Enjoyment: 7/10 tired": 1,
    "- Enjoyment: 7/10 tired": 1,
    "Learning points: one; two": 1,
    "Learning points:": 1,
    "- an item\nEnjoyment: 7/10": 2,
}


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("line", SIGNS)
def test_a_sign_of_a_follow_up_is_reported_wherever_its_line_is(above: str, line: str) -> None:
    entry = read(f"{above}\n{line}\n" if above else f"{line}\n")
    assert_consistent(entry)
    found = [problem.text for problem in entry.problems if problem.line == ABOVE[above] + 1]
    assert SIGNS[line] in found


@pytest.mark.parametrize("above", ["- an item\n  ", "- an item\n\n  ", "- a\n\n  b\n  "])
def test_a_sign_of_a_follow_up_within_an_item_is_reported(above: str) -> None:
    entry = read(f"{above}[ ] a box\n")
    assert [problem.text for problem in entry.problems] == [NO_MARKER]


@pytest.mark.parametrize("line", SIGNS)
def test_a_sign_of_a_follow_up_ends_a_remark_and_a_point(line: str) -> None:
    rated = read(f"Enjoyment: 7/10 tired\n{line}\n").rating
    assert rated and rated.remark == "tired"
    assert [point.text for point in read(f"Lessons learned: one; two\n{line}\n").points] == [
        "one",
        "two",
    ]


@pytest.mark.parametrize(
    "line", [*SIGNS, "Rating: 8/10", "**Mood**: 8/10 – tired", "energy:: 3/10"]
)
@pytest.mark.parametrize(
    "above", ["- a fine lesson", "- a\n- a fine lesson", "- a\n  - a fine lesson"]
)
@pytest.mark.parametrize("rest", ["", "\nand more of it", "\n- another"])
def test_what_is_reported_below_an_item_is_not_a_part_of_it(
    above: str, line: str, rest: str
) -> None:
    text = f"## Lessons\n\n{above}\n{line}{rest}\n"
    entry = read(text)
    assert_consistent(entry)
    told = [problem.line for problem in entry.problems]
    assert told == [text[: text.index(line)].count("\n") + 1]
    said = [point.text for point in entry.points]
    assert said[above.count("- ") - 1 - above.count("  - ")].endswith("a fine lesson")
    assert not any("and more" in point or line in point for point in said)
    assert (said[-1] == "another") == (rest == "\n- another")
    assert line not in "".join(text[point.start : point.end] for point in entry.points)


def test_a_line_below_an_item_is_read_and_reported_once() -> None:
    entry = read("- an item\nTODO call [learned:: ask first] and Action: rest\n[ ] more\n")
    assert [point.text for point in entry.points] == ["ask first"]
    assert [problem.line for problem in entry.problems] == [2, 3]


def test_a_follow_up_keeps_to_its_line_too() -> None:
    text = "- [ ] ring the plumber due:2014-10-08\n☐ order chairs\n- [ ] a\nEnergy: 3/10\n"
    assert [task.text for task in read(text).tasks] == ["ring the plumber", "a"]
    assert [text[task.start : task.end] for task in read(text).tasks] == [
        "- [ ] ring the plumber due:2014-10-08", "- [ ] a",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["  [ ] a box", "  Energy: 3/10", "8/10 of them", "8/10"])
def test_an_indented_line_or_a_bare_number_stays_in_its_item(line: str) -> None:
    [point] = read(f"## Lessons\n\n- a fine lesson of\n{line}\n").points
    assert point.text == f"a fine lesson of {line.strip()}"


@pytest.mark.parametrize(
    "text",
    [
        "- an item\n  [a link](x) goes on",
        "- an item\n  [1] a footnote",
        "- an item that says\n  Today we went on",
        "Prose that says\nDone with it all.",
        "- we were\n  NOW or never",
        "- an item – and\n- more of it",
        "- [ ] a box\n- [x] and another",
    ],
)
def test_a_line_that_only_continues_its_item_is_not_reported(text: str) -> None:
    assert read(text).problems == ()


@pytest.mark.parametrize("above", ["Prose.", "- an item", "Enjoyment 7/10 tired", "- a\n- b\n  c"])
@pytest.mark.parametrize(
    "label",
    ["Learning points", "Learning points:", "**Lessons**", "##Lessons learned", "##lessons"],
)
@pytest.mark.parametrize(
    "items", ["- one\n- two", "1) one\n2) two", "1. one\n2. two", "• one\n• two"]
)
def test_a_label_above_a_list_needs_no_blank_line_before_it(
    above: str, label: str, items: str
) -> None:
    entry = read(f"{above}\n{label}\n{items}\n")
    assert_consistent(entry)
    assert [point.text for point in entry.points] == ["one", "two"]
    assert entry.problems == ()
    if entry.rating:
        assert entry.rating.remark == "tired"


def test_a_label_within_an_item_is_that_of_the_list_in_it() -> None:
    entry = read("- Monday\n  Learning points\n  - one\n- Tuesday\n")
    assert [point.text for point in entry.points] == ["one"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Prose\n##Lessons learned\nask", 2, "“##Lessons learned” isn't read as a heading; write “## Lessons learned”"),
        ("Prose\n##Action items\n\n- call Bob", 2, "1 item without a box under “##Action items”"),
        ("Enjoyment 7/10 tired\nLearning points\n2) one", 2, "“Learning points” isn't read as a heading"),
        ("Prose\nLearning points:\n2. one\n3. two", 3, "2 lines under “Learning points” don't begin with “- ”"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_may_be_a_label_is_reported(text: str, line: int, said: str) -> None:
    problems = read(text).problems
    assert [problem.line for problem in problems if problem.text.startswith(said)] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "Prose about\nlessons\n- at school",
        "We sent them our\nfeedback\n- by post",
        "- an item about\n  lessons\n- another",
        "#lessons is a tag\n- and an item",
    ],
)
def test_a_word_that_continues_a_sentence_is_not_a_label(text: str) -> None:
    entry = read(text)
    assert (entry.points, entry.feedback, entry.problems) == ((), (), ())


@pytest.mark.parametrize("heading", ["## To-do list", "## Action items", "Next steps:"])
@pytest.mark.parametrize("box", ["[>]", "[?]", "☐", "-[ ]", "( )", "Todo", "NEXT"])
def test_an_item_with_another_box_is_not_one_without_a_box(heading: str, box: str) -> None:
    problems = read(f"{heading}\n\n- {box} call Bob\n- {box} or Ann\n").problems
    assert [problem.line for problem in problems] == [3, 4]
    assert not any("without a box" in problem.text for problem in problems)
    problems = read(f"{heading}\n\n- {box} call Bob\n- or Ann\n- or Joe\n").problems
    assert [problem.line for problem in problems] == [1, 3]
    assert problems[0].text.startswith("2 items without a box")


@pytest.mark.parametrize("box", ["[ ]", "[x]", "TODO", "DONE"])
def test_a_box_or_a_word_is_read_under_a_heading_that_may_mean_follow_ups(box: str) -> None:
    entry = read(f"## Action items\n\n- {box} call Bob\n")
    assert [task.text for task in entry.tasks] == ["call Bob"]
    assert entry.problems == ()


@pytest.mark.parametrize("above", ["", "Prose.\n", "- an item\n", "## Lessons\n\n- one\n"])
@pytest.mark.parametrize(
    "label", ["Rating", "The rating", "Enjoyments", "Tagesnote", "Energy level", "**Mood**"]
)
@pytest.mark.parametrize("rest", ["3/10", "7.5 / 10 – tired", "10/10!"])
def test_a_number_out_of_ten_after_another_label_is_reported(
    above: str, label: str, rest: str
) -> None:
    problems = read(f"{above}{label}: {rest}\n").problems
    assert [problem.line for problem in problems] == [above.count("\n") + 1]
    name = label.strip("*")
    assert "isn't read as a rating; write rating = " in problems[0].text
    assert f'["{name}"] under [sections] in journal.toml if it is one' in problems[0].text


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- Energy: 3/10", 1, "“Energy: 3/10”"),
        ("* Mood: 7.5/10 – tired", 1, "“Mood: 7.5/10”"),
        ("1. **Energy level**: 3 / 10", 1, "“Energy level: 3 / 10”"),
        ("- a\n- Energy = 3/10!", 2, "“Energy: 3/10”"),
        ("- today\n  - Energy: 3/10\n", 2, "“Energy: 3/10”"),
        ("- today\n\n  Energy: 3/10\n", 3, "“Energy: 3/10”"),
        ("- Energy: 3/10\n- Mood: 5/10\n- Sleep: 7/10\n", 1, "“Energy: 3/10”"),
        ("Energy:: 3/10", 1, "“Energy: 3/10”"),
        ("- energy:: 3/10", 1, "“energy: 3/10”"),
        ("[energy:: 3/10]", 1, "“energy: 3/10”"),
        ("(mood:: 3/10) and rest", 1, "“mood: 3/10”"),
        ("Energy – 3/10", 1, "“Energy: 3/10”"),
        ("Energy - 3/10, tired", 1, "“Energy: 3/10”"),
        ("| What | How |\n|---|---|\n| Energy | 3/10 |\n", 3, "“Energy: 3/10”"),
        ("## Energy: 3/10\n\nrest", 1, "“Energy: 3/10”"),
        ("- ## Energy: 3/10\n", 1, "“Energy: 3/10”"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_number_out_of_ten_is_reported_wherever_a_rating_may_be(
    text: str, line: int, said: str
) -> None:
    [problem] = read(text).problems
    assert problem.line == line
    assert problem.text.startswith(f"{said} isn't read as a rating; write ")


@pytest.mark.parametrize("line", ["8/10 tired", "8/10", "8.5/10 – good", "8 / 10, long"])
def test_a_line_that_begins_with_a_number_out_of_ten_is_reported(line: str) -> None:
    (problem,) = read(f"# A day\n\n{line}\n").problems
    assert problem.line == 3
    assert "isn't read as a rating; write “Enjoyment: 8" in problem.text


@pytest.mark.parametrize(
    "text",
    [
        "6/10 was the date of it",
        "10/6 was the date of it",
        "8/10 of the people came",
        "8/10/2014 we met",
        "8/10 we met\n\n9/10 we left",
        "- [ ] read the book: 3/10",
        "- pages: 3/10",
        "- 8/10 we met",
        "- Chapters read: 3/10",
        "- TODO read: 3/10",
        "- Energy: 3/10 people came",
        "## Learning points\n- Energy: 3/10",
        "- Enjoyment: 7/10\n- Energy: 3/10",
        "> - Energy: 3/10",
        "## 3/10",
        "Date: 6/10",
        "- Monday – 6/10",
        "| 3/10 | 4/10 |",
        "Tests: 3/10 failed",
        "So we agreed that this is: 3/10",
        "We gave it 8/10",
        "8/100",
        "Version: 3/10.2",
        "Energy: 3/10\nEnjoyment: 7/10",
        "`8/10`",
        "> 8/10 said Ann",
    ],
)
def test_other_numbers_out_of_ten_are_not_reported(text: str) -> None:
    assert read(text).problems == ()
