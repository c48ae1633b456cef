"""What a person would take for a follow-up, a learning point or a tag, but isn't read, is reported."""

import pytest

from tests.entry.invariants import assert_consistent, read


def told(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in read(text).problems]


@pytest.mark.parametrize("sign", "✅✓✔☑✗✘❌")
def test_a_sign_of_what_is_done_is_no_box_in_follow_ups(sign: str) -> None:
    box = "[-]" if sign in "✗✘❌" else "[x]"
    [(line, sentence)] = told(f"## Follow-ups\n\n- {sign} call Ann\n- call Bob\n")
    assert line == 3
    assert sentence == (
        f"“{sign}” isn't read as a box, so this follow-up counts as open; write {box} in its place"
    )
    [(line, sentence), *_] = told(f"Follow-ups:\n{sign} call Ann\n{sign} call Bob\n")
    assert line == 2
    assert "Follow-ups" in sentence or "doesn't begin a follow-up" in sentence


@pytest.mark.parametrize(
    "text", ["- ✅ went well\n- ❌ did not\n", "✅ went well\n✗ did not\n", "## Learning points\n- ✅ ask first\n"]
)  # fmt: skip
def test_elsewhere_such_a_sign_says_anything(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- Done: called Ann", "“Done” doesn't begin a follow-up; write [x] in its place"),
        ("- [#A] TODO call", "“[#A] TODO” doesn't begin a follow-up; write [ ] in its place"),
        ("- [#B] DONE called", "“[#B] DONE” doesn't begin a follow-up; write [x] in its place"),
        ("> [ ] call", "a follow-up without a list marker; write - before it"),
        ("> [x] called", "a follow-up without a list marker"),
        ("(A) 2024-01-05 Call Ann", "“(A)” doesn't begin a follow-up; write - [ ] in its place"),
        ("(B) Mail Ann +project", "“(B)” doesn't begin a follow-up; write - [ ] in its place"),
        ("(A) 2024-01-05 Call due:2024-01-09", "“(A)” doesn't begin a follow-up"),
        ("x 2024-01-06 2024-01-05 Called", "“x” doesn't begin a follow-up; write - [x] in its place"),
        ("Action item: call Ann", "this isn't read as a follow-up; begin it with - [ ]"),
        ("**Next step:** call Ann", "this isn't read as a follow-up; begin it with - [ ]"),
        ("- Next steps: call Ann", "this isn't read as a follow-up; begin the item with [ ]"),
        ("#two words# and so on", "“#two words#” is read as the tag #two; write #two-words"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_line_in_the_form_of_another_program(text: str, says: str) -> None:
    entry = read(f"# T\n\n{text}")
    [problem] = entry.problems
    assert (problem.line, entry.tasks) == (3, ())
    assert problem.text.startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "(A) is better than (B)", "(A) 2024 was better", "x 2024 times", "> TODO a", "- Done with it: rest", "Done: all of it",
        "- [#A] first", "#C and C# and F#", "#one and #two", "see #12 and #13 of C#", "`#two words#`", "A next step: rest",
        "Next steps:", "## A\n## B\n", "| a | b |\n|---|---|\n| c | d |",
    ],
    ids=repr,
)  # fmt: skip
def test_other_lines_are_prose(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("before", ["- a\n  * b\n", "- a\n", "1. a\n"])
def test_a_task_that_is_indented_too_far(before: str) -> None:
    text = f"{before}          - [ ] call\n          - [x] called\n          - rest\n"
    assert read(text).tasks == ()
    line = before.count("\n")
    sentence = (
        "a follow-up that is indented too far is a part of the item above it; "
        "indent it by two spaces more than that item"
    )
    assert told(text) == [(line + 1, sentence), (line + 2, sentence)]


@pytest.mark.parametrize(
    ("head", "whats", "begin"),
    [("## Action items", "follow-ups", "- [ ]"), ("**Next steps:**", "follow-ups", "- [ ]"), ("## What to learn: lessons learned", "learning points", "“- ”")],
)  # fmt: skip
def test_a_table_below_a_heading(head: str, whats: str, begin: str) -> None:
    [(line, sentence)] = told(f"{head}\n\n| Who | What |\n|---|---|\n| Ann | call |\n")
    assert line == 1
    assert sentence.startswith("a table under “")
    assert sentence.endswith(f"isn't read as {whats}; write its rows as items with {begin}")


@pytest.mark.parametrize("head", ["Learning points:", "## Learning points\n", "**Feedback:**"])
def test_a_quoted_list_below_its_label(head: str) -> None:
    text = f"{head}\n> - a\n> - b\n"
    [(line, sentence)] = told(text)
    assert line == text.index("> - a") - len(text[: text.index("> - a")].replace("\n", "")) + 1
    assert sentence.endswith("because it is quoted; remove the quote signs if it should count")
    assert read(text).points == read(text).feedback == ()
    assert told(f"{head}\n- own\n\n> - a\n") == []


def test_boxes_in_a_quote_are_read() -> None:
    text = "## Follow-ups\n> - [ ] a\n> - b\n"
    assert ([task.text for task in read(text).tasks], told(text)) == (["a"], [])


def test_a_list_below_a_rule_below_a_label() -> None:
    sentence = (
        "this list isn't read as the learning points of “Learning points”, because a rule is between; "
        "remove the rule if it should count"
    )
    assert told("Learning points:\n\n---\n\n- a\n") == [(5, sentence)]
    assert [point.text for point in read("## Learning points\n\n---\n\n- a\n").points] == ["a"]
    assert told("Learning points:\n\n- a\n\n---\n\n- b\n") == []


def test_a_comment_divides_no_list_from_its_label() -> None:
    for between in ("<!-- what was new? -->\n", "\n<!-- what\nwas new? -->\n\n"):
        assert [point.text for point in read(f"Learning points:\n{between}- a\n").points] == ["a"]
    assert read("Learning points:\n<!-- a --> b <!-- c -->\n- a\n").points == ()


@pytest.mark.parametrize(
    "text",
    ["%% @bob #tag %%", "a %%@bob\n#tag%% b", "$$#tag @bob$$", "$$\n#tag @bob\n$$"],
    ids=repr,
)
def test_a_comment_or_a_formula_mentions_nothing(text: str) -> None:
    entry = read(f"x\n\n{text} #own @ann\n")
    assert (entry.tags, entry.people) == (("own",), ("ann",))


@pytest.mark.parametrize("text", ["100 %% of @ann #own", "$$ @ann #own", "$1 @ann $2 #own"])
def test_one_sign_is_neither(text: str) -> None:
    assert (read(text).tags, read(text).people) == (("own",), ("ann",))


@pytest.mark.parametrize(
    ("text", "line", "label"),
    [
        ("> ## Learning points\n> - x", 1, "Learning points"),
        ("> # Monday\n>\n> ## 2. Feedback #depot\n>\n> 1. x", 3, "2. Feedback #depot"),
        ("> Learning points:\n> - x", 1, "Learning points"),
        ("> Ann wrote:\n> **Lessons learned**\n> - x", 2, "Lessons learned"),
        ("> Takeaways\n>\n> - x", 1, "Takeaways"),
        ("> > ## Lessons\n> > - x", 1, "Lessons"),
        ("- a\n\n  > ## Lessons\n  > - x", 3, "Lessons"),
        ("> - Lessons\n>   - x", 1, "Lessons"),
        ("> - ## Lessons\n>   - x", 1, "Lessons"),
        ("> ## Follow-ups\n> - call Ann", 1, "Follow-ups"),
        ("> [!tip] Learning points\n> - x\n>\n> > ## Lessons\n> > - y", 4, "Lessons"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_section_that_is_quoted_with_its_label(text: str, line: int, label: str) -> None:
    entry = read(text)
    sentence = f"“{label}” isn't read in a quote; remove the quote signs if it should count"
    assert told(text) == [(line, sentence)]
    assert [point.text for point in entry.points] == (["x"] if "[!tip]" in text else [])


@pytest.mark.parametrize(
    "label", ["Learning points: one; two", "**TIL:** ask first", "Feedback: fine"]
)
def test_points_that_are_quoted_in_one_line_with_their_label(label: str) -> None:
    said = label.partition(":")[0].strip("*")
    sentence = f"“{said}” isn't read in a quote; remove the quote signs if it should count"
    assert told(f"> {label}\n") == [(1, sentence)]
    assert told(f"> Ann wrote\n> {label}\n> and so on\n") == [(2, sentence)]
    assert told(f"- a\n- b\n\n> - {label}\n") == [(4, sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "> ## Learning points\n> prose", "> ## Monday\n> - x", "> ## Follow-ups\n> - [ ] call\n> - [x] called", "> Lessons are long\n> - x",
        "> ## Learning points", "> Feedback: none", "> a: b", "> [!tip] Learning points\n> - x", "> Learning points: –",
    ],
    ids=repr,
)  # fmt: skip
def test_other_quotes_are_not_reported(text: str) -> None:
    assert told(text) == []


BEFORE_AND_IN_COMMENT = {
    "%%\n## Learning points\n- a\n- b\n%%\n": ("a", "b"),
    "%%\n\nLearning points: a; b\n\n%%\n": ("a", "b"),
    "Learning points:\n- a\n- b\n%%\n- c\n%%\n": ("a", "b", "c"),
    "## Learning points\n%%\n- a\n  - b\n%%": ("a – b",),
    "> [!tip] Learning points\n> - a\n> %%\n> - b\n> %%\n": ("a", "b"),
    "## Learning points\r\n\r\n%%\r\n- a\r\n%% \r\n": ("a",),
}


@pytest.mark.parametrize("text", BEFORE_AND_IN_COMMENT)
def test_what_is_between_two_signs_of_a_comment_is_read_without_them(text: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    assert tuple(point.text for point in entry.points) == BEFORE_AND_IN_COMMENT[text]
    assert not any("%" in text[point.start : point.end] for point in entry.points)
    assert entry.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "<b>Learning points</b>\n- ask",
        "Learning points<br>\n- ask",
        '<span class="x">Learning points:</span> ask; listen',
        "- <u>Learning points</u>: ask",
    ],
)
def test_a_label_in_tags_is_reported(text: str) -> None:
    entry = read(f"# T\n\n{text}\n")
    sentence = "“Learning points” isn't read in HTML; write “## Learning points”"
    assert entry.points == ()
    assert entry.problems == ((3, sentence),)


@pytest.mark.parametrize(
    "text",
    ["<https://x.org> Learning points", "<b>Bob</b> learned", "a <b>Learning points</b> b", "<i>Follow-ups</i>\n- [ ] call"],
)  # fmt: skip
def test_other_tags_are_not_reported(text: str) -> None:
    assert read(f"# T\n\n{text}\n").problems == ()


@pytest.mark.parametrize("label", ["## Learning points", "Learning points："])
def test_japanese_bullets_without_a_blank_are_reported(label: str) -> None:
    entry = read(f"{label}\n・ask\n・listen\n")
    assert entry.points == ()
    assert [problem.line for problem in entry.problems] == [2]


def test_a_follow_up_and_a_rating_between_signs_of_a_comment_are_read() -> None:
    entry = read("%%\n- [ ] call @ann #depot\n\nEnjoyment: 7/10 – fine\n%%\nProse.\n")
    assert [task.text for task in entry.tasks] == ["call @ann #depot"]
    assert entry.rating and entry.rating.remark == "fine"
    assert (entry.people, entry.tags) == (("ann",), ("depot",))


@pytest.mark.parametrize(
    "text",
    ["%%\n#tag @bob\nmore\n%%", "```\n%%\n- a\n%%\n```", "%%\n- a", "100 %%\n- a\n50 %%"],
    ids=repr,
)
def test_other_signs_of_a_comment_are_as_before(text: str) -> None:
    entry = read(text)
    assert (entry.tags, entry.people, entry.points, entry.tasks) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("%% - [ ] call %%", 1),
        ("x\n\n%%- [x] called%% rest", 3),
        ("%%\nTODO call\n%%", 2),
        ("<!-- - [ ] call -->", 1),
        ("<!--\n- [ ] call\n- [x] called\n-->\n", 2),
        ("<!--\n  * TODO call Ann\n-->\n", 2),
        ("<div>\n- [ ] call\n</div>\n", 2),
        ("<!-- TODO: call Ann -->\n", 1),
    ],
    ids=repr,
)  # fmt: skip
def test_a_follow_up_in_a_comment_or_html(text: str, line: int) -> None:
    entry = read(text)
    assert entry.tasks == ()
    assert [problem.line for problem in entry.problems] == [line]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<!--\n## Learning points\n- x\n-->\n", 2),
        ("<!--\nLearning points:\n* x\n-->\n", 2),
        ("<!-- Learning points: one; two -->\n", 1),
        ("<details>\n## Lessons learned\n- x\n</details>\n", 2),
    ],
    ids=repr,
)  # fmt: skip
def test_points_in_a_comment_or_html(text: str, line: int) -> None:
    entry = read(text)
    assert entry.points == ()
    [problem] = entry.problems
    assert problem.line == line
    assert "isn't read in " in problem.text


@pytest.mark.parametrize(
    "text",
    ["<!-- what was new? -->", "<!--\n- [ ]\n-->", "<!-- Learning points: -->", "<!--\n## Learning points\n-->", "<!-- - a -->", "%% - a %%", "<div>\n- a\n</div>"],
    ids=repr,
)  # fmt: skip
def test_other_comments_are_not_reported(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "heading", ["Lessons for next time", "Lessons from the outage", "The 3 lessons from it", "**Lesson for me**"]
)  # fmt: skip
def test_lessons_for_something_may_be_learning_points(heading: str) -> None:
    [(line, sentence)] = told(f"## {heading}\n\n- ask first\n")
    assert line == 1
    assert "isn't read as a learning point" in sentence
    for other in ("Piano lessons for Tom", "Lessonsfor", "Lesson plan"):
        assert told(f"## {other}\n\n- ask first\n") == []


@pytest.mark.parametrize("sign", ["\u2028", "\x0b", "\x85"])
def test_other_separators_begin_no_line_of_html_or_code(sign: str) -> None:
    for text in (f"<!-- a{sign}b\n- [ ] call\n-->", f"p\n\n    a{sign}b\n    - [ ] call\n"):
        entry = read(text)
        assert_consistent(entry)
        line = text[: text.index("- [ ]")].count("\n") + 1
        assert line in [problem.line for problem in entry.problems]


def test_words_like_a_due_date_need_no_advice_beside_one() -> None:
    words = "- [ ] Send Colm the rota due friday"
    assert read(f"{words}\n").problems
    assert not read(f"{words} due:2026-12-04\n").problems
