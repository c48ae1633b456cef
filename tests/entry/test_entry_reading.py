"""What is read from texts as people write, paste and import them: points, titles, tasks, sections."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from invariants import DAY, assert_consistent, read

from journal_tui.entry.entry import Entry
from journal_tui.entry.vocabulary import Vocabulary

LABELS = [
    "Learning points", "Learning point", "learning points", "LEARNING POINTS", "Learnings", "Lesson", "Lessons",
    "Lessons learned", "Lesson learnt", "Lessons learnt", "What I learned", "What I've learnt", "What I’ve learned",
    "What I have learned", "What I learned today", "Today I learned", "Learning points for today", "Today's learning points",
    "Today’s lessons", "My learning points", "Key learnings", "The lessons of the day", "Things I learned today",
    "💡 Learning points", "Learning points 💡",
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
        ("Learning points: one\n\n- two\n- three", ["one", ("two", 3), ("three", 4)]),
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
        ("## Lessons\n> - none\n\n- one", ["one"]),
        ("<!--\n## Lessons\n- none\n-->", []),
        ("##Lessons\n- one", ["one"]),
        ("Learning points one; two", []),
        ("The learning points: none", ["none"]),
        ("Some learning points: none", []),
        ("prose\nLearning points\n- none", []),
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


def test_a_point_says_where_it_stands() -> None:
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
        ("- [ ] call Bob due:2014-02-30", [("call Bob", 1, False, None)]),
        ("- [ ] call Bob due:tomorrow", [("call Bob due:tomorrow", 1, False, None)]),
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
    assert [(t.text, t.line, t.done, t.due) for t in entry.tasks] == tasks


def test_a_day_that_is_none_is_a_problem_once() -> None:
    assert read("# T\n\n- [ ] a\n  - [ ] b due:2014-02-30").problems == (
        (4, "due:2014-02-30 isn't a date in the calendar"),
    )


def test_feedback_is_no_learning_point() -> None:
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
        (GERMAN, "**Was ich gelernt habe:**\n- a\n\n**SPASS**: 8", ["a"], None, None),
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


def test_a_due_that_is_no_date_is_told() -> None:
    entry = read("- [ ] a due:friday\n- [ ] b due:2014-10-13\n- [ ] c due:\n")
    assert [(p.line, p.text) for p in entry.problems] == [
        (1, "due:friday isn't a date; write it like due:2026-11-27")
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
    [("", 0), ("one two's three-four", 3), ("---\na: b\n---\none", 1), ("# T\n- [ ] x_y é", 3), ("日本 語", 2)],
)  # fmt: skip
def test_words_are_counted_in_the_body(text: str, count: int) -> None:
    assert read(text).words == count


def test_a_rating_that_is_none_is_no_part_of_the_item_before_it() -> None:
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
