"""Follow-ups: their states and due dates as people and other programs write them.

The entry's day is Monday 6 October 2014.
"""

import re
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.entry.due_dates import due_dates, with_dates, without_due_dates
from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.task_changes import toggle
from tests.entry.invariants import DAY, assert_consistent, read

DUE = {
    # Words, in the forms of `period.parse_due`.
    "call due:2014-10-13": ("call", "2014-10-13"),
    "call due:friday": ("call", "2014-10-10"),
    "call due:tomorrow.": ("call.", "2014-10-07"),
    "call due:2014-W50 Bob": ("call Bob", "2014-12-14"),
    "call due:2014-12": ("call", "2014-12-31"),
    "call due: next friday": ("call", "2014-10-10"),
    "call due:next friday at the depot": ("call at the depot", "2014-10-10"),
    "call due:friday after next": ("call", "2014-10-17"),
    "call due:the Friday after next, at last": ("call, at last", "2014-10-17"),
    "call due:week after next": ("call", "2014-10-26"),
    "call due:friday after Bob": ("call after Bob", "2014-10-10"),
    "call due:in two weeks' time": ("call", "2014-10-20"),
    "call due:end of the month, at last": ("call, at last", "2014-10-31"),
    "call due:tuesday week": ("call", "2014-10-14"),
    "call due:+7": ("call", "2014-10-13"),
    "call due:29.2. Bob": ("call Bob", "2016-02-29"),
    "call due:3 March": ("call", "2015-03-03"),
    "call due:the 3rd": ("call", "2014-11-03"),
    "call due:yesterday": ("call", "2014-10-05"),
    # Hyphens that don't break and longer dashes, as word processors write them, and a wide colon.
    "call due:2014‑10‑13.": ("call.", "2014-10-13"),
    "call [due:: 2014–10–13]": ("call", "2014-10-13"),
    "call 📅 2014−10−13": ("call", "2014-10-13"),
    "call due:2014‑12": ("call", "2014-12-31"),
    "call due:2014‑W50 at last": ("call at last", "2014-12-14"),
    "call due:2014-10-13 10:00–11:00": ("call 10:00–11:00", "2014-10-13"),
    "call due：2014-10-13": ("call", "2014-10-13"),
    "call (due：friday)": ("call", "2014-10-10"),
    "call due:October, 2 of us": ("call, 2 of us", "2014-10-31"),
    "due:friday call": ("call", "2014-10-10"),
    "call DUE:Friday": ("call", "2014-10-10"),
    # Dataview, Logseq's properties and people.
    "call [due:: 2014-10-13]": ("call", "2014-10-13"),
    "call [due::2014-10-13] Bob": ("call Bob", "2014-10-13"),
    "call (due:: friday)": ("call", "2014-10-10"),
    "call [due: friday]": ("call", "2014-10-10"),
    "call (due friday)": ("call", "2014-10-10"),
    "call (due on 13 October)": ("call", "2014-10-13"),
    "call (due friday, if possible)": ("call (due friday, if possible)", "2014-10-10"),
    "call due:: [[2014-10-13]]": ("call", "2014-10-13"),
    "call [due:: [[2014-10-13]]]": ("call", "2014-10-13"),
    "call due:: [[Oct 13th, 2014]]": ("call", "2014-10-13"),
    "call **Due:** 2014-10-13": ("call", "2014-10-13"),
    "call Due date: October 13, 2014": ("call", "2014-10-13"),
    "call deadline: 13.10.2014": ("call", "2014-10-13"),
    # Obsidian Tasks, its other dates, recurrence and priorities.
    "call 📅 2014-10-13": ("call", "2014-10-13"),
    "call 📅2014-10-13 ⏫": ("call ⏫", "2014-10-13"),
    "call 📆 2014-10-13": ("call", "2014-10-13"),
    "call 🗓️ 2014-10-13": ("call", "2014-10-13"),
    "call 📅 friday": ("call", "2014-10-10"),
    "call 🔁 every week on friday 📅 2014-10-13": ("call 🔁 every week on friday", "2014-10-13"),
    "call 📅 2014-10-13 🔁 every friday ✅ 2014-10-09": ("call 🔁 every friday ✅ 2014-10-09", "2014-10-13"),
    "call ➕ 2014-10-01 🛫 2014-10-02 ⏳ 2014-10-03 📅 2014-10-13": ("call ➕ 2014-10-01 🛫 2014-10-02 ⏳ 2014-10-03", "2014-10-13"),
    "call rec:+1w t:2014-10-09 due:2014-10-13 pri:A": ("call rec:+1w t:2014-10-09 pri:A", "2014-10-13"),
    # Taskpaper, Kanban and org.
    "call @due(2014-10-13)": ("call", "2014-10-13"),
    "call @due(friday 14:00)": ("call 14:00", "2014-10-10"),
    "call @{2014-10-13} @@{14:00}": ("call @@{14:00}", "2014-10-13"),
    "call @[[2014-10-13]]": ("call", "2014-10-13"),
    "call\n  DEADLINE: <2014-10-13 Mon>": ("call", "2014-10-13"),
    "call\n  DEADLINE: <2014-10-13 Mon 14:00 +1w>": ("call 14:00", "2014-10-13"),
    "call\n  SCHEDULED: <2014-10-09 Thu>\n  DEADLINE: <2014-10-13 Mon .+1m>": ("call SCHEDULED: <2014-10-09 Thu>", "2014-10-13"),
    "call <2014-10-13 Mon>": ("call", "2014-10-13"),
    "call <2014-10-09 Thu> due:2014-10-13": ("call", "2014-10-13"),
    # Times stay.
    "call due:2014-10-13T14:00": ("call 14:00", "2014-10-13"),
    "call 📅 2014-10-13 14:00 Bob": ("call 14:00 Bob", "2014-10-13"),
    "call due:friday at 2pm": ("call 2pm", "2014-10-10"),
}  # fmt: skip

NOT_DUE = [
    "call", "ask what is due may be", "all fees due september", "call due:", "overdue:2014-10-13", "residue: 2014", "pay (due to the rain)", "pay what is due to Ann", "📅 plan the week", "`due:2014-10-13` is a form",
    "⏳ 2014-10-13", "🛫 2014-10-13", "✅ 2014-10-13", "➕ 2014-10-13", "🔁 every friday", "SCHEDULED: <2014-10-13 Mon>", "CLOSED: <2014-10-13 Mon>", "[scheduled:: 2014-10-13]",
    "call, due 3.30", "call due at 3.30.", "due 15.30 at the depot", "the report is due by 9.00",
    "see https://x.org/due:2014-10-13", "see [x](y?due:2014-10-13)", "@@{14:00}", "start:2014-10-13",
]  # fmt: skip

REPORTED = {
    "due:soon": "“soon” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due: when Bob calls": "“when” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "[due:: sometime]": "“sometime” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "@due(later on)": "“later” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:2014-02-30": "“2014-02-30” doesn't exist: February 2014 has 28 days; try due:2014-02-28",
    "📅 2014-02-30": "“2014-02-30” doesn't exist: February 2014 has 28 days; try due:2014-02-28",
    "(due 30.2.)": "“30.2.” doesn't exist: February has at most 29 days",
    "due:3/4": "3/4 could be 2015-04-03 or 2015-03-04: write one of them",
    "due:monday 7 october 2014": "2014-10-07 is a Tuesday, not a Monday",
    "due:２014-10-13": "“２014-10-13” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:32 May": "“32 may” doesn't exist: May has 31 days",
    "due:2014-13-01": "“2014-13-01” doesn't exist: months go from 1 to 12",
    # A part of such a date would be read as another day.
    "due:fri\u00adday": "“fri\u00adday” isn't a date; try due:friday",
    "due:2014-10\u200b-13": "“2014-10\u200b-13” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:Oct 13-14": "“Oct 13-14” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:2014 10 13": "“2014 10 13” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:2014. 10. 13.": "“2014. 10. 13.” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:?": "“?” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:tomorow": "“tomorow” isn't a date; try due:tomorrow",
    "due:Tommorow.": "“Tommorow” isn't a date; try due:tomorrow",
    "[due:: Wedensday]": "“Wedensday” isn't a date; try due:wednesday",
    "due:octobre at last": "“octobre” isn't a date; try due:october",
    "due:montag": "“montag” isn't a date; try due:2014-10-06",
    "due:Freitag": "“Freitag” isn't a date; try due:2014-10-10",
    "@due(vendredi)": "“vendredi” isn't a date; try due:2014-10-10",
    "due:miércoles": "“miércoles” isn't a date; try due:2014-10-08",
    "due:金曜日": "“金曜日” isn't a date; try due:2014-10-10",
    "due:midday": "“midday” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:munday": "“munday” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:3.30": "“3.30” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due:15.30": "“15.30” isn't a date; write due:YYYY-MM-DD, or a weekday such as due:friday",
    "due friday": "“due friday” isn't read as a due date; write due:2014-10-10 if it is one",
    "due on 3 March": "“due on 3 March” isn't read as a due date; write due:2015-03-03 if it is one",
}


@pytest.mark.parametrize(("text", "found"), DUE.items(), ids=repr)
@pytest.mark.parametrize("marker", ["- [ ] ", "* [/] ", "1. [ ] ", "- TODO "])
def test_due_dates_are_read(marker: str, text: str, found: tuple[str, str]) -> None:
    entry = read(marker + text)
    assert_consistent(entry)
    assert [(task.text, str(task.due)) for task in entry.tasks] == [found]
    assert entry.problems == ()


@pytest.mark.parametrize("text", NOT_DUE)
def test_other_dates_and_words_are_not_due(text: str) -> None:
    entry = read(f"- [ ] {text}")
    assert [(task.text, task.due) for task in entry.tasks] == [(text, None)]
    assert entry.problems == ()


@pytest.mark.parametrize(("text", "fault"), REPORTED.items(), ids=repr)
def test_what_is_not_a_date_is_reported_with_one_that_is(text: str, fault: str) -> None:
    entry = read(f"# T\n\n- [ ] call {text}")
    assert [(task.text, task.due) for task in entry.tasks] == [(f"call {text}", None)]
    assert entry.problems == ((3, fault),)


@given(
    st.sampled_from(["monday", "thursday", "tomorrow", "october", "montag", "vendredi", "2014-02-30", "2014-13-40", "9999-02-30"])
    .flatmap(lambda word: st.tuples(st.just(word), st.integers(0, len(word)), st.characters())),
    st.sampled_from([DAY, date.min, date.max]),
)  # fmt: skip
def test_what_is_advised_is_a_due_date(word: tuple[str, int, str], day: date) -> None:
    name, place, letter = word
    for said in (name, name[:place] + letter + name[place:], name[:place] + name[place + 1 :]):
        for problem in Entry(day, f"- [ ] call due:{said}").problems:
            if found := re.search(r"(?<=try )due:\S+$", problem.text):
                task = Entry(day, f"- [ ] call {found[0]}").tasks[0]
                assert task.due or day == date.max


@pytest.mark.parametrize(
    "text",
    [
        "due:soon",
        "due:2014-02-30",
        "due friday",
        "due:monday 📅 2015-01-01",
        "@2014-10-13",
        "due:friday",
    ],
)
@pytest.mark.parametrize("marker", ["- [x] ", "- [-] ", "- DONE ", "- CANCELLED "])
def test_due_dates_of_what_is_done_or_dropped_no_longer_matter(marker: str, text: str) -> None:
    assert read(f"{marker}call {text}").problems == ()
    assert read(f"{marker}{text}").problems == ()


def test_two_due_dates_are_reported() -> None:
    entry = read("- [ ] call due:2014-10-13 📅 2014-10-20\n- [ ] a due:friday 📅 2014-10-10")
    assert [str(task.due) for task in entry.tasks] == ["2014-10-20", "2014-10-10"]
    assert entry.problems == ((1, "two due dates, 2014-10-13 and 2014-10-20; the last one counts"),)


@pytest.mark.parametrize(
    "text",
    ["call due:friday", "call [due:: 2014-10-13]", "call 📅 2014-10-13", "@due(friday) call", "Due: 2014-10-13"],
)  # fmt: skip
def test_a_due_date_outside_a_follow_up_is_reported(text: str) -> None:
    said = "a due date, but no follow-up; begin the item with [ ]"
    assert read(f"- {text}").problems == ((1, said),)


@pytest.mark.parametrize("text", ["- pay what is due on 3 March", "📅 2014-10-13", "# 📅 2014-10-06", "- due to rain"])  # fmt: skip
def test_other_lines_with_dates_are_not_reported(text: str) -> None:
    assert read(text).problems == ()


STATES = {
    "- [ ] a": "open", "- [/] a": "open", "- [x] a": "done", "- [X] a": "done", "- [-] a": "dropped", "2) [-] a": "dropped", "+ [/] a": "open",
    "- TODO a": "open", "- DOING a": "open", "- LATER a": "open", "- NOW a": "open", "- IN-PROGRESS a": "open", "- WAITING a": "waiting", "- WAIT a": "waiting",
    "- DONE a": "done", "- CANCELED a": "dropped", "- CANCELLED a": "dropped", "- TODO: a": "open", "> - TODO a": "open",
}  # fmt: skip


@pytest.mark.parametrize(("text", "state"), STATES.items(), ids=repr)
def test_the_state_of_a_follow_up(text: str, state: str) -> None:
    entry = read(text)
    assert_consistent(entry)
    [task] = entry.tasks
    assert (task.text, task.state, task.is_closed) == ("a", state, state in ("done", "dropped"))
    assert entry.problems == ()


@pytest.mark.parametrize(
    "text",
    ["- Todo a", "- TODO", "- TODOS a", "- NOWHERE a", "- `TODO` a", "## Learning points\n- NOW is the time", "TODO a"],
)  # fmt: skip
def test_other_words_make_no_follow_up(text: str) -> None:
    assert read(text).tasks == ()


def test_a_logseq_task_is_read_with_what_belongs_to_it() -> None:
    text = (
        "- LATER [#A] call the depot\n  DEADLINE: <2014-10-13 Mon>\n  :LOGBOOK:\n"
        "  CLOCK: [2014-10-06 Mon 10:37:21]--[2014-10-06 Mon 10:37:22] =>  00:00:01\n  :END:\n"
        "\t- DONE find the number\n"
    )
    entry = read(text)
    assert [(task.text, task.state, str(task.due)) for task in entry.tasks] == [
        ("[#A] call the depot", "open", "2014-10-13"),
        ("find the number", "done", "None"),
    ]
    assert entry.tags == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- [ ] mend :LOGBOOK: and see", "mend :LOGBOOK: and see"),
        ("- [ ] mend\n  the :LOGBOOK: x :END:", "mend the :LOGBOOK: x :END:"),
        ("- [ ] :LOGBOOK:", ":LOGBOOK:"),
        ("- [ ] mend\n  :LOGBOOK:\n  CLOCK: [x]\n  :END:\n  the roof", "mend the roof"),
        ("- [ ] mend\n  :LOGBOOK:\n  CLOCK: [x]", "mend"),
        ("- [ ] mend\n\n  the roof\n  :LOGBOOK:\n  CLOCK: [x]\n  :END:", "mend the roof"),
        ("- [ ] a\n  :LOGBOOK:\n  :END:\n  b\n  :LOGBOOK:\n  c\n  :END:", "a b"),
    ],
)  # fmt: skip
def test_only_lines_of_their_own_are_the_hours_of_a_task(text: str, said: str) -> None:
    assert [task.text for task in read(text).tasks] == [said]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [/] a", "- [x] a"), ("- [-] a", "- [ ] a"), ("- TODO a", "- DONE a"), ("* WAITING a", "* DONE a"),
        ("- DONE a", "- TODO a"), ("- CANCELLED a", "- TODO a"), ("- TODO: a", "- DONE: a"),
    ],
)  # fmt: skip
def test_ticking(before: str, after: str) -> None:
    entry = Entry(DAY, before)
    assert apply(before, toggle(entry, 1, DAY)) == after


@pytest.mark.parametrize("box", ["[>]", "[<]", "[!]", "[?]", "[*]", "[]", "[  ]", "[ x]", "[x ]", "[~]", "☐", "☑"])  # fmt: skip
def test_another_box_is_reported(box: str) -> None:
    [problem] = read(f"# T\n\n- {box} call Bob").problems
    assert problem.line == 3
    assert problem.text.startswith(f"{box} isn't the box of a follow-up; write [ ] for open")


@pytest.mark.parametrize("blank", "\u00a0\u3000\u2003\t\u200b")
def test_a_box_that_looks_like_an_open_one_is_reported(blank: str) -> None:
    entry = read(f"# T\n\n- [{blank}] call Bob")
    [problem] = entry.problems
    assert (problem.line, entry.tasks) == (3, ())
    assert problem.text.startswith("the box of this follow-up looks like an open one")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("## [ ] call Bob", "a follow-up"),
        ("# T\n\n## - [x] call Bob due:friday", "a follow-up"),
        ("## Proposal due:2014-10-13", "a due date"),
        ("Proposal [due:: friday]\n===", "a due date"),
    ],
)
def test_a_follow_up_or_a_due_date_in_a_heading_is_reported(text: str, what: str) -> None:
    entry = read(text)
    [problem] = entry.problems
    assert problem.text == f"{what} isn't read in a heading; write it below as an item with - [ ]"
    assert entry.tasks == ()


@pytest.mark.parametrize("text", ["## [notes] of the day", "## [ ]", "## What is due", "# 📅 2014-10-06", "## [x](y)", "## Due: invoices"])  # fmt: skip
def test_other_headings_are_not_reported(text: str) -> None:
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("- [x] call done:2014-11-31", "done"),
        ("- [x] call ✅ 2014-11-31", "done"),
        ("- [x] call @done(2014-11-31)", "done"),
        ("- [-] call dropped:2014-11-31 – too late", "dropped"),
    ],
)
def test_a_day_of_closing_that_does_not_exist_is_reported(text: str, state: str) -> None:
    entry = read(text)
    assert [(task.state, task.since) for task in entry.tasks] == [(state, None)]
    sentence = f"“2014-11-31” isn't a date, so this follow-up counts as {state} on 2014-10-06"
    assert [problem.text for problem in entry.problems] == [f"{sentence}; correct the date"]


@pytest.mark.parametrize("text", ["- [a] b", "- [link](x)", "- [1] b", "- [](x)", "- [>](x)", "- [x](y) z", "- []"])  # fmt: skip
def test_brackets_that_are_no_box_are_not_reported(text: str) -> None:
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("text", "state", "problems"),
    [
        ("- [ ] the list waiting:@ann", "waiting", 0),
        ("- [ ] the list [waiting:: @ann]", "waiting", 0),
        ("- [x] the list waiting:@ann", "done", 0),
        ("- [ ] the list waiting:ann", "waiting", 1),
        ("- [ ] awaiting:@ann", "open", 0),
    ],
)
def test_who_has_the_ball(text: str, state: str, problems: int) -> None:
    entry = read(text)
    assert [task.state for task in entry.tasks] == [state]
    assert len(entry.problems) == problems
    assert entry.people == (("ann",) if "@" in text else ())


@pytest.mark.parametrize(
    "text", ["[ ] call", "[x] call", "prose\n[ ] call", "TODO call", "TODO: call"]
)
def test_a_task_without_a_list_marker_is_reported(text: str) -> None:
    line = text.count("\n") + 1
    assert read(text).problems == ((line, "a follow-up without a list marker; write - before it"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("☐ call", "“☐” doesn't begin a follow-up; write - [ ] in its place"), ("☑ called", "“☑” doesn't begin a follow-up; write - [x]"),
        ("-[ ] call", "“-[ ]” doesn't begin a follow-up; write - [ ]"), ("*[x] call", "“*[x]” doesn't begin a follow-up; write - [x]"),
        ("[] call", "“[]” doesn't"), ("\\[ \\] call", "“\\[ \\]” doesn't"), ("\\- \\[x\\] called", "“\\- \\[x\\]” doesn't begin a follow-up; write - [x]"), ("Todo call", "“Todo” doesn't begin"),
        ("todo: call", "“todo” doesn't"), ("**TODO** call", "“**TODO**” doesn't"), ("** TODO call", "“** TODO” doesn't begin"),
        ("DONE call", "a follow-up without a list marker"), ("LATER call", "a follow-up without"), ("DOING: call", "a follow-up without"),
        ("- Todo call", "“Todo” doesn't begin a follow-up; write [ ] in its place"), ("- todo: call", "“todo” doesn't begin"),
        ("- NEXT call", "“NEXT” doesn't begin"), ("- FIXME: call", "“FIXME” doesn't"), ("- **DONE:** called", "“**DONE:**” doesn't begin a follow-up; write [x]"),
        ("- ［ ］ call", "［ ］ isn't the box of a follow-up"), ("- ［ｘ］call", "“［ｘ］” doesn't begin a follow-up; write [x]"), ("［ｘ］call", "“［ｘ］” doesn't begin a follow-up; write - [x]"),
        ("- [ｘ] call", "[ｘ] isn't the box"), ("- [Х] call", "[Х] isn't the box"),
        ("- ( ) call", "( ) isn't the box of a follow-up"), ("- \\[ \\] call", "\\[ \\] isn't the box"), ("- [o] call", "[o] isn't the box"),
        ("- **[ ]** call", "**[ ]** isn't the box"), ("- ⬜ call", "⬜ isn't the box"), ("- [DONE] call", "[DONE] isn't the box"),
        ("call due:2014-10-13", "a due date, but no follow-up; begin the line with - [ ]"),
        ("- call (due friday)", "a due date, but no follow-up; begin the item with [ ]"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_task_of_another_program_is_reported(text: str, says: str) -> None:
    entry = read(f"# T\n\n{text}")
    [problem] = entry.problems
    assert problem.line == 3
    assert problem.text.startswith(says)
    assert entry.tasks == ()


def test_a_follow_up_that_says_only_when_it_is_due_is_reported() -> None:
    entry = read("- [ ] due:2014-10-13\n- [ ] (due friday)\n  - call Ann\n- [ ]\n")
    assert [task.text for task in entry.tasks] == ["due:2014-10-13", "call Ann"]
    assert [task.due for task in entry.tasks] == [date(2014, 10, 13), date(2014, 10, 10)]
    assert entry.problems == ((1, "a follow-up with only a due date; add what to do"),)


@pytest.mark.parametrize(
    "text", ["[ ]", "[a] b", "[x](y)", "TODOS a", "NOW we go", "The TODO list", "> TODO a", "- Todo list of Ann", "- NEXT WEEK", "- [1] b"]
)  # fmt: skip
def test_other_lines_of_prose_are_not_reported(text: str) -> None:
    assert read(text).problems == ()


@given(st.dates(), st.dates(), st.sampled_from(["due:{}", "due: {}", "(due {})", "[due:: {}]", "📅 {}", "@due({})", "DEADLINE: <{}>"]))  # fmt: skip
def test_every_day_is_read_in_every_form(due: date, day: date, form: str) -> None:
    text = f"before {form.format(due.isoformat())} after"
    found = due_dates(text, day)
    assert [one.day for one in found] == [due]
    assert without_due_dates(text, found) == "before after"


pieces = st.lists(
    st.sampled_from(
        ["due:", "due ", "(due ", "[due::", "📅", "@due(", "<2014-10-13", "DEADLINE: <", "friday", "2014-10-13", "2014-02-30", "14:00", ")", "]", ">", " ", ".", ",", "next", "the", "`", "[[", "\u0663", "\x1b", "Due", "**"]
    ),
    max_size=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("a due:friday b", "a due:2014-10-10 b"),
        ("a (due tomorrow)", "a due:2014-10-07"),
        ("a due:next friday 14:00, b", "a due:2014-10-10 14:00, b"),
        ("due: today, or due:friday", "due:2014-10-06, or due:2014-10-10"),
        ("a due:2014-10-13 📅 2014-10-14", "a due:2014-10-13 📅 2014-10-14"),
        ("a due:fryday, `due:friday` and fees due friday", "a due:fryday, `due:friday` and fees due friday"),
    ],
)  # fmt: skip
def test_words_become_dates(text: str, dated: str) -> None:
    assert with_dates(text, DAY) == dated


@given(pieces.map("".join) | pieces.map(" ".join), st.dates())
def test_words_that_become_dates_mean_the_same(text: str, day: date) -> None:
    days = [due.day for due in due_dates(text, day) if due.day]
    assert set(days) >= {due.day for due in due_dates(with_dates(text, day), day) if due.day}


@given(pieces.map("".join) | pieces.map(" ".join), st.dates())
def test_any_text_is_read(text: str, day: date) -> None:
    position = 0
    for due in due_dates(text, day):
        assert position <= due.start <= due.end <= len(text)
        assert (due.day is None) == (due.fault != "")
        position = due.end
    entry = Entry(day, f"- [ ] {text}")
    assert_consistent(entry)
    assert entry.text == f"- [ ] {text}"


@pytest.mark.parametrize(
    "piece",
    [
        "due:", "due:friday ", "due:the the the the the the the the ", "(due ", "[due:: [[", "📅 ", "📅 2014-02-30 ", "@due(", "<2014-10-13 ", "<2014-10-13 Mon>--", "due `", "due:x`` ",
        "due:1.1.1.1.1.1.1.1.1", "due:friday,friday,", ":LOGBOOK: ", "waiting:", "due on ", "DEADLINE: <", "due:+++", "due:1---------", "1-", "due:2014-10-13T", "due: \t ", "**due:**", "due:a\u00a0",
    ],
)  # fmt: skip
@pytest.mark.one_in(3)
def test_reading_stays_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        entry = Entry(DAY, "- [ ] " + piece * count)
        start = process_time()
        assert entry.outline
        return process_time() - start

    # Quadratic time would be minutes.
    assert min(seconds(20_000), seconds(20_000)) < 2
