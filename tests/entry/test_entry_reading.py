"""What is read from texts as people write, paste and import them: points, titles, tasks, sections."""

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.entry import Entry
from journal_tui.entry.markdown_lines import as_markdown, list_item
from journal_tui.entry.parser import number_of_words
from journal_tui.entry.vocabulary import Vocabulary
from tests.entry.invariants import DAY, LINE_END, assert_consistent, read

LABELS = [
    "Learning points", "Learning point", "learning points", "LEARNING POINTS", "Learnings", "Lesson", "Lessons",
    "Lessons learned", "Lesson learnt", "Lessons learnt", "What I learned", "What I've learnt", "What I’ve learned",
    "What I have learned", "What I learned today", "Today I learned", "Learning points for today", "Today's learning points",
    "Today’s lessons", "My learning points", "Key learnings", "The lessons of the day", "Things I learned today",
    "💡 Learning points", "Learning points 💡", "Learning points (afternoon)", "Learning points [draft]", "Learning points #weekly",
    "Learning points #a/b #c", "Takeaways", "Key takeaway", "Take-aways", "What we learned", "What I learnt today", "Learning-points",
    "Other lessons", "Weekly lessons learned", "Further learning points",
]  # fmt: skip
FORMS = [
    "## {}\n\n- {}\n- {}\n", "## {}:\n- {}\n- {}", "# {}\n- {}\n- {}", "###### {}\n\n* {}\n* {}", "## **{}**\n+ {}\n+ {}",
    "## *{}:*\n\n1. {}\n2. {}", "## {} ##\n- {}\n- {}", "   ## {}\n- {}\n- {}", "{}\n===\n\n- {}\n- {}",
    "{}\n---\n- {}\n- {}", "{}:\n- {}\n- {}", "{}\n\n- {}\n- {}", "{}\n- {}\n- {}", "**{}**\n- {}\n- {}",
    "**{}:**\n\n- {}\n- {}", "**{}**:\n- {}\n- {}", "*{}*\n\n- {}\n- {}", "_{}:_\n- {}\n- {}", "__{}__\n- {}\n- {}",
    "***{}***\n\n1) {}\n2) {}", "{} :\n- {}\n- {}", "Some prose\n{}:\n- {}\n- {}", "Some prose\n**{}**\n- {}\n- {}",
    "- Before\n{}:\n- {}\n- {}", "- {}:\n  - {}\n  - {}\n- After", "{}: {}; {}", "{}: {}; and {}.", "**{}:** {}; {}",
    "**{}: {}; {}.**", "*{}*: {}; {};", "{}:\n{};\n{}", "Some prose\n{}: {};\n{}\nEnjoyment: 9/10", "- {}: {}; {}",
    "# Day 1\n\n{}: {};\nand {}.", "\ufeff## {}\n\n- {}\n- {}", "## {}\r\n\r\n- {}\r\n- {}\r\n", "## {}\r\r- {}\r- {}\r",
    "---\na: b\n---\n## {}\n- {}\n- {}", "## {}\n\n- {}\n\n\n- {}\n", "## {}\n\n Intro.\n\n- {}\n\nBetween\n\n- {}",
    "## {}\n\n```\n- code\n```\n- {}\n- {}", "## {}\n- {}\n\n### More\n\n- {}\n\n## Other\n- no",
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "form", ["## {}\n\n- {}\n- {}\n", "{}:\n- {}\n- {}", "**{}:** {}; and {}."]
)
def test_every_name_of_the_section(label: str, form: str) -> None:
    assert_points(form.format(label, "ask first", "then, and only then, act"))


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_every_form_of_the_section(form: str) -> None:
    assert_points(form.format("Learning points", "ask first", "then, and only then, act"))


def assert_points(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert [point.text for point in entry.points] == ["ask first", "then, and only then, act"]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Learning points: a, b and c; d and e; the band played.", ["a, b and c", "d and e", "the band played"]),
        ("Learning points: one; and two; three and; four", ["one", "two", "three", "four"]),
        ("Learning points: one;\ntwo; and\nthree.", [("one", 1), ("two", 2), ("three", 3)]),
        ("Learning points: one\ngoes on; two", [("one goes on", 1), ("two", 2)]),
        ("Learning points: one; ; ;two;", ["one", "two"]),
        ("Learning points: wait...", ["wait..."]),
        ("Learning points: use `a;b`; R&amp;D pays", ["use `a;b`", "R&amp;D pays"]),
        ("Learning points：一；二", ["一", "二"]),
        ("Learning points: one; two\nFeedback:\n- fine", ["one", "two"]),
        ("Learning points: one; two\nEnjoyment of the team is all", ["one", "two Enjoyment of the team is all"]),
        ("Lesson: never on a Friday", ["never on a Friday"]),
        ("Learning points: one\n- two\n- three", ["one", ("two", 2), ("three", 3)]),
        ("Learning points: one\n\n- none\n- none", ["one"]),
        ("## Lessons\n\nLesson: one\n\n- two", ["one", ("two", 5)]),
        ("Learning points:\n- one\nEnjoyment: 9/10", ["one"]),
        ("prose\nLearning points:\n- one\n\nprose\n\n- none", ["one"]),
        ("## Lessons\n\n- one\n  - two\n    - three\n  - four\n- five", [("one – two – three; four", 3), ("five", 7)]),
        ("## Lessons\n- one\n  goes\non\n- two\n\n  and more\n", ["one goes on", ("two and more", 5)]),
        ("## Lessons\n- # no heading\n- \\# a sign\n- 1\\. a number\n- > a quote", ["no heading", "# a sign", "1. a number", "a quote"]),
        ("## Lessons\n-\n- \n- one", [("one", 4)]),
        ("## Lessons\n- one\nEnjoyment: 9/10\n\n  no more of it\n  - nor this", ["one"]),
        ("## Lessons\n- [ ] open\n- [x] done", ["open", "done"]),
        ("## Lessons\n- Enjoyment: 9/10\n- one", ["one"]),
        ("## Lessons\n- one\n\nEnjoyment: 9/10\n\n- none", ["one"]),
        ("## Lessons\n- one\n# Title\n- none", ["one"]),
        ("# Lessons\n## Deeper\n- one\n# Else\n- none", ["one"]),
        ("## Lessons\n- one\n## Feedback\n- none", ["one"]),
        ("## Lessons\n- Enjoyment\n- Feedback:\n  - x", ["Enjoyment", "Feedback: – x"]),
        ("## Lessons\n\nonly prose, no list", []),
        ("Learning points:\n\nprose\n\n- none", []),
        ("Learning points:\n***\n- none", []),
        ("Learning points:\n```\n```\n- none", []),
        ("```\n## Lessons\n- none\n```", []),
        ("~~~\n## Lessons\n- none", []),
        ("    ## Lessons\n\n- none", []),
        ("> ## Lessons\n> - none", []),
        ("> [!tip] Learning points\n> - one\n> - two\n\n- none", ["one", "two"]),
        ("> [!tip]- Learning points #weekly\n>\n> prose\n>\n> - one\n\nLessons:\n- two", ["one", "two"]),
        ("> [!lesson]\n> - one\n>   - two", ["one – two"]),
        ("> [!takeaways|wide]+ The depot\n> • one", ["one"]),
        ("> [!note] A note\n> ## Lessons\n> - one\n> ## Else\n> - none", ["one"]),
        ("> [!note]\n> **Lessons:**\n> - one\n>\n> prose\n>\n> - none", ["one"]),
        ("> [!note] Lessons: one; two", ["one", "two"]),
        ("> [!note] Lessons\n> > - none\n> - one", ["one"]),
        ("## Lessons\n> [!note] Feedback\n> - none\n\n- one", ["one"]),
        ("## Lessons\n> [!note] More\n> - one\n\n- two", ["one", "two"]),
        ("- ## Lessons\n\t- one\n\t\t- two\n\t- three\n- none", ["one – two", "three"]),
        ("- ## Lessons\n  collapsed:: true\n  - one\n- none\n  - none", ["one"]),
        ("- Monday\n  - Lessons\n    - one\n  - Lunch\n    - none", ["one"]),
        ("- Lessons\n  - one\n\n- none", ["one"]),
        ("- [[Lessons learned]]\n  - one", ["one"]),
        ("- #lessons-learned\n  - one", ["one"]),
        ("- Lessons\n- none", []),
        ("1. What happened\n\n   prose\n\n2. Lessons\n\n- one\n- two", ["one", "two"]),
        ("1) What happened\n2) Learning points\n* one\n\nprose\n\n* none", ["one"]),
        ("## Lessons\n\n- one\n\n- ## Lessons\n  - two", ["one", "two"]),
        ("## Learning points – the depot\n- one\n## Lessons learned: the move\n- two", ["one", "two"]),
        ("Learning points (afternoon): one; two", ["one", "two"]),
        ("Learning points #depot: one; two", ["one", "two"]),
        ("## Lessons\n- one\n\n  second\n\n  third\n- two", ["one second third", ("two", 7)]),
        ("## Lessons\n\n1. one\n\n   second\n\n2. two", ["one second", ("two", 7)]),
        ("## Lessons\n• one\n\n  second\n• two", ["one second", ("two", 5)]),
        ("## Lessons\n\n•\tone\n◦\ttwo", ["one", ("two", 4)]),
        ("## Lessons\n\n• one\n  ◦ two\n    ▪ three\n• four", ["one – two – three", ("four", 6)]),
        ("## Lessons\n\n\t•\tone\n\t\t◦\ttwo\n\t•\tthree", ["one – two", "three"]),
        ("## Lessons\n\n    • one\n    • two", ["one", "two"]),
        ("## Lessons\n·         one\n·         two", ["one", "two"]),
        ("## Lessons\n-\u00a0one\n1.\u00a0two", ["one", "two"]),
        ("##\u00a0Lessons\n*\u00a0\u00a0one", ["one"]),
        ("Lessons:\n– one\n– two", ["one", "two"]),
        ("**Lessons**\n— one", ["one"]),
        ("## Lessons\n- one\n– two\n- three", ["one", "two", "three"]),
        ("## Lessons\n- one is\n  – so he says – good", ["one is – so he says – good"]),
        ("> [!tip] Lessons\n> – one\n> – two", ["one", "two"]),
        ("## Lessons\n•one\n\n• \n• two", [("two", 5)]),
        ("## Lessons\n```\n• none\n```\n• one", ["one"]),
        ("## Lessons\n\n- one\n- [ ] a promise due:2014-10-13", ["one"]),
        ("## Lessons\n> - none\n\n- one", ["one"]),
        ("<!--\n## Lessons\n- none\n-->", []),
        ("##Lessons\n- one", ["one"]),
        ("# 3 most important things I learned today\n- one", ["one"]),
        ("# Three things I learned\n- one", ["one"]),
        ("Top 3 learnings\n- one", ["one"]),
        ("## The two most important lessons:\n- one", ["one"]),
        ("## One thing I learnt\n- one", ["one"]),
        ("## 3 wins today\n- none", []),
        ("## Three things I bought\n- none", []),
        ("Learning points one; two", []),
        ("The learning points: none", ["none"]),
        ("Some learning points: none", []),
        ("prose\nLearning points\n- one", ["one"]),
        ("prose\nlearning points\n- none", []),
        ("Lessons learned from the outage\n- none", []),
        ("## Lessons of a long week\n- none", []),
        ("## Lessons\n- a\x00b\n", ["a\ufffdb"]),
        ("## Lessons\n- \\# a\n- 1\\. b\n- c \\# d\n", ["# a", "1. b", "c \\# d"]),
        ("## Lessons\n- a\u2028b", ["a b"]),
        ("\x0b\nLearning points: one", [("one", 2)]),
        ("Learning points:\n\x85\n- one", [("one", 3)]),
    ],
    ids=repr,
)  # fmt: skip
def test_points(text: str, points: Iterable[str | tuple[str, int]]) -> None:
    entry = read(text)
    if "\0" not in text:
        assert_consistent(entry)
    found = {point.text: point.line for point in entry.points}
    assert list(found) == [point if isinstance(point, str) else point[0] for point in points]
    for point in points:
        if not isinstance(point, str):
            assert found[point[0]] == point[1]


def test_a_point_says_which_line_it_is_on() -> None:
    text = "# T\n\n## Lessons\n\n- one\n  more\n- two\nEnjoyment: 9/10\n"
    assert [text[p.start : p.end] for p in read(text).points] == ["- one\n  more", "- two"]
    text = "So.\nLearning points: one; two; and\nthree."
    assert [text[p.start : p.end] for p in read(text).points] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        ("# Day 168 – Monday 6 October 2014\n\nprose", "Day 168 – Monday 6 October 2014", 168),
        ("Day 168: the depot\n\nprose", "Day 168: the depot", 168),
        ("**Day 7**\nprose", "**Day 7**", 7),
        ("# _Day 7_", "_Day 7_", 7),
        ("DAY  12", "DAY 12", 12),
        ("prose first\n\n# Then Day 3", "Then Day 3", 3),
        ("prose\n\nDay 3", "prose", None),
        ("Birthday 5", "Birthday 5", None),
        ("Day 5th", "Day 5th", None),
        ("Day ٣", "Day ٣", None),
        ("## Learning points\n- a\n\n# The title", "The title", None),
        ("## Learning points\n- a", "Learning points", None),
        ("Title\n=====\nprose", "Title", None),
        ("---\ntitle: x\n---\n\nThe first line\n", "The first line", None),
        ("---\n\n* * *\nAfter two rules\n---x\n", "After two rules", None),
        ("> # Quoted\n\nprose", "> # Quoted", None),
        ("#\n\nprose", "#", None),
        ("\ufeff# Day 1", "Day 1", 1),
        ("\r\r  Day 2\rx", "Day 2", 2),
        ("", "", None),
        (" \n\t\r\n", "", None),
        ("word " * 40, "word " * 18 + "word…", None),
        ("x" * 300, "x" * 99 + "…", None),
        ("# " + "word " * 60, "word " * 38 + "word…", None),
    ],
    ids=repr,
)
def test_titles_and_day_numbers(text: str, title: str, number: int | None) -> None:
    entry = read(text)
    assert (entry.title, entry.number) == (title, number)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("- [ ] call Bob", [("call Bob", 1, False, None)]),
        ("- [x] call Bob\n* [X] or Ann", [("call Bob", 1, True, None), ("or Ann", 2, True, None)]),
        ("1. [ ] first\n2) [x] second", [("first", 1, False, None), ("second", 2, True, None)]),
        ("- [ ] call due:2014-10-13 Bob", [("call Bob", 1, False, date(2014, 10, 13))]),
        ("- [ ] call Bob due:2014-10-13.", [("call Bob.", 1, False, date(2014, 10, 13))]),
        ("- [ ] due:2014-10-13 due:2014-10-14 x", [("x", 1, False, date(2014, 10, 14))]),
        ("- [ ] call Bob due:2014-02-30", [("call Bob due:2014-02-30", 1, False, None)]),
        ("- [ ] call Bob due:tomorrow", [("call Bob", 1, False, date(2014, 10, 7))]),
        ("- [ ] overdue:2014-10-13", [("overdue:2014-10-13", 1, False, None)]),
        ("- [ ] due:２014-10-13", [("due:２014-10-13", 1, False, None)]),
        (
            "- [ ] a\n  - [x] b due:2014-10-13\n  - c",
            [("a – c", 1, False, None), ("b", 2, True, date(2014, 10, 13))],
        ),
        ("- a\n  - [ ] b", [("b", 2, False, None)]),
        ("> - [ ] quoted", [("quoted", 1, False, None)]),
        ("- [ ] over\n  two lines", [("over two lines", 1, False, None)]),
        ("-\n  [ ] late", [("late", 1, False, None)]),
        ("- [link] and [ ] box\n- [](x)\n- [ ]nothing\n- \\[ ] no\n[ ] no", []),
        ("- ```\n  [code]\n  ```\n  [ ] no", []),
        ("- > [ ] no", []),
        ("- [ ]\n- [ ] ", []),
        ("```\n- [ ] code\n```\n    - [ ] code", []),
        ("## Follow-ups\n- do a\n- [x] do b", [("do a", 2, False, None), ("do b", 3, True, None)]),
        ("To-dos:\n- do a due:2014-10-13", [("do a", 2, False, date(2014, 10, 13))]),
        ("- [ ] one\nEnjoyment: 9/10\n- [ ] two", [("one", 1, False, None), ("two", 3, False, None)]),
        ("\r\n- [ ] a\r- [ ] b\n- [ ] c", [("a", 2, False, None), ("b", 3, False, None), ("c", 4, False, None)]),
        ("* [ ] [a](b) @ann #x", [("[a](b) @ann #x", 1, False, None)]),
    ],
    ids=repr,
)  # fmt: skip
def test_tasks(text: str, tasks: list[tuple[str, int, bool, date | None]]) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert [(t.text, t.line, t.is_closed, t.due) for t in entry.tasks] == tasks


def test_an_invalid_date_is_reported_once() -> None:
    assert read("# T\n\n- [ ] a\n  - [ ] b due:2014-02-30").problems == (
        (4, "“2014-02-30” doesn't exist: February 2014 has 28 days; try due:2014-02-28"),
    )


@pytest.mark.parametrize("number", ["1. ", "2) ", "3.1 ", "4: ", "12.3. "])
@pytest.mark.parametrize("label", ["Learning points", "Lessons learned (2)", "Takeaways:"])
def test_numbered_headings(number: str, label: str) -> None:
    assert [p.text for p in read(f"## {number}{label}\n\n- one\n").points] == ["one"]


@pytest.mark.parametrize("label", ["Learning points 2", "Takeaways 12", "What did I learn?", "What have we learned today?"])  # fmt: skip
def test_headings_that_are_not_labels_of_one_line(label: str) -> None:
    assert [p.text for p in read(f"### {label}\n\n- one\n").points] == ["one"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("# T\n\n## Next steps\n\n- a\n- [ ] b\n- c\n\n## Else\n- d", 3, "2 items without a box under “Next steps” aren't read as follow-ups; begin each with - [ ], or write follow-up = [\"Next steps\"] under [sections] in journal.toml"),
        ("Action items:\n\n1. a\n2. b", 1, "2 items without a box under “Action items” aren't"),
        ("prose\n**Tasks**\n- a", 2, "1 item without a box under “Tasks” isn't read as a follow-up; begin it with - [ ], or write"),
        ("## 3. Open points (depot) #it\n• a", 1, "1 item"),
        ("## To-do list\n- a\n  - [ ] b", 1, "1 item"),
        ("## Lessons learned from the outage\n- a\n- b", 1, "2 items under “Lessons learned from the outage” aren't read as learning points; write “Learning points” above them, or write learning = [\"Lessons learned from the outage\"] under [sections]"),
        ("## The team's learning points\n- a", 1, "1 item"),
        ("> [!note]\n> ## Next steps\n> - a", 2, "1 item"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_list_that_may_be_meant_is_reported(text: str, line: int, says: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert [p.line for p in entry.problems] == [line]
    assert entry.problems[0].text.startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "## Next steps\n\nprose\n", "## Next steps\n- [ ] a\n- [x] b", "## Action items\n\n## Else\n- a", "## Lesson 3\n- a",
        "## Next steps in the plan\n- a", "## Tasks\n> - a", "## Lessons\n### Next steps\n- a", "the next steps\n- a",
        "- Next steps\n- a", "## What I learned from Ann is long\n\nprose",
    ],
    ids=repr,
)  # fmt: skip
def test_what_cannot_be_meant_is_not_reported(text: str) -> None:
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("- TIL: one\n- Takeaway: two\n- Lesson: three\n- Learned: four", ["one", "two", "three", "four"]),
        ("TIL: one\n\n**Learned:** two\n\nI learned: three", ["one", "two", "three"]),
        ("## TIL\n- one\n\n## Learned\n- two", ["one", "two"]),
        ("- TIL:\n  - one\n- Learnt\n  - two", ["one", "two"]),
        ("prose [learn:: one] and (learned:: two)\n\nlesson:: three", ["one", "two", "three"]),
        ("- learned:: one\n- call [[Ann]] [til:: see [[Ann]]'s note]", ["one", "see [[Ann]]'s note"]),
        ("learn:: one\n\n- none", ["one"]),
        ("`[learn:: none]` and [learn:: ] and [learner:: none]", []),
        ("## Lessons\n- one [learned:: early]", ["one [learned:: early]"]),
        ("TILE: none\n\nlearn: none", []),
        ("Learning point 1: one\n\nLearning point #2: two\n\nLesson 3: none", ["one", "two"]),
        ("## What did you learn today?\n- one", ["one"]),
        ("Lessons:\n*one* of them", ["*one* of them"]),
        ("Learning points:\n    - one\n    - two\n        - more", ["one", "two – more"]),
        ("## Learning points\n\t- one\n\t\t- more\n\n\t- two\n\nprose", ["one – more", "two"]),
        ("Lessons:\r\n      1. one\r\n      2. two\r\n", ["one", "two"]),
        ("Lessons:\n    - one\n      goes on\n\n      and on\n    - two", ["one goes on and on", "two"]),
        ("- Monday\n\n  Lessons:\n    - one", ["one"]),
        ("{% highlight sh %}\n## Lessons\n\n- none\n{% endhighlight %}\n\n## Lessons\n- one", ["one"]),
    ],
    ids=repr,
)  # fmt: skip
def test_points_in_other_programs_forms(text: str, points: list[str]) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert [point.text for point in entry.points] == points


MISSED = [
    ("## Learning points\n\nAsk first.\nThen act.", 3, "2 lines under “Learning points” don't begin with “- ”, so they aren't learning points"),
    ("## Learning points\n\n- \nAsk first.\nThen act.\n\nEnjoyment: 8", 4, "2 lines under “Learning points”"),
    ("## Lessons\n- one\n- \nAsk first.\n\nprose", 4, "a line under “Lessons” doesn't begin with “- ”, so it isn't a learning point"),
    ("## Feedback #depot\n\nThey liked it.", 3, "a line under “Feedback #depot” doesn't begin with “- ”, so it isn't feedback"),
    ("**To do:**\n\nCall Ann.\nOr Bob.\n\nprose", 3, "2 lines under “To do” don't begin with “- ”, so they aren't follow-ups"),
    ("> [!tip] Lessons\n> Ask first.", 2, "a line under “Lessons”"),
    ("> [!todo]\n> Call Ann.", 2, "a line under “todo” doesn't begin with “- ”, so it isn't a follow-up"),
    ("## Lessons\n-one\n-two", 2, "2 lines"),
    ("Lessons\nAsk first\nThen act", 1, "“Lessons” isn't read as a heading; write “## Lessons”, with a list below it"),
    ("## Lessons\n\n    - one", 3, "a list that is indented by four spaces is code in Markdown, so it isn't read; remove the spaces"),
    ("prose\n\n    - [ ] call", 3, "a list that is indented"),
    ("prose\n\n\t\t- steps\n\t\t- TODO call", 4, "a list that is indented"),
    ("Learning points: one; two\n\n- three\n- four", 1, "2 items after a blank line below these learning points aren't among them"),
    ("Today I learned to ask", 1, "this isn't read as a learning point; write a colon, as in “Learning points: one; two”"),
    ("- TIL that ants sleep", 1, "this isn't read as a learning point"),
    ("Lessons learned – ask first", 1, "this isn't read as a learning point"),
    ("Feedback: they liked it", 1, "this isn't read as feedback; write it below the label as an item, with “- ”"),
    ("- Follow-up: call Ann", 1, "this isn't read as a follow-up; begin the item with [ ]"),
    ("Learning points:\n\\- ask first\n\\- then act", 2, "2 lines under “Learning points” don't begin with “- ”"),
    ("Lessons:\n*ask\n*act\n", 2, "2 lines under “Lessons”"),
    ("Lessons:\n-- ask", 2, "a line under “Lessons”"),
    ("Lessons:\n1\\. ask\n2\\. act", 2, "2 lines under “Lessons”"),
    ("# T\n\n## Lessons learned: ask first; act", 3, "there is no item below “Lessons learned: ask first; act”; if the heading contains one, write it below with “- ”"),
    ("# TIL: ants sleep", 1, "this heading isn't read as a learning point; write the label alone, with items below it"),
    ("## Feedback: the depot\n- a", 1, "this heading isn't read as feedback"),
    ("<h2>Learning points</h2>\n<ul>\n<li>ask</li>\n</ul>", 1, "“Learning points” isn't read in HTML; write “## Learning points”"),
    ("<details>\n<summary>Lessons</summary>\n\n- a\n\n</details>", 2, "“Lessons” isn't read in HTML"),
    ("**Learning point** Ask first.", 1, "this isn't read as a learning point"),
    ("Key takeaway - ask first", 1, "this isn't read as a learning point"),
    ("Key take-away - ask first", 1, "this isn't read as a learning point"),
    ("LESSONS LEARNED - ask first", 1, "this isn't read as a learning point"),
    ("## Learning outcomes\n- a", 1, "1 item under “Learning outcomes” isn't read as a learning point; write “Learning points” above it, or"),
    ("---\nlearned:\n  - a\nx: y\n---\n", 1, "“learned” in the front matter isn't read; write it as a list in the text"),
    ("---\nx: y\nto_do: call Ann\n---\n", 3, "“to_do” in the front matter isn't read"),
    ("- [ ] call >2014-10-13", 1, "“>2014-10-13” isn't read as a due date; write due:2014-10-13 if it is one"),
    ("Action: Ann calls", 1, "this isn't read as a follow-up; begin it with - [ ]"),
    ("- Action items\n  - one\n  - two\n- else", 1, "2 items without a box under “Action items” aren't read as follow-ups"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), MISSED, ids=repr)
def test_what_may_be_meant_is_reported_with_its_line(text: str, line: int, says: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert [problem.line for problem in entry.problems] == [line]
    assert entry.problems[0].text.startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "## Lessons\n\nSome words first:\n\n- one\n\nprose", "## Feedback\n\n_None today._", "## Lessons\n\n- \n",
        "## Lessons\nn/a", "Actions: none", "## Lessons\n### The depot\n- one", "Lessons: one; two\n\nprose\n\n- none",
        "Lessons: one\n\n- [ ] call", "example:\n\n    - code", "The work gave us\nfeedback.\n- one", "## Lessons\n- Feedback: y",
        "I learned a lot", "We earn TIL points", "- Next steps\n- a", "TIL: one",
    ],
    ids=repr,
)  # fmt: skip
def test_what_says_nothing_of_the_kind_is_not_reported(text: str) -> None:
    assert read(text).problems == ()


@given(st.text("-*1. \t\n\r>#ab", max_size=60))
def test_only_blanks_move_in_a_list_at_the_margin(text: str) -> None:
    shown = as_markdown(text)
    assert len(shown) == len(text)
    for line, was in zip(LINE_END.split(shown), LINE_END.split(text), strict=True):
        assert line.split() == was.split()
        # The last word is where it was.
        assert len(line.rstrip()) == len(was.rstrip()) or list_item(was)


@pytest.mark.parametrize("above", ["", "- /\n", "* one\n  two\n", "1. one\n\n"])
def test_an_indented_list_below_a_heading_is_a_list(above: str) -> None:
    entry = read(f"{above}## Today\n\t- [ ] Call Ann\n\t- LATER Call Bob\n")
    assert [task.text for task in entry.tasks] == ["Call Ann", "Call Bob"]
    assert entry.problems == ()


@given(
    st.text("ab1_-'’–—“·£\u00a0\u0301é漢² .#*\n\t\0\x1c\x1f\x7f\x85", max_size=40)
    | st.text(max_size=30)
)
def test_words_are_counted_as_a_pattern_finds_them(text: str) -> None:
    assert number_of_words(text) == len(re.findall(r"[^\W_][\w'’-]*", text))


def test_a_name_in_the_settings_is_read() -> None:
    own = Vocabulary(
        {"follow-up": ("Next steps",), "learning": ("Lessons learned from the outage",)}
    )
    text = "## Next steps\n- a\n\n## Lessons learned from the outage\n- b"
    entry = Entry(DAY, text, own)
    assert ([t.text for t in entry.tasks], [p.text for p in entry.points]) == (["a"], ["b"])
    assert entry.problems == ()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("気分", "気分8/10 晴れ", 8),
        ("気分", "気分８／１０", 8),
        ("기분", "기분7.5", 7.5),
        # In capitals, ß is SS.
        ("Spaß", "SPASS: 8/10", 8),
        ("Spaß", "SPAẞ: 8/10", 8),
    ],
)
def test_a_name_of_the_rating_in_other_writing(name: str, text: str, value: float) -> None:
    rating = Entry(DAY, text, Vocabulary({"rating": (name,)})).rating
    assert rating is not None
    assert rating.value == value


def test_a_name_of_a_section_in_capitals() -> None:
    own = Vocabulary({"learning": ("Von der Straße",)})
    entry = Entry(DAY, "## VON DER STRASSE\n- fragen\n", own)
    assert [point.text for point in entry.points] == ["fragen"]


@pytest.mark.parametrize("text", ["Gelerntes – erst fragen", "**Gelerntes** = erst fragen"])
def test_a_journals_own_label_without_a_colon_is_reported(text: str) -> None:
    own = Vocabulary({"learning": ("Gelerntes",)})
    [problem] = Entry(DAY, f"# Tag\n\n{text}\n", own).problems
    assert problem.line == 3
    assert "write a colon, as in “Gelerntes: one; two”" in problem.text
    assert not Entry(DAY, f"# Tag\n\n{text}\n").problems


def test_feedback_is_not_a_learning_point() -> None:
    entry = read("## Feedback\n\n- fast\n\n**Lessons:**\n- ask\n\nFeedback:\n- slow")
    assert [point.text for point in entry.feedback] == ["fast", "slow"]
    assert [point.text for point in entry.points] == ["ask"]


GERMAN = Vocabulary(
    {
        "learning": ("Lernpunkte", "Was ich gelernt habe:"),
        "rating": ("Freude", "Spaß"),
        "day": ("Tag",),
        "feedback": ("Rückmeldungen",),
        "follow-up": ("Zu erledigen",),
    }
)
NORWEGIAN = Vocabulary({"learning": ("Lærdommer", "Å huske"), "rating": ("Trivsel (1–10)",), "day": (" ",)})  # fmt: skip


@pytest.mark.parametrize(
    ("vocabulary", "text", "points", "rating", "number"),
    [
        (GERMAN, "# Tag 12\n## Lernpunkte\n- a\n\nFreude: 7,5 von 10 – gut", ["a"], (7.5, "gut"), 12),
        (GERMAN, "**Was ich gelernt habe:**\n- a\n\n**SPASS**: 8", ["a"], (8, ""), None),
        (GERMAN, "LERNPUNKTE: a; b\nSpaß 8/10", ["a", "b"], (8, ""), None),
        (GERMAN, "# Day 3\n## Lessons learned\n- a\n\nEnjoyment: 3", ["a"], (3, ""), 3),
        (GERMAN, "## Ru\u0308ckmeldungen\n- a\n## Zu erledigen\n- b", [], None, None),
        (NORWEGIAN, "## Lærdommer for the day\n- a\n\nTrivsel (1–10): 6 av 10", ["a"], (6, ""), None),
        (NORWEGIAN, "A\u030a huske: a; b\n\nDay 5", ["a", "b"], None, None),
    ],
)  # fmt: skip
def test_other_languages(
    vocabulary: Vocabulary,
    text: str,
    points: list[str],
    rating: tuple[float, str] | None,
    number: int | None,
) -> None:
    entry = Entry(DAY, text, vocabulary)
    assert [point.text for point in entry.points] == points
    assert (entry.rating and entry.rating[:2]) == rating
    assert entry.number == number


def test_a_due_date_that_cannot_be_read_is_reported() -> None:
    entry = read("- [ ] a due:soon\n- [ ] b due:2014-10-13\n- [ ] c due:\n")
    assert [(p.line, p.text) for p in entry.problems] == [
        (1, "“soon” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday")
    ]
    assert [str(task.due) for task in entry.tasks] == ["None", "2014-10-13", "None"]


def test_names_of_sections_in_any_accents() -> None:
    entry = Entry(DAY, "## Ru\u0308ckmeldungen\n- a\n## Zu erledigen\n- b", GERMAN)
    assert [point.text for point in entry.feedback] == ["a"]
    assert [task.text for task in entry.tasks] == ["b"]
    assert (GERMAN.heading("learning"), GERMAN.rating_label, GERMAN.day_label) == (
        "Lernpunkte",
        "Freude",
        "Tag",
    )
    assert NORWEGIAN.day_label == "Day"


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two's three-four", 3), ("---\na: b\n---\none", 1), ("日本 語", 2), ("# T\n- [ ] x_y é", 2),
     ("Title\n===\n\na\n\n## Learning points\n\n- b c\n", 3), ("a\n\nEnjoyment: \n", 1), ("Enjoyment: 8/10 – fine\n\na", 4),
     ("---\nenjoyment: 7\n---\n# T\na", 1), ("## Enjoyment: 7/10\n\na", 1), ("- ## T\n- a\n", 2), ("a b\n\n\n# T", 2)],
)  # fmt: skip
def test_words_are_counted_in_the_body_outside_headings_and_the_ratings_label(
    text: str, count: int
) -> None:
    assert read(text).words == count


def test_an_invalid_rating_is_not_part_of_the_item_before_it() -> None:
    entry = read("- [ ] task\nEnjoyment: &a *a\n")
    assert [task.text for task in entry.tasks] == ["task"]
    assert [problem.line for problem in entry.problems] == [2]


def test_one_entry_is_read_while_another_thread_reads_another() -> None:
    reading, ended = Event(), Event()

    class Slow(Vocabulary):
        def rating(self, text: str) -> None:
            reading.set()
            ended.wait(20)

    with ThreadPoolExecutor(2) as threads:
        try:
            threads.submit(lambda: Entry(DAY, "# A day\n\nword\n", Slow()).words)
            assert reading.wait(20)
            other = threads.submit(lambda: Entry(DAY, "# Another\n").title)
            assert other.result(timeout=5) == "Another"
        finally:
            ended.set()
